"""Answers prepared in a YAML file, put into a worksheet without asking; pure but for reading."""

from pl_guide.content.decoding import decode_value
from pl_guide.content.files import ContentFile
from pl_guide.errors import Problem
from pl_guide.messages.content import near_hint, wording
from pl_guide.model import Role
from pl_guide.records import Id, Record, replaced
from pl_guide.worksheet.model import (
    FirstStep,
    State,
    Worksheet,
    goes_on,
    tidy_line,
    tidy_text,
)


class PreparedStep(Record, frozen=True):
    """A first step.

    Attributes:
        text: What will be done.
        owner: Who sees to it: a name, and a job title if you like.
        due: When it is due, as `2026-12-01`.
        resources: What it takes: people, money, time, materials.
        evidence: What will show that it was done, and that it made a difference.
    """

    text: str
    owner: str = ""
    due: str = ""
    resources: str = ""
    evidence: str = ""
    state: State = "open"


class PreparedAnswer(Record, frozen=True):
    """An answer to one question, which stands over it by its id.

    Attributes:
        reflections: What you think; Markdown, as many paragraphs as you like.
        first_steps: What you will do; a step may be a text alone.
    """

    reflections: str = ""
    first_steps: tuple[PreparedStep | str, ...] = ()


Answers = dict[Id, PreparedAnswer]
"""A file of answers: each under the id of its question."""


def prepared_answers(
    file: ContentFile, role: Role
) -> tuple[dict[str, PreparedAnswer], tuple[Problem, ...]]:
    """Read answers by question id, and every problem with them."""
    found: dict[str, PreparedAnswer] = {}
    data = file.data if isinstance(file.data, dict) else {}
    ids = [each.id for each in role.questions]
    for key, value in data.items():
        if key not in ids:
            hint = near_hint(key, ids, f"there are: {', '.join(ids)}")
            sentence = wording("unknown-question", role=role.title, name=key, hint=hint)
            file.report((key,), sentence, at_key=True)
            continue
        answer = decode_value(file, value, PreparedAnswer, (key,))
        if answer is not None:
            found[key] = answer
    problems = sorted(file.problems, key=lambda each: (each.line, each.column))
    return found, tuple(problems)


def filled(worksheet: Worksheet, answers: dict[str, PreparedAnswer]) -> Worksheet:
    """Add prepared answers to a worksheet: below what stands there, and nothing twice."""
    for key, prepared in answers.items():
        answer = worksheet.answer(key)
        if answer is None:
            continue
        text = tidy_text(prepared.reflections)
        parts = [answer.reflections] if answer.reflections else []
        if text and not goes_on(answer.reflections, text):
            parts.append(text)
        steps = tuple(
            FirstStep(
                text=tidy_line(each.text),
                state=each.state,
                owner=tidy_line(each.owner),
                due=tidy_line(each.due),
                resources=tidy_line(each.resources),
                evidence=tidy_line(each.evidence),
            )
            for each in map(_whole_step, prepared.first_steps)
            if tidy_line(each.text)
        )
        worksheet = worksheet.with_answer(
            replaced(
                answer,
                reflections="\n\n".join(parts),
                first_steps=answer.first_steps
                + tuple(
                    each
                    for each in steps
                    if each not in answer.first_steps
                    and replaced(each, state="done") not in answer.first_steps
                    and replaced(each, state="dropped") not in answer.first_steps
                ),
            )
        )
    return worksheet


def _whole_step(step: PreparedStep | str) -> PreparedStep:
    return PreparedStep(step) if isinstance(step, str) else step
