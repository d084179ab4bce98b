"""Worksheets in files and folders, read one after another, so that any number of them fits.

Many are read by several processes at once: reading is nearly all of the work.
"""

import codecs
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Generic, TypeVar

from pl_guide.errors import WorksheetError
from pl_guide.worksheet.files import parsed_worksheet, read_bytes
from pl_guide.worksheet.markdown import VERSION_KEY
from pl_guide.worksheet.reflection import Worksheet

T = TypeVar("T")

Take = Callable[[str, Worksheet], T]
"""Takes from a worksheet, given its path, what is wanted of it; the rest is let go."""

_KEY = VERSION_KEY.encode()
SUFFIXES = (".md", ".markdown")
MANY = 2000
AT_ONCE = 250


class Found(Generic[T]):
    """What came of one file: what was taken from it, or the error that it can't be read."""

    __slots__ = ("error", "path", "taken")

    def __init__(self, path: str, taken: T | None, error: WorksheetError | None) -> None:
        self.path = path
        self.taken = taken
        self.error = error


def markdown_files(paths: Iterable[Path]) -> list[tuple[str, bool]]:
    """List files, and the Markdown files in folders and all folders below; each once.

    Each comes with whether it was named itself. Hidden folders are passed over.
    """
    found: dict[str, tuple[str, bool]] = {}
    for path in paths:
        if path.is_dir():
            for file in _in_folder(str(path)):
                place = os.path.abspath(file)  # noqa: PTH100 - resolve() asks the disk each time
                found.setdefault(place, (os.path.normpath(file), False))
        else:
            place = os.path.abspath(path)  # noqa: PTH100
            shown, _ = found.get(place, (os.path.normpath(path), True))
            found[place] = (shown, True)
    return list(found.values())


def _in_folder(folder: str) -> Iterator[str]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for file in sorted(files):
            if file.lower().endswith(SUFFIXES) and not file.startswith("."):
                yield f"{place}{os.sep}{file}"


def found_worksheets(files: list[tuple[str, bool]], take: Take[T]) -> Iterator[Found[T]]:
    """Read files, and give what `take` takes from each worksheet, in the order of the files.

    A file that was named itself and is no worksheet is an error; one that lay in a folder is
    passed over. Where there are many files, `take` must be a function that can be pickled.
    """
    workers = os.cpu_count() or 1
    if len(files) < MANY or workers < 2:
        for path, named in files:
            found = _read(path, take, named=named)
            if found is not None:
                yield found
        return
    rest = iter(files)
    with ProcessPoolExecutor(workers) as pool:
        # A few chunks are on their way at any time, never all.
        waiting = [
            pool.submit(_read_several, chunk, take)
            for _ in range(workers * 2)
            if (chunk := list(islice(rest, AT_ONCE)))
        ]
        while waiting:
            found_ones = waiting.pop(0).result()
            chunk = list(islice(rest, AT_ONCE))
            if chunk:
                waiting.append(pool.submit(_read_several, chunk, take))
            yield from found_ones


def _read_several(files: list[tuple[str, bool]], take: Take[T]) -> list[Found[T]]:
    found = (_read(path, take, named=named) for path, named in files)
    return [each for each in found if each is not None]


def _read(path: str, take: Take[T], *, named: bool) -> Found[T] | None:
    try:
        raw = read_bytes(path)
        if not named and not _is_meant_as_worksheet(raw):
            return None
        return Found(path, take(path, parsed_worksheet(raw, path)), None)
    except WorksheetError as error:
        return Found(path, None, error)


def _is_meant_as_worksheet(raw: bytes) -> bool:
    """Tell whether front matter is meant to make this a worksheet, however it is encoded."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raw = raw.replace(b"\0", b"")[2:]
    return _KEY in raw and raw.removeprefix(codecs.BOM_UTF8).startswith(b"---")
