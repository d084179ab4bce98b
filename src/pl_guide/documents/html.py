"""A web page as blocks: the one gateway to lxml. It fetches nothing, and runs nothing."""

import re
from typing import Any

from pl_guide.documents.blocks import Block, Reading, cell_text, cleaned, with_typed_bullets
from pl_guide.errors import UnreadableDocument
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
        size = "nested too deeply" if deep else "far larger than any document"
        raise UnreadableDocument(path, f"it is {size}", "Is it the right file?")
    page = _Page(lines)
    walk = etree.iterwalk(root.getroottree(), events=("start", "end", "comment"))
    for event, element in walk:
        if event == "start" and element.tag in _NOT_READ:
            walk.skip_subtree()
        elif event == "start":
            page.open(element)
        elif event == "comment":
            page.mark(element)
        elif element.tag not in _NOT_READ:
            page.close(element)
        if event != "start":
            page.take(element.tail)
    return Reading(page.finished())


class _Row:
    """A row whose cells are being read; `below` says how many rows each column's cell reaches."""

    def __init__(self, element: Any, below: dict[int, int], place: str) -> None:
        self.element = element
        self.place = place
        self.cells: list[str] = []
        self._below = below

    def add(self, text: str, across: int, down: int) -> None:
        """Put a cell behind those that are there, in each column that it takes up."""
        self.skip()
        for column in range(across):
            self._below[len(self.cells)] = down - 1
            self.cells.append("" if column else text)

    def skip(self) -> None:
        """Pass over the columns that a cell from above reaches down into."""
        while self._below.get(len(self.cells), 0) > 0:
            self._below[len(self.cells)] -= 1
            self.cells.append("")


class _Page:
    """Grows blocks element by element; each cell of a table collects blocks of its own."""

    def __init__(self, lines: str | None) -> None:
        self._lines = lines
        self._collected: list[list[Block]] = [[]]
        self._tables: list[dict[int, int] | None] = []
        self._rows: list[_Row] = []
        self._lists = [0]
        self._verbatim = 0
        self._next = Block(kind="paragraph")
        self._text: list[str] = []
        self._marks: list[Block] = []
        self._place = ""

    def finished(self) -> tuple[Block, ...]:
        """Return all blocks."""
        self._end_block()
        return tuple(self._collected[0])

    def take(self, text: str | None) -> None:
        """Take text that is in an element, or after one."""
        if text:
            self._text.append(text.translate(_KEPT) if self._verbatim else text)

    def mark(self, comment: Any) -> None:
        """Take a comment; within a line, it comes after the line."""
        self._marks.append(Block(kind="mark", text=cleaned(comment.text).strip()))
        if not "".join(self._text).strip():
            self._end_block()

    def open(self, element: Any) -> None:
        """Begin an element, and take the text it begins with."""
        tag = element.tag
        if tag == "br":
            self._text.append("\v")
        elif tag == "input" and element.get("type", "").lower() == "checkbox":
            self._text.append("[x] " if element.get("checked") is not None else "[ ] ")
        elif tag not in _WITHIN_LINES:
            self._begin_block(element)
        self.take(element.text)

    def _begin_block(self, element: Any) -> None:
        self._end_block()
        tag = element.tag
        line = element.get(self._lines, "") if self._lines else element.sourceline
        self._place = f"line {line}" if line else self._place
        if tag in _HEADINGS:
            self._next = Block(kind="heading", level=_HEADINGS[tag])
        elif tag == "li":
            self._next = Block(kind="item")
        elif tag in _LISTS:
            self._lists[-1] += 1
        elif tag in _VERBATIM:
            self._verbatim += 1
        elif tag == "table":
            # A table around another one only lays the page out.
            self._tables.append({} if element.find(".//table") is None else None)
        elif tag == "tr" and self._tables and self._tables[-1] is not None:
            self._rows.append(_Row(element, self._tables[-1], self._place))
        elif self._is_cell(element):
            self._collected.append([])
            self._lists.append(0)

    def close(self, element: Any) -> None:
        """End an element."""
        tag = element.tag
        if tag in _WITHIN_LINES:
            return
        self._end_block()
        if tag in _HEADINGS or tag == "li":
            self._next = Block(kind="paragraph")
        elif tag in _LISTS:
            self._lists[-1] -= 1
        elif tag in _VERBATIM:
            self._verbatim -= 1
        elif tag == "table":
            self._tables.pop()
        elif self._rows and self._rows[-1].element is element:
            row = self._rows.pop()
            row.skip()
            self._add(Block(kind="row", cells=tuple(row.cells), place=row.place))
        elif self._is_cell(element):
            self._lists.pop()
            text = cell_text(self._collected.pop())
            self._rows[-1].add(text, _span(element, "colspan"), _span(element, "rowspan"))

    def _is_cell(self, element: Any) -> bool:
        inside = self._rows and self._rows[-1].element is element.getparent()
        return bool(inside) and element.tag in _CELLS

    def _end_block(self) -> None:
        text = re.sub(r"[ \t\n\r\f]+", " ", "".join(self._text))
        text = cleaned(re.sub(" ?\v ?", "\v", text).replace("\x1f", " ")).strip("\n ")
        self._text = []
        if text.strip():
            level = self._next.level or max(self._lists[-1], int(self._next.kind == "item"))
            self._add(replaced(self._next, text=text, place=self._place, level=level))
            self._next = Block(kind="paragraph")
        marks, self._marks = self._marks, []
        for mark in marks:
            self._add(replaced(mark, place=self._place))

    def _add(self, block: Block) -> None:
        self._collected[-1] += with_typed_bullets(block)


def _span(cell: Any, name: str) -> int:
    """Return how many columns or rows a cell takes up."""
    value = cell.get(name, "").strip()
    return min(max(int(value), 1), MAX_SPAN) if re.fullmatch("[0-9]{1,9}", value) else 1
