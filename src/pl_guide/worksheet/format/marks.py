"""What is behind the marks of a worksheet's body, as answers and sections, whoever edited it; pure.

A mark is a comment on a line of its own. What is between two is read however it was edited: lines
wrapped anew, headings reworded, boxes ticked, steps written without a box. Text that belongs to no
part, or to one that this version doesn't know, is kept as a note where it was.
"""

import re

from pl_guide.records import replaced
from pl_guide.worksheet.format.escapes import unescape_heading, unescape_text
from pl_guide.worksheet.format.steps import parse_steps
from pl_guide.worksheet.format.versions import MarkedPart
from pl_guide.worksheet.model import (
    USUAL_COLUMNS,
    Answer,
    FirstStep,
    Section,
    Worksheet,
    tidy_line,
    tidy_text,
)
from pl_guide.worksheet.parts import ANSWER_PARTS, ASKED_PARTS, AnswerPart

QUESTION, BEFORE, AFTER = "question", "before", "after"

_PARTS = {part.mark: part for part in ANSWER_PARTS}
_KINDS = {QUESTION, BEFORE, AFTER, *_PARTS}
_SPACE = r"[^\S\n]*"
_MARK = re.compile(
    rf"^{_SPACE}<!--{_SPACE}([a-z]+(?:-[a-z]+)*):{_SPACE}(\S+?){_SPACE}-->{_SPACE}$", re.MULTILINE
)
_NUMBER = re.compile(r"^\d+\.(?:[ \t]+|$)")


def before_marks(body: str) -> str:
    """Return what is above the first mark."""
    begin = body.rfind("\n", 0, max(body.find("<!--"), 0)) + 1
    marks = (mark.start() for mark in _MARK.finditer(body, begin) if mark.group(1) in _KINDS)
    return body[: next(marks, len(body))]


def marked_parts(body: str) -> tuple[MarkedPart, ...]:
    """Part a body at its marks.

    A mark that this version doesn't know is one if it names the question above it; any other
    comment is a person's own, and part of the text.
    """
    marks: list[re.Match[str]] = []
    question = ""
    for mark in _MARK.finditer(body):
        kind, key = mark.groups()
        question = key if kind == QUESTION else question
        if kind in _KINDS or key == question:
            marks.append(mark)
    ends = (*(mark.start() for mark in marks[1:]), len(body))
    return tuple(
        MarkedPart(mark.group(1), mark.group(2), body[mark.end() : end])
        for mark, end in zip(marks, ends, strict=False)
    )


def with_parts(worksheet: Worksheet, parts: tuple[MarkedPart, ...]) -> Worksheet:
    """Put marked parts into a worksheet, whoever edited them."""
    answers: dict[str, _AnswerReader] = {}
    sections: dict[str, dict[str, Section]] = {BEFORE: {}, AFTER: {}}
    labels = _labels(parts, worksheet.columns)
    for part in parts:
        if part.kind in sections:
            _add_section(sections[part.kind], part)
            continue
        key = part.key.removeprefix(f"{worksheet.role}/") if worksheet.role else part.key
        answers.setdefault(key, _AnswerReader()).add(part.kind, part.text, labels)
    named = zip(labels, worksheet.columns, strict=True)
    return replaced(
        worksheet,
        # Where the headings are the usual ones still, the names in the front matter are the new.
        columns=tuple(column if label in USUAL_COLUMNS else label for label, column in named),
        before=tuple(sections[BEFORE].values()),
        answers=tuple(reader.answer(key) for key, reader in answers.items()),
        after=tuple(sections[AFTER].values()),
    )


def _labels(parts: tuple[MarkedPart, ...], columns: tuple[str, ...]) -> tuple[str, ...]:
    """Return the headings that say which part is which: someone may have reworded them all."""
    labels = []
    for asked, column in zip(ASKED_PARTS, columns, strict=True):
        headings = [
            tidy_line(unescape_heading(take_heading("### ", part.text)[0] or ""))
            for part in parts
            if part.kind == asked.mark
        ]
        reworded = len(headings) > 1 and len(set(headings)) == 1 and headings[0]
        labels.append(reworded or column)
    return tuple(labels)


def _add_section(sections: dict[str, Section], part: MarkedPart) -> None:
    """Add a section; one that is there twice becomes one."""
    heading, text = take_heading("## ", part.text)
    section = Section(
        name=part.key,
        heading=tidy_line(unescape_heading(heading or "")),
        text=tidy_text(unescape_text(text)),
    )
    known = sections.get(part.key, section)
    other = section.heading if section.heading != known.heading else ""
    sections[part.key] = replaced(known, text=_joined([known.text, other, section.text]))


class _AnswerReader:
    """What is behind the marks of one question; a part that is there twice is kept twice."""

    def __init__(self) -> None:
        self.wording = ""
        self.texts: dict[str, list[str]] = {part.name: [] for part in ANSWER_PARTS}
        self.steps: dict[str, tuple[FirstStep, ...]] = {}

    def add(self, kind: str, text: str, columns: tuple[str, ...]) -> None:
        """Add what is behind one mark."""
        part = _PARTS.get(kind)
        if kind == QUESTION:
            heading, rest = take_heading("## ", text)
            wording = tidy_line(unescape_heading(_NUMBER.sub("", heading or "")))
            if self.wording and wording != self.wording:
                self.texts["notes"].append(wording)
            self.wording = self.wording or wording
            self._keep("notes", rest)
        elif part is None:
            self._keep("notes", text)
        else:
            text = _below_label(text, columns[ASKED_PARTS.index(part)]) if part.asked else text
            self._add_part(part, text)

    def _add_part(self, part: AnswerPart, text: str) -> None:
        if part.kind == "text":
            self._keep(part.name, text)
            return
        steps, stray = parse_steps(text)
        known = self.steps.get(part.name, ())
        new = tuple(step for step in steps if step not in known) if known else steps
        self.steps[part.name] = known + new
        if stray:
            self.texts["notes"].append(stray)

    def _keep(self, name: str, text: str) -> None:
        if text.strip(" \t\n"):
            self.texts[name].append(tidy_text(unescape_text(text)))

    def answer(self, key: str) -> Answer:
        """Return the answer they make together."""
        role, _, question = key.rpartition("/") if key.count("/") == 1 else ("", "", key)
        texts = {name: _joined(texts) for name, texts in self.texts.items() if texts}
        return Answer(question=question, wording=self.wording, role=role, **texts, **self.steps)  # type: ignore[arg-type]


def _below_label(text: str, label: str) -> str:
    """Leave out the heading that says which part this is; another heading is a person's own."""
    heading, rest = take_heading("### ", text)
    if heading is None:
        return text
    same = heading == label or unescape_heading(heading).casefold() == label.casefold()
    return rest if same else text


def take_heading(mark: str, text: str) -> tuple[str | None, str]:
    """Take the heading off the top of a text, if there is one of this level."""
    rest = text.lstrip("\n")
    if rest.startswith(mark):
        row, _, rest = rest.partition("\n")
        return row[len(mark) :].strip(), rest
    while rest:
        row, _, rest = rest.partition("\n")
        if row.startswith(mark) or row.rstrip() == mark.rstrip():
            return row[len(mark) - 1 :].strip(), rest
        if row.strip():
            break
    return None, text


def _joined(texts: list[str]) -> str:
    """Put texts below one another, leaving out what is there already."""
    if len(texts) < 2:
        return texts[0] if texts else ""
    return "\n\n".join(dict.fromkeys(filter(None, texts)))
