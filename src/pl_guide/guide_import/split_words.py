"""Words that a page's layout has split: put together again where that is certain; pure."""

import re
from collections.abc import Iterable

from pl_guide.text import fold

_WORD = r"[^\W\d_]+(?:[-‐‑'’][^\W\d_]+)*"
# At the beginning of a word only, or a long one would be searched from each of its letters.
_SPLIT = re.compile(r"(?<![^\W\d_])([^\W\d_]+)[-‐]\n\s*([^\W\d_]+(?:-[^\W\d_]+)*)")
_DROP_CAP = re.compile(r"^([^\W\d_])[ \n]+([^\W\d_]+)")


class WordRepair:
    """Puts a text's split words together, by the words that are whole elsewhere.

    `doubts` lists the words for which nothing says for certain whether a hyphen is theirs.
    """

    def __init__(self, texts: Iterable[str], known: str) -> None:
        """Take all texts of a file, and one whose words are known besides."""
        self.doubts: list[str] = []
        self._words: set[str] = set()
        splits: list[tuple[str, str]] = []
        for text in texts:
            splits += _SPLIT.findall(text)
            # The pieces of a split word are no words.
            self._learn(_DROP_CAP.sub("", _SPLIT.sub(" ", text.strip())))
        self._learn(known)
        self._parts = {part for word in self._words for part in re.split("[-‐‑]", word)}
        # Whether whoever laid the pages out let words be divided at all.
        self._divides = any(
            fold(first + second) in self._words and fold(f"{first}-{second}") not in self._words
            for first, second in splits
        )

    def on_one_line(self, text: str) -> str:
        """Return a text on one line, its words whole."""
        text = re.sub("\xad\n?", "", text)
        text = _SPLIT.sub(self._without_break, text)
        # A hyphen that can't be a divided word's still takes no space after it.
        text = re.sub(r"(?<=\w[-‐])\n\s*(?=\w)", "", text)
        text = " ".join(text.split())
        found = _DROP_CAP.match(text)
        if found and self._is_drop_cap(*found.groups()):
            return text[: found.end(1)] + text[found.start(2) :]
        return text

    def _learn(self, text: str) -> None:
        self._words.update(map(fold, re.findall(_WORD, text)))

    def _without_break(self, found: re.Match[str]) -> str:
        """Decide whether a hyphen at the end of a line is the word's own."""
        first, second = found.groups()
        compound, single = f"{first}-{second}", f"{first}{second}"
        if fold(compound) in self._words or "-" in second or not second[0].islower():
            return compound
        if fold(single) in self._words:
            return single
        are_words = {fold(first), fold(second)} <= self._parts
        chosen = single if self._divides and not are_words else compound
        if (self._divides or not are_words) and chosen not in self.doubts:
            self.doubts.append(chosen)
        return chosen

    def _is_drop_cap(self, letter: str, rest: str) -> bool:
        """Tell whether a single letter is the beginning of the word after it."""
        if not (letter.isupper() and rest[0].islower()):
            return False
        whole, apart = (fold(word) in self._words for word in (letter + rest, rest))
        return whole and not apart if letter in "AIO" else whole or not apart
