"""Documents as lines for a terminal, from 20 columns up: the one gateway to rich.

Layout is ours, so that one page reads well at any width; wrapping, and what colors a terminal has,
are rich's. Colors are its own sixteen, which its owner made readable; color alone says nothing.
"""

from collections.abc import Iterator, Sequence
from typing import TextIO

from rich.console import Console
from rich.text import Text

from pl_guide.document import (
    Block,
    Chain,
    Document,
    Heading,
    Item,
    Items,
    Line,
    Paragraph,
    Table,
    paragraphs,
    plain,
)
from pl_guide.render.wrapping import breaks, cells
from pl_guide.safe_text import one_line

WIDEST = 92
"""Longer lines tire the eye."""

NARROWEST_COLUMN = 22
STAIR = 4
SHORT_CELL = 20

GROUP_COLORS = ("cyan", "magenta", "green", "blue", "yellow", "red")
# What the program's own words need where the terminal has ASCII only; each keeps its width.
ASCII = str.maketrans("–—·•…“”‘’☐☑☒", "---*.\"\"''ox-")
STYLES = {
    "plain": "",
    "strong": "bold",
    "quiet": "dim",
    "name": "cyan",
    "match": "bold reverse",
    "added": "green",
    "gone": "red",
}


def render_terminal(document: Document, stream: TextIO, width: int) -> str:
    """Lay out a document for the terminal that `stream` writes to, `width` columns wide.

    Colour codes are in the text only if that terminal takes them (NO_COLOR, FORCE_COLOR and TERM
    are heeded).
    """
    console = Console(file=stream, width=width, highlight=False, markup=False, emoji=False)
    layout = _Layout(console, width)
    with console.capture() as captured:
        for line in layout.lines(document):
            line.rstrip()
            console.print(line, no_wrap=True, overflow="ignore", crop=False)
    text = captured.get()
    return text if layout.fancy else text.translate(ASCII)


