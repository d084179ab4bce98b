"""The report as one page that needs nothing from outside: its head, its sections, its foot."""

from datetime import date

from pl_guide.library import Library
from pl_guide.messages import report as messages
from pl_guide.render.web import Html, joined, tag, web_page
from pl_guide.report.heat_map import heat_map_section
from pl_guide.report.parts import MONTHS, Scene, number, percent, section
from pl_guide.report.summary import OTHER, Summary
from pl_guide.report.teams import teams_section
from pl_guide.report.theory import theory_section
from pl_guide.report.timeline import timeline_section
from pl_guide.surveys.progress import DUE_DAYS
from pl_guide.text import counted, raised

# What fills bars and cells besides colour; drawn once, and used by the style.
PATTERNS = Html(
    '<svg class="unseen" width="0" height="0" aria-hidden="true" focusable="false"><defs>'
    '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="6" height="6" class="ground"/>'
    '<rect width="2.5" height="6" class="stripe"/></pattern>'
    '<pattern id="notched" width="5" height="5" patternUnits="userSpaceOnUse">'
    '<rect width="5" height="5" class="warm"/><rect width="1.5" height="5" class="notch"/>'
    "</pattern></defs></svg>\n"
)


def report_page(
    library: Library, summary: Summary, today: date, *, unread: int = 0, paths: str = "PATH"
) -> str:
    """Write the page; `paths` is how a command would be given the same worksheets.

    `unread` is the number of files that couldn't be read, and so aren't in the sums.
    """
    scene = Scene(library, summary, today, paths)
    sections = {
        "progress": ("Progress", teams_section(scene)),
        "map": (raised(scene.terms.standard.many), heat_map_section(scene)),
        "timeline": (raised(scene.terms.first_step.many), timeline_section(scene)),
        "theory": (raised(library.framework.phrases.theory_of_change), theory_section(scene)),
    }
    links = [
        tag("li", tag("a", name, href=f"#{key}")) for key, (name, made) in sections.items() if made
    ]
    body = joined(
        tag("a", "Skip to the content", href="#content", class_="skip"),
        PATTERNS,
        _head(scene, unread),
        tag("nav", tag("ul", *links, role="list"), aria_label="On this page"),
        tag("main", *(made for _, made in sections.values()), id="content", tabindex="-1"),
        _foot(scene),
    )
    title = f"{messages.TITLE} · {_long(today)}"
    return web_page(title, "report", body, language=library.framework.language)


def _long(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _head(scene: Scene, unread: int) -> Html:
    framework, summary, terms = scene.library.framework, scene.summary, scene.terms
    edition = f", {framework.edition}" if framework.edition else ""
    folders = len(summary.folders)
    roles = len(summary.roles.keys() - {OTHER})
    covers = [
        _long(scene.today),
        counted(summary.whole.worksheets, "worksheet", "worksheets"),
        terms.count(roles, terms.role) if roles else "",
        f"{number(folders)} folders" if folders > 1 else "",
    ]
    left = messages.UNREAD.format(files=counted(unread, "file", "files"), are=_are(unread))
    return tag(
        "header",
        tag("p", f"{framework.title}{edition}", class_="kicker", dir="auto"),
        tag("h1", messages.TITLE),
        tag("p", " · ".join(filter(None, covers)), class_="covers"),
        tag("p", _sentence(scene), class_="lead"),
        tag("p", left, class_="missing") if unread else "",
        _figures(scene),
    )


def _sentence(scene: Scene) -> str:
    whole, terms = scene.summary.whole, scene.terms
    answered = terms.say(
        messages.ANSWERED,
        teams=counted(whole.worksheets, "team has", "teams have"),
        answered=number(whole.answered),
        total=number(whole.total),
    )
    if not whole.steps:
        return answered + terms.say(messages.NONE_PLANNED)
    overdue = f", {number(whole.overdue) if whole.overdue else 'none'} of them overdue"
    return answered + messages.PLANNED.format(
        steps=terms.count(whole.steps, terms.first_step),
        are=_are(whole.steps),
        done=number(whole.done),
        open=number(whole.open),
        overdue=overdue if whole.open else "",
    )


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _figures(scene: Scene) -> Html:
    whole, terms = scene.summary.whole, scene.terms
    steps = raised(terms.first_step.many)
    late = percent(whole.overdue, whole.open)
    done = percent(whole.done, whole.steps)
    figures = (
        ("", f"{raised(terms.question.many)} answered", percent(whole.answered, whole.total),
         f"{number(whole.answered)} of {number(whole.total)}"),
        ("", f"{steps} open", number(whole.open),
         f"{number(whole.due)} due within {DUE_DAYS} days"),
        ("overdue" if whole.overdue else "", f"{steps} overdue", number(whole.overdue),
         f"{late} of those open" if whole.open else "none is open"),
        ("", f"{steps} done", number(whole.done),
         f"{done} of those planned" if whole.steps else "none is planned"),
    )  # fmt: skip
    made = []
    for kind, name, figure, detail in figures:
        shown = tag("dd", figure, class_=f"figure {kind}".strip())
        made.append(tag("div", tag("dt", name), shown, tag("dd", detail, class_="quiet")))
    return tag("dl", *made, class_="figures")


def _foot(scene: Scene) -> Html:
    framework = scene.library.framework
    notes = [
        messages.ONE_TEAM,
        scene.terms.say(messages.NO_REFLECTIONS, reflections=framework.reflection.reflections),
        *filter(None, (framework.crosswalk, framework.attribution, framework.independence)),
    ]
    paragraphs = [tag("p", note, dir="auto") for note in notes]
    return tag("footer", section("about", "About this page", *paragraphs))
