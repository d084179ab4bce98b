"""The guided session in a real terminal: keys, fields, files, and everything that gets between."""

import os
import re
import shlex
import shutil
import signal
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pl_guide.content.loading import load_library
from pl_guide.worksheet.format.markdown import parse_worksheet
from pl_guide.worksheet.model import Answer, FirstStep, Worksheet
from support.needs import needed
from support.pty_screen import (
    ABOUT,
    BACK,
    CTRL_C,
    CTRL_D,
    CTRL_U,
    CTRL_Z,
    DOWN,
    EDITOR,
    ENTER,
    F1,
    F2,
    NEW_LINE,
    REVIEW,
    SKIP,
    TAB,
    UP,
    Terminal,
    paste,
    terminals,
)

pytestmark = pytest.mark.slow

Start = Callable[..., Terminal]

NAME = "coach-first-actions.md"
LONGEST = 255
WORLD = "Zoë fragt: «Où?» 👩‍🏫 und 👍🏽 שלום مرحبا 日本語 naïve e\u0301"


@pytest.fixture
def start(program: list[str], tmp_path: Path) -> Iterator[Start]:
    with terminals(program, tmp_path) as begin:
        yield begin


@pytest.fixture
def reflect(start: Start) -> Start:
    """Start a coach's session, and wait for its first field."""

    def begin(*arguments: object, **options: object) -> Terminal:
        terminal = start("reflect", "--role", "coach", *arguments, **options)
        terminal.wait_for_field("Reflections")
        return terminal

    return begin


def read(path: Path) -> Worksheet:
    return parse_worksheet(path.read_text("utf-8"))


def first(path: Path) -> Answer:
    return read(path).answers[0]


def to_steps(terminal: Terminal, reflections: str = "") -> None:
    terminal.send(reflections + ENTER)
    terminal.wait_for_field("First Steps")


def leave(terminal: Terminal) -> None:
    terminal.send(CTRL_C)
    assert terminal.end() == 130, terminal.whole_text()


def command_in(terminal: Terminal) -> list[str]:
    """Give the words of the command to go on, as a shell takes them when its line is copied.

    The window may cut the line; the program may not.
    """
    written = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", terminal.raw.decode())
    line = next(row for row in written.split("\r\n")[::-1] if "plguide reflect" in row)
    return shlex.split(line[line.index("plguide reflect") :])


# A whole session.


def test_a_whole_session_writes_everything_and_says_where_it_is_and_what_comes_next(
    reflect, tmp_path
):
    one = reflect("--with", "Ana", "--with", "Ben Oduya")
    assert "Question 1 of 9" in one.screen_text()
    assert "Ctrl+J new line" in one.screen_text()
    to_steps(one, f"We ask too few questions.{NEW_LINE}Ana: and we answer them.")
    one.send(f"Shadow two teams @Ana due:2031-05-01{ENTER}")
    one.wait_for_field("Resources of “Shadow two teams”")
    one.send(f"release time{TAB}")
    one.wait_for_field("Evidence of “Shadow two teams”")
    one.send(f"notes of both visits{ENTER}")
    one.wait_for_field()
    one.send(f"Write to the principal{ENTER}")
    one.wait_for_field("Owner of “Write to the principal”")
    one.send(ENTER)
    one.wait_for_field()
    one.send(ENTER)
    one.wait_for_field("Question 2 of 9")
    one.send(ENTER)
    one.wait_for_field("First Steps")
    one.send(f"Only a step{ENTER}")
    one.wait_for_field("Owner of")
    one.send(f"Ben Oduya{ENTER}")
    one.wait_for_field("Due of")
    one.send(f"2031-06-02{ENTER}")
    one.wait_for_field("Resources of")
    one.send(ENTER)
    one.wait_for_field()
    for number in range(3, 10):
        one.send(SKIP)
        one.wait_for_field(f"Question {number} of 9")
    one.send(SKIP)
    one.wait_for("Where things stand")
    one.wait_for("reflections + 2 steps")
    one.wait_for("1 step")
    one.send(ENTER)
    assert one.end() == 0

    sheet = read(tmp_path / NAME)
    assert sheet.role == "coach"
    assert sheet.participants == ("Ana", "Ben Oduya")
    answers = sheet.answers
    assert answers[0].reflections == "We ask too few questions.\nAna: and we answer them."
    assert answers[0].first_steps == (
        FirstStep(
            text="Shadow two teams",
            owner="Ana",
            due="2031-05-01",
            resources="release time",
            evidence="notes of both visits",
        ),
        FirstStep(text="Write to the principal"),
    )
    assert answers[1].reflections == ""
    assert answers[1].first_steps == (
        FirstStep(text="Only a step", owner="Ben Oduya", due="2031-06-02"),
    )
    assert not any(each.answered for each in answers[2:])

    last = " ".join(one.screen_text().split())
    assert f"Saved in {NAME}: 2 of 9 questions answered, 3 first steps." in last
    assert "Still open: questions 3 to 9." in last
    assert f"plguide reflect --role coach -o {NAME} --resume" in last
    assert list((tmp_path / "state" / "drafts").glob("*.json")) == []
    assert sorted(each.name for each in tmp_path.iterdir()) == [NAME, "state"]


