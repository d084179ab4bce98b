"""Planned steps as a calendar (RFC 5545): the one gateway to icalendar."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event, vText

from pl_guide.safe_text import one_line
from pl_guide.surveys.plan import PlannedStep

STATUS = {"open": "CONFIRMED", "done": "CONFIRMED", "dropped": "CANCELLED"}
MARKS = {"open": "", "done": "✓ ", "dropped": ""}
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
        event.add("summary", _Text(f"{MARKS[step.state]}{one_line(step.text)}"))
        event.add("description", _Text(_description(step)))
        event.add("status", STATUS[step.state])
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical()).decode("utf-8")


class _Text(vText):
    r"""Text, escaped as RFC 5545 says in 3.3.11; the library takes a typed `\N` for a line end."""

    def to_ical(self) -> bytes:
        """Give the text as it stands in the file, in UTF-8."""
        text = str(self).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return text.replace("\n", "\\n").encode("utf-8")


def _description(step: PlannedStep) -> str:
    said = {
        "Owner": step.owner,
        "Resources": step.resources,
        "Evidence": step.evidence,
        "From": step.wording,
        "Worksheet": f"{step.title}, {step.file}",
    }
    lines = [f"{name}: {one_line(text)}" for name, text in said.items() if text]
    return "\n".join([*lines, *(f"Checked: {one_line(each)}" for each in step.history)])
