"""The one place where errors become words and exit codes, and where a crash is written down."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from pl_guide.cli.output import abandon, say
from pl_guide.errors import PlguideError
from pl_guide.messages.errors import (
    BUG,
    FILE,
    INTERRUPTED,
    STOPPED,
    crash_words,
    error_words,
    system_words,
)


@contextmanager
def errors_into_words(names: Callable[[], list[str]] = list) -> Iterator[None]:
    """Turn whatever is raised inside into words on stderr and an exit code.

    No traceback gets through, unless PLGUIDE_DEBUG asks for it. `names` gives the names of the
    command and the options that were typed.

    Raises:
        SystemExit: something was raised.
    """
    try:
        yield
    except (typer.Exit, typer.Abort):
        raise
    except PlguideError as error:
        text, code = error_words(error)
        say(text)
        raise SystemExit(code) from None
    except BrokenPipeError:
        # Whoever reads has seen enough, as in `plguide show coach | head`.
        abandon(sys.stdout)
        raise SystemExit(0) from None
    except OSError as error:
        abandon(sys.stdout)
        say(system_words(error))
        raise SystemExit(FILE) from None
    except KeyboardInterrupt:
        say(STOPPED)
        raise SystemExit(INTERRUPTED) from None
    except Exception as error:
        if _is_usage(error) or os.environ.get("PLGUIDE_DEBUG"):
            raise
        say(_written_down(error, names))
        raise SystemExit(BUG) from None


def _written_down(error: Exception, names: Callable[[], list[str]]) -> str:
    """Write a crash into a file, and return what to say of it."""
    from pl_guide.cli.crash import crash_report, last_frame, write_report

    try:
        from pl_guide.cli.worksheets import state_folder

        file: Path | None = write_report(crash_report(error, names), state_folder())
    except Exception:  # noqa: BLE001 - whatever it is, the crash itself is to be said
        file = None
    return crash_words(type(error).__name__, last_frame(error), file)


def _is_usage(error: Exception) -> bool:
    """Tell whether Typer itself shows this error, with its own exit code."""
    return hasattr(error, "exit_code")
