"""A blank worksheet as the guides print it: a table of three columns."""

from pl_guide.document import Document, Heading, Paragraph, Table
from pl_guide.library import Library
from pl_guide.model import Role
from pl_guide.pages.parts import edition
from pl_guide.text import raised


def blank_table(library: Library, role: Role) -> Document:
    """Lay out a role's questions as a table with room for reflections and first steps."""
    reflection, phrases = library.framework.reflection, library.framework.phrases
    rows = tuple((each.text, "", "") for each in role.questions)
    columns = (raised(library.terms.question.one), reflection.reflections, reflection.first_steps)
    notes = [role.basis.note] if role.basis else []
    return Document(
        (
            Heading(1, library.terms.say(phrases.worksheet, title=role.title)),
            Paragraph("\n".join([edition(library), *notes]), "quiet"),
            Table(columns, rows),
        )
    )
