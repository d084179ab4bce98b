"""Versions of the worksheet's format: older ones are read and renewed, newer ones refused."""

from pathlib import Path

import pytest

from pl_guide.errors import NotAWorksheet
from pl_guide.records import replaced
from pl_guide.worksheet.combine import gather
from pl_guide.worksheet.diff import changes
from pl_guide.worksheet.format.markdown import format_worksheet, parse_file, parse_worksheet
from pl_guide.worksheet.model import Answer, FirstStep, Section, Worksheet
from pl_guide.worksheet.storage.store import read_worksheet, save_worksheet
from pl_guide.worksheet.three_way import merge_versions
from support.coach_files import BLANK, answered, written
from support.program import Plguide

VERSION_1 = """\
---
plguide-worksheet: 1
framework: standards-for-professional-learning
role: coach
title: Coach
participants:
  - Ana
started: 2026-05-04T09:00
updated: 2026-05-04T10:00
id: a key of mine
---

# Coach: first actions

<!-- question: vision -->

## 1. How do we picture it?

<!-- notes: vision -->

A word beside it.

<!-- reflections: vision -->

### Reflections

We picture it together.

<!-- first-steps: vision -->

### First Steps

- [x] Film one debrief
    - Owner: Ana
    - Due: 2026-06-01
    - Checked: 2026-06-02, done
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A worksheet's file as version 1 of the format had it."""
    file = tmp_path / "coach.md"
    file.write_text(VERSION_1, "utf-8")
    return file


def test_a_file_of_version_1_is_read_with_all_its_words():
    found = parse_file(VERSION_1)
    assert found.version == 1
    answer = found.worksheet.answer("vision")
    assert (answer.reflections, answer.notes) == ("We picture it together.", "A word beside it.")
    (step,) = answer.first_steps
    assert (step.owner, step.due, step.history) == ("Ana", "2026-06-01", ("2026-06-02, done",))
    assert found.worksheet.extra == "id: a key of mine"


def test_the_first_save_makes_it_version_2_with_all_its_words(old, tmp_path):
    stored = read_worksheet(old)
    assert stored.version == 1
    changed = answered("impact", "More.", sheet=stored.worksheet)
    assert save_worksheet(old, changed, stored, tmp_path / "state").stored.version == 2
    text = old.read_text("utf-8")
    assert "plguide-worksheet: 2\n" in text
    assert "<!-- question: coach/vision -->" in text
    assert read_worksheet(old).worksheet.answer("vision") == stored.worksheet.answer("vision")


def test_whoever_goes_on_in_a_file_of_version_1_is_told_once(
    plguide: Plguide, old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PLGUIDE_STATE", str(tmp_path / "state"))
    (tmp_path / "more.yaml").write_text("impact: {reflections: More.}", "utf-8")
    command = ("reflect", "--role", "coach", "-o", old, "--answers", tmp_path / "more.yaml")
    done = plguide(*command, "--resume")
    assert done.code == 0
    assert f"{old} was in worksheet format 1; saving makes it format 2" in done.err
    assert "format" not in plguide(*command, "--resume").err


def test_a_person_s_own_key_named_id_stays_theirs(old, tmp_path):
    stored = read_worksheet(old)
    save_worksheet(old, stored.worksheet, stored, tmp_path / "state")
    found = read_worksheet(old).worksheet
    assert found.extra == "id: a key of mine"
    assert found.id not in {"", "a key of mine"}


@pytest.mark.parametrize("number", ["2", '"2"', "'2'", '"1"', "1"])
def test_a_version_is_understood_as_number_or_text(number):
    text = VERSION_1.replace("plguide-worksheet: 1", f"plguide-worksheet: {number}")
    assert parse_worksheet(text).answer("vision").reflections == "We picture it together."


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("true", "there is no format `true`"),
        ("0", "there is no format `0`"),
        ("-3", "there is no format `-3`"),
        ("1.5", "there is no format `1.5`"),
        ("new", "there is no format `new`"),
        ("[1]", "there is no format"),
        ("", "has no `plguide-worksheet`"),
    ],
)
def test_what_is_no_version_is_refused_in_true_words(
    plguide: Plguide, old: Path, value: str, words: str
):
    old.write_text(VERSION_1.replace("plguide-worksheet: 1", f"plguide-worksheet: {value}"))
    before = old.read_bytes()
    done = plguide("status", old)
    assert done.code == 4
    assert words in done.err
    assert "plguide-worksheet" in done.err
    assert old.read_bytes() == before


