"""Standards by roles: which responsibilities and questions serve each standard."""

from pl_guide.library import Library
from pl_guide.model import Category, Construct, Question, Responsibility, Role, Standard
from pl_guide.records import Record


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


def serves(item: Responsibility | Question, target: Standard | Construct, library: Library) -> bool:
    """Return whether a responsibility or question serves a standard, or one construct."""
    if isinstance(target, Standard):
        return target in library.standards_of(item.standards)
    return target in library.constructs_of(item.standards)


def carried_by(role: Role, target: Standard | Construct, library: Library) -> Carried:
    """Return the ids of a role's responsibilities and questions that serve a target."""
    return Carried(
        tuple(item.id for item in role.responsibilities if serves(item, target, library)),
        tuple(item.id for item in role.questions if serves(item, target, library)),
    )


def crosswalk(library: Library, *, constructs: bool = False) -> tuple[CrosswalkRow, ...]:
    """Return who carries each standard, or with `constructs` each construct, in their order."""
    rows = []
    for standard in library.framework.standards:
        targets: tuple[Standard | Construct, ...] = (standard,)
        if constructs and standard.constructs:
            targets = standard.constructs
        for target in targets:
            title = target.title if isinstance(target, Standard) else target.text
            roles = {role.id: carried_by(role, target, library) for role in library.roles}
            rows.append(CrosswalkRow(target.id, title, standard.category, roles))
    return tuple(rows)


def in_category(role: Role, category: Category) -> tuple[Responsibility, ...]:
    """Return a role's responsibilities in a category, in order."""
    return tuple(item for item in role.responsibilities if item.category == category.id)
