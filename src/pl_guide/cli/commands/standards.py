"""`plguide standards`: the standards, by category."""

from pl_guide.cli.options import ContentOption, FormatOption, HeadingLevelOption
from pl_guide.cli.result import Result
from pl_guide.content.loading import load_library
from pl_guide.pages.lists import standards_page
from pl_guide.records import into_plain


def standards(
    format: FormatOption = None,
    heading_level: HeadingLevelOption = 1,
    content: ContentOption = None,
) -> Result:
    """List the standards, by category."""
    library = load_library(content)
    return Result(
        page=lambda: standards_page(library),
        data=lambda: into_plain(library.framework.standards),
        format=format,
        heading_level=heading_level,
    )
