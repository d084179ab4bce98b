"""Worksheets that are just as they were written, read fast; pure.

Over thousands of files most are: reading those by patterns takes half the time that the full
reader takes. Whatever differs in the least is left to that one.
"""

import re
from functools import lru_cache
from typing import Any

from pl_guide.worksheet.format.escapes import escape_heading, unescape_heading, unescape_text
from pl_guide.worksheet.format.front_matter import UNPRINTABLE, is_plain
from pl_guide.worksheet.format.steps import INDENT
from pl_guide.worksheet.model import Answer, FirstStep, tidy_line, tidy_text
from pl_guide.worksheet.parts import ASKED_PARTS, DETAIL_FIELDS, STATES

_FRONT_MATTER_ROW = re.compile(
    r"""^(?:([\w-]+):|  -)(?:[ ](?:([1-9][0-9]{0,8})|"([^"\\\x00-\x1f]*)"|([^\W\d_][^\n]*)))?\n""",
    re.MULTILINE,
)
_ROWS = r"((?:(?![^\S\n]*<!--)[^\n]*\n)*)"
_PARTS = tuple((part.name, part.kind == "text") for part in ASKED_PARTS)
_VALUE = r"([^\s\\][^\n\\]*)"
_NAMES = "|".join(field.label for field in DETAIL_FIELDS)
_STEP_ROW = re.compile(rf"- \[([ x-])\] {_VALUE}\n|{INDENT}- ({_NAMES}): {_VALUE}\n")
_FIELDS = {field.label: field for field in DETAIL_FIELDS}
_STATES = {form.box: state for state, form in STATES.items()}


def front_matter_as_written(text: str, known: set[str]) -> dict[str, object] | None:
    """Read front matter with none but known keys, or return None if it isn't as it was written."""
    if UNPRINTABLE.search(text):
        return None
    values: dict[str, object] = {}
    items: list[str] | None = None
    end = 0
    for found in _FRONT_MATTER_ROW.finditer(f"{text}\n"):
        if found.start() != end:
            return None
        end = found.end()
        key, number, quoted, plain = found.groups()
        if plain is not None and not is_plain(plain):
            return None
        value = plain if quoted is None else quoted
        if key is None:
            if items is None or value is None:
                return None
            items.append(value)
        elif key in values or key not in known:
            return None
        elif number:
            values[key], items = int(number), None
        elif value is not None:
            values[key], items = value, None
        else:
            values[key] = items = []
    whole = end == len(text) + 1 and all(value != [] for value in values.values())
    return values if whole and values else None


def answers_as_written(
    body: str, begin: int, columns: tuple[str, ...], role: str
) -> tuple[Answer, ...] | None:
    """Read the answers from `begin` on, or return None if one isn't as it was written."""
    if not role:
        return None
    answers: dict[str, Answer] = {}
    end = begin
    for found in _pattern(role, columns).finditer(body, begin):
        question, wording, *texts = found.groups()
        if found.start() != end or question in answers:
            return None
        end = found.end()
        parts: dict[str, Any] = {}
        for (name, is_text), text in zip(_PARTS, texts, strict=True):
            if not text.strip("\n"):
                continue
            if is_text:
                parts[name] = tidy_text(unescape_text(text))
            else:
                steps = _steps(text)
                if steps is None:
                    return None
                parts[name] = steps
        wording = tidy_line(unescape_heading(wording))
        answers[question] = Answer(question=question, wording=wording, **parts)
    return tuple(answers.values()) if end == len(body) else None


@lru_cache(maxsize=64)
def _pattern(role: str, columns: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of an answer to one of the role's own questions."""
    mark = f"{re.escape(role)}/"
    parts = (
        rf"<!-- {part.mark}: {mark}\1 -->\n\n### {re.escape(escape_heading(column))}\n{_ROWS}"
        for part, column in zip(ASKED_PARTS, columns, strict=True)
    )
    question = rf"<!-- question: {mark}([^\s/]+) -->\n\n## \d+\. ([^\n]*)\n\n"
    return re.compile(question + "".join(parts))


def _steps(text: str) -> tuple[FirstStep, ...] | None:
    rows = text.strip("\n") + "\n"
    steps: list[dict[str, Any]] = []
    end = 0
    for found in _STEP_ROW.finditer(rows):
        box, action, label, value = found.groups()
        if found.start() != end or not (action or steps):
            return None
        end = found.end()
        if action:
            steps.append({"text": tidy_line(action), "state": _STATES[box]})
            continue
        field, step = _FIELDS[label], steps[-1]
        if field.kind == "lines":
            step[field.name] = (*step.get(field.name, ()), tidy_line(value))
        elif field.name in step:
            return None
        else:
            step[field.name] = tidy_line(value)
    return tuple(FirstStep(**step) for step in steps) if end == len(rows) else None
