"""Worksheets in files and folders, read one after another, so that any number of them fits.

Many are read by several processes at once: reading is nearly all of the work.
"""

import gc
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from pl_guide.errors import WorksheetError
from pl_guide.worksheet.model import Worksheet
from pl_guide.worksheet.storage.atomic import read_bytes
from pl_guide.worksheet.storage.store import is_meant_as_worksheet, parsed_worksheet

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")
File = tuple[str, bool]
"""A path, and whether it was named itself or lay in a folder."""

Take = Callable[[str, Worksheet], T]
"""Takes from a worksheet, given its path, what is wanted of it; the rest is let go."""

SUFFIXES = (".md", ".markdown")
MANY = 2000
AT_ONCE = 250


class Found(NamedTuple, Generic[T]):
    """What came of one file: what was taken from it, or the error that it can't be read."""

    path: str
    taken: T | None = None
    error: WorksheetError | None = None


def markdown_files(paths: Iterable[Path]) -> list[File]:
    """List files, and the Markdown files in folders and all folders below; each once.

    Each comes with whether it was named itself. Hidden folders are passed over.
    """
    found: dict[str, File] = {}
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 - a path that no file can have is none
            for file, named in _in_folder(str(path)):
                place = os.path.abspath(file)  # noqa: PTH100 - resolve() asks the disk each time
                found.setdefault(place, (os.path.normpath(file), named))
        else:
            place = os.path.abspath(path)  # noqa: PTH100
            shown, _ = found.get(place, (os.path.normpath(path), True))
            found[place] = (shown, True)
    return list(found.values())


def _in_folder(folder: str) -> Iterator[File]:
    unread: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=unread.append):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for file in sorted(files):
            if file.lower().endswith(SUFFIXES) and not file.startswith("."):
                yield f"{place}{os.sep}{file}", False
    # Named as if they had been asked for, so that reading them says what is wrong.
    yield from ((error.filename, True) for error in unread)


def found_worksheets(files: list[File], take: Take[T]) -> Iterator[Found[T]]:
    """Read files, and give what `take` takes from each worksheet, in the order of the files.

    A file that was named itself and is no worksheet is an error; one that lay in a folder is
    passed over. Where there are many files, `take` must be a function that can be pickled.
    """
    workers = os.cpu_count() or 1
    if len(files) < MANY or workers < 2:
        yield from _read_all(files, take)
    else:
        yield from _read_by_several(files, take, workers)


def _read_by_several(files: list[File], take: Take[T], workers: int) -> Iterator[Found[T]]:
    """Let processes take turns: each reads its next chunk while others' are taken from them.

    A pipe holds little, so a worker that is ahead waits, and memory stays the same for any number.
    """
    from multiprocessing import Pipe, Process

    chunks = [files[start : start + AT_ONCE] for start in range(0, len(files), AT_ONCE)]
    readers, processes = [], []
    # Ctrl+C waits while they begin: Python would drop it between two of them.
    if can_wait := hasattr(signal, "pthread_sigmask"):
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        for number in range(workers):
            reader, writer = Pipe(duplex=False)
            work = (chunks[number::workers], take, reader, writer)
            process = Process(target=_work, args=work, daemon=True)
            process.start()
            writer.close()
            readers.append(reader)
            processes.append(process)
        if can_wait:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        for number in range(len(chunks)):
            found = readers[number % workers].recv()
            if isinstance(found, Exception):
                raise found
            yield from found
    finally:
        for process in processes:
            process.kill()


def _work(
    chunks: list[list[File]], take: Take[T], reader: "Connection", writer: "Connection"
) -> None:
    """Read chunks of files until the last, or until nobody is there to take them."""
    # Records hold no circles, and looking for some takes a tenth of the time.
    gc.disable()
    # Ctrl+C ends the program alone, which ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A pipe breaks when the last reader is gone, so this process may not be one.
    reader.close()
    with suppress(BrokenPipeError):
        try:
            for chunk in chunks:
                writer.send(list(_read_all(chunk, take)))
        except Exception as error:  # noqa: BLE001 - the program says what happened
            writer.send(error)


def _read_all(files: list[File], take: Take[T]) -> Iterator[Found[T]]:
    for path, named in files:
        found = _read(path, take, named=named)
        if found is not None:
            yield found


def _read(path: str, take: Take[T], *, named: bool) -> Found[T] | None:
    try:
        # A pipe or a device could let the program wait for ever.
        if not named and os.path.exists(path) and not os.path.isfile(path):  # noqa: PTH110, PTH113
            return None
        raw = read_bytes(path)
        if not named and not is_meant_as_worksheet(raw):
            return None
        shown = path if path.isascii() else os.fsencode(path).decode(errors="replace")
        return Found(path, take(shown, parsed_worksheet(raw, path)))
    except WorksheetError as error:
        return Found(path, error=error)
