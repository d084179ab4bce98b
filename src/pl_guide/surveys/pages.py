"""Pages on many worksheets: how far they are, and the plan they make together."""

from datetime import date, timedelta
from functools import lru_cache

from pl_guide.document import Block, Document, Heading, Item, Items, Line, Paragraph, Span, Table
from pl_guide.render.wrapping import shortened
from pl_guide.surveys.plan import PlannedStep
from pl_guide.surveys.progress import DUE_DAYS, Progress
from pl_guide.text import counted, raised, ranges
from pl_guide.wording import Terms

LONGEST_QUESTION = 72


def status_page(rows: list[Progress], today: date, terms: Terms) -> Document:
    """Lay out how far worksheets are, with their sums."""
    if not rows:
        return Document(())
    number = counted(len(rows), "worksheet", "worksheets")
    blocks: list[Block] = [
        Heading(1, "Where worksheets stand"),
        Paragraph(
            f"{today.isoformat()} · {number} · due: within {DUE_DAYS} days · overdue: before today",
            "quiet",
        ),
        Table(
            ("Worksheet", "Answered", "Open", "Due", "Overdue", "Done", "Changed"),
            (*map(_status_row, rows), *_sums(rows)),
        ),
    ]
    reworded = [row for row in rows if row.reworded]
    if reworded:
        blocks += [
            Heading(2, "Worded differently today"),
            Paragraph("Each keeps its answer, and the wording it was asked in.", "quiet"),
            Items(tuple(_reworded(row, terms) for row in reworded)),
        ]
    return Document(tuple(blocks))


def _status_row(row: Progress) -> tuple[Line, ...]:
    who = " · ".join([row.title, *filter(None, [", ".join(row.participants)])])
    return (
        (Span(row.path, "name"), Span(f" {who}", "quiet")),
        f"{row.answered} of {row.total}",
        *(str(number) if number else "–" for number in (row.open, row.due, row.overdue, row.done)),
        row.updated[:10] or "–",
    )


def _sums(rows: list[Progress]) -> list[tuple[Line, ...]]:
    if len(rows) < 2:
        return []
    fields = ("answered", "total", "open", "due", "overdue", "done")
    sums = {name: sum(getattr(row, name) for row in rows) for name in fields}
    return [
        (
            (Span("All together", "strong"),),
            f"{sums['answered']} of {sums['total']}",
            *(str(sums[name]) for name in fields[2:]),
            max(row.updated for row in rows)[:10] or "–",
        )
    ]


def _reworded(row: Progress, terms: Terms) -> Item:
    word = terms.question.one if len(row.reworded) == 1 else terms.question.many
    return Item((Span(row.path, "name"), Span(f": {word} {ranges(row.reworded)}")))


def plan_page(steps: list[PlannedStep], today: date, terms: Terms) -> Document:
    """Lay out steps in the order of their dates, under what the dates mean today."""
    if not steps:
        return Document(())
    soon = (today + timedelta(DUE_DAYS)).isoformat()
    now = today.isoformat()
    open_steps = [step for step in steps if step.step.state == "open"]
    groups = {
        "Overdue": [step for step in open_steps if "" < step.due < now],
        f"Due within {DUE_DAYS} days": [step for step in open_steps if now <= step.due <= soon],
        "Later": [step for step in open_steps if step.due > soon],
        "Open, without a date": [step for step in open_steps if not step.due],
        "Done": [step for step in steps if step.step.state == "done"],
        "Dropped": [step for step in steps if step.step.state == "dropped"],
    }
    files = counted(len({step.file for step in steps}), "worksheet", "worksheets")
    number = counted(len(steps), terms.first_step.one, terms.first_step.many)
    blocks: list[Block] = [
        Heading(1, f"Plan: {terms.first_step.many}"),
        Paragraph(f"{now} · {number} from {files}", "quiet"),
    ]
    for index, (title, found) in enumerate(groups.items()):
        if found:
            blocks.append(Heading(2, title, index))
            blocks.append(Items(tuple(_planned(step, terms) for step in found)))
    return Document(tuple(blocks))


def _planned(planned: PlannedStep, terms: Terms) -> Item:
    step = planned.step
    spans = []
    if step.due:
        spans.append(Span(f"{step.due} ", "strong"))
    spans.append(Span(step.text))
    if step.owner:
        spans.append(Span(f" · {step.owner}"))
    question = _question(planned.number, planned.wording, terms.question.one)
    return Item(tuple(spans), (question, Span(planned.file, "name")))


@lru_cache(maxsize=1024)  # Thousands of steps come from a few dozen questions.
def _question(number: int, wording: str, noun: str) -> Span:
    return Span(f"{raised(noun)} {number}: {shortened(wording, LONGEST_QUESTION)} · ")
