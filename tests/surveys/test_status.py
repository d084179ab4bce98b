"""`plguide status`: how far worksheets are, whatever lies between them."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pl_guide.records import replaced
from pl_guide.surveys import reading as finding
from pl_guide.worksheet.format.markdown import format_worksheet
from pl_guide.worksheet.model import blank_worksheet
from support.coach_files import BLANK, HOSTILE, LIBRARY, TODAY, answered, step, written
from support.needs import posix
from support.program import Plguide, Result


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch) -> Path:
    """The folder that the program is started in, on a day that stays."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setattr("pl_guide.clock.today", lambda: TODAY)
    return tmp_path / "work"


def rows(done: Result) -> list[dict]:
    return json.loads(done.out)


def status(plguide: Plguide, *paths: object, code: int = 0) -> list[dict]:
    done = plguide("status", *paths, "--format", "json")
    assert done.code == code, done.err
    return rows(done)


def paths(found: list[dict]) -> list[str]:
    return [each["path"] for each in found]


# --- What is counted ---


def test_everything_about_one_worksheet_is_counted(plguide, folder):
    sheet = answered(
        "vision",
        "We see.",
        step("Late", -1),
        step("Very late", "2020-01-01"),
        step("Today", 0),
        step("Last day that counts", 14),
        step("A day later", 15),
        step("Whenever"),
        step("After Easter", "after Easter"),
        step("Was late, is done", -30, state="done"),
        step("Was due, is dropped", 1, state="dropped"),
    )
    sheet = answered("evidence", "", step("Only a step"), sheet=sheet)
    sheet = replaced(sheet, participants=("Ana", "Ben Oduya"), updated="2026-07-01T08:30")
    written(folder / "coach.md", sheet)
    (found,) = status(plguide)
    assert found["reworded"] == []
    found = {key: value for key, value in found.items() if key != "reworded"}
    assert found == {
        "path": "coach.md",
        "framework": BLANK.framework,
        "role": "coach",
        "title": "Coach",
        "participants": ["Ana", "Ben Oduya"],
        "answered": 2,
        "total": 9,
        "open": 8,
        "due": 2,
        "overdue": 2,
        "done": 1,
        "dropped": 1,
        "updated": "2026-07-01T08:30",
    }


def test_the_page_says_what_the_numbers_say(plguide, folder):
    sheet = answered("vision", "We see.", step("Late", -1), step("Soon", 3), step("Whenever"))
    named = replaced(sheet, participants=("Ana",), updated="2026-07-01T08:30")
    written(folder / "coach.md", named)
    written(folder / "empty.md", BLANK)
    out = plguide("status").out
    table = [
        [cell.strip() for cell in line.strip("| ").split("|")]
        for line in out.split("\n")
        if line.startswith("|")
    ]
    assert table[0] == ["Worksheet", "Answered", "Open", "Due", "Overdue", "Done", "Changed"]
    assert table[2][0] == "`coach.md` *Coach · Ana*"
    assert table[2][1:] == ["1 of 9", "3", "1", "1", "–", "2026-07-01"]
    assert table[3][1:] == ["0 of 9", "–", "–", "–", "–", "–"]
    assert table[4] == ["**All together**", "1 of 18", "3", "1", "1", "0", "2026-07-01"]


def test_answered_questions_that_are_worded_otherwise_today_are_named(plguide, folder):
    sheet = answered("vision", "We see.", wording="How was it asked?")
    sheet = answered("impact", "", wording="Nobody answered this.", sheet=sheet)
    written(folder / "coach.md", sheet)
    number = [each.question for each in BLANK.answers].index("vision") + 1
    assert status(plguide)[0]["reworded"] == [number]
    out = plguide("status").out
    assert "## Worded differently today" in out
    assert f"`coach.md`: question {number}" in out


