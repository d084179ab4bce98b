"""Where everything is printed: results to stdout, all else to stderr."""

import io
import os
import shutil
import sys
from collections.abc import Callable
from enum import StrEnum
from typing import TextIO

from pl_guide.document import Document
from pl_guide.records import Record
from pl_guide.safe_text import visible


class Format(StrEnum):
    """The ways to show a result."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    JSON = "json"


class Output(Record, frozen=True):
    """How a person wants a result: format None lets the terminal or the pipe decide."""

    format: Format | None = None
    heading_level: int = 1
    pager: bool = False

    def resolved(self) -> Format:
        """Give the format to use: what was asked for, or what suits where it goes."""
        if self.format is not None:
            return self.format
        return Format.TERMINAL if sys.stdout.isatty() else Format.MARKDOWN

    def show(self, page: Callable[[], Document], data: Callable[[], object]) -> None:
        """Show a result: as a page, or its data as JSON."""
        self.write(self.rendered(page, data))

    def rendered(self, page: Callable[[], Document], data: Callable[[], object]) -> str:
        """Give a result's text: the page, or its data as JSON."""
        match self.resolved():
            case Format.JSON:
                from pl_guide.records import into_json

                return f"{into_json(data())}\n"
            case Format.MARKDOWN:
                from pl_guide.render.markdown import render_markdown

                return render_markdown(page(), self.heading_level)
            case Format.TERMINAL:
                from pl_guide.render.terminal import render_terminal

                return render_terminal(page(), prepared(sys.stdout), terminal_width())

    def write(self, text: str) -> None:
        """Write a result to stdout, or through the pager if that was asked for."""
        if self.pager and sys.stdout.isatty() and _pager_exists():
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
    stream = prepared(sys.stderr)
    stream.write(f"{visible(text)}\n")
    stream.flush()


def terminal_width() -> int:
    """Give the width to lay pages out for: the terminal's, or COLUMNS, or 80."""
    return max(shutil.get_terminal_size().columns, 20)


def prepared(stream: TextIO) -> TextIO:
    """Make a stream take any text: UTF-8 into pipes and files, and `?` for what a screen lacks."""
    if isinstance(stream, io.TextIOWrapper):
        encoding = None if stream.isatty() else "utf-8"
        stream.reconfigure(encoding=encoding, errors="replace")
    return stream


def abandon_output() -> None:
    """Point stdout at nothing, so that what is left in its buffer can't raise once more."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, io.UnsupportedOperation):
        pass
