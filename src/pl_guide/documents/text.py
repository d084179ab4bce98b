"""Text as blocks, of which parts may be Markdown, or in tags; pure."""

import re
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
    for empty, group in groupby(lines, lambda line: not line.strip()):
        together = list(group)
        plain = (len(line) for line in together if "\t" not in line and "|" not in line)
        widest = 0 if empty else max(plain, default=0)
        widths += [FULL * widest] * len(together)
    return widths


class _Blocks:
    """Grows blocks line by line."""

    def __init__(self) -> None:
        self._done: list[Block] = []
        self._open: Block | None = None
        self._last = ""
        self._lines: list[str] = []
        self._full = 0.0
        self._columns: list[int] = []

    def finished(self) -> list[Block]:
        self._close()
        return self._done

    def take(self, place: str, line: str, full: float) -> None:
        """Take a line; `full` is how long it is at least if it goes on in the next one."""
        self._full = full
        if not line.strip() or _RULE.fullmatch(line):
            self._close()
        elif found := _HEADING.match(line):
            text = line[found.end() :].rstrip().rstrip("#").rstrip()
            level = found.group().count("#")
            self._begin(Block(kind="heading", text=text, place=place, level=level), line)
            self._close()
        elif self._is_bullet(line):
            text = without_bullet(line) or ""
            level = self._depth(len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip()))
            self._begin(Block(kind="item", text=text, place=place, level=level), line)
        elif line.lstrip().startswith("|") or line.count("|") > 1:
            cells = re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))
            self._row([cell.replace("\\|", "|") for cell in cells], place)
        elif "\t" in line.lstrip() or _CELL.search(line):
            self._row(line.lstrip(" ").split("\t"), place)
        elif self._open and self._goes_on(self._open, line):
            self._grow(line)
        else:
            self._begin(Block(kind="paragraph", text=line, place=place), line)

    def _is_bullet(self, line: str) -> bool:
        if without_bullet(line) is None:
            return False
        # A line that was wrapped may begin with a number or a dash by chance.
        certain = line.lstrip()[0] not in "–0123456789"
        return certain or self._open is None or self._open.kind == "item"

    def _depth(self, column: int) -> int:
        """Return in how many lists an item is that begins at a column."""
        # A list may be askew by a column.
        while self._columns and self._columns[-1] > column + 1:
            self._columns.pop()
        if not self._columns or self._columns[-1] < column - 1:
            self._columns.append(column)
        return len(self._columns)

    def _goes_on(self, above: Block, line: str) -> bool:
        """Tell whether a line goes on with the paragraph or bullet above it."""
        if above.kind == "item" and line[:2].isspace():
            return True
        if ends_question(self._last) and not line.lstrip()[0].islower():
            return False
        return len(self._last) + 1 + len(line.split(maxsplit=1)[0]) > self._full

    def _row(self, cells: list[str], place: str) -> None:
        self._close()
        self._done.append(Block(kind="row", cells=tuple(map(_bare, cells)), place=place))

    def _begin(self, block: Block, line: str) -> None:
        self._close()
        if block.kind != "item":
            self._columns = []
        self._open, self._lines = block, [block.text or line]
        self._last = line

    def _grow(self, line: str) -> None:
        self._lines.append(line)
        self._last = line

    def _close(self) -> None:
        if self._open:
            self._done.append(replaced(self._open, text=_bare("\n".join(self._lines))))
        self._open = None


def _bare(text: str) -> str:
    return without_marks(text.replace("\v", "\n")).strip()
