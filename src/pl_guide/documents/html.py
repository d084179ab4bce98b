"""A web page as blocks: the one gateway to lxml. It fetches nothing, and runs nothing."""

import re
from typing import Any

from pl_guide.documents.blocks import Block, Reading, cell_text, cleaned, with_typed_bullets
from pl_guide.errors import UnreadableDocument
from pl_guide.messages import files as messages
from pl_guide.records import replaced

MAX_ELEMENTS = 100_000
"""A saved page of a document has a few thousand."""
MAX_SPAN = 50

LINE = "data-plguide-line"
"""An attribute that says on which line of its source an element is, where a page was made of it."""

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = {"ul", "ol", "menu", "dir"}
_CELLS = {"td", "th"}
_VERBATIM = {"pre", "textarea"}
_KEPT = str.maketrans("\n ", "\v\x1f")
_NOT_READ = {
    *("head", "script", "style", "template", "noscript", "nav", "svg", "object", "iframe"),
    *("select", "button", "audio", "video"),
}
_WITHIN_LINES = {
    *("a", "abbr", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn", "em"),
    *("font", "i", "img", "input", "ins", "kbd", "label", "mark", "q", "s", "samp", "small"),
    *("span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
}


def read_html(text: str, path: str, *, lines: str | None = None) -> Reading:
    """Read a page; `path` is for errors.

    Where the page was made of another text, `lines` is the attribute that holds that text's lines.

    Raises:
        UnreadableDocument: it is nested or large beyond any page that holds a document.
    """
    import lxml.html
    from lxml import etree

    # The text is decoded already, whatever the page says of its encoding; it has no other parts.
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return Reading(())
    # The parser leaves out, in silence, what is nested deeper than a browser would follow.
    deep = any("depth" in entry.message for entry in parser.error_log)
    if deep or sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        raise UnreadableDocument(path, *(messages.TOO_DEEP if deep else messages.TOO_LARGE))
    page = _Page(lines)
    # A comment may be before or after the page's own element.
    for element in (*reversed([*root.itersiblings(preceding=True)]), root, *root.itersiblings()):
        page.read(element)
    return Reading(page.finished())


class _Page:
    """Grows blocks element by element, none of which is nested deeper than the parser allows."""

    def __init__(self, lines: str | None) -> None:
        self._lines = lines
        self._blocks: list[Block] = []
        self._lists = 0
        self._verbatim = 0
        # How many rows each column's cell reaches down, in a table that doesn't lay a page out.
        self._below: dict[int, int] | None = None
        self._next = Block(kind="paragraph")
        self._text: list[str] = []
        self._marks: list[Block] = []
        self._place = ""

    def finished(self) -> tuple[Block, ...]:
        """Return all blocks."""
        self._end_block()
        return tuple(self._blocks)

    def read(self, element: Any) -> None:
        """Read an element, and all that is in it."""
        tag = element.tag
        if not isinstance(tag, str):
            # A comment within a line comes after the line.
            self._marks.append(Block(kind="mark", text=cleaned(element.text).strip()))
            if not "".join(self._text).strip():
                self._end_block()
        elif tag not in _NOT_READ:
            if tag not in _WITHIN_LINES:
                self._begin_block(element)
            if tag == "tr" and self._below is not None:
                self._read_row(element, self._below)
                return
            self._take(element.text)
            for child in element:
                self.read(child)
                self._take(child.tail)
            if tag == "br":
                self._text.append("\v")
            elif tag == "input" and element.get("type", "").lower() == "checkbox":
                self._text.append("[x] " if element.get("checked") is not None else "[ ] ")
            elif tag not in _WITHIN_LINES:
                self._close_block(tag)

    def _begin_block(self, element: Any) -> None:
        self._end_block()
        tag = element.tag
        line = element.get(self._lines, "") if self._lines else element.sourceline
        self._place = f"line {line}" if line else self._place
        self._lists += tag in _LISTS
        self._verbatim += tag in _VERBATIM
        if tag in _HEADINGS:
            self._next = Block(kind="heading", level=_HEADINGS[tag])
        elif tag == "li":
            self._next = Block(kind="item")
        elif tag == "table":
            # A table around another one only lays the page out.
            self._below = {} if element.find(".//table") is None else None

    def _close_block(self, tag: str) -> None:
        self._end_block()
        self._lists -= tag in _LISTS
        self._verbatim -= tag in _VERBATIM
        if tag in _HEADINGS or tag == "li":
            self._next = Block(kind="paragraph")
        elif tag == "table":
            self._below = None

    def _read_row(self, row: Any, below: dict[int, int]) -> None:
        place = self._place
        cells: list[str] = []
        self._take(row.text)
        for child in row:
            if child.tag in _CELLS:
                _pass_over(cells, below)
                text = self._cell(child)
                for column in range(_span(child, "colspan")):
                    below[len(cells)] = _span(child, "rowspan") - 1
                    cells.append("" if column else text)
            else:
                self.read(child)
            self._take(child.tail)
        _pass_over(cells, below)
        self._end_block()
        self._add(Block(kind="row", cells=tuple(cells), place=place))

    def _cell(self, cell: Any) -> str:
        """Return what is in a cell, whose blocks are its own."""
        self._end_block()
        outer = self._blocks, self._lists
        self._blocks, self._lists = [], 0
        self.read(cell)
        text = cell_text(self._blocks)
        self._blocks, self._lists = outer
        return text

    def _take(self, text: str | None) -> None:
        if text:
            self._text.append(text.translate(_KEPT) if self._verbatim else text)

    def _end_block(self) -> None:
        text = re.sub(r"[ \t\n\r\f]+", " ", "".join(self._text))
        text = cleaned(re.sub(" ?\v ?", "\v", text).replace("\x1f", " ")).strip("\n ")
        self._text = []
        if text.strip():
            level = self._next.level or max(self._lists, int(self._next.kind == "item"))
            self._add(replaced(self._next, text=text, place=self._place, level=level))
            self._next = Block(kind="paragraph")
        marks, self._marks = self._marks, []
        for mark in marks:
            self._add(replaced(mark, place=self._place))

    def _add(self, block: Block) -> None:
        self._blocks += with_typed_bullets(block)


def _pass_over(cells: list[str], below: dict[int, int]) -> None:
    """Leave the columns empty that a cell from above reaches down into."""
    while below.get(len(cells), 0) > 0:
        below[len(cells)] -= 1
        cells.append("")


def _span(cell: Any, name: str) -> int:
    """Return how many columns or rows a cell takes up."""
    value = cell.get(name, "").strip()
    return min(max(int(value), 1), MAX_SPAN) if re.fullmatch("[0-9]{1,9}", value) else 1
