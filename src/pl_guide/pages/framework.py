"""The framework: the whole, one category, one standard, and who carries each."""

from collections.abc import Iterable

from pl_guide.analysis.crosswalk import carried_by, in_category
from pl_guide.document import (
    Block,
    Chain,
    Document,
    Heading,
    Item,
    Items,
    Paragraph,
    Span,
)
from pl_guide.library import Library
from pl_guide.model import Category, Standard
from pl_guide.pages.parts import (
    Sections,
    about,
    carried_items,
    continued,
    derived_note,
    edition,
    heading,
    resource_items,
    responsibility_items,
    whole_statement,
)
from pl_guide.records import into_plain
from pl_guide.text import raised

# The sections of the framework's page, and the keys that hold them where those differ.
SECTION_KEYS = {"theory": "theory_of_change"}
PARTS = frozenset(
    {
        "overview",
        "stem",
        "categories",
        "standards",
        "foundations",
        "roles",
        "resources",
        "resources_note",
        "publisher",
        "reflection",
    }
)


def framework_page(library: Library, *, sections: Iterable[str] = ()) -> Document:
    """Lay out the framework: overview, standards, foundations, theory of change, roles, resources.

    Raises:
        NoSuchPart: a section was asked for that the framework doesn't have.
    """
    framework, terms, phrases = library.framework, library.terms, library.framework.phrases
    page = Sections(framework.title, sections)
    if framework.overview:
        page.add("overview", [heading(2, phrases.overview), Paragraph(framework.overview)])
    page.add("standards", _standards(library))
    if framework.foundations:
        items = Items(tuple(Item(each.text) for each in framework.foundations))
        page.add("foundations", [heading(2, terms.foundation.many), items])
    page.add("theory", _theory(library))
    if library.roles:
        from pl_guide.pages.lists import roles_table

        page.add("roles", [heading(2, terms.role.many), roles_table(library)])
    if framework.resources:
        blocks: list[Block] = [
            heading(2, terms.resource.many),
            *resource_items(framework.resources),
        ]
        if framework.resources_note:
            blocks.append(Paragraph(framework.resources_note, "quiet"))
        page.add("resources", blocks)
    page.add("publisher", _publisher(library))
    head: list[Block] = [Heading(1, framework.title)]
    if framework.edition:
        said = terms.say(phrases.edition, edition=framework.edition)
        head.append(Paragraph(said, "quiet"))
    return page.document(head, about(library))


def category_page(
    library: Library, category: Category, *, sections: Iterable[str] = ()
) -> Document:
    """Lay out a category: its standards, and each role's responsibilities in it.

    Raises:
        NoSuchPart: a section was asked for that the page doesn't have.
    """
    page = Sections(category.title, sections)
    group = library.framework.categories.index(category)
    standards: list[Block] = []
    for standard in library.standards_in(category):
        standards += [Heading(3, standard.title, group), Paragraph(continued(library, standard))]
    page.add("standards", _under_stem(library, standards))
    carried: list[Block] = []
    for role in library.roles:
        items = responsibility_items(library, in_category(role, category))
        carried += [Heading(3, role.title), *items] if items else []
    if carried:
        head = heading(2, library.framework.phrases.carried)
        carried = [head, *carried, *derived_note(library, library.roles)]
    page.add("roles", carried)
    top: list[Block] = [Heading(1, category.title), Paragraph(edition(library), "quiet")]
    if category.text:
        top.append(Paragraph(category.text))
    return page.document(top, ())


def standard_page(
    library: Library, standard: Standard, *, sections: Iterable[str] = ()
) -> Document:
    """Lay out a standard: its statement, its constructs, and what each role does for it.

    Raises:
        NoSuchPart: a section was asked for that the page doesn't have.
    """
    page = Sections(standard.title, sections)
    category = library.categories_by_id[standard.category]
    page.add("statement", [Paragraph(whole_statement(library, standard))])
    if standard.constructs:
        items = Items(tuple(Item(each.text) for each in standard.constructs), counted=True)
        page.add("constructs", [heading(2, library.terms.construct.many), items])
    carried: list[Block] = []
    idle: list[str] = []
    for role in library.roles:
        found = carried_items(library, role, carried_by(role, standard, library))
        carried += found
        if not found:
            idle.append(role.title)
    if idle:
        phrase = library.framework.phrases.not_carried
        said = library.terms.say(phrase, titles=library.framework.phrases.between.join(idle))
        carried.append(Paragraph(said, "quiet"))
    if carried:
        head = heading(2, library.framework.phrases.carried)
        carried = [head, *carried, *derived_note(library, library.roles)]
    page.add("roles", carried)
    facts = f"{category.title} · {edition(library)}"
    return page.document([Heading(1, standard.title), Paragraph(facts, "quiet")], ())


