"""What the report takes from each worksheet, and sums that stay small over any number; pure."""

import os
import re
from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from pl_guide.library import Library
from pl_guide.surveys.plan import PlannedStep, Touched, Wanted, by_date, planned_steps
from pl_guide.surveys.progress import Progress, progress_of
from pl_guide.worksheet.model import Worksheet

T = TypeVar("T")

STEPS_LISTED = 12
TEAMS_LISTED = 400

OTHER = ""
"""The role under which worksheets are summed up whose role the content doesn't have."""

KINDS = ("overdue", "open", "done")
"""The kinds of steps on the timeline; here, what is overdue isn't counted as open once more."""


class Digest(NamedTuple):
    """What the report takes from one worksheet: nothing that was written as a reflection.

    `answered` and `planned` are ids of standards: an answered question touches them, one with
    steps does. `months` has each step's month when it is due (or nothing), and its kind.
    """

    progress: Progress
    answered: set[str]
    planned: set[str]
    months: list[tuple[str, str]]
    overdue: list[PlannedStep]
    coming: list[PlannedStep]


def digest_of(path: str, worksheet: Worksheet, today: date, touched: Touched) -> Digest:
    """Take from a worksheet what the report needs."""
    now = today.isoformat()
    dated: dict[str, list[PlannedStep]] = {"overdue": [], "open": []}
    digest = Digest(progress_of(path, worksheet, today, {}), set(), set(), [], *dated.values())
    for answer in worksheet.answers:
        if answer.answered:
            key = (worksheet.framework, worksheet.role_of(answer), answer.question)
            digest.answered.update(touched.get(key, ()))
    for step in planned_steps(path, worksheet, touched, Wanted(states=("open", "done"))):
        kind: str = step.step.state
        if step.due and kind == "open":
            kind = "overdue" if step.due < now else kind
            keep_first(dated[kind], step, STEPS_LISTED, by_date)
        digest.planned.update(step.standards)
        digest.months.append((step.due[:7], kind))
    return digest


@dataclass(slots=True)
class Tally:
    """Sums over some worksheets; `updated` is the last change to any."""

    worksheets: int = 0
    answered: int = 0
    total: int = 0
    open: int = 0
    due: int = 0
    overdue: int = 0
    done: int = 0
    dropped: int = 0
    updated: str = ""

    def add(self, more: "Progress | Tally") -> None:
        """Count in a worksheet, or several."""
        self.worksheets += more.worksheets if isinstance(more, Tally) else 1
        self.answered += more.answered
        self.total += more.total
        self.open += more.open
        self.due += more.due
        self.overdue += more.overdue
        self.done += more.done
        self.dropped += more.dropped
        self.updated = max(self.updated, more.updated)

    @property
    def steps(self) -> int:
        """How many steps there are that nobody has dropped."""
        return self.open + self.done


class Summary:
    """Everything the page shows, summed up from digests one after another.

    Sums over all, by role and by folder are made when they are first asked for.
    """

    def __init__(self, library: Library) -> None:
        self._framework = library.framework.id
        self._roles = {role.id for role in library.roles}
        self._tallies: dict[tuple[str, str], Tally] = {}
        self.answered: Counter[tuple[str, str]] = Counter()
        self.planned: Counter[tuple[str, str]] = Counter()
        self.months: Counter[tuple[str, str]] = Counter()
        self.teams: list[Progress] = []
        self.overdue: list[PlannedStep] = []
        self.coming: list[PlannedStep] = []

    def add(self, digest: Digest) -> None:
        """Count a worksheet in."""
        progress = digest.progress
        role = self.role_of(progress)
        folder = os.path.dirname(progress.path)  # noqa: PTH120 - a Path for each of thousands is slow
        self._tallies.setdefault((role, folder), Tally()).add(progress)
        for standard in digest.answered:
            self.answered[role, standard] += 1
        for standard in digest.planned:
            self.planned[role, standard] += 1
        for month in digest.months:
            self.months[month] += 1
        keep_first(self.teams, progress, TEAMS_LISTED, _needing_a_look)
        for step in digest.overdue:
            keep_first(self.overdue, step, STEPS_LISTED, by_date)
        for step in digest.coming:
            keep_first(self.coming, step, STEPS_LISTED, by_date)

    @cached_property
    def whole(self) -> Tally:
        """The sums over all worksheets."""
        return _summed(("", tally) for tally in self._tallies.values()).get("", Tally())

    @cached_property
    def roles(self) -> dict[str, Tally]:
        """The sums by the id of the role."""
        return _summed((role, tally) for (role, _), tally in self._tallies.items())

    @cached_property
    def folders(self) -> dict[str, Tally]:
        """The sums by the folder that worksheets lie in."""
        return _summed((folder, tally) for (_, folder), tally in self._tallies.items())

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
        return _summed(
            (within(folder, common).partition(os.sep)[0] or ("" if common else folder), tally)
            for folder, tally in sorted(self.folders.items())
        )


def _summed(tallies: Iterable[tuple[str, Tally]]) -> dict[str, Tally]:
    found: dict[str, Tally] = {}
    for name, tally in tallies:
        found.setdefault(name, Tally()).add(tally)
    return found


def keep_first(kept: list[T], item: T, limit: int, key: Callable[[T], Any]) -> None:
    """Put an item among the first few of any number, if it is one of them."""
    if len(kept) < limit or key(item) < key(kept[-1]):
        insort(kept, item, key=key)
        del kept[limit:]


def within(path: str, folder: str) -> str:
    """Give a path as seen from a folder that it lies in, or as it is if there is none."""
    return path[len(folder) :].lstrip(os.sep) if folder else path


def as_people_count(name: str) -> list[str | int]:
    """Give the key to sort names by such that 2 comes before 10."""
    return [int(each) if each.isdecimal() else each for each in re.split(r"([0-9]{1,18})", name)]


def _needing_a_look(row: Progress) -> tuple[int, int, float, str]:
    return -row.overdue, -row.due, row.answered / max(row.total, 1), row.path
