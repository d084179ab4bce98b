"""The guide's table of one worksheet, as data that every layout shows in its own way; pure."""

import re
from collections.abc import Iterable
from typing import Any, assert_never

from pl_guide.library import Library
from pl_guide.records import Record, replaced
from pl_guide.rich_text import Block, Paragraph, Run, parse_line, parse_text
from pl_guide.safe_text import one_line
from pl_guide.surveys.plan import touched_standards
from pl_guide.text import raised
from pl_guide.worksheet.model import Answer, FirstStep, Section, Worksheet
from pl_guide.worksheet.parts import (
    ANSWER_PARTS,
    ASKED_PARTS,
    DETAIL_FIELDS,
    STATES,
    STEP_FIELDS,
    AnswerPart,
    PartKind,
)

_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})T[\d:]+")
_FIRST_TEXT = next(part for part in ASKED_PARTS if part.kind == "text")
_NO_ANSWER, _NO_STEP = Answer(question="", wording=""), FirstStep(text="")


class ShownStep(Record, frozen=True, kw_only=True):
    """A first step; `details` are what stands below it, each with its label."""

    sign: str
    state: str
    text: tuple[Run, ...]
    details: tuple[tuple[str, tuple[Run, ...]], ...] = ()
    notes: tuple[Block, ...] = ()


Cell = tuple[Block, ...] | tuple[ShownStep, ...]


class Row(Record, frozen=True, kw_only=True):
    """A question and what was answered, a cell for each part of the answer.

    `standards` are the titles of those it touches.
    """

    number: int
    question: str
    standards: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()


class GuideTable(Record, frozen=True, kw_only=True):
    """A worksheet laid out as the guides do it.

    `facts` say who, when and what on; `preface` and `closing` is text around the table; `colophon`
    says whose work it rests on. `kinds` are the kinds of the parts in the columns after the first.
    """

    title: str
    participants: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    preface: tuple[Block, ...]
    columns: tuple[str, ...]
    kinds: tuple[PartKind, ...]
    rows: tuple[Row, ...]
    closing: tuple[Block, ...]
    colophon: tuple[str, ...]
    language: str = "en"


def guide_table(worksheet: Worksheet, library: Library, *, share: bool = False) -> GuideTable:
    """Lay out a worksheet; of an unknown framework or role too, then without its standards.

    One that is shared has the parts and fields that aren't private.
    """
    shown = [part for part in ASKED_PARTS if not (share and part.private)]
    if share:
        worksheet = _without_private(worksheet)
    framework = library.framework
    known = worksheet.framework == framework.id
    question = one_line(raised(framework.terms.question.one if known else "question"))
    headings = dict(zip(ASKED_PARTS, map(one_line, worksheet.columns), strict=True))
    guide = [worksheet.title, framework.title if known else worksheet.framework, worksheet.edition]
    facts = (
        ("Participants", "; ".join(worksheet.participants)),
        ("Started", _DATED.sub(r"\1", worksheet.started)),
        ("Last change", _DATED.sub(r"\1", worksheet.updated)),
        ("Guide", ", ".join(filter(None, guide))),
    )
    titles = {standard.id: one_line(standard.title) for standard in framework.standards}
    touched = touched_standards(library)
    rows = []
    for number, answer in enumerate(worksheet.answers, 1):
        key = (worksheet.framework, worksheet.role_of(answer), answer.question)
        rows.append(
            Row(
                number=number,
                question=one_line(answer.wording or answer.question),
                standards=tuple(titles[standard] for standard in touched.get(key, ())),
                cells=tuple(_cell(part, answer) for part in shown),
            )
        )
    return GuideTable(
        title=one_line(worksheet.heading or f"{worksheet.title}: first actions"),
        participants=tuple(map(one_line, worksheet.participants)),
        facts=tuple((label, one_line(text)) for label, text in facts if text),
        preface=parse_text(worksheet.preface) + _sections(worksheet.before),
        columns=(question, *(headings[part] for part in shown)),
        kinds=tuple(part.kind for part in shown),
        rows=tuple(rows),
        closing=_sections(worksheet.after),
        colophon=_colophon(worksheet, library) if known else (),
        language=framework.language if known else "en",
    )


def _cell(part: AnswerPart, answer: Answer) -> Cell:
    """Lay out a part of an answer; notes on the question are below what was thought about it."""
    value = getattr(answer, part.name)
    match part.kind:
        case "text":
            notes = _under("Notes:", answer.notes) if part == _FIRST_TEXT else ()
            return parse_text(value) + notes
        case "steps":
            return tuple(map(_step, value))
        case _:
            assert_never(part.kind)


def _without_private(worksheet: Worksheet) -> Worksheet:
    """Empty whatever is private: parts, fields of steps, and the text around the questions."""
    parts: dict[str, Any] = {
        part.name: getattr(_NO_ANSWER, part.name) for part in ANSWER_PARTS if part.private
    }
    fields = {field.name: getattr(_NO_STEP, field.name) for field in STEP_FIELDS if field.private}
    answers = []
    for answer in worksheet.answers:
        steps = tuple(replaced(step, **fields) for step in answer.first_steps)
        answers.append(replaced(answer, **{"first_steps": steps} | parts))
    return replaced(worksheet, preface="", before=(), after=(), answers=tuple(answers))


def _sections(sections: Iterable[Section]) -> tuple[Block, ...]:
    return tuple(block for part in sections for block in _under(one_line(part.heading), part.text))


def _under(heading: str, text: str) -> tuple[Block, ...]:
    """Put a text under a heading, or give nothing where it is empty."""
    blocks = parse_text(text)
    title = (Paragraph((Run(text=heading, strong=True),)),) if heading else ()
    return (*title, *blocks) if blocks else ()


def _colophon(worksheet: Worksheet, library: Library) -> tuple[str, ...]:
    """Say what the text rests on; a worksheet's own remark on its role isn't said twice."""
    bases = [role.basis for role in library.roles if role.id == worksheet.role]
    notes = [one_line(basis.note) for basis in bases if basis]
    said = [note for note in notes if note not in worksheet.preface]
    framework = library.framework
    rests_on = map(one_line, filter(None, (framework.attribution, framework.independence)))
    return (*said, *rests_on)


def _step(step: FirstStep) -> ShownStep:
    details = []
    for field in DETAIL_FIELDS:
        value = getattr(step, field.name)
        details += [(field.label, line) for line in (value if field.kind == "lines" else [value])]
    return ShownStep(
        sign=STATES[step.state].sign,
        state=raised(STATES[step.state].word),
        text=parse_line(step.text),
        details=tuple((label, parse_line(text)) for label, text in details if text),
        notes=parse_text(step.notes),
    )
