"""`report`: one page on many worksheets, for a leader who would rather look than type."""

import shlex
import sys
from functools import partial
from pathlib import Path
from typing import Annotated

from pl_guide import clock
from pl_guide.cli import options
from pl_guide.cli.result import Result, check_ending
from pl_guide.cli.survey import Survey
from pl_guide.content.loading import load_library
from pl_guide.report.page import report_page
from pl_guide.report.summary import Summary, digest_of
from pl_guide.surveys.plan import touched_standards

DEFAULT = Path("report.html")
PATHS_SHOWN = 3


def report(
    paths: options.Worksheets = None,
    output: Annotated[
        Path | None, options.file_option(f"The page's file; {DEFAULT} by default.")
    ] = None,
    force: options.Force = False,
    content: options.Content = None,
) -> Result:
    """Make one page on many worksheets, to look at in a browser or to print.

    Folders are searched with all folders in them; without PATH, the one you are in. The page has
    counts, questions and first steps, and no reflections. It needs no network and no script.
    """
    check_ending(output, ".html", ".htm")
    library = load_library(content)
    today = clock.today()
    survey = Survey(paths)
    take = partial(digest_of, today=today, touched=touched_standards(library))
    summary = Summary(library)
    for digest in survey.taken(take):
        summary.add(digest)
    if not survey.found:
        return Result(remarks=survey.remarks(), code=survey.code)
    return Result(
        body=report_page(library, summary, today, unread=survey.unread, paths=_typed(paths)),
        # Into a pipe goes the page itself; nobody wants it in their terminal.
        file=DEFAULT if output is None and sys.stdout.isatty() else output,
        force=force,
        remarks=survey.remarks(),
        code=survey.code,
    )


def _typed(paths: list[Path] | None) -> str:
    """Give paths as they would be typed again; many are left for the person to fill in."""
    if not paths:
        return "."
    return shlex.join(map(str, paths)) if len(paths) <= PATHS_SHOWN else "PATH…"
