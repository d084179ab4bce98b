"""The one place where errors become words and exit codes, and where a crash is written down."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from pl_guide.cli.output import abandon, say
from pl_guide.errors import PlguideError
from pl_guide.messages import errors as messages


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
        say(messages.error_words(error))
        raise SystemExit(messages.exit_code(error)) from None
    except BrokenPipeError:
        # Whoever reads has seen enough, as in `plguide show coach | head`.
        abandon(sys.stdout)
        raise SystemExit(0) from None
    except OSError as error:
        abandon(sys.stdout)
        say(messages.system_words(error))
        raise SystemExit(messages.FILE) from None
    except KeyboardInterrupt:
        say(messages.STOPPED)
        raise SystemExit(messages.INTERRUPTED) from None
    except Exception as error:
        # Typer itself shows an error that has an exit code.
        if hasattr(error, "exit_code") or os.environ.get("PLGUIDE_DEBUG"):
            raise
        from pl_guide.cli.crash import write_down

        say(write_down(error, names))
        raise SystemExit(messages.BUG) from None
