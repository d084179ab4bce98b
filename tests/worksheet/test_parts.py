"""Every part of an answer and every field of a step goes everywhere: none is forgotten on the way.

Each value is a word that is found nowhere else, so that what leaves it out is named by the test.
"""

import csv
import io
import json
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pl_guide.content.loading import load_library
from pl_guide.export.registry import FORMATS
from pl_guide.model import ReflectionTable
from pl_guide.records import fields_of, into_json, into_plain, replaced
from pl_guide.session.protocol import Prompt, Reply
from pl_guide.session.reflection import Session
from pl_guide.worksheet.answers_file import PreparedAnswer
from pl_guide.worksheet.combine import gather
from pl_guide.worksheet.diff import changes
from pl_guide.worksheet.format.markdown import (
    format_answers,
    format_worksheet,
    parse_worksheet,
)
from pl_guide.worksheet.model import Answer, FirstStep, Worksheet, blank_worksheet
from pl_guide.worksheet.parts import (
    ANSWER_PARTS,
    ASKED_PARTS,
    STATES,
    STEP_FIELDS,
    AnswerPart,
    StepField,
)
from pl_guide.worksheet.three_way import merge_versions
from support.coach_files import BLANK, answered, read, written
from support.program import Plguide

BRIEF = {"text", "state", "owner", "due"}
"""What a page shows of a step in a line."""

DAY = "2031-03-17"
"""A due date, which calendars and the report need."""

every_field = pytest.mark.parametrize("field", STEP_FIELDS, ids=lambda field: field.name)
every_part = pytest.mark.parametrize("part", ANSWER_PARTS, ids=lambda part: part.name)


def value_of(field: StepField) -> object:
    """Give a field a value of its own."""
    if field.name == "due":
        return DAY
    word = words_of(field)
    values = {"state": "dropped", "lines": (f"2030-01-01, done: {word}",)}
    return values.get(field.kind, word)


def words_of(field: StepField) -> str:
    """Give the word by which a field's value is found."""
    word = f"zq{field.name.replace('_', '')}"
    return {"state": "dropped", "due": DAY}.get(field.name, word)


WHOLE = FirstStep(**{field.name: value_of(field) for field in STEP_FIELDS})
BARE = FirstStep(text=WHOLE.text)


def with_field(field: StepField) -> FirstStep:
    """Give a step with a value in one field, besides what it is."""
    return replaced(BARE, **{field.name: value_of(field)})


def value_of_part(part: AnswerPart) -> object:
    return (WHOLE,) if part.kind == "steps" else f"zq{part.name} of it"


def whole_sheet() -> Worksheet:
    parts = {part.name: value_of_part(part) for part in ANSWER_PARTS}
    return BLANK.with_answer(replaced(BLANK.answer("vision"), **parts))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setattr("pl_guide.clock.today", lambda: date(2031, 1, 1))
    written(tmp_path / "work" / "coach.md", whole_sheet())
    return tmp_path / "work"


# --- The table has a row for all there is ---


def test_the_table_of_fields_is_what_a_step_is_made_of():
    names = [field.name for field in STEP_FIELDS]
    assert names == [field.name for field in fields_of(FirstStep)]
    assert len({field.label for field in STEP_FIELDS}) == len(names)
    assert len({field.column for field in STEP_FIELDS}) == len(names)


def test_the_table_of_parts_is_what_an_answer_is_made_of():
    own = {"question", "wording", "role"}
    names = {field.name for field in fields_of(Answer)} - own
    assert {part.name for part in ANSWER_PARTS} == names
    assert {field.name for field in fields_of(PreparedAnswer)} == names
    assert {part.name for part in ASKED_PARTS} <= {each.name for each in fields_of(ReflectionTable)}


def test_every_state_has_its_box_and_its_words():
    assert len({form.box for form in STATES.values()}) == len(STATES)
    assert len({form.sign for form in STATES.values()}) == len(STATES)


# --- In files, and from version to version ---


@every_field
def test_a_field_is_in_the_file_and_read_back(field):
    sheet = answered("vision", "", with_field(field))
    assert parse_worksheet(format_worksheet(sheet)) == sheet


