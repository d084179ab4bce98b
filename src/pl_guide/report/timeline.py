"""The report's section on steps: by month, and which are overdue or due next; pure."""

from collections import Counter
from datetime import date

from pl_guide.messages import report as messages
from pl_guide.render.web import Html, joined, tag
from pl_guide.render.wrapping import shortened
from pl_guide.report.parts import (
    MONTHS,
    PERSONS_SHOWN,
    Scene,
    bar,
    beside,
    cell,
    count_cell,
    day,
    heads,
    number,
    said,
    section,
)
from pl_guide.report.summary import KINDS, ListedStep
from pl_guide.surveys.pages import LONGEST_QUESTION
from pl_guide.text import counted, filled, raised

MONTHS_BACK = 9
MONTHS_AHEAD = 15
LONGEST_STEP = 400
EARLIER, LATER, UNDATED = "earlier", "later", ""

Row = tuple[str, str, Counter[str]]
"""A month as `2026-11`, what it is called, and how many steps of each kind it has."""


def timeline_section(scene: Scene) -> Html:
    """Make the section."""
    steps = scene.terms.first_step
    title = f"{raised(steps.many)} over time"
    if not scene.summary.whole.steps:
        return section("timeline", title, tag("p", scene.terms.say(messages.NONE_PLANNED)))
    return section("timeline", title, _chart(scene), _overdue(scene), _coming(scene))


def _chart(scene: Scene) -> Html:
    rows = month_rows(scene.summary.months, scene.today)
    if not rows:
        return tag("p", scene.terms.say(messages.NONE_DATED))
    longest = max(sum(counts.values()) for _, _, counts in rows)
    body = [_month(scene, row, longest) for row in rows]
    legend = tag(
        "ul",
        *(tag("li", tag("span", class_=f"swatch {kind}"), f" {kind}") for kind in KINDS),
        class_="legend",
        role="list",
        aria_hidden="true",
    )
    notes = _asides(scene)
    table = tag(
        "table",
        tag("caption", "By the month they are due", class_="unseen"),
        heads("Month", "All", *map(raised, KINDS)),
        tag("tbody", *body, role="rowgroup"),
        role="table",
        class_="months",
    )
    heading = tag("h3", "By the month they are due")
    return tag("div", heading, legend, table, notes, class_="chart")


def _month(scene: Scene, row: Row, longest: int) -> Html:
    month, name, counts = row
    now = month == scene.today.isoformat()[:7]
    head = tag(
        "th", name, *([" ", tag("small", "this month")] if now else []), scope="row",
        role="rowheader",
    )  # fmt: skip
    shares = [(kind, counts[kind]) for kind in KINDS]
    together = sum(counts.values())
    return tag(
        "tr",
        head,
        cell("All", beside(bar(*shares, whole=longest), number(together)), class_="share"),
        *(count_cell(raised(kind), counts[kind], kind) for kind in KINDS),
        role="row",
        class_="now" if now else None,
    )


def month_rows(months: Counter[tuple[str, str]], today: date) -> list[Row]:
    """Give the months from the first to the last with steps, what is far off summed up."""
    index = today.year * 12 + today.month - 1
    first, last = _month_at(index - MONTHS_BACK), _month_at(index + MONTHS_AHEAD)
    found: dict[str, Counter[str]] = {}
    for (month, kind), count in months.items():
        if month == UNDATED:
            continue
        place = EARLIER if month < first else LATER if month > last else month
        found.setdefault(place, Counter())[kind] += count
    near = [each for each in found if each not in {EARLIER, LATER}]
    rows: list[Row] = []
    if EARLIER in found:
        rows.append((EARLIER, f"Before {_name(first)}", found[EARLIER]))
    if near:
        # Months without steps stay in, so that distances in time are seen.
        begin, end = _index(min(near)), _index(max(near))
        months_between = map(_month_at, range(begin, end + 1))
        rows += [(each, _name(each), found.get(each, Counter())) for each in months_between]
    if LATER in found:
        rows.append((LATER, f"After {_name(last)}", found[LATER]))
    return rows


def _index(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _month_at(index: int) -> str:
    return f"{index // 12:04}-{index % 12 + 1:02}"


def _name(month: str) -> str:
    return f"{MONTHS[int(month[5:7]) - 1]} {month[:4]}"


def _asides(scene: Scene) -> Html:
    months = scene.summary.months
    dropped = scene.summary.whole.dropped
    said_of = [
        (months[UNDATED, "open"], "open without a date"),
        (months[UNDATED, "done"], "done without a date"),
        (dropped, "dropped"),
    ]
    named = [f"{number(count)} {what}" for count, what in said_of if count]
    left = filled(messages.NOT_SHOWN, {"kinds": ", ".join(named)})
    return tag("p", left, class_="quiet") if named else Html()


def _overdue(scene: Scene) -> Html:
    total = scene.summary.whole.overdue
    heading = _heading(scene, "Overdue", total)
    steps = scene.summary.overdue.items()
    if not steps:
        return joined(heading, tag("p", scene.terms.say(messages.NONE_OVERDUE)))
    command = scene.all_in("plan", "--open", "--due-before", scene.today.isoformat())
    rest = _rest(total, len(steps), messages.LONGEST_OVERDUE, command)
    return joined(heading, _list(scene, steps, "steps late"), rest)


def _coming(scene: Scene) -> Html:
    total = sum(
        count for (month, kind), count in scene.summary.months.items() if month and kind == "open"
    )
    heading = _heading(scene, "Due next", total)
    steps = scene.summary.coming.items()
    if not steps:
        return joined(heading, tag("p", scene.terms.say(messages.NONE_COMING)))
    command = scene.all_in("plan", "--open")
    rest = _rest(total, len(steps), messages.SOONEST, command)
    return joined(heading, _list(scene, steps, "steps"), rest)


def _heading(scene: Scene, title: str, total: int) -> Html:
    term = scene.terms.first_step
    return tag("h3", title, " ", tag("small", scene.terms.count(total, term)))


def _list(scene: Scene, steps: list[ListedStep], kind: str) -> Html:
    return tag("ol", *(_step(scene, step) for step in steps), class_=kind, role="list")


def _rest(total: int, shown: int, these: str, command: Html) -> Html:
    left = total - shown
    if not left:
        return Html()
    are = "is" if left == 1 else "are"
    begun = filled(these, {"shown": shown})
    words = filled(messages.MORE, {"these": begun, "are": are, "left": number(left)})
    return tag("p", words, command, class_="left-out")


def _step(scene: Scene, step: ListedStep) -> Html:
    question = raised(scene.terms.question.one)
    owner = said(step.owner) if step.owner else tag("span", "not named yet", class_="quiet")
    team = said(", ".join(step.participants[:PERSONS_SHOWN]) or step.title)
    wording = shortened(step.wording, LONGEST_QUESTION * 2)
    late = (scene.today - date.fromisoformat(step.due)).days
    ago = tag("small", counted(late, "day late", "days late")) if late > 0 else Html()
    if not late:
        ago = tag("small", "today")
    return tag(
        "li",
        tag("p", day(step.due), *([" ", ago] if ago else []), class_="due"),
        tag(
            "div",
            tag("p", said(shortened(step.text, LONGEST_STEP)), class_="what"),
            tag("p", f"{question} {step.number}: ", said(wording), class_="quiet"),
            tag("p", "Team: ", team, " · ", scene.place(step.file), class_="quiet"),
        ),
        tag("p", tag("small", "Owner"), " ", owner, class_="owner"),
    )
