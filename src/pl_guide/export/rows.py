"""Worksheets as rows for other programs: CSV and JSON Lines; pure.

A file's rows stand by themselves, so that those of any number of worksheets make one table.
"""

import csv
import io
import json
import re
from collections.abc import Iterator

from pl_guide.export.table import standards_of, without_reflections
from pl_guide.library import Library
from pl_guide.records import Record, into_plain
from pl_guide.render.safe_text import one_line, visible
from pl_guide.worksheet.reflection import Answer, FirstStep, Worksheet

STEP_COLUMNS = {
    "first_step": "text", "state": "state", "owner": "owner", "due": "due",
    "resources": "resources", "evidence": "evidence", "history": "history", "step_notes": "notes",
}  # fmt: skip
PRIVATE = ("reflections", "notes")
PRIVATE_COLUMNS = (*PRIVATE, "step_notes")
COLUMNS = (
    "file", "framework", "edition", "role", "title", "participants", "started", "updated",
    "question", "wording", "standards", "answered", "reflections", "notes", *STEP_COLUMNS,
)  # fmt: skip

# A spreadsheet takes a cell that begins like this for a formula, full-width signs included.
_FORMULA = re.compile("[\\s\0-\x1f]*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")
# Characters that JSON may hold as they are, and terminals or readers of lines trip over.
_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u2028\u2029\u202d\u202e\ufffe\uffff\ud800-\udfff]")


class QuestionRow(Record, frozen=True, kw_only=True):
    """A question of one worksheet, and what was answered; `standards` are ids."""

    file: str
    framework: str
    edition: str
    role: str
    title: str
    participants: tuple[str, ...]
    started: str
    updated: str
    question: str
    wording: str
    standards: tuple[str, ...]
    answered: bool
    reflections: str
    first_steps: tuple[FirstStep, ...]
    notes: str


def question_rows(
    file: str, worksheet: Worksheet, library: Library, *, share: bool = False
) -> Iterator[QuestionRow]:
    """Give a row for each question of a worksheet; `answered` is told of shared ones too."""
    kept = without_reflections(worksheet) if share else worksheet
    for answer, original in zip(kept.answers, worksheet.answers, strict=True):
        ids = [each for each, _ in standards_of(answer.question, worksheet, library)]
        yield _question_row(file, kept, answer, tuple(ids), answered=original.answered)


def _question_row(
    file: str, worksheet: Worksheet, answer: Answer, standards: tuple[str, ...], *, answered: bool
) -> QuestionRow:
    return QuestionRow(
        file=file,
        framework=worksheet.framework,
        edition=worksheet.edition,
        role=worksheet.role,
        title=worksheet.title,
        participants=worksheet.participants,
        started=worksheet.started,
        updated=worksheet.updated,
        question=answer.question,
        wording=answer.wording,
        standards=standards,
        answered=answered,
        reflections=answer.reflections,
        first_steps=answer.first_steps,
        notes=answer.notes,
    )


def csv_header(*, share: bool = False) -> str:
    """Write the names of the columns, as CSV."""
    return _csv(name for name in COLUMNS if not (share and name in PRIVATE_COLUMNS))


def csv_rows(row: QuestionRow, *, share: bool = False) -> str:
    """Write a question as CSV: a row for each of its first steps, or one if it has none."""
    fields = into_plain(row)
    written = []
    for step in fields.pop("first_steps") or [{}]:
        cells = fields | {column: step.get(name, "") for column, name in STEP_COLUMNS.items()}
        written.append(
            _csv(
                harmless(_cell(cells[name]))
                for name in COLUMNS
                if not (share and name in PRIVATE_COLUMNS)
            )
        )
    return "".join(written)


def json_line(row: QuestionRow, *, share: bool = False) -> str:
    """Write a question as a line of JSON; a shared one has no keys for reflections and notes."""
    fields = into_plain(row)
    if share:
        for name in PRIVATE:
            del fields[name]
        for step in fields["first_steps"]:
            del step["notes"]
    line = json.dumps(fields, ensure_ascii=False)
    return _UNSAFE_IN_JSON.sub(lambda found: f"\\u{ord(found.group()):04x}", line) + "\n"


def harmless(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return "; ".join(one_line(str(each)) for each in value)
    return visible(str(value))


def _csv(cells: Iterator[str]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerow(list(cells))
    return stream.getvalue()
