"""A person's Markdown as a small tree of text; the one gateway to markdown-it-py for their words.

Nothing a person wrote is lost on the way, and nothing of it is HTML or an address that could do
more than lead somewhere: HTML is text, an image is its description with a link, a heading is a
strong paragraph, and an address that isn't on the web or for mail stands behind its words.
"""

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Union

from pl_guide.records import Record, replaced
from pl_guide.safe_text import visible

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.tree import SyntaxTreeNode

# Lists and quotations in one another; deeper ones are shown as they were written.
DEEPEST = 30
# A line that breaks before this many characters wasn't broken by an editor.
NARROWEST_WRAP = 60
# Word opens no file with a longer address in it.
LONGEST_ADDRESS = 2000

_ADDRESS = re.compile(
    r"https?://[a-z0-9.-]+(?::\d{1,5})?(?:[/?#][!-~]*)?"
    r"|mailto:[\w.+%-]+@[a-z0-9.-]+(?:\?[!-~]*)?",
    re.ASCII | re.IGNORECASE,
)
_BARE_ADDRESS = re.compile(r"https?://[^\s<>\"“”]*[^\s<>\"“”.,;:!?)\]'’…]", re.IGNORECASE)


class Run(Record, frozen=True, kw_only=True):
    """A stretch of text that looks the same throughout.

    A line break is a run of its own, whose text is a line feed; no other holds one.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    link: str = ""


class Paragraph(Record, frozen=True):
    """Running text."""

    runs: tuple[Run, ...]


class Listing(Record, frozen=True):
    """A list; numbered from `first`, or with bullets where that is None."""

    items: tuple[tuple["Block", ...], ...]
    first: int | None = None


class Quote(Record, frozen=True):
    """A quotation."""

    blocks: tuple["Block", ...]


class Code(Record, frozen=True):
    """Text in which line breaks and spaces count."""

    text: str


Block = Union[Paragraph, Listing, Quote, Code]  # noqa: UP007 (the records refer to it by name)

BREAK = Run(text="\n")


def plain_text(runs: tuple[Run, ...]) -> str:
    """Give the text of runs alone."""
    return "".join(run.text for run in runs)


def runs_leftward(text: str) -> bool:
    """Tell whether text runs from right to left, as its first letter says."""
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind for kind in kinds if kind in {"L", "R", "AL"}), "L") != "L"


def parse_text(text: str) -> tuple[Block, ...]:
    """Read free text."""
    from markdown_it.tree import SyntaxTreeNode

    tokens = _parser().parse(text)
    if any(token.level >= DEEPEST - 1 for token in tokens):
        return tuple(_as_written(part) for part in re.split(r"\n(?:[ \t]*\n)+", text))
    return _blocks(SyntaxTreeNode(tokens))


def parse_line(text: str) -> tuple[Run, ...]:
    """Read a line, in which nothing is a list or a quotation."""
    from markdown_it.tree import SyntaxTreeNode

    return _runs(SyntaxTreeNode(_parser().parseInline(text)))


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST})
    # What stands in a definition of a link would be seen nowhere.
    parser.disable("reference")
    parser.validateLink = lambda _: True  # type: ignore[assignment, method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.core.ruler.before("inline", "short_lines", _keep_short_lines)
    return parser


def _keep_short_lines(state: "StateCore") -> None:
    """Keep a line break where an editor wouldn't have wrapped the line.

    In Markdown a single line break is a space. Someone who presses Enter in an answer means more
    by it; an editor that wraps long lines doesn't.
    """
    for token in state.tokens:
        rows = token.content.split("\n") if token.type == "inline" else []
        width = max([NARROWEST_WRAP, *map(len, rows)])
        for index, row in enumerate(rows[:-1]):
            first_word = re.split(r"\s", rows[index + 1], maxsplit=1)[0]
            fits = len(row) + 1 + len(first_word) <= width
            if fits and not row.endswith("\\"):
                rows[index] = f"{row}  "
        if rows:
            token.content = "\n".join(rows)


def _as_written(text: str) -> Paragraph:
    rows = [Run(text=visible(row)) for row in text.split("\n")]
    return Paragraph(tuple(part for row in rows for part in (BREAK, row))[1:])


def _blocks(node: "SyntaxTreeNode") -> tuple[Block, ...]:
    return tuple(_block(child) for child in node.children)


def _block(node: "SyntaxTreeNode") -> Block:
    match node.type:
        case "bullet_list":
            return Listing(tuple(_blocks(item) for item in node.children))
        case "ordered_list":
            first = node.attrs.get("start", 1)
            return Listing(tuple(_blocks(item) for item in node.children), int(first))
        case "blockquote":
            return Quote(_blocks(node))
        case "heading":
            return Paragraph(tuple(replaced(run, strong=True) for run in _runs(node)))
        case "fence" | "code_block":
            label = f"{node.info.strip()}\n" if node.info.strip() else ""
            return Code(visible(label + node.content.rstrip("\n")))
        case "paragraph":
            return Paragraph(_runs(node))
    return _as_written(node.markup or node.content)


def _runs(node: "SyntaxTreeNode") -> tuple[Run, ...]:
    merged: list[Run] = []
    for run in (run for child in node.children for run in _inline(child)):
        alike = merged and "\n" not in {run.text, merged[-1].text}
        if alike and replaced(merged[-1], text="") == replaced(run, text=""):
            merged[-1] = replaced(run, text=merged[-1].text + run.text)
        elif run.text:
            merged.append(run)
    return tuple(part for run in merged for part in _with_bare_addresses(run))


def _inline(node: "SyntaxTreeNode") -> tuple[Run, ...]:
    match node.type:
        case "inline":
            return _runs(node)
        case "softbreak":
            return (Run(text=" "),)
        case "hardbreak":
            return (BREAK,)
        case "strong":
            return tuple(replaced(run, strong=True) for run in _runs(node))
        case "em":
            return tuple(replaced(run, emphasis=True) for run in _runs(node))
        case "link":
            return _linked(_runs(node), node)
        case "image":
            return _linked((Run(text=_text(node.content)),), node)
        case "code_inline":
            return (Run(text=_text(node.content), code=True),)
    return (Run(text=_text(node.content)),)


def _text(text: str) -> str:
    # A character reference can stand for anything, a line break too.
    return visible(text.replace("\n", " "))


def _linked(runs: tuple[Run, ...], node: "SyntaxTreeNode") -> tuple[Run, ...]:
    """Make runs a link, or put the address behind them where it can't be one."""
    address = str(node.attrs.get("href") or node.attrs.get("src") or "")
    shown = visible(address)
    runs = tuple(run for run in runs if run.text)
    said = plain_text(runs).strip()
    behind = str(node.attrs.get("title") or "")
    link = safe_address(address)
    if link and not any(run.link for run in runs):
        linked = tuple(replaced(run, link=link) for run in runs if said)
        runs = linked or (Run(text=shown, link=link),)
    elif shown and shown != said:
        behind = f"{shown}, {behind}" if behind else shown
    if behind:
        remark = _text(f"({behind})")
        runs = (*runs, Run(text=f" {remark}" if said else remark))
    return runs


def safe_address(address: str) -> str:
    """Give an address as a link may hold it, or nothing if it isn't one on the web or for mail."""
    from markdown_it.common.normalize_url import normalizeLink

    link = normalizeLink(address)
    return link if len(link) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(link) else ""


def _with_bare_addresses(run: Run) -> list[Run]:
    """Make links of the addresses that stand in the text as such."""
    if run.link or run.code or "://" not in run.text:
        return [run]
    parts: list[Run] = []
    done = 0
    for found in _BARE_ADDRESS.finditer(run.text):
        link = safe_address(found.group())
        if link:
            parts.append(replaced(run, text=run.text[done : found.start()]))
            parts.append(replaced(run, text=found.group(), link=link))
            done = found.end()
    parts.append(replaced(run, text=run.text[done:]))
    return [part for part in parts if part.text]