def framework_data(library: Library, sections: Iterable[str] = ()) -> dict[str, object]:
    """Give the framework as plain data under its YAML keys, with the ids and titles of roles."""
    data: dict[str, object] = into_plain(library.framework)
    data["roles"] = [{"id": role.id, "title": role.title} for role in library.roles]
    chosen = {SECTION_KEYS.get(name, name) for name in sections}
    if chosen:
        chosen |= {"categories"} if "standards" in chosen else set()
        data = {
            key: value
            for key, value in data.items()
            if key in chosen or key not in {*SECTION_KEYS.values(), *PARTS}
        }
    return data


def standard_data(library: Library, standard: Standard) -> dict[str, object]:
    """Give a standard as plain data under its YAML keys, with what each role does for it."""
    data: dict[str, object] = into_plain(standard)
    data["roles"] = [
        {
            "id": role.id,
            "title": role.title,
            "responsibilities": [
                into_plain(each)
                for each in role.responsibilities
                if each.id in found.responsibilities
            ],
            "questions": [
                into_plain(each) for each in role.questions if each.id in found.questions
            ],
        }
        for role in library.roles
        for found in (carried_by(role, standard, library),)
    ]
    return data


def category_data(library: Library, category: Category) -> dict[str, object]:
    """Give a category as plain data under its YAML keys, its standards and each role's part."""
    data: dict[str, object] = into_plain(category)
    data["standards"] = into_plain(library.standards_in(category))
    data["roles"] = [
        {
            "id": role.id,
            "title": role.title,
            "responsibilities": into_plain(in_category(role, category)),
        }
        for role in library.roles
    ]
    return data


def _under_stem(library: Library, standards: list[Block]) -> list[Block]:
    """Put a heading and the stem over standards, if there are any."""
    if not standards:
        return []
    stem = library.framework.stem
    head = heading(2, library.terms.standard.many)
    return [head, *([Paragraph(stem)] if stem else []), *standards]


def _standards(library: Library) -> list[Block]:
    blocks: list[Block] = []
    for index, category in enumerate(library.framework.categories):
        items = tuple(
            Item((Span(each.title, "strong"), Span(f": {continued(library, each)}")))
            for each in library.standards_in(category)
        )
        if items or category.text:
            blocks.append(Heading(3, category.title, index))
        if category.text:
            blocks.append(Paragraph(category.text))
        blocks += [Items(items)] if items else []
    return _under_stem(library, blocks)


def _theory(library: Library) -> list[Block]:
    theory = library.framework.theory_of_change
    if theory is None:
        return []
    blocks: list[Block] = [Heading(2, theory.title)]
    if theory.text:
        blocks.append(Paragraph(theory.text))
    steps = tuple((step.title, step.text or "") for step in theory.steps)
    if steps:
        return [*blocks, Chain(steps, theory.monitoring or "")]
    return [*blocks, *([Paragraph(theory.monitoring)] if theory.monitoring else [])]


def _publisher(library: Library) -> list[Block]:
    publisher = library.framework.publisher
    if publisher is None:
        return []
    phrases = library.framework.phrases
    reach = (
        (phrases.address, publisher.address),
        (phrases.email, publisher.email),
        (phrases.telephone, publisher.telephone),
        (phrases.sites, " · ".join(publisher.sites)),
    )
    items = [Item((Span(f"{raised(name)}: ", "quiet"), Span(text))) for name, text in reach if text]
    blocks: list[Block] = [heading(2, phrases.publisher), Paragraph(publisher.name)]
    return [*blocks, Items(tuple(items))] if items else blocks
