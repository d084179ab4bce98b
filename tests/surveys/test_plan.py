"""`plguide plan`: the first steps of all worksheets in one list, to read, to sort, to import."""

import csv
import io
import json
import re
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from pl_guide.cli.output import write
from pl_guide.records import replaced
from pl_guide.render.csv_text import render_csv
from pl_guide.safe_text import one_line, visible
from pl_guide.surveys.calendar import render_calendar
from pl_guide.surveys.plan import Wanted, planned_steps
from pl_guide.worksheet.model import FirstStep, blank_worksheet, tidy_line
from support.coach_files import BLANK, HOSTILE, LIBRARY, TODAY, answered, day, step, written
from support.examples import examples
from support.needs import needed, posix, unavailable
from support.program import CLEAN_ENV, Plguide

FORMATS = ("terminal", "markdown", "json", "csv", "ics")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch) -> Path:
    """The folder that the program is started in, on a day that stays."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setattr("pl_guide.clock.today", lambda: TODAY)
    return tmp_path / "work"


@pytest.fixture
def school(folder) -> Path:
    """Worksheets of several teams with steps of all kinds."""
    sheet = answered(
        "vision",
        "We see.",
        step("Late", -3, owner="Ana López"),
        step("Later", 40, owner="Ben, coach"),
        step("Whenever", owner="ana"),
    )
    sheet = answered("evidence", "", step("Finished", -9, state="done"), sheet=sheet)
    written(folder / "b/coach.md", sheet)
    teacher = blank_worksheet(LIBRARY.framework, LIBRARY.role("teacher"))
    sheet = answered(
        teacher.answers[0].question,
        "",
        step("Soon", 2, owner="Ana"),
        step("Let go", 1, state="dropped"),
        sheet=teacher,
    )
    written(folder / "a/teacher.md", sheet)
    return folder


def planned(plguide: Plguide, *arguments: object) -> list[dict]:
    done = plguide("plan", *arguments, "--format", "json")
    assert done.code == 0, done.err
    return json.loads(done.out)


def texts(plguide: Plguide, *arguments: object) -> list[str]:
    return [each["text"] for each in planned(plguide, *arguments)]


# --- What is in it ---


def test_steps_come_by_their_dates_and_those_without_one_last(plguide, school):
    assert texts(plguide) == ["Finished", "Late", "Let go", "Soon", "Later", "Whenever"]


def test_steps_of_one_day_come_by_file_question_and_place(plguide, folder):
    first, second = (each.question for each in BLANK.answers[:2])
    for name in ("b.md", "a.md"):
        sheet = answered(first, "", step(f"{name} 1", 1), step(f"{name} 2", 1))
        written(folder / name, answered(second, "", step(f"{name} 3", 1), sheet=sheet))
    assert texts(plguide, "b.md", "a.md") == [
        f"{n} {i}" for n in ("a.md", "b.md") for i in (1, 2, 3)
    ]


def test_a_step_says_everything_about_itself_and_where_it_comes_from(plguide, folder):
    whole = step(
        "Call",
        "2026-09-01 or later",
        owner="Ana",
        resources="time",
        evidence="notes",
        history=("2026-07-01, still open: begun", "2026-07-08, still open"),
    )
    sheet = replaced(answered("vision", "", whole), participants=("Ana", "Ben"), updated="2026-07")
    written(folder / "team/coach.md", sheet)
    (found,) = planned(plguide)
    number = [each.question for each in BLANK.answers].index("vision")
    expected = {
        "due": "2026-09-01",
        "due_said": "2026-09-01 or later",
        "state": "open",
        "text": "Call",
        "owner": "Ana",
        "resources": "time",
        "evidence": "notes",
        "history": ["2026-07-01, still open: begun", "2026-07-08, still open"],
        "file": "team/coach.md",
        "role": "coach",
        "participants": ["Ana", "Ben"],
        "question": "vision",
        "number": number + 1,
        "wording": BLANK.answers[number].wording,
        "standards": ["leadership"],
    }
    assert {key: found[key] for key in expected} == expected


def test_the_page_groups_steps_by_what_their_dates_mean_today(plguide, school):
    out = plguide("plan").out
    parts = re.split(r"^## ", out, flags=re.MULTILINE)[1:]
    groups = {part.split("\n")[0]: re.findall(r"^- .*", part, re.MULTILINE) for part in parts}
    assert list(groups) == [
        "Overdue",
        "Due within 14 days",
        "Later",
        "Open, without a date",
        "Done",
        "Dropped",
    ]
    assert all(len(each) == 1 for each in groups.values())
    assert groups["Overdue"][0].startswith(f"- **{day(-3)}** Late · Ana López (Question ")
    assert groups["Overdue"][0].endswith("· `b/coach.md`)")


@pytest.mark.parametrize(("days", "group"), [(-1, 0), (0, 1), (14, 1), (15, 2)])
def test_the_page_draws_the_line_where_status_does(plguide, folder, days, group):
    written(folder / "coach.md", answered("vision", "", step("Call", days)))
    title = ("Overdue", "Due within 14 days", "Later")[group]
    assert re.findall(r"^## (.*)", plguide("plan").out, re.MULTILINE) == [title]
    (found,) = json.loads(plguide("status", "--format", "json").out)
    assert (found["overdue"], found["due"]) == [(1, 0), (0, 1), (0, 0)][group]


# --- What is asked for ---


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (["--owner", "ana"], ["Late", "Soon", "Whenever"]),
        (["--owner", "LOPEZ"], ["Late"]),
        (["--owner", "coach"], ["Later"]),
        (["--due-before", day(2)], ["Finished", "Late", "Let go"]),
        (["--due-before", "+3d"], ["Finished", "Late", "Let go", "Soon"]),
        (["--role", "teacher"], ["Let go", "Soon"]),
        (["--role", "instructional-coach"], ["Finished", "Late", "Later", "Whenever"]),
        (["--standard", "leadership"], ["Late", "Later", "Whenever"]),
        (["--open"], ["Late", "Soon", "Later", "Whenever"]),
        (["--done"], ["Finished"]),
        (["--open", "--done"], ["Finished", "Late", "Soon", "Later", "Whenever"]),
        (["--open", "--owner", "ana", "--due-before", "+1w"], ["Late", "Soon"]),
        (["--open", "--owner", "ana", "--due-before", "+1w", "--role", "coach"], ["Late"]),
        (["--standard", "leadership", "--role", "coach", "--open", "--owner", "ben"], ["Later"]),
        (["a", "--open"], ["Soon"]),
    ],
)
def test_only_what_was_asked_for_is_listed(plguide, school, asked, found):
    assert texts(plguide, *asked) == found


def test_where_nothing_fits_it_says_so(plguide, school):
    done = plguide("plan", "--owner", "Zoë")
    assert (done.code, done.out) == (0, "")
    assert "No first step here fits what you asked for." in done.err


def test_without_a_worksheet_it_says_how_to_begin_one(plguide, folder):
    done = plguide("plan")
    assert (done.code, done.out) == (0, "")
    assert "There is no worksheet here." in done.err
    assert "fits" not in done.err


@pytest.mark.parametrize("said", ["someday", "2026-02-30", "01.02.2026", "9999999w", ""])
def test_a_day_that_is_none_is_wrong_usage(plguide, school, said):
    done = plguide("plan", "--due-before", said or " ")
    assert (done.code, done.out) == (2, "")
    assert "isn't a date" in done.err
    assert "2026-09-01" in done.err


@pytest.mark.parametrize(("option", "near"), [("--role", "coach"), ("--standard", "leadership")])
def test_a_role_or_standard_that_is_none_is_wrong_usage(plguide, school, option, near):
    done = plguide("plan", option, f"{near}x")
    assert (done.code, done.out) == (2, "")
    assert near in done.err


def test_a_role_that_only_a_worksheet_knows_is_in_the_list_of_all(plguide, folder):
    sheet = answered("vision", "", step("Call"))
    written(folder / "dean.md", replaced(sheet, role="dean", title="Dean"))
    (found,) = planned(plguide)
    assert (found["title"], found["standards"]) == ("Dean", [])


# --- Into a file ---


@pytest.mark.parametrize("kind", FORMATS)
def test_a_plan_in_a_file_is_what_stdout_would_get(plguide, school, kind, monkeypatch):
    stamp = datetime(2026, 7, 15, 12, tzinfo=UTC)
    monkeypatch.setattr("pl_guide.clock.now", lambda: stamp)
    shown = plguide("plan", "--format", kind).out
    done = plguide("plan", "--format", kind, "-o", "plan.out")
    assert (done.code, done.out) == (0, "")
    assert "Saved in plan.out." in done.err
    raw = (school / "plan.out").read_bytes()
    mark = b"\xef\xbb\xbf"
    assert raw.startswith(mark) == (kind == "csv")
    assert raw.removeprefix(mark).decode().replace("\r\n", "\n") == shown.replace("\r\n", "\n")
    assert (b"\r\n" in raw) == (kind in {"csv", "ics"})


def test_without_a_format_a_file_gets_markdown(plguide, school):
    plguide("plan", "-o", "plan.md")
    assert (school / "plan.md").read_text("utf-8").startswith("# Plan: ")


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_that_is_there_is_written_over_only_with_force(plguide, school, kind):
    (school / "plan.out").write_text("mine")
    done = plguide("plan", "--format", kind, "-o", "plan.out")
    assert (done.code, done.out) == (4, "")
    assert "plan.out is there already, and is untouched." in done.err
    assert "--force" in done.err
    assert (school / "plan.out").read_text() == "mine"
    assert plguide("plan", "--format", kind, "-o", "plan.out", "--force").code == 0
    assert "Later" in (school / "plan.out").read_text("utf-8")
    assert sorted(each.name for each in school.iterdir()) == ["a", "b", "plan.out"]


@posix
@pytest.mark.parametrize("trouble", ["read-only", "folder", "missing"])
def test_a_place_that_cannot_be_written_is_said_and_nothing_is_left_behind(
    plguide, school, trouble
):
    place = school / "plan.out"
    if trouble == "read-only":
        place.write_text("mine")
        place.chmod(0o444)
    elif trouble == "folder":
        place.mkdir()
    else:
        place = school / "gone/plan.out"
    before = sorted(school.rglob("*"))
    done = plguide("plan", "-o", place, "--force")
    assert (done.code, done.out) == (4, "")
    assert "can't be saved" in done.err
    assert sorted(school.rglob("*")) == before


def test_a_plan_that_lacks_an_unreadable_worksheet_says_so_with_its_exit_code(plguide, school):
    (school / "bad.md").write_text("---\nplguide-worksheet: 1\n---\n")
    done = plguide("plan", "--format", "csv", "-o", "plan.csv")
    assert done.code == 4
    assert "bad.md" in done.err
    assert len((school / "plan.csv").read_text("utf-8").split("\n")) == 8


# --- Text as data ---


def hostile_step(hostile: str) -> FirstStep:
    line = tidy_line(hostile)
    return step(
        line,
        f"2026-09-01 {line}",
        owner=line,
        resources=line,
        evidence=line,
        history=(line,),
    )


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("kind", FORMATS)
def test_hostile_text_is_text_in_each_format(plguide, folder, hostile, kind):
    sheet = answered("vision", "", hostile_step(hostile), wording=tidy_line(hostile))
    sheet = replaced(sheet, title=tidy_line(hostile), participants=(tidy_line(hostile),))
    written(folder / "coach.md", sheet)
    done = plguide("plan", "--format", kind, env={"FORCE_COLOR": "", "COLUMNS": "60"})
    assert (done.code, done.err) == (0, "")
    assert not CONTROLS.search(done.out)
    if kind != "json":
        assert not re.search(r"[\x80-\x9f\u202e]", done.out)
    if kind == "markdown":
        lines = [line for line in done.out.split("\n") if line]
        assert [line[:2] for line in lines] == ["# ", "*2", "##", "- "]
        assert "<" not in lines[-1]


# --- For a spreadsheet ---


def table(plguide: Plguide, *arguments: str) -> list[dict[str, str]]:
    done = plguide("plan", "--format", "csv", *arguments)
    assert done.code == 0
    return list(csv.DictReader(io.StringIO(done.out, newline=""), strict=True))


def test_a_table_has_a_row_for_each_step_with_all_that_is_known_of_it(plguide, folder):
    whole = step("Call, then write", 3, owner='Ana "Annie"', history=("one, two", "three"))
    sheet = replaced(answered("vision", "", whole), participants=("Ana", "Ben"))
    written(folder / "coach.md", answered("impact", "", step("Read"), sheet=sheet))
    first, second = table(plguide)
    assert first["first_step"] == "Call, then write"
    assert first["owner"] == 'Ana "Annie"'
    assert first["due"] == day(3)
    assert first["history"] == "one, two; three"
    assert first["participants"] == "Ana; Ben"
    assert (second["first_step"], second["due"]) == ("Read", "")
    assert first["uid"] != second["uid"]


def test_what_a_due_says_that_is_no_date_is_in_the_table(plguide, folder):
    written(folder / "coach.md", answered("vision", "", step("Call", "after Easter")))
    assert table(plguide)[0]["due"] == "after Easter"


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", " =", "=cmd|' /C calc'!A0 ", "-2+3"])
def test_no_cell_is_a_formula(plguide, folder, begin):
    text = tidy_line(f"{begin}1+1")
    whole = step(text, owner=text, resources=text, evidence=text, history=(text,))
    sheet = replaced(answered("vision", "", whole, wording=text), title=text, participants=(text,))
    written(folder / "coach.md", sheet)
    (row,) = table(plguide)
    for name in ("first_step", "owner", "resources", "evidence", "history", "wording", "title"):
        assert row[name] == f"'{text}"
    assert row["participants"] == f"'{text}"


@given(st.lists(st.lists(st.text(), min_size=3, max_size=3), max_size=4))
@settings(deadline=None, max_examples=examples(200))
def test_any_cells_are_read_back_and_none_begins_a_formula(rows):
    found = list(csv.reader(io.StringIO(render_csv([("a", "b", "c"), *rows]), newline="")))
    assert len(found) == len(rows) + 1
    for wrote, back in zip(rows, found[1:], strict=True):
        for cell, read in zip(wrote, back, strict=True):
            assert not read.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
            assert visible(cell).replace("'", "") == read.replace("'", "")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_is_a_formula_whatever_separates_cells_where_it_is_opened(
    plguide, folder, separator
):
    for number, text in enumerate(("x;=1+1", "x,=1+1", "x\t=1+1", 'x";=1+1', "x;+1", "x; @a()")):
        line = tidy_line(text)
        whole = step(line, owner=line, evidence=line, resources=line, history=(line, "=1+1"))
        written(folder / f"{number}.md", answered("vision", "", whole, wording=line))
    out = plguide("plan", "--format", "csv").out
    cells = [cell for row in csv.reader(io.StringIO(out), delimiter=separator) for cell in row]
    assert not [cell for cell in cells if cell[:1] in set("=+-@")]


@pytest.mark.slow
@pytest.mark.parametrize("separator", [44])  # A comma.
def test_a_real_spreadsheet_evaluates_nothing(plguide, folder, separator, tmp_path):
    calc = Path(needed("soffice")).resolve().with_name("libsclo.so")
    if not calc.exists():
        unavailable("there is no LibreOffice Calc here")
    texts = ("=1234+4321", "+1234+4321", "-1234+4321", "@SUM(1234;4321)", "x;=1234+4321")
    for number, text in enumerate(texts):
        line = tidy_line(text)
        whole = step(line, owner=line, evidence=line, resources=line)
        written(folder / f"{number}.md", answered("vision", "", whole))
    assert plguide("plan", "--format", "csv", "-o", "plan.csv").code == 0
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/office",
            "--headless",
            f"--infilter=CSV:{separator},34,76,1",
            "--convert-to",
            "html:HTML (StarCalc)",
            "plan.csv",
        ],
        cwd=folder,
        env=CLEAN_ENV | {"HOME": str(tmp_path)},
        capture_output=True,
        timeout=120,
        check=True,
    )
    shown = (folder / "plan.html").read_text("utf-8")
    assert "1234+4321" in shown
    assert "5555" not in shown
    assert "3087" not in shown


# --- For a calendar ---


def events(text: str) -> dict[str, object]:
    calendar = Calendar.from_ical(text)
    assert str(calendar["version"]) == "2.0"
    found = {str(each["uid"]): each for each in calendar.walk("VEVENT")}
    assert len(found) == len(calendar.walk("VEVENT"))
    return found


def at(monkeypatch, moment: datetime) -> None:
    monkeypatch.setattr("pl_guide.clock.now", lambda: moment)


MOMENT = datetime(2026, 7, 15, 12, 30, tzinfo=UTC)


def test_each_step_with_a_date_is_a_whole_day(plguide, school):
    found = events(plguide("plan", "--format", "ics").out)
    said = {
        str(each["summary"]): (each["dtstart"].dt, each["dtend"].dt, str(each["status"]))
        for each in found.values()
    }

    def whole(days: int, state: str) -> tuple[date, date, str]:
        return (TODAY + timedelta(days), TODAY + timedelta(days + 1), state)

    assert said == {
        "Late": whole(-3, "CONFIRMED"),
        "Later": whole(40, "CONFIRMED"),
        "✓ Finished": whole(-9, "CONFIRMED"),
        "Soon": whole(2, "CONFIRMED"),
        "Let go": whole(1, "CANCELLED"),
    }


def test_an_event_says_who_what_and_where_from(plguide, folder):
    whole = step("Call", 1, owner="Ana", resources="time", evidence="notes", history=("seen",))
    written(folder / "coach.md", answered("vision", "", whole, wording="What do we see?"))
    (event,) = events(plguide("plan", "--format", "ics").out).values()
    assert str(event["description"]).split("\n") == [
        "Owner: Ana",
        "Resources: time",
        "Evidence: notes",
        "From: What do we see?",
        "Worksheet: Coach, coach.md",
        "Checked: seen",
    ]


def test_importing_twice_updates(plguide, school, monkeypatch):
    at(monkeypatch, MOMENT)
    once = events(plguide("plan", "--format", "ics").out)
    sheet = answered("vision", "", step("Late", 5, owner="Cleo", state="done"))
    written(school / "b/coach.md", sheet)
    at(monkeypatch, MOMENT + timedelta(hours=1))
    twice = events(plguide("plan", "--format", "ics").out)
    assert set(twice) < set(once)
    for uid, event in twice.items():
        assert event["dtstamp"].dt > once[uid]["dtstamp"].dt
        assert event["sequence"] > once[uid]["sequence"]
    (late,) = (each for each in twice.values() if each["summary"] == "✓ Late")
    assert late["dtstart"].dt == TODAY + timedelta(5)
    assert once[str(late["uid"])]["summary"] == "Late"


def test_moments_later_nothing_goes_backward(plguide, school, monkeypatch):
    at(monkeypatch, MOMENT)
    once = events(plguide("plan", "--format", "ics").out)
    at(monkeypatch, MOMENT + timedelta(seconds=1))
    twice = events(plguide("plan", "--format", "ics").out)
    assert set(once) == set(twice)
    assert all(twice[uid]["sequence"] >= each["sequence"] for uid, each in once.items())


def test_steps_that_are_alike_are_events_of_their_own(plguide, folder):
    same = (step("Call", 1), step("Call", 1), step("Call", 2))
    for place in ("a/coach.md", "b/coach.md"):
        written(folder / place, answered("vision", "", *same))
    assert len(events(plguide("plan", "--format", "ics").out)) == 6


def test_the_worksheet_may_move_to_another_folder_and_keeps_its_events(plguide, folder):
    written(folder / "a/coach.md", answered("vision", "", step("Call", 1)))
    once = set(events(plguide("plan", "--format", "ics").out))
    (folder / "a").rename(folder / "b")
    assert set(events(plguide("plan", "--format", "ics").out)) == once


def test_the_last_day_of_all_is_no_trouble(plguide, folder):
    written(folder / "coach.md", answered("vision", "", step("Call", "9999-12-31")))
    (event,) = events(plguide("plan", "--format", "ics").out).values()
    assert event["dtstart"].dt == date.max


AWKWARD = st.lists(
    st.one_of(
        st.sampled_from(
            (
                "\\N",
                "\\n",
                "\\",
                ",",
                ";",
                ":",
                '"',
                "BEGIN:VEVENT",
                "\n",
                "\r\n",
                "👩‍🏫",
                "é",
                " ",
                "x" * 80,
            )
        ),
        st.text(max_size=4),
    ),
    max_size=8,
).map(lambda parts: tidy_line("".join(parts)))


@given(AWKWARD.filter(bool), AWKWARD, AWKWARD)
@settings(deadline=None, max_examples=examples(200))
def test_any_text_is_read_back_from_the_calendar_and_its_lines_are_short(text, owner, wording):
    sheet = answered("vision", "", step(text, 1, owner=owner), wording=wording)
    steps = planned_steps("coach.md", sheet, {}, Wanted())
    raw = render_calendar(steps, MOMENT)
    assert all(len(line.encode()) <= 75 for line in raw.split("\r\n"))
    assert "\n" not in raw.replace("\r\n", "")
    (event,) = events(raw).values()
    assert str(event["summary"]) == one_line(text)
    said = str(event["description"]).split("\n")
    assert said == [
        *([f"Owner: {one_line(owner)}"] if owner else []),
        *([f"From: {one_line(wording)}"] if wording else []),
        "Worksheet: Coach, coach.md",
    ]


@pytest.mark.parametrize(
    ("arguments", "fit"),
    [
        (["plan", "-o", "steps.xlsx"], "steps.csv"),
        (["plan", "--format", "ics", "-o", "steps.csv"], "steps.ics"),
        (["worksheet", "--role", "coach", "-o", "blank.docx"], "blank.md"),
        (["report", ".", "-o", "teams.pdf"], "teams.html"),
    ],
)
def test_an_ending_that_promises_something_else_is_refused_and_nothing_written(
    plguide, folder, monkeypatch, arguments, fit
):
    monkeypatch.chdir(folder)
    before = sorted(folder.iterdir())
    done = plguide(*arguments)
    assert done.code == 2
    assert f"Write {fit}" in done.err
    assert sorted(folder.iterdir()) == before


def test_a_file_s_ending_says_what_a_plan_is_written_as(plguide, folder):
    written(folder / "coach.md", answered("vision", "", step("Call", "2026-12-01")))
    assert plguide("plan", folder, "-o", folder / "steps.ics").code == 0
    assert (folder / "steps.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_lines_that_end_as_a_format_wants_are_left_so_where_the_system_ends_them_otherwise(
    folder, monkeypatch
):
    raw = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(raw, encoding="utf-8", newline="\r\n"))
    write("BEGIN:VCALENDAR\r\n")
    assert raw.getvalue() == b"BEGIN:VCALENDAR\r\n"
