"""The guided session line by line: everything in words, no key but Enter, no escape sequence."""

import shlex
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pl_guide.worksheet.format.markdown import parse_worksheet
from pl_guide.worksheet.model import Answer, FirstStep, Worksheet
from support.program import CLEAN_ENV
from support.pty_screen import CTRL_C, CTRL_D, Terminal, terminals

pytestmark = pytest.mark.slow

Start = Callable[..., Terminal]

NAME = "coach-first-actions.md"


@pytest.fixture
def start(program: list[str], tmp_path: Path) -> Iterator[Start]:
    with terminals(program, tmp_path) as begin:
        yield begin


@pytest.fixture
def reflect(start: Start) -> Start:
    """Start a coach's plain session, and wait for its first prompt."""

    def begin(*arguments: object, **options: object) -> Terminal:
        terminal = start("reflect", "--role", "coach", "--plain", *arguments, **options)
        terminal.wait_for_field("Reflections")
        return terminal

    return begin


def read(path: Path) -> Worksheet:
    return parse_worksheet(path.read_text("utf-8"))


def first(folder: Path) -> Answer:
    return read(folder / NAME).answers[0]


def say(terminal: Terminal, line: str, then: str = "") -> None:
    """Type a line, and wait for the prompt after it."""
    terminal.send(f"{line}\r")
    terminal.wait_for_field(then)


def quit_plain(terminal: Terminal) -> None:
    terminal.send("/quit\r")
    assert terminal.end() == 130, terminal.whole_text()


@pytest.mark.parametrize(
    ("arguments", "term"), [(["--plain"], "xterm-256color"), ([], "dumb"), ([], "unknown")]
)
def test_a_whole_session_needs_no_escape_sequence(start, tmp_path, arguments, term):
    questions = ["--only", "learning-need", "--only", "vision", "--only", "impact"]
    one = start("reflect", "--role", "coach", *questions, *arguments, env={"TERM": term})
    one.wait_for_field("Question 1 of 3, 0 answered.")
    assert "Reflections. An empty line goes on, /keys lists commands." in one.screen_text()
    say(one, "We ask too few questions.")
    say(one, "Ana: and we answer them.")
    say(one, "", "First Steps: type a step; an empty line goes on.")
    say(one, "Shadow two teams @Ana due:2031-05-01", "Resources of “Shadow two teams”")
    say(one, "release time", "Evidence of “Shadow two teams”")
    say(one, "notes of both visits", "First Steps")
    say(one, "Write to the principal", "Owner of “Write to the principal”")
    say(one, "", "First Steps")
    say(one, "", "Question 2 of 3, 1 answered.")
    say(one, "", "First Steps")
    say(one, "", "Question 3 of 3")
    say(one, "", "First Steps")
    say(one, "", "Where things stand")
    screen = " ".join(one.screen_text().split())
    assert "(reflections + 2 steps)" in screen
    assert "Type a number to open that question, or an empty line to finish." in screen
    one.send("\r")
    assert one.end() == 0
    assert b"\x1b" not in one.raw

    answer = first(tmp_path)
    assert answer.reflections == "We ask too few questions.\nAna: and we answer them."
    assert answer.first_steps == (
        FirstStep(
            text="Shadow two teams",
            owner="Ana",
            due="2031-05-01",
            resources="release time",
            evidence="notes of both visits",
        ),
        FirstStep(text="Write to the principal"),
    )
    last = one.raw.decode()  # Lines are left whole for screen readers; the window cuts them.
    assert f"Saved in {NAME}: 1 of 3 questions answered, 2 first steps." in last
    assert "Still open: questions 2, 3." in last
    assert f"plguide reflect --role coach -o {NAME} --resume" in last


