"""Worksheets on disk: read, and saved over nothing but what the session last saw there.

A save holds the worksheet's lock while it compares and writes. Where someone else has written
meanwhile, both versions are merged, and the merged one is saved.
"""

import codecs
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from pl_guide.errors import CannotWrite, NotAWorksheet, WorksheetError
from pl_guide.messages import files as messages
from pl_guide.messages.results import format_upgraded
from pl_guide.records import Record, replaced
from pl_guide.text import reason_of
from pl_guide.worksheet.format.markdown import Parsed, format_worksheet, parse_file
from pl_guide.worksheet.format.versions import CURRENT, VERSION_KEY
from pl_guide.worksheet.model import Draft, Worksheet
from pl_guide.worksheet.storage.atomic import (
    check_permission,
    place_name,
    read_bytes,
    real_target,
    write_whole,
)
from pl_guide.worksheet.storage.drafts import DraftBox
from pl_guide.worksheet.three_way import Merged, emptied, merge_versions

LOCK_SECONDS = 30

_KEY = VERSION_KEY.encode()


class Stored(Record, frozen=True):
    """A worksheet as it is on disk: what its bytes are, and in which version of the format."""

    worksheet: Worksheet
    raw: bytes
    version: int = CURRENT

    def upgraded(self, path: Path) -> Iterable[str]:
        """Say that saving brings the file to today's format, if it is of an older one."""
        return format_upgraded(path, self.version, CURRENT)


class Saved(Record, frozen=True):
    """What a save led to: what is on disk now, and how it came about where others had written."""

    stored: Stored
    merged: Merged | None = None


def read_worksheet(path: Path) -> Stored:
    """Read a worksheet's file.

    Raises:
        CannotRead: the file is not there, or can't be read.
        NotAWorksheet: the file can't be understood.
        NewerWorksheet: a later version of the program wrote it.
    """
    raw = read_bytes(path)
    found = _parsed(raw, path)
    return Stored(found.worksheet, raw, found.version)


def save_worksheet(path: Path, worksheet: Worksheet, base: Stored | None, state: Path) -> Saved:
    """Save a worksheet that grew out of `base`, which is None for a file that is to be new.

    If the file has become another one since `base`, both are merged, and the merged worksheet is
    saved and given back. `state` is the folder for the lock.

    Raises:
        CannotWrite: it couldn't be saved; the file is as it was.
        NotAWorksheet: the file has become something that can't be understood; it is left alone.
        NewerWorksheet: likewise, by a later version of the program.
    """
    try:
        with _locked(path, state):
            return _save(path, worksheet, base)
    except OSError as error:
        raise CannotWrite(str(path), reason_of(error)) from error


@contextmanager
def _locked(path: Path, state: Path) -> Iterator[None]:
    """Hold the lock that all sessions of one user share, if there is a folder to hold locks in.

    Without one, two could still save at the very same moment; each save is whole all the same.
    """
    folder = state / "locks"
    lock = FileLock(folder / f"{place_name(path)}.lock", timeout=LOCK_SECONDS)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        held = lock.acquire()
    except Timeout as error:
        raise CannotWrite(str(path), messages.BUSY) from error
    except OSError:
        yield
        return
    with held:
        yield


def _save(path: Path, worksheet: Worksheet, base: Stored | None) -> Saved:
    target = real_target(path)
    merged, current = None, None
    with suppress(FileNotFoundError):
        current = target.read_bytes()
    if current is not None and (base is None or current != base.raw):
        theirs = parsed_worksheet(current, path)
        if _subject(theirs) != _subject(worksheet):
            raise CannotWrite(str(path), messages.OTHER_TAKEN)
        merged = merge_versions(base.worksheet if base else emptied(worksheet), worksheet, theirs)
        worksheet = merged.worksheet
    if worksheet.has_words and not worksheet.id:
        worksheet = replaced(worksheet, id=new_id())
    raw = format_worksheet(worksheet).encode("utf-8")
    if raw != current:
        check_permission(path)
        write_whole(target, raw)
    return Saved(Stored(worksheet, raw), merged)


def new_id() -> str:
    """Return an id that no other worksheet has."""
    return secrets.token_hex(8)


def _subject(worksheet: Worksheet) -> tuple[str, str, tuple[str, ...]]:
    """Return what a worksheet is about, which no save may change."""
    return worksheet.framework, worksheet.role, worksheet.standards


def is_meant_as_worksheet(raw: bytes) -> bool:
    """Tell whether front matter is meant to make this a worksheet, however it is encoded.

    `raw` is a file's bytes, or as many of its first ones as hold its front matter.
    """
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raw = raw.replace(b"\0", b"")[2:]
    return _KEY in raw and raw.removeprefix(codecs.BOM_UTF8).startswith(b"---")


def parsed_worksheet(raw: bytes, path: Path | str) -> Worksheet:
    """Read a worksheet from its file's bytes.

    Raises:
        NotAWorksheet: they can't be understood.
        NewerWorksheet: a later version of the program wrote them.
    """
    return _parsed(raw, path).worksheet


def _parsed(raw: bytes, path: Path | str) -> Parsed:
    try:
        return parse_file(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        found = NotAWorksheet(messages.NOT_UTF_8)
        found.path = str(path)
        raise found from error
    except WorksheetError as error:
        error.path = str(path)
        raise


class FileKeeper:
    """Saves in a file, over what it last saw there and nothing else.

    `stored` is what was read from the file, None for one that is to be new; `state` is the folder
    for locks and drafts, and `session` names whose drafts are kept: those of the others stay.
    """

    def __init__(self, path: Path, stored: Stored | None, state: Path, session: str = "") -> None:
        self.path = path
        self._stored = stored
        self._state = state
        self._session = f"{session}: "
        self.drafts = DraftBox(path, state)

    def save(self, worksheet: Worksheet) -> tuple[Worksheet, Merged | None]:
        """Save, and return what is on disk now.

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

    def left_behind(self) -> tuple[Draft, ...]:
        """Return the drafts that ended sessions of this kind have left, which are kept on."""
        return tuple(
            replaced(draft, field=draft.field.removeprefix(self._session))
            for draft in self.drafts.take_over()
            if draft.field.startswith(self._session)
        )

    def keep_draft(self, question: str, field: str, text: str) -> None:
        """Put text being typed where the next session finds it."""
        self.drafts.keep(Draft(question, f"{self._session}{field}", text))

    def clear_draft(self, question: str, field: str) -> None:
        """Forget the text that was typed in a field: it has been saved."""
        self.drafts.clear(question, f"{self._session}{field}")