@every_part
def test_a_part_is_in_the_file_and_read_back(part):
    sheet = BLANK.with_answer(replaced(BLANK.answer("vision"), **{part.name: value_of_part(part)}))
    assert parse_worksheet(format_worksheet(sheet)) == sheet


@every_field
def test_a_field_that_only_the_other_side_filled_survives_a_three_way_merge(field):
    base, theirs = (answered("vision", "", step) for step in (BARE, with_field(field)))
    ours = answered("impact", "Ours.", sheet=base)
    merged = merge_versions(base, ours, theirs).worksheet.answer("vision")
    assert merged.first_steps == (with_field(field),)


@every_part
def test_a_part_that_only_the_other_side_filled_survives_a_three_way_merge(part):
    theirs = BLANK.with_answer(replaced(BLANK.answer("vision"), **{part.name: value_of_part(part)}))
    merged = merge_versions(BLANK, answered("impact", "Ours."), theirs).worksheet
    assert merged.answer("vision") == theirs.answer("vision")


@every_field
def test_merging_colleagues_keeps_what_each_says_of_a_step(field):
    sheets = [answered("vision", "", step) for step in (BARE, with_field(field))]
    gathered = gather(zip(("Ana", "Ben"), sheets, strict=True)).answer("vision")
    assert with_field(field) in gathered.first_steps


@every_part
def test_merging_colleagues_keeps_a_part_that_only_one_has(part):
    one = BLANK.with_answer(replaced(BLANK.answer("vision"), **{part.name: value_of_part(part)}))
    gathered = gather([("Ana", one), ("Ben", answered("impact", "More."))])
    assert f"zq{part.name}" in into_json(into_plain(gathered)) or part.kind == "steps"
    assert part.kind != "steps" or WHOLE in gathered.answer("vision").first_steps


@pytest.mark.parametrize(
    "field", [each for each in STEP_FIELDS if each.kind != "action"], ids=lambda field: field.name
)
def test_a_difference_names_the_field_and_its_new_value(field):
    (change,) = changes(answered("vision", "", BARE), answered("vision", "", with_field(field)))
    (step,) = change.steps
    values = [after for name, _, after in step.details if name == field.label.casefold()]
    assert len(values) == 1
    assert words_of(field) in values[0]


@every_part
def test_a_difference_tells_of_each_part(part):
    new = BLANK.with_answer(replaced(BLANK.answer("vision"), **{part.name: value_of_part(part)}))
    found = into_json(into_plain(changes(BLANK, new)))
    assert ("zqtext" if part.kind == "steps" else f"zq{part.name}") in found


# --- Asked for ---


class Silent:
    """A person who leaves every field empty, and finishes at the review."""

    keep = None

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str]] = []

    def ask_text(self, prompt: Prompt) -> Reply:
        self.asked.append((prompt.question.id, prompt.field, prompt.label))
        return Reply("accept", prompt.text)

    def ask_review(self, _states: object) -> Reply:
        return Reply("accept")

    def tell(self, _text: str) -> None:
        pass


class Shelf:
    """A keeper for whom nothing is written."""

    def clear_draft(self, _question: str, _field: str) -> None:
        pass


def test_a_session_asks_for_each_part_of_each_answer_under_its_own_heading():
    library = load_library()
    coach, columns = library.role("coach"), [f"Heading of {part.name}" for part in ASKED_PARTS]
    blank = replaced(blank_worksheet(library.framework, coach), columns=tuple(columns))
    person = Silent()
    today = date(2031, 1, 1)
    assert Session(library, coach, blank, person, Shelf(), today=today, now=lambda: "").run()
    assert person.asked == [
        (question.id, part.name, f"Heading of {part.name}")
        for question in coach.questions
        for part in ASKED_PARTS
    ]


def test_a_blank_table_has_room_for_each_part_under_its_own_heading(plguide):
    done = plguide("worksheet", "--role", "coach", "--layout", "table")
    (head,) = (row for row in done.out.split("\n") if row.startswith("| Question"))
    headings = [getattr(ReflectionTable(), part.name) for part in ASKED_PARTS]
    assert [cell.strip() for cell in head.strip("|").split("|")] == ["Question", *headings]


# --- Out of the program, and in again ---


def shown(plguide: Plguide, *arguments: str) -> str:
    done = plguide(*arguments)
    assert done.code == 0, done.err
    return done.out


