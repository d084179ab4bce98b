"""Runs the program as if it were another day: the one in TODAY (2026-09-08T15:30).

The words for each error that reaches the gate are noted by its class in the file ERRORS_SEEN.
"""

import datetime as dt
import os
from pathlib import Path

from pl_guide.errors import PlguideError

_real = dt.datetime


class _Day(_real):
    """A clock that stands still."""

    @classmethod
    def now(cls, tz=None):
        return cls.fromisoformat(os.environ["TODAY"]).replace(tzinfo=tz)


def _noted(words):
    def noting(error: PlguideError) -> tuple[str, int]:
        with Path(os.environ["ERRORS_SEEN"]).open("a", encoding="utf-8") as seen:
            seen.write(f"{type(error).__name__}\n")
        return words(error)

    return noting


if __name__ == "__main__":
    dt.datetime = _Day  # type: ignore[misc]
    from pl_guide.__main__ import main
    from pl_guide.cli import gate

    gate.words = _noted(gate.words)
    main()
