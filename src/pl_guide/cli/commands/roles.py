"""`plguide roles`: the roles there are guides for."""

from pl_guide.cli import options
from pl_guide.cli.result import Result
from pl_guide.content.loading import load_library
from pl_guide.pages.lists import roles_page


def roles(
    format: options.Format = None,
    heading_level: options.HeadingLevel = 1,
    content: options.Content = None,
) -> Result:
    """List the roles there are guides for."""
    library = load_library(content)
    return Result(
        page=lambda: roles_page(library),
        data=lambda: library.roles,
        format=format,
        heading_level=heading_level,
    )
