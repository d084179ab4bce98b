"""The framework and its roles together, and how names find what they mean; pure."""

from functools import cached_property
from typing import TypeVar

from pl_guide.errors import UnknownName
from pl_guide.model import Category, Construct, Framework, Role, Standard
from pl_guide.text import listed, nearest, slug
from pl_guide.wording import Terms

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

    def standards_in(self, category: Category) -> tuple[Standard, ...]:
        """Return the standards of a category, in order."""
        return tuple(found for found in self.framework.standards if found.category == category.id)

    def standards_of(self, ids: tuple[str, ...]) -> tuple[Standard, ...]:
        """Return the standards that ids of standards or constructs belong to, each once."""
        return tuple(dict.fromkeys(self.standards_by_id[name] for name in ids))

    def constructs_of(self, ids: tuple[str, ...]) -> tuple[Construct | Standard, ...]:
        """Return the constructs that ids mean; that of a standard means all it has, or itself."""
        found: dict[str, Construct | Standard] = {}
        for name in ids:
            standard = self.standards_by_id[name]
            for part in standard.constructs or (standard,):
                if name in {standard.id, part.id}:
                    found[part.id] = part
        return tuple(found.values())

    def find(self, name: str) -> Named:
        """Find what has a name.

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
            names = [known for known, thing in self._names.items() if isinstance(thing, kind)]
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
        for named in everything:
            code = named.code if isinstance(named, Standard) else None
            for name in (named.id, *named.aliases, code or ""):
                names.setdefault(slug(name), named)
        names.setdefault(FRAMEWORK_NAME, self.framework)
        names.setdefault(self.framework.id, self.framework)
        for named in everything:
            names.setdefault(slug(named.title), named)
        for construct_id, standard in self.standards_by_id.items():
            names.setdefault(construct_id, standard)
        names.pop("", None)  # No code, or a title of signs alone.
        return names