def test_the_commands_at_the_end_can_be_copied_into_a_shell(reflect, tmp_path):
    file = "our team's plan, a first attempt to write down what comes next.md"
    one = reflect("-o", file)
    one.send(REVIEW)
    one.wait_for("Finish")
    one.send(ENTER)
    assert one.end() == 0
    assert command_in(one) == ["plguide", "reflect", "--role", "coach", "-o", file, "--resume"]


def test_the_command_to_go_on_after_leaving_can_be_copied_into_a_shell(reflect):
    file = "our team's plan.md"
    one = reflect("-o", file)
    leave(one)
    assert command_in(one)[-3:] == ["-o", file, "--resume"]


def test_enter_pressed_again_and_again_walks_through_to_the_review(reflect, tmp_path):
    one = reflect("--only", "vision", "--only", "evidence")
    one.send(ENTER * 4)
    one.wait_for("Where things stand")
    one.send(ENTER)
    assert one.end() == 0
    assert not any(each.answered for each in read(tmp_path / NAME).answers)


# Back, skip, review.


def test_back_goes_to_any_depth_with_all_that_was_typed_still_there(reflect, tmp_path):
    one = reflect()
    to_steps(one, "thought one")
    one.send("half a st")
    one.wait_for("half a st")
    one.send(BACK)
    one.wait_for_field("Reflections")
    one.wait_for("thought one")
    to_steps(one)
    one.wait_for("half a st")
    one.send(SKIP)
    one.wait_for_field("Question 2")
    one.send("thought two, begun")
    one.wait_for("thought two, begun")
    one.send(SKIP)
    one.wait_for_field("Question 3")
    one.send(BACK)
    one.wait_for_field("Question 2")
    one.send(BACK)
    one.wait_for_field("Reflections")
    one.wait_for("thought two, begun")
    one.send(BACK)
    one.wait_for_field("Question 1")
    one.wait_for("half a st")
    one.send(BACK)
    one.wait_for_field("Reflections")
    one.wait_for("thought one")
    one.send(BACK)  # The first field has nothing before it.
    one.wait_for_field("Reflections")
    one.wait_for("thought one")
    to_steps(one)
    one.send(f"ep{ENTER}")
    one.wait_for_field("Owner of “half a step”")
    leave(one)
    answers = read(tmp_path / NAME).answers
    assert answers[0].reflections == "thought one"
    assert answers[0].first_steps == (FirstStep(text="half a step"),)
    assert answers[1].reflections == "thought two, begun"


def test_back_among_a_steps_details_shows_what_was_typed(reflect, tmp_path):
    one = reflect()
    to_steps(one)
    one.send(f"Call{ENTER}")
    one.wait_for_field("Owner of")
    one.send(f"Ana{TAB}")
    one.wait_for_field("Due of")
    one.send(f"+2w{TAB}")
    one.wait_for_field("Resources of")
    one.send(f"a phone{BACK}")
    one.wait_for_field("Due of")
    one.send(BACK)
    one.wait_for_field("Owner of")
    one.wait_for("Ana")
    one.send(f" María{TAB}")
    one.wait_for_field()
    leave(one)
    (step,) = first(tmp_path / NAME).first_steps
    assert (step.text, step.owner, step.resources) == ("Call", "Ana María", "a phone")
    assert step.due


def test_a_half_typed_step_is_not_lost_when_the_session_is_finished(reflect, tmp_path):
    one = reflect("--only", "vision")
    to_steps(one)
    one.send(f"half a step{REVIEW}")
    one.wait_for("Finish")
    one.send(ENTER)
    assert one.end() == 0
    assert "half a step" in text_of(tmp_path)


def text_of(folder: Path) -> str:
    return (folder / NAME).read_text("utf-8")


def test_a_date_nobody_can_read_is_asked_again_with_examples(reflect, tmp_path):
    one = reflect()
    to_steps(one)
    one.send(f"Call @Ana{ENTER}")
    one.wait_for_field("Due of")
    one.send(f"someday{ENTER}")
    one.wait_for("“someday” isn't a date")
    one.wait_for_field("Due of")
    one.send(f"{CTRL_U}2031-01-02{ENTER}")
    one.wait_for_field("Resources of")
    leave(one)
    assert first(tmp_path / NAME).first_steps == (
        FirstStep(text="Call", owner="Ana", due="2031-01-02"),
    )


def test_the_review_opens_a_question_again_and_finishes(reflect, tmp_path):
    one = reflect("--only", "vision", "--only", "impact")
    one.send(f"first{REVIEW}")
    one.wait_for("Finish")
    one.send(DOWN + DOWN + ENTER)
    one.wait_for_field("Question 2 of 2")
    one.send(f"later{REVIEW}")
    one.wait_for("Finish")
    one.send(ENTER)
    assert one.end() == 0
    sheet = read(tmp_path / NAME)
    assert sheet.answer("vision").reflections == "first"
    assert sheet.answer("impact").reflections == "later"
    assert len(sheet.answers) == 9


def test_letters_typed_in_a_list_choose_nothing(reflect):
    one = reflect()
    one.send(REVIEW)
    one.wait_for("Finish")
    one.send(f"jjkj{ENTER}")
    assert one.end() == 0


@pytest.mark.parametrize("columns", [40, 80])
def test_what_was_chosen_is_shown_without_a_break_in_a_word(reflect, columns):
    one = reflect(columns=columns)
    one.send(REVIEW)
    one.wait_for("Finish")
    one.send(DOWN + ENTER)
    one.wait_for_field("Question 1 of 9")
    rows = [row.rstrip() for row in one.screen_text().split("\n")]
    assert any(re.fullmatch(r" 1\. .+ … · nothing yet", row) for row in rows)


