"""The one clock: which day and which minute it is for the program."""

from datetime import date, datetime


def now() -> datetime:
    """Return the time, in the zone of this computer."""
    return datetime.now().astimezone()


def today() -> date:
    """Return the day it is."""
    return now().date()


def timestamp() -> str:
    """Return the time as worksheets are dated with it: `2026-09-08T15:30`."""
    return now().strftime("%Y-%m-%dT%H:%M")
