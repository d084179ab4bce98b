"""The head of a guide's question table: QUESTION, REFLECTIONS, FIRST STEPS; pure."""

from collections.abc import Iterable, Sequence

from pl_guide.model import Framework
from pl_guide.records import Record
from pl_guide.text import slug


class TableHead(Record, frozen=True):
    """What the columns may be called: that of the questions, and the two beside it, as slugs."""

    question: frozenset[str]
    reflections: frozenset[str]
    first_steps: frozenset[str]

    def question_column(self, cells: Sequence[str]) -> int | None:
        """Return which of a row's cells is over the questions; None if it is no head."""
        names = list(map(slug, cells))
        beside = self.reflections | self.first_steps
        if not any(name in beside for name in names):
            return None
        found = [index for index, name in enumerate(names) if name in self.question]
        return found[0] if found else None

    def is_head(self, text: str) -> bool:
        """Tell whether a text is the whole head in one line, or in three."""
        return slug(text) in {
            f"{first}-{second}-{third}"
            for first in self.question
            for second in self.reflections
            for third in self.first_steps
        }


def table_head(framework: Framework) -> TableHead:
    """Return what a framework's question tables are headed with."""
    table, term = framework.reflection, framework.terms.question
    return TableHead(
        _slugs(("question", "questions", term.one, term.many)),
        _slugs(("reflection", "reflections", table.reflections)),
        _slugs(("first step", "first steps", table.first_steps)),
    )


def _slugs(names: Iterable[str]) -> frozenset[str]:
    return frozenset(filter(None, map(slug, names)))
