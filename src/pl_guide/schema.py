"""Record types as JSON Schema (draft 2020-12), which accepts what the loader accepts; pure.

Editors complete keys by it and show what each is for. What they show are the docstrings of the
records and of their fields.
"""

import inspect
import re
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pl_guide.records import Record, fields_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]

_SIMPLE = {str: "string", int: "integer", bool: "boolean"}


def json_schema(kind: Any, name: str, title: str) -> Schema:
    """Give the JSON Schema of files that hold a record, or a mapping of ids to records.

    `name` tells it from other schemas; its `$id` is an address that nobody needs to fetch.
    """
    definitions: Schema = {}
    is_record = isinstance(kind, type) and issubclass(kind, Record)
    whole = _object(kind, definitions) if is_record else _schema(kind, definitions)
    head = {"$schema": DIALECT, "$id": f"urn:plguide:schema:{name}"}
    return head | whole | {"title": title, "$defs": definitions}


def _schema(kind: Any, definitions: Schema) -> Schema:
    """Give the schema of one type; what has a name goes into `definitions`, and is referred to."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        # The loader takes no null: where nothing should stand, the line is left out.
        choices = [_schema(each, definitions) for each in parts if each is not NoneType]
        return choices[0] if len(choices) == 1 else {"anyOf": choices}
    if origin is tuple:
        return {"type": "array", "items": _schema(parts[0], definitions)}
    if origin is dict:
        keys, values = (_schema(each, definitions) for each in parts)
        return {"type": "object", "propertyNames": keys, "additionalProperties": values}
    if origin is Literal:
        return {"enum": list(parts)}
    if origin is Annotated:
        meaning = parts[1]
        definitions[meaning.title] = {
            "type": _SIMPLE[parts[0]],
            "pattern": meaning.pattern,
            # Not of the standard: editors show it in place of the pattern.
            "patternErrorMessage": meaning.description,
            "description": meaning.description,
        }
        return {"$ref": f"#/$defs/{meaning.title}"}
    if kind in _SIMPLE:
        return {"type": _SIMPLE[kind]}
    if kind.__name__ not in definitions:
        definitions[kind.__name__] = {}
        definitions[kind.__name__] = _object(kind, definitions)
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _object(record: type[Record], definitions: Schema) -> Schema:
    description, told = _docstring(record)
    fields = fields_of(record)
    properties = {}
    for field in fields:
        properties[field.name] = _schema(field.type, definitions)
        if field.name in told:
            properties[field.name]["description"] = told[field.name]
        if field.default and type(field.default) in _SIMPLE:
            properties[field.name]["default"] = field.default
    required = [field.name for field in fields if field.required]
    return {
        "description": description,
        "type": "object",
        "properties": properties,
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _docstring(record: type[Record]) -> tuple[str, dict[str, str]]:
    """Give what a record's docstring says of it, and of each of its fields."""
    summary, _, fields = inspect.cleandoc(record.__doc__ or "").partition("\nAttributes:\n")
    told = re.findall(r"^    (\w+): (.+(?:\n {5,}.+)*)", fields, re.MULTILINE)
    return " ".join(summary.split()), {name: " ".join(text.split()) for name, text in told}
