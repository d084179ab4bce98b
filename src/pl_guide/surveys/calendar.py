"""Planned steps as a calendar (RFC 5545): the one gateway to icalendar."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import assert_never

from icalendar import Calendar, Event, vText

from pl_guide.safe_text import one_line
from pl_guide.surveys.plan import PlannedStep
from pl_guide.worksheet.parts import STEP_FIELDS, State

STATUS: dict[State, str] = {"open": "CONFIRMED", "done": "CONFIRMED", "dropped": "CANCELLED"}
MARKS: dict[State, str] = {"open": "", "done": "✓ ", "dropped": ""}
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


def render_calendar(steps: Iterable[PlannedStep], now: datetime) -> str:
    """Write each step that has a date as an event of that whole day.

    A step keeps its UID from one export to the next, with a later stamp and a higher sequence
    number, so that importing twice updates. Whole-day events are used rather than to-dos, since
    many calendars leave to-dos out when they import.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//plguide//first steps//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    used: Counter[str] = Counter()
    stamp = now.astimezone(UTC).replace(microsecond=0)
    for step in steps:
        if not step.due:
            continue
        used[step.uid] += 1
        same = f"-{used[step.uid]}" if used[step.uid] > 1 else ""
        day = date.fromisoformat(step.due)
        event = Event()
        event.add("uid", f"{step.uid}{same}@plguide")
        event.add("dtstamp", stamp)
        event.add("sequence", max(int((stamp - EPOCH).total_seconds() // 60), 0))
        event.add("dtstart", day)
        if day < date.max:
            event.add("dtend", day + timedelta(days=1))
        event.add("summary", _Text(f"{MARKS[step.step.state]}{one_line(step.step.text)}"))
        event.add("description", _Text(_description(step)))
        event.add("status", STATUS[step.step.state])
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical()).decode("utf-8")


class _Text(vText):
    r"""Text, escaped as RFC 5545 says in 3.3.11; the library takes a typed `\N` for a line end."""

    def to_ical(self) -> bytes:
        """Give the text as it is in the file, in UTF-8."""
        text = str(self).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return text.replace("\n", "\\n").encode("utf-8")


def _description(planned: PlannedStep) -> str:
    """Write all that is known of a step, but what the event itself shows."""
    rows: list[tuple[str, str]] = []
    later: list[tuple[str, str]] = []
    for field in STEP_FIELDS:
        value = getattr(planned.step, field.name)
        match field.kind:
            case "action" | "state":
                continue
            case "line":
                rows += [(field.label, value)] if field.name != "due" else []
            case "lines":
                later += [(field.label, line) for line in value]
            case "text":
                later.append((field.label, value))
            case _:
                assert_never(field.kind)
    rows += [("From", planned.wording), ("Worksheet", f"{planned.title}, {planned.file}"), *later]
    return "\n".join(f"{label}: {one_line(text)}" for label, text in rows if text)
