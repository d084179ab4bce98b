"""What there is, with the names to type: all standards, all roles."""

from pl_guide.document import Block, Document, Heading, Line, Paragraph, Span, Table
from pl_guide.library import Library
from pl_guide.pages.parts import GAP, derived_note, edition, heading
from pl_guide.text import raised


def standards_page(library: Library) -> Document:
    """List all standards by category, with the names to type."""
    terms, phrases = library.terms, library.framework.phrases
    blocks: list[Block] = [heading(1, terms.standard.many), Paragraph(edition(library), "quiet")]
    columns = tuple(map(raised, (terms.standard.one, phrases.id, phrases.code)))
    # Frameworks without codes need no column for them.
    shown = 3 if any(standard.code for standard in library.framework.standards) else 2
    for index, category in enumerate(library.framework.categories):
        rows: tuple[tuple[Line, ...], ...] = tuple(
            (
                (Span(standard.title, "strong"),),
                (Span(standard.id, "name"),),
                (Span(standard.code, "name"),) if standard.code else "",
            )[:shown]
            for standard in library.standards_in(category)
        )
        named = Paragraph((Span(category.id, "name"),), "quiet")
        blocks += [Heading(2, category.title, index), named]
        blocks += [Table(columns[:shown], rows)] if rows else []
    return Document(tuple(blocks))


def roles_page(library: Library) -> Document:
    """List all roles, with the names to type."""
    head: list[Block] = [heading(1, library.terms.role.many), Paragraph(edition(library), "quiet")]
    if not library.roles:
        return Document((*head, Paragraph(raised(library.framework.phrases.none))))
    return Document((*head, roles_table(library), *derived_note(library, library.roles)))


def roles_table(library: Library) -> Table:
    """Make a table of the roles: name, id, and how much each holds."""
    rows = tuple(
        (
            (Span(role.title, "strong"),),
            (Span(role.id, "name"),),
            str(len(role.responsibilities) or GAP),
            str(len(role.questions) or GAP),
        )
        for role in library.roles
    )
    terms = library.terms
    counts = (terms.responsibility.many, terms.question.many)
    columns = (terms.role.one, library.framework.phrases.id, *counts)
    return Table(tuple(map(raised, columns)), rows)
