"""First steps as a Markdown task list, and back; pure.

A step is an item with a box: `[ ]` open, `[x]` done, `[-]` dropped. What belongs to it is below,
four columns in: a line for each of its details (`parts.DETAIL_FIELDS`), and after a blank line
whatever else was noted.
"""

import re

from pl_guide.records import replaced
from pl_guide.worksheet.format.escapes import escape_html, escape_text, unescape_html, unescape_text
from pl_guide.worksheet.model import FirstStep, tidy_line, tidy_text
from pl_guide.worksheet.parts import DETAIL_FIELDS, STATES, State, StepField

INDENT = "    "

_FIELDS = {field.label.casefold(): field for field in DETAIL_FIELDS}
_STATES: dict[str, State] = {form.box: state for state, form in STATES.items()} | {"X": "done"}

_BOXES = "".join(_STATES).replace("-", "") + "-"
_STEP = re.compile(rf"^ {{0,3}}(?:[-*+]|\d{{1,9}}[.)])[ \t]+(?:\[([{_BOXES}])\](?:[ \t]+|$))?(.*)$")
_NAMES = "|".join(field.label for field in DETAIL_FIELDS)
_FIELD = re.compile(rf"^[ \t]+[-*+][ \t]+\**({_NAMES})\**:\**[ \t]*(.*)$", re.IGNORECASE)
_LIKE_FIELD = re.compile(rf"^([ \t]*[-*+][ \t]+)(\\*)(?=\**(?:{_NAMES})\**:)", re.IGNORECASE)
_ESCAPED_FIELD = re.compile(rf"^([ \t]*[-*+][ \t]+)\\(\\*)(?=\**(?:{_NAMES})\**:)", re.IGNORECASE)
_NESTED_ITEM = re.compile(r"[ \t]+[-*+][ \t]")


def format_steps(steps: tuple[FirstStep, ...]) -> str:
    """Write steps as a task list, without a line feed at the end."""
    return "\n".join(row for step in steps for row in _step_rows(step))


def _step_rows(step: FirstStep) -> list[str]:
    rows = [f"- [{STATES[step.state].box}] {escape_html(step.text)}"]
    for field in DETAIL_FIELDS:
        if value := getattr(step, field.name):
            lines = value if field.kind == "lines" else (value,)
            rows += [f"{INDENT}- {field.label}: {escape_html(line)}" for line in lines]
    if step.notes:
        noted = [_LIKE_FIELD.sub(r"\1\\\2", row) for row in escape_text(step.notes).split("\n")]
        rows += ["", *(f"{INDENT}{row}" if row else "" for row in noted), ""]
    return rows


def parse_steps(text: str) -> tuple[tuple[FirstStep, ...], str]:
    """Read a list of steps, and return it with the text that is no step."""
    reader = _Reader()
    for row in text.split("\n"):
        reader.read(row)
    return reader.result()


class _Reader:
    """Reads rows one by one: each begins a step, belongs to the last one, or is stray."""

    def __init__(self) -> None:
        self.steps: list[FirstStep] = []
        self.notes: list[str] = []
        self.stray: list[str] = []
        # Where a row goes that merely continues the one above it: a field's name, or `stray`.
        self.tail = "stray"

    def read(self, row: str) -> None:
        """Read one row."""
        if not row.strip(" \t"):
            self._blank(row)
            return
        # Other editors indent lists by two columns: a detail is one however far in it is.
        detail = _FIELD.match(row) if self.steps else None
        step = None if detail else _STEP.match(row)
        if step and (step.group(2).strip() or step.group(1)):
            self._begin(step)
        elif self.steps and row[:1] in {" ", "\t"}:
            self._belonging(row, detail)
        elif self.tail in {"stray", "notes"} or not self.steps:
            self.tail = "stray"
            self.stray.append(row)
        else:
            self._continue(row)

    def _blank(self, row: str) -> None:
        if self.tail == "stray":
            self.stray.append("")
        elif self.tail == "notes":
            self.notes.append(row.removeprefix(INDENT))
        else:
            self.tail = "notes"

    def _begin(self, found: re.Match[str]) -> None:
        self._finish_notes()
        text = tidy_line(unescape_html(found.group(2)))
        self.steps.append(FirstStep(text=text, state=_STATES[found.group(1) or " "]))
        self.tail = "text"

    def _belonging(self, row: str, detail: re.Match[str] | None) -> None:
        if detail:
            field = _FIELDS[detail.group(1).casefold()]
            self._add(field, tidy_line(unescape_html(detail.group(2))))
        elif self.tail in {"notes", "stray"} or _NESTED_ITEM.match(row):
            self.tail = "notes"
            self.notes.append(re.sub(r"^(?: {1,4}|\t)", "", row))
        else:
            self._continue(row)

    def _add(self, field: StepField, value: str) -> None:
        """Add a detail to the last step; a second owner, say, is kept beside the first."""
        before = getattr(self.steps[-1], field.name)
        self.tail = field.name
        if field.kind == "lines":
            self._set(field.name, (*before, *filter(None, [value])))
            self.tail = field.name if value else "notes"
        else:
            self._set(field.name, f"{before}; {value}".removesuffix("; ") if before else value)

    def _set(self, name: str, value: object) -> None:
        self.steps[-1] = replaced(self.steps[-1], **{name: value})

    def _continue(self, row: str) -> None:
        """Join a row to the line it continues, as editors wrap long lines."""
        before = getattr(self.steps[-1], self.tail)
        if isinstance(before, tuple):
            last = tidy_line(f"{before[-1]} {unescape_html(row)}")
            self._set(self.tail, (*before[:-1], last))
        else:
            self._set(self.tail, tidy_line(f"{before} {unescape_html(row)}"))

    def _finish_notes(self) -> None:
        if self.notes and self.steps:
            rows = [_ESCAPED_FIELD.sub(r"\1\2", row) for row in self.notes]
            self._set("notes", tidy_text(unescape_text("\n".join(rows))))
        self.notes = []

    def result(self) -> tuple[tuple[FirstStep, ...], str]:
        """Return the steps, and the text that is none."""
        self._finish_notes()
        return tuple(self.steps), tidy_text(unescape_text("\n".join(self.stray)))
