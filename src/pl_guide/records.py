"""The one gateway to msgspec: frozen records, plain data into records, records into JSON."""

import re
from collections.abc import Iterator
from contextlib import suppress
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

import msgspec
import msgspec.structs

T = TypeVar("T")
R = TypeVar("R", bound=msgspec.Struct)

# Both patterns mean the same in Python and in JavaScript, which reads the JSON Schema in editors:
# the two differ in what `\s` and `$` mean.
TEXT_PATTERN = r"[^\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$(?!\n)"

Text = Annotated[
    str,
    msgspec.Meta(
        pattern=TEXT_PATTERN, title="Text", description="Some text; white space alone is none."
    ),
]
Id = Annotated[
    str,
    msgspec.Meta(
        pattern=ID_PATTERN,
        title="Id",
        description=(
            "A short name of small letters and digits, joined by single hyphens. It never changes "
            "once it is in use."
        ),
    ),
]


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A value that never changes, made of named fields.

    One that is `kw_only` takes three times as long from one process to another, so what surveys
    hand over isn't.
    """


class ShapeFault(Record, frozen=True):
    """One place where plain data doesn't have the shape of a record.

    `path` leads to it from the top: keys and list positions. `kind` is one of `unknown` (of the
    key itself, rather than its value), `missing`, `type`, `empty`, `id` and `choice`; `expected`
    names what should be there (for `unknown`, the keys that may), and `found` what does.
    """

    path: tuple[str | int, ...]
    kind: str
    expected: tuple[str, ...] = ()
    found: object = None


def into_record(data: object, record: type[T]) -> T | None:
    """Turn plain data (mappings, lists, text, numbers) into a record, or give None if it can't.

    A number like 5.0 is a whole one, as in JSON Schema.
    """
    with suppress(msgspec.ValidationError):
        return msgspec.convert(data, record)
    with suppress(msgspec.ValidationError):
        return msgspec.convert(_whole_numbers(data), record)
    return None


def shape_faults(data: object, kind: Any, path: tuple[str | int, ...] = ()) -> Iterator[ShapeFault]:
    """Yield every place where plain data doesn't fit a record, in the order of the data."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        kinds = [part for part in get_args(kind) if part is not NoneType]
        # Text alone may take the place of a record; all else is held against the record.
        if not (str in kinds and isinstance(data, str)):
            (kind,) = (part for part in kinds if part is not str or len(kinds) == 1)
            yield from shape_faults(data, kind, path)
    elif origin is tuple:
        if not isinstance(data, list):
            yield ShapeFault(path, "type", ("list",), data)
            return
        for index, item in enumerate(data):
            yield from shape_faults(item, get_args(kind)[0], (*path, index))
    elif isinstance(kind, type) and issubclass(kind, Record):
        if not isinstance(data, dict):
            yield ShapeFault(path, "type", ("mapping",), data)
            return
        yield from _record_faults(data, kind, path)
    elif into_record(data, kind) is None:
        yield _leaf_fault(data, kind, path)


def fields_of(record: type[Record]) -> tuple[msgspec.structs.FieldInfo, ...]:
    """List the fields of a record, in order: each one's name, type and default."""
    return msgspec.structs.fields(record)


def replaced(record: R, **fields: object) -> R:
    """Return a record with some of its fields changed."""
    return msgspec.structs.replace(record, **fields)


def into_plain(value: object) -> Any:
    """Turn a record, or a collection of records, into mappings, lists, text and numbers."""
    return msgspec.to_builtins(value)


def into_sparse(value: object) -> Any:
    """Turn a record into plain data likewise, leaving out each field that holds its default."""
    if isinstance(value, msgspec.Struct):
        return {
            field.name: into_sparse(held)
            for field in msgspec.structs.fields(value)
            for held in [getattr(value, field.name)]
            if field.required or held != field.default
        }
    if isinstance(value, tuple | list):
        return [into_sparse(item) for item in value]
    return into_plain(value)


def into_json(value: object) -> str:
    """Write a record or plain data as indented JSON, UTF-8 as it is, keys as the fields' names."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()


def _record_faults(
    data: dict[str, object], record: type[Record], path: tuple[str | int, ...]
) -> Iterator[ShapeFault]:
    fields = {field.name: field for field in fields_of(record)}
    for key, value in data.items():
        if key in fields and value is None and not fields[key].required:
            yield ShapeFault((*path, key), "empty", ("optional",))
        elif key in fields:
            yield from shape_faults(value, fields[key].type, (*path, key))
        else:
            known = tuple(name for name in fields if name not in data)
            yield ShapeFault((*path, key), "unknown", known or tuple(fields), key)
    for name, field in fields.items():
        if field.required and name not in data:
            yield ShapeFault(path, "missing", (name,))


def _leaf_fault(data: object, kind: Any, path: tuple[str | int, ...]) -> ShapeFault:
    base = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    if get_origin(base) is Literal:
        return ShapeFault(path, "choice", tuple(map(str, get_args(base))), data)
    if base is str and isinstance(data, str | None):
        empty = data is None or not re.search(TEXT_PATTERN, data)
        return ShapeFault(path, "empty" if empty else "id", ("text",), data)
    names = {str: "text", int: "number", bool: "boolean"}
    return ShapeFault(path, "type", (names[base],), data)


def _whole_numbers(data: object) -> object:
    if isinstance(data, dict):
        return {key: _whole_numbers(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_whole_numbers(value) for value in data]
    return int(data) if isinstance(data, float) and data.is_integer() else data