# --- An id that lasts ---


def test_a_blank_worksheet_has_no_id_and_gets_one_with_its_first_words(tmp_path):
    file, state = tmp_path / "coach.md", tmp_path / "state"
    blank = save_worksheet(file, BLANK, None, state).stored
    assert blank.worksheet.id == ""
    first = save_worksheet(file, answered("vision", "Words."), blank, state).stored
    assert len(first.worksheet.id) == 16
    more = answered("impact", "More.", sheet=first.worksheet)
    second = save_worksheet(file, more, first, state).stored
    assert second.worksheet.id == first.worksheet.id
    assert read_worksheet(file).worksheet.id == first.worksheet.id


def test_two_worksheets_have_different_ids(tmp_path):
    ids = set()
    for name in ("a.md", "b.md"):
        sheet = answered("vision", "Words.")
        ids.add(save_worksheet(tmp_path / name, sheet, None, tmp_path / "s").stored.worksheet.id)
    assert len(ids) == 2


def test_an_id_that_an_editor_took_out_comes_back_with_the_next_save(tmp_path):
    file, state = tmp_path / "coach.md", tmp_path / "state"
    first = save_worksheet(file, answered("vision", "Words."), None, state).stored
    rows = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(row for row in rows if not row.startswith("plguide-id")), "utf-8")
    more = answered("impact", "More.", sheet=first.worksheet)
    assert save_worksheet(file, more, first, state).stored.worksheet.id == first.worksheet.id


def test_a_merge_names_all_that_went_into_it_and_its_id_follows_from_them():
    sheets = [
        replaced(answered("vision", text), id=text.lower(), participants=(text,))
        for text in ("Ana", "Ben", "Cleo")
    ]
    named = [(sheet.id, sheet) for sheet in sheets]
    whole = gather(named)
    assert whole.merged == ("ana", "ben", "cleo")
    assert whole.id not in {"", *whole.merged}
    assert gather(reversed(named)) == whole
    stepwise = gather([("x", gather(named[:2])), named[2]])
    assert (stepwise.id, stepwise.merged) == (whole.id, whole.merged)
    assert gather([("x", whole), named[0]]) == whole


# --- Several roles in one worksheet ---


def for_a_standard() -> Worksheet:
    """A worksheet for a standard, in which two roles have a question of one id."""
    return Worksheet(
        framework="standards-for-professional-learning",
        standards=("evidence",),
        title="Evidence",
        answers=(
            Answer(role="coach", question="impact", wording="What comes of coaching?"),
            Answer(role="principal", question="impact", wording="What comes of it in school?"),
        ),
    )


def saying(key: str, text: str, *steps: FirstStep) -> Worksheet:
    sheet = for_a_standard()
    answer = replaced(sheet.answer(key), reflections=text, first_steps=steps)
    return sheet.with_answer(answer)


def test_questions_of_one_id_are_kept_apart_by_their_roles():
    sheet = saying("principal/impact", "In school.", FirstStep(text="Visit"))
    assert parse_worksheet(format_worksheet(sheet)) == sheet
    assert not sheet.answer("coach/impact").answered
    coach = saying("coach/impact", "In coaching.")
    merged = merge_versions(for_a_standard(), sheet, coach).worksheet
    assert merged.answer("principal/impact").reflections == "In school."
    assert merged.answer("coach/impact").reflections == "In coaching."
    gathered = gather([("Ana", sheet), ("Ben", coach)])
    assert "In school." in gathered.answer("principal/impact").reflections
    assert "In school." not in gathered.answer("coach/impact").reflections
    (change,) = changes(for_a_standard(), sheet)
    assert change.question == "principal/impact"


def test_a_plan_and_an_export_name_the_role_whose_question_it_is(plguide: Plguide, tmp_path: Path):
    sheet = saying("principal/impact", "In school.", FirstStep(text="Visit", due="2030-01-01"))
    file = written(tmp_path / "evidence.md", sheet)
    for command in (("plan", file, "--format", "json"), ("export", file, "--to", "jsonl")):
        done = plguide(*command)
        assert done.code == 0
        assert '"role": "principal"' in done.out
    assert "Visit" in plguide("plan", file, "--role", "principal").out
    assert "Visit" not in plguide("plan", file, "--role", "coach").out


