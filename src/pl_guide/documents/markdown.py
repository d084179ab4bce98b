"""Markdown as blocks, read as CommonMark and GitHub's tables read it: by markdown-it-py."""

import html
import re
from functools import cache
from typing import TYPE_CHECKING

from pl_guide.documents.blocks import Reading
from pl_guide.documents.html import LINE, read_html

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

DEEPEST = 60
"""Lists and quotations in one another, each of which counts for two."""
LONGEST = 20_000
"""Letters: a longer paragraph is taken as it is. Brackets take the square of their number."""

_MARKS = re.compile(r"[\\*_`<&\[]")
_TAG = re.compile(r"(<br\s*/?>)|</?(?:p|strong|em|b|i|span|u)(?:\s[^<>]*)?>", re.IGNORECASE)


def read_markdown(text: str, path: str) -> Reading | None:
    """Read a text as the page that it would make; `path` is for errors.

    Returns None where lists and quotations are nested too deeply to be any.
    """
    found: dict[str, bool] = {}
    page = _parser().render(text, found)
    return None if found.get("deep") else read_html(page, path, lines=LINE)


def without_marks(text: str) -> str:
    """Return text that may be Markdown, or have tags in it, without the marks of how it looks."""
    if len(text) > LONGEST or not _MARKS.search(text):
        return text
    parts = []
    for token in _parser().parseInline(text)[0].children or ():
        if token.type == "html_inline":
            # What only looks like a tag is a person's own.
            known = _TAG.fullmatch(token.content)
            parts.append(("\n" if known[1] else "") if known else token.content)
        else:
            parts.append("\n" if token.type in {"softbreak", "hardbreak"} else token.content)
    return "".join(parts)


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    # Where a line ends is kept: it can be all that parts a name from the text below it.
    parser = MarkdownIt("commonmark", {"breaks": True, "maxNesting": DEEPEST}).enable("table")
    # What is in the definition of a link would be seen nowhere.
    parser.disable("reference")
    parser.core.ruler.before("inline", "lines", _prepare)
    return parser


def _prepare(state: "StateCore") -> None:
    """Write on each element which line of the text it begins on, and find what takes too long."""
    for token in state.tokens:
        if token.map and token.nesting >= 0:
            token.attrSet(LINE, str(token.map[0] + 1))
        # The parser leaves out, in silence, what is nested deeper.
        if token.level >= DEEPEST - 1:
            state.env["deep"] = True
        if len(token.content) > LONGEST and token.type == "inline":
            token.type = "html_inline"
            token.content = html.escape(token.content).replace("\n", "<br>")
