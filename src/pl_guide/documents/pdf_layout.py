"""A PDF's lines as blocks; pure.

A PDF knows no paragraphs. What parts them is seen as a reader sees it: a wider gap, another size,
a bullet, a line that ends early.
"""

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable

from pl_guide.documents.blocks import Block, ColumnNames, Kind, ends_sentence
from pl_guide.documents.pdf_lines import (
    Fragment,
    Line,
    end_of,
    line_of,
    lines_of,
    without_running_heads,
)
from pl_guide.records import replaced


def arranged(fragments: Iterable[Fragment], columns: ColumnNames | None) -> tuple[Block, ...]:
    """Arrange a PDF's fragments, in the order of the file, as blocks."""
    lines = without_running_heads(lines_of(fragments), columns)
    lines = _with_tables(lines, columns) if columns else lines
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
            kind: Kind = "item" if first.bullet else "paragraph"
            blocks.append(Block(kind=kind, text=text, place=place, level=int(first.bullet)))
    return (*blocks, *beside)


def _with_tables(lines: list[Line], names: ColumnNames) -> list[Line]:
    """Part what is in a table's first column from what is beside it."""
    found: list[Line] = []
    second: float | None = None
    at = 0
    while at < len(lines):
        line = lines[at]
        # A narrow column breaks its name.
        over = next((n for n in (1, 2, 3) if names.is_head(_one_line(lines[at : at + n]))), 0)
        if over:
            columns = [part.left for part in line.parts if names.begins_second(part.text)]
            second = columns[0] if columns else None
            text = _one_line(lines[at : at + over])
            found.append(replaced(line, text=text, in_table=True, head=True))
            at += over
            continue
        at += 1
        if second is not None:
            own = [part for part in line.parts if part.left < second - 2]
            widest = max((end_of(part) for part in own), default=0.0)
            if widest > second:
                second = None
            else:
                rest = " ".join(part.text for part in line.parts if part not in own)
                kept = replaced(line_of(own), in_table=True) if own else replaced(line, text="")
                found.append(replaced(kept, beside=rest.strip(), in_table=True))
                continue
        found.append(line)
    return found


def _one_line(lines: list[Line]) -> str:
    text = " ".join(line.text for line in lines)
    return text if len(text) < 200 else ""


def _groups(lines: list[Line]) -> list[list[Line]]:
    """Put lines together that are one paragraph, bullet or cell."""
    pitches = _pitches(lines)
    longest: Counter[tuple[float, bool]] = Counter()
    for line in lines:
        key = (round(line.size), line.in_table)
        longest[key] = max(longest[key], len(line.text))
    groups: list[list[Line]] = []
    for line in lines:
        above = next((last for last in reversed(groups[-1]) if last.text), None) if groups else None
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
    """Return the usual distance from line to line for each size of letters."""
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
    """Part a group where lines are farther apart than the others in it."""
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
