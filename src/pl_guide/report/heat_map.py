"""The report's map of standards and roles: where there is thinking, where steps, where neither."""

from pl_guide.messages import report as messages
from pl_guide.model import Category, Role, Standard
from pl_guide.render.web import Html, joined, tag
from pl_guide.report.parts import Scene, number, said, section
from pl_guide.report.summary import OTHER
from pl_guide.text import counted, listed, raised

ROLES_SHOWN = 24
NOTHING, ANSWERED, PLANNED, NOT_ASKED = "○", "◇", "◆", "–"


def heat_map_section(scene: Scene) -> Html:
    """Make the section, or nothing where no worksheet is of this content."""
    terms = scene.terms
    title = raised(f"{terms.standard.many} and {terms.role.many}")
    present = [role for role in scene.library.roles if role.id in scene.summary.roles]
    if not present:
        return Html()
    # Where there are more roles than anyone can look at, those with the most teams.
    by_size = sorted(present, key=lambda role: -scene.summary.roles[role.id].worksheets)
    shown = [role for role in present if role in by_size[:ROLES_SHOWN]]
    table = tag(
        "table",
        tag("caption", title, class_="unseen"),
        tag("thead", tag("tr", tag("td"), *(_role_head(scene, role) for role in shown))),
        *(_group(scene, category, shown) for category in scene.library.framework.categories),
        class_="map",
    )
    label = f"{title}: table"
    frame = tag("div", table, class_="wide", role="region", tabindex="0", aria_label=label)
    notes = [tag("p", note, class_="quiet") for note in _notes(scene, present, shown)]
    return section("map", title, _legend(scene), frame, *notes)


def _legend(scene: Scene) -> Html:
    steps = scene.terms.first_step.many
    meanings = (
        ("most", PLANNED, f"{steps} planned by two thirds of the teams or more"),
        ("many", PLANNED, "by a third or more"),
        ("some", PLANNED, "by fewer"),
        ("answered", ANSWERED, f"answered, no {steps} yet"),
        ("nothing", NOTHING, "nothing yet"),
        ("not-asked", NOT_ASKED, f"no {scene.terms.question.one} asks about it"),
    )
    items = [
        tag("li", tag("span", symbol, class_=f"swatch {kind}", aria_hidden="true"), f" {meaning}")
        for kind, symbol, meaning in meanings
    ]
    how = tag("p", scene.terms.say(messages.TEAMS_COUNTED), class_="quiet")
    return joined(how, tag("ul", *items, class_="legend", role="list"))


def _role_head(scene: Scene, role: Role) -> Html:
    teams = counted(scene.summary.roles[role.id].worksheets, "team", "teams")
    return tag("th", said(role.title), " ", tag("small", teams), scope="col")


def _group(scene: Scene, category: Category, roles: list[Role]) -> Html:
    standards = scene.library.standards_in(category)
    if not standards:
        return Html()
    name = tag("span", category.title, dir="auto", class_="stay")
    head = tag("th", name, scope="rowgroup", colspan=len(roles) + 1, class_="category")
    rows = []
    for standard in standards:
        cells = (_cell(scene, standard, role) for role in roles)
        rows.append(tag("tr", tag("th", said(standard.title), scope="row"), *cells))
    return tag("tbody", tag("tr", head), *rows)


def _cell(scene: Scene, standard: Standard, role: Role) -> Html:
    steps = scene.terms.first_step.many
    summary = scene.summary
    teams = summary.roles[role.id].worksheets
    planned = summary.planned[role.id, standard.id]
    answered = summary.answered[role.id, standard.id] - planned
    out_of = f"of {counted(teams, 'team', 'teams')}"
    shown: str
    if not any(standard in scene.library.standards_of(each.standards) for each in role.questions):
        kind, shown = "not-asked", NOT_ASKED
        spoken = f"not asked: no {scene.terms.question.one} on it"
    elif planned:
        kind = "most" if planned * 3 >= teams * 2 else "many" if planned * 3 >= teams else "some"
        shown = tag("b", f"{PLANNED} {number(planned)}")
        spoken = f"{steps} planned by {number(planned)} {out_of}"
        if answered:
            shown = joined(shown, tag("i", f"{ANSWERED} {number(answered)}"))
            spoken += f", answered by {number(answered)} more"
    elif answered:
        kind, shown = "answered", f"{ANSWERED} {number(answered)}"
        spoken = f"answered by {number(answered)} {out_of}, no {steps} yet"
    else:
        kind, shown, spoken = "nothing", NOTHING, "nothing yet"
    seen = tag("span", shown, aria_hidden="true")
    return tag("td", seen, tag("span", spoken, class_="unseen"), class_=kind)


def _notes(scene: Scene, present: list[Role], shown: list[Role]) -> list[str]:
    notes = []
    say = scene.terms.say
    if len(shown) < len(present):
        others = counted(len(present) - len(shown), "other is", "others are")
        notes.append(say(messages.ROLES_LEFT_OUT, shown=len(shown), others=others))
    missing = [role.title for role in scene.library.roles if role not in present]
    if missing:
        named = listed([*missing[:8], *(["others"] if len(missing) > 8 else [])], "or")
        notes.append(say(messages.NO_WORKSHEET, titles=named))
    other = scene.summary.roles.get(OTHER)
    if other:
        worksheets = counted(other.worksheets, "worksheet is", "worksheets are")
        notes.append(say(messages.OTHER_CONTENT, worksheets=worksheets))
    return notes