def test_worksheets_for_different_standards_are_not_merged(plguide, tmp_path):
    sheets = for_a_standard(), replaced(for_a_standard(), standards=("resources",))
    files = [written(tmp_path / f"{n}.md", each) for n, each in enumerate(sheets)]
    assert plguide("merge", *map(str, files)).code == 4


def test_a_worksheet_for_neither_a_role_nor_a_standard_is_refused():
    text = format_worksheet(for_a_standard()).replace("plguide-standards:\n  - evidence\n", "")
    with pytest.raises(NotAWorksheet, match="names no role"):
        parse_worksheet(text)


# --- Room for what comes ---


def test_sections_before_and_after_the_questions_are_kept(tmp_path):
    sheet = replaced(
        answered("vision", "Words."),
        before=(Section(name="in-view", heading="In view", text="- Know the *students*"),),
        after=(Section(name="parking-lot", heading="Parking lot", text="Ask Dana.\n\n# Really"),),
    )
    assert parse_worksheet(format_worksheet(sheet)) == sheet
    theirs = replaced(sheet, after=(replaced(sheet.after[0], text="Ask Dana.\n\nAnd Lee."),))
    assert merge_versions(sheet, sheet, theirs).worksheet.after == theirs.after
    assert merge_versions(sheet, replaced(sheet, before=()), sheet).worksheet.before == ()


def test_each_heading_of_a_section_that_is_there_twice_is_kept():
    one, two = (
        replaced(
            answered("vision", "Words."), after=(Section(name="plan", heading=head, text=text),)
        )
        for head, text in (("Norms we agreed on", "Listen."), ("Budget", "Ask Dana."))
    )
    added = "\n<!-- after: plan -->\n\n## Budget\n\nAsk Dana.\n"
    (section,) = parse_worksheet(format_worksheet(one) + added).after
    assert (section.heading, section.text) == (
        "Norms we agreed on",
        "Listen.\n\nBudget\n\nAsk Dana.",
    )
    (section,) = gather([("Ana", one), ("Ben", two)]).after
    assert section.heading == "Budget"
    assert "Norms we agreed on\n\nListen." in section.text
    assert "Ask Dana." in section.text


def test_headings_of_parts_that_are_all_reworded_stay_headings():
    blank = format_worksheet(BLANK)
    in_body = blank.replace("### Reflections", "### Our thoughts")
    in_front = blank.replace("  - Reflections", "  - Our thoughts")
    assert in_body != blank != in_front
    for text in (in_body, in_front):
        sheet = parse_worksheet(text)
        assert not sheet.has_words
        assert sheet.columns[0] == "Our thoughts"
        assert "### Our thoughts" in format_worksheet(sheet)


def test_a_heading_that_one_answer_begins_with_is_part_of_it():
    text = format_worksheet(BLANK).replace("### Reflections", "### Our thoughts", 1)
    assert parse_worksheet(text).answers[0].reflections == "### Our thoughts"


def test_a_part_that_this_version_does_not_know_is_kept_as_a_note():
    text = format_worksheet(answered("vision", "Words.")).replace(
        "<!-- first-steps: coach/vision -->",
        "<!-- levels: coach/vision -->\n\n### Where we are\n\nStarting.\n\n"
        "<!-- first-steps: coach/vision -->",
    )
    answer = parse_worksheet(text).answer("vision")
    assert answer.reflections == "Words."
    assert answer.notes == "### Where we are\n\nStarting."
    assert parse_worksheet(format_worksheet(parse_worksheet(text))).answer("vision") == answer


@pytest.mark.parametrize("comment", ["<!-- todo: later -->", "<!-- see: coach/impact -->"])
def test_a_comment_of_one_s_own_is_part_of_the_text(comment):
    text = format_worksheet(answered("vision", "Before.\nAfter."))
    answer = parse_worksheet(text.replace("Before.\n", f"Before.\n{comment}\n")).answer("vision")
    assert answer.reflections == f"Before.\n{comment}\nAfter."
    assert answer.notes == ""


def test_a_comment_of_one_s_own_above_the_questions_is_no_question():
    text = format_worksheet(BLANK).replace(
        "<!-- question: ", "<!-- todo: later -->\n\n<!-- question: ", 1
    )
    sheet = parse_worksheet(text)
    assert [answer.key for answer in sheet.answers] == [answer.key for answer in BLANK.answers]
    assert "<!-- todo: later -->" in sheet.preface
