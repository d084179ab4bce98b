"""Pages of what was studied: the crosswalk, a comparison, what a search found."""

from pl_guide.document import Block, Document, Heading, Item, Items, Line, Paragraph, Span, Table
from pl_guide.library import Library
from pl_guide.model import Role
from pl_guide.pages.parts import derived_note, edition
from pl_guide.study.comparison import Pair
from pl_guide.study.crosswalk import CrosswalkRow
from pl_guide.study.search import Hit
from pl_guide.wording import counted

GAP = "–"

# What a kind of passage is called in a remark.
KINDS = {
    "title": "name",
    "theory_of_change": "theory of change",
    "responsibilities_note": "note",
}


def crosswalk_page(library: Library, rows: tuple[CrosswalkRow, ...]) -> Document:
    """Lay out standards × roles: how many responsibilities and questions, and what has none."""
    framework = library.framework
    blocks: list[Block] = [
        Heading(1, "Crosswalk of standards and roles"),
        Paragraph(edition(library), "quiet"),
    ]
    if framework.crosswalk:
        blocks.append(Paragraph(framework.crosswalk, "quiet"))
    kinds = ("responsibilities", "questions")
    for title, kind in zip(("Responsibilities", "Questions"), kinds, strict=True):
        blocks += [
            Heading(2, title),
            Paragraph(f"How many {kind} of each role serve it; {GAP} where none does.", "quiet"),
            Table(
                ("Standard", *(role.title for role in library.roles)),
                tuple(_counts(library, row, kind) for row in rows),
                numeric=True,
            ),
        ]
    blocks += [Heading(2, "Gaps"), *_gaps(library, rows)]
    return Document((*blocks, *derived_note(library, library.roles)))


def _counts(library: Library, row: CrosswalkRow, kind: str) -> tuple[Line, ...]:
    found = [len(getattr(row.roles[role.id], kind)) for role in library.roles]
    return (row.title, *(str(number) if number else GAP for number in found))


def _gaps(library: Library, rows: tuple[CrosswalkRow, ...]) -> list[Block]:
    items = []
    for role in library.roles:
        undone = [row.title for row in rows if not row.roles[role.id].responsibilities]
        unasked = [row.title for row in rows if not row.roles[role.id].questions]
        said = []
        if undone:
            said.append(f"no responsibility for {_several(undone)}")
        if unasked:
            said.append(f"no question on {_several(unasked)}")
        if said:
            items.append(Item((Span(role.title, "strong"), Span(f": {'; '.join(said)}."))))
    if not items:
        return [Paragraph("None: every role has something for every standard.")]
    return [Items(tuple(items))]


def _several(titles: list[str]) -> str:
    # A title may hold commas of its own.
    return " · ".join(title.rstrip(".") for title in titles)


def comparison_page(library: Library, left: Role, right: Role, pairs: tuple[Pair, ...]) -> Document:
    """Lay two roles side by side, by category, paired by what their responsibilities serve."""
    together = sum(1 for pair in pairs if pair.left and pair.right)
    summary = (
        f"{edition(library)} · {counted(together, 'pair', 'pairs')} · "
        f"{left.title} alone: {sum(1 for pair in pairs if not pair.right)} · "
        f"{right.title} alone: {sum(1 for pair in pairs if not pair.left)}"
    )
    blocks: list[Block] = [
        Heading(1, f"{left.title} and {right.title}"),
        Paragraph(summary, "quiet"),
    ]
    for index, category in enumerate(library.framework.categories):
        rows: tuple[tuple[Line, ...], ...] = tuple(
            (
                " · ".join(library.standards_by_id[each].title for each in pair.standards),
                pair.left.text if pair.left else GAP,
                pair.right.text if pair.right else GAP,
            )
            for pair in pairs
            if pair.category == category.id
        )
        if rows:
            blocks.append(Heading(2, category.title, index))
            blocks.append(Table(("Standards", left.title, right.title), rows))
    if library.framework.crosswalk:
        blocks.append(Paragraph(library.framework.crosswalk, "quiet"))
    return Document((*blocks, *derived_note(library, (left, right))))


def search_page(words: str, hits: tuple[Hit, ...], library: Library) -> Document:
    """List what a search found, best first, with the matches marked and where to read on."""
    if not hits:
        return Document(())
    items = []
    for hit in hits:
        kind = KINDS.get(hit.passage.kind, hit.passage.kind)
        remark = (
            Span(f"{hit.passage.owner}, {kind} · "),
            Span(hit.passage.show, "name"),
        )
        items.append(Item(_marked(hit), remark))
    heading = Heading(1, f"Found for “{words}”")
    foot = Paragraph("To read on: plguide show, and the name that stands last.", "quiet")
    shown = {hit.passage.show for hit in hits}
    roles = [role for role in library.roles if role.id in shown]
    return Document((heading, Items(tuple(items)), foot, *derived_note(library, roles)))


def _marked(hit: Hit) -> Line:
    text, spans, at = hit.passage.text, [], 0
    for start, end in hit.matches:
        spans += [Span(text[at:start]), Span(text[start:end], "match")]
        at = end
    return tuple(span for span in (*spans, Span(text[at:])) if span.text)
