"""Files read and written whole or not at all; a file that may not be replaced is left alone.

A write makes a temporary file beside its target, syncs it, renames it into place and syncs the
folder, so that at any moment the old file or the new one is there, whole.
"""

import hashlib
import os
import secrets
import stat
from pathlib import Path

from pl_guide.errors import AlreadyThere, CannotRead, CannotWrite
from pl_guide.messages import files as messages
from pl_guide.text import reason_of


def check_place(path: Path) -> None:
    """Make sure, before anyone writes a word, that a worksheet can be saved here.

    Raises:
        CannotWrite: it can't; the error says why.
    """
    target = real_target(path)
    try:
        if target.is_dir():
            raise CannotWrite(str(path), messages.FOLDER)
        check_ordinary(path)
        if not target.parent.exists():
            raise CannotWrite(str(path), messages.NO_FOLDER)
        check_permission(path)
        probe = _temporary(target)
        probe.touch(exist_ok=False)
        probe.unlink()
    except OSError as error:
        raise CannotWrite(str(path), reason_of(error)) from error


def check_ordinary(path: Path) -> None:
    """Make sure that what is to be saved in is no pipe and no device, which would be replaced.

    Raises:
        CannotWrite: it is.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise CannotWrite(str(path), messages.NO_ORDINARY_FILE)


def write_new(path: Path, raw: bytes, *, force: bool, instead: str) -> None:
    """Write a file that isn't there yet, or with `force` one that is; `instead` says what to do.

    Raises:
        AlreadyThere: it is there, and not to be written over.
        CannotWrite: it couldn't be written.
    """
    if path.exists() and not force:
        raise AlreadyThere(str(path), instead)
    check_place(path)
    try:
        write_whole(real_target(path), raw)
    except OSError as error:
        raise CannotWrite(str(path), reason_of(error)) from error


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


def read_bytes(path: Path | str) -> bytes:
    """Read a file.

    Raises:
        CannotRead: it is not there, or can't be read.
    """
    try:
        with open(path, "rb") as stream:  # noqa: PTH123 - a Path for each of thousands is slow
            return stream.read()
    except IsADirectoryError as error:
        raise CannotRead(str(path), messages.NAME_IN_IT) from error
    except OSError as error:
        raise CannotRead(str(path), reason_of(error)) from error


def real_target(path: Path) -> Path:
    """Return the file that is written: the one behind a link, so that the link stays."""
    return Path(os.path.realpath(path))


def place_name(path: Path) -> str:
    """Give a short name for a file's place, the same for each way to write its path."""
    return hashlib.sha256(os.fsencode(real_target(path))).hexdigest()[:24]


def check_permission(path: Path) -> None:
    """Respect a file that is read-only, or a device, which renaming over it would not."""
    if path.exists():
        mode = path.stat().st_mode
        check_ordinary(path)
        if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(path, os.W_OK):
            raise CannotWrite(str(path), messages.READ_ONLY)


def _temporary(target: Path) -> Path:
    # A name of its own: the worksheet's may already be as long as names can be.
    return target.with_name(f".plguide-{secrets.token_hex(8)}.tmp")


def _sync_folder(folder: Path) -> None:
    # Windows can't open folders; its rename is on disk when it returns.
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
