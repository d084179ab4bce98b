"""Content as YAML text that people like to read and edit; the loader reads back the same. Pure."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pl_guide.content.yaml_source import Path
from pl_guide.records import Record, into_sparse

WIDTH = 92

Comments = Mapping[Path, str]
"""Remarks to write above what is at a path; `()` is the top of the file."""

# What may be written as it is. Marks that turn the direction of writing, or that nobody could see
# at all, are written as escapes; joiners that scripts are spelled with stay.
_AS_IT_IS = (
    "[\n\x20-\x7e\xa0-\xac\xae-\u200a\u200c-\u200f\u2010-\u2027\u202f-\u205f\u2070-\ud7ff"
    "\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*"
)
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
# Words that some readers of YAML take for something else than text.
_TAKEN = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}


def format_yaml(content: Record | Mapping[str, object], comments: Comments | None = None) -> str:
    """Write a record (a role, a framework), or the plain data of one, as a YAML file's text.

    A record's fields that say what goes without saying (their defaults) are left out. Texts are
    kept to the letter; only half a surrogate pair, which no file can hold, becomes `�`.
    `comments` maps the paths of keys and items to remarks: `{("questions", 0): "Your first."}`.
    """
    data: Any = into_sparse(content) if isinstance(content, Record) else content
    remarks = comments or {}
    lines: list[str] = []
    lines += _remark(remarks, (), 0)
    for key, value in data.items():
        block = [*_remark(remarks, (key,), 0), *_entry(key, value, (key,), 0, remarks)]
        if lines and len(block) > 1 and lines[-1]:
            lines.append("")
        lines += block
        if len(block) > 1:
            lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _entry(key: str, value: Any, path: Path, indent: int, remarks: Comments) -> list[str]:
    """Write `key: value`, on as many lines as it takes."""
    lead = f"{' ' * indent}{_word(key)}:"
    first, *rest = _value(value, path, indent, len(lead) + 1, remarks)
    return [f"{lead} {first}" if first else lead, *rest]


def _value(value: Any, path: Path, indent: int, column: int, remarks: Comments) -> list[str]:
    """Write what follows a key or a dash: what is beside it, then the lines below."""
    if isinstance(value, str):
        return _text(value, indent + 2, column)
    if isinstance(value, Mapping) and value:
        return ["", *_mapping(value, path, indent + 2, remarks)]
    if isinstance(value, list | tuple) and value:
        flow = _flow(value)
        commented = any(at[: len(path)] == path and len(at) > len(path) for at in remarks)
        if flow and column + len(flow) <= WIDTH and not commented:
            return [flow]
        return ["", *_items(value, path, indent + 2, remarks)]
    return [_bare(value)]


def _mapping(data: Mapping[str, Any], path: Path, indent: int, remarks: Comments) -> Iterator[str]:
    for key, value in data.items():
        yield from _remark(remarks, (*path, key), indent)
        yield from _entry(key, value, (*path, key), indent, remarks)


def _items(data: list[Any] | tuple[Any, ...], path: Path, indent: int, remarks: Comments) -> Any:
    dash = f"{' ' * indent}- "
    for index, item in enumerate(data):
        at = (*path, index)
        yield from _remark(remarks, at, indent)
        if isinstance(item, Mapping) and item:
            # A remark on an item's first key goes above the dash.
            head = (*at, next(iter(item)))
            yield from _remark(remarks, head, indent)
            below = {path: remark for path, remark in remarks.items() if path != head}
            first, *rest = _mapping(item, at, indent + 2, below)
            yield f"{dash}{first.lstrip(' ')}"
            yield from rest
        else:
            first, *rest = _value(item, at, indent, len(dash), remarks)
            yield f"{dash}{first}".rstrip(" ")
            yield from rest


def _flow(items: list[Any] | tuple[Any, ...]) -> str | None:
    """Write a list of plain words on one line, or give None for any other list."""
    words = [item for item in items if isinstance(item, str) and _is_plain(item)]
    if len(words) < len(items) or any(set(word) & set(",[]{}") for word in words):
        return None
    return f"[{', '.join(words)}]"


def _text(text: str, indent: int, column: int) -> list[str]:
    if _is_plain(text) and column + len(text) <= WIDTH:
        return [text]
    if _folds(text) and ("\n" in text or column + len(text) + 2 > WIDTH):
        return [">-", *_folded(text, indent)]
    return [_quoted(text)]


def _folded(text: str, indent: int) -> Iterator[str]:
    """Write paragraphs, each wrapped; a line break in the text is an empty line here."""
    lead = " " * indent
    for index, paragraph in enumerate(text.split("\n")):
        if index:
            yield ""
        line = ""
        # Only a single space between two words may become the end of a line.
        for word in re.split(r"(?<=[^ ]) (?=[^ ])", paragraph):
            if line and len(lead) + len(line) + 1 + len(word) > WIDTH:
                yield lead + line
                line = word
            else:
                line = f"{line} {word}" if line else word
        if line:
            yield lead + line


def _folds(text: str) -> bool:
    edges = any(line != line.strip(" ") for line in text.split("\n"))
    return bool(re.fullmatch(_AS_IT_IS, text)) and not edges and text == text.strip("\n") != ""


def _is_plain(text: str) -> bool:
    """Return whether a text can be written without quotes, for every reader of YAML."""
    return (
        text[:1].isalpha()
        and "\n" not in text
        and re.fullmatch(_AS_IT_IS, text) is not None
        and not re.search(r": |:$| #| $", text)
        and text.lower() not in _TAKEN
    )


def _word(text: str) -> str:
    return text if _is_plain(text) else _quoted(text)


def _quoted(text: str) -> str:
    escaped = (
        _ESCAPES.get(letter) or (letter if re.fullmatch(_AS_IT_IS, letter) else _escape(letter))
        for letter in text
    )
    return f'"{"".join(escaped)}"'


def _escape(letter: str) -> str:
    code = ord(letter)
    if 0xD800 <= code < 0xE000:
        return "\ufffd"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _bare(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case Mapping():
            return "{}"
        case list() | tuple():
            return "[]"
    return str(value)


def _remark(remarks: Comments, path: Path, indent: int) -> list[str]:
    lead = " " * indent
    remark = remarks.get(path, "")
    lines = "".join(
        letter if re.fullmatch(_AS_IT_IS, letter) else "\ufffd" for letter in remark
    ).split("\n")
    return [f"{lead}# {line}".rstrip(" ") for line in lines] if remark else []
