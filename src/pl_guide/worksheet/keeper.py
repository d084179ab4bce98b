"""Keeps one worksheet's words for a session: the file, what it was last seen as, and the draft."""

from pathlib import Path

from pl_guide.worksheet.drafts import DraftBox
from pl_guide.worksheet.files import Stored, save_worksheet
from pl_guide.worksheet.merging import Merged
from pl_guide.worksheet.reflection import Draft, Worksheet


class FileKeeper:
    """Saves in a file, over what it last saw there and nothing else.

    `stored` is what was read from the file, None for one that is to be new; `state` is the folder
    for locks and drafts.
    """

    def __init__(self, path: Path, stored: Stored | None, state: Path) -> None:
        self.path = path
        self._stored = stored
        self._state = state
        self.drafts = DraftBox(path, state)

    def save(self, worksheet: Worksheet) -> tuple[Worksheet, Merged | None]:
        """Save, and give what is on disk now.

        Raises:
            WorksheetError: it couldn't be saved; the file is as it was.
        """
        saved = save_worksheet(self.path, worksheet, self._stored, self._state)
        self._stored = saved.stored
        return saved.stored.worksheet, saved.merged

    def move(self, path: str) -> None:
        """Save in another file from now on, as a new one."""
        self.path = Path(path).expanduser()
        self._stored = None
        self.drafts = self.drafts.moved(self.path, self._state)

    def keep_draft(self, question: str, field: str, text: str) -> None:
        """Put text being typed where the next session finds it."""
        self.drafts.keep(Draft(question, field, text))

    def clear_draft(self, question: str, field: str) -> None:
        """Forget the text that was typed in a field: it has been saved."""
        self.drafts.clear(question, field)
