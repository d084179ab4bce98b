"""A guide's file, all the way to what was found in it."""

from pathlib import Path

from pl_guide.documents.reading import read_document
from pl_guide.errors import NotAGuide
from pl_guide.guide_import.pieces import Cutter, TableHead
from pl_guide.guide_import.recognition import FoundGuide, Recognizer
from pl_guide.guide_import.split_words import WordRepair
from pl_guide.library import Library
from pl_guide.records import Record, into_json


class Import(Record, frozen=True):
    """What was found, what to know about how it was read, and words whose hyphen is in doubt."""

    guide: FoundGuide
    remarks: tuple[str, ...]
    doubts: tuple[str, ...]


def found_in(path: Path, library: Library) -> Import:
    """Read a guide's file, and recognize it by the library's framework.

    Raises:
        UnreadableDocument: the file can't be read.
        NotAGuide: there are neither responsibilities nor questions in it.
    """
    head = TableHead(library.framework)
    reading = read_document(path, head.is_head)
    blocks = [block for block in reading.blocks if block.kind != "mark"]
    texts = (text for block in blocks for text in (block.text, *block.cells))
    # Names of fields are words, too; what JSON escapes isn't.
    known = into_json([library.framework, *library.roles]).replace("\\n", " ")
    repair = WordRepair(texts, known)
    pieces = Cutter(library.framework, head, repair).pieces(blocks)
    guide = Recognizer(pieces, library.framework).found()
    if not guide.responsibilities and not guide.questions:
        names = tuple(category.title for category in library.framework.categories)
        raise NotAGuide(str(path), names)
    return Import(guide, reading.remarks, tuple(repair.doubts))
