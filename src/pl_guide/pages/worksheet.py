"""A blank worksheet as the guides print it: a table of questions with room to write."""

from pl_guide.document import Document, Heading, Paragraph, Table
from pl_guide.library import Library
from pl_guide.model import Role
from pl_guide.pages.parts import edition
from pl_guide.text import raised
from pl_guide.worksheet.parts import ASKED_PARTS


def blank_table(library: Library, role: Role) -> Document:
    """Lay out a role's questions as a table with room for each part of an answer."""
    reflection, phrases = library.framework.reflection, library.framework.phrases
    parts = [getattr(reflection, part.name) for part in ASKED_PARTS]
    rows = tuple((each.text, *("" for _ in parts)) for each in role.questions)
    columns = (raised(library.terms.question.one), *parts)
    notes = [role.basis.note] if role.basis else []
    return Document(
        (
            Heading(1, library.terms.say(phrases.worksheet, title=role.title)),
            Paragraph("\n".join([edition(library), *notes]), "quiet"),
            Table(columns, rows),
        )
    )
