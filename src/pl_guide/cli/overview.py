"""`status` and `plan`: many worksheets at once."""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from pl_guide import clock
from pl_guide.cli.errors import FILE
from pl_guide.cli.options import (
    ContentOption,
    ForceOption,
    FormatOption,
    HeadingLevelOption,
    ResultOption,
    RoleOption,
    WorksheetsArgument,
)
from pl_guide.cli.output import Format, Output, say
from pl_guide.cli.results import check_ending, deliver
from pl_guide.content.loading import load_library
from pl_guide.messages.errors import worksheet_words
from pl_guide.messages.session import NONE_HERE
from pl_guide.records import into_plain
from pl_guide.surveys.pages import plan_page, status_page
from pl_guide.surveys.plan import (
    PlannedStep,
    Wanted,
    in_order,
    planned_steps,
    touched_standards,
)
from pl_guide.surveys.progress import Progress, progress_of, wordings_of
from pl_guide.surveys.reading import Found, Take, found_worksheets, markdown_files
from pl_guide.text import counted
from pl_guide.worksheet.due_dates import parse_due
from pl_guide.worksheet.model import State

T = TypeVar("T")


class PlanFormat(StrEnum):
    """The ways to show a plan."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    JSON = "json"
    CSV = "csv"
    ICS = "ics"


class Survey:
    """Reads worksheets one after another, and remembers which couldn't be read."""

    def __init__(self, paths: list[Path] | None) -> None:
        self._files = markdown_files(paths or [Path()])
        self.unread = 0
        self.found = 0

    def taken(self, take: Take[T]) -> Iterator[T]:
        """Give what is taken from each worksheet; name each that can't be read on stderr."""
        from pl_guide.render.progress_bar import with_progress

        found: Iterable[Found[T]] = found_worksheets(self._files, take)
        for each in with_progress(found, len(self._files), "Reading worksheets"):
            if each.error is not None:
                self.unread += 1
                say(worksheet_words(each.error))
            elif each.taken is not None:
                self.found += 1
                yield each.taken

    def end(self) -> None:
        """Say what is missing, once everything else has been done.

        Raises:
            typer.Exit: some worksheets couldn't be read.
        """
        if not self.found and not self.unread:
            say(NONE_HERE)
        if self.unread:
            files = counted(self.unread, "file", "files")
            rest = "everything else is in what you see" if self.found else "nothing else was there"
            say(f"{files} couldn't be read; {rest}.")
            raise typer.Exit(FILE)


def status(
    paths: WorksheetsArgument = None,
    format: FormatOption = None,
    heading_level: HeadingLevelOption = 1,
    content: ContentOption = None,
) -> None:
    """Show how far worksheets are: what is answered, and which first steps are due.

    Folders are searched with all folders in them; without PATH, the one you are in.
    """
    library = load_library(content)
    today = clock.today()
    survey = Survey(paths)
    rows: list[Progress] = list(
        survey.taken(partial(progress_of, today=today, wordings=wordings_of(library)))
    )
    Output(format, heading_level).show(
        lambda: status_page(rows, today, library.terms), lambda: into_plain(rows)
    )
    survey.end()


def plan(
    paths: WorksheetsArgument = None,
    owner: Annotated[
        str | None, typer.Option(help="Only steps whose owner's name has this in it.")
    ] = None,
    due_before: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Only steps due before this day: 2026-12-01, +2w, …"),
    ] = None,
    role: RoleOption = None,
    standard: Annotated[
        str | None, typer.Option(help="Only steps from questions that touch this standard.")
    ] = None,
    open_only: Annotated[bool, typer.Option("--open", help="Only steps that are open.")] = False,
    done_only: Annotated[bool, typer.Option("--done", help="Only steps that are done.")] = False,
    format: Annotated[
        PlanFormat | None,
        typer.Option("--format", help="terminal, markdown, json, csv, or ics for calendars."),
    ] = None,
    output: ResultOption = None,
    force: ForceOption = False,
    heading_level: HeadingLevelOption = 1,
    content: ContentOption = None,
) -> None:
    """List the first steps of all worksheets by their dates, each with where it comes from."""
    chosen = _format(format, output)
    library = load_library(content)
    today = clock.today()
    wanted = Wanted(
        owner=owner or "",
        due_before=_day(due_before, today) if due_before else "",
        role=library.role(role).id if role else "",
        standard=library.standard(standard).id if standard else "",
        states=_states(open_only=open_only, done_only=done_only),
    )
    survey = Survey(paths)
    take = partial(planned_steps, touched=touched_standards(library), wanted=wanted)
    steps = in_order(step for several in survey.taken(take) for step in several)
    laid_out = False
    if chosen is PlanFormat.CSV or chosen is PlanFormat.ICS:
        text = _as_file(steps, chosen)
    else:
        page = Format(chosen) if chosen else Format.MARKDOWN if output else None
        shown = Output(page, heading_level)
        laid_out = shown.resolved() is Format.TERMINAL
        text = shown.rendered(
            lambda: plan_page(steps, today, library.terms),
            lambda: into_plain(steps),
        )
    spreadsheet = chosen is PlanFormat.CSV
    deliver(text, output, force=force, spreadsheet=spreadsheet, laid_out=laid_out)
    if survey.found and not steps:
        say(library.terms.say("No {first_step} here fits what you asked for."))
    survey.end()


def _format(format: PlanFormat | None, output: Path | None) -> PlanFormat | None:
    """Give the format that was asked for, or that a file's ending asks for."""
    endings = {
        ".csv": PlanFormat.CSV,
        ".ics": PlanFormat.ICS,
        ".json": PlanFormat.JSON,
        ".md": PlanFormat.MARKDOWN,
    }
    if output is None:
        return format
    fitting = [ending for ending, each in endings.items() if format in {None, each}]
    check_ending(output, *fitting)
    return format or endings.get(output.suffix.lower())


def _day(said: str, today: date) -> str:
    day = parse_due(said, today)
    if day is None:
        raise typer.BadParameter(
            f"“{said}” isn't a date; try 2026-09-01, “Dec 15”, friday or +2w.",
            param_hint="--due-before",
        )
    return day


def _states(*, open_only: bool, done_only: bool) -> tuple[State, ...]:
    chosen: list[State] = []
    if open_only:
        chosen.append("open")
    if done_only:
        chosen.append("done")
    return tuple(chosen)


def _as_file(steps: list[PlannedStep], format: PlanFormat) -> str:
    if format is PlanFormat.ICS:
        from pl_guide.surveys.calendar import render_calendar

        return render_calendar(steps, clock.now())
    from pl_guide.surveys.rows import plan_csv

    return plan_csv(steps)
