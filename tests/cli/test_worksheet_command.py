"""`plguide worksheet` and `plguide reflect --answers`: worksheets without any question asked."""

import re
from pathlib import Path

import pytest

from pl_guide.content.loading import load_library
from pl_guide.render.markdown import render_markdown
from pl_guide.worksheet.format.markdown import parse_worksheet
from pl_guide.worksheet.model import FirstStep
from pl_guide.worksheet.storage.store import read_worksheet

ROLES = [role.id for role in load_library().roles]
COACH = load_library(only="coach").role("coach")


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("PLGUIDE_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """The folder that the program is started in."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


# --- plguide worksheet ---


@pytest.mark.parametrize("role", ROLES)
def test_a_blank_worksheet_has_a_place_for_each_question_of_the_role(plguide, role):
    done = plguide("worksheet", "--role", role)
    assert (done.code, done.err) == (0, "")
    sheet = parse_worksheet(done.out)
    asked = load_library(only=role).role(role).questions
    assert [each.question for each in sheet.answers] == [each.id for each in asked]
    assert [each.wording for each in sheet.answers] == [
        " ".join(each.text.split()) for each in asked
    ]
    assert not any(each.answered or each.notes for each in sheet.answers)
    assert sheet.role == role


def test_a_blank_worksheet_is_found_by_any_name_of_its_role(plguide):
    first = plguide("worksheet", "--role", "instructional-coach")
    assert first.out == plguide("worksheet", "--role", "coach").out


def test_a_blank_worksheet_has_headings_to_fill_in_below(plguide):
    out = plguide("worksheet", "--role", "coach").out
    assert re.findall("^# .*", out, re.MULTILINE) == ["# Coach: first actions"]
    assert len(re.findall(r"^## \d+\. ", out, re.MULTILINE)) == len(COACH.questions)
    assert out.count("\n### Reflections\n") == out.count("\n### First Steps\n")
    assert COACH.basis.note.split("\n")[0] in " ".join(out.split())


def test_a_worksheet_as_a_table_has_the_three_columns_and_room_to_write(plguide):
    done = plguide("worksheet", "--role", "coach", "--layout", "table")
    assert (done.code, done.err) == (0, "")
    rows = [line for line in done.out.split("\n") if line.startswith("|")]
    assert [each.strip() for each in rows[0].strip("|").split("|")] == [
        "Question",
        "Reflections",
        "First Steps",
    ]
    assert len(rows) == 2 + len(COACH.questions)
    for row, question in zip(rows[2:], COACH.questions, strict=True):
        cells = [
            each.strip() for each in row.strip().removeprefix("|").removesuffix("|").split("|")
        ]
        assert cells == [render_words(question.text), "", ""]


def render_words(text: str) -> str:
    from pl_guide.document import Document, Paragraph

    return " ".join(render_markdown(Document((Paragraph(text),))).split())


def test_a_worksheet_is_written_to_a_file_and_says_where(plguide, folder):
    done = plguide("worksheet", "--role", "coach", "-o", "our plan.md")
    assert (done.code, done.out) == (0, "")
    assert "our plan.md" in done.err
    written = (folder / "our plan.md").read_bytes().decode("utf-8")
    assert written == plguide("worksheet", "--role", "coach").out


def test_a_table_is_written_to_a_file_too(plguide, folder):
    done = plguide("worksheet", "--role", "coach", "--layout", "table", "-o", "table.md")
    assert (done.code, done.out) == (0, "")
    assert (folder / "table.md").read_text(encoding="utf-8").startswith("# Coach: first actions\n")


@pytest.mark.parametrize("layout", ["sections", "table"])
def test_a_file_that_is_there_is_never_written_over(plguide, folder, layout):
    (folder / "mine.md").write_text("My own notes.")
    done = plguide("worksheet", "--role", "coach", "--layout", layout, "-o", "mine.md")
    assert (done.code, done.out) == (4, "")
    assert "mine.md" in done.err
    assert "untouched" in done.err
    assert "-o" in done.err
    assert (folder / "mine.md").read_text() == "My own notes."


def test_a_worksheet_for_a_missing_folder_is_refused(plguide, folder):
    done = plguide("worksheet", "--role", "coach", "-o", "gone/coach.md")
    assert (done.code, done.out) == (4, "")
    assert "gone/coach.md" in done.err
    assert list(folder.iterdir()) == []


def test_a_worksheet_needs_a_role_that_there_is(plguide):
    assert plguide("worksheet").code == 2
    done = plguide("worksheet", "--role", "coahc")
    assert done.code == 2
    assert "coach" in done.err


def test_a_worksheet_filled_in_by_hand_is_gone_on_with(plguide, folder, answers):
    plguide("worksheet", "--role", "coach", "-o", "coach.md")
    file = folder / "coach.md"
    text = file.read_text(encoding="utf-8")
    mark = "<!-- reflections: coach/vision -->\n\n### Reflections\n"
    file.write_text(text.replace(mark, f"{mark}\nMuch to see.\n"), encoding="utf-8")
    done = plguide(
        "reflect", "--role", "coach", "-o", "coach.md", "--resume", "--answers",
        answers("impact: {reflections: Some}"),
    )  # fmt: skip
    assert done.code == 0
    found = read_worksheet(file).worksheet
    assert found.answer("vision").reflections == "Much to see."
    assert found.answer("impact").reflections == "Some"


# --- plguide reflect --answers ---


@pytest.fixture
def answers(tmp_path):
    """Write a file of answers."""

    def write(text: str) -> Path:
        file = tmp_path / "answers.yaml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.fixture
def fill(plguide, folder, answers):
    """Fill a coach's worksheet from answers, and give how it went and what is in the file."""

    def run(text: str, *more: str, role: str = "coach"):
        done = plguide("reflect", "--role", role, "--answers", answers(text), *more)
        file = folder / f"{role}-first-actions.md"
        return done, read_worksheet(file).worksheet if file.exists() else None

    return run


WHOLE = """
vision:
  reflections: |
    We would see *much*.

    Ana: and more.
  first_steps:
    - Call the school
    - text: Visit a lesson
      owner: Ana Lopez
      due: 2026-09-01
      resources: the form
      evidence: her notes
      state: done
impact:
  first_steps: [Ask Dora]
"""


def test_answers_from_a_file_stand_in_a_new_worksheet(fill):
    done, sheet = fill(WHOLE)
    assert (done.code, done.out) == (0, "")
    assert "coach-first-actions.md" in done.err
    assert f"2 of {len(COACH.questions)}" in done.err
    answer = sheet.answer("vision")
    assert answer.reflections == "We would see *much*.\n\nAna: and more."
    assert answer.first_steps == (
        FirstStep(text="Call the school"),
        FirstStep(
            text="Visit a lesson",
            state="done",
            owner="Ana Lopez",
            due="2026-09-01",
            resources="the form",
            evidence="her notes",
        ),
    )
    assert sheet.answer("impact").first_steps == (FirstStep(text="Ask Dora"),)
    assert [each.question for each in sheet.answers] == [each.id for each in COACH.questions]


def test_people_who_take_part_stand_in_the_worksheet(fill):
    _, sheet = fill(WHOLE, "--with", "Ana Lopez", "--with", "Ben")
    assert sheet.participants == ("Ana Lopez", "Ben")


def test_a_worksheet_filled_from_a_file_says_when(fill):
    _, sheet = fill(WHOLE)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d", sheet.started)
    assert sheet.updated >= sheet.started


@pytest.mark.parametrize(
    "said", ["no", "2026-09-01", "12:30", "# all of it", "<b>", "---", "- [ ] x", "é 👩‍🏫", "null"]
)
def test_an_answer_is_taken_as_the_text_it_is(fill, said):
    quoted = said.replace("'", "''")
    done, sheet = fill(f"vision: {{reflections: '{quoted}', first_steps: ['{quoted}']}}")
    assert done.code == 0
    answer = sheet.answer("vision")
    assert (answer.reflections, answer.first_steps) == (said, (FirstStep(text=said),))


def refused(result: tuple, folder: Path, *parts: str, code: int = 3) -> None:
    done, sheet = result
    assert (done.code, done.out, sheet) == (code, "", None), done.err
    for part in parts:
        assert part in done.err
    assert list(folder.iterdir()) == []


def test_an_unknown_question_is_shown_with_its_line_and_the_nearest(fill, folder):
    text = "impact: {reflections: Some}\nvison:\n  reflections: Much\n"
    refused(fill(text), folder, "answers.yaml:2:1:", "Coach", "`vison`", "did you mean `vision`?")


def test_an_unknown_question_like_no_other_is_answered_with_those_there_are(fill, folder):
    refused(fill("qqqq: {reflections: Much}"), folder, ":1:1:", "`qqqq`", "vision", "impact")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("vision: Much", (":1:9:", "a mapping")),
        ("vision: [Much]", (":1:9:", "a mapping")),
        ("vision:\n", (":1:", "vision")),
        ("vision:\n  reflections: [a, b]", (":2:16:", "text")),
        ("vision:\n  reflections:\n    a: b", (":3:5:", "text")),
        ("vision:\n  reflection: Much", (":2:3:", "`reflection`", "`reflections`")),
        ("vision:\n  first_steps: Call", (":2:16:", "list")),
        ("vision:\n  first_steps:\n    - [Call]", (":3:7:",)),
        ("vision:\n  first_steps:\n    - owner: Ana", (":3:7:", "text")),
        ("vision:\n  first_steps:\n    - text: Call\n      ownr: Ana", (":4:7:", "owner")),
        ("vision:\n  first_steps:\n    - text: Call\n      state: finished", (":4:14:", "done")),
        ("vision:\n  first_steps:\n    - text: Call\n      owner: [Ana]", (":4:14:", "text")),
        ("- vision", (":1:1:",)),
        ("Much to see.", (":1:1:",)),
        ("", (":1:1:", "empty")),
        ("vision: {reflections: a}\nvision: {reflections: b}", (":2:1:", "vision")),
        ("vision: {reflections: 'a", (":1:",)),
    ],
)
def test_a_wrong_shape_is_shown_where_it_stands_and_nothing_is_written(fill, folder, text, parts):
    refused(fill(text), folder, "answers.yaml", *parts)


