"""A guide's text as it stands in its file, whatever kind of file that is; pure."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

from pl_guide.records import Record

Kind = Literal["heading", "paragraph", "bullet", "row", "aside"]

# What is a bullet wherever it begins a line, and what is one only if a space follows.
_SURE = "•‣⁃▪▫◦●○■□◆◇➢➤►▶✓✔\uf0b7\uf0a7\uf0d8\uf0fc\uf076"
_BULLET = rf"([{_SURE}]\s*|([\-*+·–]|o(?=\t)|\d{{1,2}}[.)])[ \t\xa0]+)(?=\S)"

# What is in a file for its looks, and isn't part of any word.
_UNSEEN = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
_BREAKS = "\r\n|[\r\v\f\x85\u2028\u2029]"
_SENTENCE_END = re.compile(r"[.!?…:;。！？؟۔।՞][\"'”’»)\]]*$")
_QUESTION_END = re.compile(r"[?？؟՞⸮][\"'”’»)\]]*$")


class Block(Record, frozen=True, kw_only=True):
    """A stretch of a guide.

    `text` keeps the file's line breaks, which may stand anywhere. A `row` of a table has `cells`
    instead; an `aside` stands beside a question. `place` says where, in words; `level` how many
    columns a bullet stands further in than the page's edge.
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
    """Give what follows a line's bullet or number, or None for a line that has none."""
    found = re.match(_BULLET, line.lstrip())
    return line.lstrip()[found.end() :] if found else None


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends as sentences do."""
    return _SENTENCE_END.search(text.rstrip()) is not None


def ends_question(text: str) -> bool:
    """Tell whether a text ends as questions do."""
    return _QUESTION_END.search(text.rstrip()) is not None


def cell_lines(text: str) -> Iterator[tuple[str, bool]]:
    """Give the lines of a cell, and whether each is a bullet."""
    for line in text.split("\n"):
        bare = without_bullet(line)
        if line.strip():
            yield (line if bare is None else bare), bare is not None
