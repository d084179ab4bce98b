"""`plguide crosswalk`: which role carries which standard."""

from typing import Annotated

import typer

from pl_guide.analysis.crosswalk import crosswalk as crosswalk_rows
from pl_guide.cli.options import ContentOption, FormatOption, HeadingLevelOption, PagerOption
from pl_guide.cli.result import Result
from pl_guide.content.loading import load_library
from pl_guide.pages.studies import crosswalk_page
from pl_guide.records import into_plain


def crosswalk(
    constructs: Annotated[
        bool, typer.Option("--constructs", help="Show each standard's constructs one by one.")
    ] = False,
    format: FormatOption = None,
    heading_level: HeadingLevelOption = 1,
    pager: PagerOption = False,
    content: ContentOption = None,
) -> Result:
    """See at a glance which role carries which standard, and where the gaps are."""
    library = load_library(content)
    rows = crosswalk_rows(library, constructs=constructs)
    return Result(
        page=lambda: crosswalk_page(library, rows),
        data=lambda: into_plain(rows),
        format=format,
        heading_level=heading_level,
        pager=pager,
    )
