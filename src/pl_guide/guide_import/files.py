"""A guide's file, read by what it holds: text, Markdown, Word or PDF."""

import codecs
import os
from pathlib import Path

from pl_guide.errors import UnreadableGuide
from pl_guide.guide_import.blocks import Reading
from pl_guide.guide_import.plain_text import read_text
from pl_guide.guide_import.table_head import TableHead
from pl_guide.records import replaced

MAX_BYTES = 50_000_000
"""An Action Guide has a few million bytes, pictures and all."""

MAX_TEXT_BYTES = 1_000_000
"""Plain text has no pictures: a guide's is a hundred times smaller."""

MARKDOWN = {".md", ".markdown", ".mdown"}

_SAVE_AS = "Open it where it was written, and save it as Word (.docx), PDF or plain text."
# How kinds of files begin that are close to a guide, and can't be read.
_OTHERS = (
    (b"{\\rtf", "it is Rich Text"),
    (b"\xd0\xcf\x11\xe0", "it is a Word file of the old kind, or one that is protected"),
    (b"<!doctype html", "it is a web page"),
    (b"<html", "it is a web page"),
)


def read_guide(path: Path, head: TableHead) -> Reading:
    """Read a guide's file as blocks; what it is shows in its bytes, not in its name.

    Raises:
        UnreadableGuide: it can't be read; the error says why, and what to do.
    """
    raw = _bytes(path)
    name = os.fspath(path)
    start = raw[:1024].lstrip().lower()
    if b"%PDF-" in raw[:1024]:
        from pl_guide.guide_import.pdf import read_pdf

        return read_pdf(raw, name, head)
    if raw.startswith(b"PK\x03\x04"):
        if b"opendocument" in raw[:200]:
            raise UnreadableGuide(name, "it is an OpenDocument file", _SAVE_AS)
        from pl_guide.guide_import.docx import read_word

        return read_word(raw, name)
    for beginning, what in _OTHERS:
        if start.startswith(beginning):
            raise UnreadableGuide(name, what, _SAVE_AS)
    if len(raw) > MAX_TEXT_BYTES:
        size = f"it is larger than {MAX_TEXT_BYTES // 1_000_000} MB, and plain text"
        raise UnreadableGuide(name, size, "Is it the right file?")
    return _text(raw, name, markdown=path.suffix.lower() in MARKDOWN)


def _bytes(path: Path) -> bytes:
    name = os.fspath(path)
    try:
        if path.is_dir():
            raise UnreadableGuide(name, "it is a folder", "Name the guide's file in it.")
        if path.exists() and not path.is_file():
            # A pipe or a device would let the program wait for ever.
            raise UnreadableGuide(name, "it is no ordinary file")
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "there is no such file").lower()
        raise UnreadableGuide(name, reason) from error
    if len(raw) > MAX_BYTES:
        raise UnreadableGuide(
            name, f"it is larger than {MAX_BYTES // 1_000_000} MB", "Is it the right file?"
        )
    if not raw.strip():
        raise UnreadableGuide(name, "it is empty")
    return raw


def _text(raw: bytes, name: str, *, markdown: bool) -> Reading:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text, remark = raw.decode("utf-16", errors="replace"), ""
    else:
        try:
            text, remark = raw.decode("utf-8-sig"), ""
        except UnicodeDecodeError:
            # What Word on Windows saves as plain text.
            text = raw.decode("cp1252", errors="replace")
            remark = (
                "The file isn't saved as UTF-8. It was read as Windows text (1252): "
                "look whether its quotes and accents came out right."
            )
    hidden = sum(1 for letter in text if letter < " " and letter not in "\t\n\r\f\v")
    strange = hidden + text.count("\ufffd")
    if "\0" in text or strange > len(text) / 50:
        raise UnreadableGuide(name, "it holds no text", _SAVE_AS)
    reading = read_text(text, markdown=markdown)
    return replaced(reading, remarks=(remark,)) if remark else reading
