"""`plguide search`: words in all texts, best matches first."""

from typing import Annotated

import typer

from pl_guide.analysis import search as searching
from pl_guide.cli.options import (
    ContentOption,
    FormatOption,
    HeadingLevelOption,
    PagerOption,
    RoleOption,
)
from pl_guide.cli.result import Result
from pl_guide.content.loading import load_library
from pl_guide.messages.results import best_found, nothing_found
from pl_guide.pages.studies import search_page
from pl_guide.records import into_plain


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS…", help="What to look for.")],
    role: RoleOption = None,
    limit: Annotated[int, typer.Option(min=0, help="Show at most so many; 0 shows all.")] = 20,
    format: FormatOption = None,
    heading_level: HeadingLevelOption = 1,
    pager: PagerOption = False,
    content: ContentOption = None,
) -> Result:
    """Find words in all texts, best matches first."""
    library = load_library(content)
    wanted = " ".join(words)
    hits = searching.search(library, wanted, library.role(role) if role else None)
    shown = hits[:limit] if limit else hits
    remarks = []
    if not hits:
        remarks = [nothing_found(wanted, searching.nearest_words(library, wanted))]
    elif len(shown) < len(hits):
        remarks = [best_found(len(shown), len(hits))]
    return Result(
        page=lambda: search_page(wanted, shown, library),
        data=lambda: into_plain(shown),
        format=format,
        heading_level=heading_level,
        pager=pager,
        remarks=remarks,
    )
