"""YAML text into plain data, with the position of every value: the one gateway to PyYAML.

It reads the parser's events rather than PyYAML's own data: a mapping's second
equal key is seen, not swallowed; every value's position is known; plain words mean what YAML 1.2
and editors take them for (`no`, `on`, `12:30` and `2026-01-02` are text); nothing expands, so an
anchor can't fill the memory; and nothing recurses, so deep nesting can't crash the C loader.
"""

import re
from collections.abc import Callable
from typing import Any

import yaml

from pl_guide.content.yaml_faults import Fault, Position, explain, unprintable
from pl_guide.errors import Code
from pl_guide.messages.content import wording
from pl_guide.records import Record

MAX_DEPTH = 40

Path = tuple[str | int, ...]

_Loader: Callable[[str], Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Scalar, _Alias = yaml.ScalarEvent, yaml.AliasEvent
_MapStart, _MapEnd = yaml.MappingStartEvent, yaml.MappingEndEvent
_ListStart, _ListEnd = yaml.SequenceStartEvent, yaml.SequenceEndEvent

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


class Positions(Record, frozen=True):
    """Where the values of a YAML text are, and the keys of its mappings."""

    values: dict[Path, Position]
    keys: dict[Path, Position]


class Parsed(Record, frozen=True):
    """The data of a YAML text (None where it couldn't be read at all), and its faults."""

    data: Any
    faults: tuple[Fault, ...]


class _Unreadable(Exception):
    """Reading on makes no sense; carries the fault."""


def parse_yaml(text: str, positions: Positions | None = None) -> Parsed:
    """Turn the text of one YAML document into mappings, lists, text, numbers, booleans and None.

    With `positions`, fills it with that of each key and value; this costs time, so only
    those ask for it who have something to point at.
    """
    if not text.isascii() and any(end in text for end in _OLD_LINE_ENDS):
        return Parsed(None, (unprintable(text),))
    faults: list[Fault] = []
    loader = _Loader(text)
    try:
        data = _read_document(loader, faults, positions)
    except _Unreadable as stop:
        return Parsed(None, (*faults, stop.args[0]))
    except yaml.MarkedYAMLError as error:
        return Parsed(None, (*faults, _explain(error, text)))
    except yaml.YAMLError:
        return Parsed(None, (*faults, unprintable(text)))
    finally:
        loader.dispose()
    return Parsed(data, tuple(faults))


def find_positions(text: str) -> Positions:
    """Find where each key and value of a YAML text is."""
    positions = Positions({}, {})
    parse_yaml(text, positions)
    return positions


def _read_document(loader: Any, faults: list[Fault], positions: Positions | None) -> Any:
    next_event = loader.get_event
    next_event()
    event = next_event()
    if type(event) is yaml.StreamEndEvent:
        raise _Unreadable(Fault((1, 1), wording("empty-file")))
    data = _read_node(next_event, faults, positions)
    next_event()
    event = next_event()
    if type(event) is not yaml.StreamEndEvent:
        faults.append(_fault(event, "second-document"))
    return data


def _read_node(  # noqa: PLR0912 - one loop, for speed
    next_event: Callable[[], Any], faults: list[Fault], positions: Positions | None
) -> Any:
    outer: list[tuple[Any, Any]] = []
    holder: Any = None
    key: Any = None
    while True:
        event = next_event()
        kind = type(event)
        if kind is _MapEnd or kind is _ListEnd:
            done = holder
            holder, key = outer.pop()
            if holder is None:
                return done
            if type(holder) is dict:
                key = None
            continue
        if kind is _Scalar:
            if event.tag is not None:
                faults.append(_tagged(event))
            text = event.value
            if type(holder) is dict and key is None:
                if text in holder:
                    faults.append(_fault(event, "duplicate-key", key=text))
                key = text
                if positions is not None:
                    positions.keys[_path(outer, holder, key)] = _position(event.start_mark)
                continue
            value: Any = _plain(text) if event.implicit[0] else text
        elif kind is _Alias:
            raise _Unreadable(_fault(event, "yaml-alias", anchor=event.anchor))
        else:
            if event.tag is not None:
                faults.append(_tagged(event))
            value = {} if kind is _MapStart else []
            if type(holder) is dict and key is None:
                raise _Unreadable(_fault(event, "compound-key"))
            if len(outer) >= MAX_DEPTH:
                raise _Unreadable(_fault(event, "too-deep", depth=MAX_DEPTH))
        if positions is not None:
            positions.values[_path(outer, holder, key)] = _position(event.start_mark)
        if type(holder) is dict:
            holder[key] = value
        elif holder is not None:
            holder.append(value)
        elif kind is _Scalar:
            return value
        if kind is _Scalar:
            if type(holder) is dict:
                key = None
        else:
            outer.append((holder, key))
            holder, key = value, None


def _plain(text: str) -> Any:
    if text[:1] not in "~nNtTfF+-.0123456789":
        return text
    if text in _WORDS:
        return _WORDS[text]
    if re.fullmatch(_WHOLE, text) and len(text) < 40:
        return int(text, 0) if text[:2] in {"0o", "0x"} else int(text)
    if re.fullmatch(_NUMBER, text):
        return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
    return text


def _path(outer: list[tuple[Any, Any]], holder: Any, key: Any) -> Path:
    steps = [*outer[1:], (holder, key)]
    return tuple(
        step_key if type(step_holder) is dict else len(step_holder) - (step_holder is not holder)
        for step_holder, step_key in steps
        if step_holder is not None
    )


def _position(mark: Any) -> Position:
    return (mark.line + 1, mark.column + 1)


def _fault(event: Any, code: Code, **values: object) -> Fault:
    return Fault(_position(event.start_mark), wording(code, **values))


def _tagged(event: Any) -> Fault:
    return _fault(event, "yaml-tag", tag=event.tag.replace("tag:yaml.org,2002:", "!!"))


def _explain(error: yaml.MarkedYAMLError, text: str) -> Fault:
    found, context = (
        _position(mark) if mark else None for mark in (error.problem_mark, error.context_mark)
    )
    return explain(error.problem or "", found, context, text)
