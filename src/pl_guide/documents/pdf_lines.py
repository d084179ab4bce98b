"""Stretches of text on pages, as lines; pure."""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from pl_guide.documents.blocks import cleaned, without_bullet
from pl_guide.records import Record, replaced

_PAGE_NUMBER = re.compile(r"\W*(page|p\.?)?\s*\d{1,3}(\s*(of|/|\|)\s*\d{1,3})?\W*", re.IGNORECASE)
MAX_DOTS = 500
"""On a page: more are a picture, and no bullets."""


class Fragment(Record, frozen=True):
    """Text on a page, in points from the left and from the bottom; a drawn dot has no text."""

    text: str
    page: int
    left: float
    right: float
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
    use: Literal["text", "head", "cell", "aside"] = "text"


def lines_of(fragments: Iterable[Fragment]) -> list[Line]:
    """Put fragments that are side by side into one line."""
    rows: list[list[Fragment]] = []
    dots: dict[int, list[Fragment]] = defaultdict(list)
    for fragment in fragments:
        piece = replaced(fragment, text=cleaned(fragment.text))
        if not fragment.text:
            dots[fragment.page].append(fragment)
        elif rows and _beside(rows[-1], piece):
            rows[-1].append(piece)
        elif piece.text.strip():
            rows.append([piece])
    return [_with_dot(line_of(row), dots[row[0].page]) for row in rows]


def _beside(row: list[Fragment], piece: Fragment) -> bool:
    first, last = row[0], row[-1]
    near = abs(piece.top - first.top) <= 0.35 * max(first.size, piece.size, 1.0)
    return piece.page == first.page and near and piece.left >= last.left - 0.5


def _with_dot(line: Line, dots: list[Fragment]) -> Line:
    """Make a line that a dot is drawn before a bullet's."""
    for dot in dots if len(dots) <= MAX_DOTS else ():
        near = abs(line.top - dot.top) <= 0.35 * dot.size
        if near and 0 < line.left - dot.left < 4 * line.size:
            return replaced(line, bullet=True, inner=line.left)
    return line


def line_of(row: Sequence[Fragment]) -> Line:
    """Return fragments that are side by side as a line."""
    written = [piece for piece in row if piece.text.strip()]
    # What is a word of its own has a space beside it already.
    text = re.sub(" +", " ", "".join(piece.text for piece in row))
    sizes: Counter[float] = Counter()
    for piece in row:
        sizes[piece.size] += len(piece.text)
    bare = without_bullet(text)
    alone = len(text.strip()) == 1 and without_bullet(f"{text.strip()} x") is not None
    return Line(
        page=row[0].page,
        left=written[0].left,
        # A bullet may be set a little higher or lower than its text.
        top=written[-1].top,
        size=sizes.most_common(1)[0][0],
        parts=tuple(written),
        text=("" if alone else text if bare is None else bare).strip(),
        bullet=bare is not None or alone,
        inner=written[1].left if bare is not None and len(written) > 1 else None,
    )


def without_running_heads(lines: list[Line], is_table_head: Callable[[str], bool]) -> list[Line]:
    """Leave out page numbers, and what is at the top or bottom of page after page."""
    by_height = sorted(lines, key=lambda line: (line.page, line.top))
    pages = [list(group) for _, group in itertools.groupby(by_height, lambda line: line.page)]
    edges = [line for page in pages for line in (*page[:2], *page[2:][-2:])]
    seen = Counter(map(_running, edges))
    gone = {
        line
        for line in edges
        if not is_table_head(line.text)
        and (_is_page_number(line.text) or (len(pages) > 2 and seen[_running(line)] > 2))
    }
    return [line for line in lines if line not in gone]


def _is_page_number(text: str) -> bool:
    return len(text) < 20 and _PAGE_NUMBER.fullmatch(text) is not None


def _running(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.top / 6)
