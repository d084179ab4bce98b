"""A worksheet as Markdown, and back: `parse_worksheet(format_worksheet(w)) == w`; pure.

The parts are marked by comments on lines of their own, which no text of a person's can imitate
(`escapes.py`). What stands between the marks is read however it was edited: lines wrapped anew,
headings reworded, boxes ticked, steps written without a box. Text that belongs to no part is kept
as a note where it stood.
"""

import re

from pl_guide.errors import NewerWorksheet, NotAWorksheet
from pl_guide.records import replaced
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
from pl_guide.worksheet.model import (
    FORMAT_VERSION,
    Answer,
    FirstStep,
    Worksheet,
    tidy_line,
    tidy_text,
)

VERSION_KEY = "plguide-worksheet"
KEYS = {
    VERSION_KEY, "framework", "edition", "role", "title", "columns", "participants", "started",
    "updated",
}  # fmt: skip

_SPACE = r"[^\S\n]*"
_MARK = re.compile(
    rf"^{_SPACE}<!--{_SPACE}(question|reflections|first-steps|notes):{_SPACE}(\S+?)"
    rf"{_SPACE}-->{_SPACE}$",
    re.MULTILINE,
)
# A question with its answer exactly as `format_worksheet` writes it, but for what is in it.
_ROWS = rf"((?:(?!{_SPACE}<!--)[^\n]*\n)*)"
_WRITTEN = re.compile(
    r"<!-- question: (\S+) -->\n\n## \d+\. ([^\n]*)\n\n"
    rf"<!-- reflections: \1 -->\n\n### ([^\n]*)\n{_ROWS}"
    rf"<!-- first-steps: \1 -->\n\n### ([^\n]*)\n{_ROWS}"
)
_NUMBER = re.compile(r"^\d+\.(?:[ \t]+|$)")


