"""`plguide status`: how far worksheets are."""

from functools import partial

from pl_guide import clock
from pl_guide.cli import options
from pl_guide.cli.result import Result
from pl_guide.cli.survey import Survey
from pl_guide.content.loading import load_library
from pl_guide.surveys.pages import status_page
from pl_guide.surveys.progress import progress_of, wordings_of


def status(
    paths: options.Worksheets = None,
    format: options.Format = None,
    heading_level: options.HeadingLevel = 1,
    content: options.Content = None,
) -> Result:
    """Show how far worksheets are: what is answered, and which first steps are due.

    Folders are searched with all folders in them; without PATH, the one you are in.
    """
    library = load_library(content)
    today = clock.today()
    survey = Survey(paths)
    rows = list(survey.taken(partial(progress_of, today=today, wordings=wordings_of(library))))
    return Result(
        page=lambda: status_page(rows, today, library.terms),
        data=lambda: rows,
        format=format,
        heading_level=heading_level,
        remarks=survey.remarks(),
        code=survey.code,
    )
