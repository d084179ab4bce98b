"""`plguide schema`: the shape of a file, for editors and other programs."""

from typing import Annotated

import typer

from pl_guide.cli.result import Result
from pl_guide.cli.schemas import Kind, schema_text


def schema(
    kind: Annotated[
        Kind,
        typer.Argument(
            metavar="framework|role|answers",
            help="standards.yaml; a file in roles/; or what `reflect --answers` reads.",
        ),
    ] = Kind.ROLE,
) -> Result:
    """Print the JSON Schema of a kind of file, so that an editor completes and checks it."""
    return Result(body=schema_text(kind))
