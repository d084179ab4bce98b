"""What sittings share: however one ends, its words are safe, and it is said how to go on."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pl_guide.errors import Left
from pl_guide.session.protocol import LiveAsker
from pl_guide.worksheet.storage.store import FileKeeper


class _Ended(BaseException):
    """The system asked the program to end; not an Exception, so that nothing catches it early."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.signal = number


def chosen_asker(*, plain: bool) -> LiveAsker:
    """Return the asker for this terminal: with keys, or line by line where that is all it can."""

    def nowhere(question: str, field: str, text: str) -> None:
        del question, field, text

    if plain or os.environ.get("TERM", "dumb") in {"dumb", "unknown", ""}:
        from pl_guide.session.askers.plain import PlainAsker

        return PlainAsker(nowhere)
    from pl_guide.session.askers.terminal import TerminalAsker

    return TerminalAsker(nowhere)


@contextmanager
def live(asker: LiveAsker, keeper: FileKeeper, go_on: Callable[[], str]) -> Iterator[None]:
    """Run a session: keep drafts as they are typed, and leave the right way.

    Raises:
        Left: the person interrupted it, or the system ended it.
    """
    try:
        asker.keep = keeper.keep_draft
        yield
    except KeyboardInterrupt:
        raise Left(str(keeper.path), go_on()) from None
    except _Ended as ended:
        raise Left(str(keeper.path), go_on(), ended.signal) from None
    finally:
        keeper.drafts.close()


def catch_signals(asker: LiveAsker) -> None:
    """Leave as soon as nothing is half done when the system asks the program to end."""

    def end(number: int, _frame: object) -> None:
        asker.end(_Ended(number))

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), end)


@contextmanager
def before_a_session(asker: LiveAsker, go_on: str) -> Iterator[None]:
    """Ask what comes before a session; however that ends, the terminal is as it was.

    Raises:
        Left: the system ended it.
    """
    catch_signals(asker)
    try:
        yield
    except _Ended as ended:
        raise Left("", go_on, ended.signal) from None