def test_back_and_next_keep_what_was_typed(reflect, tmp_path):
    one = reflect()
    say(one, "thought one")
    say(one, "/next", "Question 2 of 9")
    say(one, "thought two")
    say(one, "/back", "First Steps")
    assert "Question 1 of 9" in one.screen_text()
    say(one, "/back", "Reflections so far: thought one")
    say(one, "and more")
    say(one, "/next", "Reflections so far: thought two")
    quit_plain(one)
    answers = read(tmp_path / NAME).answers
    assert answers[0].reflections == "thought one\nand more"
    assert answers[1].reflections == "thought two"


def test_back_among_a_steps_details_shows_what_was_typed(reflect, tmp_path):
    one = reflect()
    say(one, "", "First Steps")
    say(one, "Call", "Owner of “Call”")
    say(one, "Ana", "Due of")
    say(one, "someday", "isn't a date I know")
    say(one, "/back", "Owner of “Call”")
    assert "So far: Ana." in one.screen_text()
    say(one, "/detail", "Due of")
    say(one, "2031-01-02", "Resources of")
    say(one, "/detail", "Evidence of")
    say(one, "a log", "First Steps")
    quit_plain(one)
    assert first(tmp_path).first_steps == (
        FirstStep(text="Call", owner="Ana", due="2031-01-02", evidence="a log"),
    )


def test_about_keys_and_unknown_commands_answer_in_words_and_ask_again(reflect, tmp_path):
    one = reflect(lines=60)
    say(one, "kept")
    say(one, "/about", "Responsibilities that serve them: ·")
    assert "Standards this question touches:" in one.screen_text()
    for asked in ("/keys", "?"):
        say(one, asked, "/review review all questions")
    say(one, "/nxet", "There is no command /nxet; /keys lists them.")
    say(one, "", "First Steps")
    say(one, "/keys", "/quit")
    say(one, "/nxet", "There is no command /nxet; /keys")
    quit_plain(one)
    assert first(tmp_path).reflections == "kept"
    assert first(tmp_path).first_steps == ()


def test_every_command_that_works_is_listed(reflect):
    one = reflect(lines=60)
    say(one, "/keys", "/quit")
    listed = one.screen_text()
    for command in ("/next", "/back", "/about", "/review", "/edit", "/clear", "/quit", "/detail"):
        assert command in listed


def test_a_command_that_does_not_count_in_a_field_says_where_it_does(reflect, tmp_path):
    one = reflect(lines=60)
    say(one, "/change", "Steps are changed where steps are typed.")
    say(one, "/detail", "where a step's details are asked for.")
    say(one, "", "First Steps")
    say(one, "/detail", "where a step's details are asked for.")
    quit_plain(one)
    assert first(tmp_path).first_steps == ()


def test_edit_opens_the_editor_for_a_step_too(reflect, tmp_path):
    one = reflect(env={"EDITOR": "sed -i 's/.*/Call/'"})
    say(one, "", "First Steps")
    say(one, "Cal", "Owner of “Cal”")
    say(one, "", "First Steps")
    say(one, "/change", "So far: Cal")
    say(one, "/edit", "Call")
    say(one, "", "First Steps")
    quit_plain(one)
    assert [step.text for step in first(tmp_path).first_steps] == ["Call"]


def test_changing_the_last_step_waits_until_what_was_typed_is_accepted(reflect, tmp_path):
    one = reflect(env={"EDITOR": "sh -c 'echo much > $0'"})
    say(one, "", "First Steps")
    say(one, "Call", "Owner of")
    say(one, "", "First Steps")
    say(one, "/edit", "much")
    say(one, "/change", "Accept what is typed here, or /clear it")
    assert "So far: much" in one.screen_text()
    say(one, "", "Owner of “much”")
    quit_plain(one)
    assert [step.text for step in first(tmp_path).first_steps] == ["Call", "much"]


def test_lines_that_begin_with_a_slash_are_typed_with_two(reflect, tmp_path):
    one = reflect()
    say(one, "//usr/bin is a folder")
    say(one, "and/or")
    say(one, "", "First Steps")
    say(one, "//plan the week", "Owner of “/plan the week”")
    say(one, "//the office", "Due of")
    quit_plain(one)
    answer = first(tmp_path)
    assert answer.reflections == "/usr/bin is a folder\nand/or"
    assert answer.first_steps == (FirstStep(text="/plan the week", owner="/the office"),)


