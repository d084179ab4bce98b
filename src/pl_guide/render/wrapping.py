"""Lines that fit a terminal, measured in its cells by wcwidth, whose one gateway this is."""

import re
import textwrap
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

# What may not begin a line, and what may not end one, where a text has no spaces to break at.
_CLOSING = frozenset(
    "、。，．・：；？！」』）］｝〉》】〕ー々’”…ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
)
_OPENING = frozenset("「『（［｛〈《【〔‘“")

# Characters of one column each, whatever is beside them: all that most texts in Western languages
# hold. Loading wcwidth takes as long as half of all else that a page takes.
_NARROW = re.compile(
    r"[ -~\xa0-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u2500-\u25fc\u2610\u2713]*"
)


def cells(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    if text.isascii() or _NARROW.fullmatch(text):
        return len(text)
    from wcwidth import wcswidth

    # It gives -1 for a text that holds a line end or a tab.
    width: int = wcswidth(text)
    return width if width >= 0 else sum(map(_width, text))


def wrapped(line: str, width: int) -> str:
    """Wrap a line at its words, and text that is written without spaces between its characters.

    An ASCII word stays whole however long it is: it may be a path, to be copied.
    """
    if cells(line) == len(line) <= width:
        return line
    if line.isascii():
        return textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
    starts = [0, *breaks(line, width), len(line)]
    return "\n".join(line[start:end].rstrip() for start, end in pairwise(starts))


def breaks(line: str, width: int, *, whole_words: bool = True) -> list[int]:
    """Give where a line's second and later lines begin; ASCII words are cut only if allowed."""
    found: list[int] = []
    start = place = 0
    for piece in _pieces(line, width, whole_words=whole_words):
        end = place + len(piece)
        if place > start and cells(line[start:end].rstrip()) > width:
            found.append(place)
            start = place
        place = end
    return found


def shortened(text: str, width: int) -> str:
    """Return as much of a text as fits, with `…` where some is left out.

    It is cut behind a word if one ends in the last half.
    """
    if cells(text) <= width:
        return text
    kept = next(_cut(text, max(width - 1, 1)))
    if " " in kept[len(kept) // 2 :]:
        return f"{kept[: kept.rfind(' ')].rstrip(' ,;:.')} …"
    return f"{kept}…"


def _pieces(line: str, width: int, *, whole_words: bool) -> Iterator[str]:
    """Part a line where it may be broken."""
    for word in re.findall(r"\s+|\S+\s*", line):
        parts = [n for n in range(1, len(word)) if _may_part(word[n - 1], word[n])]
        for start, end in pairwise([0, *parts, len(word)]):
            piece = word[start:end]
            long = cells(piece.rstrip()) > width and not (whole_words and piece.isascii())
            yield from _cut(piece, width) if long else (piece,)


def _may_part(before: str, after: str) -> bool:
    if before.isascii() and after.isascii():
        return False
    wide = _width(before) == 2 or _width(after) == 2
    return wide and _width(after) > 0 and after not in _CLOSING and before not in _OPENING


def _cut(text: str, width: int) -> Iterator[str]:
    """Cut a text that has no place to break into lengths that fit."""
    part = ""
    for letter in text:
        if part and cells(part + letter) > max(width, cells(part)):
            yield part
            part = ""
        part += letter
    yield part


@lru_cache(maxsize=4096)
def _width(letter: str) -> int:
    if letter.isascii() or _NARROW.fullmatch(letter):
        return 1
    from wcwidth import wcwidth

    return max(wcwidth(letter), 0)
