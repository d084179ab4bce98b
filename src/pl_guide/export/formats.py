"""What a format says of itself: its name, its endings, and how worksheets are written in it."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Protocol

from pl_guide.records import Record
from pl_guide.surveys.plan import Touched
from pl_guide.worksheet.model import Worksheet

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


class Take(Protocol):
    """Takes from a worksheet what a format needs of it; other processes call it too.

    `touched` says which standards its questions touch.
    """

    def __call__(self, file: str, worksheet: Worksheet, *, touched: Touched, share: bool) -> Any:
        """Return what is needed of a worksheet that was read from `file`."""


class Write(Protocol):
    """Writes all that was taken: as texts that follow each other, or as a file's bytes."""

    def __call__(self, taken: Iterable[Any], *, share: bool) -> Iterator[str] | bytes:
        """Return the whole."""


class RowsFormat(Format, frozen=True, kw_only=True):
    """A format of rows, from any number of worksheets."""

    take: Take
    write: Write
