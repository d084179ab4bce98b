"""Text as blocks, of which parts may be Markdown, or in tags; pure."""

import re
from itertools import groupby

from pl_guide.documents.blocks import Block, Reading, cleaned, ends_question, without_bullet
from pl_guide.documents.markdown import without_marks
from pl_guide.records import replaced

_RULE = re.compile(r"[\s\-=_*|+:]{3,}")
_HEADING = re.compile(r" {0,3}#{1,6}\s+(?=\S)")
FULL = 0.7
"""A line that was wrapped is at least so full: letters differ in width."""
LONG_LINE = 150
"""A text with a line longer than this has a line for each paragraph, and none that were wrapped."""


def read_text(text: str) -> Reading:
    """Read a text in which a paragraph may have been wrapped into lines."""
    lines = cleaned(text).split("\n")
    blocks = _Blocks()
    for number, (line, full) in enumerate(zip(lines, _full_widths(lines), strict=True), 1):
        blocks.take(number, line.rstrip(" "), full)
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
        self._cells = 0
        self._lines: list[str] = []
        self._full = 0.0
        self._columns: list[int] = []

    def finished(self) -> list[Block]:
        self._close()
        return self._done

    def take(self, number: int, line: str, full: float) -> None:
        """Take a line; `full` is how long it is at least if it goes on in the next one."""
        self._full = full
        place = f"line {number}"
        if not line.strip() or (_RULE.fullmatch(line) and not self._cells):
            self._close()
        elif self._cells or "<p>" in line.lower():
            self._take_cells(line, place)
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
        elif "\t" in line.lstrip():
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

    def _take_cells(self, line: str, place: str) -> None:
        """Take a row whose cells are `<p>…</p>`, which may reach over several lines."""
        if self._cells:
            self._grow(line)
        else:
            self._begin(Block(kind="row", place=place), line)
        self._cells += line.lower().count("<p") - line.lower().count("</p")
        if self._cells <= 0:
            self._close()

    def _row(self, cells: list[str], place: str) -> None:
        self._close()
        self._done.append(Block(kind="row", cells=_bare(cells), place=place))

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
            text = "\n".join(self._lines)
            row = self._open.kind == "row"
            self._done.append(
                replaced(self._open, cells=_bare(text.split("\t")))
                if row
                else replaced(self._open, text=_bare([text])[0])
            )
        self._open, self._cells = None, 0


def _bare(texts: list[str]) -> tuple[str, ...]:
    return tuple(without_marks(text).strip() for text in texts)
