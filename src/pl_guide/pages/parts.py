"""Parts that several pages share: remarks on where texts come from, lists, sections."""

from collections.abc import Iterable, Mapping
from typing import Literal

from pl_guide.document import Block, Document, Heading, Item, Items, Paragraph, Span
from pl_guide.errors import NoSuchPart
from pl_guide.library import Library
from pl_guide.model import Resource, Responsibility, Role, Standard
from pl_guide.text import raised

GAP = "–"
"""What is shown where nothing is."""


def heading(level: int, text: str) -> Heading:
    """Make a heading of words that are otherwise used in a sentence."""
    return Heading(level, raised(text))


def several(library: Library, titles: Iterable[str]) -> str:
    """Join titles for a sentence."""
    phrases = library.framework.phrases
    *first, last = titles
    return phrases.before_last.join(filter(None, (phrases.between.join(first), last)))


def prose(text: str | None, kind: Literal["plain", "quiet"] = "plain") -> list[Block]:
    """Lay out a text, if there is one."""
    return [Paragraph(text, kind)] if text else []


def listing(items: Iterable[Item], *, counted: bool = False) -> list[Block]:
    """Lay out a list, if it has items."""
    found = tuple(items)
    return [Items(found, counted)] if found else []


def headed(text: str, blocks: Iterable[Block]) -> list[Block]:
    """Put a heading over blocks, if there are any."""
    found = list(blocks)
    return [heading(2, text), *found] if found else []


def sectioned(
    head: Iterable[Block],
    sections: Mapping[str, list[Block]],
    wanted: Iterable[str],
    title: str,
    foot: Iterable[Block] = (),
) -> Document:
    """Put a page together: head, the sections wanted or all, and under a whole page the foot.

    Raises:
        NoSuchPart: a section is wanted that isn't there, or is empty.
    """
    there = {name: blocks for name, blocks in sections.items() if blocks}
    names = tuple(dict.fromkeys(wanted))
    for name in names:
        if name not in there:
            raise NoSuchPart(title, name, tuple(there))
    chosen = [block for name in names or there for block in there[name]]
    return Document((*head, *chosen, *(() if names else foot)))


def edition(library: Library) -> str:
    """Name the framework and its edition."""
    framework = library.framework
    return framework.phrases.between.join(filter(None, (framework.title, framework.edition)))


def about(library: Library) -> list[Block]:
    """Say at the foot of a whole guide whose work it rests on, and that this is independent."""
    framework = library.framework
    notes = (framework.attribution, framework.independence, framework.crosswalk)
    return headed(framework.phrases.about, prose("\n".join(filter(None, notes)), "quiet"))


def derived_note(library: Library, roles: Iterable[Role]) -> list[Block]:
    """Say in one line which of the roles shown rest on no official guide at hand."""
    derived = [role for role in roles if role.basis and role.basis.kind == "derived"]
    if not derived:
        return []
    if len(derived) == 1 and derived[0].basis:
        return [Paragraph(f"{derived[0].title}: {derived[0].basis.note}", "quiet")]
    phrases, publisher = library.framework.phrases, library.framework.publisher
    titles = several(library, (role.title for role in derived))
    said = [library.terms.say(phrases.derived, titles=titles)]
    if publisher and publisher.sites:
        said.append(library.terms.say(phrases.official, site=publisher.sites[0]))
    return [Paragraph(" ".join(said), "quiet")]


def standard_names(library: Library, ids: tuple[str, ...]) -> str:
    """Name the standards that ids belong to, for a remark."""
    return " · ".join(standard.title for standard in library.standards_of(ids))


def responsibility_items(library: Library, items: Iterable[Responsibility]) -> list[Block]:
    """List responsibilities, each with the standards it serves."""
    return listing(Item(item.text, standard_names(library, item.standards)) for item in items)


def resources(library: Library, chosen: Iterable[Resource]) -> list[Block]:
    """List resources, each with where to find it, and what is to be said of them all."""
    found = listing(
        Item((Span(resource.title, "strong"), Span(f": {resource.text}")), resource.site or "")
        for resource in chosen
    )
    note = prose(library.framework.resources_note, "quiet")
    return headed(library.terms.resource.many, [*found, *note] if found else [])


def continued(library: Library, standard: Standard) -> str:
    """Return a statement as it is written where its stem is further up."""
    return f"… {standard.statement}" if library.framework.stem else standard.statement
