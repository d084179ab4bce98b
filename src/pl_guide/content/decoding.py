"""The shape of a content file: its data into a record, or every fault of it in words."""

from typing import TypeVar

from pl_guide.content.files import ContentFile
from pl_guide.errors import Code
from pl_guide.records import Record, ShapeFault, into_record, shape_faults
from pl_guide.text import nearest, slug

T = TypeVar("T", bound=Record)

CODES: dict[str, Code] = {
    "unknown": "unknown-key",
    "missing": "missing-key",
    "empty": "empty-text",
    "type": "wrong-type",
    "id": "bad-id",
    "choice": "unknown-choice",
}


def shaped(file: ContentFile, record: type[T]) -> T | None:
    """Turn a file's data into a record; where it doesn't fit, note each fault in the file."""
    return None if file.data is None else shaped_value(file, file.data, record)


def shaped_value(
    file: ContentFile, value: object, record: type[T], under: tuple[str | int, ...] = ()
) -> T | None:
    """Turn a value that stands at `under` in a file into a record, noting faults likewise."""
    found = into_record(value, record)
    if found is None or _has_none(value):
        for fault in shape_faults(value, record):
            path = (*under, *fault.path)
            message, hint = _words(fault, file.origin(path)[1])
            # The parser sees an absent value only where the next thing begins: point at the key.
            absent = fault.found is None and fault.kind in {"empty", "type", "choice"}
            file.report(path, message, hint, CODES[fault.kind], at_key=fault.at_key or absent)
    return found


def _has_none(data: object) -> bool:
    if isinstance(data, dict):
        return any(_has_none(value) for value in data.values())
    if isinstance(data, list):
        return any(_has_none(value) for value in data)
    return data is None


def _words(fault: ShapeFault, path: tuple[str | int, ...]) -> tuple[str, str]:
    name = f"`{path[-1]}`" if path else "the file"
    if path and isinstance(path[-1], int):
        name = f"item {path[-1] + 1} of `{path[-2]}`"
    expected = fault.expected[0] if fault.expected else ""
    if fault.kind == "unknown":
        near = nearest(str(fault.found), fault.expected, limit=1)
        known = ", ".join(f"`{each}`" for each in fault.expected)
        hint = f"did you mean `{near[0]}`?" if near else f"delete it; what may stand here: {known}"
        return f"the key {name} means nothing here", hint
    if fault.kind == "missing":
        return f"{name} has no `{expected}`", f"add a line `{expected}: …`"
    if fault.kind == "empty":
        hint = "write it, or delete the line" if expected == "optional" else "write the text"
        return f"{name} is empty", hint
    if fault.kind == "id":
        fit = slug(str(fault.found))
        hint = f"write `{fit}`" if fit.isascii() and fit else "write a short English name"
        return (
            f"{name} isn't a name in small letters, digits and single hyphens",
            hint,
        )
    if fault.kind == "choice":
        near = nearest(str(fault.found), fault.expected, limit=1)
        hint = f"did you mean `{near[0]}`?" if near else "choose one of them"
        choices = ", ".join(f"`{each}`" for each in fault.expected)
        return f"{name} should be one of {choices}", hint
    return f"{name} should be {expected}, not {_kind_of(fault.found)}", _type_hint(fault)


def _type_hint(fault: ShapeFault) -> str:
    if fault.expected == ("text",):
        if isinstance(fault.found, bool | int | float):
            return "put quotes around it"
        return "write one text; a longer one may follow `>-` on the lines below"
    if fault.expected == ("a list",):
        return "begin each item with `- ` on a line of its own"
    if fault.expected and fault.expected[0].startswith("a mapping"):
        return "write `key: value` lines below it, indented"
    return f"write {fault.expected[0]}"


def _kind_of(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return f"the yes-or-no value {str(value).lower()}"
        case int() | float():
            return f"the number {value}"
        case str():
            return "text"
        case list():
            return "a list"
    return "a mapping of keys"