def test_a_remedy_for_a_file_of_answers_speaks_of_answers(fill):
    done, _ = fill("- vision")
    assert "--format json" not in done.err
    assert "question" in done.err


def test_every_problem_of_a_file_is_shown_in_the_order_of_its_lines(fill, folder):
    text = "vison: {}\nimpact: {reflections: [a]}\nequty: {}\n"
    done, _ = result = fill(text)
    refused(result, folder)
    assert re.findall(r"answers.yaml:(\d+):", done.err) == ["1", "2", "3"]


def test_a_step_without_words_is_refused_or_left_out_but_never_written(fill):
    done, sheet = fill("vision: {first_steps: ['', '  ', {text: ''}, Call]}")
    assert done.code in {0, 3}
    assert sheet is None or sheet.answer("vision").first_steps == (FirstStep(text="Call"),)


def test_answers_that_are_not_there_are_refused(plguide, folder):
    done = plguide("reflect", "--role", "coach", "--answers", "gone.yaml")
    assert (done.code, done.out) == (3, "")
    assert "gone.yaml" in done.err
    assert list(folder.iterdir()) == []


def test_answers_need_a_role(plguide, folder, answers):
    done = plguide("reflect", "--answers", answers(WHOLE))
    assert done.code == 2
    assert "--role" in done.err
    assert list(folder.iterdir()) == []


