"""What can be wrong in a YAML text, in words for someone who has never read YAML's manual."""

import re

from pl_guide.errors import Code
from pl_guide.records import Record

Place = tuple[int, int]
"""Line and column, counted from 1; columns in characters."""

# Patterns here are compiled when first used: this one would cost each start of the program 3 ms.
_UNPRINTABLE = "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


class Fault(Record, frozen=True):
    """Something wrong in a YAML text; line and column count from 1."""

    line: int
    column: int
    message: str
    hint: str
    code: Code


# What libyaml says, and what that means to someone who has never read its manual.
MEANINGS: tuple[tuple[str, str, str, Code], ...] = (
    (
        "mapping values are not allowed",
        "a colon followed by a space splits this text in two",
        'put the text in quotes: "like: this"',
        "colon-in-text",
    ),
    (
        "could not find expected ':'",
        "a key has no colon after it, or a quote was never closed",
        "write `key: value`, and close every quote",
        "missing-colon",
    ),
    (
        "found unexpected end of stream",
        "a quote is opened and never closed",
        "add the closing quote",
        "open-quote",
    ),
    (
        "did not find expected key",
        "this line doesn't fit the lines above it",
        "indent it as far as its neighbors; text with quotes inside needs quotes all around",
        "misplaced-line",
    ),
    (
        "did not find expected '-' indicator",
        "this line doesn't fit the list it stands in",
        "begin it with `- `, as far in as the items above",
        "misplaced-item",
    ),
    (
        "block sequence entries are not allowed",
        "a list can't begin here",
        "put `- ` on a line of its own, below the key",
        "misplaced-list",
    ),
    (
        "did not find expected ',' or",
        "a list or mapping in brackets isn't finished",
        "separate its items with commas, and close the bracket",
        "open-bracket",
    ),
    (
        "did not find expected node content",
        "a value is missing here",
        "write the value, or put text that begins with a special character in quotes",
        "missing-value",
    ),
    (
        "unknown escape character",
        "a backslash means something special inside double quotes",
        "use single quotes, or write the backslash twice",
        "backslash",
    ),
)


def explained(problem: str, place: Place | None, context: Place | None, text: str) -> Fault:
    """Explain what the parser found.

    Takes the parser's own words, where it stopped, where what it was reading began, and the
    whole text.
    """
    line, column = place or context or (1, 1)
    if "cannot start any token" in problem or "found a tab character" in problem:
        return _bad_start(text, line, column)
    if context and "alphabetic or numeric" in problem:
        return _bad_start(text, *context)
    at_context = ("end of stream", "could not find expected ':'")
    begun_above = (
        context is not None and "did not find expected ',' or" in problem and context[0] < line
    )
    if context and (begun_above or any(said in problem for said in at_context)):
        line, column = context
    for said, message, hint, code in MEANINGS:
        if said in problem:
            return Fault(line, column, message, hint, code)
    return Fault(
        line,
        column,
        f"this isn't readable as YAML ({problem or 'unfinished'})",
        "compare it with the lines above",
        "unreadable-yaml",
    )


def unprintable(text: str) -> Fault:
    """Point at the first character that YAML forbids."""
    found = re.search(_UNPRINTABLE, text)
    at = found.start() if found else 0
    name = f"U+{ord(found.group()):04X}" if found else "that YAML forbids"
    start = text.rfind("\n", 0, at) + 1
    line = text.count("\n", 0, at) + 1
    message = f"an invisible character, {name}, stands here"
    return Fault(line, at - start + 1, message, "delete it", "invisible-character")


def _bad_start(text: str, line: int, column: int) -> Fault:
    lines = text.split("\n")
    row = lines[line - 1] if line <= len(lines) else ""
    lead = row[: len(row) - len(row.lstrip())]
    if "\t" in lead or row[column - 1 : column] == "\t":
        at = row.find("\t") + 1
        return Fault(line, at, "a tab indents this line", "indent with spaces", "tab")
    character = row[column - 1 : column]
    message = f"text can't begin with `{character}`"
    return Fault(line, column, message, "put the text in quotes", "special-character")
