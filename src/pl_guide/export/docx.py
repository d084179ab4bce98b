"""A worksheet's table as a Word file; the one gateway for writing with python-docx."""

import io
from datetime import UTC
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

from pl_guide import clock
from pl_guide.export.docx_markup import NAMESPACES, WordMarkup
from pl_guide.export.formats import PageFormat
from pl_guide.export.table import Cell, GuideTable, Row, ShownStep
from pl_guide.rich_text import Run

if TYPE_CHECKING:
    from docx.document import Document

# In twentieths of a point: a Letter page on its side, which printers fit to A4.
PAGE = (15840, 12240)
MARGIN = 1000
WIDTH, QUESTION = 13840, 3440
WIDTHS: dict[int, tuple[int, ...]] = {2: (4840, 9000), 3: (3440, 5500, 4900)}
SHADE = "E7ECF2"
# Word's own limit for what it says about a document.
LONGEST_PROPERTY = 255


def render_word(table: GuideTable) -> bytes:
    """Write a worksheet as a Word file, landscape, its answers formatted as they mean to be."""
    import docx
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn

    document = docx.Document()
    _set_up(document)
    _number_pages(document)
    _describe(document, table)
    link = RELATIONSHIP_TYPE.HYPERLINK
    markup = WordMarkup(partial(document.part.relate_to, reltype=link, is_external=True))
    _put_before(document.element.body[-1], _body(table, markup))
    kinds, lists = markup.numbering()
    numbering = document.part.numbering_part.element
    # Word wants all kinds before the first list.
    _put_before(numbering.find(qn("w:num")), kinds)
    _put_before(numbering[-1], lists)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _set_up(document: "Document") -> None:
    """Set the page and the styles."""
    from docx.enum.section import WD_ORIENTATION
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor, Twips

    section = document.sections[0]
    section.orientation = WD_ORIENTATION.LANDSCAPE
    section.page_width, section.page_height = map(Twips, PAGE)
    section.left_margin = section.right_margin = Twips(MARGIN)
    section.top_margin = section.bottom_margin = Twips(MARGIN)
    ink = RGBColor(0x1F, 0x2A, 0x37)
    for name, size, before, after in (
        ("Normal", 10, 0, 4), ("Quote", 10, 0, 4),
        ("Heading 1", 20, 0, 6), ("Heading 2", 11, 2, 4),
    ):  # fmt: skip
        style = document.styles[name]
        style.font.size = Pt(size)
        style.font.color.rgb = ink
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        style.paragraph_format.line_spacing = 1.1
    # In a table it would tie each row to the next.
    document.styles["Heading 2"].paragraph_format.keep_with_next = False
    document.styles["Normal"].font.name = "Calibri"
    link = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb = RGBColor(0x05, 0x52, 0xA5)
    link.font.underline = True
    small = document.styles.add_style("Small", WD_STYLE_TYPE.PARAGRAPH)
    small.base_style = document.styles["Normal"]
    small.font.size = Pt(9)
    small.font.color.rgb = RGBColor(0x4A, 0x55, 0x65)


def _put_before(element: Any, markup: str) -> None:
    from docx.oxml import parse_xml

    for child in list(parse_xml(f"<w:body {NAMESPACES}>{markup}</w:body>")):
        element.addprevious(child)


def _number_pages(document: "Document") -> None:
    footer = document.sections[0].footer
    footer.is_linked_to_previous = False
    first = footer.part.element[0]
    number, total = (f'<w:fldSimple w:instr="{name}"/>' for name in ("PAGE", "NUMPAGES"))
    _put_before(
        first,
        '<w:p><w:pPr><w:pStyle w:val="Small"/><w:jc w:val="right"/></w:pPr>'
        f'{number}<w:r><w:t xml:space="preserve"> / </w:t></w:r>{total}</w:p>',
    )
    first.getparent().remove(first)


def _describe(document: "Document", table: GuideTable) -> None:
    """Say in the file's properties what it is and whose."""
    properties = document.core_properties
    properties.title = table.title[:LONGEST_PROPERTY]
    properties.author = "; ".join(table.participants)[:LONGEST_PROPERTY]
    properties.last_modified_by = properties.comments = ""
    properties.language = table.language
    properties.created = properties.modified = clock.now().astimezone(UTC)


def _body(table: GuideTable, markup: WordMarkup) -> str:
    parts = [markup.paragraph((Run(text=table.title),), "Heading1")]
    parts += [
        markup.paragraph((Run(text=f"{label}: ", strong=True), Run(text=text)))
        for label, text in table.facts
    ]
    parts += [markup.blocks(table.preface), _table(table, markup), markup.blocks(table.closing)]
    # Word wants a paragraph behind a table.
    notes = table.colophon or ("",)
    parts += [markup.paragraph((Run(text=note),), "Small") for note in notes]
    return "".join(parts)


def _table(table: GuideTable, markup: WordMarkup) -> str:
    others = len(table.kinds)
    widths = WIDTHS.get(others + 1) or (QUESTION, *([(WIDTH - QUESTION) // others] * others))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    heads = [markup.paragraph((Run(text=each, strong=True),)) for each in table.columns]
    head = _row(heads, widths, head=True)
    rows = [_row(_cells(row, markup), widths) for row in table.rows]
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:top w:w="70" w:type="dxa"/><w:bottom w:w="50" w:type="dxa"/>'
        '</w:tblCellMar><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{escape(table.title)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{''.join(rows)}</w:tbl>"
    )


def _row(cells: list[str], widths: tuple[int, ...], *, head: bool = False) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>' if head else ""
    written = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{cell}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    properties = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if head else ""
    return f"<w:tr>{properties}{written}</w:tr>"


def _cells(row: Row, markup: WordMarkup) -> list[str]:
    question = markup.paragraph((Run(text=f"{row.number}. {row.question}"),), "Heading2")
    if row.standards:
        question += markup.paragraph((Run(text=" · ".join(row.standards)),), "Small")
    # Word wants a paragraph in every cell.
    return [question, *(_cell(cell, markup) or markup.paragraph(()) for cell in row.cells)]


def _cell(cell: Cell, markup: WordMarkup) -> str:
    return "".join(
        _step(entry, markup) if isinstance(entry, ShownStep) else markup.blocks((entry,))
        for entry in cell
    )


def _step(step: ShownStep, markup: WordMarkup) -> str:
    state = Run(text=f"{step.sign} {step.state}: ", strong=True)
    parts = [markup.paragraph((state, *step.text))]
    parts += [
        markup.paragraph((Run(text=f"{label}: ", strong=True), *runs), "Small", 1)
        for label, runs in step.details
    ]
    return "".join(parts) + markup.blocks(step.notes, 1)


FORMAT = PageFormat(
    name="docx", endings=(".docx",), purpose="Word", binary=True, render=render_word
)
