"""What a session asks and keeps, and of whom: prompts and replies, `Asker` and `Keeper`; pure."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Generic, Literal, Protocol, TypeVar

from pl_guide.errors import WorksheetError
from pl_guide.model import Question
from pl_guide.records import Record
from pl_guide.session.moves import Aid, M_co, Move, ReviewMove
from pl_guide.wording import Phrases, Terms
from pl_guide.worksheet.format.markdown import format_answers
from pl_guide.worksheet.model import FirstStep, Worksheet
from pl_guide.worksheet.three_way import Merged

M = TypeVar("M", bound=str)
C = TypeVar("C", bound=str)

Keep = Callable[[str, str, str], None]
"""Puts text being typed into the draft: question id, field, text."""


class Reply(Record, Generic[M_co], frozen=True):
    """What a person did in a field, and the text that was in it then."""

    move: M_co
    text: str = ""


ReviewReply = Reply[ReviewMove]
SaveReply = Reply[Literal["accept", "leave"]]


class Prompt(Record, Generic[M_co], frozen=True, kw_only=True):
    """A field to fill: which question it belongs to, what it is called, what is in it.

    `moves` is the table of what its session answers. `terms` and `phrases` are the framework's own
    words for what is said around it. Of a `bare` one, what it belongs to has been shown before.
    The text of a `recalled` one is that of a step above, for which another may be recalled.
    """

    question: Question
    number: int = 1
    total: int = 1
    answered: int = 0
    field: str
    label: str
    moves: tuple[Move[M_co] | Aid, ...]
    text: str = ""
    steps: tuple[FirstStep, ...] = ()
    names: tuple[str, ...] = ()
    responsibilities: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()
    fresh: bool = True
    terms: Terms = Terms()
    phrases: Phrases = Phrases()
    bare: bool = False
    recalled: bool = False


class State(Record, frozen=True):
    """One line of the review: a question, and what there is of its answer."""

    number: int
    wording: str
    reflected: bool
    steps: int
    terms: Terms = Terms()


class Asker(Protocol):
    """Whoever puts the questions to a person.

    Drafts are kept by `keep`; `opening` says, when a session begins, how to get on in it.
    """

    keep: Keep
    opening: str

    def ask_text(self, prompt: Prompt[M]) -> Reply[M]:
        """Ask for reflections, for a first step, or for a detail of one."""

    def ask_review(self, states: tuple[State, ...]) -> ReviewReply:
        """Show how far answers are; `accept` with a number opens that question, without ends."""

    def ask_elsewhere(self, error: WorksheetError, unsaved: str) -> SaveReply:
        """Say that a save failed; `accept` with a path saves there, without tries again.

        `unsaved` is the text that is at risk, for the person to copy if nothing else helps.
        """

    def choose(self, message: str, options: list[tuple[C, str]]) -> C | Literal[""] | None:
        """Let a person choose one of (value, words); empty if they go back, None if they leave."""

    def tell(self, text: str) -> None:
        """Say something."""

    def held(self) -> AbstractContextManager[None]:
        """Keep the terminal ready for the next field, all through a session."""

    def end(self, error: BaseException) -> None:
        """Leave with an error as soon as nothing is half done; for a signal's handler to call."""


class Keeper(Protocol):
    """Whoever keeps the words."""

    def save(self, worksheet: Worksheet) -> tuple[Worksheet, Merged | None]:
        """Save; return what is on disk now, and how others' words came into it.

        Raises:
            WorksheetError: it couldn't be saved.
        """

    def move(self, path: str) -> None:
        """Save in another file from now on."""

    def clear_draft(self, question: str, field: str) -> None:
        """Forget the text that was typed in a field: it has been saved."""


def saved(keeper: Keeper, asker: Asker, worksheet: Worksheet) -> tuple[Worksheet, Merged | None]:
    """Save, and return what is on disk then; where it can't be saved, ask where to save instead.

    Raises:
        WorksheetError: it couldn't be saved, and the person left.
    """
    while True:
        try:
            return keeper.save(worksheet)
        except WorksheetError as error:
            reply = asker.ask_elsewhere(error, format_answers(worksheet))
            if reply.move == "leave":
                raise
            if reply.text.strip():
                keeper.move(reply.text.strip())
