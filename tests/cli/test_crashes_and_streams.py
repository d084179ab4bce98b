"""What can't be foreseen: a fault of the program's, and streams that can't be written or read."""

import os
import re
import shlex
import stat
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from support.program import CLEAN_ENV

DEV_FULL = Path("/dev/full")
WORDS = "Dora-Quinn"

# Runs the program with a fault in the function that finds words, or where its module is loaded.
FAULTY = """
import sys
import pl_guide.analysis.search as searching
from pl_guide.__main__ import main
def broken(*_, **__):
    raise ValueError("Dora-Quinn")
searching.search = broken
main()
"""
FAULTY_IMPORT = """
import sys
from pl_guide.__main__ import main
sys.modules["pl_guide.cli.commands.search"] = None
main()
"""


def crashed(tmp_path: Path, code: str = FAULTY, *arguments: str, **env: str):
    file = tmp_path / f"{WORDS}.py"
    file.write_text(code, "utf-8")
    return subprocess.run(
        [sys.executable, file, *(arguments or ("search", WORDS, "--limit", "5"))],
        env=CLEAN_ENV | {"PLGUIDE_STATE": str(tmp_path / "state")} | env,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_fault_is_written_down_in_a_file_that_the_message_names(tmp_path):
    done = crashed(tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert "(ValueError)" in done.stderr
    (file,) = (tmp_path / "state").iterdir()
    assert done.stderr.splitlines()[-1].strip() == str(file)
    text = file.read_text("utf-8")
    assert f"plguide {version('pl-guide')}" in text
    assert f"typer {version('typer')}" in text
    assert "Command: plguide search --limit\n" in text
    assert "Error: builtins.ValueError\n" in text
    assert re.search(r"^  pl_guide/cli/commands/search\.py:\d+ in search$", text, re.MULTILINE)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_nobody_else_can_read_what_is_written_of_a_fault(tmp_path):
    crashed(tmp_path)
    (file,) = (tmp_path / "state").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_no_word_and_no_folder_of_a_person_is_in_what_is_written_of_a_fault(tmp_path):
    done = crashed(tmp_path)
    (file,) = (tmp_path / "state").iterdir()
    text = file.read_text("utf-8")
    assert WORDS not in text + done.stderr
    for folder in (str(tmp_path), str(Path.home()), sys.prefix):
        assert folder not in text


def test_what_is_no_option_of_the_command_is_not_written_down(tmp_path):
    done = crashed(tmp_path, FAULTY, "search", "--", "--words-of-Dora-Quinn", "plan", "--limit=5")
    assert done.returncode == 1
    (file,) = (tmp_path / "state").iterdir()
    assert "Command: plguide search --limit\n" in file.read_text("utf-8")


def test_a_command_that_cannot_be_loaded_is_written_down_too(tmp_path):
    done = crashed(tmp_path, FAULTY_IMPORT)
    assert done.returncode == 1
    (file,) = (tmp_path / "state").iterdir()
    assert "Error: builtins.ModuleNotFoundError\n" in file.read_text("utf-8")


def test_where_nothing_can_be_written_the_message_says_where_a_fault_happened(tmp_path):
    (tmp_path / "state").write_text("no folder", "utf-8")
    done = crashed(tmp_path)
    assert done.returncode == 1
    assert re.search(r"\(ValueError, elsewhere:\d+ in broken\)", done.stderr)


def test_one_can_ask_for_the_traceback(tmp_path):
    done = crashed(tmp_path, PLGUIDE_DEBUG="1")
    assert done.returncode == 1
    assert "Traceback" in done.stderr
    assert not (tmp_path / "state").exists()


def shell(program: list[str], line: str, **env: str):
    return subprocess.run(
        ["bash", "-c", f"{shlex.join(program)} {line}"],
        env=CLEAN_ENV | {"SHELL": "/bin/bash"} | env,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.skipif(not DEV_FULL.exists(), reason="there is no /dev/full")
@pytest.mark.parametrize(
    "typed", ["", "--help", "--version", "show --help", "roles", "schema", "--show-completion"]
)
def test_a_full_disk_is_said_whatever_was_to_be_written(program, typed):
    done = shell(program, f"{typed} >/dev/full")
    assert done.returncode == 4
    assert "Traceback" not in done.stderr
    assert "No space left on device" in done.stderr


@pytest.mark.skipif(not DEV_FULL.exists(), reason="there is no /dev/full")
def test_completion_into_a_full_disk_ends_without_a_traceback(program):
    asked = {"_PLGUIDE_COMPLETE": "complete_bash", "COMP_WORDS": "plguide s", "COMP_CWORD": "1"}
    done = shell(program, ">/dev/full", **asked)
    assert done.returncode == 4
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="needs a shell that closes streams")
@pytest.mark.parametrize("typed", ["", "--help", "--version", "show coach", "--show-completion"])
def test_a_closed_output_is_said(program, typed):
    done = shell(program, f"{typed} >&-")
    assert done.returncode == 4
    assert "Couldn't read or write: Bad file descriptor" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="needs a shell that closes streams")
def test_a_file_is_written_though_the_output_is_closed(program, tmp_path):
    file = tmp_path / "coach.md"
    done = shell(program, f"worksheet --role coach -o {shlex.quote(str(file))} >&- 2>&-")
    assert done.returncode == 0
    assert file.read_text("utf-8").startswith("---\n")


@pytest.mark.skipif(os.name == "nt", reason="needs a shell that closes streams")
def test_a_closed_input_is_no_terminal(program):
    done = shell(program, "reflect <&-")
    assert done.returncode == 5
    assert "Traceback" not in done.stderr
    assert shell(program, "roles <&-").stdout.startswith("# Roles")


@pytest.mark.skipif(not DEV_FULL.exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("errors", [">&-", ">/dev/full"])
def test_the_exit_code_tells_where_nothing_can_be_said(program, errors):
    assert shell(program, f"show nobody 2{errors}").returncode == 2


@pytest.mark.skipif(os.name == "nt", reason="needs a shell")
def test_a_reader_of_the_help_that_has_seen_enough_is_no_error(program):
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {shlex.join(program)} --help | true"],
        env=CLEAN_ENV, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
