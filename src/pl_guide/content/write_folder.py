"""A new folder of files on disk: whole, or not there at all."""

import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from pl_guide.errors import AlreadyThere, CannotWrite
from pl_guide.text import reason_of


def write_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Make a folder that holds these texts, given by their paths in it.

    Raises:
        AlreadyThere: there is a file, or a folder that isn't empty; it is untouched.
        CannotWrite: it couldn't be made; nothing of it is left.
    """
    try:
        # Where the path is a link to a folder, that folder is filled, and the link stays.
        target = Path(os.path.realpath(folder))
        if os.path.lexists(target) and not (target.is_dir() and not any(target.iterdir())):
            raise AlreadyThere(str(folder), "Choose the name of a new folder.")
        if not target.parent.is_dir():
            raise CannotWrite(str(folder), f"there is no folder {folder.parent}")
        _make(target, files)
    except OSError as error:
        raise CannotWrite(str(folder), reason_of(error)) from error


def _make(target: Path, files: Mapping[str, str]) -> None:
    there = target.exists()
    # Inside a folder that is there already: perhaps nothing may be written beside it.
    beside = target if there else target.parent
    temporary = beside / f".plguide-{secrets.token_hex(8)}.tmp"
    moved: list[str] = []
    try:
        for name, text in files.items():
            path = temporary / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as stream:
                stream.write(text.encode("utf-8"))
                stream.flush()
                os.fsync(stream.fileno())
        if there:
            # Not the folder itself: a shell may be in it.
            for path in sorted(temporary.iterdir()):
                path.rename(target / path.name)
                moved.append(path.name)
            temporary.rmdir()
        else:
            temporary.rename(target)
    except BaseException:
        for name in moved:
            (target / name).rename(temporary / name)
        shutil.rmtree(temporary, ignore_errors=True)
        raise
