"""Checking in on first steps in a real terminal: keys, words, signals, and others' changes."""

import json
import signal
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from pl_guide.records import replaced
from pl_guide.worksheet.model import FirstStep, Worksheet
from support.coach_files import BLANK, answered, read, step, written
from support.pty_screen import (
    ABOUT,
    BACK,
    CTRL_C,
    CTRL_D,
    DOWN,
    ENTER,
    F1,
    F2,
    REVIEW,
    SKIP,
    TAB,
    UP,
    Terminal,
    terminals,
)

pytestmark = pytest.mark.slow

Start = Callable[..., Terminal]

TODAY = date.today()  # noqa: DTZ011 - the program is asked on the same machine
LIST = "(arrows, Enter)"


def day(days: int) -> str:
    return (TODAY + timedelta(days)).isoformat()


CALL = step("Call the families", day(-3), owner="Ana")
VISIT = step("Visit two teams", day(5))
LATER = step("Write a report", day(90))


@pytest.fixture(autouse=True)
def same_day() -> None:
    """Days are counted from when this file was loaded."""
    if date.today() != TODAY:  # noqa: DTZ011
        pytest.skip("midnight has passed")


@pytest.fixture
def start(program: list[str], tmp_path: Path) -> Iterator[Start]:
    with terminals([*program, "check-in"], tmp_path) as begin:
        yield begin


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(tmp_path / "coach.md", answered("vision", "We see.", CALL, VISIT, LATER))


def steps(file: Path) -> tuple[FirstStep, ...]:
    return read(file).answer("vision").first_steps


def history(file: Path, at: int = 0) -> tuple[str, ...]:
    return steps(file)[at].history


def choose(one: Terminal, down: int, then: str) -> None:
    """Go down a list and take what is there; then wait for a field or a list."""
    one.send(DOWN * down + ENTER)
    one.wait_for(then)


def to_outcome(one: Terminal, text: str = CALL.text) -> None:
    one.wait_for(text)
    one.wait_for("What became of it?")
    one.wait_for("Not now")


def to_evidence(one: Terminal, down: int = 0) -> None:
    to_outcome(one)
    one.send(DOWN * down + ENTER)
    one.wait_for_field(("What shows", "What do you see", "What made")[down])


def to_due(one: Terminal) -> None:
    to_evidence(one, 1)
    one.send(f"Two came.{ENTER}")
    one.wait_for("Nothing to decide now")
    one.send(DOWN + ENTER)
    one.wait_for_field("A new due date?")


def drafts(folder: Path) -> list[str]:
    found: list[str] = []
    for draft in (folder / "state/drafts").glob("*.json"):
        found += [row[2] for row in json.loads(draft.read_bytes())]
    return found


def ended(one: Terminal, code: int) -> str:
    assert one.end() == code, one.whole_text()
    assert "Traceback" not in one.whole_text()
    return " ".join(one.whole_text().split())


def test_a_whole_check_in_with_keys(start, file):
    one = start(file.name)
    to_due(one)
    one.send(f"+2w{ENTER}")
    to_outcome(one, VISIT.text)
    choose(one, 0, "What shows that it was done")
    one.wait_for_field("What shows")
    one.send(f"Notes of both.{ENTER}")
    one.wait_for("Nothing to decide now")
    one.send(ENTER)
    said = ended(one, 0)
    assert "Coach: 2 first steps." in said
    assert f"overdue since {day(-3)}" in said
    assert "Saved in coach.md: 1 done, 1 still open, 0 dropped." in said
    assert steps(file) == (
        replaced(
            CALL,
            due=day(14),
            history=(
                f"{day(0)}, still open, adapt, due moved from {day(-3)} to {day(14)}: Two came.",
            ),
        ),
        replaced(VISIT, state="done", history=(f"{day(0)}, done, adopt: Notes of both.",)),
        LATER,
    )
    assert drafts(file.parent) == []


