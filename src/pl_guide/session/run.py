"""What sittings share: however one ends, its words are safe, and it is said how to go on."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pl_guide.errors import Left
from pl_guide.session.protocol import Asker, C
from pl_guide.worksheet.storage.store import FileKeeper


class _Ended(BaseException):
    """The system asked the program to end; not an Exception, so that nothing catches it early.

    It is made with the signal's number.
    """


def chosen_asker(*, plain: bool) -> Asker:
    """Return the asker for this terminal: with keys, or line by line where that is all it can."""
    if plain or os.environ.get("TERM", "dumb") in {"dumb", "unknown", ""}:
        from pl_guide.session.askers.plain import PlainAsker

        return PlainAsker()
    from pl_guide.session.askers.terminal import TerminalAsker

    return TerminalAsker()


def chosen_first(
    asker: Asker, message: str, options: list[tuple[C, str]], go_on: str, path: str = ""
) -> C:
    """Ask what comes before a session; `path` is the worksheet that there is already.

    Raises:
        Left: the person left, or the system ended it.
    """
    _catch_signals(asker)
    try:
        chosen = asker.choose(message, options)
    except _Ended as ended:
        raise Left(path, go_on, *ended.args) from None
    if not chosen:
        raise Left(path, go_on)
    return chosen


@contextmanager
def live(asker: Asker, keeper: FileKeeper, go_on: Callable[[Path], str]) -> Iterator[None]:
    """Run a session: keep drafts as they are typed, and leave the right way.

    Raises:
        Left: the person interrupted it, or the system ended it.
    """
    asker.keep = keeper.keep_draft
    _catch_signals(asker)
    try:
        with asker.held():
            yield
    except (KeyboardInterrupt, _Ended) as ended:
        raise Left(str(keeper.path), go_on(keeper.path), *ended.args) from None
    finally:
        keeper.drafts.close()


def _catch_signals(asker: Asker) -> None:
    """Leave as soon as nothing is half done when the system asks the program to end."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda number, _: asker.end(_Ended(number)))
