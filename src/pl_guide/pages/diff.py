"""What changed between two worksheets, as a page: words marked `{+added+}` and `[-gone-]`."""

from collections import Counter
from collections.abc import Iterable

from pl_guide.document import Block, Document, Heading, Item, Items, Paragraph, Span
from pl_guide.text import raised
from pl_guide.wording import Terms
from pl_guide.worksheet.diff import Change, StepChange, Stretch
from pl_guide.worksheet.model import Worksheet
from pl_guide.worksheet.parts import STATES


def change_page(
    paths: tuple[str, str],
    sheets: tuple[Worksheet, Worksheet],
    found: tuple[Change, ...],
    terms: Terms,
) -> Document:
    """Lay out what changed from the first worksheet to the second."""
    if not found:
        return Document(())
    new = sheets[1]
    dated = [
        f"{path} ({sheet.updated[:10]})" if sheet.updated else path
        for path, sheet in zip(paths, sheets, strict=True)
    ]
    blocks: list[Block] = [
        Heading(1, f"{new.title}: what changed"),
        Paragraph(f"From {dated[0]} to {dated[1]}", "quiet"),
        Paragraph(_summary(found, terms), "quiet"),
    ]
    for change in found:
        blocks += _change_blocks(change, new)
    return Document(tuple(blocks))


def _summary(found: tuple[Change, ...], terms: Terms) -> str:
    steps = [step for change in found for step in change.steps]
    numbers = Counter[str](step.kind for step in steps)
    numbers.update(now for step in steps for name, _, now in step.details if name == "state")
    thought = sum(bool(change.reflections) for change in found)
    facts = [f"Thinking changed in {terms.count(thought, terms.question)}"]
    words = ("new", "done", "dropped", "gone")
    counts = [f"{numbers[word]} {word}" for word in words if numbers[word]]
    if counts:
        facts.append(f"{terms.first_step.many}: {', '.join(counts)}")
    return " · ".join(facts)


def _change_blocks(change: Change, new: Worksheet) -> list[Block]:
    if not change.question:
        return [Heading(2, "Heading and participants"), *_rows(change.notes)]
    blocks: list[Block] = [Heading(2, f"{change.number}. {change.wording}")]
    if change.kind != "both":
        word = "New" if change.kind == "new" else "No longer there"
        blocks.append(Paragraph(f"{word}.", "quiet"))
    if change.worded_before:
        blocks.append(Paragraph(f"Worded before: {change.worded_before}", "quiet"))
    if change.reflections:
        blocks += [Heading(3, new.columns[0]), *_rows(change.reflections)]
    if change.steps:
        items = tuple(_step_item(step) for step in change.steps)
        blocks += [Heading(3, new.columns[1]), Items(items)]
    if change.notes:
        blocks += [Heading(3, "Notes"), *_rows(change.notes)]
    return blocks


def _rows(stretches: Iterable[Stretch]) -> list[Block]:
    """Lay out each row in which something changed, and dots for those in which nothing did."""
    rows: list[list[Stretch]] = [[]]
    for stretch in stretches:
        first, *others = stretch.text.split("\n")
        rows[-1].append(Stretch(stretch.kind, first))
        rows += [[Stretch(stretch.kind, text)] for text in others]
    blocks: list[Block] = []
    for row in rows:
        if any(stretch.kind != "same" and stretch.text.strip() for stretch in row):
            blocks.append(Paragraph(_marked(row)))
        elif any(stretch.text for stretch in row) and blocks[-1:] != [UNCHANGED]:
            blocks.append(UNCHANGED)
    return blocks


UNCHANGED = Paragraph("…", "quiet")


def _marked(row: Iterable[Stretch]) -> tuple[Span, ...]:
    """Mark what was added and what is gone; the space around it stays outside."""
    spans = []
    for each in row:
        words = each.text.strip()
        if each.kind == "same" or not words:
            spans.append(Span(each.text))
            continue
        before, _, after = each.text.partition(words)
        marked = f"{{+{words}+}}" if each.kind == "added" else f"[-{words}-]"
        spans += [Span(before), Span(marked, each.kind), Span(after)]
    return tuple(span for span in spans if span.text)


def _step_item(change: StepChange) -> Item:
    step = change.step
    came = any(name == "state" for name, _, _ in change.details)
    label = STATES[step.state].now if came else change.kind
    spans = [Span(f"{raised(label)}: ", "strong")]
    marked = _marked(change.text) if change.kind == "changed" else (Span(step.text),)
    facts = [step.owner, f"due {step.due}" if step.due else ""] if change.kind != "changed" else []
    told = [
        f"checked: {now or f'(taken out) {old}'}"
        if name == "checked"
        else f"{name}: {old or '–'} → {now or '–'}"
        for name, old, now in change.details
        if name != "state"
    ]
    return Item((*spans, *marked), " · ".join(filter(None, [*facts, *told])))
