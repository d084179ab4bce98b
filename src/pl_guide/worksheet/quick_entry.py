"""A first step as it is typed in one line: `Call Ana @Ben due:friday`; pure.

Due dates are understood as educators say them, reckoned from a day that is handed in: an ISO date,
`today`, `tomorrow`, a weekday (the next one), or so many days, weeks or months ahead (`+2w`).
"""

import re
from datetime import date, timedelta

from pl_guide.records import replaced
from pl_guide.worksheet.reflection import FirstStep, tidy_line

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_AHEAD = re.compile(r"\+?(\d{1,4})\s*(d|days?|w|weeks?|m|months?)")
_OWNER = re.compile(r"(?:^|(?<=\s))@(?:\"([^\"]+)\"|(?=[^\s@]*\w)([^\s@]+))")
_DUE = re.compile(r"(?:^|(?<=\s))due:\s?(?:\"([^\"]+)\"|(\S+))", re.IGNORECASE)


def parse_due(text: str, today: date) -> str | None:
    """Give a due date as an ISO date, or None if the text isn't one."""
    said = text.strip().casefold()
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError:
        pass
    if said in {"today", "tomorrow"}:
        return (today + timedelta(days=said == "tomorrow")).isoformat()
    day = said.removeprefix("next ").strip()
    if len(day) >= 3:
        for number, name in enumerate(WEEKDAYS):
            if name.startswith(day):
                ahead = (number - today.weekday() - 1) % 7 + 1
                return (today + timedelta(days=ahead)).isoformat()
    found = _AHEAD.fullmatch(said.removeprefix("in "))
    if not found:
        return None
    number, unit = int(found.group(1)), found.group(2)[0]
    if unit == "m":
        return _months_ahead(today, number)
    try:
        return (today + timedelta(days=number * (7 if unit == "w" else 1))).isoformat()
    except OverflowError:
        return None


def parse_step_line(text: str, names: tuple[str, ...], today: date) -> FirstStep | None:
    """Read a step with its `@owner` and `due:` from one line; None if nothing is said in it.

    `names` are the team's: after `@` any of them may be written with its spaces, or begun. A
    `due:` that isn't a date stays in the text, as does an `@` in the midst of a word.
    """
    line = tidy_line(text)
    owners: list[str] = []
    for name in sorted(names, key=len, reverse=True):
        spelled = re.compile(rf"(?:^|(?<=\s))@{re.escape(name)}(?=$|[\s,.;:!?])", re.IGNORECASE)
        if spelled.search(line):
            owners.append(name)
            line = spelled.sub("", line)
    for found in _OWNER.finditer(line):
        said = found.group(1) or found.group(2).rstrip(",.;:!?")
        begun = [name for name in names if name.casefold().startswith(said.casefold())]
        owners.append(begun[0] if len(begun) == 1 else said)
    line = _OWNER.sub("", line)
    due = ""
    spans: list[tuple[int, int]] = []
    for found in _DUE.finditer(line):
        understood = parse_due(found.group(1) or found.group(2), today)
        if understood:
            due = understood
            spans.append(found.span())
    for start, end in reversed(spans):
        line = line[:start] + line[end:]
    action = tidy_line(line)
    if not action:
        # A line of marks alone says something too; it is kept as it was typed.
        action = tidy_line(text)
        return FirstStep(text=action) if action else None
    return FirstStep(text=action, owner=", ".join(owners), due=due)


def typed_line(step: FirstStep, today: date) -> str:
    """Give a step as it would be typed in one line, as far as that can be read back."""
    owner = f' @"{step.owner}"' if step.owner and '"' not in step.owner else ""
    due = f" due:{step.due}" if step.due and parse_due(step.due, today) == step.due else ""
    return f"{step.text}{owner}{due}"


def mended(old: FirstStep, new: FirstStep, today: date) -> FirstStep:
    """Give a step with the text, owner and date of another; what no line can say stays."""
    said = typed_line(old, today)
    owner = new.owner if not old.owner or "@" in said.removeprefix(old.text) else old.owner
    due = new.due if not old.due or "due:" in said.removeprefix(old.text) else old.due
    return replaced(old, text=new.text, owner=owner, due=due)


def _months_ahead(today: date, months: int) -> str | None:
    year, month = divmod(today.month - 1 + months, 12)
    try:
        first = date(today.year + year, month + 1, 1)
    except ValueError:
        return None
    following = (first + timedelta(days=31)).replace(day=1)
    last = (following - timedelta(days=1)).day
    return first.replace(day=min(today.day, last)).isoformat()
