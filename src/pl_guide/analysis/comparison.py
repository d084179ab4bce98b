"""Two roles side by side: which responsibilities of theirs serve the same."""

from pl_guide.library import Library
from pl_guide.model import Responsibility, Role
from pl_guide.records import Record


class Pair(Record, frozen=True):
    """Responsibilities of two roles that belong together; one of the two may be missing.

    `standards` are the ids of the standards both serve, or those of the one that is there.
    """

    category: str
    left: Responsibility | None
    right: Responsibility | None
    standards: tuple[str, ...]


def compare(left: Role, right: Role, library: Library) -> tuple[Pair, ...]:
    """Pair the responsibilities of two roles by what they serve, each in one pair only.

    The closest go first: those that share the largest part of the constructs they serve between
    them; among equals, those that are nearest each other in order. The pairs come by category,
    in the left role's order, with what only the right role has where it is in its own.
    """
    served = {
        id(item): frozenset(part.id for part in library.constructs_of(item.standards))
        for item in (*left.responsibilities, *right.responsibilities)
    }
    candidates = []
    for i, one in enumerate(left.responsibilities):
        for j, other in enumerate(right.responsibilities):
            ours, theirs = served[id(one)], served[id(other)]
            if ours & theirs:
                closeness = len(ours & theirs) / len(ours | theirs)
                candidates.append((-closeness, one.category != other.category, abs(i - j), i, j))
    partner: dict[int, int] = {}
    for *_, i, j in sorted(candidates):
        if i not in partner and j not in partner.values():
            partner[i] = j
    return _in_order(left, right, partner, library)


def _in_order(
    left: Role, right: Role, partner: dict[int, int], library: Library
) -> tuple[Pair, ...]:
    """Return the pairs in the left role's order, and what is the right one's alone in between."""
    positions = {category.id: i for i, category in enumerate(library.framework.categories)}
    placed: list[tuple[int, float, Pair]] = []
    for i, one in enumerate(left.responsibilities):
        other = right.responsibilities[partner[i]] if i in partner else None
        pair = Pair(one.category, one, other, _shared(one, other, library))
        placed.append((positions[one.category], i, pair))
    left_of = {j: i for i, j in partner.items()}
    before: dict[str, int] = {}
    for j, other in enumerate(right.responsibilities):
        if j in left_of:
            before[other.category] = left_of[j]
        else:
            pair = Pair(other.category, None, other, _shared(other, None, library))
            placed.append((positions[other.category], before.get(other.category, -1) + 0.5, pair))
    return tuple(pair for *_, pair in sorted(placed, key=lambda found: found[:2]))


def _shared(one: Responsibility, other: Responsibility | None, library: Library) -> tuple[str, ...]:
    theirs = library.standards_of((other or one).standards)
    return tuple(ours.id for ours in library.standards_of(one.standards) if ours in theirs)