def test_back_leads_from_the_review_to_the_last_question(reflect):
    one = reflect()
    one.send(REVIEW)
    one.wait_for("Finish")
    one.send(BACK)
    one.wait_for_field("Question 9 of 9")


# What the keys show.


def last_shown_about() -> str:
    """Give what comes last where a key shows what the first question touches."""
    role = load_library(None).role("coach")
    touched = set(role.questions[0].standards)
    return [each.text for each in role.responsibilities if touched & set(each.standards)][-1]


@pytest.mark.parametrize("key", [ABOUT, F2], ids=["ctrl-t", "f2"])
def test_a_key_shows_the_standards_and_responsibilities_and_keeps_the_text(reflect, key):
    one = reflect(lines=40)
    one.send("half")
    one.wait_for("half")
    one.send(key)
    one.wait_for("Standards this question touches: · Professional Expertise:")
    one.wait_for("Responsibilities that serve them: ·")
    one.wait_for(last_shown_about())
    one.wait_for("› half")


def test_f1_and_a_question_mark_on_an_empty_field_show_the_keys(reflect):
    one = reflect(lines=50)
    for key in (F1, "?"):
        one.send(key)
        one.wait_for("back, as far as you like")
        one.wait_for("leave; everything is saved")
        one.send(key)
        one.wait_until(lambda: "as far as you like" not in one.screen_text(), "keys put away")


def test_keys_that_are_too_many_for_the_window_scroll_by_above_the_field(reflect):
    one = reflect(lines=12)
    one.send(F1)
    one.wait_for_field("leave; everything is saved")


def test_keys_pressed_faster_than_fields_open_are_not_taken_for_others(reflect, tmp_path):
    one = reflect()
    one.send(f"One.{ENTER}Call{ENTER}{ENTER}{ENTER}Two.{ENTER}{ENTER}Three.{ENTER}")
    one.wait_for_field("First Steps")
    leave(one)
    answers = parse_worksheet((tmp_path / NAME).read_text("utf-8")).answers
    assert [each.reflections for each in answers[:3]] == ["One.", "Two.", "Three."]
    assert [each.text for each in answers[0].first_steps] == ["Call"]


@pytest.mark.parametrize("key", ["\x0f", "\x13"], ids=["ctrl-o", "ctrl-s"])
def test_a_shell_s_keys_for_search_and_history_leave_the_text_alone(reflect, tmp_path, key):
    one = reflect()
    one.send(f"a thought{key} and more")
    one.wait_for("a thought and more")
    one.send(ENTER)
    one.wait_for_field("First Steps")
    leave(one)
    assert first(tmp_path / NAME).reflections == "a thought and more"


def test_a_key_that_accepts_elsewhere_accepts_here_and_loses_nothing(reflect, tmp_path):
    one = reflect()
    one.send("a thought\x1b#")
    one.wait_for_field("First Steps")
    leave(one)
    assert "a thought" in first(tmp_path / NAME).reflections


def test_the_up_key_brings_the_step_above_back_to_be_changed(reflect, tmp_path):
    one = reflect()
    to_steps(one, "thought")
    one.send(f"Cal Ben{ENTER}")
    one.wait_for_field("Owner")
    one.send(ENTER)
    one.wait_for_field("Next step")
    one.send("\x1b[A")
    one.wait_for("› Cal Ben")
    one.send(f" now{ENTER}")
    one.wait_for_field("Next step")
    leave(one)
    assert [each.text for each in first(tmp_path / NAME).first_steps] == ["Cal Ben now"]


def test_the_up_key_leaves_a_step_alone_that_was_being_typed_before(reflect, tmp_path):
    one = reflect()
    to_steps(one)
    one.send(f"Call{ENTER}")
    one.wait_for_field("Owner")
    one.send(ENTER)
    one.wait_for_field("Next step")
    one.send(f"half{BACK}")
    one.wait_for_field("Reflections")
    to_steps(one)
    one.wait_for("› half")
    one.send(f"{UP} a step{ENTER}")
    one.wait_for_field("Owner of “half a step”")
    leave(one)
    assert [step.text for step in first(tmp_path / NAME).first_steps] == ["Call", "half a step"]


def test_a_question_mark_in_a_text_is_a_character(reflect, tmp_path):
    one = reflect()
    one.send("Why? Who?")
    one.wait_for("Why? Who?")
    leave(one)
    assert "Shift+Tab       back" not in one.whole_text()
    assert first(tmp_path / NAME).reflections == "Why? Who?"


# Paste, editor, names.


def test_a_pasted_text_of_many_lines_stays_in_the_reflections(reflect, tmp_path):
    one = reflect()
    one.send(paste("- one\r\n- two\r\rand\tmore\r\n"))
    one.wait_for("- two")
    one.send("!")
    one.wait_for("!")
    to_steps(one)
    leave(one)
    assert first(tmp_path / NAME).reflections == "- one\n- two\n\nand\tmore\n!"


def test_lines_pasted_among_the_steps_become_steps(reflect, tmp_path):
    one = reflect()
    to_steps(one)
    one.send(paste("Call Ana @Ana\n\nWrite to Ben due:2031-01-02\n") + ENTER)
    one.wait_for_field()
    leave(one)
    assert first(tmp_path / NAME).first_steps == (
        FirstStep(text="Call Ana", owner="Ana"),
        FirstStep(text="Write to Ben", due="2031-01-02"),
    )


