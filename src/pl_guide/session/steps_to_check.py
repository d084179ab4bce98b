"""Which steps a check-in goes through, and what is known of each; pure."""

from datetime import date

from pl_guide.messages import session as messages
from pl_guide.records import Record
from pl_guide.render.wrapping import shortened
from pl_guide.surveys.progress import due_date, is_due
from pl_guide.worksheet.model import Draft, FirstStep, Worksheet

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
