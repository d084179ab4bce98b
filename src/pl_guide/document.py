"""A page as a list of blocks: what every renderer renders, so that none can leave anything out.

Pages say what is there and what it is (a heading, a quiet remark, a match); renderers say how
that looks. All text is data: whatever it holds, a renderer shows it as text.
"""

from typing import Literal

from pl_guide.records import Record


class Span(Record, frozen=True):
    """A stretch of text, and what it is.

    `quiet` is less important, `name` can be typed (an id, a command), `match` was searched,
    `added` and `gone` changed; the text itself says which.
    """

    text: str
    kind: Literal["plain", "strong", "quiet", "name", "match", "added", "gone"] = "plain"


Line = str | tuple[Span, ...]
"""A run of text, in which a line break is a space."""


class Heading(Record, frozen=True):
    """A heading; level 1 is the page's own title. `group` tells headings of one kind apart."""

    level: int
    text: Line
    group: int | None = None


class Paragraph(Record, frozen=True):
    """Running text; a line break in it ends a paragraph. A `quiet` one is less important."""

    text: Line
    kind: Literal["plain", "quiet"] = "plain"


class Item(Record, frozen=True):
    """An item of a list: its text, and a quiet remark about it."""

    text: Line
    remark: Line = ""


class Items(Record, frozen=True):
    """A list of items, counted or not."""

    items: tuple[Item, ...]
    counted: bool = False


class Table(Record, frozen=True):
    """A table; the first column names the rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    numeric: bool = False


class Chain(Record, frozen=True):
    """Things that lead to one another: (title, text) each, and what leads back to the first."""

    steps: tuple[tuple[str, str], ...]
    loop: str = ""


Block = Heading | Paragraph | Items | Table | Chain


class Document(Record, frozen=True):
    """A page, top to bottom."""

    blocks: tuple[Block, ...]


def plain(line: Line) -> str:
    """Give a line's text alone."""
    return line if isinstance(line, str) else "".join(span.text for span in line)


def paragraphs(text: str) -> list[str]:
    """Split a text at its line breaks, leaving out empty paragraphs."""
    return [part for part in (" ".join(each.split()) for each in text.splitlines()) if part]
