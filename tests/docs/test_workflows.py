"""Workflows for GitHub, ours and those that pages show: sound by its own schema, and ours safe."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from support.needs import needed
from support.program import CLEAN_ENV, ROOT

OURS = ROOT / ".github" / "workflows" / "tests.yml"
SHOWN = [
    (page.stem, block)
    for page in sorted((ROOT / "docs").glob("*.md"))
    for block in re.findall(
        r"^```yaml\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    if re.search(r"^jobs:", block, re.MULTILINE)
]

pytestmark = pytest.mark.skipif(not OURS.exists(), reason="the workflow is in the repository alone")


def faults(file: Path) -> str:
    """Return what GitHub's schema, as `check-jsonschema` carries it, finds wrong with a file."""
    done = subprocess.run(
        [needed("check-jsonschema"), "--builtin-schema", "vendor.github-workflows", str(file)],
        env=CLEAN_ENV,
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def workflow() -> dict:
    # YAML 1.1, which this reader follows, takes the key `on` for a truth value.
    found = yaml.safe_load(OURS.read_text("utf-8"))
    return {("on" if key is True else key): value for key, value in found.items()}


def test_our_workflow_fits_githubs_schema():
    assert faults(OURS) == ""


@pytest.mark.parametrize(("page", "text"), SHOWN, ids=[page for page, _ in SHOWN])
def test_a_workflow_that_a_page_shows_fits_githubs_schema(page, text, tmp_path):
    (tmp_path / "shown.yml").write_text(text, "utf-8")
    assert faults(tmp_path / "shown.yml") == ""


def test_a_misspelled_workflow_is_noticed(tmp_path):
    spoiled = OURS.read_text("utf-8").replace("runs-on:", "run-on:")
    (tmp_path / "spoiled.yml").write_text(spoiled, "utf-8")
    assert "run-on" in faults(tmp_path / "spoiled.yml")


def test_no_step_of_the_checks_can_fail_unnoticed():
    # Bash goes on, `set -e` or not, when a command before `&&` or in front of `|` fails.
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert "set -euo pipefail" in script
    assert [row for row in script.splitlines() if " && " in row] == []


def test_our_workflow_may_read_the_code_and_no_more():
    found = workflow()
    assert found["permissions"] == {"contents": "read"}
    assert "pull_request_target" not in found["on"]
    assert not re.search(r"secrets\.|token", OURS.read_text("utf-8"), re.IGNORECASE)


def test_every_action_is_held_to_a_major_version():
    used = re.findall(r"uses: (\S+)", OURS.read_text("utf-8"))
    assert used
    assert [name for name in used if not re.fullmatch(r"actions/[\w-]+@v\d+", name)] == []


def test_our_workflow_runs_the_fast_tests_on_three_systems_from_the_oldest_python_to_the_newest():
    job = workflow()["jobs"]["fast"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    matrix = job["strategy"]["matrix"]
    assert {name.split("-")[0] for name in matrix["os"]} == {"ubuntu", "macos", "windows"}
    assert matrix["python"] == [project["requires-python"].removeprefix(">="), "3.x"]
    runs = [step["run"] for step in job["steps"] if "run" in step]
    assert {"ruff check .", "mypy", 'pytest -m "not slow"'} <= set(runs)


WITHOUT_POSIX = """
import os, signal, sys
# These choose by the system's name, which stays what it is.
import filelock, platformdirs.unix
for name in ("fcntl", "grp", "pexpect", "pty", "pwd", "resource", "termios", "tty"):
    sys.modules[name] = None
import pytest
for module, names in {
    os: ("fork", "geteuid", "getuid", "killpg", "mkfifo", "openpty", "setsid"),
    signal: ("SIGCONT", "SIGHUP", "SIGKILL", "SIGSTOP", "SIGTSTP", "SIGWINCH"),
}.items():
    for name in names:
        delattr(module, name)
sys.exit(pytest.main(["--collect-only", "-n", "0", "-p", "no:cacheprovider", "-m", "not slow"]))
"""


@pytest.mark.slow
def test_the_fast_tests_are_found_where_there_is_no_posix_at_all():
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_POSIX],
        cwd=ROOT,
        env=CLEAN_ENV,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:]
    assert "pseudo-terminal" in done.stdout  # Why some files are left out.
    assert "test_reflection_session.py" in done.stdout
