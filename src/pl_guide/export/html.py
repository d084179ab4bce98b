"""A worksheet's table as one HTML page: to read on any screen, and to print."""

import re
from html import unescape

from pl_guide.export.formats import PageFormat
from pl_guide.export.table import Cell, GuideTable, Row, ShownStep
from pl_guide.render.web import Html, joined, tag, web_page
from pl_guide.rich_text import Block, Code, Listing, Paragraph, Quote, Run, runs_leftward

_TAG = re.compile("<[^>]*>")
_MANY_SPACES = re.compile(r"  |\t")


def render_page(table: GuideTable) -> str:
    """Write a worksheet as a page that needs nothing from outside and runs nothing."""
    facts = [joined(tag("dt", label), tag("dd", text, dir="auto")) for label, text in table.facts]
    notes = [tag("p", note, class_="quiet", dir="auto") for note in table.colophon]
    body = joined(
        tag("header", tag("h1", table.title, dir="auto"), tag("dl", *facts, class_="facts")),
        tag("main", _blocks(table.preface), _table(table), _blocks(table.closing)),
        tag("footer", *notes) if notes else "",
    )
    names = joined(*(tag("meta", name="author", content=name) for name in table.participants))
    return web_page(table.title, "export", body, names, language=table.language)


def _table(table: GuideTable) -> Html:
    heads = [
        tag("th", name, scope="col", class_=kind, dir="auto")
        for kind, name in zip(("question", *table.kinds), table.columns, strict=True)
    ]
    written = tag(
        "table",
        tag("caption", ", ".join(table.columns), id="table", dir="auto"),
        tag("thead", tag("tr", *heads)),
        tag("tbody", *map(_row, table.rows)),
    )
    return tag("div", written, class_="wide", role="region", aria_labelledby="table", tabindex="0")


def _row(row: Row) -> Html:
    standards = " · ".join(row.standards)
    question = tag(
        "th",
        tag("h2", f"{row.number}. {row.question}", dir="auto"),
        tag("p", standards, class_="quiet", dir="auto") if standards else "",
        scope="row",
    )
    return tag("tr", question, *(tag("td", _cell(cell)) for cell in row.cells))


def _cell(cell: Cell) -> Html:
    steps = [_step(entry) for entry in cell if isinstance(entry, ShownStep)]
    if steps:
        return tag("ul", *steps, class_="first-steps", role="list")
    return _blocks(tuple(entry for entry in cell if not isinstance(entry, ShownStep)))


def _step(step: ShownStep) -> Html:
    box = tag("span", step.sign, aria_hidden="true")
    state = tag("span", box, f" {step.state}:", class_="state")
    details = [
        tag("div", tag("dt", f"{label}:"), " ", tag("dd", _runs(runs)), dir="auto")
        for label, runs in step.details
    ]
    return tag(
        "li",
        tag("p", state, " ", _runs(step.text), dir="auto"),
        tag("dl", *details, class_="details") if details else "",
        tag("div", _blocks(step.notes), class_="noted") if step.notes else "",
    )


def _blocks(blocks: tuple[Block, ...]) -> Html:
    return joined(*map(_block, blocks))


def _block(block: Block) -> Html:
    match block:
        case Paragraph():
            return tag("p", _runs(block.runs), dir="auto")
        case Quote():
            inner = _blocks(block.blocks)
            return tag("blockquote", inner, dir=_direction(inner))
        case Code():
            return tag("pre", tag("code", block.text), dir="auto")
        case Listing():
            start = None if block.first == 1 else block.first
            items = joined(*(tag("li", _blocks(item)) for item in block.items))
            name = "ul" if block.first is None else "ol"
            return tag(name, items, start=start, dir=_direction(items))


def _direction(inner: Html) -> str | None:
    """Say on which side a list or quotation has its marks; a browser wouldn't look inside."""
    return "rtl" if runs_leftward(unescape(_TAG.sub("", inner))) else None


def _runs(runs: tuple[Run, ...]) -> Html:
    return joined(*map(_run, runs))


def _run(run: Run) -> Html:
    if run.text == "\n":
        return tag("br")
    text = joined(run.text)
    if _MANY_SPACES.search(run.text):
        text = tag("span", text, class_="kept")
    for name, wanted in (("code", run.code), ("em", run.emphasis), ("strong", run.strong)):
        if wanted:
            text = tag(name, text)
    return tag("a", text, href=run.link, rel="noreferrer") if run.link else text


FORMAT = PageFormat(
    name="html", endings=(".html", ".htm"), purpose="to read and print", render=render_page
)
