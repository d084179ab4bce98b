"""Parts that several pages share: remarks on where texts come from, lists, sections."""

from collections.abc import Iterable

from pl_guide.analysis.crosswalk import Carried
from pl_guide.document import Block, Document, Heading, Item, Items, Line, Paragraph, Span
from pl_guide.errors import NoSuchPart
from pl_guide.library import Library
from pl_guide.model import Question, Resource, Responsibility, Role, Standard
from pl_guide.text import raised

GAP = "–"
"""What stands where nothing is."""


def heading(level: int, text: str) -> Heading:
    """Make a heading of words that otherwise stand in a sentence."""
    return Heading(level, raised(text))


def several(library: Library, titles: Iterable[str]) -> str:
    """Join titles for a sentence."""
    phrases = library.framework.phrases
    *first, last = titles
    return phrases.before_last.join(filter(None, (phrases.between.join(first), last)))


class Sections:
    """Collects a page's named sections, and gives those that were asked for, or all."""

    def __init__(self, page: str, wanted: Iterable[str] = ()) -> None:
        self._page = page
        self._wanted = tuple(dict.fromkeys(wanted))
        self._sections: dict[str, tuple[Block, ...]] = {}

    def add(self, name: str, blocks: Iterable[Block]) -> None:
        """Add a section; one without blocks isn't there."""
        found = tuple(blocks)
        if found:
            self._sections[name] = found

    def document(self, head: Iterable[Block], foot: Iterable[Block]) -> Document:
        """Put the page together: head, sections, and under a whole page, the foot.

        Raises:
            NoSuchPart: a section was asked for that the page doesn't have.
        """
        for name in self._wanted:
            if name not in self._sections:
                raise NoSuchPart(self._page, name, tuple(self._sections))
        names = self._wanted or tuple(self._sections)
        chosen = [block for name in names for block in self._sections[name]]
        return Document((*head, *chosen, *(() if self._wanted else foot)))


def edition(library: Library) -> str:
    """Name the framework and its edition."""
    framework = library.framework
    return framework.phrases.between.join(filter(None, (framework.title, framework.edition)))


def about(library: Library) -> list[Block]:
    """Say at the foot of a whole guide whose work it rests on, and that this is independent."""
    framework = library.framework
    notes = [framework.attribution, framework.independence, framework.crosswalk]
    text = "\n".join(note for note in notes if note)
    return [heading(2, framework.phrases.about), Paragraph(text, "quiet")] if text else []


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
    found = tuple(Item(each.text, standard_names(library, each.standards)) for each in items)
    return [Items(found)] if found else []


def question_items(
    library: Library, items: Iterable[Question], *, ids: bool = False
) -> list[Block]:
    """List questions, each with the standards it touches, and its id if asked for."""
    found = []
    for each in items:
        remark: Line = standard_names(library, each.standards)
        if ids:
            remark = (Span(each.id, "name"), Span(f" {remark}".rstrip()))
        found.append(Item(each.text, remark))
    return [Items(tuple(found), counted=True)] if found else []


def resource_items(resources: Iterable[Resource]) -> list[Block]:
    """List resources, each with where to find it."""
    found = tuple(
        Item((Span(each.title, "strong"), Span(f": {each.text}")), each.site or "")
        for each in resources
    )
    return [Items(found)] if found else []


def whole_statement(library: Library, standard: Standard) -> str:
    """Give a standard's statement as a whole sentence, with the stem it completes."""
    stem = (library.framework.stem or "").rstrip(" .…")
    return f"{stem} {standard.statement}" if stem else standard.statement


def continued(library: Library, standard: Standard) -> str:
    """Give a statement where its stem stands further up."""
    return f"… {standard.statement}" if library.framework.stem else standard.statement


def carried_items(library: Library, role: Role, carried: Carried) -> list[Block]:
    """List what a role carries: its responsibilities, then its questions."""
    blocks: list[Block] = []
    chosen = [each for each in role.responsibilities if each.id in carried.responsibilities]
    asked = [each for each in role.questions if each.id in carried.questions]
    items = [Item(each.text) for each in chosen]
    mark = Span(f"{raised(library.terms.question.one)}: ", "strong")
    items += [Item((mark, Span(each.text))) for each in asked]
    if items:
        blocks = [Heading(3, role.title), Items(tuple(items))]
    return blocks
