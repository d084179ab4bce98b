"""Worksheets as rows: plain data for each question, and the cells of each of its steps; pure."""

from collections.abc import Iterable
from typing import Any

from pl_guide.records import into_plain
from pl_guide.surveys.plan import Touched
from pl_guide.surveys.rows import STEP_COLUMNS, cell
from pl_guide.worksheet.model import Worksheet
from pl_guide.worksheet.parts import ANSWER_PARTS, STEP_FIELDS

PARTS = sorted(ANSWER_PARTS, key=lambda part: not part.asked)
PRIVATE_FIELDS = [field.name for field in STEP_FIELDS if field.private]
PRIVATE_COLUMNS = {
    *(part.name for part in PARTS if part.private),
    *(field.column for field in STEP_FIELDS if field.private),
}
WORKSHEET = ("framework", "edition", "role", "title", "participants", "started", "updated")
WHERE = ("file", *WORKSHEET, "question", "wording", "standards")
ANSWER = ("answered", *(part.name for part in PARTS if part.kind == "text"))
COLUMNS = (*WHERE, *ANSWER, *STEP_COLUMNS)

QuestionRow = dict[str, Any]


def question_rows(
    file: str, worksheet: Worksheet, *, touched: Touched, share: bool
) -> list[QuestionRow]:
    """Return what there is to each question, under the names of the columns and `first_steps`.

    `standards` are ids. A shared one lacks what is private; its `answered` still tells whether
    anything was written.
    """
    same = {"file": file} | {name: getattr(worksheet, name) for name in WORKSHEET}
    parts = kept((part.name for part in PARTS), share=share)
    rows = []
    for answer in worksheet.answers:
        role = worksheet.role_of(answer)
        row = same | {
            "role": role,
            "question": answer.question,
            "wording": answer.wording,
            "standards": touched.get((worksheet.framework, role, answer.question), ()),
            "answered": answer.answered,
        }
        row |= {name: into_plain(getattr(answer, name)) for name in parts}
        for step in row["first_steps"] if share else ():
            for name in PRIVATE_FIELDS:
                del step[name]
        rows.append(row)
    return rows


def kept(names: Iterable[str], *, share: bool) -> list[str]:
    """Return names of columns, each once, without those of private text where it is shared."""
    return [name for name in dict.fromkeys(names) if not (share and name in PRIVATE_COLUMNS)]


def step_cells(row: QuestionRow) -> list[dict[str, str]]:
    """Return what is in the columns for each first step of a question, or once without any."""
    shown = {name: cell(value) for name, value in row.items() if name != "first_steps"}
    return [
        shown | {column: cell(step.get(name, "")) for column, name in STEP_COLUMNS.items()}
        for step in row["first_steps"] or [{}]
    ]
