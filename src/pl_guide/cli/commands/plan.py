"""`plguide plan`: the first steps of all worksheets, by their dates."""

from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Annotated, Literal

import typer

from pl_guide import clock
from pl_guide.cli import options
from pl_guide.cli.output import Format
from pl_guide.cli.result import Result, check_ending
from pl_guide.cli.survey import Survey
from pl_guide.content.loading import load_library
from pl_guide.messages.results import NO_STEP
from pl_guide.messages.usage import NO_DATE
from pl_guide.surveys.pages import plan_page
from pl_guide.surveys.plan import Wanted, in_order, plain_steps, planned_steps, touched_standards
from pl_guide.worksheet.due_dates import parse_due
from pl_guide.worksheet.parts import State

PlanFormat = Literal[Format, "csv", "ics"]

ENDINGS: dict[str, PlanFormat] = {".csv": "csv", ".ics": "ics", ".json": "json", ".md": "markdown"}


def plan(
    paths: options.Worksheets = None,
    owner: Annotated[
        str | None, typer.Option(help="Only steps whose owner's name has this in it.")
    ] = None,
    due_before: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Only steps due before this day: 2026-12-01, +2w, …"),
    ] = None,
    role: options.OnlyRole = None,
    standard: Annotated[
        str | None, typer.Option(help="Only steps from questions that touch this standard.")
    ] = None,
    open_only: Annotated[bool, typer.Option("--open", help="Only steps that are open.")] = False,
    done_only: Annotated[bool, typer.Option("--done", help="Only steps that are done.")] = False,
    format: Annotated[
        PlanFormat | None,
        typer.Option("--format", help="terminal, markdown, json, csv, or ics for calendars."),
    ] = None,
    output: options.ResultFile = None,
    force: options.Force = False,
    heading_level: options.HeadingLevel = 1,
    content: options.Content = None,
) -> Result:
    """List the first steps of all worksheets by their dates, each with where it comes from."""
    chosen = _format(format, output)
    library = load_library(content)
    today = clock.today()
    by_state: dict[State, bool] = {"open": open_only, "done": done_only}
    wanted = Wanted(
        owner=owner or "",
        due_before=_day(due_before, today) if due_before else "",
        role=library.role(role).id if role else "",
        standard=library.standard(standard).id if standard else "",
        states=tuple(state for state, named in by_state.items() if named),
    )
    survey = Survey(paths)
    take = partial(planned_steps, touched=touched_standards(library), wanted=wanted)
    steps = in_order(step for several in survey.taken(take) for step in several)
    none = [library.terms.say(NO_STEP)] if survey.found and not steps else []
    body, shown = "", None
    if chosen == "csv":
        from pl_guide.surveys.rows import plan_csv

        body = plan_csv(steps)
    elif chosen == "ics":
        from pl_guide.surveys.calendar import render_calendar

        body = render_calendar(steps, clock.now())
    else:
        shown = chosen
    return Result(
        page=None if body else lambda: plan_page(steps, today, library.terms),
        data=lambda: plain_steps(steps),
        body=body,
        format=shown,
        heading_level=heading_level,
        file=output,
        force=force,
        spreadsheet=chosen == "csv",
        remarks=chain(none, survey.remarks()),
        code=survey.code,
    )


def _format(format: PlanFormat | None, output: Path | None) -> PlanFormat | None:
    """Return the format that was asked for, or that a file's ending asks for."""
    if output is None:
        return format
    fitting = [ending for ending, fits in ENDINGS.items() if format in {None, fits}]
    check_ending(output, *fitting)
    return format or ENDINGS.get(output.suffix.lower())


def _day(text: str, today: date) -> str:
    day = parse_due(text, today)
    if day is None:
        raise typer.BadParameter(NO_DATE.format(text=text), param_hint="--due-before")
    return day
