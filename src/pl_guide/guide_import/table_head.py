"""The head of a guide's question table: QUESTION, REFLECTIONS, FIRST STEPS; pure."""

import itertools
from collections.abc import Sequence

from pl_guide.model import Framework
from pl_guide.text import slug


class TableHead:
    """What a framework's question tables are headed with."""

    def __init__(self, framework: Framework) -> None:
        table, term = framework.reflection, framework.terms.question
        self._question = _slugs("question", "questions", term.one, term.many)
        reflections = _slugs("reflection", "reflections", table.reflections)
        first_steps = _slugs("first step", "first steps", table.first_steps)
        self._beside = reflections | first_steps
        columns = itertools.product(self._question, reflections, first_steps)
        self._whole = set(map("-".join, columns))

    def question_column(self, cells: Sequence[str]) -> int | None:
        """Return which of a row's cells is over the questions; None if it is no head."""
        names = list(map(slug, cells))
        if self._beside.isdisjoint(names):
            return None
        return next((at for at, name in enumerate(names) if name in self._question), None)

    def is_head(self, text: str) -> bool:
        """Tell whether a text is the whole head in one line, or in three."""
        return slug(text) in self._whole


def _slugs(*names: str) -> set[str]:
    return set(filter(None, map(slug, names)))
