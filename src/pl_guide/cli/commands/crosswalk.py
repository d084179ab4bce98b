"""`plguide crosswalk`: which role carries which standard."""

from typing import Annotated

import typer

from pl_guide.analysis.crosswalk import crosswalk as crosswalk_rows
from pl_guide.cli import options
from pl_guide.cli.result import Result
from pl_guide.content.loading import load_library
from pl_guide.pages.studies import crosswalk_page


def crosswalk(
    constructs: Annotated[
        bool, typer.Option("--constructs", help="Show each standard's constructs one by one.")
    ] = False,
    format: options.Format = None,
    heading_level: options.HeadingLevel = 1,
    pager: options.Pager = False,
    content: options.Content = None,
) -> Result:
    """See at a glance which role carries which standard, and where the gaps are."""
    library = load_library(content)
    rows = crosswalk_rows(library, constructs=constructs)
    return Result(
        page=lambda: crosswalk_page(library, rows),
        data=lambda: rows,
        format=format,
        heading_level=heading_level,
        pager=pager,
    )
