"""`plguide diff`: what changed between two worksheets."""

from pathlib import Path
from typing import Annotated

import typer

from pl_guide.cli import options
from pl_guide.cli.result import Result
from pl_guide.cli.worksheets import check_alike
from pl_guide.content.loading import load_library
from pl_guide.messages.results import NOTHING_CHANGED
from pl_guide.worksheet.storage.store import read_worksheet


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The earlier worksheet.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The later one.")],
    format: options.Format = None,
    heading_level: options.HeadingLevel = 1,
    content: options.Content = None,
) -> Result:
    """Show what changed between two worksheets, in thinking and in steps."""
    from pl_guide.pages.diff import change_page
    from pl_guide.worksheet.diff import changes

    before, after = (read_worksheet(path).worksheet for path in (old, new))
    check_alike([(old, before), (new, after)])
    found = changes(before, after)
    terms = load_library(content).terms
    return Result(
        page=lambda: change_page((str(old), str(new)), (before, after), found, terms),
        data=lambda: found,
        format=format,
        heading_level=heading_level,
        remarks=() if found else [NOTHING_CHANGED],
    )
