"""Where everything is printed: results to stdout, all else to stderr."""

import io
import os
import shutil
import sys
from contextlib import suppress
from typing import Literal, TextIO

from pl_guide.safe_text import visible

Format = Literal["terminal", "markdown", "json"]
"""The ways to show a result."""


def write(text: str, *, pager: bool = False) -> None:
    """Write a result to stdout, or through the pager if that was asked for."""
    if pager and sys.stdout.isatty() and _pager_exists():
        import pydoc

        os.environ.setdefault("LESS", "-R")
        pydoc.pager(text)
        return
    stream = prepared(sys.stdout)
    if "\r\n" in text and isinstance(stream, io.TextIOWrapper):
        # Its lines end as its format wants, on systems too that end theirs otherwise.
        stream.reconfigure(newline="")
    stream.write(text)
    stream.flush()


def _pager_exists() -> bool:
    """Tell whether the pager that was chosen is there; without it, text would be lost."""
    chosen = os.environ.get("MANPAGER") or os.environ.get("PAGER")
    return not chosen or shutil.which(chosen.split()[0]) is not None


def say(text: str) -> None:
    """Say something to the person, on stderr, where it stays out of results."""
    try:
        stream = prepared(sys.stderr)
        stream.write(f"{visible(text)}\n")
        stream.flush()
    except OSError:
        # Nobody can be told; the exit code still tells.
        abandon(sys.stderr)


def prepared(stream: TextIO) -> TextIO:
    """Make a stream take any text: UTF-8 into pipes and files, and `?` for what a screen lacks."""
    if isinstance(stream, io.TextIOWrapper):
        encoding = None if stream.isatty() else "utf-8"
        stream.reconfigure(encoding=encoding, errors="replace")
    return stream


def abandon(stream: TextIO) -> None:
    """Point a stream at nothing, so that what is left in its buffer can't raise once more."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())


def open_closed_streams() -> None:
    """Put a stream where one was closed before the program began: one that can't be used.

    Otherwise, the next file that is opened would take its number, and with it what is printed.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            # What is written to stdout is refused and said; nobody can be told of stderr.
            handle = os.open(os.devnull, os.O_WRONLY if name == "stderr" else os.O_RDONLY)
            setattr(sys, name, os.fdopen(handle, mode, encoding="utf-8"))
