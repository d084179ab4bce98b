"""One role's guide."""

from collections.abc import Iterable

from pl_guide.analysis.crosswalk import in_category, serving
from pl_guide.document import Block, Document, Heading, Item, Line, Paragraph, Span
from pl_guide.library import Library
from pl_guide.model import Category, Question, Responsibility, Role, Standard
from pl_guide.pages.parts import (
    about,
    edition,
    headed,
    listing,
    prose,
    resources,
    responsibility_items,
    sectioned,
    several,
    standard_names,
)
from pl_guide.records import Record, into_plain


class Only(Record, frozen=True):
    """What of a guide to show: some sections, what belongs to one category, or to one standard."""

    sections: tuple[str, ...] = ()
    category: Category | None = None
    standard: Standard | None = None

    @property
    def titles(self) -> list[str]:
        """The titles of what the guide is narrowed to."""
        return [item.title for item in (self.category, self.standard) if item]


def role_page(library: Library, role: Role, only: Only, *, ids: bool) -> Document:
    """Lay out a role's guide, with the ids of its questions if asked for.

    Raises:
        NoSuchPart: a section was asked for that the guide doesn't have.
    """
    responsibilities, questions = _chosen(library, role, only)
    framework, whole = library.framework, not only.titles
    shown = [
        resource
        for resource in framework.resources
        if whole and (not resource.role_specific or resource.id in role.resources)
    ]
    listed = _question_items(library, questions, ids=ids)
    intro = prose(framework.reflection.text) if listed and whole else []
    sections = {
        "purpose": headed(framework.phrases.purpose, prose(role.purpose) if whole else []),
        "responsibilities": _responsibilities(library, role, responsibilities, note=whole),
        "questions": headed(library.terms.question.many, [*intro, *listed]),
        "resources": resources(library, shown),
    }
    head = _head(library, role, only.titles, questions)
    return sectioned(head, sections, only.sections, role.title, about(library) if whole else ())


def role_data(library: Library, role: Role, only: Only) -> dict[str, object]:
    """Give a role's guide as plain data, under the keys of its YAML file.

    The framework's `attribution` and `independence` come with it. Where only some sections are
    shown, their keys are there beside those that say what it is.
    """
    responsibilities, questions = _chosen(library, role, only)
    data: dict[str, object] = into_plain(role)
    data |= {
        "responsibilities": into_plain(responsibilities),
        "questions": into_plain(questions),
        "attribution": library.framework.attribution,
        "independence": library.framework.independence,
    }
    if only.sections:
        parts = {"purpose", "responsibilities_note", "responsibilities", "questions", "resources"}
        hidden = parts.difference(only.sections)
        data = {key: value for key, value in data.items() if key not in hidden}
    return data


def _chosen(
    library: Library, role: Role, only: Only
) -> tuple[tuple[Responsibility, ...], tuple[Question, ...]]:
    """Give the responsibilities and questions to show.

    A question belongs to the categories of the standards it touches.
    """
    responsibilities, questions = role.responsibilities, role.questions
    if only.category:
        wanted = only.category.id
        responsibilities = in_category(role, only.category)
        questions = tuple(
            item
            for item in questions
            if any(found.category == wanted for found in library.standards_of(item.standards))
        )
    if only.standard:
        responsibilities = serving(responsibilities, only.standard, library)
        questions = serving(questions, only.standard, library)
    return responsibilities, questions


def _head(
    library: Library, role: Role, parts: list[str], questions: tuple[Question, ...]
) -> list[Block]:
    terms = library.terms
    facts = [edition(library)]
    if parts:
        facts.append(terms.say(library.framework.phrases.only, titles=several(library, parts)))
    else:
        kinds = ((terms.responsibility, role.responsibilities), (terms.question, questions))
        facts += [terms.count(len(items), noun) for noun, items in kinds if items]
    basis = prose(role.basis.note if role.basis else None, "quiet")
    return [Heading(1, role.title), Paragraph(" · ".join(facts), "quiet"), *basis]


def _responsibilities(
    library: Library, role: Role, chosen: tuple[Responsibility, ...], *, note: bool
) -> list[Block]:
    if not role.responsibilities:
        return []
    blocks = prose(role.responsibilities_note) if note else []
    for index, category in enumerate(library.framework.categories):
        own = (item for item in chosen if item.category == category.id)
        items = responsibility_items(library, own)
        blocks += [Heading(3, category.title, index), *items] if items else []
    if not chosen:
        blocks.append(Paragraph(library.terms.say(library.framework.phrases.nothing_here)))
    return headed(library.terms.responsibility.many, blocks)


def _question_items(library: Library, questions: Iterable[Question], *, ids: bool) -> list[Block]:
    items = []
    for question in questions:
        remark: Line = standard_names(library, question.standards)
        if ids:
            remark = (Span(question.id, "name"), Span(f" {remark}".rstrip()))
        items.append(Item(question.text, remark))
    return listing(items, counted=True)
