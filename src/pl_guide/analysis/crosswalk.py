"""Standards by roles: which responsibilities and questions serve each standard."""

from collections.abc import Iterable
from typing import TypeVar

from pl_guide.library import Library
from pl_guide.model import Category, Construct, Question, Responsibility, Role, Standard
from pl_guide.records import Record

T = TypeVar("T", Responsibility, Question)


class Carried(Record, frozen=True):
    """What one role does for a standard or a construct: ids, in the role's order."""

    responsibilities: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


class CrosswalkRow(Record, frozen=True):
    """One standard or construct, and what each role (by id) does for it."""

    id: str
    title: str
    category: str
    roles: dict[str, Carried]


def serving(items: Iterable[T], target: Standard | Construct, library: Library) -> tuple[T, ...]:
    """Return the responsibilities or questions that serve a standard, or one construct."""
    served = library.standards_of if isinstance(target, Standard) else library.constructs_of
    return tuple(item for item in items if target in served(item.standards))


def _carried(role: Role, target: Standard | Construct, library: Library) -> Carried:
    return Carried(
        tuple(item.id for item in serving(role.responsibilities, target, library)),
        tuple(item.id for item in serving(role.questions, target, library)),
    )


def crosswalk(library: Library, *, constructs: bool = False) -> tuple[CrosswalkRow, ...]:
    """Return who carries each standard, or with `constructs` each construct, in their order."""
    rows = []
    for standard in library.framework.standards:
        for target in (standard.constructs if constructs else ()) or (standard,):
            title = target.title if isinstance(target, Standard) else target.text
            roles = {role.id: _carried(role, target, library) for role in library.roles}
            rows.append(CrosswalkRow(target.id, title, standard.category, roles))
    return tuple(rows)


def in_category(role: Role, category: Category) -> tuple[Responsibility, ...]:
    """Return a role's responsibilities in a category, in order."""
    return tuple(item for item in role.responsibilities if item.category == category.id)