def test_clear_begins_an_answer_anew(reflect, tmp_path):
    one = reflect()
    say(one, "not this")
    say(one, "/clear")
    say(one, "but this")
    say(one, "", "First Steps")
    quit_plain(one)
    assert first(tmp_path).reflections == "but this"


def test_edit_opens_the_editor_and_comes_back(reflect, tmp_path):
    script = tmp_path / "an editor"
    script.write_text('#!/bin/sh\nprintf "\\n%s\\n" "in the editor, é" >> "$1"\n', "utf-8")
    script.chmod(0o755)
    one = reflect(env={"EDITOR": shlex.quote(str(script))})
    say(one, "before")
    say(one, "/edit", "in the editor, é")
    say(one, "after")
    say(one, "", "First Steps")
    quit_plain(one)
    assert first(tmp_path).reflections == "before\nin the editor, é\nafter"


@pytest.mark.parametrize("env", [{}, {"EDITOR": "no-such-editor-anywhere"}], ids=["none", "gone"])
def test_without_an_editor_it_says_so_and_the_text_stays(reflect, tmp_path, env):
    one = reflect(env=env)
    say(one, "as it was")
    say(one, "/edit", "ditor")
    say(one, "", "First Steps")
    quit_plain(one)
    assert first(tmp_path).reflections == "as it was"


def test_the_review_opens_a_question_by_its_number(reflect, tmp_path):
    one = reflect()
    say(one, "one")
    say(one, "/review", "Where things stand:")
    say(one, "ten", "Type a number")
    say(one, "99", "Type a number")
    say(one, "9", "Question 9 of 9")
    say(one, "nine")
    say(one, "/review", "Where things stand:")
    one.send("\r")
    assert one.end() == 0
    answers = read(tmp_path / NAME).answers
    assert (answers[0].reflections, answers[8].reflections) == ("one", "nine")


def test_the_review_goes_back_too(reflect):
    one = reflect()
    say(one, "/review", "Where things stand:")
    say(one, "/back", "Question 9 of 9")


def test_an_existing_worksheet_is_continued_reviewed_or_left_beside_by_number(
    reflect, start, tmp_path
):
    one = reflect()
    say(one, "from before")
    say(one, "/next", "Question 2")
    quit_plain(one)
    file = tmp_path / NAME
    before = file.read_bytes()

    for number, then in ((1, "Question 2 of 9"), (2, "Where things stand"), (3, "Question 1 of 9")):
        two = start("reflect", "--role", "coach", "--plain")
        two.wait_for_field("3. Begin a new one beside it")
        say(two, "4", "Type its number.")
        say(two, str(number), then)
        quit_plain(two)
        assert b"\x1b" not in two.raw
    assert file.read_bytes() == before
    assert sorted(each.name for each in tmp_path.glob("*.md")) == ["coach-first-actions-2.md", NAME]


def test_without_a_role_it_asks_which_by_number(start, tmp_path):
    one = start("reflect", "--plain")
    one.wait_for_field("Which role are you thinking about?")
    say(one, "6", "Question 1 of 9")
    quit_plain(one)
    assert read(tmp_path / "teacher-first-actions.md").role == "teacher"


PLACES = ("reflections", "steps", "owner", "review", "elsewhere")


