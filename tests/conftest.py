"""What all tests use: the program, run in this process or as its own, and content to spoil."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings
from typer.testing import CliRunner

from pl_guide.cli.app import app
from pl_guide.content.files import shipped_folder
from support.examples import PROFILES
from support.program import CLEAN_ENV, Plguide, Result

for name, count in PROFILES.items():
    # Only a thorough run tries other examples each time: what fails now and then is for its eyes.
    derandomize = name != "thorough"
    settings.register_profile(name, max_examples=count, deadline=None, derandomize=derandomize)


def pytest_configure(config: pytest.Config) -> None:
    """Try as many examples as fit the lane, unless a profile is asked for."""
    if not config.getoption("hypothesis_profile"):
        wanted = config.option.markexpr
        lanes = {"not slow": "quick", "long": "thorough"}
        settings.load_profile(lanes.get(wanted, "usual"))


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Run more tests at once than there are processors where some wait for a terminal."""
    waiting = "not slow" not in config.option.markexpr
    return (os.cpu_count() or 1) * (2 if waiting else 1)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is long as slow too, so that the fast lane leaves it out."""
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker("slow")


@pytest.fixture
def plguide(monkeypatch: pytest.MonkeyPatch) -> Plguide:
    """Run the program in this process, its output going into a pipe as it were."""
    for name in ("COLUMNS", "FORCE_COLOR", "NO_COLOR", "PLGUIDE_CONTENT"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: object, env: dict[str, str] | None = None) -> Result:
        found = CliRunner().invoke(app, [str(each) for each in arguments], env=env)
        return Result(found.exit_code, found.stdout, found.stderr)

    return run


@pytest.fixture
def program() -> list[str]:
    """The command that starts the program as a process of its own."""
    script = Path(sys.executable).with_name("plguide")
    return [str(script)] if script.exists() else [sys.executable, "-m", "pl_guide"]


@pytest.fixture
def plguide_process(program: list[str]) -> Plguide:
    """Run the program as a process of its own."""

    def run(*arguments: object, env: dict[str, str] | None = None, **options: object) -> Result:
        done = subprocess.run(
            [*program, *map(str, arguments)],
            env=CLEAN_ENV | (env or {}),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
            **options,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the shipped content, to change and to spoil."""
    return Path(shutil.copytree(shipped_folder(), tmp_path / "content"))
