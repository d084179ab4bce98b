"""A content file's data into a record, or a note of every place where it has another shape."""

from typing import TypeVar

from pl_guide.content.files import ContentFile
from pl_guide.messages.content import misshapen
from pl_guide.records import Record, into_record, shape_faults

T = TypeVar("T", bound=Record)


def decode(file: ContentFile, record: type[T]) -> T | None:
    """Turn a file's data into a record; where it doesn't fit, note each fault in the file."""
    return None if file.data is None else decode_value(file, file.data, record)


def decode_value(
    file: ContentFile, value: object, record: type[T], under: tuple[str | int, ...] = ()
) -> T | None:
    """Turn the value at the path `under` in a file into a record, noting faults likewise."""
    found = into_record(value, record)
    if found is None or _has_none(value):
        for fault in shape_faults(value, record):
            path = (*under, *fault.path)
            own_path = file.source(path)[1]
            sentence = misshapen(fault.kind, own_path, fault.expected, fault.found)
            # The parser sees an absent value only where the next thing begins: point at the key.
            absent = fault.found is None and fault.kind in {"empty", "type", "choice"}
            file.report(path, sentence, at_key=fault.at_key or absent)
    return found


def _has_none(data: object) -> bool:
    if isinstance(data, dict):
        return any(map(_has_none, data.values()))
    if isinstance(data, list):
        return any(map(_has_none, data))
    return data is None