def test_a_whole_check_in_in_plain_words(start, file):
    one = start(file.name, "--plain")
    one.wait_for_field("4. Not now: leave it as it is")
    one.send("2\r")
    one.wait_for_field("What do you see so far? An empty line goes on, /back goes back.")
    one.send("Two came.\r")
    one.wait_for_field("4. Nothing to decide now")
    one.send("2\r")
    one.wait_for_field("A new due date?")
    one.send("someday\r")
    one.wait_for_field("isn't a date I know")
    one.send(f"{day(30)}\r")
    one.wait_for_field("4. Not now")
    assert VISIT.text in one.screen_text()
    one.send("4\r")
    said = ended(one, 0)
    assert "0 done, 1 still open, 0 dropped." in said
    assert b"\x1b" not in one.raw
    assert history(file) == (
        f"{day(0)}, still open, adapt, due moved from {day(-3)} to {day(30)}: Two came.",
    )
    assert steps(file)[1:] == (VISIT, LATER)


def test_all_goes_through_steps_that_are_not_due(start, file):
    one = start(file.name, "--all", "--plain")
    for each in (CALL, VISIT, LATER):
        one.wait_for_field("4. Not now")
        assert each.text in one.screen_text()
        one.send("4\r")
    ended(one, 0)
    assert steps(file) == (CALL, VISIT, LATER)


@pytest.mark.parametrize("plain", [False, True])
def test_going_back_changes_what_was_said_before(start, file, plain):
    one = start(file.name, *(["--plain"] if plain else []))
    if plain:
        one.wait_for_field("4. Not now")
        for line, then in (
            ("1", "What shows"), ("Yes", "4. Nothing"), ("4", "4. Not now"),
            ("/back", "4. Not now"), ("1", "So far: Yes."), ("It does.", "4. Nothing"),
            ("4", "4. Not now"), ("4", ""),
        ):  # fmt: skip
            one.send(f"{line}\r")
            if then:
                one.wait_for_field(then)
    else:
        to_evidence(one)
        one.send(f"Yes{ENTER}")
        one.wait_for("Nothing to decide now")
        choose(one, 3, VISIT.text)
        to_outcome(one, VISIT.text)
        one.send(BACK)
        to_evidence(one)
        one.wait_for("› Yes")
        one.send(f", it does.{ENTER}")
        one.wait_for("Nothing to decide now")
        choose(one, 3, VISIT.text)
        to_outcome(one, VISIT.text)
        choose(one, 3, "Saved in")
    ended(one, 0)
    assert history(file) == (f"{day(0)}, done: {'It does.' if plain else 'Yes, it does.'}",)


# --- Keys and commands ---


@pytest.mark.parametrize("key", [REVIEW, ABOUT, F2, UP, TAB])
def test_a_key_of_the_reflection_does_nothing_to_evidence_that_is_being_typed(start, file, key):
    one = start(file.name)
    to_evidence(one)
    one.send(f"Half{key}, and more")
    one.wait_for("› Half, and more")
    assert "touches" not in one.screen_text()
    one.send(ENTER)
    one.wait_for("Nothing to decide now")
    one.send(CTRL_C)
    ended(one, 130)
    assert history(file) == (f"{day(0)}, done: Half, and more",)


def test_f1_lists_the_keys_that_a_check_in_answers_and_no_others(start, file):
    one = start(file.name, lines=50)
    to_evidence(one)
    one.send(F1)
    one.wait_for("Ctrl+N skip to the next step")
    one.wait_for("Ctrl+C leave; everything is saved")
    for other in ("Ctrl+R", "Ctrl+T", "Up", "question"):
        assert other not in one.screen_text()


def test_ctrl_n_goes_to_the_next_step_with_what_was_typed_saved(start, file):
    one = start(file.name)
    to_evidence(one)
    one.send(f"Two came.{SKIP}")
    to_outcome(one, VISIT.text)
    one.send(CTRL_C)
    ended(one, 130)
    assert history(file) == (f"{day(0)}, done: Two came.",)


