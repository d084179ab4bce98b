"""A worksheet filled from a file of answers, as `plguide reflect --answers` does it."""

from pathlib import Path

from pl_guide import clock
from pl_guide.cli.result import Result, check_ending
from pl_guide.cli.worksheets import default_path, existing, state_folder
from pl_guide.content.files import ContentFile
from pl_guide.errors import AlreadyThere, ContentInvalid
from pl_guide.library import Library
from pl_guide.messages.results import RESUME_OR_CHOOSE, answers_saved
from pl_guide.model import Role
from pl_guide.records import replaced
from pl_guide.worksheet.model import blank_worksheet, completed, joined
from pl_guide.worksheet.storage.atomic import check_place
from pl_guide.worksheet.storage.store import FileKeeper


def fill(
    library: Library,
    role: Role,
    output: Path | None,
    people: list[str],
    answers: Path,
    *,
    resume: bool,
) -> Result:
    """Put prepared answers into a worksheet, and ask nothing.

    Raises:
        ContentInvalid: the file of answers has problems; nothing is written.
        AlreadyThere: there is a worksheet, and it isn't to be resumed.
    """
    from pl_guide.worksheet.answers_file import filled, prepared_answers

    file = ContentFile(answers, str(answers), "begin with the id of a question: `vision:`")
    found, problems = prepared_answers(file, role)
    if problems:
        raise ContentInvalid(problems)
    check_ending(output, ".md")
    path = output or default_path(role)
    stored = existing(path, role, library)
    if stored is not None and not resume:
        raise AlreadyThere(str(path), RESUME_OR_CHOOSE)
    check_place(path)
    begun = (
        stored.worksheet
        if stored
        else blank_worksheet(library.framework, role, (), clock.timestamp())
    )
    sheet = filled(completed(joined(begun, people), role), found)
    keeper = FileKeeper(path, stored, state_folder())
    try:
        keeper.save(replaced(sheet, updated=clock.timestamp()))
    finally:
        keeper.drafts.close()
    answered = sum(answer.answered for answer in sheet.answers)
    upgraded = stored.upgraded(path) if stored else ()
    return Result(
        remarks=[*upgraded, answers_saved(path, answered, len(role.questions), library.terms)]
    )
