"""Record types as JSON Schema (draft 2020-12), which accepts what the loader accepts; pure.

Editors complete keys by it and show what each is for. What they show are the docstrings of the
records and of their fields.
"""

import inspect
import re
from functools import partial
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pl_guide.records import Record, fields_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]

_SIMPLE = {str: "string", int: "integer", bool: "boolean"}

# What a file that extends another may say besides the keys of its record; see content/layering.py.
_KEYS = {"type": "array", "items": {"type": "string"}}
_EXTENDS = {"$ref": "#/$defs/Id", "description": "The id of what this file changes."}
_REMOVE_KEYS = _KEYS | {"description": "The keys to take out."}
_REMOVE = {"anyOf": [{"const": True}, _KEYS], "description": "`true`, or the keys to take out."}
_PLACES = {
    place: {"$ref": "#/$defs/Id", "description": f"The id of the item that this one comes {place}."}
    for place in ("after", "before")
}


def json_schema(kind: Any, name: str, title: str) -> Schema:
    """Return the JSON Schema of files that hold a record, or a mapping of ids to records.

    A record's file may be whole, or extend another and hold only what differs. `name` tells the
    schema from others; its `$id` is an address that nobody needs to fetch.
    """
    definitions: Schema = {}
    if isinstance(kind, type) and issubclass(kind, Record):
        changes = _object(kind, definitions, changes=True)
        changes["properties"] |= {"extends": _EXTENDS, "remove": _REMOVE_KEYS}
        whole = {
            "if": {"required": ["extends"]},
            "then": changes | {"required": ["extends"]},
            "else": _object(kind, definitions),
        }
    else:
        whole = _schema(kind, definitions)
    head = {"$schema": DIALECT, "$id": f"urn:plguide:schema:{name}"}
    return head | whole | {"title": title, "$defs": definitions}


def _schema(kind: Any, definitions: Schema, *, changes: bool = False) -> Schema:
    """Return the schema of one type; what has a name goes into `definitions` and is referred to."""
    origin, parts = get_origin(kind), get_args(kind)
    schema_of = partial(_schema, definitions=definitions, changes=changes)
    if origin in {Union, UnionType}:
        # The loader takes no null: where nothing should be, the line is left out.
        choices = [schema_of(part) for part in parts if part is not NoneType]
        return choices[0] if len(choices) == 1 else {"anyOf": choices}
    if origin is tuple:
        return {"type": "array", "items": schema_of(parts[0])}
    if origin is dict:
        keys, values = map(schema_of, parts)
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
    name = f"{kind.__name__}Changes" if changes else kind.__name__
    if name not in definitions:
        definitions[name] = {}
        found = _object(kind, definitions, changes=changes)
        definitions[name] = _changes(found) if changes else found
    return {"$ref": f"#/$defs/{name}"}


def _changes(found: Schema) -> Schema:
    """Let an object hold only what differs: its id if it is an item, and what to take out."""
    is_item = "id" in found["properties"]
    properties = found["properties"] | {"remove": _REMOVE} | (_PLACES if is_item else {})
    kept = {key: value for key, value in found.items() if key != "required"}
    return kept | {"properties": properties} | ({"required": ["id"]} if is_item else {})


def _object(record: type[Record], definitions: Schema, *, changes: bool = False) -> Schema:
    description, meanings = _docstring(record)
    fields = fields_of(record)
    properties = {}
    for field in fields:
        properties[field.name] = _schema(field.type, definitions, changes=changes)
        if field.name in meanings:
            properties[field.name]["description"] = meanings[field.name]
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
    """Return what a record's docstring says of it, and of each of its fields."""
    summary, _, fields = inspect.cleandoc(record.__doc__ or "").partition("\nAttributes:\n")
    found = re.findall(r"^    (\w+): (.+(?:\n {5,}.+)*)", fields, re.MULTILINE)
    return " ".join(summary.split()), {name: " ".join(text.split()) for name, text in found}
