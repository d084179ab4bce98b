"""How words compare: letters folded together, names alike, names near each other."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import groupby

# Letters that are another one with a stroke or without a dot, or two letters in one: to a person
# who searches they are those, and Unicode doesn't part them. Tatweel only stretches a word.
_ALIKE = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe"}
    | {"’": "'", "‘": "'", "ʼ": "'", "ـ": None}
)
# Accents over any letter, titles and breathings in Cyrillic, Hebrew points, Arabic vowel marks, and
# what only steers layout (soft hyphens, joiners). The marks of other scripts are letters in their
# own right: a vowel in Thai or Devanagari, the voicing of a Japanese syllable.
_ACCENTS = (
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u0483-\u0487"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u00ad\u200b-\u200f\u2060]"
)


def fold(text: str) -> str:
    """Return text as it is compared: case, accents and width variants don't count.

    Letters stay in parts where Unicode parts them, which is the same for all text.
    """
    if text.isascii():
        return text.lower()
    # Once more at the end: what was one sign, as in `№`, may hold capital letters.
    decomposed = unicodedata.normalize("NFKD", text.casefold()).casefold()
    return re.sub(_ACCENTS, "", decomposed).translate(_ALIKE)


def in_word(letter: str) -> bool:
    """Return whether a character is part of a word: a letter, a digit, or a mark on one."""
    return letter.isalnum() or unicodedata.category(letter) in {"Mn", "Mc"}


def slug(text: str) -> str:
    """Return a title as a name to type: folded, its words joined by hyphens."""
    folded = fold(text)
    if folded.isascii():
        return "-".join(re.findall(r"[^\W_]+", folded))
    return "-".join("".join(letter if in_word(letter) else " " for letter in folded).split())


def raised(text: str) -> str:
    """Return text with its first letter raised, as a heading begins."""
    return text[:1].title() + text[1:]


def filled(text: str, values: Mapping[str, object]) -> str:
    """Return text with values in the places named for them: `{number} left`; others stay as is."""
    return re.sub(r"\{(\w+)\}", lambda place: str(values.get(place[1], place[0])), text)


def nearest(name: str, names: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """Return the names most like one that wasn't found, best first; none if nothing is near."""
    from difflib import get_close_matches

    by_folded = {slug(known): known for known in names}
    found = get_close_matches(slug(name), by_folded, n=limit, cutoff=0.6)
    begun = [known for known in by_folded if slug(name) and known.startswith(slug(name))]
    return tuple(by_folded[known] for known in dict.fromkeys([*found, *begun]))[:limit]


def counted(number: int, one: str, many: str) -> str:
    """Return how many there are, large numbers in groups: `1 role`, `7 roles`, `10,000 roles`."""
    return f"{number:,} {one if number == 1 else many}"


def ranges(numbers: Iterable[int]) -> str:
    """Return numbers in order, runs of three or more as one: `1, 3, 5 to 9`."""
    written: list[str] = []
    # Throughout a run, numbers are as far ahead of their places.
    for _, placed in groupby(enumerate(sorted(set(numbers))), lambda at: at[1] - at[0]):
        run = [number for _, number in placed]
        written += [f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run)
    return ", ".join(written)


def listed(names: Iterable[str], last: str = "or") -> str:
    """Join names for a sentence: `a`, `a or b`, `a, b or c`."""
    all_names = list(names)
    if len(all_names) < 2:
        return "".join(all_names)
    return f"{', '.join(all_names[:-1])} {last} {all_names[-1]}"


def reason_of(error: OSError) -> str:
    """Return the system's reason for an error, as in the middle of a sentence."""
    return (error.strerror or type(error).__name__).lower()