def editor(folder: Path, body: str) -> dict[str, str]:
    script = folder / "an editor"
    script.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
    script.chmod(0o755)
    return {"EDITOR": shlex.quote(str(script))}


def test_the_editor_gives_its_text_back_to_the_field_without_submitting(reflect, tmp_path):
    env = editor(tmp_path, 'cat "$1" >&2; printf "%s\\n" "in the editor, é" "" "second" >> "$1"')
    one = reflect(env=env)
    one.send("before ")
    one.wait_for("before")
    one.send(EDITOR)
    # The editor may be done before the terminal is looked at: what it wrote isn't new then.
    one.wait_until(lambda: "second" in one.screen_text(), "what the editor wrote")
    one.send("!")
    one.wait_for("second!")
    assert "First Steps" not in one.screen_text()
    to_steps(one)
    leave(one)
    assert first(tmp_path / NAME).reflections == "before in the editor, é\n\nsecond!"


def test_an_editor_that_fails_leaves_the_text_as_it_was(reflect, tmp_path):
    one = reflect(env=editor(tmp_path, "echo gone > $1; echo ran > /dev/tty; exit 1"))
    one.send("as it was")
    one.wait_for("as it was")
    one.send(EDITOR)
    one.wait_for_field("ran")
    one.wait_for("› as it was")
    one.send(" here")
    one.wait_for("here")
    leave(one)
    assert first(tmp_path / NAME).reflections == "as it was here"


@pytest.mark.parametrize("env", [{}, {"EDITOR": "no-such-editor-anywhere"}], ids=["none", "gone"])
def test_without_an_editor_it_says_so_and_the_text_stays(reflect, tmp_path, env):
    one = reflect(env=env)
    one.send("as it was")
    one.wait_for("as it was")
    one.send(EDITOR)
    one.wait_for("ditor")
    one.wait_for("› as it was")
    one.send("!")
    one.wait_for("was!")
    leave(one)
    assert first(tmp_path / NAME).reflections == "as it was!"


def test_tab_completes_a_name_after_an_at_sign(reflect, tmp_path):
    one = reflect("--with", "Ana María", "--with", "Ben")
    one.send("Ask @an")
    one.wait_for("Ana María")
    one.send(TAB)
    one.wait_for("Ask @Ana María")
    to_steps(one)
    one.send("Visit @b")
    one.wait_for("Visit @b Ben")
    one.send(TAB)
    one.wait_for("Visit @Ben")
    one.send(ENTER)
    one.wait_for_field("Due of “Visit”")
    leave(one)
    answer = first(tmp_path / NAME)
    assert answer.reflections == "Ask @Ana María"
    assert answer.first_steps == (FirstStep(text="Visit", owner="Ben"),)


# Leaving.

PLACES = ("reflections", "steps", "owner", "due", "resources", "evidence", "review")


def go_to(one: Terminal, place: str) -> None:
    if place == "reflections":
        return
    one.send(f"reflected{ENTER}")
    one.wait_for_field("First Steps")
    if place == "steps":
        return
    if place == "review":
        one.send(REVIEW)
        one.wait_for("Finish")
        return
    one.send(f"Call{ENTER}")
    for detail in ("owner", "due", "resources", "evidence"):
        one.wait_for_field(f"{detail.capitalize()} of")
        if detail == place:
            return
        one.send(TAB)


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D], ids=["ctrl-c", "ctrl-d"])
@pytest.mark.parametrize("place", PLACES)
def test_leaving_saves_what_was_typed_so_far(reflect, tmp_path, place, key):
    one = reflect()
    go_to(one, place)
    if place != "review":
        one.send("typed just now")
        one.wait_for("typed just now")
    one.send(key)
    assert one.end() == 130
    text = text_of(tmp_path)
    read(tmp_path / NAME)
    if place != "review":
        assert "typed just now" in text
    if place != "reflections":
        assert "reflected" in text
    said = " ".join(one.screen_text().split())
    assert NAME in said.split("Stopped.")[1]
    assert f"plguide reflect --role coach -o {NAME} --resume" in said
    assert "Traceback" not in one.whole_text()


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D], ids=["ctrl-c", "ctrl-d"])
def test_leaving_while_the_role_is_chosen_writes_nothing(start, tmp_path, key):
    one = start("reflect")
    one.wait_for("Which role are you thinking about?")
    one.wait_for("External partner")
    one.send(key)
    assert one.end() == 130
    assert not list(tmp_path.glob("*.md"))
    assert "plguide reflect" in one.screen_text()


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D], ids=["ctrl-c", "ctrl-d"])
def test_leaving_while_an_existing_file_is_asked_about_leaves_it_alone(
    start, plguide, tmp_path, key
):
    file = blank(plguide, tmp_path / NAME)
    before = file.read_bytes()
    one = start("reflect", "--role", "coach")
    one.wait_for("Begin a new one beside it")
    one.send(key)
    assert one.end() == 130
    assert file.read_bytes() == before
    assert list(tmp_path.glob("*.md")) == [file]


