"""`plguide export --to markdown-table`, and the query of docs/export.md over JSON Lines."""

import csv
import io
import re
import subprocess
from html.parser import HTMLParser

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pl_guide.content.loading import load_library
from pl_guide.export.markdown_table import render_table
from pl_guide.export.table import Row, guide_table
from pl_guide.records import replaced
from pl_guide.rich_text import Paragraph, Run, plain_text
from pl_guide.worksheet.model import FirstStep, Worksheet
from support.examples import examples
from support.exports import BLANK, HOSTILE, PRIVATE, SHARED, answering, worksheet, written
from support.needs import needed
from support.program import ROOT
from support.worksheets import worksheets

DOCS = ROOT / "docs" / "export.md"
LIBRARY = load_library()


class Table(HTMLParser):
    """Reads the one table of a page: rows of cells, and the tags that are anywhere in them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.tags: set[str] = set()
        self.tables = 0
        self.addresses: list[str] = []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.tables += tag == "table"
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")
            self._inside = True
        if tag == "br":
            self.handle_data("\n")
        self.addresses += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.rows[-1][-1] += data


def by_markdown_it(text: str) -> Table:
    return Table(MarkdownIt("commonmark").enable("table").render(text))


def by_pandoc(text: str) -> Table:
    done = subprocess.run(
        [needed("pandoc"), "-f", "gfm", "-t", "html", "--wrap=none"],
        input=text, capture_output=True, encoding="utf-8", check=True, timeout=60,
    )  # fmt: skip
    return Table(done.stdout)


READERS = [by_markdown_it, by_pandoc]
TAGS = {
    "h1", "p", "table", "thead", "tbody", "tr", "th", "td", "strong", "em", "a", "br", "colgroup",
    "col", "code",
}  # fmt: skip


def table_of(sheet: Worksheet, *, share: bool = False) -> str:
    return render_table(guide_table(sheet, LIBRARY, share=share))


@pytest.mark.parametrize("read", READERS)
def test_a_cell_is_one_line_with_breaks_between_paragraphs_and_items(read):
    text = (
        "One **two** *three*.\n\n- a\n  1. b\n- c [d](https://x.test/a|b)\n\n> e\n\n```\nf\ng\n```"
    )
    found = read(table_of(answering(text, FirstStep(text="Call", owner="Ana"))))
    assert found.rows[0] == ["Question", "Reflections", "First Steps"]
    assert found.rows[1][1] == "One two three.\n• a\n1. b\n• c d\n› e\nf\ng"
    assert found.rows[1][2] == "☐ Open: Call\n– Owner: Ana"
    assert found.addresses == ["https://x.test/a%7Cb"]
    assert {"strong", "em"} <= found.tags


@pytest.mark.slow
@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("share", [False, True])
@pytest.mark.parametrize("hostile", ["", *HOSTILE.values()], ids=["plain", *HOSTILE])
def test_hostile_text_in_a_table_is_data(read, hostile, share):
    found = read(table_of(worksheet(hostile), share=share))
    assert found.tables == 1
    assert {len(row) for row in found.rows} == {2 if share else 3}
    assert len(found.rows) == 1 + len(BLANK.answers)
    assert found.tags <= TAGS
    assert all(re.match("https?://|mailto:", each) for each in found.addresses)
    cells = "".join(found.rows[1])
    kept = (SHARED - {"zqparticipant"}) | (set() if share else PRIVATE - {"zqpreface"})
    assert [word for word in kept if word not in cells] == []


@settings(deadline=None, max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow])
@given(worksheets)
def test_any_worksheet_is_a_table_of_its_questions(sheet):
    found = by_markdown_it(table_of(sheet))
    assert found.tables == 1
    assert [len(row) for row in found.rows] == [3] * (1 + len(sheet.answers))
    assert found.tags <= TAGS


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a**b**c", "abc"),
        ("**b***c*", "bc"),
        ("***b*** *c*", "b c"),
        ("*a **b** c*", "a b c"),
        ("x *b*, **c**: _d_ (*e*)", "x b, c: d (e)"),
        ("**(b)** c", "(b) c"),
        (r"**b**\* \***c** `d`**e**", "b* *c de"),
        ("**😀** b", "😀 b"),
        ("*a\nb*", "a\nb"),
        ("*(*", "("),
        ("a*(*", "a*(*"),
    ],
)
@pytest.mark.parametrize("read", READERS)
def test_no_mark_of_emphasis_is_read_as_text(read, text, shown):
    assert read(table_of(answering(text))).rows[1][1] == shown


looks = st.builds(
    Run, text=st.text("ab() .*", min_size=1, max_size=3), strong=st.booleans(),
    emphasis=st.booleans(),
)  # fmt: skip


@settings(deadline=None, max_examples=examples(30), phases=[Phase.generate])
@seed(1)
@given(st.lists(st.lists(looks, min_size=1, max_size=4), min_size=100, max_size=300))
def test_marks_of_emphasis_that_touch_each_other_or_stars_are_not_read_as_text(cells):
    rows = tuple(
        Row(number=1, question="?", cells=((Paragraph(tuple(runs)),), ())) for runs in cells
    )
    empty = guide_table(BLANK, LIBRARY)
    found = by_markdown_it(render_table(replaced(empty, rows=rows)))
    said = [" ".join(plain_text(tuple(runs)).split()) for runs in cells]
    assert [" ".join(row[1].split()) for row in found.rows[1:]] == said


# --- The query ---


@pytest.fixture
def asked(plguide, tmp_path, monkeypatch):
    """Run the commands and the query of the page over worksheets in a folder."""
    monkeypatch.chdir(tmp_path)
    page = DOCS.read_text(encoding="utf-8")
    (query,) = re.findall(r"```sql\n(.+?)```", page, re.DOTALL)
    (command,) = [
        line for line in re.findall("plguide (.+)", page) if line.endswith("worksheets.jsonl")
    ]

    def run(**sheets: Worksheet) -> list[tuple]:
        for name, sheet in sheets.items():
            written(sheet, tmp_path / "worksheets" / f"{name}.md")
        assert plguide(*command.split()).code == 0
        return duckdb.connect().execute(query).fetchall()

    return run


def with_steps(role: str, question: int, *steps: FirstStep) -> Worksheet:
    from pl_guide.worksheet.model import blank_worksheet

    blank = blank_worksheet(LIBRARY.framework, LIBRARY.role(role))
    answers = list(blank.answers)
    answers[question] = replaced(answers[question], first_steps=steps)
    return replaced(blank, answers=tuple(answers))


def test_the_query_counts_overdue_steps_by_standard_and_role(asked):
    late, later = FirstStep(text="a", due="2001-05-01"), FirstStep(text="b", due="2001-02-03")
    others = (
        FirstStep(text="c", due="2001-01-01", state="done"),
        FirstStep(text="d", due="9999-01-01"),
        FirstStep(text="e", due="when the bell rings"),
        FirstStep(text="f"),
    )
    rows = asked(
        one=with_steps("coach", 0, late, later, *others),
        two=with_steps("coach", 0, late),
        three=with_steps("principal", 0, later, *others),
        blank=BLANK,
    )
    found = [(standard, role, *count, str(since)) for standard, role, *count, since in rows]
    assert found == [
        ("professional-expertise", "coach", 3, 2, "2001-02-03"),
        ("professional-expertise", "principal", 1, 1, "2001-02-03"),
    ]


def test_the_query_runs_over_worksheets_without_any_step(asked):
    assert asked(blank=BLANK) == []


def test_the_page_lists_the_columns_and_keys_that_there_are(plguide, tmp_path):
    import json

    page = DOCS.read_text(encoding="utf-8")
    source = written(worksheet(), tmp_path / "sheet.md")
    columns = next(csv.reader(io.StringIO(plguide("export", source, "--to", "csv").out)))
    listed = re.search(r"\n\n(`file`.+?)\n\n", page, re.DOTALL)
    assert listed is not None
    assert [each for each in re.findall(r"`(\w+)`", listed.group(1)) if each in columns] == columns
    example = json.loads("".join(re.findall(r"```json\n(.+?)```", page, re.DOTALL)))
    line = json.loads(plguide("export", source, "--to", "jsonl").out.split("\n")[0])
    assert list(example) == list(line)
    assert list(example["first_steps"][0]) == list(line["first_steps"][0])