class _Layout:
    def __init__(self, console: Console, width: int) -> None:
        self.console = console
        self.margin = 2 if width >= 60 else 0
        # Tables of one kind share their columns' widths, or None where those don't fit.
        self.widths: dict[tuple[str, ...], list[int] | None] = {}
        self.text_width = max(min(width - 2 * self.margin, WIDEST), 10)
        self.fancy = console.encoding.startswith("utf")
        self.bullet, self.rule, self.group = ("•", "─", "▸") if self.fancy else ("*", "-", ">")
        self.stair, self.box = ("│", "╭─╮│╰┬╯▼◀┤") if self.fancy else ("|", "+-+|+++v<|")

    def lines(self, document: Document) -> Iterator[Text]:
        kinds: dict[tuple[str, ...], list[tuple[Line, ...]]] = {}
        for table in document.blocks:
            if isinstance(table, Table):
                kinds.setdefault(table.columns, []).extend(table.rows)
        self.widths = {
            columns: self.column_widths(columns, rows) for columns, rows in kinds.items()
        }
        previous: Block | None = None
        for block in document.blocks:
            if previous is not None and not isinstance(previous, Heading):
                yield Text()
            for line in self.block(block):
                yield Text(" " * self.margin).append_text(line) if line else line
            previous = block

    def block(self, block: Block) -> Iterator[Text]:
        match block:
            case Heading():
                yield from self.heading(block)
            case Paragraph():
                yield from self.paragraph(block)
            case Items():
                yield from self.items(block)
            case Table():
                yield from self.table(block)
            case Chain():
                yield from self.chain(block)

    def wrapped(self, text: Text, width: int) -> list[Text]:
        # Words longer than a line are folded, so that nothing is ever cut off.
        width = max(width, 2)
        if cells(text.plain) > max(len(text.plain), width):
            # Wide characters stand without spaces; rich would begin lines with their full stops.
            lines = text.divide(breaks(text.plain, width, whole_words=False))
            for line in lines:
                line.rstrip()
            return list(lines)
        return list(text.wrap(self.console, width, overflow="fold")) or [Text()]

    def heading(self, block: Heading) -> Iterator[Text]:
        color = "" if block.group is None else GROUP_COLORS[block.group % len(GROUP_COLORS)]
        mark = f"{self.group} " if block.level > 2 else ""
        text = Text(mark, f"bold {color}").append_text(_text(block.text))
        lines = self.wrapped(text, self.text_width)
        yield from lines
        if block.level == 1:
            yield Text(self.rule * max(cells(line.plain.rstrip()) for line in lines))
        elif block.level == 2:
            yield Text(self.rule * self.text_width, "dim")

    def paragraph(self, block: Paragraph) -> Iterator[Text]:
        text = block.text
        parts: Sequence[Line] = paragraphs(text) if isinstance(text, str) else [text]
        for index, part in enumerate(parts):
            if index:
                yield Text()
            yield from self.wrapped(_text(part, STYLES[block.kind]), self.text_width)

    def items(self, block: Items) -> Iterator[Text]:
        indent = len(f"{len(block.items)}.") + 1 if block.counted else 2
        room = self.text_width - indent
        roomy = any(cells(_text(item.text).plain) > room for item in block.items)
        for number, item in enumerate(block.items, 1):
            if number > 1 and (roomy or item.remark or block.counted):
                yield Text()
            mark = f"{number}." if block.counted else self.bullet
            yield from self.item(item, mark.rjust(indent - 1) + " ")

    def item(self, item: Item, mark: str) -> Iterator[Text]:
        width = self.text_width - len(mark)
        lines = self.wrapped(_text(item.text), width)
        if item.remark:
            lines += self.wrapped(_text(item.remark, "dim"), width)
        for index, line in enumerate(lines):
            yield Text().append(" " * len(mark) if index else mark, "bold").append_text(line)

    def table(self, block: Table) -> Iterator[Text]:
        if block.numeric:
            yield from self.numbers(block)
        elif widths := self.widths[block.columns]:
            yield from self.columns(block, widths)
        else:
            yield from self.stack(block)

    def numbers(self, block: Table) -> Iterator[Text]:
        """Draw a table of numbers under its columns' long titles, or under numbers for them."""
        titles = [one_line(title) for title in block.columns[1:]]
        first = max((cells(_text(row[0]).plain) for row in block.rows), default=0)
        steps = [STAIR * i + cells(title) for i, title in enumerate(titles)]
        room = self.text_width - 2 - max([*steps, STAIR * len(titles)])
        if room >= min(first, NARROWEST_COLUMN):
            first = min(first, room)
            yield from self.stairs(titles, first)
            yield from self.number_rows(block, first, STAIR)
            return
        step = max(len(str(len(titles))), 2) + 1
        room = self.text_width - 2 - step * len(titles)
        if room < 10:
            yield from self.stack(block)
            return
        for number, title in enumerate(titles, 1):
            yield from self.item(Item(title), f"{number}".rjust(step - 1) + " ")
        yield Text()
        heads = "".join(str(number).ljust(step) for number in range(1, len(titles) + 1))
        first = min(first, room)
        yield Text(" " * (first + 2)).append(heads, "dim")
        yield from self.number_rows(block, first, step)

    def stairs(self, titles: list[str], first: int) -> Iterator[Text]:
        """Draw columns' titles as steps that lead down to the numbers."""
        for index in range(len(titles) + 1):
            line = Text(" " * (first + 2)).append(f"{self.stair}   " * index, "dim")
            yield line.append(titles[index], "bold") if index < len(titles) else line

    def number_rows(self, block: Table, first: int, step: int) -> Iterator[Text]:
        for row in block.rows:
            lines = self.wrapped(_text(row[0]), first)
            lines[0].pad_right(first + 2 - cells(lines[0].plain))
            for cell in row[1:]:
                value = plain(cell)
                lines[0].append(value, "" if value.isdigit() else "bold red")
                lines[0].append(" " * (step - cells(value)))
            yield from lines

    def column_widths(
        self, columns: tuple[str, ...], rows: list[tuple[Line, ...]]
    ) -> list[int] | None:
        """Share out the width: short columns get what they need, the others the rest equally.

        Gives None if that leaves a column too narrow to read, or for one of its words.
        """
        room = self.text_width - 2 * (len(columns) - 1)
        texts = [[_text(cell).plain for cell in column] for column in zip(columns, *rows)]  # noqa: B905
        wants = [max(map(cells, column)) for column in texts]
        words = [
            max((cells(word) for text in column for word in text.split()), default=0)
            for column in texts
        ]
        widths = [0] * len(columns)
        rest = set(range(len(columns)))
        while rest:
            share = (room - sum(widths)) // len(rest)
            fitting = {i for i in rest if wants[i] <= share}
            if not fitting and any(share < max(NARROWEST_COLUMN, words[i]) for i in rest):
                return None
            # Where none fits, the rest share what is left.
            for i in fitting or rest:
                widths[i] = min(wants[i], share)
            rest -= fitting or rest
        return widths

    def columns(self, block: Table, widths: list[int]) -> Iterator[Text]:
        yield from self.row([_text(title, "bold") for title in block.columns], widths)
        yield Text(self.rule * (sum(widths) + 2 * (len(widths) - 1)), "dim")
        wrapping = [
            any(cells(_text(cell).plain) > width for cell, width in zip(row, widths, strict=True))
            for row in block.rows
        ]
        airy = sum(wrapping) * 2 > len(wrapping)
        for index, row in enumerate(block.rows):
            if index and airy:
                yield Text()
            yield from self.row([_text(cell) for cell in row], widths)

    def row(self, texts: list[Text], widths: list[int]) -> Iterator[Text]:
        wrapped = [self.wrapped(text, width) for text, width in zip(texts, widths, strict=True)]
        for index in range(max(map(len, wrapped))):
            line = Text()
            for lines, width in zip(wrapped, widths, strict=True):
                part = lines[index].copy() if index < len(lines) else Text()
                part.rstrip()
                part.pad_right(width + 2 - cells(part.plain))
                line.append_text(part)
            yield line

    def stack(self, block: Table) -> Iterator[Text]:
        """Show a table that is too wide row by row: its name, and each other cell named below."""
        for index, row in enumerate(block.rows):
            if index:
                yield Text()
            yield from self.wrapped(_text(row[0], "bold"), self.text_width)
            rest = [
                Text.assemble((f"{one_line(title)}: ", "dim"), _text(cell))
                for title, cell in zip(block.columns[1:], row[1:], strict=True)
                if plain(cell)
            ]
            together = Text(" · ", "dim").join(rest)
            short = all(cells(cell.plain) <= SHORT_CELL for cell in rest)
            if short or cells(together.plain) <= self.text_width - 2:
                rest = [together]
            for cell in rest:
                for line in self.wrapped(cell, self.text_width - 2):
                    yield Text("  ").append_text(line)

    def chain(self, block: Chain) -> Iterator[Text]:
        """Draw boxes that lead down to one another, and a line from the last back to the first."""
        left, across, right, side, low_left, out, low_right, down, back, join = tuple(self.box)
        looped = bool(block.loop) and len(block.steps) > 1
        inner = max(min(self.text_width, 62) - 4 - (3 if looped else 0), 8)
        rows: list[Text] = []
        titles: list[int] = []
        for number, (title, text) in enumerate(block.steps, 1):
            rows.append(Text(f"{left}{across * (inner + 2)}{right}", "dim"))
            titles.append(len(rows))
            inside = self.wrapped(Text(one_line(title), "bold"), inner)
            inside += self.wrapped(Text(one_line(text)), inner) if text else []
            for line in inside:
                line.pad_right(inner - cells(line.plain))
                rows.append(Text.assemble((f"{side} ", "dim"), line, (f" {side}", "dim")))
            under = across * (inner // 2)
            if number < len(block.steps):
                foot = f"{under}{out}{across * (inner + 1 - len(under))}"
                rows.append(Text(f"{low_left}{foot}{low_right}", "dim"))
                rows.append(Text(f" {' ' * len(under)}{down}".ljust(inner + 4), "dim"))
            else:
                rows.append(Text(f"{low_left}{across * (inner + 2)}{low_right}", "dim"))
        if looped:
            tails = dict.fromkeys(range(titles[0], titles[-1]), f"  {side}")
            tails |= dict.fromkeys(titles, f"{back}{across}{join}")
            tails[titles[0]] = f"{back}{across}{right}"
            tails[titles[-1]] = f"{across * 2}{low_right}"
            for index, tail in tails.items():
                rows[index].append(tail, "dim")
        yield from rows
        if block.loop:
            yield Text()
            yield from self.paragraph(Paragraph(block.loop))


def _text(line: Line, style: str = "") -> Text:
    if isinstance(line, str):
        return Text(one_line(line), style)
    found = Text(style=style)
    for index, span in enumerate(line):
        text = one_line(span.text)
        before = " " if index and span.text[:1].isspace() else ""
        after = " " if index < len(line) - 1 and span.text[-1:].isspace() and text else ""
        found.append(f"{before}{text}{after}", STYLES[span.kind])
    return found
