"""`plguide export --to html`: one page that needs nothing, read by a parser and a real browser."""

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from pl_guide.content.loading import load_library
from pl_guide.export.html import render_page
from pl_guide.export.table import guide_table
from pl_guide.records import replaced
from pl_guide.worksheet.model import FirstStep
from support.examples import examples
from support.exports import BLANK, HOSTILE, PRIVATE, SHARED, answering, worksheet, written
from support.needs import needed
from support.worksheets import worksheets

TAGS = {
    "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "h1", "h2", "dl",
    "dt", "dd", "div", "table", "caption", "thead", "tbody", "tr", "th", "td", "ul", "ol", "li",
    "p", "blockquote", "pre", "code", "span", "strong", "em", "a", "br",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "http-equiv", "content", "name", "dir", "class", "role", "aria-labelledby",
    "aria-hidden", "tabindex", "id", "scope", "href", "rel", "start",
}  # fmt: skip
VOID = {"meta", "br"}


class Read(HTMLParser):
    """Reads a page: its tags, their attributes, its text; notices what is closed in disorder."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.styles = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs)
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self._open:
            self.styles += data
        else:
            self.text += data

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]


@pytest.fixture
def page(plguide, tmp_path):
    """Export a worksheet as a page, and give its text."""

    def run(sheet, *options: str) -> str:
        done = plguide("export", written(sheet, tmp_path / "sheet.md"), "--to", "html", *options)
        assert (done.code, done.err) == (0, "")
        return done.out

    return run


def test_a_page_has_a_language_landmarks_and_headings_in_order(page):
    read = Read(page(worksheet()))
    assert read.all("html") == [{"lang": "en", "dir": "ltr"}]
    assert [tag for tag, _ in read.tags if tag in {"header", "main", "footer"}] == [
        "header", "main", "footer",
    ]  # fmt: skip
    headings = [tag for tag, _ in read.tags if re.fullmatch("h[1-6]", tag)]
    assert headings == ["h1", *["h2"] * len(BLANK.answers)]
    assert "<title>zqheading</title>" in page(worksheet())


def test_the_tables_headers_say_what_they_head(page):
    read = Read(page(worksheet()))
    scopes = [each["scope"] for each in read.all("th")]
    assert scopes == ["col"] * 3 + ["row"] * len(BLANK.answers)
    (region,) = [each for each in read.all("div") if each.get("role") == "region"]
    assert [each["id"] for each in read.all("caption")] == [region["aria-labelledby"]]
    assert region["tabindex"] == "0"


def test_a_step_says_its_state_in_words_beside_the_sign(page):
    text = page(worksheet())
    assert '<span aria-hidden="true">☑</span> Done:</span> zqdone' in text
    assert '<span aria-hidden="true">☒</span> Dropped:</span> zqdropped' in text


def test_an_answers_own_markdown_is_html(page):
    text = page(
        answering("**b** *c* `d`\nshort\n\n3. e\n4. f\n   - g\n\n> h\n\n[i](https://x.test/?a&b)")
    ).replace("\n", "")
    for part in (
        "<strong>b</strong> <em>c</em> <code>d</code><br>short",
        '<ol start="3"><li><p dir="auto">e</p></li>',
        '<ul><li><p dir="auto">g</p></li></ul>',
        '<blockquote><p dir="auto">h</p></blockquote>',
        '<a href="https://x.test/?a&amp;b" rel="noreferrer">i</a>',
    ):
        assert part in text


@pytest.mark.parametrize("hostile", ["", *HOSTILE.values()], ids=["plain", *HOSTILE])
def test_hostile_text_adds_no_tag_no_attribute_and_no_address(page, hostile):
    text = page(worksheet(hostile))
    read = Read(text)
    assert {tag for tag, _ in read.tags} <= TAGS
    assert {name for _, attributes in read.tags for name in attributes} <= ATTRIBUTES
    addresses = [each["href"] or "" for each in read.all("a")]
    assert all(re.match("https?://|mailto:", each) for each in addresses)
    count = Counter(tag for tag, _ in read.tags)
    assert (count["table"], count["tr"]) == (1, 1 + len(BLANK.answers))
    assert [word for word in PRIVATE | SHARED if word not in read.text] == []


@settings(deadline=None, max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow])
@given(worksheets)
def test_any_worksheet_is_a_page_in_good_order(sheet):
    read = Read(render_page(guide_table(sheet, load_library(only="coach"))))
    assert {tag for tag, _ in read.tags} <= TAGS
    assert len(read.all("tr")) == 1 + len(sheet.answers)


def test_a_page_asks_for_nothing_from_outside_and_runs_nothing(page):
    read = Read(page(worksheet(HOSTILE["html"])))
    (policy,) = [each["content"] for each in read.all("meta") if each.get("http-equiv")]
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "url(" not in read.styles
    assert "@import" not in read.styles


# --- In a browser ---


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A real browser."""
    program = needed("chromium", "chromium-browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
                  "--disable-background-networking", "--disable-component-update"],
        )  # fmt: skip
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium, page, tmp_path):
    """Export a worksheet and open the page; it must ask for nothing and complain of nothing."""
    heard: list[str] = []

    def run(sheet, **options: Any) -> Any:
        file = tmp_path / "sheet.html"
        file.write_text(page(sheet), encoding="utf-8")
        tab = chromium.new_page(**options)
        tab.on("request", lambda request: heard.append(request.url))
        tab.on("console", lambda message: heard.append(message.text))
        tab.on("dialog", lambda dialog: heard.append(dialog.message))
        tab.goto(file.as_uri())
        assert heard == [file.as_uri()]
        return tab

    return run


