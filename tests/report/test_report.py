"""The report: one page on many worksheets, true to them, harmless, and without reflections."""

import json
import os
import re
import subprocess
from collections import Counter
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import html

from pl_guide.content.loading import load_library
from pl_guide.records import replaced
from pl_guide.report.page import report_page
from pl_guide.report.summary import TEAMS_LISTED, Summary, digest_of
from pl_guide.report.timeline import month_rows
from pl_guide.surveys.plan import touched_standards
from pl_guide.worksheet.model import FirstStep, Worksheet
from support import reported
from support.examples import examples
from support.program import Plguide
from support.reported import day, put, three_teams, worksheet
from support.worksheets import worksheets

LIBRARY = load_library()


@pytest.fixture
def teams(tmp_path: Path) -> Path:
    """A folder with the worksheets of three teams."""
    return three_teams(tmp_path / "teams")


def page_of(plguide: Plguide, *arguments: object, code: int = 0) -> Any:
    """Make the report and parse it."""
    result = plguide("report", *arguments)
    assert result.code == code, result.err
    return html.fromstring(result.out)


def text_of(node: Any) -> str:
    """Give all text of a node, white space folded."""
    return " ".join(node.text_content().split())


def rows_of(page: Any, section: str) -> dict[str, list[str]]:
    """Give the rows of a section's tables: the row's head, then what its cells say."""
    return {
        text_of(row.find("th")): [text_of(cell) for cell in row.findall("td")]
        for row in page.get_element_by_id(section).iter("tr")
        if row.find("td") is not None and row.find("th") is not None
    }


def spoken(page: Any, standard: str, role: str) -> str:
    """Give what a screen reader says of one cell of the map."""
    table = page.get_element_by_id("map").find(".//table")
    roles = [text_of(each) for each in table.findall("thead/tr/th")]
    column = next(index for index, each in enumerate(roles) if each.startswith(role))
    row = next(
        row
        for row in table.iter("tr")
        if row.find("th") is not None and text_of(row.find("th")) == standard and row.findall("td")
    )
    (said,) = row.findall("td")[column].find_class("unseen")
    return text_of(said)


def pure_page(*made: Worksheet, today: date = reported.TODAY, unread: int = 0) -> str:
    """Give the page on worksheets that are nowhere on disk."""
    summary = Summary(LIBRARY)
    for number, each in enumerate(made):
        summary.add(digest_of(f"folder/{number}.md", each, today, touched_standards(LIBRARY)))
    return report_page(LIBRARY, summary, today, unread=unread)


def test_the_head_says_in_words_what_all_worksheets_come_to(plguide: Plguide, teams: Path) -> None:
    head = text_of(page_of(plguide, teams).find(".//header"))
    assert "3 worksheets · 2 roles · 2 folders" in head
    assert "3 teams have answered 6 of 27 questions." in head
    assert "5 first steps are planned: 1 done and 4 open, 1 of them overdue." in head


def test_each_team_has_a_row_under_its_role(plguide: Plguide, teams: Path) -> None:
    rows = rows_of(page_of(plguide, teams), "progress")
    assert rows == {
        "Principal 1 team": ["1 of 9", "2", "–", "–", "–", "7 Jun 2026"],
        "Cleo south/principal.md": ["1 of 9", "2", "–", "–", "–", "7 Jun 2026"],
        "Coach 2 teams": ["5 of 18", "2", "1", "1", "1", "4 May 2026"],
        "Ana, Ben north/coach-1.md": ["3 of 9", "2", "1", "1", "1", "4 May 2026"],
        "north/coach-2.md": ["2 of 9", "–", "–", "–", "–", "4 May 2026"],
    }


def test_the_figures_are_those_of_status(plguide: Plguide, teams: Path) -> None:
    rows = json.loads(plguide("status", teams, "--format", "json").out)
    sums: Counter[str] = Counter()
    for row in rows:
        sums.update({name: row[name] for name in ("answered", "open", "overdue", "done")})
    figures = [text_of(each) for each in page_of(plguide, teams).find_class("figure")]
    assert figures[1:] == [str(sums[name]) for name in ("open", "overdue", "done")]


