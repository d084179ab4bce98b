"""One role's guide."""

from pl_guide.analysis.crosswalk import serves
from pl_guide.document import Block, Document, Heading, Paragraph
from pl_guide.library import Library
from pl_guide.model import Category, Question, Responsibility, Role, Standard
from pl_guide.pages.parts import (
    Sections,
    about,
    edition,
    heading,
    question_items,
    resource_items,
    responsibility_items,
    several,
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
        return [each.title for each in (self.category, self.standard) if each]


WHOLE = Only()


def role_page(library: Library, role: Role, only: Only = WHOLE, *, ids: bool = False) -> Document:
    """Lay out a role's guide, with the ids of its questions if asked for.

    Raises:
        NoSuchPart: a section was asked for that the guide doesn't have.
    """
    responsibilities, questions = _chosen(library, role, only)
    whole = not only.titles
    page = Sections(role.title, only.sections)
    if role.purpose and whole:
        page.add(
            "purpose", [heading(2, library.framework.phrases.purpose), Paragraph(role.purpose)]
        )
    page.add("responsibilities", _responsibilities(library, role, responsibilities, note=whole))
    if questions:
        page.add("questions", _questions(library, questions, intro=whole, ids=ids))
    if whole:
        page.add("resources", _resources(library, role))
    head = _head(library, role, only.titles, questions)
    return page.document(head, about(library) if whole else ())


def role_data(library: Library, role: Role, only: Only = WHOLE) -> dict[str, object]:
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
        responsibilities = tuple(each for each in responsibilities if each.category == wanted)
        questions = tuple(
            each
            for each in questions
            if any(found.category == wanted for found in library.standards_of(each.standards))
        )
    if only.standard:
        target = only.standard
        responsibilities = tuple(each for each in responsibilities if serves(each, target, library))
        questions = tuple(each for each in questions if serves(each, target, library))
    return responsibilities, questions


def _head(
    library: Library, role: Role, parts: list[str], questions: tuple[Question, ...]
) -> list[Block]:
    terms = library.terms
    facts = [edition(library)]
    if parts:
        titles = several(library, parts)
        facts.append(terms.say(library.framework.phrases.only, titles=titles))
    else:
        counts = (
            (len(role.responsibilities), terms.responsibility),
            (len(questions), terms.question),
        )
        facts += [terms.count(number, noun) for number, noun in counts if number]
    blocks: list[Block] = [Heading(1, role.title), Paragraph(" · ".join(facts), "quiet")]
    if role.basis:
        blocks.append(Paragraph(role.basis.note, "quiet"))
    return blocks


def _responsibilities(
    library: Library, role: Role, chosen: tuple[Responsibility, ...], *, note: bool
) -> list[Block]:
    if not role.responsibilities:
        return []
    blocks: list[Block] = [heading(2, library.terms.responsibility.many)]
    if note and role.responsibilities_note:
        blocks.append(Paragraph(role.responsibilities_note))
    for index, category in enumerate(library.framework.categories):
        items = [each for each in chosen if each.category == category.id]
        if items:
            blocks.append(Heading(3, category.title, index))
            blocks += responsibility_items(library, items)
    if not chosen:
        said = library.terms.say(library.framework.phrases.nothing_here)
        blocks.append(Paragraph(said))
    return blocks


def _questions(
    library: Library, questions: tuple[Question, ...], *, intro: bool, ids: bool
) -> list[Block]:
    blocks: list[Block] = [heading(2, library.terms.question.many)]
    text = library.framework.reflection.text
    if intro and text:
        blocks.append(Paragraph(text))
    return blocks + question_items(library, questions, ids=ids)


def _resources(library: Library, role: Role) -> list[Block]:
    framework = library.framework
    chosen = [
        each for each in framework.resources if not each.role_specific or each.id in role.resources
    ]
    if not chosen:
        return []
    blocks: list[Block] = [heading(2, library.terms.resource.many), *resource_items(chosen)]
    if framework.resources_note:
        blocks.append(Paragraph(framework.resources_note, "quiet"))
    return blocks
