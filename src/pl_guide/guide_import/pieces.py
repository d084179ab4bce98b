"""Blocks as a guide's pieces: one line of text each, category names and table heads kept apart."""

import re
from collections.abc import Iterable, Iterator

from pl_guide.documents.blocks import Block, Kind, ends_question, with_typed_bullets
from pl_guide.guide_import.split_words import WordRepair
from pl_guide.guide_import.table_head import TableHead
from pl_guide.model import Framework
from pl_guide.records import Record, replaced
from pl_guide.text import slug

# What may be beside a category's name where it is a heading.
_BESIDE = {"frame", "category", "standards", "the", "continued", "cont", "contd", "d"}
_NEXT_QUESTION = re.compile("(?<=[?？؟])[\"'”’»)]*\\n(?=[\\W_]{0,3}[^\\W\\d_a-z])")


LONGEST_NAME = 200
"""Letters: what is longer is no category's name, nor the head of a table."""


class Piece(Record, frozen=True, kw_only=True):
    """A paragraph, heading, bullet or row, or the `head` of a question table.

    `category` is the id of the category whose name this is; `column` tells which column of a
    table, under its head, holds the questions.
    """

    kind: Kind | str
    text: str = ""
    cells: tuple[str, ...] = ()
    place: str = ""
    level: int = 0
    category: str | None = None
    column: int = 0

    @property
    def words(self) -> str:
        """All its text."""
        return self.text or " ".join(filter(None, self.cells))


class Cutter:
    """Cuts blocks into pieces, by the names that a framework gives its categories and columns."""

    def __init__(self, framework: Framework, head: TableHead, repair: WordRepair) -> None:
        self._names = {slug(category.title): category.id for category in framework.categories}
        terms = framework.terms.category
        self._beside = _BESIDE | set(slug(f"{terms.one} {terms.many}").split("-"))
        self._head = head
        self._repair = repair

    def pieces(self, blocks: Iterable[Block]) -> list[Piece]:
        """Cut all blocks."""
        found: list[Piece] = []
        whole = list(_with_drop_caps(blocks))
        for block, after in zip(whole, [*whole[1:], None], strict=True):
            if block.kind == "row":
                found += self._row(block, found[-1].kind if found else "")
                continue
            # A table's part that is one block has nothing but question marks to part its rows.
            alone = after is None or after.kind == "row" or not ends_question(after.text)
            for piece in self._lines(block):
                headed = bool(found) and found[-1].kind == "head" and piece.kind == "paragraph"
                for text in _NEXT_QUESTION.split(piece.text) if alone and headed else [piece.text]:
                    found.append(replaced(piece, text=self._repair.on_one_line(text)))
        return list(self._with_heads(found))

    def category(self, text: str) -> str | None:
        """Return the id of the category that a text is the name of, and nothing more."""
        name = slug(text) if len(text) <= LONGEST_NAME else ""
        if name in self._names:
            return self._names[name]
        words = name.split("-")
        for title, category in self._names.items():
            own = title.split("-")
            for at in range(len(words) - len(own) + 1):
                others = words[:at] + words[at + len(own) :]
                if words[at : at + len(own)] == own and all(map(self._is_beside, others)):
                    return category
        return None

    def _is_beside(self, word: str) -> bool:
        return word in self._beside or word.isdecimal() or word in {"i", "ii", "iii", "iv", "v"}

    def _row(self, block: Block, above: str) -> Iterator[Piece]:
        column = self._head.question_column(block.cells)
        if column is not None:
            yield Piece(kind="head", place=block.place, column=column)
        elif above in {"head", "row"}:
            cells = tuple(map(self._repair.on_one_line, block.cells))
            yield Piece(kind="row", cells=cells, place=block.place)
        else:
            # A table that isn't one of questions only lays text out.
            for cell in block.cells:
                for line in cell.split("\n"):
                    paragraph = Block(kind="paragraph", text=line, place=block.place)
                    for part in with_typed_bullets(paragraph):
                        for piece in self._lines(part):
                            yield replaced(piece, text=self._repair.on_one_line(piece.text))

    def _lines(self, block: Block) -> Iterator[Piece]:
        """Cut names out of a block, in which they may be lines of their own."""
        lines = block.text.split("\n")
        start = 0
        at = 0
        while at < len(lines):
            name = self._name_at(lines, at)
            if name is None:
                at += 1
                continue
            end, piece = name
            yield from self._rest(block, lines[start:at], begins=start == 0)
            yield replaced(piece, place=block.place)
            start = at = end
        yield from self._rest(block, lines[start:], begins=start == 0)

    def _name_at(self, lines: list[str], at: int) -> tuple[int, Piece] | None:
        """Return the name that begins at a line, and where it ends; it may take up to three."""
        for end in range(at + 1, min(at + 3, len(lines)) + 1):
            text = " ".join(lines[at:end])
            category = self.category(text)
            if category:
                return end, Piece(kind="heading", text=text, category=category)
            if len(text) <= LONGEST_NAME and self._head.is_head(text):
                return end, Piece(kind="head", column=0)
        return None

    def _rest(self, block: Block, lines: list[str], *, begins: bool) -> Iterator[Piece]:
        text = "\n".join(lines)
        if text.strip():
            kind = block.kind if begins else "paragraph"
            yield Piece(kind=kind, text=text, place=block.place, level=block.level)

    def _with_heads(self, pieces: list[Piece]) -> Iterator[Piece]:
        """Put a table's head together where each of its cells is a paragraph."""
        at = 0
        while at < len(pieces):
            three = pieces[at : at + 3]
            texts = [piece.text for piece in three]
            if all(texts) and len(texts) == 3 and self._head.is_head(" ".join(texts)):
                yield Piece(kind="head", place=three[0].place, column=0)
                at += 3
            else:
                yield pieces[at]
                at += 1


def _with_drop_caps(blocks: Iterable[Block]) -> Iterator[Block]:
    """Put a letter that is alone before the text that it begins."""
    letter: Block | None = None
    for block in blocks:
        if letter is not None and block.kind == "paragraph" and block.text[:1].islower():
            yield replaced(block, text=f"{letter.text}\n{block.text}", place=letter.place)
            letter = None
            continue
        if letter is not None:
            yield letter
        alone = block.text.strip()
        letter = block if len(alone) == 1 and alone.isupper() else None
        if letter is None:
            yield block
    if letter is not None:
        yield letter
