"""`plguide standards`: the standards, by category."""

from pl_guide.cli import options
from pl_guide.cli.result import Result
from pl_guide.content.loading import load_library
from pl_guide.pages.lists import standards_page


def standards(
    format: options.Format = None,
    heading_level: options.HeadingLevel = 1,
    content: options.Content = None,
) -> Result:
    """List the standards, by category."""
    library = load_library(content)
    return Result(
        page=lambda: standards_page(library),
        data=lambda: library.framework.standards,
        format=format,
        heading_level=heading_level,
    )
