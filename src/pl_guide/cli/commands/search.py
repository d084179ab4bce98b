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
from pl_guide.cli.output import Output, say
from pl_guide.content.loading import load_library
from pl_guide.pages import studies as pages
from pl_guide.records import into_plain
from pl_guide.text import listed


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS…", help="What to look for.")],
    role: RoleOption = None,
    limit: Annotated[int, typer.Option(min=0, help="Show at most so many; 0 shows all.")] = 20,
    format: FormatOption = None,
    heading_level: HeadingLevelOption = 1,
    pager: PagerOption = False,
    content: ContentOption = None,
) -> None:
    """Find words in all texts, best matches first."""
    library = load_library(content)
    wanted = " ".join(words)
    hits = searching.search(library, wanted, library.role(role) if role else None)
    shown = hits[:limit] if limit else hits
    Output(format, heading_level, pager).show(
        lambda: pages.search_page(wanted, shown, library), lambda: into_plain(shown)
    )
    if not hits:
        near = searching.nearest_words(library, wanted)
        hint = f" Words that do stand there: {listed(near, 'and')}." if near else ""
        say(f"Nothing found for “{wanted}”.{hint}")
    elif len(shown) < len(hits):
        say(f"These are the best {len(shown)} of {len(hits)}. All of them: --limit 0")
