"""The report's first section: how far each team is, or where there are many, their sums; pure."""

from pl_guide.messages import report as messages
from pl_guide.render.web import Html, joined, tag
from pl_guide.report.parts import (
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
from pl_guide.report.summary import OTHER, TEAMS_LISTED, Tally, as_people_count
from pl_guide.surveys.progress import DUE_DAYS, Progress
from pl_guide.text import counted, raised

FEW = 40
"""Up to so many teams stand in the open; more are folded away under their sums."""

PARTS_LISTED = 300


def teams_section(scene: Scene) -> Html:
    """Make the section."""
    key = tag("p", scene.terms.say(messages.DUE_AND_OVERDUE, days=DUE_DAYS), class_="quiet")
    if scene.summary.whole.worksheets <= FEW:
        return section("progress", "Progress by team", key, _teams(scene, "Progress by team"))
    return section("progress", "Progress", key, _by_role(scene), _by_folder(scene), _folded(scene))


def _columns(scene: Scene, first: str) -> tuple[str, ...]:
    return first, f"{raised(scene.terms.question.many)} answered", *COUNTS, "Last change"


COUNTS = ("Open", "Due", "Overdue", "Done")


def _table(scene: Scene, title: str, first: str, *bodies: Html) -> Html:
    caption = tag("caption", title)
    columns = heads(*_columns(scene, first))
    return tag("table", caption, columns, *bodies, role="table", class_="progress")


def _figures(scene: Scene, tally: Tally | Progress) -> Html:
    answered = _columns(scene, "")[1]
    return joined(
        cell(
            answered,
            beside(
                bar(("answered", tally.answered), whole=tally.total),
                f"{number(tally.answered)} of {number(tally.total)}",
            ),
            class_="share",
        ),
        count_cell("Open", tally.open),
        count_cell("Due", tally.due),
        count_cell("Overdue", tally.overdue, "overdue"),
        count_cell("Done", tally.done),
        cell("Last change", day(tally.updated), class_="when"),
    )


def _sum_row(scene: Scene, name: Html, tally: Tally, scope: str = "row") -> Html:
    teams = counted(tally.worksheets, "team", "teams")
    head = tag("th", name, " ", tag("small", teams), scope=scope, role="rowheader")
    return tag("tr", head, _figures(scene, tally), role="row", class_="sum")


def _by_role(scene: Scene) -> Html:
    roles = scene.summary.roles
    rows = [_sum_row(scene, _role(scene, role), roles[role]) for role in _order(scene)]
    name = scene.terms.role.one
    title = f"By {name}"
    return tag(
        "div",
        tag("h3", title),
        _table(scene, title, raised(name), tag("tbody", *rows, role="rowgroup")),
    )


def _by_folder(scene: Scene) -> Html:
    parts = scene.summary.parts()
    if len(parts) < 2:
        return Html()
    shown = sorted(parts.items(), key=lambda each: as_people_count(each[0]))
    note = Html()
    if len(shown) > PARTS_LISTED:
        most = set(sorted(parts, key=lambda each: -parts[each].overdue)[:PARTS_LISTED])
        shown = [each for each in shown if each[0] in most]
        folders = counted(len(parts), "folder", "folders")
        left = scene.terms.say(messages.FOLDERS_LEFT_OUT, shown=PARTS_LISTED, folders=folders)
        note = tag("p", left, scene.all_in("status"), class_="left-out")
    rows = [
        _sum_row(scene, said(name) if name else tag("span", "Outside of folders"), tally)
        for name, tally in shown
    ]
    table = _table(scene, "By folder", "Folder", tag("tbody", *rows, role="rowgroup"))
    count = counted(len(parts), "folder", "folders")
    if len(parts) <= FEW:
        return tag("div", tag("h3", "By folder"), table)
    return tag("div", tag("h3", "By folder"), tag("details", tag("summary", count), note, table))


def _folded(scene: Scene) -> Html:
    count = scene.summary.whole.worksheets
    note = Html()
    title = f"All {number(count)} teams"
    if count > TEAMS_LISTED:
        title = f"{TEAMS_LISTED} of {number(count)} teams"
        left = scene.terms.say(messages.TEAMS_LEFT_OUT, left=number(count - TEAMS_LISTED))
        note = tag("p", left, scene.all_in("status"), class_="left-out")
    table = _teams(scene, title)
    return tag("div", tag("h3", "By team"), tag("details", tag("summary", title), note, table))


def _teams(scene: Scene, title: str) -> Html:
    """Lay out a row a team, grouped by role where there are several."""
    summary = scene.summary
    by_role: dict[str, list[Progress]] = {}
    for row in sorted(summary.teams.items(), key=lambda each: as_people_count(each.path)):
        by_role.setdefault(summary.role_of(row), []).append(row)
    bodies = []
    for role in _order(scene):
        rows = [_team_row(scene, row, named=role == OTHER) for row in by_role.get(role, ())]
        if rows and len(summary.roles) > 1:
            rows.insert(0, _sum_row(scene, _role(scene, role), summary.roles[role], "rowgroup"))
        if rows:
            bodies.append(tag("tbody", *rows, role="rowgroup"))
    return _table(scene, title, "Team", *bodies)


def _team_row(scene: Scene, row: Progress, *, named: bool) -> Html:
    people = list(row.participants[:PERSONS_SHOWN])
    if len(row.participants) > PERSONS_SHOWN:
        people.append(f"{len(row.participants) - PERSONS_SHOWN} more")
    who = said(", ".join(people), "team") if people else Html()
    role = said(row.title, "quiet") if named or len(scene.summary.roles) == 1 else Html()
    head = tag("th", *_spaced(who, role, scene.place(row.path)), scope="row", role="rowheader")
    return tag("tr", head, _figures(scene, row), role="row")


def _spaced(*parts: Html) -> list[Html]:
    return [Html(f"{each} ") for each in parts if each]


def _order(scene: Scene) -> list[str]:
    roles = scene.summary.roles
    return [each for each in [*(role.id for role in scene.library.roles), OTHER] if each in roles]


def _role(scene: Scene, role: str) -> Html:
    titles = {each.id: each.title for each in scene.library.roles}
    return said(titles.get(role, "From other content"))
