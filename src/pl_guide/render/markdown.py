"""Documents as Markdown that CommonMark, GitHub, pandoc and Python-Markdown read the same way.

What follows from that: a character that could mean something is written with a backslash where
all four know that escape, and as a character reference otherwise; blank lines stand around every
block; no line ends in white space; nothing is indented.
"""

import re
from functools import lru_cache

from pl_guide.document import (
    Block,
    Chain,
    Document,
    Heading,
    Items,
    Line,
    Paragraph,
    Span,
    Table,
    paragraphs,
)
from pl_guide.safe_text import one_line

DEEPEST = 6

# Python-Markdown knows no backslash before the characters of the second group.
_INLINE = re.compile(r"([\\`*_{}\[\]])|([<>&|~$^=]|:(?=[\w+-]*[a-z_+][\w+-]*:))")
_LINE_START = re.compile(r"^(?:([#+\-!])|(\d+)([.)])|([:?%]))")


def render_markdown(document: Document, heading_level: int = 1) -> str:
    """Write a document as Markdown, its title a heading of `heading_level` (1 to 6)."""
    blocks = [_block(block, heading_level - 1) for block in document.blocks]
    return "\n\n".join(block for block in blocks if block) + "\n" if blocks else ""


def escape(text: str, *, starts_line: bool = False) -> str:
    """Write text so that a reader of Markdown sees the text itself, in one line."""
    escaped = _INLINE.sub(_escaped, one_line(text))
    return _LINE_START.sub(_escaped_start, escaped) if starts_line else escaped


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found.group(1)}" if found.group(1) else f"&#{ord(found.group(2))};"


def _escaped_start(found: re.Match[str]) -> str:
    sign, digits, stop, other = found.groups()
    if sign:
        return f"\\{sign}"
    return f"{digits}\\{stop}" if digits else f"&#{ord(other)};"


def _line(line: Line, *, starts_line: bool = True) -> str:
    spans = (Span(line),) if isinstance(line, str) else line
    text = ""
    for span in spans:
        text += _span(span, starts_line=starts_line and not text.strip())
    return re.sub(" +", " ", text).strip() if "  " in text else text.strip()


@lru_cache(maxsize=4096)  # A long list says the same question, file or name again and again.
def _span(span: Span, *, starts_line: bool) -> str:
    text = one_line(span.text)
    if not text:
        return " " if span.text else ""
    before = " " if span.text[0].isspace() else ""
    after = " " if span.text[-1].isspace() else ""
    if span.kind == "name" and re.fullmatch(r"[\w ./:-]+", text):
        return f"{before}`{text}`{after}"
    mark = {"strong": "**", "match": "**", "quiet": "*"}.get(span.kind, "")
    inner = escape(text, starts_line=starts_line and not mark)
    return f"{before}{mark}{inner}{mark}{after}"


def _block(block: Block, shift: int) -> str:
    match block:
        case Heading():
            level = min(block.level + shift, DEEPEST)
            text = _line(block.text, starts_line=False)
            # A closing run of # would be taken for decoration.
            text = re.sub(r"#+$", lambda run: r"\#" * len(run.group()), text)
            return f"{'#' * level} {text}"
        case Paragraph():
            return _paragraph(block)
        case Items():
            return _items(block)
        case Table():
            return _table(block)
        case Chain():
            return _chain(block)


def _paragraph(block: Paragraph) -> str:
    if not isinstance(block.text, str):
        return _line(block.text)
    mark = "*" if block.kind == "quiet" else ""
    return "\n\n".join(
        f"{mark}{escape(each, starts_line=not mark)}{mark}" for each in paragraphs(block.text)
    )


def _items(block: Items) -> str:
    lines = []
    for number, item in enumerate(block.items, 1):
        text = _line(item.text)
        if isinstance(item.remark, str):
            remark = f" *({escape(item.remark)})*" if item.remark else ""
        else:
            remark = f" ({_line(item.remark, starts_line=False)})"
        lines.append(f"{f'{number}.' if block.counted else '-'} {text}{remark}")
    return "\n".join(lines)


def _table(block: Table) -> str:
    rule = [":--", *("--:" if block.numeric else ":--" for _ in block.columns[1:])]
    rows = [
        [escape(column) for column in block.columns],
        rule,
        *([_line(cell, starts_line=False) for cell in row] for row in block.rows),
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _chain(block: Chain) -> str:
    """Draw a chain as Mermaid, and say it in words below, for readers without the drawing."""
    last = len(block.steps)
    lines = ["```mermaid", "flowchart TD"]
    lines += [f'    s{i}["{_label(title)}"]' for i, (title, _) in enumerate(block.steps, 1)]
    if last > 1:
        lines.append("    " + " --> ".join(f"s{i}" for i in range(1, last + 1)))
    if block.loop and last > 1:
        lines.append(f"    s{last} -.-> s1")
    lines.append("```")
    said = [
        f"{i}. **{escape(title)}**" + (f": {escape(text)}" if text else "")
        for i, (title, text) in enumerate(block.steps, 1)
    ]
    words = "\n\n".join(escape(each, starts_line=True) for each in paragraphs(block.loop))
    return "\n\n".join(part for part in ("\n".join(lines), "\n".join(said), words) if part)


def _label(text: str) -> str:
    """Write text as a Mermaid label, where only references in its own notation are safe."""
    return re.sub(r"[^\w \-,.'’/()]", lambda found: f"#{ord(found.group())};", one_line(text))
