"""`plguide search`: words in all texts, best matches first."""

from typing import Annotated

import typer

from pl_guide.analysis import search as searching
from pl_guide.cli import options
from pl_guide.cli.result import Result
from pl_guide.content.loading import load_library
from pl_guide.messages.results import BEST_FOUND, nothing_found
from pl_guide.pages.studies import search_page


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS…", help="What to look for.")],
    role: options.OnlyRole = None,
    limit: Annotated[int, typer.Option(min=0, help="Show at most so many; 0 shows all.")] = 20,
    format: options.Format = None,
    heading_level: options.HeadingLevel = 1,
    pager: options.Pager = False,
    content: options.Content = None,
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
        remarks = [BEST_FOUND.format(shown=len(shown), found=len(hits))]
    return Result(
        page=lambda: search_page(wanted, shown, library),
        data=lambda: shown,
        format=format,
        heading_level=heading_level,
        pager=pager,
        remarks=remarks,
    )
