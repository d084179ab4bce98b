"""A PDF as blocks: the one gateway to pypdfium2."""

from collections.abc import Callable, Iterator
from typing import Any

from pl_guide.documents.blocks import Reading
from pl_guide.documents.pdf_layout import arranged
from pl_guide.documents.pdf_lines import Fragment
from pl_guide.errors import UnreadableDocument
from pl_guide.messages import files as messages

MAX_PAGES = 300
"""A guide has a dozen pages; what has far more is something else by mistake."""

_HYPHEN = "\x02"
"""What the library gives for a hyphen at the end of a line."""


def read_pdf(raw: bytes, path: str, is_table_head: Callable[[str], bool]) -> Reading:
    """Read a PDF's bytes; `path` is for errors, `is_table_head` knows the head of a table.

    Raises:
        UnreadableDocument: it is damaged, protected, far too long, or has no text in it.
    """
    from pypdfium2 import PdfDocument, PdfiumError
    from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY

    try:
        document = PdfDocument(raw)
        if len(document) > MAX_PAGES:
            raise UnreadableDocument(path, *messages.longer(MAX_PAGES))
        fragments = [
            fragment
            for number, page in enumerate(document, 1)
            for fragment in _on_page(page, number)
        ]
    except PdfiumError as error:
        if error.err_code in {FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY}:
            raise UnreadableDocument(path, *messages.PROTECTED) from error
        raise UnreadableDocument(path, messages.NO_PDF) from error
    if not any(fragment.text.strip() for fragment in fragments):
        raise UnreadableDocument(path, *messages.PICTURES)
    return Reading(arranged(fragments, is_table_head))


def _on_page(page: Any, number: int) -> Iterator[Fragment]:
    """Yield what is written on a page, and the dots that are drawn on it."""
    from pypdfium2 import PdfMatrix, raw

    kinds = [raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_TEXT]
    for item in page.get_objects(kinds, textpage=page.get_textpage()):
        to_page, container = PdfMatrix(), item.container
        while container is not None:
            to_page = to_page.multiply(container.get_matrix())
            container = container.container
        left, low, right, high = to_page.on_rect(*item.get_bounds())
        if item.type == raw.FPDF_PAGEOBJ_TEXT:
            own = item.get_matrix().multiply(to_page)
            size = abs(item.get_font_size() * (own.d or own.b))
            text = item.extract().replace(_HYPHEN, "-")
            yield Fragment(text, number, own.e, right, own.f, size)
            continue
        wide, tall = right - left, high - low
        if 1 < wide < 9 and abs(wide - tall) < 0.2 * wide:
            second = raw.FPDFPath_GetPathSegment(item, 1)
            if second and raw.FPDFPathSegment_GetType(second) == raw.FPDF_SEGMENT_BEZIERTO:
                # Where its line is, and how large the letters are, as bullets go.
                baseline = (low + high) / 2 - 0.9 * tall
                yield Fragment("", number, left, right, baseline, 3 * tall)
