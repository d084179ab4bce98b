"""A check-in as a state machine: which steps, what became of each, what shows it, what next.

Like the session, it knows no terminal and no file: it asks through an `Asker`, keeps through a
`Keeper`, and has each answer on disk before it asks for the next.
"""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from datetime import date
from typing import assert_never

from pl_guide.messages import session as messages
from pl_guide.model import Question
from pl_guide.records import Record, replaced
from pl_guide.render.wrapping import shortened
from pl_guide.session.moves import CHECK_IN, CheckInMove
from pl_guide.session.protocol import Asker, Keeper, Prompt, Reply, saved
from pl_guide.surveys.progress import due_date, is_due
from pl_guide.wording import Terms
from pl_guide.worksheet.check_in_lines import CheckIn, bare_line, checked
from pl_guide.worksheet.due_dates import due_as_typed, parse_due
from pl_guide.worksheet.model import Draft, FirstStep, Worksheet, tidy_line

LONGEST_QUESTION = 100


class StepToCheck(Record, frozen=True):
    """A step under its question's key, as it was when the check-in began.

    `begun` is a line of its history that an earlier check-in could no longer finish.
    """

    question: str
    step: FirstStep
    begun: str = ""


def evidence_field(step: FirstStep) -> str:
    """Return the name of the field of a step's evidence, as drafts are kept under it."""
    return f"evidence of {step.text}"


def due_field(step: FirstStep) -> str:
    """Return the name of the field of a step's new due date, as drafts are kept under it."""
    return f"due date of {step.text}"


def steps_to_check(
    worksheet: Worksheet, drafts: tuple[Draft, ...], today: date, *, all_steps: bool
) -> list[StepToCheck]:
    """Return the steps to go through by their dates, those first that were being checked.

    `drafts` is what was being typed when an earlier check-in ended.
    """
    typed = {(draft.question, draft.field) for draft in drafts}
    found = []
    for answer in worksheet.answers:
        for step in answer.first_steps:
            begun = any((answer.key, name(step)) in typed for name in (evidence_field, due_field))
            if begun or all_steps or is_due(step, today):
                # The line of a check-in that was cut short is written anew if it holds nothing yet.
                last = step.history[-1] if begun and step.history else ""
                order = (not begun, due_date(step) or "9999")
                found.append((order, StepToCheck(answer.key, step, last)))
    return [step for _, step in sorted(found, key=lambda row: row[0])]


def described(wanted: StepToCheck, worksheet: Worksheet, today: date) -> str:
    """Say all that a worksheet knows of a step."""
    step, answer = wanted.step, worksheet.answer(wanted.question)
    late = "" < due_date(step) < today.isoformat()
    due = (messages.OVERDUE if late else messages.DUE).format(due=step.due) if step.due else ""
    question = shortened(answer.wording, LONGEST_QUESTION) if answer else ""
    lines = [step.text, " · ".join(filter(None, (step.owner, due)))]
    lines += [messages.CHECKED.format(line=line) for line in step.history]
    lines += [messages.PLANNED.format(evidence=step.evidence)] if step.evidence else []
    lines += [messages.ASKED_BY.format(question=question)]
    return "\n".join(filter(None, lines))


