"""Locks that all sessions of one user share, so that two never save one worksheet at a time."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pl_guide.errors import CannotWrite
from pl_guide.messages import files as messages
from pl_guide.worksheet.storage.atomic import real_target

LOCK_SECONDS = 30


@contextmanager
def locked(path: Path, state: Path) -> Iterator[None]:
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
        raise CannotWrite(str(path), messages.BUSY) from error
    except OSError:
        yield
        return
    try:
        yield
    finally:
        lock.release()


def place_name(path: Path) -> str:
    """Give a short name for a worksheet's place, the same for each way to write its path."""
    return hashlib.sha256(os.fsencode(real_target(path))).hexdigest()[:24]
