"""What commands on worksheets share: where the file is, whether it fits, which go together."""

import os
from pathlib import Path

from pl_guide.errors import NothingToAsk, OtherWorksheet, UnlikeWorksheets, WorksheetError
from pl_guide.library import Library
from pl_guide.messages.files import OTHER_FILE
from pl_guide.model import Role
from pl_guide.worksheet.model import Worksheet
from pl_guide.worksheet.storage.atomic import check_ordinary
from pl_guide.worksheet.storage.store import Stored, read_worksheet

Read = tuple[Path, Worksheet]


def role_with_questions(library: Library, name: str) -> Role:
    """Return a role that has questions to think through.

    Raises:
        UnknownName: there is no such role.
        NothingToAsk: it has no questions.
    """
    role = library.role(name)
    if not role.questions:
        raise NothingToAsk(role.title, library.terms.question.many)
    return role


def existing(path: Path, role: Role, library: Library) -> Stored | None:
    """Read the worksheet that is there already, or give None where there is none.

    Raises:
        WorksheetError: what is there can't be gone on with; it is left untouched.
    """
    if not path.exists():
        return None
    check_ordinary(path)
    try:
        stored = read_worksheet(path)
        found = stored.worksheet
        if found.framework != library.framework.id:
            raise OtherWorksheet(str(path), _framework(found), library.framework.id)
        if found.role != role.id:
            raise OtherWorksheet(str(path), found.title, role.title)
    except WorksheetError as error:
        error.instead = OTHER_FILE
        raise
    return stored


def check_alike(sheets: list[Read]) -> None:
    """Make sure that worksheets are for one role of one framework.

    Raises:
        UnlikeWorksheets: they aren't.
    """
    (first_path, first), *others = sheets
    for path, sheet in others:
        if sheet.framework != first.framework:
            raise UnlikeWorksheets(str(path), str(first_path), *map(_framework, (sheet, first)))
        if (sheet.role, sheet.standards) != (first.role, first.standards):
            raise UnlikeWorksheets(str(path), str(first_path), sheet.title, first.title)


def _framework(sheet: Worksheet) -> str:
    return f"the framework {sheet.framework}"


def state_folder() -> Path:
    """Give the one folder, besides the worksheet's, that the program writes in."""
    if chosen := os.environ.get("PLGUIDE_STATE"):
        return Path(chosen)
    from platformdirs import user_state_path

    return user_state_path("plguide", appauthor=False)
