"""The first steps of many worksheets in one list, each with where it comes from; pure."""

import hashlib
from collections.abc import Iterable
from pathlib import PurePath
from sys import intern
from typing import Any

from pl_guide.library import Library
from pl_guide.records import Record, into_plain
from pl_guide.surveys.progress import due_date
from pl_guide.text import fold
from pl_guide.worksheet.model import FirstStep, Worksheet
from pl_guide.worksheet.parts import State

Touched = dict[tuple[str, str, str], tuple[str, ...]]
"""The ids of the standards that each question touches: by framework, role and question id."""


class PlannedStep(Record, frozen=True):
    """A first step, and the question and file it comes from.

    `due` is an ISO date or empty; `step.due` is what the worksheet says. `uid` names the step for
    calendars: it stays the same while the step's text, its question, and the worksheet's name and
    beginning do: `origin` holds the latter. `place` is its number among the steps of its question.
    """

    due: str
    step: FirstStep
    file: str
    framework: str
    role: str
    title: str
    participants: tuple[str, ...]
    question: str
    number: int
    wording: str
    standards: tuple[str, ...]
    place: int
    updated: str
    origin: str

    @property
    def uid(self) -> str:
        """What calendars know the step by; 32 hexadecimal digits."""
        named = f"{self.origin}\n{self.step.text}"
        return hashlib.sha256(named.encode(errors="surrogatepass")).hexdigest()[:32]


class Wanted(Record, frozen=True, kw_only=True):
    """Which steps are wanted; what is empty leaves all in.

    `due_before` is an ISO date, `standard` the id of a standard, `role` that of a role.
    """

    owner: str = ""
    due_before: str = ""
    role: str = ""
    standard: str = ""
    states: tuple[State, ...] = ()


def touched_standards(library: Library) -> Touched:
    """Give the standards that all questions of a library touch."""
    return {
        (library.framework.id, role.id, question.id): tuple(
            each.id for each in library.standards_of(question.standards)
        )
        for role in library.roles
        for question in role.questions
    }


def planned_steps(
    path: str, worksheet: Worksheet, touched: Touched, wanted: Wanted
) -> list[PlannedStep]:
    """Give the steps of one worksheet that are wanted."""
    found = []
    # What thousands of steps say alike is held once, and goes from one process to another once.
    framework = intern(worksheet.framework)
    title, updated = intern(worksheet.title), intern(worksheet.updated)
    beginning = f"{PurePath(path).name}\n{framework}\n{worksheet.role}\n{worksheet.started}"
    for number, answer in enumerate(worksheet.answers, 1):
        if not answer.first_steps:
            continue
        role = intern(worksheet.role_of(answer))
        question, wording = intern(answer.question), intern(answer.wording)
        standards = touched.get((framework, role, question), ())
        other_role = wanted.role and role != wanted.role
        if other_role or (wanted.standard and wanted.standard not in standards):
            continue
        origin = f"{beginning}\n{answer.key}"
        for place, step in enumerate(answer.first_steps):
            due = due_date(step)
            if (
                (wanted.states and step.state not in wanted.states)
                or (wanted.due_before and not "" < due < wanted.due_before)
                or (wanted.owner and fold(wanted.owner) not in fold(step.owner))
            ):
                continue
            found.append(
                PlannedStep(
                    due=due,
                    step=step,
                    file=path,
                    framework=framework,
                    role=role,
                    title=title,
                    participants=worksheet.participants,
                    question=question,
                    number=number,
                    wording=wording,
                    standards=standards,
                    place=place,
                    updated=updated,
                    origin=origin,
                )
            )
    return found


def plain_steps(steps: Iterable[PlannedStep]) -> list[dict[str, Any]]:
    """Return steps as plain data, each with its fields beside where it comes from."""
    rows = []
    for planned in steps:
        source = into_plain(planned) | {"uid": planned.uid}
        del source["origin"]
        fields = source.pop("step")
        dates = {"due": source.pop("due"), "due_said": fields.pop("due")}
        rows.append(dates | fields | source)
    return rows


def in_order(steps: Iterable[PlannedStep]) -> list[PlannedStep]:
    """Put steps in the order of their dates, those without one last."""
    return sorted(steps, key=by_date)


def by_date(step: PlannedStep) -> tuple[str, str, int, int]:
    """Return what steps are put in order by."""
    return step.due or "9999", step.file, step.number, step.place