def test_the_map_tells_planned_answered_nothing_and_not_asked_apart(
    plguide: Plguide, teams: Path
) -> None:
    put(teams / "office.md", worksheet("system-office", {}))
    page = page_of(plguide, teams)
    assert spoken(page, "Leadership", "Coach") == (
        "first steps planned by 1 of 2 teams, answered by 1 more"
    )
    assert spoken(page, "Evidence", "Coach") == "first steps planned by 1 of 2 teams"
    # A step that was dropped is no longer planned.
    assert spoken(page, "Equity Practices", "Coach") == (
        "answered by 1 of 2 teams, no first steps yet"
    )
    assert spoken(page, "Professional Expertise", "Coach") == "nothing yet"
    assert spoken(page, "Implementation", "System/central office") == (
        "not asked: no question on it"
    )
    assert "no worksheet yet of: State commissioner" in text_of(page.get_element_by_id("map"))


def test_every_cell_of_the_map_is_told_by_a_symbol_too(plguide: Plguide, teams: Path) -> None:
    put(teams / "office.md", worksheet("system-office", {}))
    symbols = {"most": "◆", "many": "◆", "some": "◆", "answered": "◇", "nothing": "○"}
    symbols["not-asked"] = "–"
    table = page_of(plguide, teams).get_element_by_id("map").find(".//table")
    cells = table.findall("tbody/tr/td")
    assert len(cells) == 11 * 3
    for cell in cells:
        assert text_of(cell).startswith(symbols[cell.get("class")])
    assert {cell.get("class") for cell in cells} >= {"answered", "nothing", "not-asked"}


def test_worksheets_of_another_framework_are_counted_and_said_to_be_off_the_map() -> None:
    other = replaced(worksheet("coach", {"vision": ()}), framework="other", title="Mentor")
    page = html.fromstring(pure_page(worksheet("coach", {"vision": ()}), other))
    assert "2 teams have answered 2 of 18" in text_of(page.find(".//header"))
    assert spoken(page, "Leadership", "Coach") == "answered by 1 of 1 team, no first steps yet"
    assert "1 worksheet is left out of this map" in text_of(page.get_element_by_id("map"))


def test_steps_stand_by_month_and_what_is_late_is_listed_with_its_owner_and_question(
    plguide: Plguide, teams: Path
) -> None:
    timeline = page_of(plguide, teams).get_element_by_id("timeline")
    months = rows_of_table(timeline)
    assert sum(int(cells[0]) for cells in months.values()) == 4
    assert "Not shown here: 1 open without a date, 1 dropped." in text_of(timeline)
    (late,) = timeline.find_class("late")[0]
    said = text_of(late)
    assert "10 days late" in said
    assert "Visit two schools" in said
    assert "Owner Ana Silva" in said
    assert "Question 2: If someone followed our coaching" in said
    assert "Team: Ana, Ben · north/coach-1.md" in said
    assert [text_of(each) for each in timeline.find_class("what")] == [
        "Visit two schools", "Draft a vision", "Look back together",
    ]  # fmt: skip


def rows_of_table(section: Any) -> dict[str, list[str]]:
    """Give the rows of the months."""
    return {
        text_of(row.find("th")): [text_of(cell) for cell in row.findall("td")]
        for row in section.findall(".//tbody/tr")
    }


def test_a_long_list_says_how_many_more_there_are_and_the_command_that_lists_them(
    plguide: Plguide, tmp_path: Path
) -> None:
    steps = tuple(FirstStep(text=f"Late step {n}", due=day(-n)) for n in range(1, 31))
    put(tmp_path / "w" / "coach.md", worksheet("coach", {"vision": steps}))
    page = page_of(plguide, tmp_path / "w")
    listed = page.find_class("late")[0]
    assert text_of(listed[0].find_class("what")[0]) == "Late step 30"
    said = text_of(page.find_class("left-out")[0])
    assert f"there are {30 - len(listed)} more" in said
    command = re.search(r"plguide (plan .*)", said)
    assert command is not None
    found = plguide(*command[1].split(), "--format", "json")
    assert len(json.loads(found.out)) == 30


