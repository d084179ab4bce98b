"""`plguide export --to xlsx`: what openpyxl and LibreOffice find in the file."""

import csv
import io
import re
import subprocess
from datetime import date, datetime

import openpyxl
import pytest

from pl_guide.records import replaced
from pl_guide.worksheet.model import FirstStep
from support.exports import (
    BLANK,
    COACH,
    HOSTILE,
    PRIVATE,
    SHARED,
    answering,
    worksheet,
    written,
)
from support.needs import needed


@pytest.fixture
def book(plguide, tmp_path):
    """Export worksheets to Excel, and open the file."""

    def run(*sheets, options=()):
        for number, sheet in enumerate(sheets):
            written(sheet, tmp_path / "sheets" / f"{number}.md")
        file = tmp_path / "out.xlsx"
        done = plguide(
            "export", tmp_path / "sheets", "--to", "xlsx", "-o", file, "--force", *options
        )
        assert (done.code, done.out) == (0, ""), done.err
        return openpyxl.load_workbook(file)

    return run


def rows(sheet) -> list[dict]:
    """A sheet's rows, under the names of its columns."""
    names, *found = sheet.iter_rows(values_only=True)
    return [dict(zip(names, values, strict=True)) for values in found]


def test_there_is_a_sheet_of_steps_and_one_of_answers_over_all_worksheets(book):
    steps = (FirstStep(text="Call", owner="Ana"), FirstStep(text="Visit", state="done"))
    found = book(answering("Thoughts", *steps), answering("", FirstStep(text="Ask")), BLANK)
    assert found.sheetnames == ["Steps", "Answers"]
    assert [(row["first_step"], row["owner"], row["state"]) for row in rows(found["Steps"])] == [
        ("Call", "Ana", "open"), ("Visit", None, "done"), ("Ask", None, "open"),
    ]  # fmt: skip
    answers = rows(found["Answers"])
    assert len(answers) == 3 * len(COACH.questions)
    assert (answers[0]["reflections"], answers[0]["answered"]) == ("Thoughts", "yes")
    assert answers[-1]["answered"] == "no"


def test_dates_are_dates_and_other_words_stay_words(book):
    dues = ("2026-12-01", "by spring", "2026-02-30", "0800-01-01", "20261201", "9999-12-31")
    sheet = answering("", *(FirstStep(text="2026-12-01", due=due) for due in dues))
    found = rows(book(sheet)["Steps"])
    assert [row["due"] for row in found] == [
        datetime(2026, 12, 1), *dues[1:5], datetime(9999, 12, 31),  # noqa: DTZ001
    ]  # fmt: skip
    assert found[0]["first_step"] == "2026-12-01"
    assert found[0]["started"] == datetime(2026, 9, 1, 15, 30)  # noqa: DTZ001


def test_the_names_stay_in_view_and_every_column_can_be_filtered_and_wraps(book):
    found = book(worksheet())
    for sheet in found:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet["A2"].alignment.wrap_text
        widths = [sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]]
        assert all(10 <= width <= 60 for width in widths)
    assert found["Steps"]["B2"].font.b is False
    assert found["Steps"]["B1"].font.b is True


@pytest.mark.parametrize(
    "text", [*HOSTILE.values(), "=1+1", "#N/A", "'=1", "007", "1e5", "TRUE"],
    ids=[*HOSTILE, "sum", "error", "quoted", "zeros", "exponent", "truth"],
)  # fmt: skip
def test_text_is_text_and_never_a_formula_a_number_or_an_error(book, text):
    step = FirstStep(text=text.replace("\n", " "), owner=text.replace("\n", " "))
    for sheet in book(worksheet(text), answering(text, step)):
        kinds = {cell.data_type for row in sheet for cell in row if cell.value is not None}
        assert kinds <= {"s", "d"}
        words = "\n".join(str(cell.value) for row in sheet for cell in row)
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e]", words)


