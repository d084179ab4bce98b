"""The program in a real pseudo-terminal, and what its screen shows.

A file of tests that imports this is skipped where there is no pseudo-terminal.
"""

import os
import re
import select
import signal
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyte
import pytest

from support.needs import HAS_TERMINAL, NO_TERMINAL
from support.program import CLEAN_ENV

if not HAS_TERMINAL:
    pytest.skip(NO_TERMINAL, allow_module_level=True)

import pexpect

TIMEOUT = 30.0
"""Seconds after which waiting is given up; far more than a busy machine needs."""

ENTER, NEW_LINE, BACK, TAB, ESCAPE = "\r", "\n", "\x1b[Z", "\t", "\x1b"
SKIP, REVIEW, ABOUT, F1, F2 = "\x0e", "\x12", "\x14", "\x1bOP", "\x1bOQ"
EDITOR, CTRL_C, CTRL_D, CTRL_U, CTRL_Z = "\x18\x05", "\x03", "\x04", "\x15", "\x1a"
UP, DOWN = "\x1b[A", "\x1b[B"

_OPEN: "list[Terminal]" = []


def paste(text: str) -> str:
    """Give text as a terminal hands it over when it is pasted."""
    return f"\x1b[200~{text}\x1b[201~"


class _Screen(pyte.HistoryScreen):
    """A screen that answers when it is asked where its cursor is, as terminals do."""

    def __init__(self, columns: int, lines: int, answer: Callable[[str], None]) -> None:
        self._answer = answer
        super().__init__(columns, lines, history=20_000)

    def write_process_input(self, data: str) -> None:
        self._answer(data)

    def select_graphic_rendition(self, *attributes: int, private: bool = False) -> None:
        if not private:
            super().select_graphic_rendition(*attributes)

    def draw(self, data: str) -> None:
        # Joiners and marks of direction take no room; the emulation would drop what follows them.
        super().draw("".join(c for c in data if unicodedata.category(c) not in {"Cf", "Mn", "Me"}))