def test_months_far_off_are_summed_up_and_empty_ones_between_are_kept() -> None:
    months = Counter(
        {
            ("", "open"): 9,
            ("0001-01", "overdue"): 1,
            ("2025-12", "overdue"): 2,
            ("2026-05", "done"): 3,
            ("2026-08", "open"): 4,
            ("9999-12", "open"): 5,
        }
    )
    rows = [(name, dict(counts)) for _, name, counts in month_rows(months, date(2026, 6, 15))]
    assert rows == [
        ("Before September 2025", {"overdue": 1}),
        ("December 2025", {"overdue": 2}),
        *((f"{name} 2026", {}) for name in ("January", "February", "March", "April")),
        ("May 2026", {"done": 3}),
        ("June 2026", {}),
        ("July 2026", {}),
        ("August 2026", {"open": 4}),
        ("After September 2027", {"open": 5}),
    ]


def test_nothing_that_was_written_as_a_thought_is_on_the_page(
    plguide: Plguide, tmp_path: Path
) -> None:
    step = FirstStep(
        text="Meet the families", due=day(-2), notes="SECRET notes", evidence="SECRET evidence",
        resources="SECRET resources", history=("2026-01-01, still open: SECRET remark",),
    )  # fmt: skip
    made = worksheet("coach", {"vision": (step,)}, reflections="SECRET thought")
    answers = tuple(replaced(each, notes="SECRET aside") for each in made.answers)
    put(tmp_path / "w.md", replaced(made, answers=answers, preface="SECRET preface"))
    result = plguide("report", tmp_path)
    assert "Meet the families" in result.out
    assert "SECRET" not in result.out
    assert "What people wrote under “Reflections” isn't on it" in text_of(
        html.fromstring(result.out)
    )


def test_the_theory_of_change_stands_as_a_chain_with_its_loop(
    plguide: Plguide, teams: Path
) -> None:
    theory = LIBRARY.framework.theory_of_change
    assert theory is not None
    found = page_of(plguide, teams).get_element_by_id("theory")
    assert [text_of(each) for each in found.iter("h3")] == [step.title for step in theory.steps]
    assert theory.monitoring in text_of(found.find_class("loop")[0])


def test_the_foot_says_whose_work_this_rests_on(plguide: Plguide, teams: Path) -> None:
    foot = text_of(page_of(plguide, teams).find(".//footer"))
    framework = LIBRARY.framework
    for line in (framework.attribution, framework.independence, framework.crosswalk):
        assert line
        assert line in foot


def test_another_framework_has_its_own_nouns_and_no_theory(
    plguide: Plguide, content: Path, tmp_path: Path
) -> None:
    source = content / "standards.yaml"
    text = re.sub(r"(?ms)^theory_of_change:.*?(?=^\S)", "", source.read_text("utf-8"))
    text += (
        "\nterms:\n"
        "  standard: {one: strand, many: strands}\n"
        "  role: {one: post, many: posts}\n"
        "  question: {one: prompt, many: prompts}\n"
        "  first_step: {one: next move, many: next moves}\n"
    )
    source.write_text(text, "utf-8")
    three_teams(tmp_path / "teams")
    page = page_of(plguide, tmp_path / "teams", "--content", content)
    main = " ".join(text_of(part) for part in (*page.iter("main"), *page.iter("header")))
    assert "Strands and posts" in main
    assert "Next moves over time" in main
    assert "6 of 27 prompts" in main
    assert not page.xpath("//*[@id='theory']")
    assert "Theory" not in text_of(page.find(".//nav"))
    assert not re.search(
        r"\b(questions?|roles?|first steps?)\b", re.sub(r"\S+\.md", "", main), re.IGNORECASE
    )


def test_structure_holds_for_those_who_hear_the_page(plguide: Plguide, teams: Path) -> None:
    page = page_of(plguide, teams)
    assert page.get("lang") == "en"
    assert [len(list(page.iter(name))) for name in ("header", "nav", "main", "footer", "h1")] == (
        [1] * 5
    )
    assert next(page.iter("a")).get("href") == "#content"
    levels = [int(each.tag[1]) for each in page.iter("h1", "h2", "h3")]
    assert all(below <= above + 1 for above, below in pairwise(levels))
    ids = [each.get("id") for each in page.xpath("//*[@id]")]
    assert len(ids) == len(set(ids))
    assert {each.get("href").removeprefix("#") for each in page.iter("a")} <= set(ids)
    for table in page.iter("table"):
        assert table.find("caption") is not None
        assert all(each.get("scope") for each in table.iter("th"))