def test_what_begins_as_a_formula_stays_text_when_it_is_edited(book):
    (row,) = book(answering("", FirstStep(text="=1+1", owner="Ana")))["Steps"].iter_rows(min_row=2)
    quoted = {cell.value: cell.quotePrefix for cell in row}
    assert (quoted["=1+1"], quoted["Ana"]) == (True, False)


def test_what_excel_would_read_as_a_letters_number_is_escaped(book):
    (row,) = rows(book(answering("", FirstStep(text="_x0041_")))["Steps"])
    assert row["first_step"] == "_x005F_x0041_"


def test_text_that_a_cell_cannot_hold_goes_on_below_and_counts_as_no_step(book):
    long = " ".join(f"word{number} 😀" for number in range(9000))
    found = book(answering(long, FirstStep(text="Call", notes=long), FirstStep(text="Ask")))
    steps, answers = rows(found["Steps"]), rows(found["Answers"])
    notes = "".join(row["step_notes"] or "" for row in steps)
    assert notes == long
    assert "".join(row["reflections"] or "" for row in answers) == long
    assert [row["first_step"] for row in steps if row["first_step"]] == ["Call", "Ask"]
    assert all(row["question"] == BLANK.answers[0].question for row in steps)


def test_a_shared_file_has_no_column_and_no_word_of_what_is_private(book):
    found = book(worksheet(), options=["--share"])
    words = {str(cell.value) for sheet in found for row in sheet for cell in row}
    assert not words & {"reflections", "notes", "step_notes"}
    assert not {word for word in PRIVATE if any(word in cell for cell in words)}
    kept = SHARED - {word for word in SHARED if any(word in cell for cell in words)}
    assert kept == set()


def test_many_worksheets_need_the_name_of_a_file(plguide, tmp_path):
    written(BLANK, tmp_path / "sheet.md")
    done = plguide("export", tmp_path, "--to", "xlsx")
    assert (done.code, done.out) == (2, "")
    assert "Name it with -o FILE" in done.err
    assert [each.name for each in tmp_path.iterdir()] == ["sheet.md"]


def test_a_file_of_one_worksheet_goes_beside_it(plguide, tmp_path):
    source = written(worksheet(), tmp_path / "our plan.md")
    assert plguide("export", source, "--to", "xlsx").code == 0
    assert len(rows(openpyxl.load_workbook(tmp_path / "our plan.xlsx")["Steps"])) == 3


def test_an_earlier_file_is_not_replaced_where_no_worksheet_is_found(plguide, tmp_path):
    (tmp_path / "empty").mkdir()
    for to in ("xlsx", "csv", "jsonl"):
        (tmp_path / f"out.{to}").write_text("Earlier.")
        plguide("export", tmp_path / "empty", "--to", to, "-o", tmp_path / f"out.{to}", "--force")
        assert (tmp_path / f"out.{to}").read_text() == "Earlier."


@pytest.mark.slow
def test_libreoffice_reads_the_same_words_and_dates(book, tmp_path):
    soffice = needed("soffice")
    hostile = "=1+1 _x0041_ \x1b[31m 😀"
    step = FirstStep(text=hostile, owner="#N/A", due="2026-12-01", notes="-2+3\n\nmore")
    book(replaced(answering("=SUM(1)", step), participants=("Ana",)))
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        [
            soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1",
            "--outdir", tmp_path, tmp_path / "out.xlsx",
        ],
        capture_output=True, check=True, timeout=180,
    )  # fmt: skip
    steps, answers = (
        [
            *csv.DictReader(
                io.StringIO((tmp_path / f"out-{name}.csv").read_text("utf-8"), newline="")
            )
        ]
        for name in ("Steps", "Answers")
    )
    assert len(steps) == 1
    assert steps[0]["first_step"] == "=1+1 _x0041_ ␛[31m 😀"
    assert (steps[0]["owner"], steps[0]["step_notes"]) == ("#N/A", "-2+3\n\nmore")
    assert date.fromisoformat(steps[0]["due"]) == date(2026, 12, 1)
    assert (answers[0]["reflections"], answers[0]["participants"]) == ("=SUM(1)", "Ana")
