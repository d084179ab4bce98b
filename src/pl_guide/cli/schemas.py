"""`schema`: the shape of a file, for editors and other programs."""

from enum import StrEnum
from typing import Annotated

import typer

from pl_guide.cli.output import Output
from pl_guide.model import Framework, Role
from pl_guide.records import into_json
from pl_guide.schema import json_schema
from pl_guide.worksheet.answers_file import Answers


class Kind(StrEnum):
    """The kinds of files that people write."""

    FRAMEWORK = "framework"
    ROLE = "role"
    ANSWERS = "answers"


_HELD = {
    Kind.FRAMEWORK: (Framework, "A framework: standards.yaml"),
    Kind.ROLE: (Role, "A role: a file in roles/"),
    Kind.ANSWERS: (Answers, "Answers for plguide reflect --answers"),
}


def schema(
    kind: Annotated[
        Kind,
        typer.Argument(
            metavar="framework|role|answers",
            help="standards.yaml; a file in roles/; or what `reflect --answers` reads.",
        ),
    ] = Kind.ROLE,
) -> None:
    """Print the JSON Schema of a kind of file, so that an editor completes and checks it."""
    Output().write(schema_text(kind))


def schema_text(kind: Kind) -> str:
    """Write the JSON Schema (draft 2020-12) of a kind of file."""
    held, title = _HELD[kind]
    return f"{into_json(json_schema(held, kind, title))}\n"