HOSTILE = (
    "</span><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<!-- --><style>*{display:none}</style>",
    "&lt;b&gt; &amp; \u202etxt.exe",
    "https://example.org/?q=<svg onload=x>",
)


def test_hostile_text_stays_text(plguide: Plguide, tmp_path: Path) -> None:
    steps = tuple(FirstStep(text=text, owner=text, due=day(-1)) for text in HOSTILE)
    made = replaced(worksheet("coach", {"vision": steps}, *HOSTILE), title=HOSTILE[0])
    answers = tuple(replaced(each, wording=f"{HOSTILE[1]} {each.wording}") for each in made.answers)
    path = tmp_path / "x" / "<b>&'name' \x1b[31m.md"
    put(path, replaced(made, answers=answers))
    put(tmp_path / "x" / "<i>" / "w.md", replaced(made, updated='2026"><script>'))
    result = plguide("report", tmp_path / "x")
    page = html.fromstring(result.out)
    assert not page.xpath("//script | //img | //*[self::b or self::i][not(../@aria-hidden)]")
    assert len(list(page.iter("style"))) == 1
    assert not page.xpath("//@onerror | //@onload | //@src | //@style")
    what = [text_of(each) for each in page.find_class("what")]
    assert "</span><script>alert(1)</script>" in what
    assert "\u202e" not in result.out
    assert "\x1b" not in result.out


class Tags(HTMLParser):
    """Collects all elements and attributes, and whether each element is closed in its turn."""

    VOID = frozenset({"meta"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.names: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worksheets)
def test_no_text_at_all_can_bring_in_an_element_or_leave_one_open(made: Worksheet) -> None:
    known = Tags()
    late = FirstStep(text="x", due="2026-01-01")
    coming = replaced(late, due="2027-01-01")
    plain = worksheet("coach", {"vision": (late, coming, replaced(late, state="done"))}, "Ana")
    known.feed(pure_page(plain, worksheet("principal", {"vision": ()}), today=date(2026, 6, 1)))
    found = Tags()
    text = pure_page(made, plain, today=date(2026, 6, 1))
    found.feed(text)
    assert not found.open
    assert found.names <= known.names
    assert found.attributes <= known.attributes
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202d\u202e]", text)


def test_the_page_allows_a_browser_nothing_but_its_own_style(plguide: Plguide, teams: Path) -> None:
    page = page_of(plguide, teams)
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert not page.xpath("//@src | //link | //script | //form")
    assert all(each.startswith("#") for each in page.xpath("//@href"))
    assert "url(#" in page.find(".//style").text
    assert not re.search(r"url\((?!#)|@import", page.find(".//style").text)


def test_an_unreadable_file_is_named_and_the_page_says_that_it_is_missing(
    plguide: Plguide, teams: Path
) -> None:
    bad = teams / "bad.md"
    bad.write_text("---\nplguide-worksheet: 1\nrole: [\n---\n", "utf-8")
    output = teams / "report.html"
    result = plguide("report", teams, "-o", output)
    assert result.code == 4
    assert str(bad) in result.err
    page = html.fromstring(output.read_text("utf-8"))
    head = text_of(page.find(".//header"))
    assert "1 file couldn't be read, and is not counted here." in head
    assert "3 worksheets" in head


def test_an_output_that_is_there_is_written_over_only_with_force(
    plguide: Plguide, teams: Path
) -> None:
    output = teams / "report.html"
    output.write_text("mine", "utf-8")
    refused = plguide("report", teams, "-o", output)
    assert refused.code == 4
    assert "--force" in refused.err
    assert output.read_text("utf-8") == "mine"
    assert plguide("report", teams, "-o", output, "--force").code == 0
    assert "<title>" in output.read_text("utf-8")


