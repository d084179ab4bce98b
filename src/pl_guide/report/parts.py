"""What the sections of the report share: bars, dates, numbers, people's words; pure."""

from collections.abc import Iterable
from datetime import date

from pl_guide.library import Library
from pl_guide.render.web import Html, joined, tag
from pl_guide.report.summary import Summary, within

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
PERSONS_SHOWN = 6


class Scene:
    """What every section is given: content, sums, the day, and how to find all in a terminal."""

    def __init__(self, library: Library, summary: Summary, today: date, paths: str) -> None:
        self.library = library
        self.terms = library.framework.terms
        self.summary = summary
        self.today = today
        self.paths = paths
        self.folder = summary.common_folder()

    def place(self, path: str) -> Html:
        """Name a file as seen from the folder that all worksheets lie in."""
        return tag("span", within(path, self.folder), class_="file", dir="auto")

    def left_out(self, words: str, command: str, *options: str) -> Html:
        """Say what the page leaves out, and which command lists it."""
        code = tag("code", " ".join(["plguide", command, self.paths, *options]), dir="ltr")
        return tag("p", words, code, class_="left-out")


def said(text: str, class_: str | None = None) -> Html:
    """Give words that a person wrote, in their own direction of writing."""
    return tag("span", text, dir="auto", class_=class_)


def number(value: int) -> str:
    """Write a number: `10,000`."""
    return f"{value:,}"


def percent(part: int, whole: int) -> str:
    """Write a share; 0 and 100 % are said only of none and all."""
    if not part or part == whole:
        return f"{100 if part else 0}%"
    return f"{min(max(round(100 * part / whole), 1), 99)}%"


def day(iso: str) -> Html:
    """Write an ISO date as people do; what isn't one stays as it is."""
    try:
        found = date.fromisoformat(iso[:10])
    except ValueError:
        return said(iso[:10]) if iso else joined("–")
    words = f"{found.day} {MONTHS[found.month - 1][:3]} {found.year}"
    return tag("time", words, datetime=found.isoformat())


def bar(words: str, *shares: tuple[str, int], whole: int) -> Html:
    """Draw shares of a whole as one bar, each by its class, beside words that say the same."""
    drawn = []
    start = 0.0
    for kind, part in shares:
        width = 100 * part / max(whole, 1)
        if part:
            x, w = f"{start:.2f}%", f"{width:.2f}%"
            drawn.append(tag("rect", class_=kind, x=x, width=w, height="100%"))
        start += width
    image = tag("svg", *drawn, class_="bar", aria_hidden="true", focusable="false")
    return tag("div", image, tag("span", words), class_="beside")


def cell(label: str, *children: str, class_: str = "number") -> Html:
    """Make a table's cell that says its column's name where a narrow screen shows no columns."""
    return tag("td", *children, role="cell", data_label=label, class_=class_)


def count_cell(label: str, value: int, class_: str = "") -> Html:
    """Make a cell for a number; none is a dash, so that the others stand out."""
    kind = f"number {class_ if value else 'zero'}".strip()
    return cell(label, number(value) if value else "–", class_=kind)


def row(name: str, small: str, *cells: Html, scope: str = "row", class_: str | None = None) -> Html:
    """Make a table's row under its name, which has a remark in small print behind it."""
    remark = (" ", tag("small", small)) if small else ()
    head = tag("th", name, *remark, scope=scope, role="rowheader")
    return tag("tr", head, *cells, role="row", class_=class_)


def table(
    caption: Html, names: Iterable[str], groups: Iterable[Iterable[Html]], class_: str
) -> Html:
    """Make a table of groups of rows; roles are named, since a narrow screen shows it as blocks."""
    heads = [tag("th", name, scope="col", role="columnheader") for name in names]
    head = tag("thead", tag("tr", *heads, role="row"), role="rowgroup")
    bodies = [tag("tbody", *rows, role="rowgroup") for rows in groups]
    return tag("table", caption, head, *bodies, role="table", class_=class_)


def section(name: str, title: str, *children: str) -> Html:
    """Make a section of the page, under its heading."""
    heading = tag("h2", title, id=f"{name}-title", dir="auto")
    return tag("section", heading, *children, id=name, aria_labelledby=f"{name}-title")
