"""The versions of the worksheet's format, and how a file of an older one becomes today's; pure.

A newer version is a row in `_UPGRADES`: what makes the marked parts of one version those of the
next. The reader knows today's alone.
"""

import re
from collections.abc import Callable

from pl_guide.errors import NewerWorksheet, NotAWorksheet
from pl_guide.messages import files as messages
from pl_guide.records import Record, replaced

CURRENT = 2
VERSION_KEY = "plguide-worksheet"


class MarkedPart(Record, frozen=True):
    """Text behind a mark; `key` names the question or section it belongs to."""

    kind: str
    key: str
    text: str


class MarkedFile(Record, frozen=True):
    """A worksheet's file taken apart: its front matter's values, and its marked parts in order."""

    values: dict[str, object]
    parts: tuple[MarkedPart, ...]


def version_of(values: dict[str, object]) -> int:
    """Return the format version that front matter names.

    Raises:
        NotAWorksheet: it names none, or none there ever was.
        NewerWorksheet: it names one that only a later version of the program knows.
    """
    value = values.get(VERSION_KEY)
    if isinstance(value, str) and re.fullmatch(r"\d{1,9}", value.strip()):
        value = int(value)
    if value is None:
        raise NotAWorksheet(messages.no_key(VERSION_KEY))
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        shown = str(value).lower() if isinstance(value, bool) else value
        raise NotAWorksheet(messages.no_format(shown, VERSION_KEY, CURRENT))
    if value > CURRENT:
        raise NewerWorksheet(value, CURRENT)
    return value


def upgraded(file: MarkedFile, version: int) -> MarkedFile:
    """Return a file of an older version as one of today's."""
    for older in range(version, CURRENT):
        file = _UPGRADES[older](file)
    return file


def _with_roles(file: MarkedFile) -> MarkedFile:
    """Name the role in each mark, as version 2 does: several roles have questions of one id."""
    role = file.values.get("role")
    parts = (replaced(part, key=f"{role}/{part.key}") for part in file.parts)
    return replaced(file, parts=tuple(parts)) if role else file


_UPGRADES: dict[int, Callable[[MarkedFile], MarkedFile]] = {1: _with_roles}
