"""The report's section on steps: by month, and which are overdue or due next; pure."""

from collections import Counter
from datetime import date

from pl_guide.messages import report as messages
from pl_guide.render.web import Html, joined, tag
from pl_guide.render.wrapping import shortened
from pl_guide.report import parts
from pl_guide.report.parts import MONTHS, PERSONS_SHOWN, Scene, number, said, section
from pl_guide.report.summary import KINDS
from pl_guide.surveys.pages import LONGEST_QUESTION
from pl_guide.surveys.plan import PlannedStep
from pl_guide.text import counted, raised

MONTHS_BACK = 9
MONTHS_AHEAD = 15
LONGEST_STEP = 400

OVERDUE = ("Overdue", messages.NONE_OVERDUE, messages.LONGEST_OVERDUE)
DUE_NEXT = ("Due next", messages.NONE_COMING, messages.SOONEST)
"""What heads steps, and is said of none and of the first."""

Row = tuple[int, str, Counter[str]]
"""The number of a month, what it is called, and how many steps of each kind it has."""


def timeline_section(scene: Scene) -> Html:
    """Make the section."""
    summary, terms = scene.summary, scene.terms
    title = f"{raised(terms.first_step.many)} over time"
    if not summary.whole.steps:
        return section("timeline", title, tag("p", terms.say(messages.NONE_PLANNED)))
    months = summary.months.items()
    coming = sum(count for (month, kind), count in months if month and kind == "open")
    before = ("--due-before", scene.today.isoformat())
    return section(
        "timeline",
        title,
        _chart(scene),
        _listed(scene, OVERDUE, summary.whole.overdue, summary.overdue, *before),
        _listed(scene, DUE_NEXT, coming, summary.coming),
    )


def _chart(scene: Scene) -> Html:
    rows = month_rows(scene.summary.months, scene.today)
    if not rows:
        return tag("p", scene.terms.say(messages.NONE_DATED))
    longest = max(counts.total() for _, _, counts in rows)
    title = "By the month they are due"
    kinds = (tag("li", tag("span", class_=f"swatch {kind}"), f" {kind}") for kind in KINDS)
    return tag(
        "div",
        tag("h3", title),
        tag("ul", *kinds, class_="legend", role="list", aria_hidden="true"),
        parts.table(
            tag("caption", title, class_="unseen"),
            ("Month", "All", *map(raised, KINDS)),
            [[_month(scene, row, longest) for row in rows]],
            class_="months",
        ),
        _asides(scene),
        class_="chart",
    )


def _month(scene: Scene, row: Row, longest: int) -> Html:
    month, name, counts = row
    now = month == _index(scene.today.isoformat())
    shares = [(kind, counts[kind]) for kind in KINDS]
    drawn = parts.bar(number(counts.total()), *shares, whole=longest)
    return parts.row(
        name,
        "this month" if now else "",
        parts.cell("All", drawn, class_="share"),
        *(parts.count_cell(raised(kind), count, kind) for kind, count in shares),
        class_="now" if now else None,
    )


def month_rows(months: Counter[tuple[str, str]], today: date) -> list[Row]:
    """Give the months from the first to the last with steps, what is far off summed up."""
    now = _index(today.isoformat())
    first, last = now - MONTHS_BACK, now + MONTHS_AHEAD
    found: dict[int, Counter[str]] = {}
    for (month, kind), count in months.items():
        if month:
            # What is earlier or later lies a month beyond those that are shown.
            index = min(max(_index(month), first - 1), last + 1)
            found.setdefault(index, Counter())[kind] += count
    shown = [index for index in found if first <= index <= last]
    # Months without steps stay in, so that distances in time are seen.
    between = range(min(shown), max(shown) + 1) if shown else ()
    ends = {first - 1: f"Before {_name(first)}", last + 1: f"After {_name(last)}"}
    return [
        (index, ends.get(index) or _name(index), found.get(index, Counter()))
        for index in sorted({*found, *between})
    ]


def _index(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _name(index: int) -> str:
    return f"{MONTHS[index % 12]} {index // 12:04}"


def _asides(scene: Scene) -> Html:
    months = scene.summary.months
    said_of = [
        (months["", "open"], "open without a date"),
        (months["", "done"], "done without a date"),
        (scene.summary.whole.dropped, "dropped"),
    ]
    named = [f"{number(count)} {what}" for count, what in said_of if count]
    left = messages.NOT_SHOWN.format(kinds=", ".join(named))
    return tag("p", left, class_="quiet") if named else Html()


def _listed(
    scene: Scene, words: tuple[str, str, str], total: int, steps: list[PlannedStep], *options: str
) -> Html:
    """List the first of some steps; `options` are those with which `plan` lists all."""
    title, none, these = words
    terms = scene.terms
    heading = tag("h3", title, " ", tag("small", terms.count(total, terms.first_step)))
    if not steps:
        return joined(heading, tag("p", terms.say(none)))
    kind = "steps late" if steps is scene.summary.overdue else "steps"
    made = tag("ol", *(_step(scene, step) for step in steps), class_=kind, role="list")
    left = total - len(steps)
    begun, are = these.format(shown=len(steps)), "is" if left == 1 else "are"
    more = messages.MORE.format(these=begun, are=are, left=number(left))
    rest = scene.left_out(more, "plan", "--open", *options) if left else ""
    return joined(heading, made, rest)


def _step(scene: Scene, step: PlannedStep) -> Html:
    question = raised(scene.terms.question.one)
    owner = (
        said(step.step.owner) if step.step.owner else tag("span", "not named yet", class_="quiet")
    )
    team = said(", ".join(step.participants[:PERSONS_SHOWN]) or step.title)
    wording = shortened(step.wording, LONGEST_QUESTION * 2)
    late = (scene.today - date.fromisoformat(step.due)).days
    ago = counted(late, "day late", "days late") if late else "today"
    remark = (" ", tag("small", ago)) if late >= 0 else ()
    return tag(
        "li",
        tag("p", parts.day(step.due), *remark, class_="due"),
        tag(
            "div",
            tag("p", said(shortened(step.step.text, LONGEST_STEP)), class_="what"),
            tag("p", f"{question} {step.number}: ", said(wording), class_="quiet"),
            tag("p", "Team: ", team, " · ", scene.place(step.file), class_="quiet"),
        ),
        tag("p", tag("small", "Owner"), " ", owner, class_="owner"),
    )
