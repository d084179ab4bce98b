"""A guide saved as a Word file, as blocks: the one gateway to python-docx for reading.

The document's own tree is walked rather than python-docx's paragraphs, which pass over content
controls, text boxes and tracked insertions in silence.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from pl_guide.errors import UnreadableGuide
from pl_guide.guide_import.blocks import Block, Reading, cleaned, without_bullet

MAX_PICTURES = 200_000_000
MAX_PART = 10_000_000
"""A Word file is packed. What unpacks to more, pictures or text, is no guide."""

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PASSED_OVER = {f"{_WORD}del", f"{_WORD}moveFrom", f"{_WORD}txbxContent", _FALLBACK}
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\xad"}


def read_word(raw: bytes, path: str) -> Reading:
    """Read a Word file's bytes; `path` is for errors.

    Raises:
        UnreadableGuide: it is damaged, protected, or no Word file.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableGuide(path, "it is damaged, or no Word file") from error
    text = (each.file_size for each in parts if each.filename.lower().endswith((".xml", ".rels")))
    if max(text, default=0) > MAX_PART or sum(each.file_size for each in parts) > MAX_PICTURES:
        raise UnreadableGuide(path, "it is far larger than any guide", "Is it the right file?")
    try:
        import docx

        document = docx.Document(io.BytesIO(raw))
        return Reading(tuple(_Walk(document).blocks()))
    except Exception as error:
        # A spoiled file fails in as many ways as there are parts in it.
        raise UnreadableGuide(path, "it is damaged, or no Word file") from error


class _Walk:
    """One way through a document, counting its paragraphs."""

    def __init__(self, document: Any) -> None:
        self._body = document.element.body
        self._styles = {style.style_id: style for style in document.styles}
        self._count = 0

    def blocks(self) -> Iterator[Block]:
        yield from self._in(self._body)

    def _in(self, element: Any) -> Iterator[Block]:
        for child in element:
            if child.tag == f"{_WORD}p":
                yield from self._paragraph(child)
            elif child.tag == f"{_WORD}tbl":
                for row in child.iter(f"{_WORD}tr"):
                    if next(row.iterancestors(f"{_WORD}tbl")) is child:
                        yield self._row(row)
            elif isinstance(child.tag, str) and child.tag not in _PASSED_OVER:
                yield from self._in(child)

    def _paragraph(self, paragraph: Any) -> Iterator[Block]:
        self._count += 1
        place = f"paragraph {self._count}"
        text = cleaned(_text(paragraph)).strip("\n ")
        if text.strip():
            kind, level = self._kind(paragraph)
            bare = without_bullet(text)
            if kind == "paragraph" and bare is not None:
                kind, text = "bullet", bare
            match kind:
                case "heading":
                    yield Block(kind="heading", text=text, place=place)
                case "bullet":
                    yield Block(kind="bullet", text=text, place=place, level=level)
                case _:
                    yield Block(kind="paragraph", text=text, place=place)
        for box in _boxes(paragraph):
            yield from self._in(box)

    def _row(self, row: Any) -> Block:
        self._count += 1
        place = f"paragraph {self._count}"
        cells = []
        for cell in row.iter(f"{_WORD}tc"):
            if next(cell.iterancestors(f"{_WORD}tr")) is row:
                lines = []
                for block in self._in(cell):
                    mark = "• " if block.kind == "bullet" else ""
                    lines.append(f"{mark}{block.text}" if block.text else "\n".join(block.cells))
                cells.append("\n".join(lines))
        return Block(kind="row", cells=tuple(cells), place=place)

    def _kind(self, paragraph: Any) -> tuple[str, int]:
        """Tell a paragraph's kind by its own settings, then by its style and what that is based on.

        Gives how far in it stands too.
        """
        settings = paragraph.find(f"{_WORD}pPr")
        numbering = settings.find(f"{_WORD}numPr") if settings is not None else None
        named = settings.find(f"{_WORD}pStyle") if settings is not None else None
        style = self._styles.get(named.get(f"{_WORD}val")) if named is not None else None
        seen = 0
        while style is not None and seen < 20:
            name = (style.name or "").lower()
            if name.startswith(("heading", "title")):
                return "heading", 0
            if numbering is None:
                own = style.element.find(f"{_WORD}pPr/{_WORD}numPr")
                numbering = own
            if numbering is None and name.startswith(("list bullet", "list number")):
                return "bullet", 0
            style = getattr(style, "base_style", None)
            seen += 1
        if numbering is None:
            return "paragraph", 0
        number = numbering.find(f"{_WORD}numId")
        if number is not None and number.get(f"{_WORD}val") == "0":
            return "paragraph", 0
        depth = numbering.find(f"{_WORD}ilvl")
        level = depth.get(f"{_WORD}val", "0") if depth is not None else "0"
        return "bullet", 4 * int(level) if level.isdecimal() else 0


def _text(element: Any) -> str:
    """Give the text of a paragraph as it is read: without what is deleted or stands in a box."""
    parts = []
    for child in element:
        if child.tag == f"{_WORD}t":
            parts.append(child.text or "")
        elif isinstance(child.tag, str) and child.tag not in _PASSED_OVER:
            name = child.tag.removeprefix(_WORD)
            parts.append(_SIGNS.get(name) or ("" if name == "pPr" else _text(child)))
    return "".join(parts)


def _boxes(paragraph: Any) -> Iterator[Any]:
    """Give the text boxes that hang on a paragraph, each once."""
    for box in paragraph.iter(f"{_WORD}txbxContent"):
        above = list(box.iterancestors())
        inside = above[: above.index(paragraph)]
        if not any(each.tag in {_FALLBACK, f"{_WORD}txbxContent"} for each in inside):
            yield box
