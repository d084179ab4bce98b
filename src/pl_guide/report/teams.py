"""The report's first section: how far each team is, or where there are many, their sums; pure."""

from collections.abc import Iterable

from pl_guide.messages import report as messages
from pl_guide.render.web import Html, joined, tag
from pl_guide.report import parts
from pl_guide.report.parts import PERSONS_SHOWN, Scene, number, said, section
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


def _table(scene: Scene, title: str, first: str, groups: Iterable[list[Html]]) -> Html:
    columns = (first, _answered(scene), "Open", "Due", "Overdue", "Done", "Last change")
    return parts.table(tag("caption", title), columns, groups, "progress")


def _answered(scene: Scene) -> str:
    return f"{raised(scene.terms.question.many)} answered"


def _figures(scene: Scene, tally: Tally | Progress) -> Html:
    words = f"{number(tally.answered)} of {number(tally.total)}"
    drawn = parts.bar(words, ("answered", tally.answered), whole=tally.total)
    return joined(
        parts.cell(_answered(scene), drawn, class_="share"),
        parts.count_cell("Open", tally.open),
        parts.count_cell("Due", tally.due),
        parts.count_cell("Overdue", tally.overdue, "overdue"),
        parts.count_cell("Done", tally.done),
        parts.cell("Last change", parts.day(tally.updated), class_="when"),
    )


def _sum_row(scene: Scene, name: Html, tally: Tally, scope: str = "row") -> Html:
    teams = counted(tally.worksheets, "team", "teams")
    return parts.row(name, teams, _figures(scene, tally), scope=scope, class_="sum")


def _by_role(scene: Scene) -> Html:
    roles = scene.summary.roles
    rows = [_sum_row(scene, _role(scene, role), roles[role]) for role in _order(scene)]
    name = scene.terms.role.one
    title = f"By {name}"
    return tag("div", tag("h3", title), _table(scene, title, raised(name), [rows]))


def _by_folder(scene: Scene) -> Html:
    folders = scene.summary.parts()
    if len(folders) < 2:
        return Html()
    count = counted(len(folders), "folder", "folders")
    shown, note = list(folders), Html()
    if len(folders) > PARTS_LISTED:
        shown = sorted(folders, key=lambda name: -folders[name].overdue)[:PARTS_LISTED]
        left = scene.terms.say(messages.FOLDERS_LEFT_OUT, shown=PARTS_LISTED, folders=count)
        note = scene.left_out(left, "status")
    rows = [
        _sum_row(scene, said(name) if name else tag("span", "Outside of folders"), folders[name])
        for name in sorted(shown, key=as_people_count)
    ]
    made = _table(scene, "By folder", "Folder", [rows])
    if len(folders) > FEW:
        made = tag("details", tag("summary", count), note, made)
    return tag("div", tag("h3", "By folder"), made)


def _folded(scene: Scene) -> Html:
    count = scene.summary.whole.worksheets
    title, note = f"All {number(count)} teams", Html()
    if count > TEAMS_LISTED:
        title = f"{TEAMS_LISTED} of {number(count)} teams"
        left = scene.terms.say(messages.TEAMS_LEFT_OUT, left=number(count - TEAMS_LISTED))
        note = scene.left_out(left, "status")
    made = tag("details", tag("summary", title), note, _teams(scene, title))
    return tag("div", tag("h3", "By team"), made)


def _teams(scene: Scene, title: str) -> Html:
    """Lay out a row a team, grouped by role where there are several."""
    summary = scene.summary
    several = len(summary.roles) > 1
    teams = sorted(summary.teams, key=lambda team: as_people_count(team.path))
    groups = []
    for role in _order(scene):
        named = role == OTHER or not several
        rows = [
            _team_row(scene, team, named=named) for team in teams if summary.role_of(team) == role
        ]
        if rows and several:
            rows.insert(0, _sum_row(scene, _role(scene, role), summary.roles[role], "rowgroup"))
        if rows:
            groups.append(rows)
    return _table(scene, title, "Team", groups)


def _team_row(scene: Scene, team: Progress, *, named: bool) -> Html:
    more = len(team.participants) - PERSONS_SHOWN
    people = [*team.participants[:PERSONS_SHOWN], *([f"{more} more"] if more > 0 else [])]
    name = joined(
        *((said(", ".join(people), "team"), " ") if people else ()),
        *((said(team.title, "quiet"), " ") if named else ()),
        scene.place(team.path),
        " ",
    )
    return parts.row(name, "", _figures(scene, team))


def _order(scene: Scene) -> list[str]:
    roles = scene.summary.roles
    return [each for each in [*(role.id for role in scene.library.roles), OTHER] if each in roles]


def _role(scene: Scene, role: str) -> Html:
    titles = {each.id: each.title for each in scene.library.roles}
    return said(titles.get(role, "From other content"))
