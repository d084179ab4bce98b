"""What a session asks and keeps, and of whom: prompts and replies, `Asker` and `Keeper`; pure."""

from typing import Literal, Protocol

from pl_guide.errors import WorksheetError
from pl_guide.model import Phrases, Question, Terms
from pl_guide.records import Record
from pl_guide.worksheet.model import FirstStep, Worksheet
from pl_guide.worksheet.three_way import Merged

REFLECTIONS, FIRST_STEPS = "reflections", "first_steps"
DETAILS = ("owner", "due", "resources", "evidence")

Move = Literal["accept", "next_field", "back", "skip", "review", "leave", "recall"]


class Reply(Record, frozen=True):
    """What a person did in a field, and the text that stood in it then.

    `recall` asks for the step above, to mend it or take it out.
    """

    move: Move
    text: str = ""


class Prompt(Record, frozen=True, kw_only=True):
    """A field to fill: which question it belongs to, what it is called, what stands in it.

    `terms` and `phrases` are the framework's own words for what is said around it.
    A `bare` one stands alone: what it belongs to has been said.
    """

    question: Question
    number: int
    total: int
    answered: int
    field: str
    label: str
    text: str = ""
    steps: tuple[FirstStep, ...] = ()
    names: tuple[str, ...] = ()
    responsibilities: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()
    fresh: bool = True
    terms: Terms = Terms()
    phrases: Phrases = Phrases()
    bare: bool = False


class State(Record, frozen=True):
    """One line of the review: a question, and what there is of its answer."""

    number: int
    wording: str
    reflected: bool
    steps: int
    terms: Terms = Terms()


class Asker(Protocol):
    """Whoever puts the questions to a person."""

    def ask_text(self, prompt: Prompt) -> Reply:
        """Ask for reflections, for a first step, or for a detail of one."""

    def ask_review(self, states: tuple[State, ...]) -> Reply:
        """Show where things stand; `accept` with a number opens that question, without ends."""

    def ask_elsewhere(self, error: WorksheetError, unsaved: str) -> Reply:
        """Say that a save failed; `accept` with a path saves there, without tries again.

        `unsaved` is the text that is at risk, for the person to copy if nothing else helps.
        """

    def choose(self, message: str, options: list[tuple[str, str]]) -> str | None:
        """Let a person choose one of (value, words); empty if they go back, None if they leave."""

    def tell(self, text: str) -> None:
        """Say something."""


class Keeper(Protocol):
    """Whoever keeps the words."""

    def save(self, worksheet: Worksheet) -> tuple[Worksheet, Merged | None]:
        """Save; give what is on disk now, and how others' words came into it.

        Raises:
            WorksheetError: it couldn't be saved.
        """

    def move(self, path: str) -> None:
        """Save in another file from now on."""

    def clear_draft(self, question: str, field: str) -> None:
        """Forget the text that was typed in a field: it has been saved."""