@pytest.mark.slow
@pytest.mark.parametrize("hostile", ["html", "link", "comment", "references"])
def test_a_browser_shows_hostile_text_and_asks_for_nothing(opened, hostile):
    tab = opened(worksheet(HOSTILE[hostile]))
    shown = tab.inner_text("body")
    assert [word for word in PRIVATE | SHARED if word not in shown] == []


@pytest.mark.slow
def test_the_pages_own_style_passes_its_own_policy(opened):
    tab = opened(worksheet())
    layout = tab.evaluate("getComputedStyle(document.querySelector('table')).borderCollapse")
    assert layout == "collapse"


@pytest.mark.slow
@pytest.mark.parametrize("width", [320, 800, 1600])
def test_only_the_table_scrolls_sideways_on_a_narrow_screen(opened, width):
    tab = opened(worksheet("x" * 200), viewport={"width": width, "height": 600})
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def _light(color: str) -> float:
    red, green, blue = (int(each) for each in re.findall(r"\d+", color)[:3])
    return 0.3 * red + 0.6 * green + 0.1 * blue


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_follows_the_screens_light_and_dark(opened, scheme):
    tab = opened(worksheet(), color_scheme=scheme)
    style = "getComputedStyle(document.body)"
    paper, ink = (_light(tab.evaluate(f"{style}.{name}")) for name in ("backgroundColor", "color"))
    assert (paper > 200 and ink < 60) if scheme == "light" else (paper < 60 and ink > 200)


@pytest.mark.slow
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_page_prints_on_paper_with_the_header_on_each_sheet(opened, tmp_path, paper):
    from pypdf import PdfReader

    novel = "\n\n".join(f"Chapter{number}. {'Words and words. ' * 30}" for number in range(40))
    tab = opened(answering(novel, *(FirstStep(text=f"Step{number}") for number in range(60))))
    tab.pdf(path=tmp_path / "sheet.pdf", format=paper, landscape=True)
    sheets = PdfReader(tmp_path / "sheet.pdf").pages
    texts = [sheet.extract_text() for sheet in sheets]
    assert len(sheets) > 3
    # “Reflections” may be set with a ligature.
    assert all("Question" in text for text in texts[:-1])
    whole = "".join(texts)
    assert all(f"Chapter{number}." in whole for number in range(40))
    assert all(f"Step{number}" in whole for number in range(60))
    assert all(sheet.mediabox.width > sheet.mediabox.height for sheet in sheets)


@pytest.mark.slow
def test_a_row_that_fits_on_a_sheet_is_not_cut(opened, tmp_path):
    from pypdf import PdfReader

    rows = tuple(
        replaced(each, reflections=f"Begin{number}\n\n{'words ' * 130}\n\nEnd{number}")
        for number, each in enumerate(BLANK.answers)
    )
    opened(replaced(BLANK, answers=rows)).pdf(
        path=tmp_path / "sheet.pdf", format="Letter", landscape=True
    )
    texts = [sheet.extract_text() for sheet in PdfReader(tmp_path / "sheet.pdf").pages]
    begun = [set(re.findall(r"Begin(\d)", text)) for text in texts]
    ended = [set(re.findall(r"End(\d)", text)) for text in texts]
    assert begun == ended
    assert sum(map(len, begun)) == len(BLANK.answers)
    assert len(texts) < 2 * len(BLANK.answers)


@pytest.mark.slow
def test_text_from_right_to_left_runs_so_with_its_marks(opened):
    tab = opened(answering("שלום\n\n- פריט\n\nplain"))
    direction = "each => getComputedStyle(each).direction"
    assert tab.locator("td ul").first.evaluate(direction) == "rtl"
    assert tab.locator("td p", has_text="שלום").evaluate(direction) == "rtl"
    assert tab.locator("td p", has_text="plain").evaluate(direction) == "ltr"