def test_ctrl_z_suspends_and_coming_back_shows_the_text(program, tmp_path):
    shell = [needed("bash"), "--norc", "--noprofile", "-i"]
    with Terminal(shell, tmp_path, env={"PS1": "ready$ "}) as one:
        one.wait_for("ready$")
        one.send(f"{shlex.join(program)} reflect --role coach\r")
        one.wait_for_field("Reflections")
        one.send("before")
        one.wait_for("before")
        one.send(CTRL_Z)
        one.wait_for("Stopped")
        one.wait_for("ready$")
        one.send("fg\r")
        one.wait_for_field()
        one.wait_for("before")
        one.send(f" and after{ENTER}")
        one.wait_for_field("First Steps")
        one.send(CTRL_C)
        one.wait_for("ready$")
        one.send("exit\r")
        one.end()
    assert first(tmp_path / NAME).reflections == "before and after"


# Files that are there already.


def blank(plguide, path: Path, role: str = "coach") -> Path:
    assert plguide("worksheet", "--role", role, "-o", path).code == 0
    return path


def begun(reflect: Start, folder: Path) -> Path:
    """Make a worksheet whose first question has an answer."""
    one = reflect()
    one.send(f"from before{ENTER}")
    one.wait_for_field("First Steps")
    leave(one)
    return folder / NAME


def test_an_existing_worksheet_is_continued_reviewed_or_left_beside_a_new_one(
    reflect, start, tmp_path
):
    file = begun(reflect, tmp_path)
    one = start("reflect", "--role", "coach")
    one.wait_for("is there already, a worksheet for Coach")
    one.wait_for("Begin a new one beside it")
    one.send(ENTER)
    one.wait_for_field("Question 2 of 9")
    leave(one)
    two = start("reflect", "--role", "coach")
    two.wait_for("Begin a new one beside it")
    two.send(DOWN + ENTER)
    two.wait_for("Where things stand")
    two.wait_for("· reflections")
    leave(two)
    before = file.read_bytes()
    three = start("reflect", "--role", "coach")
    three.wait_for("Begin a new one beside it")
    three.send(DOWN + DOWN + ENTER)
    three.wait_for_field("Question 1 of 9")
    three.send("in the new one")
    three.wait_for("in the new one")
    leave(three)
    assert file.read_bytes() == before
    assert first(tmp_path / "coach-first-actions-2.md").reflections == "in the new one"


def test_an_accepted_answer_is_back_in_its_field(reflect, start, tmp_path):
    begun(reflect, tmp_path)
    one = start("reflect", "--role", "coach", "--resume")
    one.wait_for_field("Question 2 of 9")
    one.send(BACK)
    one.wait_for_field("Question 1 of 9")
    one.send(BACK)
    one.wait_for_field("Reflections")
    one.wait_for("from before")
    one.send(f", and more{ENTER}")
    one.wait_for_field("First Steps")
    leave(one)
    assert first(tmp_path / NAME).reflections == "from before, and more"


def test_a_filled_worksheet_resumes_at_the_review(start, plguide, tmp_path):
    file = blank(plguide, tmp_path / NAME)
    text = file.read_text("utf-8").replace("### Reflections\n", "### Reflections\n\nDone.\n")
    file.write_text(text, "utf-8")
    one = start("reflect", "--role", "coach", "--resume")
    one.wait_for("Where things stand")
    one.wait_for("Finish")
    one.send(ENTER)
    assert one.end() == 0
    assert "9 of 9 questions answered" in one.screen_text()
    assert "Still open" not in one.screen_text()


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("another role", "is a worksheet for Teacher, not for Coach"),
        ("newer", "was written by a later plguide (format 99"),
        ("no worksheet", "isn't a worksheet"),
        ("not text", "isn't a worksheet: it isn't saved as UTF-8"),
        ("empty", "isn't a worksheet"),
        ("a folder", ""),
    ],
)
def test_a_file_that_cannot_be_gone_on_with_is_refused_and_untouched(
    start, plguide, tmp_path, kind, said
):
    file = tmp_path / NAME
    if kind == "another role":
        blank(plguide, file, "teacher")
    elif kind == "newer":
        text = blank(plguide, file).read_text("utf-8")
        file.write_text(text.replace("plguide-worksheet: 2", "plguide-worksheet: 99"), "utf-8")
    elif kind == "a folder":
        file.mkdir()
    else:
        raw = {"no worksheet": b"# Shopping\n", "not text": b"---\n\xff\xfe\n---\n", "empty": b""}
        file.write_bytes(raw[kind])
    before = None if kind == "a folder" else file.read_bytes()
    one = start("reflect", "--role", "coach")
    assert one.end() == 4
    screen = " ".join(one.screen_text().split())
    assert NAME in screen
    assert said in screen
    assert before is None or file.read_bytes() == before
    assert sorted(each.name for each in tmp_path.glob("*.md")) == [NAME]


# Options.


def test_without_a_role_it_asks_which(start, tmp_path):
    one = start("reflect")
    one.wait_for("Which role are you thinking about?")
    one.wait_for("External partner")
    one.send(DOWN * 5 + ENTER)
    one.wait_for_field("Question 1 of 9")
    leave(one)
    assert read(tmp_path / "teacher-first-actions.md").role == "teacher"


def test_without_a_role_a_worksheet_says_which(start, plguide, tmp_path):
    blank(plguide, tmp_path / "mine.md", "teacher")
    one = start("reflect", "-o", "mine.md", "--resume")
    one.wait_for_field("Question 1 of 9")
    assert "Teacher" in one.screen_text()


