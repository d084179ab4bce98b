"""The program as it is installed: its data, its start-up, its pipes, its completion."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from support.needs import bash
from support.program import CLEAN_ENV, ROOT

DEV_FULL = Path("/dev/full")


def loaded_modules(*arguments: str) -> set[str]:
    code = (
        "import sys\n"
        "from pl_guide.__main__ import main\n"
        f"sys.argv = ['plguide', *{list(arguments)!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(' '.join(sys.modules), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=CLEAN_ENV, capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


def test_importing_the_package_loads_nothing_but_itself():
    code = "import sys; old = set(sys.modules); import pl_guide; print(*set(sys.modules) - old)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["pl_guide"]


def test_showing_a_guide_into_a_pipe_loads_no_terminal_library():
    modules = loaded_modules("show", "coach")
    assert "yaml" in modules
    for heavy in ("rich", "questionary", "prompt_toolkit", "markdown_it", "docx", "icalendar"):
        assert heavy not in modules
    for unused in ("pl_guide.render.terminal", "pl_guide.analysis.search", "importlib.metadata"):
        assert unused not in modules


def test_a_terminal_page_in_plain_letters_loads_rich_and_no_prompt_or_width_library():
    modules = loaded_modules("show", "coach", "--format", "terminal")
    assert "rich" in modules
    assert not modules & {"prompt_toolkit", "wcwidth"}


def test_the_version_is_the_one_that_is_installed(plguide_process):
    from importlib.metadata import version

    assert plguide_process("--version").out == f"plguide {version('pl-guide')}\n"


@bash
def test_a_reader_that_has_seen_enough_is_no_error(program):
    # More than a pipe holds, so that the program is still writing when the reader leaves.
    command = f"{' '.join(program)} search learning --limit 0 --format json | head -1"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        env=CLEAN_ENV, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "[\n", "")


@pytest.mark.skipif(not DEV_FULL.exists(), reason="there is no /dev/full")
def test_a_full_disk_is_said_in_words(program):
    with DEV_FULL.open("w") as full:
        done = subprocess.run(
            [*program, "show", "coach"], env=CLEAN_ENV, stdout=full, stderr=subprocess.PIPE,
            text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 4
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1"])
def test_a_pipe_gets_utf_8_whatever_the_locale(plguide_process, locale):
    env = {"LC_ALL": locale, "PYTHONIOENCODING": "latin-1" if "8859" in locale else ""}
    found = plguide_process("show", "coach", env={k: v for k, v in env.items() if v})
    assert found.code == 0
    assert "2022 · 15 responsibilities" in found.out


def complete(program: list[str], *words: str) -> list[str]:
    done = subprocess.run(
        program,
        env=CLEAN_ENV
        | {
            "_PLGUIDE_COMPLETE": "complete_bash",
            "COMP_WORDS": " ".join(["plguide", *words]),
            "COMP_CWORD": str(len(words)),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.stderr
    return done.stdout.split()


def test_a_shell_completes_commands(program):
    assert complete(program, "cr") == ["crosswalk"]


@pytest.mark.slow
def test_a_shell_completes_roles_standards_categories_and_the_framework(program):
    assert complete(program, "show", "co") == ["coach", "conditions-for-success"]
    assert complete(program, "show", "evi") == ["evidence"]
    assert complete(program, "show", "fra") == ["framework"]


def test_a_shell_completes_standards_after_the_option(program):
    assert complete(program, "show", "coach", "--standard", "equity-d") == ["equity-drivers"]


def test_completion_knows_content_of_ones_own(program, content):
    role = (content / "roles/coach.yaml").read_text("utf-8")
    extra = content / "roles/lead-teacher.yaml"
    text = role.replace("id: coach", "id: lead-teacher", 1)
    extra.write_text("\n".join(x for x in text.split("\n") if not x.startswith("aliases")), "utf-8")
    assert "lead-teacher" in complete(program, "show", "--content", str(content), "lead")


def test_completion_stays_silent_when_content_is_broken(program, tmp_path):
    assert complete(program, "show", "--content", str(tmp_path / "gone"), "co") == []


@pytest.mark.slow
def test_a_built_wheel_carries_the_data_and_runs_without_the_checkout(tmp_path):
    build = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", tmp_path, ROOT],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert build.returncode == 0, build.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    code = "import pl_guide; print(pl_guide.__file__); from pl_guide.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "show", "system-office", "--format", "json"],
        env=env, cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    where, shown = done.stdout.split("\n", 1)
    assert str(tmp_path) in where
    role = json.loads(shown)
    assert len(role["responsibilities"]) == 17
    assert all(keys >= {"id", "text"} for keys in map(set, role["questions"]))
    for asked in ([], ["--from", "coach"], ["--blank"]):
        folder = tmp_path / f"made{len(asked)}"
        subprocess.run(
            [sys.executable, "-c", code, "init", folder, *asked],
            env=env, cwd=tmp_path, capture_output=True, check=True,
        )  # fmt: skip
        assert list((folder / "roles").iterdir())