def go_to(one: Terminal, place: str, file: Path) -> None:
    say(one, "reflected")
    if place == "reflections":
        return
    if place == "elsewhere":
        file.chmod(0o444)
        say(one, "", "Type the name of another file")
        return
    say(one, "", "First Steps")
    if place == "owner":
        say(one, "Call", "Owner of")
    elif place == "review":
        say(one, "/review", "Where things stand")


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D, "/quit\r"], ids=["ctrl-c", "ctrl-d", "quit"])
@pytest.mark.parametrize("place", PLACES)
def test_leaving_anywhere_saves_or_shows_every_line(reflect, tmp_path, place, key):
    one = reflect()
    go_to(one, place, tmp_path / NAME)
    one.send(key)
    code = one.end()
    assert "Traceback" not in one.whole_text()
    if place == "elsewhere":
        assert code == 4
        shown = one.whole_text().split("could not be saved; copy it from here:")[1]
        assert "reflected" in shown
        return
    assert code == 130
    answer = first(tmp_path)
    assert answer.reflections == "reflected"
    assert [each.text for each in answer.first_steps] == (["Call"] if place == "owner" else [])
    assert f"plguide reflect --role coach -o {NAME}" in " ".join(one.screen_text().split())


def test_a_save_that_fails_is_said_and_another_file_takes_the_words(reflect, tmp_path):
    one = reflect()
    (tmp_path / NAME).chmod(0o444)
    say(one, "my words")
    say(one, "", "the file is read-only. Type the name of another file")
    say(one, "", "the file is read-only. Type the name of another file")
    say(one, "rescued.md", "First Steps")
    quit_plain(one)
    assert read(tmp_path / "rescued.md").answers[0].reflections == "my words"
    assert first(tmp_path).reflections == ""


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8"])
def test_whatever_is_typed_is_in_the_file_in_any_locale(reflect, tmp_path, locale):
    text = "Zoë fragt: «Où?» 👩‍🏫 שלום مرحبا 日本語"
    one = reflect(env={"LC_ALL": locale})
    say(one, text)
    say(one, "", "First Steps")
    say(one, text, "Owner of")
    quit_plain(one)
    assert first(tmp_path).reflections == text
    assert first(tmp_path).first_steps == (FirstStep(text=text),)


def test_bytes_that_are_no_text_are_repaired_and_the_rest_is_kept(reflect, tmp_path):
    one = reflect(env={"LC_ALL": "C"})
    say(one, "caf\udce9 au lait")
    say(one, "", "First Steps")
    say(one, "/back", "Reflections so far")
    quit_plain(one)
    assert first(tmp_path).reflections == "caf\ufffd au lait"


def test_lines_that_were_typed_before_a_kill_are_given_back(reflect, tmp_path):
    one = reflect()
    say(one, "line one")
    say(one, "line two")
    one.kill(9)
    one.end()
    two = reflect("--resume")
    assert "Reflections so far:\nline one\nline two" in two.screen_text()
    say(two, "", "First Steps")
    quit_plain(two)
    assert first(tmp_path).reflections == "line one\nline two"


# No terminal.


@pytest.mark.parametrize("which", ["stdin", "stdout"])
@pytest.mark.parametrize("arguments", [[], ["--role", "coach"], ["--role", "coach", "--plain"]])
def test_without_a_terminal_it_says_what_to_do_instead(program, tmp_path, which, arguments):
    # The other stream is a terminal; which one is missing must not matter.
    command = shlex.join([*program, "reflect", *arguments])
    redirect = "< /dev/null" if which == "stdin" else "> out.txt"
    with Terminal(["sh", "-c", f"{command} {redirect}"], tmp_path) as one:
        assert one.end() == 5
        said = " ".join(one.screen_text().split())
    assert "there is no terminal to ask in" in said
    assert "--answers" in said
    assert "plguide worksheet --role" in said
    assert not list(tmp_path.glob("*.md"))


def test_without_any_terminal_nothing_is_written(program, tmp_path):
    done = subprocess.run(
        [*program, "reflect", "--role", "coach"],
        cwd=tmp_path,
        env=CLEAN_ENV | {"PLGUIDE_STATE": str(tmp_path / "state")},
        input="words\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (5, "")
    assert "there is no terminal to ask in" in done.stderr
    assert list(tmp_path.iterdir()) == []
