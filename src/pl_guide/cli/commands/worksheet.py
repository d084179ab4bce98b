"""`plguide worksheet`: a blank worksheet, to print or to fill in anywhere."""

from enum import StrEnum
from typing import Annotated

import typer

from pl_guide.cli.options import ContentOption, complete_role
from pl_guide.cli.result import Result, check_ending
from pl_guide.cli.worksheets import OutputOption, asked_role
from pl_guide.content.loading import load_library
from pl_guide.messages.results import blank_made
from pl_guide.worksheet.model import blank_worksheet
from pl_guide.worksheet.storage.atomic import OTHER_FILE


class Layout(StrEnum):
    """How a blank worksheet is laid out."""

    SECTIONS = "sections"
    TABLE = "table"


def worksheet(
    role: Annotated[
        str, typer.Option("--role", help="The role it is for.", autocompletion=complete_role)
    ],
    layout: Annotated[
        Layout, typer.Option(help="sections, to fill in and read back; or table, to print.")
    ] = Layout.SECTIONS,
    output: OutputOption = None,
    content: ContentOption = None,
) -> Result:
    """Make a blank worksheet, to print or to fill in anywhere and go on with in `reflect`."""
    check_ending(output, ".md")
    library = load_library(content, only=role)
    found = asked_role(library, library.role(role))
    if layout is Layout.TABLE:
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
        remarks=[blank_made(found.title, output)] if output else (),
    )
