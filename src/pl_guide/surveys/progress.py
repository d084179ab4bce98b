"""How far worksheets are: what is answered, which steps are due, what has been reworded; pure."""

import re
from datetime import date, timedelta
from functools import lru_cache

from pl_guide.library import Library
from pl_guide.records import Record
from pl_guide.worksheet.model import FirstStep, Worksheet, tidy_line

DUE_DAYS = 14
"""A step counts as due from this many days before its date."""

Wordings = dict[tuple[str, str, str], str]
"""How questions are worded today: by framework, role and question id."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class Progress(Record, frozen=True):
    """How far one worksheet is.

    `due` steps are open with a date in the next `DUE_DAYS` days, `overdue` ones with a date that
    is past; both are among the `open` ones. `reworded` are the numbers of answered questions that
    are worded differently today.
    """

    path: str
    framework: str
    role: str
    title: str
    participants: tuple[str, ...]
    answered: int
    total: int
    open: int
    due: int
    overdue: int
    done: int
    dropped: int
    updated: str
    reworded: tuple[int, ...]


def wordings_of(library: Library) -> Wordings:
    """Give how all questions of a library are worded."""
    return {
        (library.framework.id, role.id, question.id): tidy_line(question.text)
        for role in library.roles
        for question in role.questions
    }


def progress_of(path: str, worksheet: Worksheet, today: date, wordings: Wordings) -> Progress:
    """Tell how far a worksheet is."""
    states = {"open": 0, "done": 0, "dropped": 0}
    due = overdue = answered = 0
    reworded = []
    now, soon = today.isoformat(), (today + timedelta(DUE_DAYS)).isoformat()
    for number, answer in enumerate(worksheet.answers, 1):
        if not answer.answered:
            continue
        answered += 1
        worded = wordings.get((worksheet.framework, worksheet.role_of(answer), answer.question))
        if worded is not None and worded != answer.wording:
            reworded.append(number)
        for step in answer.first_steps:
            states[step.state] += 1
            if step.state == "open":
                day = due_date(step)
                overdue += bool(day) and day < now
                due += now <= day <= soon
    return Progress(
        path=path,
        framework=worksheet.framework,
        role=worksheet.role,
        title=worksheet.title,
        participants=worksheet.participants,
        answered=answered,
        total=len(worksheet.answers),
        due=due,
        overdue=overdue,
        updated=worksheet.updated,
        reworded=tuple(reworded),
        **states,
    )


def is_due(step: FirstStep, today: date) -> bool:
    """Tell whether a step is open and its date is past, or no more than `DUE_DAYS` days away."""
    return step.state == "open" and "" < due_date(step) <= (today + timedelta(DUE_DAYS)).isoformat()


def due_date(step: FirstStep) -> str:
    """Give the ISO date a step is due, the first one where it names several, or nothing."""
    return _first_date(step.due) if step.due else ""


# Thousands of steps are due on the same few hundred days, and each is asked several times.
@lru_cache(maxsize=4096)
def _first_date(text: str) -> str:
    return min(filter(_is_date, _DATE.findall(text)), default="")


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
