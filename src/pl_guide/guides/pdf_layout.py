"""Stretches of text at places on pages, as lines, and lines as blocks; pure.

A PDF knows no paragraphs. What parts them is seen as a reader sees it: a wider gap, another size,
a bullet, a line that ends early.
"""

import itertools
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable

from pl_guide.guides.blocks import Block, Kind, cleaned, ends_sentence, without_bullet
from pl_guide.guides.table_head import TableHead
from pl_guide.records import Record, replaced

_PAGE_NUMBER = re.compile(r"\W*(page|p\.?)?\s*\d{1,3}(\s*(of|/|\|)\s*\d{1,3})?\W*", re.IGNORECASE)
_DELETE = "\x7f"
"""What a bullet is read as where a font gives it a place of its own."""


class Fragment(Record, frozen=True):
    """Text at a place: points from the left and from the bottom of its page."""

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


def arranged(fragments: Iterable[Fragment], head: TableHead) -> tuple[Block, ...]:
    """Arrange a PDF's fragments, in the order of the file, as blocks."""
    lines = _without_running_heads(_lines(fragments), head)
    lines = _with_tables(lines, head)
    blocks: list[Block] = []
    beside: list[Block] = []
    for group in _groups(lines):
        first = group[0]
        place = f"page {first.page}"
        beside += [
            Block(kind="aside", text=line.beside, place=f"page {line.page}")
            for line in group
            if line.beside
        ]
        if not first.in_table or first.head:
            blocks += beside
            beside = []
        text = "\n".join(line.text for line in group if line.text)
        if first.head:
            blocks.append(Block(kind="paragraph", text=text, place=place))
        elif text:
            kind: Kind = "bullet" if first.bullet else "paragraph"
            blocks.append(Block(kind=kind, text=text, place=place))
    return (*blocks, *beside)


def _lines(fragments: Iterable[Fragment]) -> list[Line]:
    """Put fragments that stand side by side into one line."""
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
    return [_line(row) for row in rows]


def _beside(row: list[Fragment], piece: Fragment) -> bool:
    first, last = row[0], row[-1]
    near = abs(piece.top - first.top) <= 0.35 * max(first.size, piece.size, 1.0)
    return piece.page == first.page and near and piece.left >= last.left - 0.5


def _line(row: list[Fragment]) -> Line:
    text = ""
    for before, piece in zip([None, *row[:-1]], row, strict=True):
        # What begins well behind the end of the piece before it is a word of its own.
        apart = before is not None and piece.left - _end(before) > 0.6 * piece.size
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


def _end(piece: Fragment) -> float:
    return piece.left + _width(piece.text, piece.size)


def _width(text: str, size: float) -> float:
    """Estimate how wide a text is, rather too narrow than too wide."""
    letters = sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
    return letters * 0.42 * size


def _without_running_heads(lines: list[Line], head: TableHead) -> list[Line]:
    """Leave out page numbers, and what stands at the top or bottom of page after page."""
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
        if not head.is_head(line.text)
        and (_is_page_number(line.text) or (len(pages) > 2 and seen[_running(line)] > 2))
    }
    return [line for line in lines if line not in gone]


def _is_page_number(text: str) -> bool:
    return len(text) < 20 and _PAGE_NUMBER.fullmatch(text) is not None


def _running(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.top / 6)


def _with_tables(lines: list[Line], head: TableHead) -> list[Line]:
    """Part what stands in a question table's first column from what stands beside it."""
    found: list[Line] = []
    second: float | None = None
    for line in lines:
        columns = [part.left for part in line.parts if head.begins_second(part.text)]
        if head.is_head(line.text):
            second = columns[0] if columns else None
            found.append(replaced(line, in_table=True, head=True))
            continue
        if second is not None:
            own = [part for part in line.parts if part.left < second - 2]
            widest = max((_end(part) for part in own), default=0.0)
            if widest > second:
                second = None
            else:
                rest = " ".join(part.text for part in line.parts if part not in own)
                kept = replaced(_line(own), in_table=True) if own else replaced(line, text="")
                found.append(replaced(kept, beside=rest.strip(), in_table=True))
                continue
        found.append(line)
    return found


def _groups(lines: list[Line]) -> list[list[Line]]:
    """Put lines together that are one paragraph, bullet or cell."""
    pitches = _pitches(lines)
    longest: Counter[tuple[float, bool]] = Counter()
    for line in lines:
        key = (round(line.size), line.in_table)
        longest[key] = max(longest[key], len(line.text))
    groups: list[list[Line]] = []
    for line in lines:
        above = next((each for each in reversed(groups[-1]) if each.text), None) if groups else None
        if not line.text and not line.bullet:
            # Only something beside a cell: it parts nothing.
            groups[-1].append(line) if groups else groups.append([line])
        elif above is None:
            if groups and groups[-1][0].bullet and not line.bullet:
                groups[-1].append(line)
            else:
                groups.append([line])
        else:
            full = _is_full(above, line, longest[round(above.size), above.in_table])
            if _parts(groups[-1], above, line, pitches, full=full):
                groups.append([line])
            else:
                groups[-1].append(line)
    return [part for group in groups for part in _parted(group)]


def _pitches(lines: list[Line]) -> dict[int, float]:
    """Give the usual distance from line to line for each size of letters."""
    gaps: dict[int, Counter[float]] = defaultdict(Counter)
    for above, line in itertools.pairwise(lines):
        gap = above.top - line.top
        if above.page == line.page and 0.5 * line.size < gap < 2.5 * line.size:
            gaps[round(line.size)][round(gap, 1)] += 1
    return {
        size: min(counted.most_common(1)[0][0], max(1.6 * size, min(counted)))
        for size, counted in gaps.items()
    }


def _is_full(above: Line, line: Line, longest: int) -> bool:
    """Tell whether a line ends because the next word didn't fit."""
    return len(above.text) + 1 + len(line.text.split()[0]) >= 0.8 * longest if line.text else True


def _parts(
    group: list[Line], above: Line, line: Line, pitches: dict[int, float], *, full: bool
) -> bool:
    """Tell whether a line begins something new."""
    if line.bullet or line.head or above.head or line.in_table != above.in_table:
        return True
    if abs(line.size - above.size) > 0.1 * above.size:
        return True
    gap = above.top - line.top
    if line.page != above.page or gap < -line.size:
        # The same paragraph goes on at the top of the next page or column.
        return ends_sentence(above.text) or not (line.text[0].islower() or full)
    if gap <= 0.5 * line.size:
        return False
    inner = group[0].inner if group[0].bullet else None
    if inner is not None and line.left < inner - 0.3 * line.size:
        return True
    pitch = pitches.get(round(line.size), gap)
    return gap > 1.3 * pitch or (gap > 1.5 * line.size and not full)


def _parted(group: list[Line]) -> list[list[Line]]:
    """Part a group where lines stand farther apart than the others in it."""
    written = [line for line in group if line.text]
    gaps = [
        above.top - line.top
        for above, line in itertools.pairwise(written)
        if above.page == line.page and above.top - line.top > 0.5 * line.size
    ]
    least = min(gaps, default=0.0)
    parts: list[list[Line]] = [[]]
    last: Line | None = None
    for line in group:
        gap = last.top - line.top if last and last.page == line.page else 0.0
        if line.text and last and gap > 1.12 * least + 0.5:
            parts.append([])
        parts[-1].append(line)
        last = line if line.text else last
    return parts
