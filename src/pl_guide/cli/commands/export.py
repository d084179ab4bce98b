"""`export`: worksheets in the forms that others work with."""

from enum import StrEnum
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from pl_guide.cli.options import ContentOption, ForceOption
from pl_guide.cli.result import Result, check_ending
from pl_guide.cli.survey import Survey
from pl_guide.content.loading import load_library
from pl_guide.surveys.plan import touched_standards
from pl_guide.worksheet.storage.store import read_worksheet


class Target(StrEnum):
    """The forms there are."""

    DOCX = "docx"
    HTML = "html"
    MARKDOWN_TABLE = "markdown-table"
    CSV = "csv"
    JSONL = "jsonl"


ENDINGS = {
    Target.DOCX: (".docx",),
    Target.HTML: (".html", ".htm"),
    Target.MARKDOWN_TABLE: (".md",),
    Target.CSV: (".csv",),
    Target.JSONL: (".jsonl", ".json"),
}
ROWS = {Target.CSV, Target.JSONL}


def export(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH", help="A worksheet; for csv and jsonl, any number, and folders too."
        ),
    ],
    to: Annotated[
        Target,
        typer.Option(
            "--to",
            help="docx for Word, html to read and print, markdown-table for a docs site; "
            "csv for a spreadsheet, jsonl for other programs.",
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Where to write it; docx goes beside PATH."
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
    check_ending(output, *ENDINGS[to])
    if to not in ROWS:
        body, file = _one(_only(paths, to), to, output, content, share=share)
        return Result(body=body, file=file, force=force)
    from pl_guide.export.rows import csv_header, csv_text, json_text

    touched = touched_standards(load_library(content))
    head = csv_header(share=share) if to is Target.CSV else ""
    take = partial(csv_text if to is Target.CSV else json_text, touched=touched, share=share)
    survey = Survey(paths)
    return Result(
        body=chain([head], survey.taken(take)),
        file=output,
        force=force,
        spreadsheet=to is Target.CSV,
        remarks=survey.remarks(),
        code=survey.code,
    )


def _only(paths: list[Path], to: Target) -> Path:
    """Give the one worksheet that a form for reading is made from."""
    path, *others = paths
    if others or path.is_dir():
        found = f"{len(paths)} are given" if others else f"{path} is a folder"
        message = f"--to {to} takes one worksheet, and {found}. For many: --to csv or --to jsonl."
        raise typer.BadParameter(message)
    return path


def _one(
    path: Path, to: Target, output: Path | None, content: Path | None, *, share: bool
) -> tuple[str | bytes, Path | None]:
    from pl_guide.export.table import guide_table

    worksheet = read_worksheet(path).worksheet
    table = guide_table(worksheet, load_library(content), share=share)
    if to is Target.DOCX:
        from pl_guide.export.docx import render_word

        return render_word(table), output or path.with_suffix(".docx")
    if to is Target.HTML:
        from pl_guide.export.html import render_page as render
    else:
        from pl_guide.export.markdown_table import render_table as render
    return render(table), output