def test_a_worksheet_of_a_role_or_framework_that_is_unknown_here_is_counted_all_the_same(
    plguide, folder
):
    sheet = answered("vision", "We see.", step("Late", -1), wording="Asked their way")
    written(folder / "role.md", replaced(sheet, role="dean", title="Dean"))
    written(folder / "framework.md", replaced(sheet, framework="our-own"))
    found = status(plguide)
    assert [each["title"] for each in found] == ["Coach", "Dean"]
    assert [(each["answered"], each["overdue"], each["reworded"]) for each in found] == [
        (1, 1, [])
    ] * 2


@pytest.mark.parametrize(
    ("due", "counted"),
    [
        ("2026-07-20 / 2026-07-01", (0, 1)),
        ("2026-07-20 or 2027-01-01", (1, 0)),
        ("2026-13-45", (0, 0)),
        ("friday", (0, 0)),
        ("2026-7-1", (0, 0)),
        ("by 2026-07-14, at the latest", (0, 1)),
        ("٢٠٢٦-٠٧-٠١", (0, 0)),
    ],
)
def test_the_first_date_that_a_due_names_counts_and_what_is_no_date_does_not(
    plguide, folder, due, counted
):
    written(folder / "coach.md", answered("vision", "", step("Call", due)))
    (found,) = status(plguide)
    assert (found["due"], found["overdue"]) == counted
    assert found["open"] == 1


# --- Where they are ---


def test_folders_are_searched_with_all_folders_below(plguide, folder):
    for place in ("b.md", "a.markdown", "deep/er/c.MD", "z/d.md"):
        written(folder / place, BLANK)
    assert paths(status(plguide)) == ["a.markdown", "b.md", "deep/er/c.MD", "z/d.md"]
    assert paths(status(plguide, "deep", "z")) == ["deep/er/c.MD", "z/d.md"]


def test_hidden_folders_and_files_are_passed_over_unless_they_are_named(plguide, folder):
    for place in (".git/a.md", "b/.drafts/c.md", ".hidden.md", "seen.md"):
        written(folder / place, BLANK)
    assert paths(status(plguide)) == ["seen.md"]
    assert paths(status(plguide, ".git", ".hidden.md")) == [".git/a.md", ".hidden.md"]


def test_other_files_are_passed_over_in_silence(plguide, folder):
    written(folder / "seen.md", BLANK)
    (folder / "README.md").write_text("# Read me\n\nWe use worksheets.")
    (folder / "blog.md").write_text("---\ntitle: [broken\n---\n")
    (folder / "empty.md").write_bytes(b"")
    (folder / "latin.md").write_bytes("Frühling".encode("latin-1"))
    (folder / "copy.txt").write_text(format_worksheet(BLANK))
    (folder / "folder.md").mkdir()
    done = plguide("status", "--format", "json")
    assert (done.code, done.err) == (0, "")
    assert paths(rows(done)) == ["seen.md"]


def test_a_page_about_worksheets_is_no_worksheet(plguide, folder):
    written(folder / "seen.md", BLANK)
    (folder / "how-to.md").write_text(
        "# Our worksheets\n\nThey begin with:\n\n```yaml\n---\nplguide-worksheet: 1\n---\n```\n"
    )
    done = plguide("status", "--format", "json")
    assert (done.code, done.err) == (0, "")
    assert paths(rows(done)) == ["seen.md"]


def test_a_file_is_counted_once_however_it_is_named(plguide, folder):
    written(folder / "a/coach.md", BLANK)
    found = status(plguide, "a/coach.md", "./a/coach.md", "a", "a/../a/coach.md", ".")
    assert paths(found) == ["a/coach.md"]


def test_a_file_is_counted_once_by_its_short_and_its_whole_path(plguide, folder):
    written(folder / "coach.md", BLANK)
    assert len(status(plguide, "coach.md", folder / "coach.md", folder)) == 1


def test_files_come_in_the_order_in_which_they_were_named(plguide, folder):
    for place in ("a.md", "b.md", "c.md"):
        written(folder / place, BLANK)
    assert paths(status(plguide, "c.md", "a.md", "b.md")) == ["c.md", "a.md", "b.md"]


