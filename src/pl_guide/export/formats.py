"""What a format says of itself: its name, its endings, and how worksheets are written in it."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from pl_guide.records import Record

if TYPE_CHECKING:
    from pl_guide.export.table import GuideTable


class Format(Record, frozen=True, kw_only=True):
    """What all formats have: a name as it is typed, endings, what it is good for in a few words.

    A binary one is written into files only. A file in one that is marked begins with a byte order
    mark, without which Excel takes UTF-8 for something else.
    """

    name: str
    endings: tuple[str, ...]
    purpose: str
    binary: bool = False
    marked: bool = False


class PageFormat(Format, frozen=True, kw_only=True):
    """A format to read: one worksheet, laid out as the guides do it."""

    render: Callable[["GuideTable"], str | bytes]


class RowsFormat(Format, frozen=True, kw_only=True):
    """A format of rows, from any number of worksheets.

    `take` is given each worksheet with its file's name, `touched` and `share`, and returns what the
    format needs of it; other processes call it too. `write` is given all that was taken and
    `share`, and returns texts that follow each other, or a file's bytes.
    """

    take: Callable[..., Any]
    write: Callable[..., Iterator[str] | bytes]
