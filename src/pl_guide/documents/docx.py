"""A Word file as blocks: the one gateway to python-docx for reading.

The document's own tree is walked rather than python-docx's paragraphs, which pass over content
controls, text boxes and tracked insertions in silence.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from pl_guide.documents.blocks import Block, Kind, Reading, cell_text, cleaned, with_typed_bullets
from pl_guide.errors import UnreadableDocument
from pl_guide.messages import files as messages

MAX_PICTURES = 200_000_000
MAX_PART = 10_000_000
"""A Word file is packed. What unpacks to more, pictures or text, is no document of words."""

MAX_STYLES = 20
"""Styles that a style is based on, one on the other."""
MAX_COLUMNS = 63
"""As many as Word has in a table."""

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PASSED_OVER = {f"{_WORD}del", f"{_WORD}moveFrom", f"{_WORD}txbxContent", _FALLBACK}
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\xad"}


def read_word(raw: bytes, path: str) -> Reading:
    """Read a Word file's bytes; `path` is for errors.

    Raises:
        UnreadableDocument: it is damaged, protected, or no Word file.
    """
    try:
        if _has_document_size(raw):
            import docx

            document = docx.Document(io.BytesIO(raw))
            return Reading(tuple(_Walk(document.styles).blocks(document.element.body)))
    except Exception as error:
        # A spoiled file fails in as many ways as there are parts in it.
        raise UnreadableDocument(path, messages.NO_WORD) from error
    raise UnreadableDocument(path, *messages.TOO_LARGE)


def _has_document_size(raw: bytes) -> bool:
    """Tell whether a packed file's size, unpacked, is that of a document of words."""
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        sizes = [(part.filename.lower(), part.file_size) for part in packed.infolist()]
    text = (size for name, size in sizes if name.endswith((".xml", ".rels")))
    return max(text, default=0) <= MAX_PART and sum(size for _, size in sizes) <= MAX_PICTURES


class _Walk:
    """One way through a document, counting its paragraphs."""

    def __init__(self, styles: Any) -> None:
        self._styles = {style.style_id: style for style in styles}
        self._count = 0

    def blocks(self, element: Any) -> Iterator[Block]:
        for child in element:
            if child.tag == f"{_WORD}p":
                yield from self._paragraph(child)
            elif child.tag == f"{_WORD}tr":
                yield self._row(child)
            elif isinstance(child.tag, str) and child.tag not in _PASSED_OVER:
                yield from self.blocks(child)

    def _paragraph(self, paragraph: Any) -> Iterator[Block]:
        self._count += 1
        text = cleaned(_text(paragraph)).strip("\n ")
        if text.strip():
            kind, level = self._kind(paragraph)
            place = f"paragraph {self._count}"
            yield from with_typed_bullets(Block(kind=kind, text=text, place=place, level=level))
        for box in _boxes(paragraph):
            yield from self.blocks(box)

    def _row(self, row: Any) -> Block:
        self._count += 1
        place = f"paragraph {self._count}"
        cells = []
        for cell in row.iter(f"{_WORD}tc"):
            if next(cell.iterancestors(f"{_WORD}tr")) is row:
                across = cell.find(f"{_WORD}tcPr/{_WORD}gridSpan")
                cells += [cell_text(self.blocks(cell)), *[""] * (_number(across, 1) - 1)]
        return Block(kind="row", cells=tuple(cells), place=place)

    def _kind(self, paragraph: Any) -> tuple[Kind, int]:
        """Return a paragraph's kind and level, by its own settings, then by those of its styles."""
        numbering = paragraph.find(f"{_WORD}pPr/{_WORD}numPr")
        named = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
        style = self._styles.get(named.get(f"{_WORD}val")) if named is not None else None
        seen = 0
        while style is not None and seen < MAX_STYLES:
            name = (style.name or "").lower()
            level = name[-1:] if name[-1:] in set("123456") else ""
            if name.startswith(("heading", "title")):
                return "heading", int(level or 1)
            if numbering is None and name.startswith(("list bullet", "list number")):
                return "item", int(level or 1)
            if numbering is None:
                numbering = style.element.find(f"{_WORD}pPr/{_WORD}numPr")
            style = getattr(style, "base_style", None)
            seen += 1
        # Number 0 takes away the numbering that a style gives.
        if numbering is None or _number(numbering.find(f"{_WORD}numId"), 1) == 0:
            return "paragraph", 0
        return "item", _number(numbering.find(f"{_WORD}ilvl"), 0) + 1


def _number(setting: Any, default: int) -> int:
    """Return the number that a setting holds, within what Word allows."""
    value = setting.get(f"{_WORD}val", "") if setting is not None else ""
    return min(int(value), MAX_COLUMNS) if re.fullmatch("[0-9]{1,9}", value) else default


def _text(element: Any) -> str:
    """Return the text of a paragraph as it is read: without what is deleted or is in a box."""
    parts = []
    for child in element:
        if child.tag == f"{_WORD}t":
            parts.append(child.text or "")
        elif isinstance(child.tag, str) and child.tag not in _PASSED_OVER:
            name = child.tag.removeprefix(_WORD)
            parts.append(_SIGNS.get(name) or ("" if name == "pPr" else _text(child)))
    return "".join(parts)


def _boxes(element: Any) -> Iterator[Any]:
    """Yield the text boxes that hang on a paragraph, each once."""
    for child in element:
        if child.tag == f"{_WORD}txbxContent":
            yield child
        elif child.tag != _FALLBACK:
            yield from _boxes(child)
