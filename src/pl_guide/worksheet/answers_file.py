"""Answers prepared in a YAML file, put into a worksheet without asking; pure but for reading."""

from collections.abc import Iterator
from typing import Any, assert_never

from pl_guide.content.files import ContentFile, decode_value
from pl_guide.errors import Problem
from pl_guide.messages.content import near_hint, wording
from pl_guide.model import Role
from pl_guide.records import Id, Record, replaced
from pl_guide.worksheet.model import FirstStep, Worksheet, goes_on, tidy_line, tidy_text
from pl_guide.worksheet.parts import ANSWER_PARTS, STATE_NAMES, STEP_FIELDS


class PreparedAnswer(Record, frozen=True):
    """An answer to one question, given under the question's id.

    Attributes:
        reflections: What you think; Markdown, as many paragraphs as you like.
        first_steps: What you will do; a step may be a text alone.
        notes: What else belongs under the question.
    """

    reflections: str = ""
    first_steps: tuple[FirstStep | str, ...] = ()
    notes: str = ""


Answers = dict[Id, PreparedAnswer]
"""A file of answers: each under the id of its question."""


def prepared_answers(
    file: ContentFile, role: Role
) -> tuple[dict[str, PreparedAnswer], tuple[Problem, ...]]:
    """Read answers by question id, and every problem with them."""
    found: dict[str, PreparedAnswer] = {}
    ids = [each.id for each in role.questions]
    for key, value in (file.data or {}).items():
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
    """Return a worksheet with prepared answers added: below what is there, and nothing twice."""
    for key, prepared in answers.items():
        answer = worksheet.answer(key)
        if answer is None:
            continue
        added: dict[str, Any] = {}
        for part in ANSWER_PARTS:
            before, value = getattr(answer, part.name), getattr(prepared, part.name)
            match part.kind:
                case "text":
                    text = tidy_text(value)
                    new = [text] if text and not goes_on(before, text) else []
                    added[part.name] = "\n\n".join([*filter(None, [before]), *new])
                case "steps":
                    added[part.name] = before + tuple(_new_steps(value, before))
                case _:
                    assert_never(part.kind)
        worksheet = worksheet.with_answer(replaced(answer, **added))
    return worksheet


def _new_steps(
    prepared: tuple[FirstStep | str, ...], known: tuple[FirstStep, ...]
) -> Iterator[FirstStep]:
    """Give the steps that aren't known yet, in whatever state they have come to since."""
    for given in prepared:
        step = _tidied(FirstStep(text=given) if isinstance(given, str) else given)
        states = {step, *(replaced(step, state=state) for state in STATE_NAMES)}
        if step.text and states.isdisjoint(known):
            yield step


def _tidied(step: FirstStep) -> FirstStep:
    tidied: dict[str, Any] = {}
    for field in STEP_FIELDS:
        value = getattr(step, field.name)
        match field.kind:
            case "action" | "line":
                tidied[field.name] = tidy_line(value)
            case "lines":
                tidied[field.name] = tuple(filter(None, map(tidy_line, value)))
            case "text":
                tidied[field.name] = tidy_text(value)
            case "state":
                tidied[field.name] = value
            case _:
                assert_never(field.kind)
    return FirstStep(**tidied)
