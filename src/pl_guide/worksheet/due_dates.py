"""Due dates as educators say them, reckoned from a day that is handed in; pure.

Understood are an ISO date, `today`, `tomorrow`, a weekday (the next one), a day of a month
(`Dec 15`), or so many days, weeks or months ahead (`+2w`); but not what could be two days: `3/4`.
"""

import re
from contextlib import suppress
from datetime import date, timedelta

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip

_AHEAD = re.compile(r"\+?(\d{1,4})\s*(d|days?|w|weeks?|m|months?)")
_MONTH = re.compile(r"(?:(\d{1,2})\.? )?([a-z]{3,9})\.?(?: (\d{1,2}))?(?:,? (\d{4}))?")


def parse_due(text: str, today: date) -> str | None:
    """Give a due date as an ISO date, or None if the text isn't one."""
    said = text.strip().casefold()
    with suppress(ValueError):
        return date.fromisoformat(said).isoformat()
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


def due_as_typed(said: str, old: str, today: date) -> str:
    """Give the due date that was typed; one that isn't understood is kept beside the old one."""
    understood = parse_due(said, today)
    if understood or not old or old == said:
        return understood or said
    return f"{old} / {said}"


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
