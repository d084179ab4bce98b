"""Starts the program."""

import gc
import sys


def main() -> None:
    """Run `plguide` with the arguments of this process, and exit with its code."""
    # Collecting garbage while modules load costs a tenth of a short command's time and finds
    # nothing. A long session or a big job reaches the threshold and is collected as usual.
    gc.set_threshold(50_000, 20, 20)
    from pl_guide.cli.errors import errors_into_words
    from pl_guide.cli.output import open_closed_streams

    open_closed_streams()
    try:
        with errors_into_words():
            from pl_guide.cli.app import app

            try:
                # The name under which it was started may be another: `python -m pl_guide`.
                app(prog_name="plguide")
            finally:
                # What can't be written is found out now, while it can be said.
                sys.stdout.flush()
    finally:
        # What the process still holds needs no collecting: the system takes it all back. Looking
        # through it once more would take a fifth of a short command's time.
        gc.freeze()


if __name__ == "__main__":
    main()
