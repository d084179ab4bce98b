"""What is wrong in a YAML text, and where: the parser's words, matched with codes of our own."""

import re

from pl_guide.messages.content import Wording, wording
from pl_guide.records import Record

Position = tuple[int, int]
"""Line and column, counted from 1; columns in characters."""

# Patterns here are compiled when first used: this one would cost each start of the program 3 ms.
_UNPRINTABLE = "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


class Fault(Record, frozen=True):
    """Something wrong in a YAML text, and its line and column."""

    position: Position
    wording: Wording


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


def explain(problem: str, found: Position | None, context: Position | None, text: str) -> Fault:
    """Explain what the parser found.

    Takes the parser's own words, where it stopped, where what it was reading began, and the
    whole text.
    """
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


def unprintable(text: str) -> Fault:
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
