"""Worksheets in files and folders, read one after another, so that any number of them fits.

Many are read by several processes at once: reading is nearly all of the work.
"""

import os
import signal
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from pl_guide.errors import WorksheetError
from pl_guide.worksheet.model import Worksheet
from pl_guide.worksheet.storage.atomic import read_bytes
from pl_guide.worksheet.storage.store import is_meant_as_worksheet, parsed_worksheet

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")

Take = Callable[[str, Worksheet], T]
"""Takes from a worksheet, given its path, what is wanted of it; the rest is let go."""

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
        if _is_folder(path):
            for file, named in _in_folder(str(path)):
                place = os.path.abspath(file)  # noqa: PTH100 - resolve() asks the disk each time
                found.setdefault(place, (os.path.normpath(file), named))
        else:
            place = os.path.abspath(path)  # noqa: PTH100
            shown, _ = found.get(place, (os.path.normpath(path), True))
            found[place] = (shown, True)
    return list(found.values())


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        # Reading it says what is wrong with it.
        return False


def _in_folder(folder: str) -> Iterator[tuple[str, bool]]:
    unread: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=unread.append):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for file in sorted(files):
            if file.lower().endswith(SUFFIXES) and not file.startswith("."):
                yield f"{place}{os.sep}{file}", False
    # Named as if they had been asked for, so that reading them says what is wrong.
    yield from ((error.filename, True) for error in unread)


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
    from concurrent.futures import ProcessPoolExecutor

    rest = iter(files)
    with ProcessPoolExecutor(workers, initializer=_leave_interrupts) as pool:

        def submitted(chunks: int) -> "list[Future[list[Found[T]]]]":
            several = (list(islice(rest, AT_ONCE)) for _ in range(chunks))
            return [pool.submit(_read_several, chunk, take) for chunk in several if chunk]

        # A few chunks are on their way at any time, never all.
        with _interrupts_held():
            waiting = submitted(workers * 2)
        try:
            while waiting:
                found_ones = waiting.pop(0).result()
                waiting += submitted(1)
                yield from found_ones
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold back Ctrl+C while processes begin: Python would drop it between two of them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _leave_interrupts() -> None:
    """Let Ctrl+C end the program alone, which ends its workers."""
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End when the program has ended, however it did: its workers would wait for ever."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read_several(files: list[tuple[str, bool]], take: Take[T]) -> list[Found[T]]:
    found = (_read(path, take, named=named) for path, named in files)
    return [each for each in found if each is not None]


def _read(path: str, take: Take[T], *, named: bool) -> Found[T] | None:
    try:
        if not named and _would_wait(path):
            return None
        raw = read_bytes(path)
        if not named and not is_meant_as_worksheet(raw):
            return None
        shown = path if path.isascii() else os.fsencode(path).decode(errors="replace")
        return Found(path, take(shown, parsed_worksheet(raw, path)), None)
    except WorksheetError as error:
        return Found(path, None, error)


def _would_wait(path: str) -> bool:
    """Tell whether this is a pipe or a device, which could let the program wait for ever."""
    try:
        return not stat.S_ISREG(os.stat(path).st_mode)  # noqa: PTH116 - a Path each is slow
    except OSError:
        return False
