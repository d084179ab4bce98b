"""Stretches of text on pages, as lines; pure."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable

from pl_guide.documents.blocks import ColumnNames, cleaned, without_bullet
from pl_guide.records import Record, replaced

_PAGE_NUMBER = re.compile(r"\W*(page|p\.?)?\s*\d{1,3}(\s*(of|/|\|)\s*\d{1,3})?\W*", re.IGNORECASE)
_DELETE = "\x7f"
"""What a bullet is read as where a font gives it a code of its own."""


class Fragment(Record, frozen=True):
    """Text on a page: points from the left and from the bottom of its page."""

    text: str
    page: int
    left: float
    top: float
    size: float


class Line(Record, frozen=True):
    """Fragments side by side. `inner` is where the text after a bullet begins, if that is known."""

    page: int
    left: float
    top: float
    size: float
    parts: tuple[Fragment, ...]
    text: str
    bullet: bool = False
    inner: float | None = None
    beside: str = ""
    in_table: bool = False
    head: bool = False


def with_dots(fragments: list[Fragment], dots: Iterable[Fragment]) -> list[Fragment]:
    """Put dots that are drawn on a page before the text that each is beside, if any."""
    rows: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, fragment in enumerate(fragments):
        if fragment.text.strip():
            rows[fragment.page, round(fragment.top)].append(index)
    before: dict[int, Fragment] = {}
    for dot in dots:
        reach = round(0.35 * dot.size)
        near = (
            index
            for top in range(round(dot.top) - reach, round(dot.top) + reach + 1)
            for index in rows[dot.page, top][:100]
            if 0 < fragments[index].left - dot.left < 4 * fragments[index].size
        )
        found = min(near, key=lambda index: fragments[index].left, default=None)
        if found is not None:
            before[found] = replaced(dot, top=fragments[found].top)
    return [
        part
        for index, fragment in enumerate(fragments)
        for part in ([before[index], fragment] if index in before else [fragment])
    ]


def lines_of(fragments: Iterable[Fragment]) -> list[Line]:
    """Put fragments that are side by side into one line."""
    rows: list[list[Fragment]] = []
    for fragment in fragments:
        for index, text in enumerate(cleaned(fragment.text.replace(_DELETE, "•")).split("\n")):
            if not text:
                continue
            top = fragment.top - index * fragment.size * 1.2
            piece = replaced(fragment, text=text, top=top)
            if rows and _beside(rows[-1], piece):
                rows[-1].append(piece)
            elif text.strip():
                rows.append([piece])
    return [line_of(row) for row in rows]


def _beside(row: list[Fragment], piece: Fragment) -> bool:
    first, last = row[0], row[-1]
    near = abs(piece.top - first.top) <= 0.35 * max(first.size, piece.size, 1.0)
    return piece.page == first.page and near and piece.left >= last.left - 0.5


def line_of(row: list[Fragment]) -> Line:
    """Return fragments that are side by side as a line."""
    text = ""
    for before, piece in zip([None, *row[:-1]], row, strict=True):
        # What begins well behind the end of the piece before it is a word of its own.
        apart = before is not None and piece.left - end_of(before) > 0.6 * piece.size
        text += f" {piece.text}" if apart else piece.text
    written = [piece for piece in row if piece.text.strip()]
    sizes: Counter[float] = Counter()
    for piece in written:
        sizes[piece.size] += len(piece.text)
    bare = without_bullet(text)
    inner = written[1].left if bare is not None and len(written) > 1 else None
    alone = len(text.strip()) == 1 and without_bullet(f"{text.strip()} x") is not None
    return Line(
        page=row[0].page,
        left=written[0].left,
        top=written[-1].top if len(written) > 1 else row[0].top,
        size=sizes.most_common(1)[0][0] if sizes else row[0].size,
        parts=tuple(written),
        text=("" if alone else text if bare is None else bare).strip(),
        bullet=bare is not None or alone,
        inner=inner,
    )


def end_of(piece: Fragment) -> float:
    """Estimate where a fragment ends, rather too far left than too far right."""
    return piece.left + _width(piece.text, piece.size)


def _width(text: str, size: float) -> float:
    """Estimate how wide a text is, rather too narrow than too wide."""
    letters = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
    return letters * 0.42 * size


def without_running_heads(lines: list[Line], columns: ColumnNames | None) -> list[Line]:
    """Leave out page numbers, and what is at the top or bottom of page after page."""
    pages: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    edges: list[Line] = []
    for on_page in pages.values():
        by_height = sorted(on_page, key=lambda line: line.top)
        edges += [*by_height[:2], *by_height[2:][-2:]]
    seen = Counter(_running(line) for line in edges)
    gone = {
        line
        for line in edges
        if not (columns and columns.is_head(line.text))
        and (_is_page_number(line.text) or (len(pages) > 2 and seen[_running(line)] > 2))
    }
    return [line for line in lines if line not in gone]


def _is_page_number(text: str) -> bool:
    return len(text) < 20 and _PAGE_NUMBER.fullmatch(text) is not None


def _running(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.top / 6)
