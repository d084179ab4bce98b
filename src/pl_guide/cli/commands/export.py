"""`export`: worksheets in the forms that others work with."""

from collections.abc import Iterable
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from pl_guide.cli.options import ContentOption, ForceOption
from pl_guide.cli.result import Result, check_ending
from pl_guide.cli.survey import Survey
from pl_guide.content.loading import load_library
from pl_guide.export.formats import Format, PageFormat, RowsFormat
from pl_guide.export.registry import FORMATS
from pl_guide.messages import export as messages
from pl_guide.surveys.plan import touched_standards
from pl_guide.text import listed
from pl_guide.worksheet.storage.store import read_worksheet

MANY = [name for name, kind in FORMATS.items() if isinstance(kind, RowsFormat)]
BINARY = [name for name, kind in FORMATS.items() if kind.binary]


class Target(StrEnum):
    """The formats, under the names that they give themselves."""

    _ignore_ = ["members", "name"]  # noqa: RUF012 - as enum wants it
    members = vars()
    for name in FORMATS:
        members[name] = name


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
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=f"Where to write it; {listed(BINARY, 'and')} go beside PATH.",
        ),
    ] = None,
    share: Annotated[
        bool,
        typer.Option("--share", help="Questions and first steps alone, with what check-ins found."),
    ] = False,
    force: ForceOption = False,
    content: ContentOption = None,
) -> Result:
    """Turn worksheets into a Word file, a page, a table, or rows for a spreadsheet."""
    kind = FORMATS[to.value]
    check_ending(output, *kind.endings)
    if isinstance(kind, PageFormat):
        path = _only(paths, kind)
        page = _laid_out(path, kind, content, share=share)
        return Result(body=page, file=output or _beside(path, kind), force=force)
    if kind.binary and output is None:
        if len(paths) > 1 or paths[0].is_dir():
            raise typer.BadParameter(messages.needs_a_file(kind.name), param_hint="-o")
        output = _beside(paths[0], kind)
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


def _only(paths: list[Path], kind: PageFormat) -> Path:
    """Return the one worksheet that a page is made from."""
    path, *others = paths
    if others or path.is_dir():
        found = f"{len(paths)} are given" if others else f"{path} is a folder"
        raise typer.BadParameter(messages.takes_one(kind.name, found, MANY))
    return path


def _laid_out(path: Path, kind: PageFormat, content: Path | None, *, share: bool) -> str | bytes:
    from pl_guide.export.table import guide_table

    worksheet = read_worksheet(path).worksheet
    return kind.render(guide_table(worksheet, load_library(content), share=share))


def _beside(path: Path, kind: Format) -> Path | None:
    """Return the file beside a worksheet that a binary format is written into."""
    return path.with_suffix(kind.endings[0]) if kind.binary else None