@pytest.mark.parametrize("command", ["/review", "/about", "/change", "/detail"])
def test_a_command_of_the_reflection_is_none_in_a_plain_check_in(start, file, command):
    one = start(file.name, "--plain", lines=50)
    one.wait_for_field("4. Not now")
    one.send("1\r")
    one.wait_for_field("What shows")
    one.send(f"{command}\r")
    one.wait_for_field(f"There is no command {command}; /keys lists them.")
    one.send("/keys\r")
    one.wait_for_field("/next skip to the next step")
    assert f"{command} " not in one.screen_text().split("/keys lists them.")[-1]
    one.send("/next\r")
    one.wait_for_field("4. Not now")
    assert VISIT.text in one.screen_text()
    assert history(file) == (f"{day(0)}, done",)


# --- Leaving ---


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
@pytest.mark.parametrize("where", ["outcome", "evidence", "decision", "due"])
def test_leaving_at_any_prompt_keeps_what_was_said_and_says_how_to_go_on(start, file, key, where):
    one = start(file.name)
    if where == "outcome":
        to_outcome(one)
    elif where == "evidence":
        to_evidence(one)
        one.send("Half a th")
        one.wait_for("Half a th")
    elif where == "decision":
        to_evidence(one)
        one.send(f"Half a th{ENTER}")
        one.wait_for("Nothing to decide now")
    else:
        to_due(one)
        one.send("+1w")
        one.wait_for("+1w")
    one.send(key)
    said = ended(one, 130)
    assert "Everything is saved in coach.md. To go on:" in said
    assert "plguide check-in coach.md" in said
    moved = f"due moved from {day(-3)} to {day(7)}"
    assert (
        history(file)
        == {
            "outcome": (),
            "evidence": (f"{day(0)}, done: Half a th",),
            "decision": (f"{day(0)}, done: Half a th",),
            "due": (f"{day(0)}, still open, adapt, {moved}: Two came.",),
        }[where]
    )
    assert drafts(file.parent) == []


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_leaving_plainly_keeps_what_was_said(start, file, key):
    one = start(file.name, "--plain")
    one.wait_for_field("4. Not now")
    one.send("1\r")
    one.wait_for_field("What shows")
    one.send("Yes.\r")
    one.wait_for_field("4. Nothing")
    one.send(key)
    ended(one, 130)
    assert history(file) == (f"{day(0)}, done: Yes.",)


# --- Killed ---


def killed(one: Terminal, number: int = signal.SIGKILL) -> None:
    one.kill(number)
    assert one.end() in {-number, 128 + number}, one.whole_text()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_evidence_being_typed_comes_back_after_a_kill(start, file, number):
    one = start(file.name)
    to_evidence(one)
    one.send("Half a thought")
    one.wait_until(lambda: "Half a thought" in drafts(file.parent), "draft")
    killed(one, number)
    two = start(file.name)
    to_evidence(two)
    two.wait_for("› Half a thought")
    two.send(f", and a whole one.{ENTER}")
    two.wait_for("Nothing to decide now")
    two.send(CTRL_C)
    ended(two, 130)
    assert history(file) == (f"{day(0)}, done: Half a thought, and a whole one.",)
    assert drafts(file.parent) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_what_was_typed_this_very_moment_is_kept_when_the_system_ends_it(start, file, number):
    one = start(file.name)
    to_evidence(one)
    one.send("Just now")
    one.wait_for("Just now")
    killed(one, number)
    assert drafts(file.parent) == ["Just now"]
    assert "plguide check-in coach.md" in " ".join(one.whole_text().split())


def test_a_reflection_in_between_leaves_the_evidence_for_the_next_check_in(
    start, file, program, tmp_path
):
    one = start(file.name)
    to_evidence(one)
    one.send("Half a thought")
    one.wait_until(lambda: "Half a thought" in drafts(file.parent), "draft")
    killed(one)
    with terminals([*program, "reflect", "--role", "coach"], tmp_path) as reflect:
        between = reflect("-o", file.name, "--resume")
        between.wait_for_field()
        assert "Half a thought" not in between.screen_text()
        assert "back in its place" not in between.whole_text()
        between.send("Ours, and more.")
        between.wait_for("Ours, and more.")
        between.send(CTRL_C)
        assert between.end() == 130
    assert drafts(file.parent) == ["Half a thought"]
    two = start(file.name)
    to_evidence(two)
    two.wait_for("› Half a thought")