class Terminal:
    """A program running in a terminal of its own.

    `wait_for` and the like look at what has appeared since the last `send`: at the row the cursor
    was in then, and below. While one terminal is waited on, all others are read as well.
    """

    def __init__(
        self,
        command: list[str],
        folder: Path,
        *,
        columns: int = 80,
        lines: int = 24,
        env: dict[str, str] | None = None,
    ) -> None:
        base = {key: CLEAN_ENV[key] for key in CLEAN_ENV if key not in {"EDITOR", "VISUAL"}}
        base |= {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
        base |= {"PLGUIDE_STATE": str(folder / "state")}
        self.raw = b""
        self.exit: int | None = None
        self._screen = _Screen(columns, lines, self._type)
        self._stream = pyte.ByteStream(self._screen)
        self._mark = -1
        self._child: Any = pexpect.spawn(
            command[0],
            command[1:],
            cwd=str(folder),
            env=base | (env or {}),
            dimensions=(lines, columns),
            timeout=TIMEOUT,
        )
        _OPEN.append(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: object, trace: TracebackType | None
    ) -> None:
        self.close()

    # What a person does.

    def send(self, text: str) -> None:
        """Press keys; from now on only what appears after this is waited for."""
        # Half drawn, a window has its cursor where it won't stay.
        drawn = -1
        while self.exit is None and drawn != len(self.raw):
            drawn = len(self.raw)
            _read_all(0.02)
        rows = self._rows()[: len(self._screen.history.top) + self._screen.cursor.y + 1]
        # A list to choose from shrinks to its first line when it is answered.
        lists = [n for n, row in enumerate(rows) if "(arrows, Enter)" in row]
        self._mark = lists[-1] if lists else len(rows) - 1
        self._type(text)

    def resize(self, columns: int, lines: int) -> None:
        """Make the window another size."""
        self._screen.resize(lines, columns)
        self._child.setwinsize(lines, columns)
        self._mark = -1

    def hang_up(self) -> None:
        """Close the window."""
        _OPEN.remove(self)
        process = self._child.ptyproc
        process.fileobj.close()
        process.wait()
        process.closed = self._child.closed = True
        self.exit = _exit_of(process)

    def kill(self, number: int) -> None:
        """Send the program a signal."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    @property
    def pid(self) -> int:
        """The number of the program's process."""
        return int(self._child.pid)

    # What a person sees.

    def screen_text(self) -> str:
        """Give what the window shows."""
        return "\n".join(row.rstrip() for row in self._rows()[len(self._screen.history.top) :])

    def whole_text(self) -> str:
        """Give what the window shows, and all that has gone off its top."""
        return "\n".join(row.rstrip() for row in self._rows())

    def wait_for(self, text: str, timeout: float = TIMEOUT) -> None:
        """Wait until a text has appeared, however it is wrapped."""
        wanted = _flat(text)
        self.wait_until(lambda: wanted in _flat("\n".join(self._new_rows())), text, timeout)

    def wait_for_field(self, label: str = "", timeout: float = TIMEOUT) -> None:
        """Wait until a new field is open, under a label (or other text) if one is given."""
        wanted = _flat(label)
        self.wait_until(lambda: self._field_open(wanted), f"a field {label!r}", timeout)

    def wait_until(self, true: Callable[[], bool], what: str, timeout: float = TIMEOUT) -> None:
        """Wait until something is true, reading the terminal meanwhile."""
        until = time.monotonic() + timeout
        while not true():
            if self.exit is not None and not true():
                raise AssertionError(f"no {what}: it ended with {self.exit}\n{self.whole_text()}")
            if time.monotonic() > until:
                raise AssertionError(f"no {what} within {timeout} s:\n{self.whole_text()}")
            _read_all(0.02)

    def read(self, seconds: float) -> None:
        """Read what the program writes, for a time."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and self.exit is None:
            _read_all(min(left, 0.02))

    def end(self, timeout: float = TIMEOUT) -> int:
        """Wait until the program has ended, and give its exit code (minus the signal's number)."""
        self.wait_until(lambda: self.exit is not None, "end", timeout)
        assert self.exit is not None
        return self.exit

    def close(self) -> None:
        """End the program, if it still runs."""
        if self.exit is None and self in _OPEN:
            self.kill(signal.SIGKILL)
            self.kill(signal.SIGCONT)
            with suppress(AssertionError):
                self.end()
        if self in _OPEN:
            _OPEN.remove(self)

    # What happens in between.

    def _type(self, text: str) -> None:
        with suppress(OSError):
            os.write(self._child.child_fd, text.encode("utf-8", "surrogateescape"))

    def take(self) -> None:
        """Take in what the program has written."""
        try:
            raw = os.read(self._child.child_fd, 65_536)
        except OSError:
            raw = b""
        if raw:
            self.raw += raw
            self._stream.feed(raw)
            return
        _OPEN.remove(self)
        self._child.ptyproc.wait()
        self.exit = _exit_of(self._child.ptyproc)
        self._child.close(force=False)

    @property
    def handle(self) -> int:
        """The terminal's file descriptor."""
        return int(self._child.child_fd)

    def _rows(self) -> list[str]:
        screen = self._screen
        lines = [*screen.history.top, *(screen.buffer[y] for y in range(screen.lines))]
        return ["".join(line[x].data for x in range(screen.columns)) for line in lines]

    def _new_rows(self) -> list[str]:
        return self._rows()[max(self._mark, 0) :]

    def _field_open(self, label: str) -> bool:
        rows = self._new_rows()
        own = 0 if self._mark < 0 else 1  # The row that was typed in is a field of before.
        fields = [n for n, row in enumerate(rows) if n >= own and row.startswith(("› ", "> "))]
        return bool(fields) and label in _flat("\n".join(rows[: fields[0]]))


def _exit_of(process: Any) -> int:
    signaled = process.signalstatus
    return int(process.exitstatus if signaled is None else -signaled)


def _read_all(seconds: float) -> None:
    """Take in what any open terminal's program writes within a time."""
    places = {each.handle: each for each in _OPEN}
    ready, _, _ = select.select(list(places), [], [], seconds)
    for handle in ready:
        places[handle].take()


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@contextmanager
def terminals(program: list[str], folder: Path) -> Iterator[Callable[..., Terminal]]:
    """Give a function that starts the program in a terminal; at the end all of them are closed."""
    opened: list[Terminal] = []

    def start(*arguments: object, **options: Any) -> Terminal:
        opened.append(Terminal([*program, *map(str, arguments)], folder, **options))
        return opened[-1]

    try:
        yield start
    finally:
        for terminal in opened:
            terminal.close()
