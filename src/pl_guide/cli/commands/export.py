"""`export`: worksheets in the forms that others work with."""

from collections.abc import Iterable
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from pl_guide.cli import options
from pl_guide.cli.result import Result, check_ending
from pl_guide.cli.survey import Survey
from pl_guide.content.loading import load_library
from pl_guide.export.formats import PageFormat, RowsFormat
from pl_guide.export.registry import FORMATS
from pl_guide.messages.usage import NEEDS_A_FILE, TAKES_ONE
from pl_guide.surveys.plan import touched_standards
from pl_guide.text import listed
from pl_guide.worksheet.storage.store import read_worksheet

MANY = [name for name, kind in FORMATS.items() if isinstance(kind, RowsFormat)]
BINARY = [name for name, kind in FORMATS.items() if kind.binary]

# The formats give themselves their names, which is too late for the type checker.
Target = StrEnum("Target", {name: name for name in FORMATS})  # type: ignore[misc]


def export(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH",
            help=f"A worksheet; for {listed(MANY, 'and')}, any number, and folders too.",
        ),
    ],
    to: Annotated[
        Target,
        typer.Option(
            "--to",
            help="; ".join(f"{name}: {kind.purpose}" for name, kind in FORMATS.items()) + ".",
        ),
    ],
    output: Annotated[
        Path | None,
        options.file_option(f"Where to write it; {listed(BINARY, 'and')} go beside PATH."),
    ] = None,
    share: Annotated[
        bool,
        typer.Option("--share", help="Questions and first steps alone, with what check-ins found."),
    ] = False,
    force: options.Force = False,
    content: options.Content = None,
) -> Result:
    """Turn worksheets into a Word file, a page, a table, or rows for a spreadsheet."""
    kind = FORMATS[to]
    check_ending(output, *kind.endings)
    several = len(paths) > 1 or paths[0].is_dir()
    if several and isinstance(kind, PageFormat):
        found = f"{len(paths)} are given" if len(paths) > 1 else f"{paths[0]} is a folder"
        many = listed(f"--to {name}" for name in MANY)
        raise typer.BadParameter(TAKES_ONE.format(name=kind.name, found=found, many=many))
    if kind.binary and output is None:
        if several:
            raise typer.BadParameter(NEEDS_A_FILE.format(name=kind.name), param_hint="-o")
        output = paths[0].with_suffix(kind.endings[0])
    if isinstance(kind, PageFormat):
        from pl_guide.export.table import guide_table

        worksheet = read_worksheet(paths[0]).worksheet
        page = kind.render(guide_table(worksheet, load_library(content), share=share))
        return Result(body=page, file=output, force=force)
    touched = touched_standards(load_library(content))
    survey = Survey(paths)
    taken = survey.taken(partial(kind.take, touched=touched, share=share))
    made: Iterable[str] | bytes = kind.write(taken, share=share)
    if output is not None and not isinstance(made, bytes):
        made = ["".join(made)]
    if output is not None and not survey.found:
        made, output = (), None  # An earlier file is not replaced by an empty one.
    return Result(
        body=made,
        file=output,
        force=force,
        spreadsheet=kind.marked,
        remarks=survey.remarks(),
        code=survey.code,
    )