def test_a_page_that_cannot_be_put_in_place_leaves_all_as_it_was(
    plguide: Plguide, teams: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = teams / "report.html"
    output.write_text("mine", "utf-8")
    before = sorted(teams.rglob("*"))

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    result = plguide("report", teams, "-o", output, "--force")
    assert result.code == 4
    assert "no space left" in result.err
    assert output.read_text("utf-8") == "mine"
    assert sorted(teams.rglob("*")) == before


def test_without_a_worksheet_there_is_no_page(plguide: Plguide, tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("# Notes\n", "utf-8")
    result = plguide("report", tmp_path, "-o", tmp_path / "report.html")
    assert result.code == 0
    assert "There is no worksheet here" in result.err
    assert not (tmp_path / "report.html").exists()


def test_where_nothing_can_be_read_there_is_no_page_and_the_exit_code_says_so(
    plguide: Plguide, tmp_path: Path
) -> None:
    (tmp_path / "bad.md").write_text("---\nplguide-worksheet: 99\n---\n", "utf-8")
    result = plguide("report", tmp_path, "-o", tmp_path / "report.html")
    assert result.code == 4
    assert not (tmp_path / "report.html").exists()


def test_a_team_that_has_not_begun_is_shown_as_such() -> None:
    page = html.fromstring(pure_page(worksheet("coach", {})))
    head = text_of(page.find(".//header"))
    assert "1 team has answered 0 of 9 questions. No first step has been planned yet." in head
    assert spoken(page, "Evidence", "Coach") == "nothing yet"
    assert "No first step has been planned yet." in text_of(page.get_element_by_id("timeline"))


def test_many_teams_stand_folded_under_their_sums_and_what_is_left_out_is_said() -> None:
    summary = Summary(LIBRARY)
    touched = touched_standards(LIBRARY)
    late = worksheet("coach", {"vision": (FirstStep(text="x", due=day(-1)),)})
    begun = worksheet("teacher", {"vision": ()})
    for number in range(TEAMS_LISTED + 50):
        path = f"district/School {number % 45}/team-{number}.md"
        made = late if number % 3 == 0 else begun
        summary.add(digest_of(path, made, reported.TODAY, touched))
    page = html.fromstring(report_page(LIBRARY, summary, reported.TODAY, paths="district"))
    progress = page.get_element_by_id("progress")
    rows = rows_of(page, "progress")
    assert rows["Coach 150 teams"][0] == "150 of 1,350"
    assert rows["Teacher 300 teams"][0] == "300 of 2,700"
    assert rows["School 7 10 teams"][0] == "10 of 90"
    folders = [name for name in rows if name.startswith("School")]
    assert folders[:3] == ["School 0 10 teams", "School 1 10 teams", "School 2 10 teams"]
    assert [text_of(each) for each in progress.iter("summary")] == [
        "45 folders", f"{TEAMS_LISTED} of {TEAMS_LISTED + 50} teams",
    ]  # fmt: skip
    shown = [name for name in rows if "team-" in name]
    assert len(shown) == TEAMS_LISTED
    # Every team with something overdue is among them.
    assert sum("1" in rows[name][3] for name in shown) == 150
    left_out = text_of(progress.find_class("left-out")[-1])
    assert "The other 50 are left out here" in left_out
    assert "plguide status district" in left_out


def test_worksheets_in_any_order_give_the_same_page() -> None:
    steps = tuple(FirstStep(text=f"Step {n}", due=day(-n % 7)) for n in range(20))
    made = [worksheet("coach", {"vision": steps}, f"P{n}") for n in range(4)]
    touched = touched_standards(LIBRARY)
    digests = [digest_of(f"f/{n}.md", w, reported.TODAY, touched) for n, w in enumerate(made)]
    pages = []
    for order in (digests, digests[::-1]):
        summary = Summary(LIBRARY)
        for each in order:
            summary.add(each)
        pages.append(report_page(LIBRARY, summary, reported.TODAY))
    assert pages[0] == pages[1]


def test_in_a_terminal_the_page_goes_into_a_file_rather_than_over_the_screen(
    program: list[str], teams: Path, tmp_path: Path
) -> None:
    reader, writer = os.openpty()
    done = subprocess.run(
        [*program, "report", str(teams)],
        stdout=writer,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        timeout=60,
        check=False,
    )
    os.close(writer)
    os.close(reader)
    assert done.returncode == 0
    assert b"Saved in report.html." in done.stderr
    assert "<title>" in (tmp_path / "report.html").read_text("utf-8")
