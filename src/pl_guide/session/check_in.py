"""A check-in as a state machine: what became of each step, what shows it, what next.

Like the session, it knows no terminal and no file: it asks through an `Asker`, keeps through a
`Keeper`, and has each answer on disk before it asks for the next.
"""

from collections.abc import Callable
from datetime import date
from typing import assert_never

from pl_guide.messages import session as messages
from pl_guide.model import Question, Terms
from pl_guide.records import replaced
from pl_guide.session.moves import CHECK_IN, CheckInMove
from pl_guide.session.protocol import Asker, C, Keeper, Prompt, Reply
from pl_guide.session.saving import saved
from pl_guide.session.steps_to_check import StepToCheck, described, due_field, evidence_field
from pl_guide.worksheet.check_in_lines import CheckIn, bare_line, checked
from pl_guide.worksheet.due_dates import due_as_typed, parse_due
from pl_guide.worksheet.model import Draft, FirstStep, Worksheet, tidy_line
from pl_guide.worksheet.parts import State


class _Left(Exception):
    """The person leaves; everything they said is saved."""


class _Back(Exception):
    """The person goes back to what was asked before."""


class CheckInSession:
    """One check-in on one worksheet's steps.

    `steps` are those to go through, `drafts` text that an earlier check-in could no longer save,
    `today` the day it is dated with, and `terms` the framework's nouns.
    """

    def __init__(  # noqa: PLR0913 - what a check-in is made of
        self,
        worksheet: Worksheet,
        steps: list[StepToCheck],
        asker: Asker,
        keeper: Keeper,
        *,
        today: date,
        now: Callable[[], str],
        terms: Terms,
        drafts: tuple[Draft, ...] = (),
    ) -> None:
        self.worksheet = worksheet
        self.steps = steps
        self.asker = asker
        self.keeper = keeper
        self.today = today
        self.now = now
        self.terms = terms
        self.typed = {(draft.question, draft.field): draft.text for draft in drafts}
        self.found: dict[int, CheckIn] = {}
        # What each step has become in this check-in, and which line of its history says so.
        self.became: dict[int, FirstStep] = {}
        self.lines = {at: found.begun for at, found in enumerate(steps) if found.begun}

    def run(self) -> bool:
        """Go through the steps; return False if the person left early."""
        at = 0
        try:
            while at < len(self.steps):
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
        self.asker.tell(self.terms.say(messages.STEP_NUMBER, number=at + 1, total=len(self.steps)))
        self.asker.tell(described(self.steps[at], self.worksheet, self.today))
        while True:
            outcome = self._choose(messages.WHAT_BECAME, messages.OUTCOMES)
            if outcome == "skip":
                if at in self.found:
                    self._record(at, None)
                    del self.found[at]
                return
            if self._ask_further(at, outcome):
                return

    def _ask_further(self, at: int, state: State) -> bool:
        """Ask what shows it, and what next; return False if the person goes back to the outcome."""
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
        key, field = self.steps[at].question, evidence_field(self.steps[at].step)
        before = self.found.get(at)
        found = CheckIn(on=self.today.isoformat(), outcome=state)
        if before:
            same = before.outcome == state
            found = before if same else replaced(found, evidence=before.evidence)
        elif self.lines.get(at) != bare_line(found):
            # The line may be another person's.
            self.lines.pop(at, None)
        self._record(at, found)
        text = self.typed.pop((key, field), found.evidence)
        reply = self._ask_text(at, field, messages.EVIDENCE[state], text)
        if reply.move == "back":
            self.typed[key, field] = reply.text
            raise _Back
        self._record(at, replaced(found, evidence=reply.text))
        self.keeper.clear_draft(key, field)
        match reply.move:
            case "accept":
                return True
            case "skip":
                return False
            case "leave":
                raise _Left
            case _:
                assert_never(reply.move)

    def _decide(self, at: int) -> None:
        while True:
            chosen = self._choose(messages.WHAT_NEXT, messages.DECISIONS)
            found = replaced(self.found[at], decision="" if chosen == "none" else chosen)
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
        key, step = self.steps[at].question, self.steps[at].step
        field = due_field(step)
        text = self.typed.pop((key, field), self.found[at].due)
        while True:
            reply = self._ask_text(at, field, messages.NEW_DUE, text)
            typed = tidy_line(reply.text)
            if reply.move == "accept" and typed and not parse_due(typed, self.today):
                self.asker.tell(messages.NO_DATE.format(typed=typed))
                text = reply.text
                continue
            due = due_as_typed(typed, step.due, self.today) if typed else ""
            self._record(at, replaced(self.found[at], due=due))
            self.keeper.clear_draft(key, field)
            match reply.move:
                case "accept" | "skip":
                    return
                case "back":
                    raise _Back
                case "leave":
                    raise _Left
                case _:
                    assert_never(reply.move)

    def _choose(self, message: str, options: dict[C, str]) -> C:
        chosen = self.asker.choose(message, list(options.items()))
        if chosen is None:
            raise _Left
        if chosen == "":
            raise _Back
        return chosen

    def _ask_text(self, at: int, field: str, label: str, text: str) -> Reply[CheckInMove]:
        found = self.steps[at]
        return self.asker.ask_text(
            Prompt(
                question=Question(id=found.question, text=found.step.text),
                number=at + 1,
                total=len(self.steps),
                answered=len(self.found),
                field=field,
                label=label,
                moves=CHECK_IN,
                text=text,
                names=self.worksheet.participants,
                bare=True,
                terms=self.terms,
            )
        )

    def _record(self, at: int, found: CheckIn | None) -> None:
        """Put what was found under the step, in place of what this check-in put there before."""
        wanted = self.steps[at]
        answer = self.worksheet.answer(wanted.question)
        if answer is None:
            return
        steps = list(answer.first_steps)
        there = _index_of(self.became.get(at, wanted.step), steps)
        current = self._unchecked(at, steps[there] if there is not None else wanted.step)
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
        """Return a step without what this check-in has put there; what others changed stays."""
        line, found, before = self.lines.get(at, ""), self.found.get(at), self.steps[at].step
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


def _index_of(step: FirstStep, steps: list[FirstStep]) -> int | None:
    """Find a step, or if someone changed it meanwhile, the one with its text."""
    if step in steps:
        return steps.index(step)
    return next((at for at, other in enumerate(steps) if other.text == step.text), None)