def test_reflections_being_typed_survive_a_check_in_in_between(start, file, program, tmp_path):
    with terminals([*program, "reflect", "--role", "coach"], tmp_path) as reflect:
        before = reflect("-o", file.name, "--resume")
        before.wait_for_field()
        before.send("A begun reflection")
        before.wait_until(lambda: "A begun reflection" in drafts(tmp_path), "draft")
        killed(before)
        one = start(file.name)
        to_evidence(one)
        one.send(f"Yes.{ENTER}")
        one.wait_for("Nothing to decide now")
        one.send(CTRL_C)
        ended(one, 130)
        assert drafts(tmp_path) == ["A begun reflection"]
        after = reflect("-o", file.name, "--resume")
        after.wait_for_field()
        after.wait_for("A begun reflection")


def test_a_date_being_typed_is_no_detail_of_a_step_in_a_later_reflection(
    start, file, program, tmp_path
):
    one = start(file.name)
    to_due(one)
    one.send("fri")
    one.wait_until(lambda: "fri" in drafts(tmp_path), "draft")
    killed(one)
    with terminals([*program, "reflect", "--role", "coach"], tmp_path) as reflect:
        between = reflect("-o", file.name, "--resume")
        between.wait_for_field()
        between.send(CTRL_C)
        assert between.end() == 130
    assert [each.due for each in steps(file)] == [CALL.due, VISIT.due, LATER.due]
    assert steps(file)[0].history == (f"{day(0)}, still open, adapt: Two came.",)


# --- Others, and disks ---


def test_what_others_change_meanwhile_is_kept_and_one_line_is_added(start, file):
    one = start(file.name)
    to_evidence(one)
    one.send("All came.")
    one.wait_for("All came.")
    written(
        file,
        answered("vision", "They see.", replaced(CALL, owner="Cleo"), VISIT, step("New"), LATER),
    )
    one.send(ENTER)
    one.wait_for("Nothing to decide now")
    choose(one, 0, VISIT.text)
    to_outcome(one, VISIT.text)
    one.send(CTRL_C)
    ended(one, 130)
    assert read(file).answer("vision").reflections == "They see."
    assert steps(file) == (
        replaced(CALL, owner="Cleo", state="done", history=(f"{day(0)}, done, adopt: All came.",)),
        VISIT,
        step("New"),
        LATER,
    )


def test_a_file_that_became_read_only_offers_another_one(start, file, tmp_path):
    one = start(file.name)
    to_outcome(one)
    file.chmod(0o444)
    before = file.read_bytes()
    one.send(ENTER)
    one.wait_for("read-only")
    one.wait_for("Save in another file")
    one.send(f"other.md{ENTER}")
    one.wait_for_field("What shows")
    one.send(f"All came.{ENTER}")
    one.wait_for("Nothing to decide now")
    one.send(CTRL_C)
    said = ended(one, 130)
    assert "Everything is saved in other.md." in said
    assert file.read_bytes() == before
    assert history(tmp_path / "other.md") == (f"{day(0)}, done: All came.",)


def test_leaving_where_nothing_can_be_saved_shows_the_words_to_copy(start, file):
    one = start(file.name)
    to_evidence(one)
    one.send("All came.")
    one.wait_for("All came.")
    file.chmod(0o444)
    one.send(ENTER)
    one.wait_for("Save in another file")
    one.send(CTRL_C)
    said = ended(one, 4)
    assert "This could not be saved; copy it from here: ##" in said
    assert "All came." in said.partition("copy it from here")[2]


# --- Which worksheet ---


