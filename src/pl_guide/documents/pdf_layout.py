"""A PDF's lines as blocks; pure.

A PDF knows no paragraphs. A wider gap, another size, a bullet or a line that ends early parts them.
"""

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator

from pl_guide.documents.blocks import Block, Kind, ends_sentence
from pl_guide.documents.pdf_lines import Fragment, Line, line_of, lines_of, without_running_heads
from pl_guide.records import replaced


def arranged(
    fragments: Iterable[Fragment], is_table_head: Callable[[str], bool]
) -> tuple[Block, ...]:
    """Arrange a PDF's fragments, in the order of the file, as blocks."""
    lines = without_running_heads(lines_of(fragments), is_table_head)
    blocks = []
    for group in _groups(list(_with_tables(lines, is_table_head))):
        first = group[0]
        kind: Kind = "aside" if first.use == "aside" else "item" if first.bullet else "paragraph"
        text = "\n".join(line.text for line in group if line.text)
        place, level = f"page {first.page}", int(first.bullet)
        blocks.append(Block(kind=kind, text=text, place=place, level=level))
    return tuple(block for block in blocks if block.text)


def _with_tables(lines: list[Line], is_head: Callable[[str], bool]) -> Iterator[Line]:
    """Part what is in a table's first column from what is beside it, which comes after it."""
    beside: list[Line] = []
    second = math.inf
    at = 0
    while at < len(lines):
        line = lines[at]
        # A narrow column breaks its name.
        over = next((n for n in (1, 2, 3) if is_head(_one_line(lines[at : at + n]))), 0)
        own = [part for part in line.parts if part.left < second - 2]
        if over or any(part.right > second for part in own):
            yield from beside
            beside = []
            second = _second_column(line) if over else math.inf
        if over:
            yield replaced(line, text=_one_line(lines[at : at + over]), use="head")
        elif second == math.inf:
            yield line
        else:
            rest = line.parts[len(own) :]
            if own:
                yield replaced(line_of(own), bullet=line.bullet, inner=line.inner, use="cell")
            if rest:
                beside.append(replaced(line_of(rest), bullet=False, use="aside"))
        at += over or 1
    yield from beside


def _second_column(head: Line) -> float:
    """Return where the second column of a head begins: behind the first gap wider than a space."""
    pairs = itertools.pairwise(head.parts)
    gaps = (after.left for part, after in pairs if after.left - part.right > 0.6 * part.size)
    return next(gaps, math.inf)


def _one_line(lines: list[Line]) -> str:
    text = " ".join(line.text for line in lines)
    return text if len(text) < 200 else ""


def _groups(lines: list[Line]) -> Iterator[list[Line]]:
    """Put lines together that are one paragraph, bullet or cell."""
    pitches = _pitches(lines)
    longest: Counter[tuple[float, str]] = Counter()
    for line in lines:
        key = (round(line.size), line.use)
        longest[key] = max(longest[key], len(line.text))
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _goes_on(groups[-1], line, pitches, longest):
            groups[-1].append(line)
        else:
            groups.append([line])
    for group in groups:
        yield from _parted(group)


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


def _goes_on(
    group: list[Line], line: Line, pitches: dict[int, float], longest: Counter[tuple[float, str]]
) -> bool:
    """Tell whether a line goes on with those above it."""
    above = group[-1]
    if line.bullet or line.use != above.use or line.use in {"head", "aside"}:
        return False
    if not above.text:
        # A bullet that isn't quite as high as its text.
        return True
    if abs(line.size - above.size) > 0.1 * above.size:
        return False
    # Whether the line above ends because the next word didn't fit.
    reach = len(above.text) + 1 + len(line.text.split()[0])
    full = reach >= 0.8 * longest[round(above.size), above.use]
    gap = above.top - line.top
    if line.page != above.page or gap < -line.size:
        # The same paragraph goes on at the top of the next page or column.
        return not ends_sentence(above.text) and (line.text[0].islower() or full)
    if gap <= 0.5 * line.size:
        return True
    inner = group[0].inner if group[0].bullet else None
    if inner is not None and line.left < inner - 0.3 * line.size:
        return False
    pitch = pitches.get(round(line.size), gap)
    return gap <= 1.3 * pitch and (gap <= 1.5 * line.size or full)


def _parted(group: list[Line]) -> Iterator[list[Line]]:
    """Part a group where lines are farther apart than the others in it."""
    gaps = [
        above.top - line.top if above.page == line.page else 0.0
        for above, line in itertools.pairwise(group)
    ]
    pairs = zip(gaps, group, strict=False)
    least = min((gap for gap, line in pairs if gap > 0.5 * line.size), default=math.inf)
    begin = 0
    for at, gap in enumerate(gaps, 1):
        if gap > 1.12 * least + 0.5:
            yield group[begin:at]
            begin = at
    yield group[begin:]
