"""Documentation that is run: `console` blocks of a page, and what really shows.

In a block, `$ ` begins a command, `> ` a line that is typed into it (what plain mode shows as its
prompt), and a line `…` alone stands for lines left out. Comments in the page, before a block, say
how it is run:

    <!-- in a new folder -->      what follows has a folder of its own
    <!-- on 2026-10-20T15:30 -->  from here on, it is that day for the program
    <!-- first: COMMAND -->       runs a command that the page doesn't show
    <!-- ends with 4 -->          the next block's last command ends with this exit code
    <!-- from FILE -->            the next block, of any language, shows a part of that file
"""

import difflib
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from support.program import CLEAN_ENV

FIRST_DAY = "2026-09-08T15:30"
LEFT_OUT = "…"
GIT_CONFIG = """
[user]
name = Dana Reyes
email = dana@school.example
[init]
defaultBranch = main
"""
SHIM = Path(__file__).with_name("on_a_day.py")

_PIECES = re.compile(
    r"^<!-- (?P<word>in a new folder|on|first:|ends with|from) ?(?P<value>.*?) ?-->$"
    r"|^```(?P<language>\w*)\n(?P<block>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


class Mismatch(NamedTuple):
    """A command whose output isn't what the page says."""

    command: str
    said: str
    shows: str


class Runner:
    """Runs a page's blocks one after another, and remembers what didn't show as the page says."""

    def __init__(self, folder: Path) -> None:
        self.base = folder
        self.number = 0
        self.day = FIRST_DAY
        self.exit = 0
        self.file = ""
        self.mismatches: list[Mismatch] = []
        tools = folder / "tools"
        tools.mkdir()
        program = tools / "plguide"
        program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {SHIM} "$@"\n', "utf-8")
        program.chmod(0o755)
        self.seen = folder / "errors-seen"
        self.seen.touch()
        (folder / "gitconfig").write_text(GIT_CONFIG, "utf-8")
        self.fresh()

    def fresh(self) -> None:
        """Begin a new folder."""
        self.number += 1
        self.folder = self.base / f"at-{self.number}" / "harbor-street"
        self.folder.mkdir(parents=True)

    @property
    def env(self) -> dict[str, str]:
        """The variables that commands are run with."""
        beside = Path(sys.executable).parent
        return {
            "PATH": f"{self.base / 'tools'}:{beside}:{os.environ['PATH']}",
            "COLUMNS": "80",
            "TZ": "UTC",
            "HOME": str(self.base),
            "GIT_CONFIG_GLOBAL": str(self.base / "gitconfig"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "PLGUIDE_STATE": str(self.folder.parent / "state"),
            "TODAY": self.day,
            "ERRORS_SEEN": str(self.seen),
        }

    def page(self, text: str) -> str:
        """Run all blocks of a page; gives the page as it should be."""
        return _PIECES.sub(self._piece, text)

    def _piece(self, found: re.Match[str]) -> str:
        match found["word"]:
            case "in a new folder":
                self.fresh()
            case "on":
                self.day = found["value"]
            case "first:":
                self._hidden(found["value"])
            case "ends with":
                self.exit = int(found["value"])
            case "from":
                self.file = found["value"]
            case None:
                return self._block(found)
        return found[0]

    def _block(self, found: re.Match[str]) -> str:
        if self.file:
            shown = (self.folder / self.file).read_text("utf-8").rstrip().split("\n")
            command, self.file = f"(the file {self.file})", ""
            renewed = self._compared(command, found["block"].rstrip("\n").split("\n"), shown)
        elif found["language"] == "console":
            renewed = list(self._console(found["block"].rstrip("\n")))
        else:
            return found[0]
        return "\n".join([f"```{found['language']}", *renewed, "```"])

    def _console(self, block: str) -> Iterator[str]:
        parts = re.split(r"^\$ ", block, flags=re.MULTILINE)
        assert not parts[0], f"a console block begins with a command: {block}"
        for number, part in enumerate(parts[1:], 2):
            command, *said = part.rstrip("\n").split("\n")
            typed = [line for line in said if _is_typed(line)]
            shown, code = self._run(command, typed)
            wanted = self.exit if number == len(parts) else 0
            assert code == wanted, f"{command} ended with {code}, not {wanted}:\n{shown}"
            yield f"$ {command}"
            yield from self._compared(command, said, shown)
        self.exit = 0

    def _hidden(self, command: str) -> None:
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=self.folder,
            env=CLEAN_ENV | self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"

    def _run(self, command: str, typed: list[str]) -> tuple[list[str], int]:
        from support.pty_screen import Terminal

        # The window is wider than what is laid out in it, so that no line to copy is broken.
        with Terminal(
            ["sh", "-c", command], self.folder, columns=400, lines=50, env=self.env
        ) as one:
            for line in typed:
                one.wait_for_field()
                one.send(f"{line[2:]}\r")
            code = one.end(60)
            return one.whole_text().rstrip().split("\n"), code

    def _compared(self, command: str, said: list[str], shown: list[str]) -> list[str]:
        if shown == [""]:
            shown = []
        if fits(said, shown):
            return said
        self.mismatches.append(Mismatch(command, "\n".join(said), "\n".join(shown)))
        return renewed(said, shown)


def _is_typed(line: str) -> bool:
    return line == ">" or line.startswith("> ")


def fits(said: list[str], shown: list[str]) -> bool:
    """Tell whether lines are what a page says, `…` standing for any number of them."""
    pattern = "".join(r"(?:.*\n)*" if line == LEFT_OUT else re.escape(f"{line}\n") for line in said)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in shown)) is not None


def renewed(said: list[str], shown: list[str]) -> list[str]:
    """Give the lines that a page should say, leaving out what it left out before."""
    ours, theirs = _between_typed(said), _between_typed(shown)
    if len(ours) != len(theirs):
        return shown
    return [line for pair in zip(ours, theirs, strict=True) for line in _renewed(*pair)]


def _between_typed(lines: list[str]) -> list[list[str]]:
    """Part lines before each that is typed."""
    parts: list[list[str]] = [[]]
    for line in lines:
        if _is_typed(line):
            parts.append([])
        parts[-1].append(line)
    return parts


def _renewed(said: list[str], shown: list[str]) -> list[str]:
    if LEFT_OUT not in said or fits(said, shown):
        return said if LEFT_OUT in said else shown
    parts: list[list[str]] = [[]]
    for line in said:
        parts.append([]) if line == LEFT_OUT else parts[-1].append(line)
    result = shown[: len(parts[0])]
    for part in parts[1:-1]:
        near = difflib.get_close_matches(part[0], shown, 1, 0) if part else []
        at = shown.index(near[0]) if near else 0
        result += [LEFT_OUT, *shown[at : at + len(part)]]
    return [*result, LEFT_OUT, *(shown[-len(parts[-1]) :] if parts[-1] else [])]
