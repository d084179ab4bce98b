"""A worksheet as Markdown, and back: `parse_worksheet(format_worksheet(w)) == w`; pure.

The parts are marked by comments on lines of their own, which no text of a person's can imitate
(`escapes.py`). What is between the marks is read however it was edited: lines wrapped anew,
headings reworded, boxes ticked, steps written without a box. Text that belongs to no part, or to
one that this version doesn't know, is kept as a note where it was.
"""

import re

from pl_guide.errors import NotAWorksheet
from pl_guide.messages import files as messages
from pl_guide.records import Record, replaced
from pl_guide.worksheet.format.as_written import answers_as_written, front_matter_as_written
from pl_guide.worksheet.format.escapes import (
    escape_heading,
    escape_text,
    unescape_heading,
    unescape_text,
)
from pl_guide.worksheet.format.front_matter import (
    format_front_matter,
    parse_front_matter,
    split_front_matter,
)
from pl_guide.worksheet.format.steps import format_steps, parse_steps
from pl_guide.worksheet.format.versions import (
    CURRENT,
    VERSION_KEY,
    MarkedFile,
    MarkedPart,
    upgraded,
    version_of,
)
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

KEYS = {
    VERSION_KEY, "framework", "edition", "role", "title", "columns", "participants", "started",
    "updated", "plguide-id", "plguide-merged", "plguide-standards",
}  # fmt: skip
"""The keys of front matter that are the program's own; what came with version 2 says so."""

QUESTION, BEFORE, AFTER = "question", "before", "after"

_PARTS = {part.mark: part for part in ANSWER_PARTS}
_KINDS = {QUESTION, BEFORE, AFTER, *_PARTS}
_SPACE = r"[^\S\n]*"
_MARK = re.compile(
    rf"^{_SPACE}<!--{_SPACE}([a-z]+(?:-[a-z]+)*):{_SPACE}(\S+?){_SPACE}-->{_SPACE}$", re.MULTILINE
)
_NUMBER = re.compile(r"^\d+\.(?:[ \t]+|$)")


class Parsed(Record, frozen=True):
    """A worksheet, and the format version of the file it was read from."""

    worksheet: Worksheet
    version: int


def format_worksheet(worksheet: Worksheet) -> str:
    """Write a worksheet as Markdown, ending in a line feed."""
    parts = [
        format_front_matter(
            {
                VERSION_KEY: CURRENT,
                "plguide-id": worksheet.id,
                "plguide-merged": worksheet.merged,
                "framework": worksheet.framework,
                "edition": worksheet.edition,
                "role": worksheet.role,
                "plguide-standards": worksheet.standards,
                "title": worksheet.title,
                "columns": worksheet.columns,
                "participants": worksheet.participants,
                "started": worksheet.started,
                "updated": worksheet.updated,
            },
            worksheet.extra,
        ),
        f"# {escape_heading(worksheet.heading)}".rstrip(),
    ]
    if worksheet.preface:
        parts.append(escape_text(worksheet.preface))
    parts += _section_parts(BEFORE, worksheet.before)
    for number, answer in enumerate(worksheet.answers, 1):
        role = worksheet.role_of(answer)
        key = f"{role}/{answer.question}" if role else answer.question
        parts += [f"<!-- {QUESTION}: {key} -->"]
        parts += _answer_parts(number, answer, worksheet.columns, key)
    parts += _section_parts(AFTER, worksheet.after)
    return "\n\n".join(parts) + "\n"


def format_answers(worksheet: Worksheet) -> str:
    """Write what was answered as Markdown without marks, for a person to copy."""
    parts: list[str] = []
    for number, answer in enumerate(worksheet.answers, 1):
        if answer.answered or answer.notes:
            parts += _answer_parts(number, answer, worksheet.columns)
    return "\n\n".join(parts)


def _section_parts(kind: str, sections: tuple[Section, ...]) -> list[str]:
    parts: list[str] = []
    for section in sections:
        heading = f"## {escape_heading(section.heading)}".rstrip()
        parts += [f"<!-- {kind}: {section.name} -->", heading]
        parts += [escape_text(section.text)] if section.text else []
    return parts


