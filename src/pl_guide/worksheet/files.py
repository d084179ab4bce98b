"""Worksheets on disk: read, saved whole or not at all, never over what someone else wrote.

A save writes a temporary file beside the worksheet, syncs it, renames it into place and syncs the
folder, so that at any moment the old file or the new one is there, whole. While it compares and
writes, it holds a lock that all sessions of one user share.
"""

import codecs
import hashlib
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pl_guide.errors import AlreadyThere, CannotRead, CannotWrite, NotAWorksheet, WorksheetError
from pl_guide.records import Record
from pl_guide.worksheet.markdown import VERSION_KEY, format_worksheet, parse_worksheet
from pl_guide.worksheet.merging import Merged, emptied, merge_versions
from pl_guide.worksheet.reflection import Worksheet

LOCK_SECONDS = 30
_KEY = VERSION_KEY.encode()
OTHER_FILE = "Choose another file with -o."


class Stored(Record, frozen=True):
    """A worksheet as it is on disk, and the bytes it was read from or written as."""

    worksheet: Worksheet
    raw: bytes


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
    return Stored(parsed_worksheet(raw, path), raw)


def check_place(path: Path) -> None:
    """Make sure, before anyone writes a word, that a worksheet can be saved here.

    Raises:
        CannotWrite: it can't; the error says why.
    """
    target = _target(path)
    try:
        if target.is_dir():
            raise CannotWrite(str(path), "it is a folder")
        check_ordinary(path)
        if not target.parent.exists():
            raise CannotWrite(str(path), "the folder for it isn't there; make it first")
        _check_permission(path, target)
        probe = _temporary(target)
        with probe.open("xb"):
            pass
        probe.unlink()
    except OSError as error:
        raise CannotWrite(str(path), _reason(error)) from error


def check_ordinary(path: Path) -> None:
    """Make sure that what is to be saved in is no pipe and no device, which would be replaced.

    Raises:
        CannotWrite: it is.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise CannotWrite(str(path), "it is no ordinary file")


def save_worksheet(path: Path, worksheet: Worksheet, base: Stored | None, state: Path) -> Saved:
    """Save a worksheet that grew out of `base`, which is None for a file that is to be new.

    If the file has become another one since `base`, both are merged, and the merged worksheet is
    saved and given back. `state` is the folder for the lock.

    Raises:
        CannotWrite: it couldn't be saved; the file is as it was.
        NotAWorksheet: the file has become something that can't be understood; it is left alone.
        NewerWorksheet: likewise, by a later version of the program.
    """
    target = _target(path)
    try:
        with _locked(path, state):
            return _save(path, target, worksheet, base)
    except OSError as error:
        raise CannotWrite(str(path), _reason(error)) from error


@contextmanager
def _locked(path: Path, state: Path) -> Iterator[None]:
    """Hold the lock on a worksheet's place, if there is a folder to hold locks in.

    Without one, two sessions of one user could still save at the very same moment; each save is
    whole all the same.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(state / "locks" / f"{place_name(path)}.lock", timeout=LOCK_SECONDS)
    try:
        lock_file = Path(lock.lock_file)
        lock_file.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise CannotWrite(str(path), "another session has been saving it for too long") from error
    except OSError:
        yield
        return
    try:
        yield
    finally:
        lock.release()


def _save(path: Path, target: Path, worksheet: Worksheet, base: Stored | None) -> Saved:
    merged = None
    current = _bytes_if_there(target)
    if current is not None and (base is None or current != base.raw):
        theirs = parsed_worksheet(current, path)
        if (theirs.role, theirs.framework) != (worksheet.role, worksheet.framework):
            raise CannotWrite(str(path), "another worksheet has taken its place")
        merged = merge_versions(base.worksheet if base else emptied(worksheet), worksheet, theirs)
        worksheet = merged.worksheet
    raw = format_worksheet(worksheet).encode("utf-8")
    if raw != current:
        _check_permission(path, target)
        write_whole(target, raw)
    return Saved(Stored(worksheet, raw), merged)


def write_new(path: Path, raw: bytes, *, force: bool = False, instead: str = OTHER_FILE) -> None:
    """Write a file that isn't there yet, or with `force` one that is; `instead` says what to do.

    Raises:
        AlreadyThere: it is there, and not to be written over.
        CannotWrite: it couldn't be written.
    """
    if path.exists() and not force:
        raise AlreadyThere(str(path), instead)
    check_place(path)
    try:
        write_whole(_target(path), raw)
    except OSError as error:
        raise CannotWrite(str(path), _reason(error)) from error


def write_whole(target: Path, raw: bytes) -> None:
    """Put bytes into a file such that it is never seen half written, keeping its permissions.

    Raises:
        OSError: it couldn't be done; the file is as it was.
    """
    temporary = _temporary(target)
    try:
        with temporary.open("xb") as stream:
            if target.exists():
                temporary.chmod(stat.S_IMODE(target.stat().st_mode))
            stream.write(raw)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def place_name(path: Path) -> str:
    """Give a short name for a worksheet's place, the same for each way to write its path."""
    return hashlib.sha256(os.fsencode(_target(path))).hexdigest()[:24]


def _target(path: Path) -> Path:
    # Where the path is a link, the file behind it is written, and the link stays.
    return Path(os.path.realpath(path))


def _temporary(target: Path) -> Path:
    # A name of its own: the worksheet's may already be as long as names can be.
    return target.with_name(f".plguide-{secrets.token_hex(8)}.tmp")


def _check_permission(path: Path, target: Path) -> None:
    """Respect a file that is read-only, or a device, which renaming over it would not."""
    if target.exists():
        mode = target.stat().st_mode
        check_ordinary(path)
        if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(
            target, os.W_OK
        ):
            raise CannotWrite(str(path), "the file is read-only")


def _sync_folder(folder: Path) -> None:
    # Windows can't open folders; its rename is on disk when it returns.
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_bytes(path: Path | str) -> bytes:
    """Read a file.

    Raises:
        CannotRead: it is not there, or can't be read.
    """
    try:
        with open(path, "rb") as stream:  # noqa: PTH123 - a Path for each of thousands is slow
            return stream.read()
    except IsADirectoryError as error:
        raise CannotRead(str(path), "it is a folder; name a worksheet in it") from error
    except OSError as error:
        raise CannotRead(str(path), _reason(error)) from error


def _bytes_if_there(target: Path) -> bytes | None:
    try:
        return target.read_bytes()
    except FileNotFoundError:
        return None


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
    try:
        return parse_worksheet(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        found = NotAWorksheet("it isn't saved as UTF-8")
        found.path = str(path)
        raise found from error
    except WorksheetError as error:
        error.path = str(path)
        raise


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
