"""A crash, written down such that it can be sent to us: where it happened, and no word of a person.

It has no error's message, no value of an option and no path outside of the program: any of them
may hold what somebody wrote.
"""

import os
import platform
import re
import sysconfig
import traceback
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import pl_guide
from pl_guide import clock


def crash_report(error: BaseException, names: Callable[[], list[str]]) -> str:
    """Return all that is to be known of a crash: versions, what was called, each error's frames."""
    try:
        typed = " ".join(["plguide", *names()])
    except Exception:  # noqa: BLE001 - what broke the command may break the search for its options
        typed = "plguide (unknown)"
    lines = [
        f"plguide {version('pl-guide')}",
        f"Python {platform.python_version()} ({platform.python_implementation()})",
        f"{platform.system()} {platform.release()} {platform.machine()}",
        f"Libraries: {', '.join(_libraries())}",
        f"Command: {typed}",
    ]
    seen: BaseException | None = error
    title = "Error"
    while seen is not None:
        lines += ["", f"{title}: {type(seen).__module__}.{type(seen).__qualname__}"]
        lines += [f"  {frame}" for frame in _frames(seen)]
        seen, title = seen.__cause__ or seen.__context__, "After"
    return "\n".join(lines) + "\n"


def last_frame(error: BaseException) -> str:
    """Return where an error was raised, as `file:line in function`."""
    return (list(_frames(error)) or [""])[-1]


def write_report(text: str, folder: Path) -> Path:
    """Write a report into a new file that only this person can read, and return the file.

    Raises:
        OSError: it couldn't be written.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / f"crash-{clock.now():%Y-%m-%d-%H%M%S}-{os.getpid()}.txt"
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)
    return file


def _libraries() -> Iterator[str]:
    for needed in requires("pl-guide") or []:
        name = re.split(r"[^\w.-]", needed, maxsplit=1)[0]
        if "extra ==" in needed:
            continue
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"{name} missing"


def _frames(error: BaseException) -> Iterator[str]:
    for frame, line in traceback.walk_tb(error.__traceback__):
        yield f"{_shortened(frame.f_code.co_filename)}:{line} in {frame.f_code.co_qualname}"


def _shortened(file: str) -> str:
    """Return a file's path from where its package lies, so that it names no person's folder."""
    package = Path(pl_guide.__file__).parent.parent
    paths = sysconfig.get_paths()
    for folder in (package, paths["purelib"], paths["platlib"], paths["stdlib"]):
        if Path(file).is_relative_to(folder):
            return Path(file).relative_to(folder).as_posix()
    return file if file.startswith("<") else "elsewhere"
