"""The check as a hook before each commit, and as a step on GitHub: both are really run."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from support.program import CLEAN_ENV, ROOT

PAGE = ROOT / "docs/check-in-ci.md"
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
CONFIG, WORKFLOW = map(yaml.safe_load, EXAMPLES)
SOUND = "extends: coach\ntitle: Our coach\n"
FAULTY = "extends: coach\ntitel: Our coach\n"
ADVISED = "extends: coach\nquestions:\n  - id: equity\n    text: Think of all.\n"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the scripts are for a shell")

Runner = Callable[[str], subprocess.CompletedProcess[str]]


@pytest.fixture
def shell(program: list[str], tmp_path: Path) -> Runner:
    """Run a command line in a folder with content, with `plguide` and a silent `pip` at hand."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name, line in (("plguide", shlex.join(program)), ("pip", ":")):
        (tools / name).write_text(f'#!/bin/sh\n{line} "$@"\n', "utf-8")
        (tools / name).chmod(0o755)
    path = f"{tools}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

    def run(line: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["sh", "-ec", line],
            cwd=tmp_path / "repository",
            env=CLEAN_ENV | {"PATH": path},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    return run


def put(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / "repository" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("folder", "args"),
    [("", HOOKS[0]["args"]), ("our-district/", CONFIG["repos"][0]["hooks"][0]["args"])],
)
def test_the_hook_stops_what_is_faulty_and_lets_the_rest_through(
    folder: str, args: list[str], shell: Runner, tmp_path: Path
) -> None:
    (hook,) = HOOKS
    line = f"{hook['entry']} {shlex.join(args)}"
    put(tmp_path, f"{folder}roles/coach.yaml", FAULTY)
    stopped = shell(line)
    assert stopped.returncode == 3, stopped.stderr
    assert stopped.stdout.startswith(f"{folder}roles/coach.yaml:2:1: ")
    put(tmp_path, f"{folder}roles/coach.yaml", SOUND)
    assert shell(line).returncode == 0
    put(tmp_path, f"{folder}roles/coach.yaml", ADVISED)
    assert shell(line).returncode == 0
    assert shell(f"{line} --strict").returncode == 3


def test_the_hook_of_the_page_is_the_one_that_is_offered() -> None:
    assert [each["id"] for each in CONFIG["repos"][0]["hooks"]] == [HOOKS[0]["id"]]


@pytest.mark.parametrize(
    ("name", "runs"),
    [
        ("standards.yaml", True),
        ("our-district/standards.yaml", True),
        ("our-district/roles/coach.yml", True),
        ("our-district/roles/notes.txt", False),
        ("our-district/answers.yaml", False),
        ("mkdocs.yml", False),
    ],
)
def test_the_hook_runs_when_content_has_changed(name: str, runs: bool) -> None:
    assert (re.search(HOOKS[0]["files"], name) is not None) is runs
    assert HOOKS[0]["pass_filenames"] is False


def test_the_workflow_annotates_what_is_faulty_and_lets_the_rest_through(
    shell: Runner, tmp_path: Path
) -> None:
    steps = WORKFLOW["jobs"]["validate"]["steps"]
    lines = "\n".join(step["run"] for step in steps if "run" in step)
    put(tmp_path, "our-district/roles/coach.yaml", FAULTY)
    stopped = shell(lines)
    assert stopped.returncode == 3, stopped.stderr
    assert stopped.stdout == (
        "::error file=our-district/roles/coach.yaml,line=2,col=1,title=unknown-key::"
        "the key `titel` means nothing here; did you mean `title`?\n"
    )
    put(tmp_path, "our-district/roles/coach.yaml", SOUND)
    passed = shell(lines)
    assert (passed.returncode, passed.stdout) == (0, "")
