"""The framework: the whole, one category, one standard, and who carries each."""

from collections.abc import Iterable

from pl_guide.analysis.crosswalk import in_category, serving
from pl_guide.document import Block, Chain, Document, Heading, Item, Paragraph, Span
from pl_guide.library import Library
from pl_guide.model import Category, Role, Standard
from pl_guide.pages.lists import roles_table
from pl_guide.pages.parts import (
    about,
    continued,
    derived_note,
    edition,
    headed,
    listing,
    prose,
    resources,
    responsibility_items,
    sectioned,
)
from pl_guide.records import into_plain
from pl_guide.text import raised

# The keys of the framework's file that hold a section of its page, or a part of one.
PARTS = frozenset(
    ("overview", "stem", "categories", "standards", "foundations", "theory_of_change", "roles",
     "resources", "resources_note", "publisher", "reflection")
)  # fmt: skip


def framework_page(library: Library, *, sections: Iterable[str] = ()) -> Document:
    """Lay out the framework: overview, standards, foundations, theory of change, roles, resources.

    Raises:
        NoSuchPart: a section was asked for that the framework doesn't have.
    """
    framework, terms, phrases = library.framework, library.terms, library.framework.phrases
    foundations = listing(Item(foundation.text) for foundation in framework.foundations)
    roles: list[Block] = [roles_table(library)] if library.roles else []
    parts = {
        "overview": headed(phrases.overview, prose(framework.overview)),
        "standards": _under_stem(library, _standards(library)),
        "foundations": headed(terms.foundation.many, foundations),
        "theory": _theory(library),
        "roles": headed(terms.role.many, roles),
        "resources": resources(library, framework.resources),
        "publisher": _publisher(library),
    }
    named = framework.edition and terms.say(phrases.edition, edition=framework.edition)
    head: list[Block] = [Heading(1, framework.title), *prose(named, "quiet")]
    return sectioned(head, parts, sections, framework.title, about(library))


def category_page(
    library: Library, category: Category, *, sections: Iterable[str] = ()
) -> Document:
    """Lay out a category: its standards, and each role's responsibilities in it.

    Raises:
        NoSuchPart: a section was asked for that the page doesn't have.
    """
    group = library.framework.categories.index(category)
    standards: list[Block] = []
    for standard in library.standards_in(category):
        standards += [Heading(3, standard.title, group), Paragraph(continued(library, standard))]
    carried: list[Block] = []
    for role in library.roles:
        items = responsibility_items(library, in_category(role, category))
        carried += [Heading(3, role.title), *items] if items else []
    parts = {"standards": _under_stem(library, standards), "roles": _carried(library, carried)}
    quiet = prose(edition(library), "quiet")
    head: list[Block] = [Heading(1, category.title), *quiet, *prose(category.text)]
    return sectioned(head, parts, sections, category.title)


def standard_page(
    library: Library, standard: Standard, *, sections: Iterable[str] = ()
) -> Document:
    """Lay out a standard: its statement, its constructs, and what each role does for it.

    Raises:
        NoSuchPart: a section was asked for that the page doesn't have.
    """
    phrases = library.framework.phrases
    stem = (library.framework.stem or "").rstrip(" .…")
    statement = f"{stem} {standard.statement}" if stem else standard.statement
    constructs = listing((Item(part.text) for part in standard.constructs), counted=True)
    mark = Span(f"{raised(library.terms.question.one)}: ", "strong")
    carried: list[Block] = []
    idle: list[str] = []
    for role in library.roles:
        done = [Item(found.text) for found in serving(role.responsibilities, standard, library)]
        asked = serving(role.questions, standard, library)
        items = listing([*done, *(Item((mark, Span(question.text))) for question in asked)])
        if items:
            carried += [Heading(3, role.title), *items]
        else:
            idle.append(role.title)
    if idle:
        titles = phrases.between.join(idle)
        carried += prose(library.terms.say(phrases.not_carried, titles=titles), "quiet")
    parts = {
        "statement": prose(statement),
        "constructs": headed(library.terms.construct.many, constructs),
        "roles": _carried(library, carried),
    }
    categories = library.framework.categories
    within = next(category.title for category in categories if category.id == standard.category)
    facts = f"{within} · {edition(library)}"
    head: list[Block] = [Heading(1, standard.title), Paragraph(facts, "quiet")]
    return sectioned(head, parts, sections, standard.title)


def framework_data(library: Library, sections: Iterable[str] = ()) -> dict[str, object]:
    """Return the framework as plain data under its YAML keys, with the ids and titles of roles."""
    data: dict[str, object] = into_plain(library.framework)
    data["roles"] = [_named(role) for role in library.roles]
    chosen = {"theory_of_change" if name == "theory" else name for name in sections}
    if "standards" in chosen:
        chosen.add("categories")
    hidden = PARTS - chosen if chosen else frozenset()
    return {key: value for key, value in data.items() if key not in hidden}


def standard_data(library: Library, standard: Standard) -> dict[str, object]:
    """Return a standard as plain data under its YAML keys, with what each role does for it."""
    data: dict[str, object] = into_plain(standard)
    data["roles"] = [
        _named(role)
        | {
            "responsibilities": into_plain(serving(role.responsibilities, standard, library)),
            "questions": into_plain(serving(role.questions, standard, library)),
        }
        for role in library.roles
    ]
    return data


def category_data(library: Library, category: Category) -> dict[str, object]:
    """Return a category as plain data under its YAML keys, its standards and each role's part."""
    data: dict[str, object] = into_plain(category)
    data["standards"] = into_plain(library.standards_in(category))
    data["roles"] = [
        _named(role) | {"responsibilities": into_plain(in_category(role, category))}
        for role in library.roles
    ]
    return data


def _named(role: Role) -> dict[str, object]:
    return {"id": role.id, "title": role.title}


def _carried(library: Library, blocks: list[Block]) -> list[Block]:
    """Put a heading over what roles carry, and below whose own words it is."""
    note = derived_note(library, library.roles) if blocks else []
    return headed(library.framework.phrases.carried, [*blocks, *note])


def _under_stem(library: Library, standards: list[Block]) -> list[Block]:
    """Put a heading and the stem over standards, if there are any."""
    stem = prose(library.framework.stem) if standards else []
    return headed(library.terms.standard.many, [*stem, *standards])


def _standards(library: Library) -> list[Block]:
    blocks: list[Block] = []
    for index, category in enumerate(library.framework.categories):
        below = prose(category.text) + listing(
            Item((Span(standard.title, "strong"), Span(f": {continued(library, standard)}")))
            for standard in library.standards_in(category)
        )
        blocks += [Heading(3, category.title, index), *below] if below else []
    return blocks


def _theory(library: Library) -> list[Block]:
    theory = library.framework.theory_of_change
    if theory is None:
        return []
    head: list[Block] = [Heading(2, theory.title), *prose(theory.text)]
    steps = tuple((step.title, step.text or "") for step in theory.steps)
    if not steps:
        return [*head, *prose(theory.monitoring)]
    return [*head, Chain(steps, theory.monitoring or "")]


def _publisher(library: Library) -> list[Block]:
    publisher, phrases = library.framework.publisher, library.framework.phrases
    if publisher is None:
        return []
    reach = (
        (phrases.address, publisher.address),
        (phrases.email, publisher.email),
        (phrases.telephone, publisher.telephone),
        (phrases.sites, " · ".join(publisher.sites)),
    )
    items = (Item((Span(f"{raised(name)}: ", "quiet"), Span(text))) for name, text in reach if text)
    return headed(phrases.publisher, [Paragraph(publisher.name), *listing(items)])