@posix
def test_a_loop_of_links_ends(plguide, folder):
    written(folder / "a/coach.md", BLANK)
    (folder / "a/again").symlink_to(folder, target_is_directory=True)
    assert paths(status(plguide)) == ["a/coach.md"]


def test_without_a_worksheet_it_says_how_to_begin_one(plguide, folder):
    done = plguide("status")
    assert (done.code, done.out) == (0, "")
    assert "There is no worksheet here." in done.err
    assert "plguide reflect" in done.err
    assert plguide("status", "--format", "json").out == "[]\n"


# --- What can't be read ---


def spoiled(folder: Path) -> dict[str, str]:
    """Put worksheets that can't be read among good ones; give what is said of each."""
    whole = format_worksheet(BLANK)
    for name in ("a.md", "m.md", "z.md"):
        written(folder / name, BLANK)
    (folder / "bytes.md").write_bytes(whole.replace("Coach", "Cöach").encode("latin-1"))
    (folder / "newer.md").write_text(whole.replace("plguide-worksheet: 2", "plguide-worksheet: 7"))
    (folder / "front.md").write_text(whole.replace("role: coach", "role: [coach"))
    (folder / "no-role.md").write_text(whole.replace("role: coach\n", ""))
    (folder / "unended.md").write_text("---\nplguide-worksheet: 1\n\n# A heading\n")
    (folder / "gone.md").symlink_to(folder / "nowhere.md")
    return {
        "bytes.md": "isn't saved as UTF-8",
        "newer.md": "format 7",
        "front.md": "isn't readable as YAML",
        "no-role.md": "names no role",
        "unended.md": "doesn't begin with front matter",
        "gone.md": "can't be read: no such file",
    }


@posix
@pytest.mark.parametrize("command", ["status", "plan"])
def test_what_cannot_be_read_is_named_and_the_rest_is_done(plguide, folder, command):
    said = spoiled(folder)
    written(folder / "step.md", answered("vision", "", step("Call", 1)))
    done = plguide(command, "--format", "json")
    assert done.code == 4
    lines = done.err.strip().split("\n")
    for name, why in said.items():
        assert any(line.startswith(name) and why in line for line in lines), done.err
    assert lines[-1].startswith("6 files couldn't be read")
    assert len(lines) == 7
    good = paths(rows(done)) if command == "status" else [each["file"] for each in rows(done)]
    assert good == (["a.md", "m.md", "step.md", "z.md"] if command == "status" else ["step.md"])


@pytest.mark.parametrize(
    ("content", "why"), [("# Notes", "front matter"), ("", "front matter"), (None, "no such file")]
)
def test_a_file_that_is_named_and_is_no_worksheet_is_an_error(plguide, folder, content, why):
    written(folder / "good.md", BLANK)
    if content is not None:
        (folder / "bad.md").write_text(content)
    done = plguide("status", "bad.md", "good.md", "--format", "json")
    assert done.code == 4
    assert "bad.md" in done.err
    assert why in done.err
    assert " -o" not in done.err
    assert paths(rows(done)) == ["good.md"]


def test_a_worksheet_in_another_encoding_is_named_not_passed_over(plguide, folder):
    written(folder / "good.md", BLANK)
    (folder / "notepad.md").write_bytes(format_worksheet(BLANK).encode("utf-16"))
    done = plguide("status")
    assert done.code == 4
    assert "notepad.md" in done.err
    assert "UTF-8" in done.err


@posix
def test_unreadable_names_steer_no_terminal(plguide, folder):
    (folder / "\x1b[31mred.md").write_text("---\nplguide-worksheet: 1\n---\n")
    done = plguide("status")
    assert done.code == 4
    assert "\x1b" not in done.err


# --- Many of them ---


