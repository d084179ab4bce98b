"""A worksheet's table as GitHub's Markdown: for a docs site, an issue, a message; pure.

A cell is one line, so paragraphs and items stand behind `<br>`. Links are kept, and emphasis
wherever every reader would take its marks for such.
"""

import re
import string

from pl_guide.document import Document, Heading, Span
from pl_guide.document import Paragraph as Prose
from pl_guide.export.formats import PageFormat
from pl_guide.export.table import Cell, GuideTable, Row, ShownStep
from pl_guide.records import Record
from pl_guide.render.markdown import escape, render_markdown
from pl_guide.rich_text import Block, Code, Listing, Paragraph, Quote, Run

BREAK = "<br>"
BULLETS = "•◦▪"
_IN_ADDRESS = re.compile(r"[|()<>\[\]\\*_`~]")


class _Line(Record, frozen=True):
    """One of the lines that a cell is made of; `mark` stands before an item or a quotation."""

    runs: tuple[Run, ...]
    mark: str = ""


def render_table(table: GuideTable) -> str:
    """Write a worksheet's table, its title a heading above it."""
    facts = [Prose((Span(f"{label}: ", "strong"), Span(text))) for label, text in table.facts]
    head = render_markdown(Document((Heading(1, table.title), *facts)))
    rows = [
        [_escaped(name) for name in table.columns],
        [":--"] * len(table.columns),
        *map(_cells, table.rows),
    ]
    lines = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    foot = render_markdown(Document(tuple(Prose(note, "quiet") for note in table.colophon)))
    parts = (head, *_around(table.preface), lines, *_around(table.closing), foot)
    return "\n".join(filter(None, parts))


def _around(blocks: tuple[Block, ...]) -> list[str]:
    return [f"{_written(line, starts_line=True)}\n" for line in _lines(blocks)]


def _cells(row: Row) -> list[str]:
    question = [f"**{row.number}.** {_escaped(row.question)}"]
    if row.standards:
        question.append(f"*{_escaped(' · '.join(row.standards))}*")
    cells = [[_written(line) for line in _lines(cell)] for cell in row.cells]
    return [BREAK.join(cell) for cell in (question, *cells)]


def _lines(cell: Cell, depth: int = 0) -> list[_Line]:
    return [line for entry in cell for line in _entry(entry, depth)]


def _entry(entry: Block | ShownStep, depth: int) -> list[_Line]:
    match entry:
        case ShownStep():
            details = [_Line(runs, f"– {label}: ") for label, runs in entry.details]
            step = _Line(entry.text, f"{entry.sign} {entry.state}: ")
            return [step, *details, *_lines(entry.notes)]
        case Paragraph():
            return [_Line(entry.runs)]
        case Code():
            return [_Line((Run(text=row),)) for row in entry.text.split("\n")]
        case Quote():
            return [_Line(line.runs, f"› {line.mark}") for line in _lines(entry.blocks, depth)]
        case Listing():
            lines = []
            for number, item in enumerate(entry.items, entry.first or 0):
                bullet = BULLETS[depth % len(BULLETS)] if entry.first is None else f"{number}."
                first, *rest = _lines(item, depth + 1) or [_Line(())]
                lines += [_Line(first.runs, f"{bullet} {first.mark}"), *rest]
            return lines


def _written(line: _Line, *, starts_line: bool = False) -> str:
    written = _escaped(line.mark, starts_line=starts_line)
    for index, run in enumerate(line.runs):
        # A mark right behind another one would be taken as part of it.
        before = "*" if written.endswith("*") else line.runs[index - 1].text if index else " "
        after = line.runs[index + 1].text if index + 1 < len(line.runs) else " "
        fits = _edge(run.text[:1], before[-1:]) and _edge(run.text[-1:], after[:1])
        written += _run(run, marked=fits, starts_line=starts_line and not written)
    return written.strip()


def _edge(inner: str, outer: str) -> bool:
    """Tell whether a mark between two characters is read as one by everyone."""
    apart = not outer.strip() or (outer in string.punctuation and outer != "*")
    return not inner.isspace() and (apart or (inner.isalnum() and not outer.isalnum()))


def _run(run: Run, *, marked: bool, starts_line: bool) -> str:
    if run.text == "\n":
        return BREAK
    if run.link:
        address = _IN_ADDRESS.sub(lambda found: f"%{ord(found.group()):02X}", run.link)
        return f"[{_escaped(run.text)}]({address})"
    stars = "*" * (2 * run.strong + run.emphasis) if marked else ""
    return f"{stars}{_escaped(run.text, starts_line=starts_line and not stars)}{stars}"


def _escaped(text: str, *, starts_line: bool = False) -> str:
    """Escape text, and keep the space at its ends."""
    inner = escape(text, starts_line=starts_line)
    before = " " if text[:1].isspace() and inner else ""
    after = " " if text[-1:].isspace() else ""
    return f"{before}{inner}{after}"


FORMAT = PageFormat(
    name="markdown-table", endings=(".md",), purpose="a docs site", render=render_table
)