@every_field
@pytest.mark.parametrize("kind", ["csv", "json", "ics"])
def test_a_field_is_in_every_kind_of_plan(plguide, folder, field, kind):
    text = re.sub(r"\r?\n ", "", shown(plguide, "plan", "--format", kind))
    wanted = {"due": DAY.replace("-", ""), "state": "CANCELLED"} if kind == "ics" else {}
    assert wanted.get(field.name, words_of(field)) in text


@every_field
def test_a_plan_s_page_shows_what_a_step_says_in_a_line(plguide, folder, field):
    page = shown(plguide, "plan")
    assert (words_of(field) in page.casefold()) == (field.name in BRIEF)


def exported(plguide: Plguide, kind: str, *options: str) -> str:
    """Export the worksheet, and give all text that the file holds, dates as ISO dates."""
    if not FORMATS[kind].binary:
        return shown(plguide, "export", "coach.md", "--to", kind, *options).casefold()
    shown(plguide, "export", "coach.md", "--to", kind, "-o", "out", "--force", *options)
    if kind == "xlsx":
        sheets = load_workbook(io.BytesIO(Path("out").read_bytes())).worksheets
        cells = [str(cell.value) for sheet in sheets for row in sheet for cell in row]
        return "\n".join(cells).casefold()
    with zipfile.ZipFile("out") as packed:
        return packed.read("word/document.xml").decode().casefold()


@every_field
@pytest.mark.parametrize("kind", list(FORMATS))
def test_a_field_is_in_every_export_and_only_private_ones_are_left_out_of_what_is_shared(
    plguide, folder, field, kind
):
    assert words_of(field) in exported(plguide, kind)
    assert (words_of(field) in exported(plguide, kind, "--share")) != field.private


@every_part
@pytest.mark.parametrize("kind", list(FORMATS))
def test_a_part_is_in_every_export_and_only_private_ones_are_left_out_of_what_is_shared(
    plguide, folder, part, kind
):
    word = "zqtext" if part.kind == "steps" else f"zq{part.name} of it"
    assert word in exported(plguide, kind)
    assert (word in exported(plguide, kind, "--share")) != part.private


def test_both_tables_of_steps_have_the_same_columns_for_a_step(plguide, folder):
    commands = (("plan", "--format", "csv"), ("export", "coach.md", "--to", "csv"))
    heads = [next(csv.reader(io.StringIO(shown(plguide, *command)))) for command in commands]
    for field in STEP_FIELDS:
        assert all(field.column in head for head in heads)


@every_field
def test_the_report_shows_what_a_step_says_in_a_line_and_nothing_private(plguide, folder, field):
    sheet = read(Path("coach.md"))
    written(Path("coach.md"), opened(sheet))
    page = shown(plguide, "report", "coach.md")
    assert not field.private or words_of(field) not in page
    if field.name in BRIEF and field.kind != "state":
        assert words_of(field) in page


def opened(sheet: Worksheet) -> Worksheet:
    """Give a worksheet whose steps are open: the report lists no others."""
    answer = sheet.answer("vision")
    steps = tuple(replaced(step, state="open") for step in answer.first_steps)
    return sheet.with_answer(replaced(answer, first_steps=steps))


def test_a_file_of_answers_takes_all_that_a_step_and_an_answer_hold(plguide, folder):
    sheet = read(Path("coach.md"))
    answer = into_plain(sheet.answer("vision"))
    given = {part.name: answer[part.name] for part in ANSWER_PARTS}
    Path("answers.yaml").write_text(json.dumps({"vision": given}), "utf-8")
    shown(plguide, "reflect", "--role", "coach", "-o", "new.md", "--answers", "answers.yaml")
    assert read(Path("new.md")).answer("vision") == sheet.answer("vision")


@every_field
def test_the_text_to_copy_when_a_save_fails_has_every_field(field):
    text = format_answers(whole_sheet())
    assert (f"[{STATES['dropped'].box}]" if field.kind == "state" else words_of(field)) in text


@every_part
def test_the_text_to_copy_when_a_save_fails_has_every_part(part):
    word = "zqtext" if part.kind == "steps" else f"zq{part.name} of it"
    assert word in format_answers(whole_sheet())
