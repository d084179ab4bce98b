"""Pages of what was studied: the crosswalk, a comparison, what a search found."""

from pl_guide.analysis.comparison import Pair
from pl_guide.analysis.crosswalk import CrosswalkRow
from pl_guide.analysis.search import Hit
from pl_guide.document import Block, Document, Heading, Item, Items, Line, Paragraph, Span, Table
from pl_guide.library import Library
from pl_guide.model import Role
from pl_guide.pages.parts import (
    GAP,
    derived_note,
    edition,
    headed,
    heading,
    listing,
    prose,
    several,
    standard_names,
)
from pl_guide.text import raised


def crosswalk_page(library: Library, rows: tuple[CrosswalkRow, ...]) -> Document:
    """Lay out standards × roles: how many responsibilities and questions, and what has none."""
    framework, terms, roles = library.framework, library.terms, library.roles
    blocks: list[Block] = [
        heading(1, terms.say(framework.phrases.crosswalk)),
        Paragraph(edition(library), "quiet"),
        *prose(framework.crosswalk, "quiet"),
    ]
    tables: list[Block] = []
    columns = (raised(terms.standard.one), *(role.title for role in roles))
    for kind, noun in (("responsibilities", terms.responsibility), ("questions", terms.question)):
        counts = tuple(
            (row.title, *(str(len(getattr(row.roles[role.id], kind)) or GAP) for role in roles))
            for row in rows
        )
        if rows and any(getattr(role, kind) for role in roles):
            said = terms.say(framework.phrases.how_many, items=noun.many)
            table = Table(columns, counts, numeric=True)
            tables += headed(noun.many, [Paragraph(said, "quiet"), table])
    gaps = headed(framework.phrases.gaps, _gaps(library, rows))
    blocks += [*tables, *gaps] if tables else [Paragraph(raised(framework.phrases.none))]
    return Document((*blocks, *derived_note(library, roles)))


def _gaps(library: Library, rows: tuple[CrosswalkRow, ...]) -> list[Block]:
    terms, phrases = library.terms, library.framework.phrases
    kinds = (
        ("responsibilities", terms.responsibility, phrases.no_responsibility),
        ("questions", terms.question, phrases.no_question),
    )
    items = []
    for role in library.roles:
        gaps = []
        for kind, noun, phrase in kinds:
            lacking = [row.title for row in rows if not getattr(row.roles[role.id], kind)]
            if lacking and not getattr(role, kind):
                gaps.append(terms.say(phrases.no_items, items=noun.many))
            elif lacking:
                # A title may hold commas of its own.
                titles = " · ".join(title.rstrip(".。") for title in lacking)
                gaps.append(terms.say(phrase, titles=titles))
        if gaps:
            items.append(Item((Span(role.title, "strong"), Span(f": {'; '.join(gaps)}."))))
    return listing(items) or [Paragraph(terms.say(phrases.no_gaps))]


def comparison_page(library: Library, left: Role, right: Role, pairs: tuple[Pair, ...]) -> Document:
    """Lay two roles side by side, by category, paired by what their responsibilities serve."""
    terms, alone = library.terms, library.framework.phrases.alone
    together = sum(1 for pair in pairs if pair.left and pair.right)
    facts = [edition(library)]
    if pairs:
        facts += [terms.count(together, terms.pair)] if together else []
        facts += [
            terms.say(alone, title=left.title, number=sum(not pair.right for pair in pairs)),
            terms.say(alone, title=right.title, number=sum(not pair.left for pair in pairs)),
        ]
    blocks: list[Block] = [
        Heading(1, several(library, (left.title, right.title))),
        Paragraph(" · ".join(facts), "quiet"),
    ]
    if not pairs:
        nothing = terms.say(library.framework.phrases.no_items, items=terms.responsibility.many)
        blocks.append(Paragraph(raised(nothing)))
    columns = (raised(terms.standard.many), left.title, right.title)
    for index, category in enumerate(library.framework.categories):
        rows = tuple(
            (
                standard_names(library, pair.standards) or GAP,
                pair.left.text if pair.left else GAP,
                pair.right.text if pair.right else GAP,
            )
            for pair in pairs
            if pair.category == category.id
        )
        if rows:
            blocks += [Heading(2, category.title, index), Table(columns, rows)]
    blocks += prose(library.framework.crosswalk, "quiet")
    return Document((*blocks, *derived_note(library, (left, right))))


def search_page(words: str, hits: tuple[Hit, ...], library: Library) -> Document:
    """List what a search found, best first, with the matches marked and where to read on."""
    if not hits:
        return Document(())
    phrases = library.framework.phrases
    items = []
    for hit in hits:
        kind = _kind(library, hit.passage.kind)
        remark = (Span(f"{hit.passage.owner}, {kind} · "), Span(hit.passage.show, "name"))
        items.append(Item(_marked(hit), remark))
    head = Heading(1, library.terms.say(phrases.found, words=words))
    foot = Paragraph(library.terms.say(phrases.read_on), "quiet")
    shown = {hit.passage.show for hit in hits}
    roles = [role for role in library.roles if role.id in shown]
    return Document((head, Items(tuple(items)), foot, *derived_note(library, roles)))


def _kind(library: Library, kind: str) -> str:
    """Say what a kind of passage is called in a remark."""
    if kind in library.terms.__struct_fields__:
        return str(getattr(library.terms, kind).one)
    name = {"title": "name", "responsibilities_note": "note"}.get(kind, kind)
    return str(getattr(library.framework.phrases, name))


def _marked(hit: Hit) -> Line:
    text, spans, at = hit.passage.text, [], 0
    for start, end in hit.matches:
        spans += [Span(text[at:start]), Span(text[start:end], "match")]
        at = end
    return tuple(span for span in (*spans, Span(text[at:])) if span.text)
