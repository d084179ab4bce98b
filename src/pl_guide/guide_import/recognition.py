"""What a guide's blocks are: its title, purpose, responsibilities and questions; pure.

A guide is recognized by its structure: the framework's category names with a bullet list under
each, and question tables in one or more parts. What has no place in that structure is listed.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from pl_guide.documents.blocks import ends_question, ends_sentence
from pl_guide.guide_import.pieces import Piece
from pl_guide.model import Category, Framework, Standard
from pl_guide.records import Record
from pl_guide.text import slug

PROSE_WORDS = 20
"""A text of so many words is no heading, however it ends."""
TITLE_WORDS = 25


class Leftover(Record, frozen=True):
    """A stretch of the guide that has no place in a role: where it is, how it begins, how much."""

    place: str
    text: str
    pieces: int


class FoundGuide(Record, frozen=True, kw_only=True):
    """What was recognized; responsibilities are pairs of a category's id and a text."""

    title: str | None
    purpose: tuple[str, ...]
    note: tuple[str, ...]
    responsibilities: tuple[tuple[str, str], ...]
    questions: tuple[str, ...]
    leftovers: tuple[Leftover, ...]


class Recognizer:
    """One reading of one guide: what is taken for one thing is taken for no other."""

    def __init__(self, pieces: Sequence[Piece], framework: Framework) -> None:
        self._pieces = pieces
        self._used: set[int] = set()
        self._with_lists: set[int] = set()
        self._answers: list[Leftover] = []
        named: tuple[Category | Standard, ...] = (*framework.categories, *framework.standards)
        titles = (framework.title, *(part.title for part in named))
        self._own_titles = set(map(slug, titles))

    def found(self) -> FoundGuide:
        """Recognize what each piece of the guide is."""
        questions = self._questions()
        responsibilities = self._responsibilities()
        title, purpose = self._opening()
        note = self._note()
        return FoundGuide(
            title=title,
            purpose=purpose,
            note=note,
            responsibilities=responsibilities,
            questions=questions,
            leftovers=(*self._leftovers(), *self._answers),
        )

    def _questions(self) -> tuple[str, ...]:
        questions: list[str] = []
        pending: list[int] = []
        column: int | None = None
        for index, piece in enumerate(self._pieces):
            if piece.column is not None:
                self._used.add(index)
                column = piece.column
            elif column is None or piece.kind == "aside":
                continue
            elif piece.kind == "row":
                pending = []
                text = piece.cells[column] if column < len(piece.cells) else ""
                if text:
                    self._used.add(index)
                    questions.append(text)
                    others = (cell for at, cell in enumerate(piece.cells) if at != column and cell)
                    answer = " ".join(others)
                    if answer:
                        self._answers.append(Leftover(piece.place, answer, 1))
            elif piece.kind == "heading":
                column, pending = None, []
            else:
                # A question may go on over the end of a page, or of a cell's line.
                goes_on = pending and self._goes_on_after(index - 1)
                pending = [*pending, index] if goes_on else [index]
                if ends_question(piece.text):
                    self._used.update(pending)
                    questions.append(" ".join(self._texts(pending)))
                    pending = []
                elif ends_sentence(piece.text) and not self._goes_on_after(index):
                    column, pending = None, []
        return tuple(questions)

    def _goes_on_after(self, index: int) -> bool:
        """Tell whether a sentence isn't at its end yet, as after “see p.”."""
        after = self._pieces[index + 1].text if index + 1 < len(self._pieces) else ""
        return after[:1].islower() or after[:1].isdecimal()

    def _responsibilities(self) -> tuple[tuple[str, str], ...]:
        found: list[tuple[str, str]] = []
        for index, piece in enumerate(self._pieces):
            if piece.category is None:
                continue
            bullets = self._bullets_after(index)
            texts = self._texts(bullets)
            # An overview may list each category's standards by name.
            if texts and not all(slug(text) in self._own_titles for text in texts):
                self._with_lists.add(index)
                self._used.update(bullets)
                found += [(piece.category, text) for text in texts]
        return tuple(found)

    def _bullets_after(self, index: int) -> list[int]:
        found: list[int] = []
        for at in range(index + 1, len(self._pieces)):
            piece = self._pieces[at]
            if piece.kind != "item" or at in self._used:
                break
            # What is nested under a responsibility isn't one.
            if not found or piece.level <= self._pieces[found[0]].level:
                found.append(at)
        return found

    def _opening(self) -> tuple[str | None, tuple[str, ...]]:
        """Find the title, and the running text that follows it."""
        headings = list(takewhile(self._is_heading, range(len(self._pieces))))
        other = [at for at in headings if self._pieces[at].category is None]
        title = [at for at in other if not self._is_own_title(at)]
        purpose = self._prose(range(len(headings), len(self._pieces)))
        words = " ".join(self._texts(title))
        if not title or len(words.split()) > TITLE_WORDS:
            return None, purpose
        self._used.update(title)
        return words, purpose

    def _note(self) -> tuple[str, ...]:
        """Find the running text before the first list of responsibilities."""
        first = min(self._with_lists, default=0)
        above = list(takewhile(self._is_prose, reversed(range(first))))
        begin = first - len(above)
        # Without a heading above it, nothing says where it begins.
        heading = begin > 0 and self._is_heading(begin - 1)
        return self._prose(range(begin, first)) if heading else ()

    def _prose(self, indexes: Iterable[int]) -> tuple[str, ...]:
        """Take running text, as far as it goes."""
        prose = list(takewhile(self._is_prose, indexes))
        self._used.update(prose)
        return self._texts(prose)

    def _leftovers(self) -> Iterator[Leftover]:
        """Yield what was left, in one stretch what is under one heading.

        What a guide says of the standards themselves, each under its name, is one stretch too.
        """
        stretches: list[list[int]] = []
        opened = False
        for index in range(len(self._pieces)):
            if index in self._used or index in self._with_lists:
                continue
            heading = self._is_heading(index)
            follows = bool(stretches) and index == stretches[-1][-1] + 1
            # Headings with nothing between them head the same stretch.
            same = not heading or not opened or self._are_own_titles(stretches[-1][0], index)
            if follows and same:
                stretches[-1].append(index)
                opened = opened or not heading
            else:
                stretches.append([index])
                opened = not heading
        for stretch in stretches:
            piece = self._pieces[stretch[0]]
            if not self._are_own_titles(*stretch):
                text = piece.text or " ".join(filter(None, piece.cells))
                yield Leftover(piece.place, text, len(stretch))

    def _are_own_titles(self, *indexes: int) -> bool:
        return all(map(self._is_own_title, indexes))

    def _texts(self, indexes: Iterable[int]) -> tuple[str, ...]:
        return tuple(self._pieces[index].text for index in indexes)

    def _is_own_title(self, index: int) -> bool:
        return self._is_heading(index) and slug(self._pieces[index].text) in self._own_titles

    def _is_heading(self, index: int) -> bool:
        piece = self._pieces[index]
        short = len(piece.text.split()) < PROSE_WORDS and not ends_sentence(piece.text)
        heading = piece.kind == "heading" or (piece.kind == "paragraph" and short)
        return heading and index not in self._used

    def _is_prose(self, index: int) -> bool:
        paragraph = self._pieces[index].kind == "paragraph"
        return paragraph and index not in self._used and not self._is_heading(index)
