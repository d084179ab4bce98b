"""The guide's table of one worksheet, as data that every layout shows in its own way; pure."""

import re

from pl_guide.library import Library
from pl_guide.model import Question, Role
from pl_guide.records import Record, replaced
from pl_guide.rich_text.markup import parse_line, parse_text
from pl_guide.rich_text.tree import Block, Run
from pl_guide.safe_text import one_line
from pl_guide.text import raised
from pl_guide.worksheet.model import Answer, FirstStep, Worksheet
from pl_guide.worksheet.parts import DETAIL_FIELDS, State

BOXES: dict[State, str] = {"open": "☐", "done": "☑", "dropped": "☒"}
STATES: dict[State, str] = {"open": "Open", "done": "Done", "dropped": "Dropped"}
NOTES = "Notes"
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})T[\d:]+")


class ShownStep(Record, frozen=True, kw_only=True):
    """A first step; `details` are what stands below it, each with its label."""

    state: State
    text: tuple[Run, ...]
    details: tuple[tuple[str, tuple[Run, ...]], ...] = ()
    notes: tuple[Block, ...] = ()


class Row(Record, frozen=True, kw_only=True):
    """A question and what was answered; `standards` are the titles of those it touches."""

    number: int
    question: str
    standards: tuple[str, ...] = ()
    reflections: tuple[Block, ...] = ()
    notes: tuple[Block, ...] = ()
    steps: tuple[ShownStep, ...] = ()


class GuideTable(Record, frozen=True, kw_only=True):
    """A worksheet laid out as the guides do it.

    `facts` say who, when and what on; `colophon` whose work it rests on. Where the worksheet is to
    be shared there is no column for reflections, and `shared` says so.
    """

    title: str
    participants: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    preface: tuple[Block, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    colophon: tuple[str, ...]
    shared: bool
    language: str = "en"


def without_reflections(worksheet: Worksheet) -> Worksheet:
    """Give a worksheet's questions and first steps alone, to be shared."""
    answers = []
    for answer in worksheet.answers:
        steps = tuple(replaced(step, notes="") for step in answer.first_steps)
        answers.append(replaced(answer, reflections="", notes="", first_steps=steps))
    return replaced(worksheet, preface="", extra="", answers=tuple(answers))


def guide_table(worksheet: Worksheet, library: Library, *, share: bool = False) -> GuideTable:
    """Lay out a worksheet; of an unknown framework or role too, then without its standards."""
    if share:
        worksheet = without_reflections(worksheet)
    question, reflections, steps = column_names(worksheet, library)
    return GuideTable(
        title=one_line(worksheet.heading or f"{worksheet.title}: first actions"),
        participants=tuple(one_line(each) for each in worksheet.participants),
        facts=tuple((label, one_line(text)) for label, text in _facts(worksheet, library) if text),
        preface=parse_text(worksheet.preface),
        columns=(question, steps) if share else (question, reflections, steps),
        rows=tuple(
            _row(number, answer, _standards(answer.question, worksheet, library))
            for number, answer in enumerate(worksheet.answers, 1)
        ),
        colophon=_colophon(worksheet, library) if _known(worksheet, library) else (),
        shared=share,
        language=library.framework.language if _known(worksheet, library) else "en",
    )


def column_names(worksheet: Worksheet, library: Library) -> tuple[str, str, str]:
    """Give the names of the table's columns: the framework's noun, and the worksheet's own two."""
    noun = library.framework.terms.question.one if _known(worksheet, library) else "question"
    reflections, steps = (one_line(each) for each in worksheet.columns)
    return one_line(raised(noun)), reflections, steps


def _standards(question: str, worksheet: Worksheet, library: Library) -> tuple[str, ...]:
    """Give the titles of the standards that a question touches; none if it is unknown."""
    asked = _question(question, worksheet, library)
    found = library.standards_of(asked.standards) if asked else ()
    return tuple(one_line(each.title) for each in found)


def _question(question: str, worksheet: Worksheet, library: Library) -> Question | None:
    role = _role(worksheet, library)
    asked = role.questions if role else ()
    return next((each for each in asked if each.id == question), None)


def _role(worksheet: Worksheet, library: Library) -> Role | None:
    if not _known(worksheet, library):
        return None
    return next((role for role in library.roles if role.id == worksheet.role), None)


def _known(worksheet: Worksheet, library: Library) -> bool:
    return worksheet.framework == library.framework.id


def _facts(worksheet: Worksheet, library: Library) -> list[tuple[str, str]]:
    framework = library.framework.title if _known(worksheet, library) else worksheet.framework
    return [
        ("Participants", "; ".join(worksheet.participants)),
        ("Started", _DATED.sub(r"\1", worksheet.started)),
        ("Last change", _DATED.sub(r"\1", worksheet.updated)),
        ("Guide", ", ".join(filter(None, [worksheet.title, framework, worksheet.edition]))),
    ]


def _colophon(worksheet: Worksheet, library: Library) -> tuple[str, ...]:
    """Say what the text rests on; a worksheet's own remark on its role isn't said twice."""
    framework, role = library.framework, _role(worksheet, library)
    basis = one_line(role.basis.note) if role and role.basis else ""
    notes = [
        "" if basis in worksheet.preface else basis,
        one_line(framework.attribution or ""),
        one_line(framework.independence or ""),
    ]
    return tuple(filter(None, notes))


def _row(number: int, answer: Answer, standards: tuple[str, ...]) -> Row:
    return Row(
        number=number,
        question=one_line(answer.wording or answer.question),
        standards=standards,
        reflections=parse_text(answer.reflections),
        notes=parse_text(answer.notes),
        steps=tuple(map(_step, answer.first_steps)),
    )


def _step(step: FirstStep) -> ShownStep:
    details = []
    for field in DETAIL_FIELDS:
        value = getattr(step, field.name)
        details += [(field.label, line) for line in (value if field.kind == "lines" else [value])]
    return ShownStep(
        state=step.state,
        text=parse_line(step.text),
        details=tuple((label, parse_line(text)) for label, text in details if text),
        notes=parse_text(step.notes),
    )
