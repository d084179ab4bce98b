"""The words of a text, folded, and where they are in it as it is written."""

import re
import unicodedata
from functools import cache

from pl_guide.records import Record
from pl_guide.text import fold, in_word

_WORD = r"[^\W_]+(?:['’][^\W_]+)*"
# Beyond this, letters carry marks, or have no spaces between words.
_NOT_PLAIN = "[\u00ad\u0300-\u1fff\u200b-\u200f\u2060\u2c00-\U0010ffff]"
# Thai, Lao, Burmese, Khmer, Japanese and Chinese are written without spaces between words.
_UNSPACED = (
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u312f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
_APOSTROPHES = "'’׳״"


class Word(Record, frozen=True):
    """A word, or a run of words that is written without spaces.

    `start` and `end` are its place in the text. `inside` is there for such a run alone: for each
    place in `folded` where a letter with its marks begins or ends, the place in the text.
    """

    folded: str
    start: int
    end: int
    inside: dict[int, int] | None = None

    def found(self, wanted: str) -> list[tuple[int, int]]:
        """Return each place in the text where a folded word is inside this run."""
        inside, places = self.inside, []
        at = self.folded.find(wanted) if inside and wanted else -1
        while inside and at >= 0:
            end = at + len(wanted)
            whole = at in inside and end in inside
            if whole:
                places.append((inside[at], inside[end]))
            at = self.folded.find(wanted, end if whole else at + 1)
        return places


@cache
def words_in(text: str) -> tuple[Word, ...]:
    """Return the words of a text, in order.

    A run without spaces ends where another way of writing begins: `AIを使う` is two words.
    """
    if not re.search(_NOT_PLAIN, text):
        return tuple(
            Word(fold(word.group()), word.start(), word.end()) for word in re.finditer(_WORD, text)
        )
    runs: list[tuple[int, int, bool]] = []
    start: int | None = None
    unspaced = False
    ended = f"{text} "
    for place, letter in enumerate(ended):
        begins = letter.isalnum()
        changes = begins and start is not None and unspaced != _is_unspaced(letter)
        if start is not None and (changes or not (begins or _goes_on(ended, place))):
            runs.append((start, place, unspaced))
            start = None
        if begins and start is None:
            start, unspaced = place, _is_unspaced(letter)
    return tuple(_word(text, *run) for run in runs)


def _word(text: str, start: int, end: int, unspaced: bool) -> Word:  # noqa: FBT001
    if not unspaced:
        return Word(fold(text[start:end]), start, end)
    folded = ""
    inside = {0: start}
    for place in range(start, end):
        # A letter's marks belong to it: が holds no か.
        if place + 1 < end and not text[place + 1].isalnum():
            continue
        folded += fold(text[inside[len(folded)] : place + 1])
        inside[len(folded)] = place + 1
    return Word(folded, start, end, inside)


def _goes_on(text: str, place: int) -> bool:
    """Return whether a word goes on with what is no letter: a mark, an apostrophe."""
    letter = text[place]
    if letter in _APOSTROPHES:
        return text[place + 1 : place + 2].isalnum()
    return in_word(letter) or unicodedata.category(letter) == "Cf"


def _is_unspaced(letter: str) -> bool:
    return bool(re.match(_UNSPACED, letter))
