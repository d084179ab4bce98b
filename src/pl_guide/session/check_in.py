"""A check-in as a state machine: what became of each step, what shows it, what next.

Like the session, it knows no terminal and no file: it asks through an `Asker`, keeps through a
`Keeper`, and has each answer on disk before it asks for the next.
"""

from collections.abc import Callable
from datetime import date

from pl_guide.model import Question, Terms
from pl_guide.records import Record, replaced
from pl_guide.session.protocol import Asker, Keeper, Prompt, Reply
from pl_guide.session.saving import saved
from pl_guide.text import raised
from pl_guide.worksheet.check_in_lines import CheckIn, Decision, bare_line, checked
from pl_guide.worksheet.due_dates import due_as_typed, parse_due
from pl_guide.worksheet.model import Draft, FirstStep, Worksheet, tidy_line
from pl_guide.worksheet.parts import State

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
    """Where a step stands: its question's id, and the step as it was when the check-in began.

    `begun` is a line of its history that an earlier check-in could no longer finish.
    """

    question: str
    step: FirstStep
    begun: str = ""


class _Left(Exception):
    """The person leaves; everything they said is saved."""


class _Back(Exception):
    """The person goes back to what was asked before."""


class CheckInSession:
    """One check-in on one worksheet's steps.

    `places` are the steps to go through, `drafts` text that an earlier check-in could no longer
    save, `today` the day it is dated with, `describe` puts a step into words, `terms` are the
    framework's nouns.
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
        terms: Terms,
        drafts: tuple[Draft, ...] = (),
    ) -> None:
        self.worksheet = worksheet
        self.places = places
        self.asker = asker
        self.keeper = keeper
        self.today = today
        self.now = now
        self.describe = describe
        self.terms = terms
        self.typed = {(each.question, each.field): each.text for each in drafts}
        self.found: dict[int, CheckIn] = {}
        # What each step has become in this check-in, and which line of its history says so.
        self.became: dict[int, FirstStep] = {}
        self.lines = {at: place.begun for at, place in enumerate(places) if place.begun}

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
        step = raised(self.terms.step.one)
        self.asker.tell(f"\n{step} {at + 1} of {len(self.places)}")
        self.asker.tell(self.describe(self.places[at]))
        while True:
            outcome = self._choose("What became of it?", OUTCOMES)
            if outcome == "skip":
                if at in self.found:
                    self._record(at, None)
                    del self.found[at]
                return
            if self._ask_further(at, STATES[outcome]):
                return

    def _ask_further(self, at: int, state: State) -> bool:
        """Ask what shows it, and what next; gives False if the person goes back to the outcome."""
        while True:
            try:
                going_on = self._ask_evidence(at, state)
            except _Back:
                return False
            try:
                if going_on:
                    self._decide(at)
            except _Back:
                continue
            return True

    def _ask_evidence(self, at: int, state: State) -> bool:
        """Put on disk what became of the step, and ask what shows it; False skips the rest."""
        place = self.places[at]
        field = evidence_field(place.step)
        before = self.found.get(at)
        found = CheckIn(on=self.today.isoformat(), outcome=state)
        if before:
            same = before.outcome == state
            found = before if same else replaced(found, evidence=before.evidence)
        elif self.lines.get(at) != bare_line(found):
            # The line may be another person's.
            self.lines.pop(at, None)
        self._record(at, found)
        text = self.typed.pop((place.question, field), found.evidence)
        reply = self._ask_text(at, field, EVIDENCE_LABELS[state], text)
        if reply.move == "back":
            self.typed[place.question, field] = reply.text
            raise _Back
        self._record(at, replaced(found, evidence=reply.text))
        self.keeper.clear_draft(place.question, field)
        if reply.move == "leave":
            raise _Left
        return reply.move != "skip"

    def _decide(self, at: int) -> None:
        while True:
            chosen = self._choose("What next?", DECISIONS)
            found = replaced(self.found[at], decision=CHOSEN[chosen])
            if found.outcome == "open" and found.decision == "abandon":
                found = replaced(found, outcome="dropped")
            self._record(at, found)
            if found.outcome != "open":
                return
            try:
                self._ask_due(at)
            except _Back:
                continue
            return

    def _ask_due(self, at: int) -> None:
        place = self.places[at]
        field = due_field(place.step)
        text = self.typed.pop((place.question, field), self.found[at].due)
        while True:
            label = "A new due date? Enter alone keeps it as it is."
            reply = self._ask_text(at, field, label, text)
            said = tidy_line(reply.text)
            known = not said or parse_due(said, self.today)
            if not known and reply.move in {"accept", "next_field"}:
                self.asker.tell(
                    f"“{said}” isn't a date I know. Try 2026-09-01, Dec 15, friday or +2w; "
                    "or leave it empty."
                )
                text = reply.text
                continue
            due = due_as_typed(said, place.step.due, self.today) if said else ""
            self._record(at, replaced(self.found[at], due=due))
            self.keeper.clear_draft(place.question, field)
            if reply.move == "back":
                raise _Back
            if reply.move == "leave":
                raise _Left
            return

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
                terms=self.terms,
            )
        )

    def _record(self, at: int, found: CheckIn | None) -> None:
        """Put what was found under the step, in place of what this check-in put there before."""
        place = self.places[at]
        answer = self.worksheet.answer(place.question)
        if answer is None:
            return
        steps = list(answer.first_steps)
        there = _place_of(self.became.get(at, place.step), steps)
        current = self._unchecked(at, steps[there] if there is not None else place.step)
        after = checked(current, found) if found else current
        if there is None:
            # Someone took it out meanwhile; what was found keeps it.
            steps.append(after)
        else:
            steps[there] = after
        self.became[at] = after
        self.lines[at] = after.history[-1] if found else ""
        if found:
            self.found[at] = found
        sheet = self.worksheet.with_answer(replaced(answer, first_steps=tuple(steps)))
        if sheet == self.worksheet:
            return
        self.worksheet, _ = saved(
            self.keeper,
            self.asker,
            replaced(sheet, updated=self.now()),
            found.evidence if found else "",
        )

    def _unchecked(self, at: int, step: FirstStep) -> FirstStep:
        """Give a step without what this check-in has put there; what others changed stays."""
        line, found, before = self.lines.get(at, ""), self.found.get(at), self.places[at].step
        if not line or line not in step.history:
            return step
        kept = list(step.history)
        kept.remove(line)
        step = replaced(step, history=tuple(kept))
        if found and step.state == found.outcome:
            step = replaced(step, state=before.state)
        if found and found.due and step.due == found.due:
            step = replaced(step, due=before.due)
        return step


def _place_of(step: FirstStep, steps: list[FirstStep]) -> int | None:
    """Find a step, or if someone changed it meanwhile, the one with its text."""
    if step in steps:
        return steps.index(step)
    return next((place for place, each in enumerate(steps) if each.text == step.text), None)


def evidence_field(step: FirstStep) -> str:
    """Name the field of a step's evidence, as drafts are kept under it."""
    return f"evidence of {step.text}"


def due_field(step: FirstStep) -> str:
    """Name the field of a step's new due date, as drafts are kept under it."""
    return f"due date of {step.text}"
