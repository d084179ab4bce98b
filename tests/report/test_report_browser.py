"""The report in a real browser: accessible in every light and width, and on its own."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from pypdf import PdfReader

from support.needs import needed, unavailable
from support.program import ROOT, Plguide
from support.reported import put, three_teams, worksheet

pytestmark = pytest.mark.slow

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
DESK, PHONE = 1280, 390
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = needed("chromium", "chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def axe() -> str:
    named = os.environ.get("PLGUIDE_AXE")
    path = Path(named) if named else ROOT / "node_modules" / "axe-core" / "axe.min.js"
    if not path.is_file():
        unavailable(f"axe-core isn't at {path}; npm install axe-core, or set PLGUIDE_AXE")
    return path.read_text("utf-8")


@pytest.fixture
def report(plguide: Plguide, tmp_path: Path) -> Path:
    """A report on three teams and an office."""
    folder = three_teams(tmp_path / "teams")
    put(folder / "office.md", worksheet("system-office", {"vision": ()}, "נועה לוי", "X" * 120))
    assert plguide("report", folder, "-o", tmp_path / "report.html").code == 0
    return tmp_path / "report.html"


@pytest.fixture
def long_report(plguide: Plguide, report: Path) -> Path:
    """A report on so many teams that their rows are folded away."""
    folder = report.parent / "teams"
    for number in range(50):
        put(folder / f"school-{number}" / "w.md", worksheet("teacher", {"vision": ()}, "Jo"))
    assert plguide("report", folder, "-o", report, "--force").code == 0
    return report


@contextmanager
def opened(
    browser: Browser, report: Path, width: int = DESK, scheme: Any = "light"
) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    page.goto(report.as_uri())
    yield page
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [DESK, PHONE])
@pytest.mark.parametrize("which", ["report", "long_report"])
def test_axe_finds_nothing_to_mend(
    browser: Browser, axe: str, request: pytest.FixtureRequest, which: str, width: int, scheme: str
) -> None:
    with opened(browser, request.getfixturevalue(which), width, scheme) as page:
        for summary in page.locator("summary").all():
            summary.click()
        page.evaluate(axe)
        found = page.evaluate(
            "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
        )
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    assert len(found["passes"]) > 20


def test_the_page_asks_for_nothing_and_the_browser_complains_of_nothing(
    browser: Browser, report: Path
) -> None:
    context = browser.new_context()
    asked: list[str] = []
    said: list[str] = []
    page = context.new_page()
    page.route("**/*", lambda route: (asked.append(route.request.url), route.continue_()))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(report.as_uri(), wait_until="networkidle")
    page.emulate_media(media="print")
    assert asked == [report.as_uri()]
    assert said == []
    # The style is applied, so the policy lets it through.
    assert page.evaluate("getComputedStyle(document.querySelector('.figures')).display") == "grid"
    context.close()


def test_the_page_needs_no_script(browser: Browser, report: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(report.as_uri())
    assert page.get_by_role("heading", name="Where teams stand").is_visible()
    assert page.locator("#map table").is_visible()
    context.close()


def test_the_keyboard_reaches_everything_that_can_be_opened_or_scrolled(
    browser: Browser, long_report: Path
) -> None:
    with opened(browser, long_report, PHONE) as page:
        reached: list[str] = []
        while not reached or reached[-1] != "BODY":
            page.keyboard.press("Tab")
            element = page.evaluate_handle("document.activeElement")
            reached.append(element.evaluate("each => each.className || each.tagName"))
            if reached[-1] == "SUMMARY":
                page.keyboard.press("Enter")
            assert len(reached) < 20
        assert reached == ["skip", "A", "A", "A", "A", "SUMMARY", "SUMMARY", "wide", "BODY"]
        assert page.locator("details[open]").count() == 2


def test_the_skip_link_leads_to_the_content(browser: Browser, report: Path) -> None:
    with opened(browser, report) as page:
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize("width", [320, PHONE, 768, DESK])
def test_nothing_runs_off_the_side(browser: Browser, long_report: Path, width: int) -> None:
    with opened(browser, long_report, width) as page:
        for summary in page.locator("summary").all():
            summary.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_tables_are_tables_to_a_screen_reader_on_a_phone_too(
    browser: Browser, report: Path
) -> None:
    counts = []
    for width in (DESK, PHONE):
        with opened(browser, report, width) as page:
            session = page.context.new_cdp_session(page)
            nodes = session.send("Accessibility.getFullAXTree")["nodes"]
            roles = [node["role"]["value"] for node in nodes if not node["ignored"]]
            counts.append(
                {name: roles.count(name) for name in ("table", "row", "rowheader", "cell")}
            )
    assert counts[0]["table"] >= 3
    assert counts[0] == counts[1]


@pytest.mark.parametrize("size", ["A4", "Letter"])
def test_it_prints_with_every_section(browser: Browser, report: Path, size: str) -> None:
    with opened(browser, report, scheme="dark") as page:
        printed = PdfReader(io.BytesIO(page.pdf(format=size)))
    text = " ".join(" ".join(each.extract_text().split()) for each in printed.pages)
    assert len(printed.pages) >= 2
    for heading in ("Where teams stand", "Standards and roles", "First steps over time", "Overdue"):
        assert heading in text
