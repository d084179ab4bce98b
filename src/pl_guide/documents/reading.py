"""A file read as blocks, by what it holds: text, Markdown, a web page, Word or PDF."""

import codecs
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pl_guide.documents.blocks import Reading
from pl_guide.errors import UnreadableDocument
from pl_guide.messages import files as messages
from pl_guide.records import replaced
from pl_guide.text import reason_of

MAX_BYTES = 50_000_000
"""A document of words has a few million bytes, pictures and all."""

MAX_TEXT_BYTES = 1_000_000
"""Plain text has no pictures: a guide's is a hundred times smaller."""

MAX_PAGE_BYTES = 10_000_000
"""A web page may be saved with its pictures in it."""

MARKDOWN = {".md", ".markdown", ".mdown"}

# How kinds of files begin that are close to a document, and can't be read.
_OTHERS = (
    (rb"{\\rtf", messages.RICH_TEXT),
    (rb"PK\x03\x04.{0,200}opendocument", messages.OPEN_DOCUMENT),
    (rb"\xd0\xcf\x11\xe0", messages.OLD_WORD),
)
_PAGE = re.compile(
    r"\s*(<\?xml[^>]{0,200}>\s*)?(<!--.{0,2000}?-->\s*)*<(!doctype\s+html|html|head|body|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*"
    rb"((?:windows|iso|cp|koi8|mac|big5|gb|euc|shift)[\w-]{1,20})",
    re.IGNORECASE,
)


def read_document(
    path: Path, is_table_head: Callable[[str], bool] = lambda _text: False
) -> Reading:
    """Read a file as blocks; what it is shows in its bytes, not in its name.

    A PDF knows no tables: those are found in it whose head `is_table_head` knows.

    Raises:
        UnreadableDocument: it can't be read; the error says why, and what to do.
    """
    raw = _bytes(path)
    name = str(path)
    if b"%PDF-" in raw[:1024]:
        from pl_guide.documents.pdf import read_pdf

        return read_pdf(raw, name, is_table_head)
    for beginning, what in _OTHERS:
        if re.match(beginning, raw[:1024].lstrip(), re.DOTALL | re.IGNORECASE):
            raise UnreadableDocument(name, what, messages.SAVE_AS)
    if raw.startswith(b"PK\x03\x04"):
        from pl_guide.documents.docx import read_word

        return read_word(raw, name)
    text, remarks = _decoded(raw, name)
    return replaced(_read(text, path, len(raw)), remarks=remarks)


def _read(text: str, path: Path, size: int) -> Reading:
    """Read what is no more than text, of whatever kind."""
    name = str(path)
    page = _PAGE.match(text) is not None
    most, kind = (MAX_PAGE_BYTES, "a web page") if page else (MAX_TEXT_BYTES, "plain text")
    if size > most:
        raise UnreadableDocument(name, *messages.larger(most, f", and {kind}"))
    if page:
        from pl_guide.documents.html import read_html

        return read_html(text, name)
    from pl_guide.documents.markdown import read_markdown
    from pl_guide.documents.text import read_text

    found = read_markdown(text, name) if path.suffix.lower() in MARKDOWN else None
    return found or read_text(text)


def _bytes(path: Path) -> bytes:
    name = str(path)
    try:
        if path.is_dir():
            raise UnreadableDocument(name, messages.FOLDER, messages.NAME_ONE)
        if path.exists() and not path.is_file():
            # A pipe or a device would let the program wait for ever.
            raise UnreadableDocument(name, messages.NO_ORDINARY_FILE)
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else messages.NOT_THERE
        raise UnreadableDocument(name, reason) from error
    if len(raw) > MAX_BYTES:
        raise UnreadableDocument(name, *messages.larger(MAX_BYTES))
    if not raw.strip():
        raise UnreadableDocument(name, messages.EMPTY)
    return raw


def _decoded(raw: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Return a file's text, by its mark, as UTF-8, as it says itself, or as Windows text."""
    declared = _CHARSET.search(raw[:2048])
    remarks: tuple[str, ...] = ()
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = raw.decode("utf-16", errors="replace")
    else:
        for encoding in ("utf-8-sig", declared[1].decode("ascii") if declared else "utf-8"):
            with suppress(UnicodeDecodeError, LookupError):
                text = raw.decode(encoding)
                break
        else:
            # What Word on Windows saves as plain text.
            text = raw.decode("cp1252", errors="replace")
            remarks = (messages.READ_AS_WINDOWS,)
    hidden = sum(1 for letter in text if letter < " " and letter not in "\t\n\r\f\v")
    strange = hidden + text.count("\ufffd")
    if "\0" in text or strange > len(text) / 50:
        raise UnreadableDocument(name, messages.NO_TEXT, messages.SAVE_AS)
    return text, remarks
