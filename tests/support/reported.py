"""Worksheets for the tests of the report: written into a folder, with days counted from today."""

from datetime import datetime, timedelta
from pathlib import Path

from pl_guide.content.loading import load_library
from pl_guide.library import Library
from pl_guide.records import replaced
from pl_guide.worksheet.format.markdown import format_worksheet
from pl_guide.worksheet.model import (
    Answer,
    FirstStep,
    Worksheet,
    blank_worksheet,
    tidy_line,
)

TODAY = datetime.now().astimezone().date()


def day(offset: int) -> str:
    """Give the ISO date so many days from today."""
    return (TODAY + timedelta(offset)).isoformat()


def worksheet(
    role: str,
    answers: dict[str, tuple[FirstStep, ...]],
    *people: str,
    library: Library | None = None,
    reflections: str = "We saw it twice.",
    updated: str = "2026-05-04T10:00",
) -> Worksheet:
    """Give a role's worksheet in which these questions are answered, with these steps."""
    library = library or load_library()
    asked = library.role(role)
    made = blank_worksheet(library.framework, asked, people, "2026-05-01T10:00")
    for question in asked.questions:
        if question.id in answers:
            made = made.with_answer(
                Answer(
                    question=question.id,
                    wording=tidy_line(question.text),
                    reflections=reflections,
                    first_steps=answers[question.id],
                )
            )
    return replaced(made, updated=updated)


def put(path: Path, made: Worksheet) -> Path:
    """Write a worksheet into a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(format_worksheet(made), "utf-8")
    return path


def three_teams(folder: Path) -> Path:
    """Write the worksheets of two coaches' teams and one principal, in two folders."""
    late = FirstStep(text="Visit two schools", owner="Ana Silva", due=day(-10))
    soon = FirstStep(text="Draft a vision", owner="Ben", due=day(3))
    later = FirstStep(text="Look back together", due=day(60))
    done = FirstStep(text="Ask two colleagues", state="done", due=day(-30))
    dropped = FirstStep(text="Rename the team", state="dropped", due=day(-5))
    undated = FirstStep(text="Keep notes", due="in spring")
    put(
        folder / "north" / "coach-1.md",
        worksheet(
            "coach", {"vision": (late, soon), "equity": (), "evidence": (done,)}, "Ana", "Ben"
        ),
    )
    put(folder / "north" / "coach-2.md", worksheet("coach", {"vision": (), "contexts": (dropped,)}))
    put(
        folder / "south" / "principal.md",
        worksheet("principal", {"vision": (later, undated)}, "Cleo", updated="2026-06-07T08:00"),
    )
    return folder
