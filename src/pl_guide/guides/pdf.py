"""A guide saved as PDF, as blocks: the one gateway to pypdf."""

import io
import logging
import warnings
from typing import Any

from pl_guide.errors import UnreadableGuide
from pl_guide.guides.blocks import Reading
from pl_guide.guides.pdf_layout import Fragment, arranged
from pl_guide.guides.table_head import TableHead

MAX_PAGES = 300
"""An Action Guide has a dozen pages; what has far more is something else by mistake."""

_DAMAGED = "it is damaged, or no PDF"


def read_pdf(raw: bytes, path: str, head: TableHead) -> Reading:
    """Read a PDF's bytes; `path` is for errors, `head` tells where a table's columns are.

    Raises:
        UnreadableGuide: it is damaged, protected, far too long, or has no text in it.
    """
    # pypdf remarks on whatever it mends in a file; a person can do nothing about that.
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            fragments = _fragments(raw, path)
    except UnreadableGuide:
        raise
    except Exception as error:
        # A spoiled file fails in as many ways as there are parts in it.
        raise UnreadableGuide(path, _DAMAGED) from error
    finally:
        logger.setLevel(level)
    if not any(each.text.strip() for each in fragments):
        raise UnreadableGuide(
            path,
            "there is no text in it; its pages seem to be pictures",
            "Have its text recognized (OCR) first, or use a copy in which text can be selected.",
        )
    return Reading(arranged(fragments, head))


def _fragments(raw: bytes, path: str) -> list[Fragment]:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    reader = PdfReader(io.BytesIO(raw))
    try:
        # Guides are often locked against changes only, and open without a password.
        locked = reader.is_encrypted and not reader.decrypt("")
    except (DependencyError, NotImplementedError):
        locked = True
    if locked:
        raise UnreadableGuide(
            path, "it is protected", "Print it to a new PDF, or save its text as a text file."
        )
    if len(reader.pages) > MAX_PAGES:
        raise UnreadableGuide(path, f"it has more than {MAX_PAGES} pages", "Is it the right file?")
    fragments: list[Fragment] = []
    for number, page in enumerate(reader.pages, 1):

        def take(text: str, cm: Any, tm: Any, _font: Any, size: float, page: int = number) -> None:
            left = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            top = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            scale = abs(tm[3] * cm[3]) or abs(tm[1] * cm[2]) or 1.0
            fragments.append(Fragment(text, page, float(left), float(top), abs(size * scale)))

        page.extract_text(visitor_text=take)
        fragments.append(Fragment("\n", number, 0.0, 0.0, 0.0))
    return fragments
