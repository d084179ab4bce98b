"""A first step as it is typed in one line: `Call Ana @Ben due:friday`; pure.

Due dates are understood as educators say them, reckoned from a day that is handed in: an ISO date,
`today`, `tomorrow`, a weekday (the next one), a day of a month (`Dec 15`), or so many days, weeks
or months ahead (`+2w`). What could mean two days, as `3/4` does, is not understood.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from pl_guide.records import replaced
from pl_guide.worksheet.reflection import FirstStep, tidy_line

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip

_AHEAD = re.compile(r"\+?(\d{1,4})\s*(d|days?|w|weeks?|m|months?)")
_MONTH = re.compile(r"(?:(\d{1,2})\.? )?([a-z]{3,9})\.?(?: (\d{1,2}))?(?:,? (\d{4}))?")

LEADING_ON = {"and", "or", "with", "to", "for", "by", "from", "of", "at", "on", "about", "the", "&"}
"""Words that need a name behind them."""


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
        return _named_day(said, today)
    number, unit = int(found.group(1)), found.group(2)[0]
    if unit == "m":
        return _months_ahead(today, number)
    try:
        return (today + timedelta(days=number * (7 if unit == "w" else 1))).isoformat()
    except OverflowError:
        return None


def parse_step_line(text: str, names: tuple[str, ...], today: date) -> FirstStep | None:
    """Read a step with its `@owner` and `due:` from one line; None if nothing is said in it.

    `names` are the team's: after `@` any of them may be written with its spaces, or begun. In the
    midst of a sentence a name is a part of it, and stays; so does a `due:` that isn't a date, or
    that is a second one, and an `@` in the midst of a word.
    """
    line = tidy_line(text)
    owners: list[str] = []
    due = ""
    action = ""
    end = 0
    for found in _marks(line, names):
        name = _named(found, names)
        kept = found.group()
        if name:
            owners.append(name)
            within = _in_sentence(line[: found.start()], line[found.end() :], names)
            kept = kept.replace("@", "", 1).replace('"', "") if within else ""
        elif not due:
            due = parse_due(found["quoted_day"] or found["day"], today) or ""
            kept = "" if due else kept
        action += line[end : found.start()] + kept
        end = found.end()
    action = tidy_line(action + line[end:])
    if not action:
        # A line of marks alone says something too; it is kept as it was typed.
        action = tidy_line(text)
        return FirstStep(text=action) if action else None
    return FirstStep(text=action, owner=", ".join(dict.fromkeys(owners)), due=due)


def _marks(line: str, names: tuple[str, ...]) -> Iterator[re.Match[str]]:
    spelled = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    known = rf"(?P<known>{spelled})(?=$|[\s,.;:!?'’])|" if spelled else "(?P<known>(?!))|"
    owner = rf"@(?:{known}\"(?P<quoted>[^\"]+)\"|(?=[^\s@]*\w)(?P<word>[^\s@]+))"
    day = r"due:\s?(?:\"(?P<quoted_day>[^\"]+)\"|(?P<day>\S+))"
    return re.finditer(rf"(?:^|(?<=\s))(?:{owner}|{day})", line, re.IGNORECASE)


def _named(mark: re.Match[str], names: tuple[str, ...]) -> str:
    """Give whom a mark names: one of the team if it begins a single name of theirs."""
    said = mark["known"] or mark["quoted"] or (mark["word"] or "").rstrip(",.;:!?")
    said = re.sub(r"['’]s$", "", said)
    same = [name for name in names if name.casefold() == said.casefold()]
    begun = same or [name for name in names if name.casefold().startswith(said.casefold())]
    return begun[0] if said and len(begun) == 1 else said


def _in_sentence(before: str, after: str, names: tuple[str, ...]) -> bool:
    """Tell whether words stand on both sides of a mark, or one before it that leads on to it."""
    for found in reversed(list(_marks(after, names))):
        after = after[: found.start()] + after[found.end() :]
    if not re.search(r"\w", before):
        return False
    words = before.split()
    return bool(re.search(r"\w", after)) or words[-1].casefold() in LEADING_ON


def due_as_typed(said: str, old: str, today: date) -> str:
    """Give the due date that was typed; one that isn't understood stands beside the old one."""
    understood = parse_due(said, today)
    if understood or not old or old == said:
        return understood or said
    return f"{old} / {said}"


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
    if "due:" in new.text.casefold() and not new.due:
        # A date that was spoiled while mending the line: the one there was is better than none.
        due = old.due
    return replaced(old, text=new.text, owner=owner, due=due)


def _named_day(said: str, today: date) -> str | None:
    """Give the day that `dec 15` or `15 december 2026` names; without a year, the next one."""
    found = _MONTH.fullmatch(said)
    if not found or bool(found[1]) == bool(found[3]):
        return None
    months = [n for n, name in enumerate(MONTHS, 1) if name.startswith(found[2])]
    if len(months) != 1:
        return None
    try:
        year = int(found[4]) if found[4] else today.year
        day = date(year, months[0], int(found[1] or found[3]))
        if not found[4] and day < today:
            day = day.replace(year=year + 1)
    except ValueError:
        return None
    return day.isoformat()


def _months_ahead(today: date, months: int) -> str | None:
    year, month = divmod(today.month - 1 + months, 12)
    try:
        first = date(today.year + year, month + 1, 1)
    except ValueError:
        return None
    following = (first + timedelta(days=31)).replace(day=1)
    last = (following - timedelta(days=1)).day
    return first.replace(day=min(today.day, last)).isoformat()
