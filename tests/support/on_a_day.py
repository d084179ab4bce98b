"""Runs the program as if it were another day: the one in TODAY (2026-09-08T15:30).

The words for each error that reaches the gate are noted by its class in the file ERRORS_SEEN.
"""

import datetime as dt
import os
from pathlib import Path

from pl_guide import clock
from pl_guide.errors import PlguideError
from pl_guide.worksheet.storage import store


def stopped() -> dt.datetime:
    """Return the one time it always is."""
    return dt.datetime.fromisoformat(os.environ["TODAY"]).astimezone()


def _noted(words):
    def noting(error: PlguideError) -> str:
        with Path(os.environ["ERRORS_SEEN"]).open("a", encoding="utf-8") as seen:
            seen.write(f"{type(error).__name__}\n")
        return words(error)

    return noting


if __name__ == "__main__":
    clock.now = stopped
    store.new_id = lambda: "9c41f0d27be8a365"
    from pl_guide.__main__ import main
    from pl_guide.messages import errors as messages

    messages.error_words = _noted(messages.error_words)
    main()
