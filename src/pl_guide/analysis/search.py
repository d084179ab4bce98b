"""Finding words in all of a library's texts, best matches first."""

from collections.abc import Iterator
from math import log

from pl_guide.analysis.tokens import words_in
from pl_guide.library import Library
from pl_guide.model import Role
from pl_guide.records import Record
from pl_guide.text import nearest

TITLE_WEIGHT = 2.0
PREFIX_WEIGHT = 0.5
OWNER_WEIGHT = 0.3
SHORTEST_STEM = 4


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
    if role is None:
        yield from _framework_passages(library)
    for shown in library.roles if role is None else (role,):
        yield from _role_passages(shown)


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


def _framework_passages(library: Library) -> Iterator[Passage]:
    framework = library.framework

    def part(kind: str, part_id: str, text: str | None) -> Iterator[Passage]:
        if text:
            yield Passage(kind, part_id, "framework", framework.title, text)

    yield from part("title", framework.id, framework.title)
    yield from part("overview", framework.id, framework.overview)
    for category in framework.categories:
        yield Passage("title", category.id, category.id, category.title, category.title)
        if category.text:
            yield Passage("category", category.id, category.id, category.title, category.text)
    for standard in framework.standards:
        yield Passage("title", standard.id, standard.id, standard.title, standard.title)
        yield Passage("statement", standard.id, standard.id, standard.title, standard.statement)
        for construct in standard.constructs:
            yield Passage("construct", construct.id, standard.id, standard.title, construct.text)
    for foundation in framework.foundations:
        yield from part("foundation", foundation.id, foundation.text)
    theory = framework.theory_of_change
    if theory:
        yield from part("title", "theory-of-change", theory.title)
        for step in theory.steps:
            yield from part("theory_of_change", step.id, f"{step.title}: {step.text or ''}")
        yield from part("theory_of_change", "monitoring", theory.monitoring)
    for resource in framework.resources:
        yield from part("resource", resource.id, f"{resource.title}: {resource.text}")


def _role_passages(role: Role) -> Iterator[Passage]:
    def part(kind: str, part_id: str, text: str | None) -> Iterator[Passage]:
        if text:
            yield Passage(kind, part_id, role.id, role.title, text)

    yield from part("title", role.id, role.title)
    yield from part("purpose", role.id, role.purpose)
    yield from part("responsibilities_note", role.id, role.responsibilities_note)
    for responsibility in role.responsibilities:
        yield from part("responsibility", responsibility.id, responsibility.text)
    for question in role.questions:
        yield from part("question", question.id, question.text)