def _answer_parts(
    number: int, answer: Answer, columns: tuple[str, ...], key: str = ""
) -> list[str]:
    """Write a question's heading, and its answer's parts; with their marks, where `key` is given.

    Without marks, parts with nothing in them are left out.
    """
    parts = [f"## {number}. {escape_heading(answer.wording)}".rstrip()]
    headings = dict(zip(ASKED_PARTS, columns, strict=False))
    for part in ANSWER_PARTS:
        value = getattr(answer, part.name)
        if not value and not (key and part.asked):
            continue
        parts += [f"<!-- {part.mark}: {key} -->"] if key else []
        parts += [f"### {escape_heading(headings[part])}"] if part.asked else []
        parts += [_written(value)] if value else []
    return parts


def _written(value: str | tuple[FirstStep, ...]) -> str:
    return escape_text(value) if isinstance(value, str) else format_steps(value)


def parse_worksheet(text: str) -> Worksheet:
    """Read a worksheet's Markdown, whoever edited it last.

    Raises:
        NotAWorksheet: it isn't one; the error says why.
        NewerWorksheet: it was written by a later version of the program.
    """
    return parse_file(text).worksheet


def parse_file(text: str) -> Parsed:
    """Read a worksheet's Markdown, and tell in which version of the format it was written.

    Raises:
        NotAWorksheet: it isn't one; the error says why.
        NewerWorksheet: it was written by a later version of the program.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    parted = split_front_matter(text)
    if parted is None:
        raise NotAWorksheet(messages.NO_FRONT_MATTER)
    values, extra = front_matter_as_written(parted[0], KEYS), ""
    if values is None:
        found = parse_front_matter(parted[0], KEYS)
        if found is None:
            raise NotAWorksheet(messages.NO_YAML)
        values, extra = found
    version = version_of(values)
    worksheet = _from_front_matter(values, extra)
    body = parted[1]
    marks = (mark.start() for mark in _MARK.finditer(body) if mark.group(1) in _KINDS)
    begin = next(marks, len(body))
    heading, preface = _take_heading("# ", body[:begin])
    worksheet = replaced(
        worksheet,
        heading=unescape_heading(heading or ""),
        preface=tidy_text(unescape_text(preface)),
    )
    answers = (
        answers_as_written(body, begin, worksheet.columns, worksheet.role)
        if version == CURRENT
        else None
    )
    if answers is not None:
        return Parsed(replaced(worksheet, answers=answers), version)
    file = upgraded(MarkedFile(values, tuple(_marked_parts(body[begin:]))), version)
    return Parsed(_with_parts(worksheet, file.parts), version)


def _from_front_matter(values: dict[str, object], extra: str) -> Worksheet:
    def line(key: str) -> str:
        value = values.get(key)
        return "" if value is None else tidy_line(str(value))

    def lines(key: str) -> tuple[str, ...]:
        value = values.get(key)
        several = value if isinstance(value, list) else [] if value is None else [value]
        return tuple(tidy_line(str(item)) for item in several if item is not None)

    role, framework, standards = line("role"), line("framework"), lines("plguide-standards")
    if not (role or standards) or not framework:
        raise NotAWorksheet(messages.NO_ROLE)
    columns = lines("columns")
    return Worksheet(
        framework=framework,
        edition=line("edition"),
        role=role,
        standards=standards,
        title=line("title") or role or ", ".join(standards),
        columns=columns if len(columns) == len(USUAL_COLUMNS) else USUAL_COLUMNS,
        participants=tuple(filter(None, lines("participants"))),
        started=line("started"),
        updated=line("updated"),
        id=line("plguide-id"),
        merged=tuple(filter(None, lines("plguide-merged"))),
        extra=extra,
    )


def _marked_parts(body: str) -> list[MarkedPart]:
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
    return [
        MarkedPart(mark.group(1), mark.group(2), body[mark.end() : end])
        for mark, end in zip(marks, ends, strict=False)
    ]


def _with_parts(worksheet: Worksheet, parts: tuple[MarkedPart, ...]) -> Worksheet:
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
            tidy_line(unescape_heading(_take_heading("### ", part.text)[0] or ""))
            for part in parts
            if part.kind == asked.mark
        ]
        reworded = len(headings) > 1 and len(set(headings)) == 1 and headings[0]
        labels.append(reworded or column)
    return tuple(labels)


def _add_section(sections: dict[str, Section], part: MarkedPart) -> None:
    """Add a section; one that is there twice becomes one."""
    heading, text = _take_heading("## ", part.text)
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
            heading, rest = _take_heading("## ", text)
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
    heading, rest = _take_heading("### ", text)
    if heading is None:
        return text
    same = heading == label or unescape_heading(heading).casefold() == label.casefold()
    return rest if same else text


def _take_heading(mark: str, text: str) -> tuple[str | None, str]:
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
