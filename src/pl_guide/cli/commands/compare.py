"""`plguide compare`: two roles side by side."""

from pl_guide.analysis import comparison
from pl_guide.cli import options
from pl_guide.cli.result import Result
from pl_guide.content.loading import load_library
from pl_guide.pages.studies import comparison_page


def compare(
    role: options.RoleName,
    other: options.RoleName,
    format: options.Format = None,
    heading_level: options.HeadingLevel = 1,
    pager: options.Pager = False,
    content: options.Content = None,
) -> Result:
    """Put two roles side by side, paired by the standards they serve."""
    library = load_library(content)
    left, right = library.role(role), library.role(other)
    pairs = comparison.compare(left, right, library)
    return Result(
        page=lambda: comparison_page(library, left, right, pairs),
        data=lambda: pairs,
        format=format,
        heading_level=heading_level,
        pager=pager,
    )
