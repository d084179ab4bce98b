"""Which asker suits the terminal; each is loaded only when it is chosen."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from pl_guide.errors import WorksheetError
from pl_guide.session.protocol import Asker

Keep = Callable[[str, str, str], None]
Describe = Callable[[WorksheetError], str]


class LiveAsker(Asker, Protocol):
    """An asker whose drafts can be kept, and which the system may end."""

    keep: Keep

    def held(self) -> AbstractContextManager[None]:
        """Keep the terminal ready for the next field, all through a session."""

    def end(self, error: BaseException) -> None:
        """Leave with an error as soon as nothing is half done; for a signal's handler to call."""


class Asking:
    """The asker of a session, and the line that says its keys."""

    def __init__(self, asker: LiveAsker, keys: str) -> None:
        self.asker = asker
        self.keys = keys

    def connect(self, keep: Keep) -> None:
        """Say where text goes while it is being typed."""
        self.asker.keep = keep

    def end(self, error: BaseException) -> None:
        """Leave with an error as soon as nothing is half done."""
        self.asker.end(error)

    def choose(self, message: str, options: list[tuple[str, str]]) -> str | None:
        """Let a person choose one of (value, words); None if they leave."""
        return self.asker.choose(message, options) or None


def chosen_asker(*, plain: bool, describe: Describe) -> Asking:
    """Give the asker for this terminal: with keys, or line by line where that is all it can."""

    def nowhere(question: str, field: str, text: str) -> None:
        del question, field, text

    if plain or os.environ.get("TERM", "dumb") in {"dumb", "unknown", ""}:
        from pl_guide.session.askers.plain import PlainAsker

        keys = "Type, and press Enter. /keys lists the commands, /quit leaves with all saved."
        return Asking(PlainAsker(nowhere, describe), keys)
    from pl_guide.session.askers.terminal import TerminalAsker

    keys = "Enter accepts, Shift+Tab goes back, F1 shows all keys, Ctrl+C leaves with all saved."
    return Asking(TerminalAsker(nowhere, describe), keys)
