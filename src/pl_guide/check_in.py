"""A check-in as a state machine: what became of each step, what shows it, what next.

Like the session, it knows no terminal and no file: it asks through an `Asker`, keeps through a
`Keeper`, and has each answer on disk before it asks for the next.
"""

from collections.abc import Callable
from datetime import date

from pl_guide.asking import Asker, Keeper, Prompt, Reply
from pl_guide.keeping import saved
from pl_guide.model import Question
from pl_guide.records import Record, replaced
from pl_guide.worksheet.checking import CheckIn, Decision, checked
from pl_guide.worksheet.quick_entry import parse_due
from pl_guide.worksheet.reflection import Draft, FirstStep, State, Worksheet, tidy_line, tidy_text

EVIDENCE, DUE = "evidence", "due"

STATES: dict[str, State] = {"done": "done", "open": "open", "dropped": "dropped"}
CHOSEN: dict[str, Decision] = {
    "adopt": "adopt",
    "adapt": "adapt",
    "abandon": "abandon",
    "none": "",
}

OUTCOMES = [
    ("done", "Done"),
    ("open", "Still open"),
    ("dropped", "Dropped"),
    ("skip", "Not now: leave it as it is"),
]
DECISIONS = [
    ("adopt", "Adopt: it works, keep doing it"),
    ("adapt", "Adapt: change something, and try again"),
    ("abandon", "Abandon: let it go"),
    ("none", "Nothing to decide now"),
]
EVIDENCE_LABELS: dict[State, str] = {
    "done": "What shows that it was done, and that it made a difference?",
    "open": "What do you see so far?",
    "dropped": "What made you drop it?",
}


class Place(Record, frozen=True):
    """Where a step stands: its question's id, and the step as it was when the check-in began."""

    question: str
    step: FirstStep


class _Left(Exception):
    """The person leaves; everything they said is saved."""


class _Back(Exception):
    """The person goes back to what was asked before."""


class CheckInSession:
    """One check-in on one worksheet's steps.

    `places` are the steps to go through, `drafts` text that an earlier check-in could no longer
    save, `today` the day it is dated with, `describe` puts a step into words.
    """

    def __init__(  # noqa: PLR0913 - what a check-in is made of
        self,
        worksheet: Worksheet,
        places: list[Place],
        asker: Asker,
        keeper: Keeper,
        *,
        today: date,
        now: Callable[[], str],
        describe: Callable[[Place], str],
        drafts: tuple[Draft, ...] = (),
    ) -> None:
        self.worksheet = worksheet
        self.places = places
        self.asker = asker
        self.keeper = keeper
        self.today = today
        self.now = now
        self.describe = describe
        self.typed = {(each.question, each.field): each.text for each in drafts}
        self.found: dict[int, CheckIn] = {}
        # What each step has become by what was said of it in this check-in.
        self.became: dict[int, FirstStep] = {}

    def run(self) -> bool:
        """Go through the steps; gives False if the person left early."""
        at = 0
        try:
            while at < len(self.places):
                try:
                    self._check(at)
                except _Back:
                    at = max(at - 1, 0)
                else:
                    at += 1
        except _Left:
            return False
        return True

    def _check(self, at: int) -> None:
        """Go through one step; what was asked before is asked again when the person goes back."""
        self.asker.tell(f"\nStep {at + 1} of {len(self.places)}")
        self.asker.tell(self.describe(self.places[at]))
        while True:
            outcome = self._choose("What became of it?", OUTCOMES)
            if outcome == "skip":
                return
            try:
                self._ask_evidence(at, STATES[outcome])
                if at in self.found:
                    self._decide(at)
            except _Back:
                continue
            return

    def _ask_evidence(self, at: int, state: State) -> None:
        """Ask what shows it; the answer is saved together with what became of the step."""
        place = self.places[at]
        field = evidence_field(place.step)
        before = self.found.get(at)
        text = self.typed.pop((place.question, field), before.evidence if before else "")
        reply = self._ask_text(at, field, EVIDENCE_LABELS[state], text)
        if reply.move == "back":
            self.typed[place.question, field] = reply.text
            raise _Back
        said = bool(tidy_text(reply.text))
        if said or reply.move not in {"skip", "leave"}:
            found = CheckIn(on=self.today.isoformat(), outcome=state, evidence=reply.text)
            self._record(at, found)
            self.keeper.clear_draft(place.question, field)
        if reply.move == "leave":
            raise _Left

    def _decide(self, at: int) -> None:
        while True:
            chosen = self._choose("What next?", DECISIONS)
            found = replaced(self.found[at], decision=CHOSEN[chosen])
            self._record(at, found)
            if found.outcome != "open" or found.decision == "abandon":
                return
            try:
                self._ask_due(at)
            except _Back:
                continue
            return

    def _ask_due(self, at: int) -> None:
        place = self.places[at]
        text = ""
        while True:
            label = "A new due date? Enter alone keeps it as it is."
            reply = self._ask_text(at, DUE, label, text)
            said = tidy_line(reply.text)
            due = parse_due(said, self.today) if said else ""
            if due:
                self._record(at, replaced(self.found[at], due=due))
            self.keeper.clear_draft(place.question, DUE)
            if reply.move == "back":
                raise _Back
            if reply.move == "leave":
                raise _Left
            if due is not None or reply.move == "skip":
                return
            self.asker.tell(
                f"“{said}” isn't a date I know. Try 2026-09-01, friday or +2w; or leave it empty."
            )
            text = reply.text

    def _choose(self, message: str, options: list[tuple[str, str]]) -> str:
        chosen = self.asker.choose(message, options)
        if chosen is None:
            raise _Left
        if not chosen:
            raise _Back
        return chosen

    def _ask_text(self, at: int, field: str, label: str, text: str) -> Reply:
        place = self.places[at]
        return self.asker.ask_text(
            Prompt(
                question=Question(id=place.question, text=place.step.text),
                number=at + 1,
                total=len(self.places),
                answered=len(self.found),
                field=field,
                label=label,
                text=text,
                names=self.worksheet.participants,
                bare=True,
            )
        )

    def _record(self, at: int, found: CheckIn) -> None:
        """Put what was found under the step, in place of what this check-in put there before."""
        place = self.places[at]
        answer = self.worksheet.answer(place.question)
        if answer is None:
            return
        before = self.became.get(at, place.step)
        after = checked(place.step, found)
        steps = list(answer.first_steps)
        if before in steps:
            steps[steps.index(before)] = after
        elif (changed := _same_step(steps, place.step)) is not None:
            # Someone changed it meanwhile: what was found goes under what it is now.
            after = checked(steps[changed], found)
            steps[changed] = after
        else:
            steps.append(after)
        self.found[at], self.became[at] = found, after
        sheet = self.worksheet.with_answer(replaced(answer, first_steps=tuple(steps)))
        self.worksheet, _ = saved(
            self.keeper, self.asker, replaced(sheet, updated=self.now()), found.evidence
        )


def evidence_field(step: FirstStep) -> str:
    """Name the field of a step's evidence, as drafts are kept under it."""
    return f"{EVIDENCE} of {step.text}"


def _same_step(steps: list[FirstStep], step: FirstStep) -> int | None:
    return next((place for place, each in enumerate(steps) if each.text == step.text), None)
