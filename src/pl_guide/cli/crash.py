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
from pl_guide.messages.errors import crash_words


def write_down(error: Exception, names: Callable[[], list[str]]) -> str:
    """Write a crash into a new file that only this person can read; return what to say of it.

    `names` gives the names of the command and the options that were typed.
    """
    file: Path | None
    try:
        from pl_guide.cli.worksheets import state_folder

        text = _report(error, names)
        folder = state_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = folder / f"crash-{clock.now():%Y-%m-%d-%H%M%S}-{os.getpid()}.txt"
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
    except Exception:  # noqa: BLE001 - whatever it is, the crash itself is to be said
        file = None
    *_, where = _frames(error)
    return crash_words(type(error).__name__, where, file)


def _report(error: Exception, names: Callable[[], list[str]]) -> str:
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
    cause: BaseException | None = error
    title = "Error"
    while cause is not None:
        lines += ["", f"{title}: {type(cause).__module__}.{type(cause).__qualname__}"]
        lines += [f"  {frame}" for frame in _frames(cause)]
        cause, title = cause.__cause__ or cause.__context__, "After"
    return "\n".join(lines) + "\n"


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
    """Return each place that an error came through, as `file:line in function`."""
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
