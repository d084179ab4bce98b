"""What became of a first step, written under it: a dated line each time someone checked; pure."""

from typing import Literal

from pl_guide.records import Record, replaced
from pl_guide.worksheet.model import FirstStep, tidy_line, tidy_text
from pl_guide.worksheet.parts import STATES, State

Decision = Literal["", "adopt", "adapt", "abandon"]


class CheckIn(Record, frozen=True, kw_only=True):
    """What was found about a step on one day.

    `on` is an ISO date, `evidence` a text, `due` the new date of a step that is still open.
    """

    on: str
    outcome: State
    evidence: str = ""
    decision: Decision = ""
    due: str = ""


def checked(step: FirstStep, found: CheckIn) -> FirstStep:
    """Give a step as it is once someone has checked on it."""
    history = (*step.history, _line(found, step.due))
    return replaced(step, state=found.outcome, due=found.due or step.due, history=history)


def bare_line(found: CheckIn) -> str:
    """Give the line of a check-in in which nothing but the outcome has been said."""
    return _line(CheckIn(on=found.on, outcome=found.outcome), "")


def _line(found: CheckIn, due_before: str) -> str:
    """Word what was found: `2026-12-01, still open, adapt, due moved to 2027-01-15: two visits`."""
    parts = [found.on, STATES[found.outcome].checked]
    if found.decision:
        parts.append(found.decision)
    if found.due and found.due != due_before:
        moved = f"due moved from {due_before} to" if due_before else "due"
        parts.append(f"{moved} {found.due}")
    evidence = tidy_line(tidy_text(found.evidence))
    return ": ".join(filter(None, [", ".join(parts), evidence]))