def test_only_some_questions_are_asked_and_the_others_keep_their_place(reflect, tmp_path):
    one = reflect("--only", "impact", "--only", "vision")
    assert "Question 1 of 2" in one.screen_text()
    leave(one)
    assert len(read(tmp_path / NAME).answers) == 9


def test_an_unknown_question_is_named_with_its_nearest(start, tmp_path):
    one = start("reflect", "--role", "coach", "--only", "visions")
    assert one.end() == 2
    assert "Did you mean vision?" in " ".join(one.screen_text().split())
    assert not list(tmp_path.glob("*.md"))


# Windows.


def test_a_window_made_smaller_and_larger_while_typing_loses_no_character(reflect, tmp_path):
    one = reflect()
    text = "".join(f"word{number} " for number in range(30)).strip()
    one.send(text[:60])
    one.wait_for(text[:40])
    for columns, lines, part in ((40, 12, text[60:100]), (20, 6, text[100:150]), (100, 30, "")):
        one.resize(columns, lines)
        one.send(part)
        one.read(0.1)
    one.send(text[150:] + ENTER)
    one.wait_for_field("First Steps")
    leave(one)
    assert first(tmp_path / NAME).reflections == text


def test_at_40_columns_no_word_is_broken(reflect):
    one = reflect(columns=40, lines=60)
    assert one.screen_text().count("›") == 1
    one.send(F1)
    one.wait_for("Ctrl+C leave")
    one.send(ABOUT)
    one.wait_until(
        lambda: last_shown_about() in " ".join(one.screen_text().split()), "what it touches"
    )
    one.send(REVIEW)
    one.wait_until(lambda: "› Finish" in one.screen_text(), "the review")
    rows = [row for row in one.whole_text().split("\n") if row.strip()]
    assert max(map(len, rows)) <= 40
    # Text that is wrapped leaves the last column free; what fills it was cut by the window.
    broken = [row for row in rows if len(row) == 40]
    assert broken == []


def test_at_40_columns_a_session_goes_from_the_first_field_to_the_end(reflect, tmp_path):
    one = reflect("--only", "vision", columns=40, lines=12)
    to_steps(one, "a thought that is somewhat longer than the window is wide")
    one.send(f"a step that is somewhat longer than the window is wide{ENTER}")
    one.wait_for_field("Owner of")
    one.send(ENTER)
    one.wait_for_field()
    one.send(ENTER)
    one.wait_for("Finish")
    one.send(ENTER)
    assert one.end() == 0
    answer = read(tmp_path / NAME).answer("vision")
    assert answer.reflections == "a thought that is somewhat longer than the window is wide"
    assert answer.first_steps[0].text == "a step that is somewhat longer than the window is wide"


# All the world's writing.


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8"])
def test_whatever_is_typed_is_in_the_file_in_any_locale(reflect, tmp_path, locale):
    one = reflect("--with", "Zoë", env={"LC_ALL": locale, "LANG": locale})
    to_steps(one, WORLD)
    one.send(f"{WORLD} @Zo{ENTER}")
    one.wait_for_field("Due of")
    one.send(ENTER)
    one.wait_for_field()
    leave(one)
    answer = first(tmp_path / NAME)
    assert answer.reflections == WORLD
    assert answer.first_steps == (FirstStep(text=WORLD, owner="Zoë"),)


def test_bytes_that_are_no_text_are_repaired_and_the_rest_is_kept(reflect, tmp_path):
    one = reflect()
    one.send("caf\udce9 au lait")  # One byte, as a terminal set to Latin-1 sends it.
    one.wait_for("au lait")
    to_steps(one)
    leave(one)
    assert first(tmp_path / NAME).reflections == "caf\ufffd au lait"


def test_text_that_imitates_a_worksheet_stays_text(reflect, tmp_path):
    text = "---\n<!-- first-steps: vision -->\n## 2. What?\n- [x] done\n[bold]x[/bold] | <b>"
    one = reflect()
    one.send(paste(text))
    one.wait_for("<b>")
    to_steps(one)
    leave(one)
    assert first(tmp_path / NAME).reflections == text


# Others who write.


def test_an_edit_from_outside_between_two_saves_is_kept_beside_what_is_typed(reflect, tmp_path):
    one = reflect()
    to_steps(one, "written here")
    file = tmp_path / NAME
    changed = file.read_text("utf-8").replace("written here", "written there")
    parts = changed.split("### Reflections\n")
    parts[2] = f"\nan answer from outside\n{parts[2]}"
    file.write_text("### Reflections\n".join(parts), "utf-8")
    one.send(BACK)
    one.wait_for_field("Reflections")
    one.send(f", and on{ENTER}")
    one.wait_for("The file was changed elsewhere meanwhile.")
    one.wait_for_field("First Steps")
    leave(one)
    answers = read(file).answers
    assert "written here, and on" in answers[0].reflections
    assert "written there" in answers[0].reflections
    assert answers[1].reflections == "an answer from outside"


def test_two_sessions_on_one_worksheet_lose_nothing_of_each_other(reflect, start, tmp_path):
    one = reflect()
    two = start("reflect", "--role", "coach", "--resume")
    two.wait_for_field("Question 1 of 9")
    to_steps(one, "one writes")
    two.send(f"two writes{ENTER}")
    two.wait_for("both texts stand: question 1")
    two.wait_for_field("First Steps")
    one.send(f"a step of one{ENTER}")
    one.wait_for_field("Owner of")
    two.send(f"a step of two{ENTER}")
    two.wait_for_field("Owner of")
    leave(one)
    leave(two)
    answer = first(tmp_path / NAME)
    assert "one writes" in answer.reflections
    assert "two writes" in answer.reflections
    assert {each.text for each in answer.first_steps} == {"a step of one", "a step of two"}