def format_worksheet(worksheet: Worksheet) -> str:
    """Write a worksheet as Markdown, ending in a line feed."""
    parts = [
        format_front_matter(
            {
                VERSION_KEY: FORMAT_VERSION,
                "framework": worksheet.framework,
                "edition": worksheet.edition,
                "role": worksheet.role,
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
    for number, answer in enumerate(worksheet.answers, 1):
        parts += _answer_parts(number, answer, worksheet.columns)
    return "\n\n".join(parts) + "\n"


def _answer_parts(number: int, answer: Answer, columns: tuple[str, str]) -> list[str]:
    key = answer.question
    parts = [
        f"<!-- question: {key} -->",
        f"## {number}. {escape_heading(answer.wording)}".rstrip(),
    ]
    if answer.notes:
        parts += [f"<!-- notes: {key} -->", escape_text(answer.notes)]
    parts += [f"<!-- reflections: {key} -->", f"### {escape_heading(columns[0])}"]
    if answer.reflections:
        parts.append(escape_text(answer.reflections))
    parts += [f"<!-- first-steps: {key} -->", f"### {escape_heading(columns[1])}"]
    if answer.first_steps:
        parts.append(format_steps(answer.first_steps))
    return parts


def parse_worksheet(text: str) -> Worksheet:
    """Read a worksheet's Markdown, whoever edited it last.

    Raises:
        NotAWorksheet: it isn't one; the error says why.
        NewerWorksheet: it was written by a later version of the program.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    parted = split_front_matter(text)
    if parted is None:
        raise NotAWorksheet("it doesn't begin with front matter between two `---` lines")
    found = parse_front_matter(parted[0], KEYS)
    if found is None:
        raise NotAWorksheet("its front matter isn't readable as YAML")
    worksheet = _from_front_matter(*found)
    heading, preface, answers = _parse_body(parted[1], worksheet.columns)
    return replaced(worksheet, heading=heading, preface=preface, answers=answers)


def _from_front_matter(values: dict[str, object], extra: str) -> Worksheet:
    version = values.get(VERSION_KEY)
    if not isinstance(version, int):
        raise NotAWorksheet(f"its front matter has no `{VERSION_KEY}`")
    if version > FORMAT_VERSION:
        raise NewerWorksheet(version, FORMAT_VERSION)

    def line(key: str) -> str:
        value = values.get(key)
        return "" if value is None else tidy_line(str(value))

    def lines(key: str) -> tuple[str, ...]:
        value = values.get(key)
        several = value if isinstance(value, list) else [] if value is None else [value]
        return tuple(tidy_line(str(each)) for each in several if each is not None)

    role, framework = line("role"), line("framework")
    if not role or not framework:
        raise NotAWorksheet("its front matter names no role, or no framework")
    columns = lines("columns")
    return Worksheet(
        framework=framework,
        edition=line("edition"),
        role=role,
        title=line("title") or role,
        columns=(columns[0], columns[1]) if len(columns) == 2 else ("Reflections", "First Steps"),
        participants=tuple(each for each in lines("participants") if each),
        started=line("started"),
        updated=line("updated"),
        extra=extra,
    )


def _parse_body(body: str, columns: tuple[str, str]) -> tuple[str, str, tuple[Answer, ...]]:
    """Give a worksheet's heading, preface and answers."""
    mark = _MARK.search(body)
    begin = mark.start() if mark else len(body)
    heading, rest = _take_heading("# ", body[:begin])
    answers = _parse_written(body, begin, columns)
    return (
        unescape_heading(heading or ""),
        tidy_text(unescape_text(rest)),
        _parse_marked(body[begin:], columns) if answers is None else answers,
    )


def _parse_written(body: str, begin: int, columns: tuple[str, str]) -> tuple[Answer, ...] | None:
    """Read answers that stand as they were written, or give None: those of most files, fast."""
    answers: dict[str, Answer] = {}
    end = begin
    for found in _WRITTEN.finditer(body, begin):
        key, wording, first, text, second, rows = found.groups()
        known = (first, second) == columns or _unescaped((first, second)) == columns
        if found.start() != end or not known or key in answers:
            return None
        end = found.end()
        steps, stray = parse_steps(rows)
        answers[key] = Answer(
            question=key,
            wording=tidy_line(unescape_heading(wording)),
            reflections=tidy_text(unescape_text(text)),
            first_steps=steps,
            notes=stray,
        )
    return tuple(answers.values()) if end == len(body) else None


def _unescaped(headings: tuple[str, str]) -> tuple[str, str]:
    return unescape_heading(headings[0]), unescape_heading(headings[1])


def _parse_marked(body: str, columns: tuple[str, str]) -> tuple[Answer, ...]:
    """Part the body at its marks, and give the answers, whoever edited them."""
    _, *marked = _MARK.split(body)
    parts: dict[str, _Parts] = {}
    for kind, key, text in zip(marked[::3], marked[1::3], marked[2::3], strict=True):
        found = parts.get(key)
        if found is None:
            found = parts[key] = _Parts()
        found.add(kind, text, columns)
    return tuple(each.answer(key) for key, each in parts.items())


class _Parts:
    """What stands behind the marks of one question; a part that stands twice is kept twice."""

    def __init__(self) -> None:
        self.wording = ""
        self.reflections: list[str] = []
        self.first_steps: tuple[FirstStep, ...] = ()
        self.notes: list[str] = []

    def add(self, kind: str, text: str, columns: tuple[str, str]) -> None:
        """Add what stands behind one mark."""
        if kind == "reflections":
            self._keep(self.reflections, _below_label(text, columns[0]))
        elif kind == "first-steps":
            steps, stray = parse_steps(_below_label(text, columns[1]))
            known = self.first_steps
            new = [each for each in steps if each not in known] if known else steps
            self.first_steps += tuple(new)
            if stray:
                self.notes.append(stray)
        elif kind == "question":
            heading, rest = _take_heading("## ", text)
            wording = tidy_line(unescape_heading(_NUMBER.sub("", heading or "")))
            if self.wording and wording != self.wording:
                self.notes.append(wording)
            self.wording = self.wording or wording
            self._keep(self.notes, rest)
        else:
            self._keep(self.notes, text)

    @staticmethod
    def _keep(texts: list[str], text: str) -> None:
        if text.strip(" \t\n"):
            texts.append(tidy_text(unescape_text(text)))

    def answer(self, question: str) -> Answer:
        """Give the answer they make together."""
        return Answer(
            question=question,
            wording=self.wording,
            reflections=_joined(self.reflections),
            first_steps=self.first_steps,
            notes=_joined(self.notes),
        )


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
    """Put texts below one another, leaving out what stands there already."""
    if len(texts) < 2:
        return texts[0] if texts else ""
    return "\n\n".join(dict.fromkeys(filter(None, texts)))
