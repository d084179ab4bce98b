"""Worksheets as rows: a row for each question, and the cells of each of its steps; pure."""

from collections.abc import Iterable, Iterator

from pl_guide.export.table import without_reflections
from pl_guide.records import Record, into_plain
from pl_guide.render.safe_text import one_line
from pl_guide.surveys.plan import Touched
from pl_guide.worksheet.model import Answer, FirstStep, Worksheet

STEP_COLUMNS = {
    "first_step": "text", "state": "state", "owner": "owner", "due": "due",
    "resources": "resources", "evidence": "evidence", "history": "history", "step_notes": "notes",
}  # fmt: skip
PRIVATE = ("reflections", "notes")
PRIVATE_COLUMNS = (*PRIVATE, "step_notes")
WHERE = (
    "file", "framework", "edition", "role", "title", "participants", "started", "updated",
    "question", "wording", "standards",
)  # fmt: skip
ANSWER = ("answered", "reflections", "notes")
COLUMNS = (*WHERE, *ANSWER, *STEP_COLUMNS)


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
        ids = touched.get((worksheet.framework, worksheet.role, answer.question), ())
        yield _question_row(file, kept, answer, ids, answered=original.answered)


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


def kept(names: Iterable[str], *, share: bool) -> list[str]:
    """Give names of columns, each once, without those of private text where it is shared."""
    return [name for name in dict.fromkeys(names) if not (share and name in PRIVATE_COLUMNS)]


def step_cells(row: QuestionRow) -> list[dict[str, str]]:
    """Give what stands in the columns for each first step of a question, or once without any."""
    fields = into_plain(row)
    steps = fields.pop("first_steps") or [{}]
    shown = {name: _cell(value) for name, value in fields.items()}
    return [
        shown | {column: _cell(step.get(name, "")) for column, name in STEP_COLUMNS.items()}
        for step in steps
    ]


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return "; ".join(one_line(str(each)) for each in value)
    return str(value)
