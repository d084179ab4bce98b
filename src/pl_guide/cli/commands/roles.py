"""`plguide roles`: the roles there are guides for."""

from pl_guide.cli.options import ContentOption, FormatOption, HeadingLevelOption
from pl_guide.cli.result import Result
from pl_guide.content.loading import load_library
from pl_guide.pages.lists import roles_page
from pl_guide.records import into_plain


def roles(
    format: FormatOption = None,
    heading_level: HeadingLevelOption = 1,
    content: ContentOption = None,
) -> Result:
    """List the roles there are guides for."""
    library = load_library(content)
    return Result(
        page=lambda: roles_page(library),
        data=lambda: into_plain(library.roles),
        format=format,
        heading_level=heading_level,
    )
