"""The framework and its roles together, and how a name finds what it stands for; pure."""

from functools import cached_property
from typing import TypeVar

from pl_guide.errors import UnknownName
from pl_guide.model import Category, Construct, Framework, Role, Standard, Terms
from pl_guide.text import listed, nearest, slug

T = TypeVar("T", Role, Standard, Category)

Named = Framework | Role | Standard | Category

FRAMEWORK_NAME = "framework"


class Library:
    """All content that was loaded: a framework, and its roles in their order.

    Names are found by id, alias, code or title, whatever their case: `evidence`, `EV`,
    `System/central office`.
    """

    def __init__(self, framework: Framework, roles: tuple[Role, ...]) -> None:
        self.framework = framework
        self.roles = tuple(sorted(roles, key=lambda role: (role.order, role.title)))

    @property
    def terms(self) -> Terms:
        """The framework's own nouns."""
        return self.framework.terms

    @cached_property
    def standards_by_id(self) -> dict[str, Standard]:
        """Each standard under its own id and under the ids of its constructs."""
        found = {standard.id: standard for standard in self.framework.standards}
        for standard in self.framework.standards:
            found |= {construct.id: standard for construct in standard.constructs}
        return found

    @cached_property
    def categories_by_id(self) -> dict[str, Category]:
        """Each category under its id."""
        return {category.id: category for category in self.framework.categories}

    def standards_in(self, category: Category) -> tuple[Standard, ...]:
        """Give the standards of a category, in order."""
        return tuple(each for each in self.framework.standards if each.category == category.id)

    def standards_of(self, ids: tuple[str, ...]) -> tuple[Standard, ...]:
        """Give the standards that ids of standards or constructs belong to, each once."""
        return tuple(dict.fromkeys(self.standards_by_id[each] for each in ids))

    def constructs_of(self, ids: tuple[str, ...]) -> tuple[Construct | Standard, ...]:
        """Give the constructs that ids stand for; a standard stands for all it has, or itself."""
        found: dict[str, Construct | Standard] = {}
        for each in ids:
            standard = self.standards_by_id[each]
            parts = standard.constructs or (standard,)
            for part in parts:
                if each in {standard.id, part.id}:
                    found[part.id] = part
        return tuple(found.values())

    def find(self, name: str) -> Named:
        """Find what a name stands for.

        Raises:
            UnknownName: nothing has that name.
        """
        found = self._names.get(slug(name))
        if found is None:
            terms = self.terms
            noun = listed([terms.role.one, terms.standard.one, terms.category.one])
            raise UnknownName(name, "name", nearest(name, self._names), noun)
        return found

    def role(self, name: str) -> Role:
        """Find a role by name.

        Raises:
            UnknownName: no role has that name.
        """
        return self._find_one(name, Role, "role")

    def standard(self, name: str) -> Standard:
        """Find a standard by name, or by the name of one of its constructs.

        Raises:
            UnknownName: no standard has that name.
        """
        return self._find_one(name, Standard, "standard")

    def category(self, name: str) -> Category:
        """Find a category by name.

        Raises:
            UnknownName: no category has that name.
        """
        return self._find_one(name, Category, "category")

    def _find_one(self, name: str, kind: type[T], word: str) -> T:
        found = self._names.get(slug(name))
        if not isinstance(found, kind):
            names = [each for each, thing in self._names.items() if isinstance(thing, kind)]
            raise UnknownName(name, word, nearest(name, names), getattr(self.terms, word).one)
        return found

    @cached_property
    def _names(self) -> dict[str, Named]:
        everything: list[Role | Standard | Category] = [
            *self.roles,
            *self.framework.standards,
            *self.framework.categories,
        ]
        names: dict[str, Named] = {}
        # What was named on purpose goes before what merely follows from a title.
        for each in everything:
            for name in own_names(each):
                names.setdefault(slug(name), each)
        names.setdefault(FRAMEWORK_NAME, self.framework)
        names.setdefault(self.framework.id, self.framework)
        for each in everything:
            names.setdefault(slug(each.title), each)
        for construct_id, standard in self.standards_by_id.items():
            names.setdefault(construct_id, standard)
        names.pop("", None)  # A title of signs alone can't be typed.
        return names


def own_names(named: Role | Standard | Category) -> tuple[str, ...]:
    """Give the names that content claims for something: id, aliases, code."""
    code = named.code if isinstance(named, Standard) else None
    return (named.id, *named.aliases, *((code,) if code else ()))
