"""The one place where errors become words and exit codes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from pl_guide.cli.output import abandon_output, say
from pl_guide.errors import PlguideError
from pl_guide.messages.errors import BUG, FILE, INTERRUPTED, error_words


@contextmanager
def gate() -> Iterator[None]:
    """Turn whatever is raised inside into words on stderr and an exit code."""
    try:
        yield
    except (typer.Exit, typer.Abort):
        raise
    except PlguideError as error:
        text, code = error_words(error)
        say(text)
        raise typer.Exit(code) from None
    except BrokenPipeError:
        # Whoever reads has seen enough, as in `plguide show coach | head`.
        abandon_output()
        raise typer.Exit(0) from None
    except OSError as error:
        abandon_output()
        name = f" {error.filename}" if error.filename else ""
        reason = error.strerror or type(error).__name__
        say(f"Couldn't read or write{name}: {reason}. Nothing of yours was changed.")
        raise typer.Exit(FILE) from None
    except KeyboardInterrupt:
        say("\nStopped.")
        raise typer.Exit(INTERRUPTED) from None
    except Exception as error:
        if _is_usage(error) or os.environ.get("PLGUIDE_DEBUG"):
            raise
        say(
            f"Something went wrong inside plguide ({type(error).__name__}: {error}).\n"
            "That is our fault. To help us mend it, run the same command once more with\n"
            "PLGUIDE_DEBUG=1 before it, and send us what it prints."
        )
        raise typer.Exit(BUG) from None


def _is_usage(error: Exception) -> bool:
    """Tell whether Typer itself shows this error, with its own exit code."""
    return hasattr(error, "exit_code")
