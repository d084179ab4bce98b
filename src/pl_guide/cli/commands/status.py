"""`plguide status`: how far worksheets are."""

from functools import partial

from pl_guide import clock
from pl_guide.cli.options import (
    ContentOption,
    FormatOption,
    HeadingLevelOption,
    WorksheetsArgument,
)
from pl_guide.cli.output import Output
from pl_guide.cli.survey import Survey
from pl_guide.content.loading import load_library
from pl_guide.records import into_plain
from pl_guide.surveys.pages import status_page
from pl_guide.surveys.progress import Progress, progress_of, wordings_of


def status(
    paths: WorksheetsArgument = None,
    format: FormatOption = None,
    heading_level: HeadingLevelOption = 1,
    content: ContentOption = None,
) -> None:
    """Show how far worksheets are: what is answered, and which first steps are due.

    Folders are searched with all folders in them; without PATH, the one you are in.
    """
    library = load_library(content)
    today = clock.today()
    survey = Survey(paths)
    rows: list[Progress] = list(
        survey.taken(partial(progress_of, today=today, wordings=wordings_of(library)))
    )
    Output(format, heading_level).show(
        lambda: status_page(rows, today, library.terms), lambda: into_plain(rows)
    )
    survey.end()
