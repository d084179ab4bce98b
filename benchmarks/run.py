"""Measures the program's speed as ratios, side by side in one run, and prints them.

Usage: python benchmarks/run.py [--quick] [--roles N] [--worksheets N] [--only PART]

Nothing here fails because a machine is slow: each figure is the program's time over the time of
something plain that does the least work possible, taken in turns on the same machine. A figure
over its promise is marked, for a person to look at.
"""

import argparse
import compileall
import os
import pty
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import pl_guide
from pl_guide.content.files import shipped_folder
from pl_guide.content.loading import load_library
from pl_guide.records import replaced
from pl_guide.worksheet.format.markdown import format_worksheet
from pl_guide.worksheet.model import (
    Answer,
    FirstStep,
    Worksheet,
    blank_worksheet,
    tidy_line,
)
from pl_guide.worksheet.storage.store import save_worksheet

BARE_TYPER = """
import typer
app = typer.Typer()
@app.command()
def main(name: str = "x") -> None:
    print(name)
app()
"""
C_LOADER_ALONE = """
import pathlib, sys, yaml
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.yaml")):
    with path.open("rb") as stream:
        yaml.load(stream, yaml.CSafeLoader)
"""
FRONT_MATTER_ALONE = """
import os, sys, yaml
for place, _, files in os.walk(sys.argv[1]):
    for name in files:
        with open(os.path.join(place, name), encoding="utf-8") as stream:
            text = stream.read()
        yaml.load(text.split("---\\n", 2)[1], yaml.CSafeLoader)
"""
ENV = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}

Job = Callable[[], None]


def program() -> list[str]:
    """Give the command that starts the program."""
    script = Path(sys.executable).with_name("plguide")
    return [str(script)] if script.exists() else [sys.executable, "-m", "pl_guide"]


def into_pipe(*command: str) -> Job:
    """Make a job that runs a command into a pipe."""

    def run() -> None:
        subprocess.run(command, env=ENV, check=True, capture_output=True)

    return run


def into_terminal(*command: str) -> Job:
    """Make a job that runs a command into a pseudo-terminal, and reads what it shows."""

    def run() -> None:
        reader, writer = pty.openpty()
        child = subprocess.Popen(
            command, env={**ENV, "TERM": "xterm-256color"}, stdout=writer, stderr=writer
        )
        os.close(writer)
        try:
            while os.read(reader, 65536):
                pass
        except OSError:
            pass  # Linux says so when the other end has closed.
        os.close(reader)
        if child.wait():
            raise RuntimeError(command)

    return run


def first_prompt(*command: str) -> Job:
    """Make a job that runs a session in a pseudo-terminal until its first prompt shows."""

    def run() -> None:
        with tempfile.TemporaryDirectory() as folder:
            env = {**ENV, "TERM": "xterm-256color", "PLGUIDE_STATE": f"{folder}/state"}
            reader, writer = pty.openpty()
            child = subprocess.Popen(
                command, env=env, cwd=folder, stdin=writer, stdout=writer, stderr=writer
            )
            os.close(writer)
            shown = b""
            while "›".encode() not in shown:
                shown += os.read(reader, 65536)
            child.kill()
            child.wait()
            os.close(reader)

    return run


def medians(jobs: dict[str, Job], rounds: int) -> dict[str, float]:
    """Run jobs in turns, and give each one's median time in seconds."""
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            start = time.perf_counter()
            job()
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(each) for name, each in times.items()}


def report(name: str, ratio: float, promise: float, detail: str) -> None:
    """Print one figure beside its promise."""
    verdict = "ok" if ratio <= promise else "OVER"
    print(f"{name:<48} {ratio:5.2f} x   promised {promise:.1f} x   {verdict:<4}   {detail}")


def start_up(rounds: int) -> None:
    """Measure whole processes against a bare Typer app."""
    bare = [sys.executable, "-c", BARE_TYPER]
    found = medians(
        {
            "bare": into_pipe(*bare),
            "pipe": into_pipe(*program(), "show", "system-office"),
            "terminal": into_terminal(*program(), "show", "system-office"),
            "reflect": first_prompt(*program(), "reflect", "--role", "coach"),
        },
        rounds,
    )
    base = found["bare"]
    for name, promise in (("pipe", 1.5), ("terminal", 2.2)):
        detail = f"{found[name] * 1000:.0f} ms over {base * 1000:.0f} ms for a bare Typer app"
        report(f"show system-office, into a {name}", found[name] / base, promise, detail)
    detail = f"{found['reflect'] * 1000:.0f} ms over {base * 1000:.0f} ms for a bare Typer app"
    report("reflect, until the first prompt", found["reflect"] / base, 3.5, detail)


def saving(rounds: int) -> None:
    """Measure a save of 500 answered questions against writing and syncing the same bytes."""
    answers = tuple(
        Answer(
            question=f"question-{number}",
            wording=f"What do we learn from case {number}, and what will we do about it?",
            reflections="Ana: we saw it twice.\n\n- once in class\n- once in the hall\n" * 3,
            first_steps=(FirstStep(text="Ask two colleagues", owner="Ana", due="2026-12-01"),) * 2,
        )
        for number in range(500)
    )
    sheet = Worksheet(framework="f", role="coach", title="Coach", answers=answers)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stored = save_worksheet(folder / "w.md", sheet, None, folder).stored
        versions = cycle((replaced(sheet, updated="a"), replaced(sheet, updated="b")))

        def save() -> None:
            nonlocal stored
            stored = save_worksheet(folder / "w.md", next(versions), stored, folder).stored

        def write() -> None:
            with (folder / "bare").open("wb") as stream:
                stream.write(stored.raw)
                stream.flush()
                os.fsync(stream.fileno())
            (folder / "bare").replace(folder / "bare.md")
            handle = os.open(folder, os.O_RDONLY)
            os.fsync(handle)
            os.close(handle)

        found = medians({"bare": write, "save": save}, rounds)
    over = (found["save"] - found["bare"]) * 1000
    name = "a save of 500 answers, beyond write and fsync"
    verdict = "ok" if over <= 20 else "OVER"
    print(f"{name:<48} {over:5.1f} ms  promised 20 ms   {verdict}")


