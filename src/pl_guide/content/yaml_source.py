"""YAML text into plain data, with the position of every value: the gateway to PyYAML's parser.

It reads the parser's events rather than PyYAML's own data: a mapping's second equal key is seen,
not swallowed; every value's position is known; plain words mean what YAML 1.2 and editors take
them for (`no`, `on`, `12:30` and `2026-01-02` are text); nothing expands, so an anchor can't fill
the memory; and nothing nests without end, so deep nesting can't crash the C loader.
"""

import re
from collections.abc import Callable
from typing import Any

import yaml

from pl_guide.messages.content import Wording, wording
from pl_guide.records import Record

MAX_DEPTH = 40

Path = tuple[str | int, ...]
Position = tuple[int, int]
"""Line and column, counted from 1; columns in characters."""

_Loader: Callable[[str], Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# The core schema of YAML 1.2, section 10.3.2.
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_OLD_LINE_ENDS = ("\x85", "\u2028", "\u2029")
_WHOLE = r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
_NUMBER = (
    r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)
# Patterns here are compiled when first used: this one would cost each start of the program 3 ms.
_UNPRINTABLE = "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
# What libyaml says, and which code of ours that is.
_MEANINGS: tuple[tuple[str, str], ...] = (
    ("mapping values are not allowed", "colon-in-text"),
    ("could not find expected ':'", "missing-colon"),
    ("found unexpected end of stream", "open-quote"),
    ("did not find expected key", "misplaced-line"),
    ("did not find expected '-' indicator", "misplaced-item"),
    ("block sequence entries are not allowed", "misplaced-list"),
    ("did not find expected ',' or", "open-bracket"),
    ("did not find expected node content", "missing-value"),
    ("unknown escape character", "backslash"),
)


class Fault(Record, frozen=True):
    """Something wrong in a YAML text, and its line and column."""

    position: Position
    wording: Wording


class Parsed(Record, frozen=True):
    """The data of a YAML text (None where it couldn't be read at all), its faults and positions.

    `values` says where each value is, `keys` where the key of a value in a mapping is.
    """

    data: Any
    faults: tuple[Fault, ...]
    values: dict[Path, Position]
    keys: dict[Path, Position]


class _Unreadable(Exception):
    """Reading on makes no sense; carries the fault."""


def parse_yaml(text: str) -> Parsed:
    """Turn the text of one YAML document into mappings, lists, text, numbers, booleans and None."""
    if not text.isascii() and any(end in text for end in _OLD_LINE_ENDS):
        return Parsed(None, (_unprintable(text),), {}, {})
    loader = _Loader(text)
    reader = _Reader(loader.get_event)
    data = None
    try:
        data = reader.document()
    except _Unreadable as stop:
        reader.faults.append(stop.args[0])
    except yaml.MarkedYAMLError as error:
        reader.faults.append(_explained(error, text))
    except yaml.YAMLError:
        reader.faults.append(_unprintable(text))
    finally:
        loader.dispose()
    return Parsed(data, tuple(reader.faults), reader.values, reader.keys)


class _Reader:
    """Reads a document from the parser's events, and notes its faults and positions."""

    def __init__(self, next_event: Callable[[], Any]) -> None:
        self._next = next_event
        self.faults: list[Fault] = []
        self.values: dict[Path, Position] = {}
        self.keys: dict[Path, Position] = {}

    def document(self) -> Any:
        """Read the one document; None where it is the only thing that can't be read."""
        self._next()
        if type(self._next()) is yaml.StreamEndEvent:
            raise _Unreadable(Fault((1, 1), wording("empty-file")))
        data = self._value(self._next(), ())
        self._next()
        event = self._next()
        if type(event) is not yaml.StreamEndEvent:
            self.faults.append(_fault(event, "second-document"))
        return data

    def _value(self, event: Any, path: Path) -> Any:
        self._check(event)
        self.values[path] = _position(event.start_mark)
        if type(event) is yaml.ScalarEvent:
            return plain_value(event.value) if event.implicit[0] else event.value
        if len(path) >= MAX_DEPTH:
            raise _Unreadable(_fault(event, "too-deep", depth=MAX_DEPTH))
        return self._items(path) if type(event) is yaml.SequenceStartEvent else self._mapping(path)

    def _items(self, path: Path) -> list[Any]:
        items: list[Any] = []
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, path: Path) -> dict[str, Any]:
        data: dict[str, Any] = {}
        while type(event := self._next()) is not yaml.MappingEndEvent:
            self._check(event)
            if type(event) is not yaml.ScalarEvent:
                raise _Unreadable(_fault(event, "compound-key"))
            key = event.value
            if key in data:
                self.faults.append(_fault(event, "duplicate-key", key=key))
            at = (*path, key)
            self.keys[at] = _position(event.start_mark)
            data[key] = self._value(self._next(), at)
        return data

    def _check(self, event: Any) -> None:
        if type(event) is yaml.AliasEvent:
            raise _Unreadable(_fault(event, "yaml-alias", anchor=event.anchor))
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.faults.append(_fault(event, "yaml-tag", tag=tag))


def plain_value(text: str) -> Any:
    """Return what a word without quotes means in YAML 1.2: text, or a number, or the like."""
    if text[:1] not in "~nNtTfF+-.0123456789":
        return text
    if text in _WORDS:
        return _WORDS[text]
    if re.fullmatch(_WHOLE, text) and len(text) < 40:
        return int(text, 0) if text[:2] in {"0o", "0x"} else int(text)
    if re.fullmatch(_NUMBER, text):
        return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
    return text


def _position(mark: Any) -> Position:
    return (mark.line + 1, mark.column + 1)


def _fault(event: Any, code: str, **values: object) -> Fault:
    return Fault(_position(event.start_mark), wording(code, **values))


def _explained(error: yaml.MarkedYAMLError, text: str) -> Fault:
    """Explain what the parser found, by its own words, where it stopped and what it was reading."""
    problem, marks = error.problem or "", (error.problem_mark, error.context_mark)
    found, context = (_position(mark) if mark else None for mark in marks)
    position = found or context or (1, 1)
    if "cannot start any token" in problem or "found a tab character" in problem:
        return _bad_start(text, *position)
    if context and "alphabetic or numeric" in problem:
        return _bad_start(text, *context)
    code = next((code for words, code in _MEANINGS if words in problem), None)
    unclosed = code == "missing-colon" or "end of stream" in problem
    if context and (unclosed or (code == "open-bracket" and context[0] < position[0])):
        position = context
    if code:
        return Fault(position, wording(code))
    return Fault(position, wording("unreadable-yaml", problem=problem or "unfinished"))


def _unprintable(text: str) -> Fault:
    """Point at the first character that YAML forbids."""
    found = re.search(_UNPRINTABLE, text)
    at = found.start() if found else 0
    name = f"U+{ord(found.group()):04X}" if found else "that YAML forbids"
    position = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return Fault(position, wording("invisible-character", name=name))


def _bad_start(text: str, line: int, column: int) -> Fault:
    lines = text.split("\n")
    row = lines[line - 1] if line <= len(lines) else ""
    lead = row[: len(row) - len(row.lstrip())]
    character = row[column - 1 : column]
    if "\t" in lead or character == "\t":
        return Fault((line, row.find("\t") + 1), wording("tab"))
    return Fault((line, column), wording("special-character", character=character))
