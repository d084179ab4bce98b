"""`plguide compare`: two roles side by side."""

from pl_guide.analysis import comparison
from pl_guide.cli.options import (
    ContentOption,
    FormatOption,
    HeadingLevelOption,
    PagerOption,
    RoleArgument,
)
from pl_guide.cli.result import Result
from pl_guide.content.loading import load_library
from pl_guide.pages.studies import comparison_page
from pl_guide.records import into_plain


def compare(
    role: RoleArgument,
    other: RoleArgument,
    format: FormatOption = None,
    heading_level: HeadingLevelOption = 1,
    pager: PagerOption = False,
    content: ContentOption = None,
) -> Result:
    """Put two roles side by side, paired by the standards they serve."""
    library = load_library(content)
    left, right = library.role(role), library.role(other)
    pairs = comparison.compare(left, right, library)
    return Result(
        page=lambda: comparison_page(library, left, right, pairs),
        data=lambda: into_plain(pairs),
        format=format,
        heading_level=heading_level,
        pager=pager,
    )