def test_the_only_worksheet_with_due_steps_is_taken_unasked(start, file, tmp_path):
    written(tmp_path / "blank.md", BLANK)
    (tmp_path / "notes.md").write_text("# Notes\n")
    one = start()
    to_outcome(one)
    assert "Saved in coach.md as you go." in " ".join(one.whole_text().split())


@pytest.mark.parametrize("plain", [False, True])
def test_of_several_worksheets_one_is_chosen(start, file, tmp_path, plain):
    written(tmp_path / "team.md", answered("vision", "", step("Ask them", day(1))))
    one = start(*(["--plain"] if plain else []))
    one.wait_for("Which worksheet?")
    one.wait_for("coach.md · Coach · 2 steps")
    one.wait_for("team.md · Coach · 1 step")
    one.send("2\r" if plain else DOWN + ENTER)
    one.wait_for("Ask them")


def test_leaving_before_a_worksheet_is_chosen_changes_nothing(start, file, tmp_path):
    other = written(tmp_path / "team.md", answered("vision", "", step("Ask them", day(1))))
    before = file.read_bytes(), other.read_bytes()
    one = start()
    one.wait_for("Which worksheet?")
    one.wait_for(LIST)
    one.send(CTRL_C)
    assert "plguide check-in" in ended(one, 130)
    assert (file.read_bytes(), other.read_bytes()) == before


def test_where_nothing_is_due_it_says_what_comes_next(start, tmp_path):
    written(tmp_path / "coach.md", answered("vision", "", LATER, step("Whenever")))
    said = ended(start("coach.md"), 0)
    assert "Nothing is due in the next 14 days." in said
    assert f"Next, on {day(90)}: Write a report." in said
    assert "plguide check-in coach.md --all" in said
    assert "Nothing is due" in ended(start(), 0)


def test_where_every_step_is_done_it_says_so(start, tmp_path):
    written(tmp_path / "coach.md", answered("vision", "", step("Call", day(-1), state="done")))
    assert "coach.md has no open first step." in ended(start("coach.md"), 0)


def test_without_any_worksheet_it_says_how_to_begin_one(start):
    assert "plguide reflect" in ended(start(), 0)


@pytest.mark.parametrize(
    ("text", "why"), [("# Notes\n", "isn't a worksheet"), (None, "can't be read")]
)
def test_a_file_that_is_no_worksheet_is_said_to_be_none(start, tmp_path, text, why):
    if text is not None:
        (tmp_path / "notes.md").write_text(text)
    said = ended(start("notes.md"), 4)
    assert why in said
    assert " -o" not in said


def test_hostile_text_is_shown_as_text(start, tmp_path):
    hostile = "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b5m"
    sheet: Worksheet = answered(
        "vision", "", step(hostile, day(1), owner=hostile, history=(hostile,)), wording=hostile
    )
    written(tmp_path / "coach.md", replaced(sheet, title=hostile))
    one = start("coach.md", "--plain")
    one.wait_for_field("4. Not now")
    assert b"\x1b" not in one.raw
    assert b"\xc2\x9b" not in one.raw
    one.send("1\r")
    one.wait_for_field("What shows")
    one.send(f"{SKIP}=1+1 # - [ ] x <b>\r")
    one.wait_for_field("4. Nothing")
    one.send("4\r")
    ended(one, 0)
    assert len(steps(tmp_path / "coach.md")) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_ended_while_a_worksheet_is_chosen_it_says_how_to_begin(start, file, tmp_path, number):
    written(tmp_path / "team.md", answered("vision", "", step("Ask them", day(1))))
    one = start()
    one.wait_for("Which worksheet?")
    one.wait_for(LIST)
    killed(one, number)
    assert "plguide check-in" in one.whole_text()


@pytest.mark.parametrize("number", [signal.SIGTERM])
def test_ended_it_says_how_to_go_on_with_all_steps_if_all_were_wanted(start, file, number):
    one = start(file.name, "--all")
    to_outcome(one)
    killed(one, number)
    assert "plguide check-in coach.md --all" in " ".join(one.whole_text().split())
