"""Blocks as a guide's pieces: one line of text each, category names and table heads kept apart."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from pl_guide.documents.blocks import Block, Kind, ends_question, with_typed_bullets
from pl_guide.guide_import.split_words import WordRepair
from pl_guide.model import Framework
from pl_guide.records import replaced
from pl_guide.text import slug

# What may be beside a category's name where it is a heading.
_BESIDE = {"frame", "category", "standards", "the", "continued", "cont", "contd", "d"}
_NUMBERS = {"i", "ii", "iii", "iv", "v"}
_NEXT_QUESTION = re.compile("(?<=[?？؟])[\"'”’»)]*\\n(?=[\\W_]{0,3}[^\\W\\d_a-z])")

LONGEST_NAME = 200
"""Letters: what is longer is no category's name, nor the head of a table."""


class Piece(Block, frozen=True, kw_only=True):
    """A block in one line of text, or in a row of cells each of which is in one.

    `category` is the id of the category whose name this is. What has a `column` is the head of a
    question table: the number of the column that holds the questions.
    """

    category: str | None = None
    column: int | None = None


class TableHead:
    """What a framework's question tables are headed with."""

    def __init__(self, framework: Framework) -> None:
        table, term = framework.reflection, framework.terms.question
        self._question = _slugs("question", "questions", term.one, term.many)
        reflections = _slugs("reflection", "reflections", table.reflections)
        first_steps = _slugs("first step", "first steps", table.first_steps)
        self._beside = reflections | first_steps
        columns = itertools.product(self._question, reflections, first_steps)
        self._whole = set(map("-".join, columns))

    def question_column(self, cells: Sequence[str]) -> int | None:
        """Return which of a row's cells is over the questions; None if it is no head."""
        names = list(map(slug, cells))
        if self._beside.isdisjoint(names):
            return None
        return next((at for at, name in enumerate(names) if name in self._question), None)

    def is_head(self, text: str) -> bool:
        """Tell whether a text is the whole head in one line, or in three."""
        return slug(text) in self._whole


class Cutter:
    """Cuts blocks into pieces, by the names that a framework gives its categories and columns."""

    def __init__(self, framework: Framework, head: TableHead, repair: WordRepair) -> None:
        names = (
            (slug(category.title).split("-"), category.id) for category in framework.categories
        )
        # A name may have another one in it.
        self._names = sorted(names, key=lambda name: len(name[0]), reverse=True)
        terms = framework.terms.category
        self._beside = _BESIDE | _NUMBERS | set(slug(f"{terms.one} {terms.many}").split("-"))
        self._head = head
        self._repair = repair

    def pieces(self, blocks: Iterable[Block]) -> list[Piece]:
        """Cut all blocks."""
        found: list[Piece] = []
        whole = self._put_together(blocks)
        for block, after in zip(whole, [*whole[1:], None], strict=True):
            column = self._head.question_column(block.cells)
            if column is not None:
                found.append(Piece(kind="row", place=block.place, column=column))
            elif block.kind != "row":
                # A table's part that is one block has nothing but question marks to part its rows.
                alone = after is None or after.kind == "row" or not ends_question(after.text)
                for piece in self._lines(block):
                    headed = found and found[-1].column is not None and piece.kind == "paragraph"
                    texts = _NEXT_QUESTION.split(piece.text) if alone and headed else [piece.text]
                    found += (replaced(piece, text=text) for text in texts)
            elif found and found[-1].kind == "row":
                found.append(Piece(kind="row", cells=block.cells, place=block.place))
            else:
                found += (piece for part in _laid_out(block) for piece in self._lines(part))
        one_line = self._repair.on_one_line
        return [
            replaced(piece, text=one_line(piece.text), cells=tuple(map(one_line, piece.cells)))
            for piece in found
        ]

    def _put_together(self, blocks: Iterable[Block]) -> list[Block]:
        """Put together a drop cap and its text, and a head whose cells are paragraphs."""
        found: list[Block] = []
        for block in blocks:
            letter = found[-1].text.strip() if found else ""
            drop_cap = len(letter) == 1 and letter.isupper() and block.text[:1].islower()
            last = [*found[-2:], block]
            texts = [above.text for above in last]
            if drop_cap and block.kind == "paragraph":
                found[-1] = replaced(block, text=f"{letter}\n{block.text}", place=found[-1].place)
            elif len(last) == 3 and all(texts) and self._is_head(" ".join(texts)):
                found[-2:] = [replaced(last[0], kind="paragraph", text="\n".join(texts))]
            else:
                found.append(block)
        return found

    def _is_head(self, text: str) -> bool:
        return len(text) <= LONGEST_NAME and self._head.is_head(text)

    def _category(self, text: str) -> str | None:
        """Return the id of the category that a text is the name of, and nothing more."""
        words = slug(text).split("-") if len(text) <= LONGEST_NAME else []
        for name, category in self._names:
            for at in range(len(words) - len(name) + 1):
                beside = words[:at] + words[at + len(name) :]
                alone = all(word in self._beside or word.isdecimal() for word in beside)
                if alone and words[at : at + len(name)] == name:
                    return category
        return None

    def _lines(self, block: Block) -> Iterator[Piece]:
        """Cut names out of a block, in which they may be lines of their own."""
        lines = block.text.split("\n")
        start = at = 0
        while at < len(lines):
            over, name = self._name_at(lines, at)
            if name is not None:
                yield from _rest(block, lines, start, at)
                yield replaced(name, place=block.place)
                start = at + over
            at += over
        yield from _rest(block, lines, start, at)

    def _name_at(self, lines: list[str], at: int) -> tuple[int, Piece | None]:
        """Return the name that begins at a line, if any, and how many lines it takes up."""
        for over in range(1, min(3, len(lines) - at) + 1):
            text = " ".join(lines[at : at + over])
            category = self._category(text)
            if category:
                return over, Piece(kind="heading", text=text, category=category)
            if self._is_head(text):
                return over, Piece(kind="row", column=0)
        return 1, None


def _slugs(*names: str) -> set[str]:
    return set(filter(None, map(slug, names)))


def _rest(block: Block, lines: list[str], start: int, end: int) -> Iterator[Piece]:
    text = "\n".join(lines[start:end])
    if text.strip():
        kind: Kind = "paragraph" if start else block.kind
        yield Piece(kind=kind, text=text, place=block.place, level=block.level)


def _laid_out(row: Block) -> Iterator[Block]:
    """Yield what is in the cells of a table that only lays text out."""
    for line in "\n".join(row.cells).split("\n"):
        yield from with_typed_bullets(replaced(row, kind="paragraph", text=line, cells=()))