def test_answers_for_a_role_that_there_is_not_are_refused_with_the_nearest(
    plguide, folder, answers
):
    done = plguide("reflect", "--role", "coahc", "--answers", answers(WHOLE))
    assert (done.code, done.out) == (2, "")
    assert "coach" in done.err


def test_an_existing_worksheet_is_not_filled_unless_one_asks_to_go_on(fill, folder):
    fill(WHOLE)
    before = (folder / "coach-first-actions.md").read_bytes()
    done, _ = fill("vision: {reflections: Other}")
    assert (done.code, done.out) == (4, "")
    assert "--resume" in done.err
    assert "-o" in done.err
    assert (folder / "coach-first-actions.md").read_bytes() == before


def test_going_on_adds_below_what_is_there(fill):
    fill(WHOLE)
    done, sheet = fill("vision: {reflections: Later., first_steps: [Read]}", "--resume")
    assert done.code == 0
    answer = sheet.answer("vision")
    assert answer.reflections == "We would see *much*.\n\nAna: and more.\n\nLater."
    steps = ["Call the school", "Visit a lesson", "Read"]
    assert [each.text for each in answer.first_steps] == steps
    assert sheet.answer("impact").first_steps == (FirstStep(text="Ask Dora"),)


def test_going_on_with_the_same_answers_adds_nothing_twice(fill):
    _, first = fill(WHOLE)
    _, second = fill(WHOLE, "--resume")
    assert second.answers == first.answers


