"""`show --origin`: a result together with where its texts come from."""

from collections.abc import Callable, Iterable

from pl_guide.cli.output import Output
from pl_guide.content.files import ContentFile
from pl_guide.content.loading import Sources
from pl_guide.content.origins import Origin, origins_of
from pl_guide.document import Document
from pl_guide.library import FRAMEWORK_NAME, Named
from pl_guide.model import Category, Role, Standard
from pl_guide.pages.origin import origin_map, with_origins

# Values that are no texts of their own, or name something else.
NO_TEXTS = {"id", "category", "code", "kind", "aliases", "standards"}


def _places(files: Iterable[ContentFile]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for file in files:
        for key, origin in origins_of(file).items():
            place = f"{origin.file}:{origin.line}"
            for text in origin.texts if key.rsplit(".", 1)[-1] not in NO_TEXTS else ():
                known = found.get(text, ())
                found[text] = known if place in known else (*known, place)
    return found


class OutputWithOrigin(Output, frozen=True, kw_only=True):
    """An output that says of what it shows where each text comes from."""

    named: Named
    sources: Sources

    def show(self, page: Callable[[], Document], data: Callable[[], object]) -> None:
        """Show a result with the origin of its texts; in JSON under the key `origin`."""
        Output(self.format, self.heading_level, self.pager).show(
            lambda: with_origins(page(), self._texts()), lambda: self._with_map(data())
        )

    def _texts(self) -> dict[str, tuple[str, ...]]:
        """Give the places of each text; on a role's page its own go before the framework's."""
        framework = _places([self.sources[FRAMEWORK_NAME]])
        if isinstance(self.named, Role):
            return framework | _places([self.sources[self.named.id]])
        return _places(self.sources.values())

    def _with_map(self, data: object) -> object:
        if not isinstance(data, dict):
            return data
        by_key: dict[str, Origin] = {}
        for name, file in self.sources.items():
            before = "" if name == FRAMEWORK_NAME else f"roles.{name}."
            by_key |= {f"{before}{key}": each for key, each in origins_of(file).items()}
        prefix = {
            Role: f"roles.{self.named.id}.",
            Standard: f"standards.{self.named.id}.",
            Category: f"categories.{self.named.id}.",
        }.get(type(self.named), "")

        def place(key: str) -> dict[str, object] | None:
            found = by_key.get(f"{prefix}{key}") or by_key.get(key)
            return {"file": found.file, "line": found.line} if found else None

        return data | {"origin": origin_map(data, place)}