@dataclass
class CheckInSession:
    """One check-in on one worksheet's steps.

    `steps` are those to go through, `drafts` text that an earlier check-in could no longer save,
    `today` the day it is dated with, and `terms` the framework's nouns.
    """

    worksheet: Worksheet
    steps: list[StepToCheck]
    asker: Asker
    keeper: Keeper
    _: KW_ONLY
    today: date
    now: Callable[[], str]
    terms: Terms
    drafts: tuple[Draft, ...] = ()

    def __post_init__(self) -> None:
        self.typed = {(draft.question, draft.field): draft.text for draft in self.drafts}
        self.found: dict[int, CheckIn] = {}
        # What each step has become in this check-in, and which line of its history says so.
        self.became: dict[int, FirstStep] = {}
        self.lines = {at: found.begun for at, found in enumerate(self.steps) if found.begun}

    def run(self) -> bool:
        """Go through the steps; return False if the person left early."""
        at = 0
        while at < len(self.steps):
            way = self._check(at)
            match way:
                case "accept" | "skip":
                    at += 1
                case "back":
                    at = max(at - 1, 0)
                case "leave":
                    return False
                case _:
                    assert_never(way)
        return True

    def _check(self, at: int) -> CheckInMove:
        """Go through one step; what was asked before is asked again when the person goes back."""
        self.asker.tell(self.terms.say(messages.STEP_NUMBER, number=at + 1, total=len(self.steps)))
        self.asker.tell(described(self.steps[at], self.worksheet, self.today))
        questions = (self._ask_outcome, self._ask_evidence, self._ask_decision, self._ask_due)
        number = 0
        while number < len(questions):
            way = questions[number](at)
            match way:
                case "accept":
                    number += 1
                case "back" if number:
                    number -= 1
                case _:
                    return way
        return "accept"

    def _ask_outcome(self, at: int) -> CheckInMove:
        """Ask what became of the step, and put it on disk."""
        outcome = self.asker.choose(messages.WHAT_BECAME, list(messages.OUTCOMES.items()))
        before = self.found.get(at)
        if outcome == "skip":
            if before:
                self._record(at, None)
                del self.found[at]
            return "skip"
        if not outcome:
            return "leave" if outcome is None else "back"
        found = CheckIn(on=self.today.isoformat(), outcome=outcome)
        if before:
            same = before.outcome == outcome
            found = before if same else replaced(found, evidence=before.evidence)
        elif self.lines.get(at) != bare_line(found):
            # The line may be another person's.
            self.lines.pop(at, None)
        self._record(at, found)
        return "accept"

    def _ask_evidence(self, at: int) -> CheckInMove:
        found, field = self.found[at], evidence_field(self.steps[at].step)
        draft = (self.steps[at].question, field)
        text = self.typed.pop(draft, found.evidence)
        reply = self._ask_text(at, field, messages.EVIDENCE[found.outcome], text)
        if reply.move == "back":
            self.typed[draft] = reply.text
        else:
            self._record(at, replaced(found, evidence=reply.text))
            self.keeper.clear_draft(*draft)
        return reply.move

    def _ask_decision(self, at: int) -> CheckInMove:
        """Ask what next; a step that isn't open any more is done with then."""
        chosen = self.asker.choose(messages.WHAT_NEXT, list(messages.DECISIONS.items()))
        if not chosen:
            return "leave" if chosen is None else "back"
        found = replaced(self.found[at], decision="" if chosen == "none" else chosen)
        if found.outcome == "open" and found.decision == "abandon":
            found = replaced(found, outcome="dropped")
        self._record(at, found)
        return "accept" if found.outcome == "open" else "skip"

    def _ask_due(self, at: int) -> CheckInMove:
        step, field = self.steps[at].step, due_field(self.steps[at].step)
        draft = (self.steps[at].question, field)
        text = self.typed.pop(draft, self.found[at].due)
        while True:
            reply = self._ask_text(at, field, messages.NEW_DUE, text)
            typed = tidy_line(reply.text)
            if reply.move == "accept" and typed and not parse_due(typed, self.today):
                self.asker.tell(messages.NO_DATE.format(typed=typed))
                text = reply.text
                continue
            due = due_as_typed(typed, step.due, self.today) if typed else ""
            self._record(at, replaced(self.found[at], due=due))
            self.keeper.clear_draft(*draft)
            return reply.move

    def _ask_text(self, at: int, field: str, label: str, text: str) -> Reply[CheckInMove]:
        found = self.steps[at]
        prompt = Prompt(
            question=Question(id=found.question, text=found.step.text),
            field=field,
            label=label,
            moves=CHECK_IN,
            text=text,
            names=self.worksheet.participants,
            bare=True,
            terms=self.terms,
        )
        return self.asker.ask_text(prompt)

    def _record(self, at: int, found: CheckIn | None) -> None:
        """Put what was found under the step, in place of what this check-in put there before."""
        wanted = self.steps[at]
        answer = self.worksheet.answer(wanted.question)
        if answer is None:
            return
        steps = list(answer.first_steps)
        known = self.became.get(at, wanted.step)
        # The step itself, or if someone changed it meanwhile, the one with its text.
        alike = [step for step in steps if step.text == known.text]
        there = known if known in steps else next(iter(alike), None)
        current = self._unchecked(at, there or wanted.step)
        after = checked(current, found) if found else current
        # If someone took it out meanwhile, what was found keeps it.
        place = steps.index(there) if there else len(steps)
        steps[place : place + 1] = [after]
        self.became[at] = after
        self.lines[at] = after.history[-1] if found else ""
        if found:
            self.found[at] = found
        sheet = self.worksheet.with_answer(replaced(answer, first_steps=tuple(steps)))
        if sheet != self.worksheet:
            sheet = replaced(sheet, updated=self.now())
            self.worksheet, _ = saved(self.keeper, self.asker, sheet)

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
