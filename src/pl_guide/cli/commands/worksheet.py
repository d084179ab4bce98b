"""`plguide worksheet`: a blank worksheet, to print or to fill in anywhere."""

from typing import Annotated, Literal

import typer

from pl_guide.cli import options
from pl_guide.cli.result import Result, check_ending
from pl_guide.cli.worksheets import role_with_questions
from pl_guide.content.loading import load_library
from pl_guide.messages.files import OTHER_FILE
from pl_guide.messages.results import BLANK_MADE
from pl_guide.worksheet.model import blank_worksheet


def worksheet(
    role: Annotated[str, options.role_option("The role it is for.")],
    layout: Annotated[
        Literal["sections", "table"],
        typer.Option(help="sections, to fill in and read back; or table, to print."),
    ] = "sections",
    output: options.WorksheetFile = None,
    content: options.Content = None,
) -> Result:
    """Make a blank worksheet, to print or to fill in anywhere and go on with in `reflect`."""
    check_ending(output, ".md")
    library = load_library(content, only=role)
    found = role_with_questions(library, role)
    if layout == "table":
        from pl_guide.pages.worksheet import blank_table
        from pl_guide.render.markdown import render_markdown

        text = render_markdown(blank_table(library, found))
    else:
        from pl_guide.worksheet.format.markdown import format_worksheet

        text = format_worksheet(blank_worksheet(library.framework, found))
    return Result(
        body=text,
        file=output,
        instead=OTHER_FILE,
        quiet=True,
        remarks=[BLANK_MADE.format(title=found.title, file=output)] if output else (),
    )
