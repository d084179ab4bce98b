"""What commands on worksheets share: where the file is, whether it fits, who takes part."""

import os
from pathlib import Path
from typing import Annotated

import typer

from pl_guide.errors import NothingToAsk, OtherWorksheet, WorksheetError
from pl_guide.library import Library
from pl_guide.model import Role
from pl_guide.worksheet.storage.atomic import OTHER_FILE, check_ordinary
from pl_guide.worksheet.storage.store import Stored, read_worksheet

OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="The worksheet's file."),
]


def asked_role(library: Library, role: Role) -> Role:
    """Give a role back if it has questions to think through.

    Raises:
        NothingToAsk: it has none.
    """
    if not role.questions:
        raise NothingToAsk(role.title, library.terms.question.many)
    return role


def default_path(role: Role) -> Path:
    """Give the worksheet's file where none was named."""
    return Path(f"{role.id}-first-actions.md")


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
            other = f"the framework {found.framework}"
            raise OtherWorksheet(str(path), other, library.framework.id)
        if found.role != role.id:
            raise OtherWorksheet(str(path), found.title, role.title)
    except WorksheetError as error:
        error.instead = OTHER_FILE
        raise
    return stored


def state_folder() -> Path:
    """Give the one folder, besides the worksheet's, that the program writes in."""
    chosen = os.environ.get("PLGUIDE_STATE")
    if chosen:
        return Path(chosen)
    from platformdirs import user_state_path

    return user_state_path("plguide", appauthor=False)
