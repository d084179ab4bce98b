"""Worksheets as rows for other programs: CSV and JSON Lines; pure.

A file's rows stand by themselves, so that those of any number of worksheets make one table.
"""

import json
import re
from collections.abc import Iterator

from pl_guide.export.table import without_reflections
from pl_guide.records import Record, into_plain
from pl_guide.render.csv_text import render_rows
from pl_guide.safe_text import one_line
from pl_guide.surveys.plan import Touched
from pl_guide.worksheet.model import Answer, FirstStep, Worksheet

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
    file: str, worksheet: Worksheet, touched: Touched, *, share: bool = False
) -> Iterator[QuestionRow]:
    """Give a row for each question of a worksheet; `answered` is told of shared ones too."""
    kept = without_reflections(worksheet) if share else worksheet
    for answer, original in zip(kept.answers, worksheet.answers, strict=True):
        ids = touched.get((worksheet.framework, worksheet.role_of(answer), answer.question), ())
        yield _question_row(file, kept, answer, ids, answered=original.answered)


def _question_row(
    file: str, worksheet: Worksheet, answer: Answer, standards: tuple[str, ...], *, answered: bool
) -> QuestionRow:
    return QuestionRow(
        file=file,
        framework=worksheet.framework,
        edition=worksheet.edition,
        role=worksheet.role_of(answer),
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


def csv_header(*, share: bool) -> str:
    """Write the names of the columns, as CSV."""
    return render_rows([_columns(share=share)])


def csv_text(file: str, worksheet: Worksheet, *, touched: Touched, share: bool) -> str:
    """Write a worksheet as CSV: a row for each first step, or one for a question without any."""
    rows = []
    for row in question_rows(file, worksheet, touched, share=share):
        fields = into_plain(row)
        for step in fields.pop("first_steps") or [{}]:
            cells = fields | {column: step.get(name, "") for column, name in STEP_COLUMNS.items()}
            rows.append([_cell(cells[name]) for name in _columns(share=share)])
    return render_rows(rows)


def json_text(file: str, worksheet: Worksheet, *, touched: Touched, share: bool) -> str:
    """Write a worksheet as lines of JSON, one a question.

    Shared ones have no keys for reflections and notes.
    """
    lines = []
    for row in question_rows(file, worksheet, touched, share=share):
        fields = into_plain(row)
        if share:
            for part in (fields, *fields["first_steps"]):
                for name in PRIVATE:
                    part.pop(name, None)
        line = json.dumps(fields, ensure_ascii=False)
        lines.append(_UNSAFE_IN_JSON.sub(lambda found: f"\\u{ord(found.group()):04x}", line) + "\n")
    return "".join(lines)


def _columns(*, share: bool) -> list[str]:
    return [name for name in COLUMNS if not (share and name in PRIVATE_COLUMNS)]


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return "; ".join(one_line(str(each)) for each in value)
    return str(value)
