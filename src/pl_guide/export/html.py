"""A worksheet's table as one HTML page: to read on any screen, and to print; pure."""

import re
from html import escape

from pl_guide.export.table import BOXES, NOTES, STATES, GuideTable, Row, ShownStep
from pl_guide.render.web import Html, web_page
from pl_guide.rich_text.tree import (
    Block,
    Code,
    Listing,
    Paragraph,
    Quote,
    Run,
    first_words,
    runs_leftward,
)

STYLE = """
:root {
  color-scheme: light dark;
  --ink: #1f2a37; --quiet: #4a5565; --paper: #fff; --shade: #eef2f7; --line: #9aa5b4;
  --link: #0552a5;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e8ebf0; --quiet: #b3bcc9; --paper: #14181f; --shade: #222935; --line: #5b6779;
    --link: #8ec1ff;
  }
}
body {
  margin: 0 auto; padding: 1.5rem; max-width: 90rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.5 system-ui, "Segoe UI", "Noto Sans", sans-serif;
  overflow-wrap: anywhere;
}
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .75rem; }
h2 { font-size: 1rem; line-height: 1.4; margin: 0 0 .5rem; }
p, ul, ol, blockquote, pre { margin: 0 0 .5rem; }
ul, ol { padding-inline-start: 1.5rem; }
li > :last-child, td > :last-child, .noted > :last-child, blockquote > :last-child {
  margin-bottom: 0;
}
blockquote { padding-inline-start: .75rem; border-inline-start: 3px solid var(--line); }
pre { white-space: pre-wrap; }
pre, code { font-family: ui-monospace, Consolas, "DejaVu Sans Mono", monospace; font-size: .9em; }
a { color: var(--link); }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .75rem; }
dl.facts dt { font-weight: 600; }
dd { margin: 0; }
.wide { overflow-x: auto; margin: 1rem 0; }
.wide:focus-visible, a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; min-width: 40rem; table-layout: fixed; }
caption { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
th, td {
  border: 1px solid var(--line); padding: .6rem .75rem; vertical-align: top; text-align: start;
}
thead th { background: var(--shade); }
th { font-weight: 400; }
thead th { font-weight: 700; }
.question { width: 26%; }
.steps { width: 34%; }
ul.first-steps { list-style: none; padding: 0; }
ul.first-steps > li { margin-bottom: .75rem; }
.state { font-weight: 600; }
dl.details { margin: .1rem 0 0; padding-inline-start: 1.5rem; font-size: .9rem; }
.noted { margin-top: .25rem; padding-inline-start: 1.5rem; font-size: .9rem; }
dl.details dt, dl.details dd { display: inline; }
dl.details dt { color: var(--quiet); }
.quiet { color: var(--quiet); font-size: .875rem; }
.kept { white-space: pre-wrap; }
@page { size: landscape; margin: 14mm; }
@media print {
  :root {
    color-scheme: light;
    --ink: #000; --quiet: #333; --paper: #fff; --shade: #eee; --line: #777; --link: #000;
  }
  :root { font-size: 10pt; }
  body { padding: 0 1px; max-width: none; }
  .wide { overflow: visible; }
  table { min-width: 0; }
  thead { display: table-header-group; }
  h2, dt, .state { break-after: avoid; }
  tr, li, dl.details div { break-inside: avoid; }
  p { orphans: 3; widows: 3; }
}
"""

_MANY_SPACES = re.compile(r"  |\t")


def render_page(table: GuideTable) -> str:
    """Write a worksheet as a page that needs nothing from outside and runs nothing."""
    title = escape(table.title)
    names = "".join(
        f'<meta name="author" content="{escape(each)}">\n' for each in table.participants
    )
    facts = "".join(
        f'<dt>{label}</dt><dd dir="auto">{escape(text)}</dd>\n' for label, text in table.facts
    )
    classes = ["question", *([] if table.shared else ["reflections"]), "steps"]
    heads = "".join(
        f'<th scope="col" class="{kind}" dir="auto">{escape(name)}</th>'
        for kind, name in zip(classes, table.columns, strict=True)
    )
    rows = "\n".join(_row(row, table) for row in table.rows)
    notes = "\n".join(f'<p class="quiet" dir="auto">{escape(note)}</p>' for note in table.colophon)
    caption = escape(", ".join(table.columns))
    body = f"""<header>
<h1 dir="auto">{title}</h1>
<dl class="facts">
{facts}</dl>
</header>
<main>
{_blocks(table.preface)}
<div class="wide" role="region" aria-labelledby="table" tabindex="0">
<table>
<caption id="table" dir="auto">{caption}</caption>
<thead><tr>{heads}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
</div>
</main>
{f"<footer>{notes}</footer>" if notes else ""}
"""
    return web_page(table.title, STYLE, Html(body), Html(names), language=table.language)


def _row(row: Row, table: GuideTable) -> str:
    question = f'<h2 dir="auto">{row.number}. {escape(row.question)}</h2>'
    if row.standards:
        question += f'<p class="quiet" dir="auto">{escape(" · ".join(row.standards))}</p>'
    reflections = _blocks(row.reflections)
    if row.notes:
        reflections += f'<p class="quiet">{NOTES}:</p>{_blocks(row.notes)}'
    cells = [] if table.shared else [reflections]
    items = "\n".join(map(_step, row.steps))
    cells.append(f'<ul class="first-steps" role="list">\n{items}\n</ul>' if items else "")
    written = "".join(f"<td>{cell}</td>" for cell in cells)
    return f'<tr><th scope="row">{question}</th>{written}</tr>'


def _step(step: ShownStep) -> str:
    details = "".join(
        f'<div dir="auto"><dt>{label}:</dt> <dd>{_runs(runs)}</dd></div>'
        for label, runs in step.details
    )
    box = f'<span aria-hidden="true">{BOXES[step.state]}</span>'
    state = f'<span class="state">{box} {STATES[step.state]}:</span>'
    return (
        f'<li><p dir="auto">{state} {_runs(step.text)}</p>'
        + (f'<dl class="details">{details}</dl>' if details else "")
        + (f'<div class="noted">{_blocks(step.notes)}</div>' if step.notes else "")
        + "</li>"
    )


def _blocks(blocks: tuple[Block, ...]) -> str:
    return "\n".join(map(_block, blocks))


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return f'<p dir="auto">{_runs(block.runs)}</p>'
        case Quote():
            return f"<blockquote{_direction(block)}>{_blocks(block.blocks)}</blockquote>"
        case Code():
            return f'<pre dir="auto"><code>{escape(block.text)}</code></pre>'
        case Listing():
            items = "".join(f"<li>{_blocks(item)}</li>" for item in block.items)
            if block.first is None:
                return f"<ul{_direction(block)}>{items}</ul>"
            start = "" if block.first == 1 else f' start="{block.first}"'
            return f"<ol{start}{_direction(block)}>{items}</ol>"


def _direction(block: Block) -> str:
    """Say on which side a list or quotation has its marks; a browser wouldn't look inside."""
    return ' dir="rtl"' if runs_leftward(first_words((block,))) else ""


def _runs(runs: tuple[Run, ...]) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    if run.text == "\n":
        return "<br>"
    text = escape(run.text)
    if _MANY_SPACES.search(run.text):
        text = f'<span class="kept">{text}</span>'
    if run.code:
        text = f"<code>{text}</code>"
    if run.emphasis:
        text = f"<em>{text}</em>"
    if run.strong:
        text = f"<strong>{text}</strong>"
    return f'<a href="{escape(run.link)}" rel="noreferrer">{text}</a>' if run.link else text
