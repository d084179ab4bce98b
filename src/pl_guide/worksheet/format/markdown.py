"""A worksheet as Markdown, and back: `parse_worksheet(format_worksheet(w)) == w`; pure.

The parts are marked by comments on lines of their own, which no text of a person's can imitate
(`escapes.py`). `marks.py` reads what is between them, however it was edited.
"""

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
from pl_guide.worksheet.format.marks import (
    AFTER,
    BEFORE,
    QUESTION,
    before_marks,
    marked_parts,
    take_heading,
    with_parts,
)
from pl_guide.worksheet.format.steps import format_steps
from pl_guide.worksheet.format.versions import (
    CURRENT,
    VERSION_KEY,
    MarkedFile,
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
from pl_guide.worksheet.parts import ANSWER_PARTS, ASKED_PARTS

KEYS = {
    VERSION_KEY, "framework", "edition", "role", "title", "columns", "participants", "started",
    "updated", "plguide-id", "plguide-merged", "plguide-standards",
}  # fmt: skip
"""The keys of front matter that are the program's own; what came with version 2 says so."""


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
    headings = _headings(worksheet)
    for number, answer in enumerate(worksheet.answers, 1):
        role = worksheet.role_of(answer)
        key = f"{role}/{answer.question}" if role else answer.question
        parts += [f"<!-- {QUESTION}: {key} -->"]
        parts += _answer_parts(number, answer, headings, key)
    parts += _section_parts(AFTER, worksheet.after)
    return "\n\n".join(parts) + "\n"


def format_answers(worksheet: Worksheet) -> str:
    """Write what was answered as Markdown without marks, for a person to copy."""
    parts: list[str] = []
    headings = _headings(worksheet)
    for number, answer in enumerate(worksheet.answers, 1):
        if answer.answered or answer.notes:
            parts += _answer_parts(number, answer, headings)
    return "\n\n".join(parts)


def _section_parts(kind: str, sections: tuple[Section, ...]) -> list[str]:
    parts: list[str] = []
    for section in sections:
        heading = f"## {escape_heading(section.heading)}".rstrip()
        parts += [f"<!-- {kind}: {section.name} -->", heading]
        parts += [escape_text(section.text)] if section.text else []
    return parts


def _headings(worksheet: Worksheet) -> dict[str, list[str]]:
    """Return the heading of each part of an answer, if it has one, by the part's name."""
    asked = zip(ASKED_PARTS, worksheet.columns, strict=True)
    return {part.name: [f"### {escape_heading(column)}"] for part, column in asked}


def _answer_parts(
    number: int, answer: Answer, headings: dict[str, list[str]], key: str = ""
) -> list[str]:
    """Write a question's heading, and its answer's parts; with their marks, where `key` is given.

    Without marks, parts with nothing in them are left out.
    """
    parts = [f"## {number}. {escape_heading(answer.wording)}".rstrip()]
    for part in ANSWER_PARTS:
        value = getattr(answer, part.name)
        if not value and not (key and part.asked):
            continue
        parts += [f"<!-- {part.mark}: {key} -->"] if key else []
        parts += headings.get(part.name, [])
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
    above = before_marks(body)
    heading, preface = take_heading("# ", above)
    worksheet = replaced(
        worksheet,
        heading=unescape_heading(heading or ""),
        preface=tidy_text(unescape_text(preface)),
    )
    answers = (
        answers_as_written(body, len(above), worksheet.columns, worksheet.role)
        if version == CURRENT
        else None
    )
    if answers is not None:
        return Parsed(replaced(worksheet, answers=answers), version)
    file = upgraded(MarkedFile(values, marked_parts(body[len(above) :])), version)
    return Parsed(with_parts(worksheet, file.parts), version)


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