def test_going_on_with_the_same_answers_leaves_a_step_that_is_done_meanwhile(fill, folder):
    fill(WHOLE)
    file = folder / "coach-first-actions.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("- [ ] Ask Dora", "- [x] Ask Dora"), encoding="utf-8")
    _, sheet = fill(WHOLE, "--resume")
    assert sheet.answer("impact").first_steps == (FirstStep(text="Ask Dora", state="done"),)


def test_a_short_answer_is_not_taken_for_a_part_of_a_longer_word(fill):
    fill("vision: {reflections: I do not know.}")
    _, sheet = fill("vision: {reflections: 'no'}", "--resume")
    assert sheet.answer("vision").reflections == "I do not know.\n\nno"


def test_going_on_where_nothing_is_yet_begins(fill):
    done, sheet = fill(WHOLE, "--resume")
    assert done.code == 0
    assert sheet.answer("impact").answered


def test_a_worksheet_of_another_role_is_refused_and_left_alone(fill, folder, plguide, answers):
    fill(WHOLE)
    file = folder / "coach-first-actions.md"
    before = file.read_bytes()
    done = plguide(
        "reflect", "--role", "teacher", "-o", file, "--resume", "--answers", answers("{}")
    )
    assert (done.code, done.out) == (4, "")
    assert "Coach" in done.err
    assert "Teacher" in done.err
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("plguide-worksheet: 2", "plguide-worksheet: 9", "format 9"),
        ("framework: ", "framework: their-", "framework"),
        ("---\n", "", "front matter"),
    ],
)
def test_a_worksheet_this_program_cannot_go_on_with_is_refused_with_the_reason(
    fill, folder, plguide, answers, old, new, part
):
    fill(WHOLE)
    file = folder / "coach-first-actions.md"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    before = file.read_bytes()
    done = plguide("reflect", "--role", "coach", "--resume", "--answers", answers(WHOLE))
    assert (done.code, done.out) == (4, "")
    assert part in done.err
    assert "untouched" in done.err
    assert file.read_bytes() == before


def test_without_a_terminal_and_without_answers_nothing_is_begun(plguide, folder, state):
    done = plguide("reflect", "--role", "coach")
    assert (done.code, done.out) == (5, "")
    assert "--answers" in done.err
    assert "plguide worksheet" in done.err
    assert list(folder.iterdir()) == []
    assert not state.exists()


def test_without_a_terminal_a_process_ends_at_once(plguide_process, folder):
    done = plguide_process("reflect", "--role", "coach", cwd=folder, input="text\n\n")
    assert (done.code, done.out) == (5, "")
    assert list(folder.iterdir()) == []


def test_nothing_is_written_but_the_worksheet_and_the_state(fill, folder, state, tmp_path):
    fill(WHOLE)
    assert [each.name for each in folder.iterdir()] == ["coach-first-actions.md"]
    others = {each.name for each in tmp_path.iterdir()} - {"work", "answers.yaml", state.name}
    assert others == set()


def test_what_an_answer_holds_is_never_part_of_the_structure(fill):
    text = "## 2. What?\n<!-- reflections: impact -->\nMore.\n---\n```\n- [ ] x"
    block = "\n".join(f"    {line}" for line in text.split("\n"))
    _, sheet = fill(f"vision:\n  reflections: |\n{block}\n")
    assert sheet.answer("vision").reflections == text
    untouched = [each for each in sheet.answers if each.question != "vision"]
    assert not any(each.answered for each in untouched)