def test_a_file_that_became_something_else_is_not_overwritten(reflect, tmp_path):
    one = reflect()
    file = tmp_path / NAME
    file.write_text("# Shopping\n", "utf-8")
    one.send(f"my words{ENTER}")
    one.wait_for("isn't a worksheet")
    one.wait_for("Save in another file")
    one.send(f"elsewhere.md{ENTER}")
    one.wait_for_field("First Steps")
    leave(one)
    assert file.read_text("utf-8") == "# Shopping\n"
    assert first(tmp_path / "elsewhere.md").reflections == "my words"


# Disks and folders that fail in the midst of it.


def save_elsewhere(one: Terminal, folder: Path, reason: str) -> None:
    """Accept an answer that can't be saved where it should, and save it elsewhere."""
    one.send(f"my precious words{ENTER}")
    one.wait_for(reason)
    one.wait_for("Save in another file")
    other = folder / "rescued.md"
    one.send(f"{other}{ENTER}")
    one.wait_for_field("First Steps")
    one.send(f"and a step{ENTER}")
    one.wait_for_field("Owner of")
    leave(one)
    said = " ".join(one.screen_text().split())
    assert "rescued.md" in said.split("Stopped.")[1]
    assert "Traceback" not in said
    answer = first(other)
    assert answer.reflections == "my precious words"
    assert answer.first_steps == (FirstStep(text="and a step"),)


def test_a_file_made_read_only_is_respected_and_saving_elsewhere_works(reflect, tmp_path):
    one = reflect()
    file = tmp_path / NAME
    before = file.read_bytes()
    file.chmod(0o444)
    save_elsewhere(one, tmp_path, "the file is read-only")
    assert file.read_bytes() == before
    assert stat.S_IMODE(file.stat().st_mode) == 0o444


def test_a_file_made_writable_again_is_saved_to_on_enter(reflect, tmp_path):
    one = reflect()
    file = tmp_path / NAME
    file.chmod(0o444)
    one.send(f"my words{ENTER}")
    one.wait_for("Save in another file")
    file.chmod(0o644)
    one.send(ENTER)
    one.wait_for_field("First Steps")
    leave(one)
    assert first(file).reflections == "my words"


def test_a_folder_that_is_removed_is_said_and_saving_elsewhere_works(reflect, tmp_path):
    folder = tmp_path / "shared drive"
    folder.mkdir()
    one = reflect("-o", folder / "w.md")
    shutil.rmtree(folder)
    save_elsewhere(one, tmp_path, "can't be saved: no such file or directory")


def test_a_folder_that_became_a_file_is_said_and_saving_elsewhere_works(reflect, tmp_path):
    folder = tmp_path / "shared drive"
    folder.mkdir()
    one = reflect("-o", folder / "w.md")
    shutil.rmtree(folder)
    folder.write_text("now a file", "utf-8")
    save_elsewhere(one, tmp_path, "can't be saved: not a directory")


@pytest.fixture
def frozen(tmp_path: Path) -> Iterator[Callable[[Path], None]]:
    """Make a folder read-only for good, whoever runs this."""
    held: list[Path] = []

    def freeze(folder: Path) -> None:
        folder.chmod(0o555)
        if not os.access(folder, os.W_OK):
            held.append(folder)
            return
        tool = shutil.which("chattr")
        done = tool and subprocess.run([tool, "+i", folder], capture_output=True, check=False)
        if not done or done.returncode:
            pytest.skip("no folder can be made read-only here")
        held.append(folder)

    yield freeze
    for folder in held:
        if tool := shutil.which("chattr"):
            subprocess.run([tool, "-i", folder], capture_output=True, check=False)
        folder.chmod(0o755)


def test_a_folder_made_read_only_is_said_and_saving_elsewhere_works(reflect, tmp_path, frozen):
    folder = tmp_path / "shared drive"
    folder.mkdir()
    one = reflect("-o", folder / "w.md")
    frozen(folder)
    save_elsewhere(one, tmp_path, "can't be saved:")