def many(folder: Path, number: int) -> None:
    text = format_worksheet(answered("vision", "We see.", step("Late", -1)))
    for index in range(number):
        (folder / f"team-{index:04}.md").write_text(text)


@posix
def test_many_worksheets_read_by_several_processes_give_the_same_in_the_same_order(
    plguide, folder, monkeypatch
):
    many(folder, 40)
    spoiled(folder)
    one_by_one = [plguide(each, "--format", "json") for each in ("status", "plan")]
    monkeypatch.setattr(finding, "MANY", 10)
    monkeypatch.setattr(finding, "AT_ONCE", 3)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    together = [plguide(each, "--format", "json") for each in ("status", "plan")]
    assert [each.code for each in together] == [4, 4]
    assert together == one_by_one


@pytest.mark.slow
@posix
@pytest.mark.parametrize("command", ["status", "plan"])
def test_more_worksheets_than_one_process_reads_are_all_there(plguide_process, folder, command):
    many(folder, finding.MANY + 7)
    (folder / "team-0005.md").unlink()
    (folder / "team-0005.md").symlink_to(folder / "nowhere.md")
    done = plguide_process(command, "--format", "json")
    assert done.code == 4
    assert done.err.startswith("team-0005.md can't be read")
    assert len(done.err.split("\n")) == 3
    assert len(rows(done)) == finding.MANY + 6


@pytest.mark.slow
@posix
def test_when_the_program_is_killed_no_process_that_reads_for_it_is_left(program, folder):
    many(folder, finding.MANY + 7)
    command = [*program, "export", str(folder), "--to", "csv"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as started:
        # Nobody takes more than a row, so there is work left when it ends.
        heads, row = started.stdout.readline(), started.stdout.readline()
        started.kill()
        # These end when the last process that could write there has ended.
        _, errors = started.communicate(timeout=60)
    assert heads.startswith(b'"file"')
    assert b"team-0000.md" in row
    assert errors == b""


# --- Text as data ---


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("kind", ["terminal", "markdown", "json"])
def test_hostile_text_is_text_in_each_format(plguide, folder, hostile, kind):
    sheet = answered("vision", hostile, wording=hostile)
    written(folder / "coach.md", replaced(sheet, title=hostile, participants=(hostile,)))
    done = plguide("status", "--format", kind, env={"FORCE_COLOR": "", "COLUMNS": "200"})
    assert done.code == 0
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", done.out)
    if kind == "json":
        assert rows(done)[0]["participants"] == [hostile]
    else:
        assert not re.search(r"[\x80-\x9f\u202e]", done.out)
    if kind == "markdown":
        assert "<script" not in done.out
        assert "<!--" not in done.out
        table = [line for line in done.out.split("\n") if line.startswith("|")]
        assert [line.count("|") for line in table] == [8] * 3


def test_each_role_that_is_shipped_is_read(plguide, folder):
    for role in LIBRARY.roles:
        written(folder / f"{role.id}.md", blank_worksheet(LIBRARY.framework, role))
    found = status(plguide)
    assert {each["role"]: each["total"] for each in found} == {
        role.id: len(role.questions) for role in LIBRARY.roles
    }


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="names are text there")
@pytest.mark.parametrize("command", [["status"], ["plan", "--format", "json"], ["report"]])
def test_a_file_name_that_is_no_text_stops_nothing(plguide_process, folder, command):
    name = os.fsdecode(b"caf\xe9.md")
    written(folder / name, answered("vision", "We see.", step("Call")))
    done = plguide_process(command[0], folder, *command[1:])
    assert done.code == 0
    assert "caf\ufffd.md" in done.out


def test_a_path_that_no_file_can_have_is_named_and_the_rest_is_done(plguide, folder):
    sheet = written(folder / "coach.md", answered("vision", "We see."))
    done = plguide("status", sheet, folder / ("x" * 300))
    assert done.code == 4
    assert "coach.md" in done.out
    assert "can't be read" in done.err
