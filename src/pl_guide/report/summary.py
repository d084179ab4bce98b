"""What the report takes from each worksheet, and sums that stay small over any number; pure."""

import os
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from sys import intern
from typing import Any, Generic, NamedTuple, TypeVar

from pl_guide.library import Library
from pl_guide.surveys.plan import Touched
from pl_guide.surveys.progress import Progress, due_date, progress_of
from pl_guide.worksheet.model import Worksheet

T = TypeVar("T")

STEPS_LISTED = 12
TEAMS_LISTED = 400

OTHER = ""
"""The role under which worksheets are summed up whose role the content doesn't have."""

KINDS = ("overdue", "open", "done")
"""The kinds of steps on the timeline; here, what is overdue isn't counted as open once more."""


class ListedStep(NamedTuple):
    """An open step with a date, and where it comes from; they sort by their dates."""

    due: str
    file: str
    number: int
    place: int
    text: str
    owner: str
    wording: str
    title: str
    participants: tuple[str, ...]


class Digest(NamedTuple):
    """What the report takes from one worksheet: nothing that was written as a reflection.

    `answered` and `planned` are ids of standards: an answered question touches them, one with
    steps does. `months` counts steps by the month they are due (or nothing) and their kind.
    """

    progress: Progress
    answered: tuple[str, ...]
    planned: tuple[str, ...]
    months: dict[tuple[str, str], int]
    overdue: list[ListedStep]
    coming: list[ListedStep]


def digest_of(path: str, worksheet: Worksheet, today: date, touched: Touched) -> Digest:
    """Take from a worksheet what the report needs."""
    now = today.isoformat()
    answered: dict[str, None] = {}
    planned: dict[str, None] = {}
    months: dict[tuple[str, str], int] = {}
    overdue: list[ListedStep] = []
    coming: list[ListedStep] = []
    for number, answer in enumerate(worksheet.answers, 1):
        if not answer.answered:
            continue
        standards = touched.get(
            (worksheet.framework, worksheet.role_of(answer), answer.question), ()
        )
        answered |= dict.fromkeys(standards)
        for place, step in enumerate(answer.first_steps):
            if step.state == "dropped":
                continue
            planned |= dict.fromkeys(standards)
            due = due_date(step)
            kind: str = step.state
            if due and kind == "open":
                late = due < now
                kind = "overdue" if late else kind
                (overdue if late else coming).append(
                    ListedStep(
                        due=due,
                        file=path,
                        number=number,
                        place=place,
                        text=step.text,
                        owner=step.owner,
                        wording=answer.wording,
                        title=worksheet.title,
                        participants=worksheet.participants,
                    )
                )
            key = (intern(due[:7]), kind)
            months[key] = months.get(key, 0) + 1
    return Digest(
        progress=progress_of(path, worksheet, today, {}),
        answered=tuple(answered),
        planned=tuple(planned),
        months=months,
        overdue=sorted(overdue)[:STEPS_LISTED],
        coming=sorted(coming)[:STEPS_LISTED],
    )


class Tally:
    """Sums over some worksheets."""

    __slots__ = (
        "answered", "done", "dropped", "due", "open", "overdue", "total", "updated", "worksheets",
    )  # fmt: skip

    def __init__(self) -> None:
        self.worksheets = self.answered = self.total = 0
        self.open = self.due = self.overdue = self.done = self.dropped = 0
        self.updated = ""

    def add(self, progress: Progress) -> None:
        """Count a worksheet in."""
        self.worksheets += 1
        self.answered += progress.answered
        self.total += progress.total
        self.open += progress.open
        self.due += progress.due
        self.overdue += progress.overdue
        self.done += progress.done
        self.dropped += progress.dropped
        self.updated = max(self.updated, progress.updated)

    @property
    def steps(self) -> int:
        """How many steps there are that nobody has dropped."""
        return self.open + self.done


class Foremost(Generic[T]):
    """Keeps the first few of any number of things, in an order."""

    def __init__(self, limit: int, key: Callable[[T], Any]) -> None:
        self._limit = limit
        self._key = key
        self._kept: list[T] = []

    def add(self, item: T) -> None:
        """Take a thing in."""
        self._kept.append(item)
        if len(self._kept) >= self._limit * 2:
            self._kept = self.items()

    def items(self) -> list[T]:
        """Give the first few of all that were added."""
        return sorted(self._kept, key=self._key)[: self._limit]


class Summary:
    """Everything the page shows, summed up from digests one after another."""

    def __init__(self, library: Library) -> None:
        self._framework = library.framework.id
        self._roles = {role.id for role in library.roles}
        self.whole = Tally()
        self.roles: dict[str, Tally] = {}
        self.folders: dict[str, Tally] = {}
        self.answered: Counter[tuple[str, str]] = Counter()
        self.planned: Counter[tuple[str, str]] = Counter()
        self.months: Counter[tuple[str, str]] = Counter()
        self.teams: Foremost[Progress] = Foremost(TEAMS_LISTED, _needing_a_look)
        self.overdue: Foremost[ListedStep] = Foremost(STEPS_LISTED, tuple)
        self.coming: Foremost[ListedStep] = Foremost(STEPS_LISTED, tuple)

    def add(self, digest: Digest) -> None:
        """Count a worksheet in."""
        progress = digest.progress
        role = self.role_of(progress)
        folder = os.path.dirname(progress.path)  # noqa: PTH120 - a Path for each of thousands is slow
        for tally in (
            self.whole,
            self.roles.setdefault(role, Tally()),
            self.folders.setdefault(folder, Tally()),
        ):
            tally.add(progress)
        for standard in digest.answered:
            self.answered[role, standard] += 1
        for standard in digest.planned:
            self.planned[role, standard] += 1
        for key, number in digest.months.items():
            self.months[key] += number
        self.teams.add(progress)
        for step in digest.overdue:
            self.overdue.add(step)
        for step in digest.coming:
            self.coming.add(step)

    def role_of(self, progress: Progress) -> str:
        """Give the id of a worksheet's role, or `OTHER` where the content doesn't have it."""
        known = progress.framework == self._framework and progress.role in self._roles
        return progress.role if known else OTHER

    def common_folder(self) -> str:
        """Give the folder that all worksheets lie in or under, or nothing if there is none."""
        try:
            return os.path.commonpath(self.folders)
        except ValueError:  # Some paths are absolute and some aren't, or they are on two drives.
            return ""

    def parts(self) -> dict[str, Tally]:
        """Sum up worksheets by the folders just below the one that they have in common."""
        common = self.common_folder()
        found: dict[str, Tally] = {}
        for folder, tally in sorted(self.folders.items()):
            part = within(folder, common).partition(os.sep)[0] or (folder if not common else "")
            merged = found.setdefault(part, Tally())
            for name in Tally.__slots__:
                mine, more = getattr(merged, name), getattr(tally, name)
                setattr(merged, name, max(mine, more) if name == "updated" else mine + more)
        return found


def within(path: str, folder: str) -> str:
    """Give a path as seen from a folder that it lies in, or as it is if there is none."""
    return path[len(folder) :].lstrip(os.sep) if folder else path


def as_people_count(name: str) -> list[str | int]:
    """Give the key to sort names by such that 2 comes before 10."""
    return [int(each) if each.isdecimal() else each for each in re.split(r"([0-9]{1,18})", name)]


def _needing_a_look(row: Progress) -> tuple[int, int, float, str]:
    return -row.overdue, -row.due, row.answered / max(row.total, 1), row.path
