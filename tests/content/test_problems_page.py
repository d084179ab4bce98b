"""The page of problems: its examples are run, and every code has its entry."""

import os
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from pl_guide.messages.content import SENTENCES
from support.program import CLEAN_ENV, ROOT, Plguide

PAGE = ROOT / "docs" / "problems.md"
FIXED = "Fixed:"
BLOCK = re.compile(r"(?:`([^`\n]+)`:\n\n)?```(\w+)\n(.*?)```", re.DOTALL)


class Entry(NamedTuple):
    """One entry: what causes the problem, the command, what it says, and the fix."""

    broken: list[tuple[str, str, str]]
    command: list[str]
    said: list[str]
    fixed: list[tuple[str, str, str]]


def entries() -> dict[str, Entry]:
    found = {}
    text = PAGE.read_text("utf-8")
    for part in re.split(r"^### ", text, flags=re.MULTILINE)[1:]:
        code = part[1 : part.index("`", 1)]
        section = re.split(r"^## ", part, flags=re.MULTILINE)[0]
        broken, fixed = (BLOCK.findall(half) for half in section.split(FIXED))
        said = [line for _, kind, body in broken if kind == "text" for line in body.splitlines()]
        console = [body for _, kind, body in broken if kind == "console"]
        command = (console or ["$ plguide validate --content our"])[0].removeprefix("$ ").split()
        assert code not in found, f"{code} has two entries"
        found[code] = Entry(broken, command[1:], said, fixed)
    return found


ENTRIES = entries()


def carry_out(blocks: list[tuple[str, str, str]]) -> None:
    for path, kind, body in blocks:
        if kind == "sh":
            subprocess.run(["sh", "-ec", body], env=CLEAN_ENV, check=True, timeout=30)
        elif kind == "yaml":
            assert path, "an example names its file"
            Path(path).write_text(body, "utf-8")


def test_every_code_has_an_entry_and_every_entry_a_code() -> None:
    assert set(ENTRIES) == set(SENTENCES)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="the examples use a shell")
@pytest.mark.parametrize("code", SENTENCES)
def test_an_example_causes_what_is_said_of_it_and_the_fixed_one_does_not(
    code: str, plguide: Plguide, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = ENTRIES[code]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "our/roles").mkdir(parents=True)

    carry_out(entry.broken)
    found = plguide(*entry.command)
    lines = (found.out + found.err).splitlines()
    said = [line for line in lines if re.search(r"\[[a-z-]+\]$", line)]
    assert said == entry.said
    assert all(line.endswith(f" [{code}]") for line in said)
    assert found.code == (0 if " advice: " in said[0] else 3)

    carry_out(entry.fixed)
    fixed = plguide(*entry.command)
    assert fixed.code == 0, fixed.err
    assert "[" not in fixed.out
    assert f"[{code}]" not in fixed.err
