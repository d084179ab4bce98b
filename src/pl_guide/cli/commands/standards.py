"""`plguide standards`: the standards, by category."""

from pl_guide.cli.options import ContentOption, FormatOption, HeadingLevelOption
from pl_guide.cli.output import Output
from pl_guide.content.loading import load_library
from pl_guide.pages.lists import standards_page
from pl_guide.records import into_plain


def standards(
    format: FormatOption = None,
    heading_level: HeadingLevelOption = 1,
    content: ContentOption = None,
) -> None:
    """List the standards, by category."""
    library = load_library(content)
    Output(format, heading_level).show(
        lambda: standards_page(library),
        lambda: into_plain(library.framework.standards),
    )
