"""Worksheets that commands put together, or hold against each other."""

from pathlib import Path

from pl_guide.errors import UnlikeWorksheets
from pl_guide.worksheet.model import Worksheet

Read = tuple[Path, Worksheet]


def check_alike(sheets: list[Read]) -> None:
    """Make sure that worksheets are for one role of one framework.

    Raises:
        UnlikeWorksheets: they aren't.
    """
    (first_path, first), *others = sheets
    for path, sheet in others:
        if sheet.framework != first.framework:
            raise UnlikeWorksheets(str(path), str(first_path), *map(_framework, (sheet, first)))
        if sheet.role != first.role:
            raise UnlikeWorksheets(str(path), str(first_path), sheet.title, first.title)


def _framework(sheet: Worksheet) -> str:
    return f"the framework {sheet.framework}"
