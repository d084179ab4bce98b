"""The JSON Schemas of the files that people write."""

from enum import StrEnum

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


def schema_text(kind: Kind) -> str:
    """Return the JSON Schema (draft 2020-12) of a kind of file."""
    held, title = _HELD[kind]
    return f"{into_json(json_schema(held, kind, title))}\n"
