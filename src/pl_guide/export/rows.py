"""Worksheets as rows: plain data for each question, and the cells of each of its steps; pure."""

from collections.abc import Iterable
from typing import Any

from pl_guide.export.table import without_reflections
from pl_guide.records import into_plain
from pl_guide.render.safe_text import one_line
from pl_guide.surveys.plan import Touched
from pl_guide.worksheet.model import Worksheet

STEP_COLUMNS = {
    "first_step": "text", "state": "state", "owner": "owner", "due": "due",
    "resources": "resources", "evidence": "evidence", "history": "history", "step_notes": "notes",
}  # fmt: skip
PRIVATE = ("reflections", "notes")
PRIVATE_COLUMNS = (*PRIVATE, "step_notes")
WORKSHEET = ("framework", "edition", "role", "title", "participants", "started", "updated")
WHERE = ("file", *WORKSHEET, "question", "wording", "standards")
ANSWER = ("answered", "reflections", "notes")
COLUMNS = (*WHERE, *ANSWER, *STEP_COLUMNS)

QuestionRow = dict[str, Any]


def question_rows(
    file: str, worksheet: Worksheet, *, touched: Touched, share: bool
) -> list[QuestionRow]:
    """Return what there is to each question, under the names of the columns and `first_steps`.

    `standards` are ids. Of a shared one, `answered` still tells whether anything was written.
    """
    shown = without_reflections(worksheet) if share else worksheet
    same = {"file": file} | {name: getattr(worksheet, name) for name in WORKSHEET}
    return [
        same
        | {
            "question": answer.question,
            "wording": answer.wording,
            "standards": touched.get((worksheet.framework, worksheet.role, answer.question), ()),
            "answered": original.answered,
            "reflections": answer.reflections,
            "first_steps": into_plain(answer.first_steps),
            "notes": answer.notes,
        }
        for answer, original in zip(shown.answers, worksheet.answers, strict=True)
    ]


def kept(names: Iterable[str], *, share: bool) -> list[str]:
    """Return names of columns, each once, without those of private text where it is shared."""
    return [name for name in dict.fromkeys(names) if not (share and name in PRIVATE_COLUMNS)]


def step_cells(row: QuestionRow) -> list[dict[str, str]]:
    """Return what is in the columns for each first step of a question, or once without any."""
    shown = {name: _cell(value) for name, value in row.items() if name != "first_steps"}
    return [
        shown | {column: _cell(step.get(name, "")) for column, name in STEP_COLUMNS.items()}
        for step in row["first_steps"] or [{}]
    ]


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return "; ".join(one_line(str(part)) for part in value)
    return str(value)
