"""The one form in which every kind of document is read: blocks, in the order of the file; pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Literal

from pl_guide.records import Record, replaced

Kind = Literal["heading", "paragraph", "item", "row", "aside", "mark"]

# What is a bullet wherever it begins a line, and what is one only if a space follows.
_SURE = "•‣⁃▪▫◦●○■□◆◇➢➤►▶✓✔\uf0b7\uf0a7\uf0d8\uf0fc\uf076"
_BULLET = rf"([{_SURE}]\s*|([\-*+·–]|o(?=\t)|\d{{1,2}}[.)])[ \t\xa0]+)(?=\S)"
_NEXT_ITEM = re.compile(rf"\n(?=\s*[{_SURE}])")

# What is in a file for its looks, and isn't part of any word.
_UNSEEN = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
_BREAKS = "\r\n|[\r\v\f\x85\u2028\u2029]"
_SENTENCE_END = re.compile(r"[.!?…:;。！？؟۔।՞][\"'”’»)\]]*$")
_QUESTION_END = re.compile(r"[?？؟՞⸮][\"'”’»)\]]*$")


class Block(Record, frozen=True, kw_only=True):
    """A stretch of a document.

    `text` keeps the file's line breaks, without any marks of how it looks. A `row` of a table has
    `cells` instead; an `aside` is text beside a table's first column, where no row is known; a
    `mark` is a comment that no reader sees. `place` says where in the file, in words. `level` is a
    heading's (0: not known), or in how many lists an item or paragraph is, each in the other.
    """

    kind: Kind
    text: str = ""
    cells: tuple[str, ...] = ()
    place: str = ""
    level: int = 0


class Reading(Record, frozen=True):
    """What a file holds, and what a person should know about how it was read."""

    blocks: tuple[Block, ...]
    remarks: tuple[str, ...] = ()


def cleaned(text: str) -> str:
    """Take out what only serves a text's looks: control characters, ligatures, hidden marks."""
    text = re.sub(_UNSEEN, "", re.sub(_BREAKS, "\n", text))
    return re.sub("[ﬀ-ﬆ]", lambda found: unicodedata.normalize("NFKC", found.group()), text)


def without_bullet(line: str) -> str | None:
    """Return what follows a line's bullet or number, or None for a line that has none."""
    found = re.match(_BULLET, line.lstrip())
    return line.lstrip()[found.end() :] if found else None


def with_typed_bullets(block: Block) -> Iterator[Block]:
    """Yield a paragraph as the list items that someone typed in it; any other block as it is."""
    parts = _NEXT_ITEM.split(block.text) if block.kind in {"paragraph", "item"} else [block.text]
    for index, text in enumerate(parts):
        bare = without_bullet(text) if index or block.kind == "paragraph" else None
        if bare is not None:
            yield replaced(block, kind="item", text=bare, level=max(block.level, 1))
        elif text or not index:
            yield replaced(block, text=text)


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends as sentences do."""
    return _SENTENCE_END.search(text.rstrip()) is not None


def ends_question(text: str) -> bool:
    """Tell whether a text ends as questions do."""
    return _QUESTION_END.search(text.rstrip()) is not None


def cell_text(blocks: Iterable[Block]) -> str:
    """Return blocks as the text of a cell: a line or more for each, with bullets, indented."""
    lines = []
    for block in blocks:
        indent = "  " * (block.level - 1) + "• " if block.kind == "item" else ""
        if block.kind != "mark":
            lines.append(indent + (block.text or "\n".join(block.cells)))
    return "\n".join(lines)
