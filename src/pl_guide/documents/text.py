"""Text as blocks, of which parts may be Markdown, or in tags; pure."""

import re
from collections.abc import Iterator
from itertools import groupby

from pl_guide.documents.blocks import Block, Reading, cleaned, ends_question, without_bullet
from pl_guide.documents.markdown import without_marks
from pl_guide.records import replaced

_RULE = re.compile(r"[\s\-=_*|+:]{3,}")
_HEADING = re.compile(r" {0,3}#{1,6}\s+(?=\S)")
# A cell may be in tags, and reach over several lines.
_CELL = re.compile(r"<p\b(?:[^<]|<(?!/?p\b))*</p>", re.IGNORECASE)
FULL = 0.7
"""A line that was wrapped is at least so full: letters differ in width."""
LONG_LINE = 150
"""A text with a line longer than this has a line for each paragraph, and none that were wrapped."""


def read_text(text: str) -> Reading:
    """Read a text in which a paragraph may have been wrapped into lines."""
    lines = _CELL.sub(lambda cell: cell.group().replace("\n", "\v"), cleaned(text)).split("\n")
    blocks = _Blocks()
    number = 1
    for line, full in zip(lines, _full_widths(lines), strict=True):
        blocks.take(f"line {number}", line.rstrip(" "), full)
        number += 1 + line.count("\v")
    return Reading(tuple(blocks.finished()))


def _full_widths(lines: list[str]) -> list[float]:
    """Return for each line how long it must be at least to go on in the next one.

    That depends on the lines around it, up to the next empty ones.
    """
    if max(map(len, lines)) > LONG_LINE:
        return [float("inf")] * len(lines)
    widths: list[float] = []
    for _, group in groupby(lines, lambda line: not line.strip()):
        together = list(group)
        plain = (len(line) for line in together if "\t" not in line and "|" not in line)
        widths += [FULL * max(plain, default=0)] * len(together)
    return widths


class _Blocks:
    """Grows blocks line by line, each of which has its lines beside it until all are there."""

    def __init__(self) -> None:
        self._begun: list[tuple[Block, list[str]]] = []
        self._open: Block | None = None
        self._columns: list[int] = []

    def finished(self) -> Iterator[Block]:
        for block, lines in self._begun:
            text = "\n".join(lines)
            bare = without_bullet(text) if block.kind == "item" else None
            yield replaced(block, text=_bare(bare or text), cells=tuple(map(_bare, block.cells)))

    def take(self, place: str, line: str, full: float) -> None:
        """Take a line; `full` is how long it is at least if it goes on in the next one."""
        above, self._open = self._open, None
        if not line.strip() or _RULE.fullmatch(line):
            return
        if found := _HEADING.match(line):
            text = line[found.end() :].rstrip().rstrip("#").rstrip()
            self._columns = []
            level = found.group().count("#")
            self._begin(Block(kind="heading", place=place, level=level), text or line)
        elif self._is_bullet(line, above):
            level = self._depth(len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip()))
            self._open = self._begin(Block(kind="item", place=place, level=level), line)
        elif line.lstrip().startswith("|") or line.count("|") > 1:
            cells = re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))
            unescaped = tuple(cell.replace("\\|", "|") for cell in cells)
            self._begin(Block(kind="row", cells=unescaped, place=place))
        elif "\t" in line.lstrip() or _CELL.search(line):
            cells = line.lstrip(" ").split("\t")
            self._begin(Block(kind="row", cells=tuple(cells), place=place))
        elif above and self._goes_on(above, line, full):
            self._begun[-1][1].append(line)
            self._open = above
        else:
            self._columns = []
            self._open = self._begin(Block(kind="paragraph", place=place), line)

    def _begin(self, block: Block, *lines: str) -> Block:
        self._begun.append((block, list(lines)))
        return block

    def _is_bullet(self, line: str, above: Block | None) -> bool:
        if without_bullet(line) is None:
            return False
        # A line that was wrapped may begin with a number or a dash by chance.
        return line.lstrip()[0] not in "–0123456789" or above is None or above.kind == "item"

    def _depth(self, column: int) -> int:
        """Return in how many lists an item is that begins at a column."""
        # A list may be askew by a column.
        while self._columns and self._columns[-1] > column + 1:
            self._columns.pop()
        if not self._columns or self._columns[-1] < column - 1:
            self._columns.append(column)
        return len(self._columns)

    def _goes_on(self, above: Block, line: str, full: float) -> bool:
        """Tell whether a line goes on with the paragraph or bullet above it."""
        if above.kind == "item" and line[:2].isspace():
            return True
        last = self._begun[-1][1][-1]
        if ends_question(last) and not line.lstrip()[0].islower():
            return False
        return len(last) + 1 + len(line.split(maxsplit=1)[0]) > full


def _bare(text: str) -> str:
    return without_marks(text.replace("\v", "\n")).strip()
