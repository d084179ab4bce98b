"""Saving until it is done: here, in another file, or left to the person to copy."""

from pl_guide.errors import WorksheetError
from pl_guide.session.protocol import Asker, Keeper
from pl_guide.worksheet.model import Worksheet
from pl_guide.worksheet.three_way import Merged


def saved(
    keeper: Keeper, asker: Asker, worksheet: Worksheet, unsaved: str
) -> tuple[Worksheet, Merged | None]:
    """Save, and return what is on disk then; where it can't be saved, ask where to save instead.

    `unsaved` is the text that is at risk.

    Raises:
        WorksheetError: it couldn't be saved, and the person left.
    """
    while True:
        try:
            return keeper.save(worksheet)
        except WorksheetError as error:
            reply = asker.ask_elsewhere(error, unsaved)
            if reply.move == "leave":
                raise
            if reply.text.strip():
                keeper.move(reply.text.strip())
