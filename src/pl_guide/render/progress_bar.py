"""A bar on stderr for work that takes longer than a second; with `terminal.py`, rich's gateway."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

PATIENCE_SECONDS = 1.0


def with_progress(items: Iterable[T], total: int, what: str) -> Iterator[T]:
    """Give items as they come, and show how many of `total` have come once it takes long.

    Nothing is shown where stderr is no terminal.
    """
    if not sys.stderr.isatty():
        yield from items
        return
    started = time.monotonic()
    rest = iter(items)
    for number, item in enumerate(rest, 1):
        yield item
        if time.monotonic() - started > PATIENCE_SECONDS:
            from rich.console import Console
            from rich.progress import Progress

            with Progress(console=Console(stderr=True), transient=True) as progress:
                bar = progress.add_task(what, total=total, completed=number)
                yield from progress.track(rest, task_id=bar)
