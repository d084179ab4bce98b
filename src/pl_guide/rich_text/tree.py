"""What a person wrote as a small tree of text, which every layout writes in its own way; pure."""

import unicodedata
from typing import Union

from pl_guide.records import Record


class Run(Record, frozen=True, kw_only=True):
    """A stretch of text that looks the same throughout.

    A line break is a run of its own, whose text is a line feed; no other holds one.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    link: str = ""


class Paragraph(Record, frozen=True):
    """Running text."""

    runs: tuple[Run, ...]


class Listing(Record, frozen=True):
    """A list; numbered from `first`, or with bullets where that is None."""

    items: tuple[tuple["Block", ...], ...]
    first: int | None = None


class Quote(Record, frozen=True):
    """A quotation."""

    blocks: tuple["Block", ...]


class Code(Record, frozen=True):
    """Text in which line breaks and spaces count."""

    text: str


Block = Union[Paragraph, Listing, Quote, Code]  # noqa: UP007 (the records refer to it by name)

BREAK = Run(text="\n")


def plain_text(runs: tuple[Run, ...]) -> str:
    """Give the text of runs alone."""
    return "".join(run.text for run in runs)


def runs_leftward(text: str) -> bool:
    """Tell whether text runs from right to left, as its first letter says."""
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind for kind in kinds if kind in {"L", "R", "AL"}), "L") != "L"