def validation(roles: int, rounds: int) -> None:
    """Measure `validate` over many roles against a bare pass of PyYAML's C loader."""
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder)
        (content / "roles").mkdir()
        shutil.copy(shipped_folder() / "standards.yaml", content)
        shipped = [
            path.read_text("utf-8") for path in sorted(shipped_folder().glob("roles/*.yaml"))
        ]
        for number in range(roles):
            named = re.compile(r"^(?:id|aliases):.*\n(?:[ ].*\n)*", re.MULTILINE)
            text = named.sub("", shipped[number % len(shipped)])
            path = content / "roles" / f"role-{number}.yaml"
            path.write_text(f"id: role-{number}\n{text}", "utf-8")
        found = medians(
            {
                "bare": into_pipe(sys.executable, "-c", C_LOADER_ALONE, folder),
                "validate": into_pipe(*program(), "validate", folder),
            },
            rounds,
        )
    base = found["bare"]
    detail = f"{found['validate']:.2f} s over {base:.2f} s for a bare pass of the C loader"
    report(f"validate, {roles} roles", found["validate"] / base, 1.6, detail)


def overviews(number: int, rounds: int) -> None:
    """Measure commands over many worksheets against reading each and loading its front matter."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "teams"
        write_worksheets(folder, number)
        commands = {
            "status": ["status", str(folder)],
            "plan": ["plan", str(folder)],
            "report": ["report", str(folder), "-o", f"{name}/report.html", "--force"],
        }
        jobs = {each: into_pipe(*program(), *command) for each, command in commands.items()}
        bare = into_pipe(sys.executable, "-c", FRONT_MATTER_ALONE, str(folder))
        found = medians({"bare": bare, **jobs}, rounds)
        base = found["bare"]
        for each in commands:
            detail = f"{found[each]:.2f} s over {base:.2f} s for reading files and front matter"
            report(f"{each}, {number:,} worksheets", found[each] / base, 2.0, detail)
        few = Path(name) / "few"
        write_worksheets(few, max(number // 10, 1))
        for each, command in commands.items():
            small = peak_memory(*program(), command[0], str(few), *command[2:])
            large = peak_memory(*program(), *command)
            print(
                f"{f'{each}, memory for ten times as many':<48} {large / small:5.2f} x   "
                f"{large:.0f} MB over {small:.0f} MB"
            )


def write_worksheets(folder: Path, number: int) -> None:
    """Write worksheets of all roles, some hardly begun and some done, fifty in a folder."""
    library = load_library()
    acts = ("Ask two colleagues", "Visit each grade team", "Draft a one-page vision", "Read on")
    for place in range(number):
        role = library.roles[place % len(library.roles)]
        started = f"2026-{place % 9 + 1:02}-{place % 28 + 1:02}T10:00"
        sheet = blank_worksheet(library.framework, role, ("Ana Lopez", f"Team {place}"), started)
        for asked, question in enumerate(role.questions[: place % 10]):
            due = f"2026-{(place + asked) % 12 + 1:02}-{place % 28 + 1:02}"
            step = FirstStep(text=f"{acts[asked % 4]} ({place})", owner="Ana Lopez", due=due)
            sheet = sheet.with_answer(
                Answer(
                    question=question.id,
                    wording=tidy_line(question.text),
                    reflections="Ana: we saw it twice.\n\n- once in class\n- once in the hall",
                    first_steps=(step,) * (asked % 3),
                )
            )
        path = folder / f"school-{place // 50}" / f"team-{place}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(format_worksheet(sheet), "utf-8")


def peak_memory(*command: str) -> float:
    """Run a command, and give the most memory any of its processes held, in MB."""
    child = subprocess.Popen(command, env=ENV, stdout=subprocess.DEVNULL)
    _, _, used = os.wait4(child.pid, 0)
    child.returncode = 0
    return used.ru_maxrss / 1024


def main() -> None:
    """Measure everything, and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, fewer roles")
    parser.add_argument("--roles", type=int, default=0, help="how many roles to validate")
    parser.add_argument("--worksheets", type=int, default=0, help="how many worksheets to survey")
    parser.add_argument("--only", choices=["start", "save", "validate", "overviews"])
    options = parser.parse_args()
    # What pip installs is compiled; what runs from a checkout may not be.
    compileall.compile_dir(str(Path(pl_guide.__file__).parent), quiet=2)
    rounds = 11 if options.quick else 31
    roles = options.roles or (500 if options.quick else 5000)
    worksheets = options.worksheets or (3000 if options.quick else 10_000)
    parts: dict[str, Job] = {
        "start": lambda: start_up(rounds),
        "save": lambda: saving(rounds),
        "validate": lambda: validation(roles, rounds=3),
        "overviews": lambda: overviews(worksheets, rounds=3),
    }
    for name, measure in parts.items():
        if options.only in {None, name}:
            measure()


if __name__ == "__main__":
    main()
