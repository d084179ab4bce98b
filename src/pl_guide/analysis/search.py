"""Finding words in all of a library's texts, best matches first."""

from collections.abc import Iterator
from itertools import chain
from math import log

from pl_guide.analysis.tokens import words_in
from pl_guide.library import Library
from pl_guide.model import Framework, Role
from pl_guide.records import Record
from pl_guide.text import nearest

TITLE_WEIGHT = 2.0
PREFIX_WEIGHT = 0.5
OWNER_WEIGHT = 0.3
SHORTEST_STEM = 4

_Text = tuple[str, str, str, str, str | None]
"""The fields of a passage, in order; where there is no text, there is no passage."""


class Passage(Record, frozen=True):
    """A text that can be found: what it is, what it belongs to, and where to read it.

    `kind` is a key of the YAML files (`question`, `statement`, …), `show` the name by which
    `plguide show` shows the whole it belongs to, `owner` that whole's title.
    """

    kind: str
    id: str
    show: str
    owner: str
    text: str


class Hit(Record, frozen=True):
    """A passage that matches; `matches` are the (start, end) of each matching word in its text."""

    passage: Passage
    score: float
    matches: tuple[tuple[int, int], ...]


def passages(library: Library, role: Role | None = None) -> Iterator[Passage]:
    """Yield every text of the library, or of one role, in order."""
    texts = [] if role else [_framework_texts(library.framework)]
    texts += map(_role_texts, [role] if role else library.roles)
    for kind, part, show, owner, text in chain.from_iterable(texts):
        if text:
            yield Passage(kind, part, show, owner, text)


def search(library: Library, words: str, role: Role | None = None) -> tuple[Hit, ...]:
    """Find the passages that have all the words, or failing that, most of them.

    A word may also be in the title of what the passage belongs to, if another one is in the
    passage itself: `coach feedback` finds what a coach's guide says of feedback.

    A word finds itself, and longer words that begin with it; from four letters on it also finds
    a shorter word that it begins with, as `coaches` does `coach`. In text that is written without
    spaces it finds itself anywhere. Letters are folded. Rare words count for more than common
    ones, whole words more than beginnings, and titles more than text.
    """
    wanted = list(dict.fromkeys(_folded_words(words)))
    found = list(passages(library, role))
    matched = [_matched(wanted, passage) for passage in found]
    most = max((sum(map(bool, row)) for row in matched), default=0)
    if not most:
        return ()
    weights = [
        log(1 + len(found) / (1 + sum(bool(row[i]) for row in matched))) for i in range(len(wanted))
    ]
    hits = []
    for passage, row in zip(found, matched, strict=True):
        if sum(map(bool, row)) < most:
            continue
        score = sum(
            weight * max(strength for *_, strength in places)
            for weight, places in zip(weights, row, strict=True)
            if places
        )
        if passage.kind == "title":
            score *= TITLE_WEIGHT
        marks = sorted({(start, end) for places in row for start, end, _ in places if end})
        hits.append(Hit(passage, round(score, 4), tuple(marks)))
    return tuple(sorted(hits, key=lambda hit: -hit.score))


def nearest_words(library: Library, words: str) -> tuple[str, ...]:
    """Return words that do occur and are most like those that were searched for."""
    known = {word for passage in passages(library) for word in _folded_words(passage.text)}
    near = [name for word in _folded_words(words) for name in nearest(word, sorted(known))]
    return tuple(dict.fromkeys(near))[:5]


def _folded_words(text: str) -> list[str]:
    return [word.folded for word in words_in(text)]


def _matched(wanted: list[str], passage: Passage) -> list[list[tuple[int, int, float]]]:
    """Return, for each wanted word, where it is and how well; (0, 0) is the owner's title."""
    row = [_matches(word, passage.text) for word in wanted]
    if not any(row):
        return row
    return [
        places or ([(0, 0, OWNER_WEIGHT)] if _matches(word, passage.owner) else [])
        for word, places in zip(wanted, row, strict=True)
    ]


def _matches(wanted: str, text: str) -> list[tuple[int, int, float]]:
    found = []
    for word in words_in(text):
        known = word.folded
        if known == wanted:
            found.append((word.start, word.end, 1.0))
        elif word.inside:
            found += [(*place, 1.0) for place in word.found(wanted)]
        elif known.startswith(wanted) or (len(known) >= SHORTEST_STEM and wanted.startswith(known)):
            found.append((word.start, word.end, PREFIX_WEIGHT))
    return found


def _framework_texts(framework: Framework) -> Iterator[_Text]:
    whole = "framework", framework.title
    yield "title", framework.id, *whole, framework.title
    yield "overview", framework.id, *whole, framework.overview
    for category in framework.categories:
        own = category.id, category.title
        yield "title", category.id, *own, category.title
        yield "category", category.id, *own, category.text
    for standard in framework.standards:
        own = standard.id, standard.title
        yield "title", standard.id, *own, standard.title
        yield "statement", standard.id, *own, standard.statement
        for construct in standard.constructs:
            yield "construct", construct.id, *own, construct.text
    for foundation in framework.foundations:
        yield "foundation", foundation.id, *whole, foundation.text
    theory = framework.theory_of_change
    if theory:
        yield "title", "theory-of-change", *whole, theory.title
        for step in theory.steps:
            yield "theory_of_change", step.id, *whole, f"{step.title}: {step.text or ''}"
        yield "theory_of_change", "monitoring", *whole, theory.monitoring
    for resource in framework.resources:
        yield "resource", resource.id, *whole, f"{resource.title}: {resource.text}"


def _role_texts(role: Role) -> Iterator[_Text]:
    own = role.id, role.title
    yield "title", role.id, *own, role.title
    yield "purpose", role.id, *own, role.purpose
    yield "responsibilities_note", role.id, *own, role.responsibilities_note
    for responsibility in role.responsibilities:
        yield "responsibility", responsibility.id, *own, responsibility.text
    for question in role.questions:
        yield "question", question.id, *own, question.text
