"""First steps as a Markdown task list, and back; pure.

A step is an item with a box: `[ ]` open, `[x]` done, `[-]` dropped. What belongs to it stands
below, four columns in: a line each for owner, due date, resources and evidence, one for each time
someone checked on it, and after a blank line whatever else was noted.
"""

import re
from typing import Any

from pl_guide.records import replaced
from pl_guide.worksheet.format.escapes import escape_html, escape_text, unescape_html, unescape_text
from pl_guide.worksheet.model import FirstStep, State, tidy_line, tidy_text

FIELDS = {"Owner": "owner", "Due": "due", "Resources": "resources", "Evidence": "evidence"}
CHECKED = "Checked"
BOXES: dict[State, str] = {"open": " ", "done": "x", "dropped": "-"}
STATES: dict[str, State] = {" ": "open", "x": "done", "X": "done", "-": "dropped"}

INDENT = "    "

_STEP = re.compile(r"^ {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[([ xX-])\](?:[ \t]+|$))?(.*)$")
_NAMES = "|".join([*FIELDS, CHECKED])
_FIELD = re.compile(rf"^[ \t]+[-*+][ \t]+\**({_NAMES})\**:\**[ \t]*(.*)$", re.IGNORECASE)
_LIKE_FIELD = re.compile(rf"^([ \t]*[-*+][ \t]+)(\\*)(?=\**(?:{_NAMES})\**:)", re.IGNORECASE)
_ESCAPED_FIELD = re.compile(rf"^([ \t]*[-*+][ \t]+)\\(\\*)(?=\**(?:{_NAMES})\**:)", re.IGNORECASE)

# A row exactly as `format_steps` writes it, with nothing escaped.
_VALUE = r"([^\s\\][^\n\\]*)"
_WRITTEN = re.compile(rf"- \[([ x-])\] {_VALUE}\n|{INDENT}- ({_NAMES}): {_VALUE}\n")


def format_steps(steps: tuple[FirstStep, ...]) -> str:
    """Write steps as a task list, without a line feed at the end."""
    return "\n".join(row for step in steps for row in _step_rows(step))


def _step_rows(step: FirstStep) -> list[str]:
    rows = [f"- [{BOXES[step.state]}] {escape_html(step.text)}"]
    for label, name in FIELDS.items():
        value = getattr(step, name)
        if value:
            rows.append(f"{INDENT}- {label}: {escape_html(value)}")
    rows += [f"{INDENT}- {CHECKED}: {escape_html(each)}" for each in step.history]
    if step.notes:
        noted = [_LIKE_FIELD.sub(r"\1\\\2", row) for row in escape_text(step.notes).split("\n")]
        rows += ["", *(f"{INDENT}{row}" if row else "" for row in noted), ""]
    return rows


def parse_steps(text: str) -> tuple[tuple[FirstStep, ...], str]:
    """Read a list of steps, and give it with the text that is no step."""
    steps = parse_written(text)
    if steps is not None:
        return steps, ""
    reader = _Reader()
    for row in text.split("\n"):
        reader.read(row)
    return reader.result()


def parse_written(text: str) -> tuple[FirstStep, ...] | None:
    """Read steps that stand as they were written, or give None: those of most files, fast."""
    rows = text.strip("\n") + "\n"
    if rows == "\n":
        return ()
    steps: list[dict[str, Any]] = []
    end = 0
    for found in _WRITTEN.finditer(rows):
        box, action, label, value = found.groups()
        if found.start() != end or not (action or steps):
            return None
        end = found.end()
        if action:
            steps.append({"text": tidy_line(action), "state": STATES[box]})
        elif label == CHECKED:
            history = steps[-1].get("history", ())
            steps[-1]["history"] = (*history, tidy_line(value))
        elif FIELDS[label] in steps[-1]:
            return None
        else:
            steps[-1][FIELDS[label]] = tidy_line(value)
    return tuple(FirstStep(**each) for each in steps) if end == len(rows) else None


class _Reader:
    """Reads rows one by one: each begins a step, belongs to the last one, or is stray."""

    def __init__(self) -> None:
        self.steps: list[FirstStep] = []
        self.notes: list[str] = []
        self.stray: list[str] = []
        # Where a row goes that merely continues the one above it.
        self.tail = "stray"

    def read(self, row: str) -> None:
        if not row.strip(" \t"):
            self._blank(row)
            return
        # Other editors indent lists by two columns: a detail is one however far it stands in.
        detail = self.steps and _FIELD.match(row)
        step = None if detail else _STEP.match(row)
        if step and (step.group(2).strip() or step.group(1)):
            self._begin(step)
        elif self.steps and row[:1] in {" ", "\t"}:
            self._belonging(row)
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
        self.steps.append(FirstStep(text=text, state=STATES[found.group(1) or " "]))
        self.tail = "text"

    def _belonging(self, row: str) -> None:
        field = _FIELD.match(row)
        if field and field.group(1).capitalize() == CHECKED:
            checked = tidy_line(unescape_html(field.group(2)))
            history = (*self.steps[-1].history, *filter(None, [checked]))
            self.steps[-1] = replaced(self.steps[-1], history=history)
            self.tail = "history" if checked else "notes"
        elif field:
            name = FIELDS[field.group(1).capitalize()]
            value = tidy_line(unescape_html(field.group(2)))
            if getattr(self.steps[-1], name):
                # A second owner, say: kept beside the first.
                value = f"{getattr(self.steps[-1], name)}; {value}".removesuffix("; ")
            self.steps[-1] = replaced(self.steps[-1], **{name: value})
            self.tail = name
        elif self.tail in {"notes", "stray"} or re.match(r"[ \t]+[-*+][ \t]", row):
            self.tail = "notes"
            self.notes.append(re.sub(r"^(?: {1,4}|\t)", "", row))
        else:
            self._continue(row)

    def _continue(self, row: str) -> None:
        """Join a row to the line it continues, as editors wrap long lines."""
        if self.tail == "history":
            *before, last = self.steps[-1].history
            joined = tidy_line(f"{last} {unescape_html(row)}")
            self.steps[-1] = replaced(self.steps[-1], history=(*before, joined))
            return
        value = f"{getattr(self.steps[-1], self.tail)} {unescape_html(row)}"
        self.steps[-1] = replaced(self.steps[-1], **{self.tail: tidy_line(value)})

    def _finish_notes(self) -> None:
        if self.notes and self.steps:
            rows = [_ESCAPED_FIELD.sub(r"\1\2", row) for row in self.notes]
            notes = tidy_text(unescape_text("\n".join(rows)))
            self.steps[-1] = replaced(self.steps[-1], notes=notes)
        self.notes = []

    def result(self) -> tuple[tuple[FirstStep, ...], str]:
        self._finish_notes()
        return tuple(self.steps), tidy_text(unescape_text("\n".join(self.stray)))