def test_a_folder_that_cannot_be_written_is_said_before_the_first_question(start, tmp_path, frozen):
    folder = tmp_path / "shared drive"
    folder.mkdir()
    frozen(folder)
    one = start("reflect", "--role", "coach", "-o", folder / "w.md")
    assert one.end() == 4
    assert "can't be saved" in one.screen_text()
    assert "Question 1" not in one.screen_text()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few blocks."""
    place = tmp_path / "small disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)]
    if (
        not shutil.which("mount")
        or subprocess.run(command, capture_output=True, check=False).returncode
    ):
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def fill(disk: Path) -> None:
    with (disk / "filler").open("wb", buffering=0) as stream:
        try:
            while True:
                stream.write(b"x" * 4096)
        except OSError:
            pass


def test_a_full_disk_is_said_and_saving_elsewhere_works(reflect, small_disk, tmp_path):
    one = reflect("-o", small_disk / "w.md")
    before = (small_disk / "w.md").read_bytes()
    fill(small_disk)
    save_elsewhere(one, tmp_path, "can't be saved: no space left on device")
    assert (small_disk / "w.md").read_bytes() == before
    assert sorted(each.name for each in small_disk.iterdir()) == ["filler", "w.md"]


def test_a_full_disk_that_has_room_again_is_saved_to_on_enter(reflect, small_disk):
    one = reflect("-o", small_disk / "w.md")
    fill(small_disk)
    one.send(f"my words{ENTER}")
    one.wait_for("Save in another file")
    (small_disk / "filler").unlink()
    one.send(ENTER)
    one.wait_for_field("First Steps")
    leave(one)
    assert first(small_disk / "w.md").reflections == "my words"


def test_a_state_folder_on_a_full_disk_does_not_stop_a_worksheet(reflect, small_disk, tmp_path):
    state = small_disk / "state"
    one = reflect(env={"PLGUIDE_STATE": str(state)})
    fill(small_disk)
    to_steps(one, "my words")
    leave(one)
    assert first(tmp_path / NAME).reflections == "my words"


def test_a_state_folder_that_cannot_be_made_does_not_stop_a_worksheet(reflect, tmp_path):
    (tmp_path / "taken").write_text("a file", "utf-8")
    one = reflect(env={"PLGUIDE_STATE": str(tmp_path / "taken" / "state")})
    to_steps(one, "my words")
    leave(one)
    assert first(tmp_path / NAME).reflections == "my words"


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D], ids=["ctrl-c", "ctrl-d"])
def test_leaving_where_nothing_can_be_saved_shows_every_word(reflect, tmp_path, key):
    folder = tmp_path / "shared drive"
    folder.mkdir()
    one = reflect("-o", folder / "w.md")
    to_steps(one, "accepted before")
    shutil.rmtree(folder)
    one.send(f"and a step @Ana{ENTER}")
    one.wait_for("Save in another file")
    one.send(key)
    assert one.end() == 4
    shown = " ".join(one.whole_text().split("could not be saved; copy it")[-1].split())
    assert "accepted before" in shown
    assert "and a step" in shown
    assert "Ana" in shown
    assert "Traceback" not in shown


def test_another_file_that_is_no_worksheet_is_not_overwritten_either(reflect, tmp_path):
    one = reflect()
    (tmp_path / NAME).chmod(0o444)
    (tmp_path / "list.md").write_text("# Shopping\n", "utf-8")
    one.send(f"my words{ENTER}")
    one.wait_for("Save in another file")
    one.send(f"list.md{ENTER}")
    one.wait_for("list.md isn't a worksheet")
    one.wait_for("Save in another file")
    one.send(f"free.md{ENTER}")
    one.wait_for_field("First Steps")
    leave(one)
    assert (tmp_path / "list.md").read_text("utf-8") == "# Shopping\n"
    assert first(tmp_path / "free.md").reflections == "my words"


# Names and links.


def test_a_link_stays_a_link_and_its_target_gets_the_words(reflect, tmp_path):
    (tmp_path / "real").mkdir()
    link = tmp_path / "link.md"
    link.symlink_to(Path("real", "target.md"))
    one = reflect("-o", "link.md")
    to_steps(one, "through the link")
    leave(one)
    assert link.is_symlink()
    assert first(tmp_path / "real" / "target.md").reflections == "through the link"
    assert [each.name for each in (tmp_path / "real").iterdir()] == ["target.md"]


def test_permissions_of_the_file_are_kept(reflect, plguide, tmp_path):
    file = blank(plguide, tmp_path / NAME)
    file.chmod(0o640)
    one = reflect("--resume")
    to_steps(one, "words")
    leave(one)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


@pytest.mark.parametrize(
    "name", ["our plan.md", "plan für Zoë 👍.md", "-dash.md", "x" * 247 + ".md", "[b]x.md"]
)
def test_a_file_may_have_any_name(reflect, tmp_path, name):
    one = reflect(f"--output={name}")
    to_steps(one, "words")
    leave(one)
    assert first(tmp_path / name).reflections == "words"


def test_a_name_longer_than_names_can_be_is_refused_before_the_first_question(start, tmp_path):
    one = start("reflect", "--role", "coach", "-o", "x" * 300 + ".md")
    assert one.end() == 4
    assert "file name too long" in " ".join(one.screen_text().split()).casefold()
    assert "Question 1" not in one.screen_text()


def test_a_folder_that_is_not_there_is_said_before_the_first_question(start, tmp_path):
    one = start("reflect", "--role", "coach", "-o", Path("nowhere", "w.md"))
    assert one.end() == 4
    assert "the folder for it isn't there" in " ".join(one.screen_text().split())
    assert "Question 1" not in one.screen_text()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_ended_while_something_is_chosen_first_it_says_how_to_begin(program, tmp_path, number):
    with terminals([*program, "reflect"], tmp_path) as begin:
        one = begin()
        one.wait_for("Which role")
        one.wait_for("(arrows, Enter)")
        one.kill(number)
        assert one.end() == 128 + number
        assert "Nothing was begun. To begin: plguide reflect" in " ".join(one.whole_text().split())
    with terminals([*program, "reflect", "--role", "coach"], tmp_path) as begin:
        first = begin()
        first.wait_for_field("Reflections")
        first.send(CTRL_C)
        first.end()
        again = begin()
        again.wait_for("is there already")
        again.wait_for("(arrows, Enter)")
        again.kill(number)
        assert again.end() == 128 + number
        assert "plguide reflect --role coach" in " ".join(again.whole_text().split())
