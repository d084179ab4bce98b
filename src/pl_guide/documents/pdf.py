"""A PDF as blocks: the one gateway to pypdf."""

import io
import logging
import warnings
from typing import Any

from pl_guide.documents.blocks import ColumnNames, Reading
from pl_guide.documents.pdf_layout import arranged
from pl_guide.documents.pdf_lines import Fragment, with_dots
from pl_guide.errors import UnreadableDocument

MAX_PAGES = 300
"""A guide has a dozen pages; what has far more is something else by mistake."""

_DAMAGED = "it is damaged, or no PDF"


def read_pdf(raw: bytes, path: str, columns: ColumnNames | None) -> Reading:
    """Read a PDF's bytes; `path` is for errors, `columns` tells where those of a table are.

    Raises:
        UnreadableDocument: it is damaged, protected, far too long, or has no text in it.
    """
    # pypdf remarks on whatever it repairs in a file; a person can do nothing about that.
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            fragments = _fragments(raw, path)
    except UnreadableDocument:
        raise
    except Exception as error:
        # A spoiled file fails in as many ways as there are parts in it.
        raise UnreadableDocument(path, _DAMAGED) from error
    finally:
        logger.setLevel(level)
    if not any(fragment.text.strip() for fragment in fragments):
        raise UnreadableDocument(
            path,
            "there is no text in it; its pages seem to be pictures",
            "Have its text recognized (OCR) first, or use a copy in which text can be selected.",
        )
    return Reading(arranged(fragments, columns))


def _fragments(raw: bytes, path: str) -> list[Fragment]:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    reader = PdfReader(io.BytesIO(raw))
    try:
        # Documents are often locked against changes only, and open without a password.
        locked = reader.is_encrypted and not reader.decrypt("")
    except (DependencyError, NotImplementedError):
        locked = True
    if locked:
        raise UnreadableDocument(
            path, "it is protected", "Print it to a new PDF, or save its text as a text file."
        )
    if len(reader.pages) > MAX_PAGES:
        raise UnreadableDocument(
            path, f"it has more than {MAX_PAGES} pages", "Is it the right file?"
        )
    fragments: list[Fragment] = []
    dots: list[Fragment] = []
    for number, page in enumerate(reader.pages, 1):
        reading = _Page(number, fragments, dots)
        page.extract_text(visitor_text=reading.take, visitor_operand_before=reading.watch)
    return with_dots(fragments, dots)


class _Page:
    """What is written on a page, and which dots are drawn on it."""

    def __init__(self, number: int, fragments: list[Fragment], dots: list[Fragment]) -> None:
        self._number = number
        self._dots = dots
        self._fragments = fragments
        self._path: list[tuple[float, float]] = []
        self._round = False

    def take(self, text: str, cm: Any, tm: Any, _font: Any, size: float) -> None:
        """Take a stretch of text."""
        left, top = _at(tm[4], tm[5], cm)
        scale = abs(tm[3] * cm[3]) or abs(tm[1] * cm[2]) or 1.0
        self._fragments.append(Fragment(text, self._number, left, top, abs(size * scale)))

    def watch(self, operator: bytes, operands: Any, cm: Any, _tm: Any) -> None:
        """Watch for small filled circles: the bullets of pages that a browser has printed."""
        if operator in {b"m", b"l", b"c"}:
            if operator == b"m":
                self._round = False
            self._round |= operator == b"c"
            self._path.append(_at(float(operands[-2]), float(operands[-1]), cm))
            return
        if operator in {b"f", b"f*", b"F", b"B"} and self._path and self._round:
            across, up = zip(*self._path, strict=True)
            wide, high = max(across) - min(across), max(up) - min(up)
            if 1 < wide < 9 and abs(wide - high) < 0.2 * wide:
                # Where the line is, and how large its letters are, as circles go.
                baseline = (min(up) + max(up)) / 2 - 0.9 * high
                self._dots.append(Fragment("•", self._number, min(across), baseline, 3 * high))
        if operator not in {b"h", b"v", b"y"}:
            self._path = []


def _at(x: float, y: float, cm: Any) -> tuple[float, float]:
    """Return where on the page a point is."""
    return float(x * cm[0] + y * cm[2] + cm[4]), float(x * cm[1] + y * cm[3] + cm[5])
