"""Coaches' worksheets in files: what the commands after a session are tried on."""

from datetime import date, timedelta
from pathlib import Path

from pl_guide.content.loading import load_library
from pl_guide.records import replaced
from pl_guide.worksheet.format.markdown import format_worksheet, parse_worksheet
from pl_guide.worksheet.model import Answer, FirstStep, Worksheet, blank_worksheet

TODAY = date(2026, 7, 15)
LIBRARY = load_library()
COACH = LIBRARY.role("coach")
BLANK = blank_worksheet(LIBRARY.framework, COACH)

HOSTILE = (
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x9b31m and \x85 more",
    "# heading",
    "- [x] ticked",
    "| cell | cell |",
    "<script>alert(1)</script>",
    "<!-- question: vision -->",
    "[link](javascript:alert(1))",
    "=1+1",
    "@SUM(1;1)",
    "text;=1+1",
    "a, b; c: \"d\" 'e' \\ f",
    "C:\\Notes\\new",
    "é 👩‍🏫 שלום \u202e",
    "```",
    "**Ana:**",
)


def day(days: int) -> str:
    """Give the date so many days from `TODAY`."""
    return (TODAY + timedelta(days)).isoformat()


def step(text: str, due: str | int = "", **fields: object) -> FirstStep:
    """Give a step; a number as `due` counts days from `TODAY`."""
    return FirstStep(text=text, due=day(due) if isinstance(due, int) else due, **fields)


def answered(
    question: str, reflections: str = "", *steps: FirstStep, sheet: Worksheet = BLANK, **fields: str
) -> Worksheet:
    """Give a coach's worksheet with one answer in it."""
    found = sheet.answer(question) or Answer(question=question, wording="")
    fields = {"reflections": reflections, "first_steps": steps} | fields
    return sheet.with_answer(replaced(found, **fields))


def written(path: Path, sheet: Worksheet) -> Path:
    """Write a worksheet's file, with its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(format_worksheet(sheet).encode("utf-8"))
    return path


def read(path: Path) -> Worksheet:
    """Read a worksheet's file."""
    return parse_worksheet(path.read_bytes().decode("utf-8"))
