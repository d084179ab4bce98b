"""`plguide crosswalk`: which role carries which standard."""

from typing import Annotated

import typer

from pl_guide.analysis import crosswalk as crosswalks
from pl_guide.cli.options import (
    ContentOption,
    FormatOption,
    HeadingLevelOption,
    PagerOption,
)
from pl_guide.cli.output import Output
from pl_guide.content.loading import load_library
from pl_guide.pages import studies as pages
from pl_guide.records import into_plain


def crosswalk(
    constructs: Annotated[
        bool, typer.Option("--constructs", help="Show each standard's constructs one by one.")
    ] = False,
    format: FormatOption = None,
    heading_level: HeadingLevelOption = 1,
    pager: PagerOption = False,
    content: ContentOption = None,
) -> None:
    """See at a glance which role carries which standard, and where the gaps are."""
    library = load_library(content)
    rows = crosswalks.crosswalk(library, constructs=constructs)
    Output(format, heading_level, pager).show(
        lambda: pages.crosswalk_page(library, rows), lambda: into_plain(rows)
    )
