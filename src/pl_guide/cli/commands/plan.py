"""`plguide plan`: the first steps of all worksheets, by their dates."""

from datetime import date
from enum import StrEnum
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from pl_guide import clock
from pl_guide.cli.options import (
    ContentOption,
    ForceOption,
    HeadingLevelOption,
    ResultOption,
    RoleOption,
    WorksheetsArgument,
)
from pl_guide.cli.output import Format
from pl_guide.cli.result import Result, check_ending
from pl_guide.cli.survey import Survey
from pl_guide.content.loading import load_library
from pl_guide.messages.results import no_step
from pl_guide.messages.usage import no_date
from pl_guide.surveys.pages import plan_page
from pl_guide.surveys.plan import (
    PlannedStep,
    Wanted,
    in_order,
    plain_steps,
    planned_steps,
    touched_standards,
)
from pl_guide.worksheet.due_dates import parse_due
from pl_guide.worksheet.parts import State


class PlanFormat(StrEnum):
    """The ways to show a plan."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    JSON = "json"
    CSV = "csv"
    ICS = "ics"


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
) -> Result:
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
    none = [no_step(library.terms)] if survey.found and not steps else []
    finished = chosen is PlanFormat.CSV or chosen is PlanFormat.ICS
    return Result(
        page=None if finished else lambda: plan_page(steps, today, library.terms),
        data=lambda: plain_steps(steps),
        body=_as_file(steps, chosen) if finished else "",
        format=Format(chosen) if chosen and not finished else None,
        heading_level=heading_level,
        file=output,
        force=force,
        spreadsheet=chosen is PlanFormat.CSV,
        remarks=chain(none, survey.remarks()),
        code=survey.code,
    )


def _format(format: PlanFormat | None, output: Path | None) -> PlanFormat | None:
    """Return the format that was asked for, or that a file's ending asks for."""
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


def _day(text: str, today: date) -> str:
    day = parse_due(text, today)
    if day is None:
        raise typer.BadParameter(no_date(text), param_hint="--due-before")
    return day


def _states(*, open_only: bool, done_only: bool) -> tuple[State, ...]:
    chosen: list[State] = []
    if open_only:
        chosen.append("open")
    if done_only:
        chosen.append("done")
    return tuple(chosen)


def _as_file(steps: list[PlannedStep], format: PlanFormat | None) -> str:
    if format is PlanFormat.ICS:
        from pl_guide.surveys.calendar import render_calendar

        return render_calendar(steps, clock.now())
    from pl_guide.surveys.rows import plan_csv

    return plan_csv(steps)
