"""`plguide init`: a folder of one's own, ready to edit, on which every command works at once."""

import errno
import json
import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from pl_guide.cli.schemas import Kind, schema_text
from pl_guide.content.loading import load_library
from pl_guide.content.yaml_source import parse_yaml
from pl_guide.records import replaced
from support.needs import bash
from support.program import CLEAN_ENV, ROOT

ROLES = [role.id for role in load_library().roles]
# What is asked for, a role in the folder, and whether the folder is a framework of its own.
VARIANTS = [
    ((), "lead-teacher", False),
    *((("--from", role), role, False) for role in ROLES),
    (("--blank",), "team-leader", True),
    (("--blank",), "team-member", True),
]
EACH = pytest.mark.parametrize(
    ("asked", "role", "whole"), VARIANTS, ids=[" ".join([*a, r]) for a, r, _ in VARIANTS]
)
ONCE = pytest.mark.parametrize("asked", [(), ("--from", "coach"), ("--blank",)], ids=str)


@pytest.fixture(autouse=True)
def work(tmp_path, monkeypatch) -> Path:
    """The folder that the program is started in."""
    monkeypatch.setenv("PLGUIDE_STATE", str(tmp_path / "state"))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


def everything(folder: Path) -> dict[str, bytes]:
    """Give all files of a folder, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def yaml_files(folder: Path) -> list[Path]:
    found = sorted(folder.rglob("*.yaml"))
    assert found
    return found


def validated(plguide, folder: Path, *, whole: bool):
    return plguide("validate", folder) if whole else plguide("validate", "--content", folder)


# --- what is in the folder ---


@pytest.mark.slow
@EACH
def test_a_new_folder_is_valid_and_every_command_works_on_it(plguide, asked, role, whole):
    made = plguide("init", "ours", *asked)
    assert (made.code, made.out) == (0, "")
    done = validated(plguide, "ours", whole=whole)
    assert (done.code, done.out) == (0, "")
    title = load_library(Path("ours")).role(role).title
    for command in (
        ("show", role),
        ("show", "framework"),
        ("roles",),
        ("standards",),
        ("crosswalk",),
        ("search", "learn", "--limit", "0"),
        ("compare", role, "team-leader" if whole else "teacher"),
        ("worksheet", "--role", role),
    ):
        for form in () if command[0] == "worksheet" else ("markdown", "terminal", "json"):
            done = plguide(*command, "--content", "ours", "--format", form)
            assert (done.code, done.err) == (0, ""), command
        done = plguide(*command, "--content", "ours")
        assert (done.code, done.err) == (0, "")
        if command[0] in {"show", "roles", "worksheet"} and "framework" not in command:
            assert title in done.out


@EACH
def test_answers_are_put_into_a_worksheet_for_a_role_of_a_new_folder(
    plguide, work, asked, role, whole
):
    plguide("init", "ours", *asked)
    question = load_library(Path("ours")).role(role).questions[0].id
    answers = {question: {"reflections": "We know.", "first_steps": ["Ask Ana"]}}
    (work / "answers.yaml").write_text(json.dumps(answers), "utf-8")
    done = plguide(
        "reflect", "--role", role, "--content", "ours", "--answers", "answers.yaml", "-o", "o.md"
    )
    assert done.code == 0, done.err
    assert "Ask Ana" in (work / "o.md").read_text("utf-8")


@ONCE
def test_each_file_names_a_schema_that_is_there_and_that_it_fits(plguide, work, asked):
    plguide("init", "ours", *asked)
    for path in yaml_files(work / "ours"):
        text = path.read_text("utf-8")
        (named,) = re.findall(r"\A# yaml-language-server: \$schema=(.+)\n", text)
        assert not Path(named).is_absolute()
        schema = json.loads((path.parent / named).read_text("utf-8"))
        kind = "framework" if path.name == "standards.yaml" else "role"
        assert schema["$id"] == f"urn:plguide:schema:{kind}"
        Draft202012Validator(schema).validate(parse_yaml(text).data)


@ONCE
def test_the_schemas_in_the_folder_are_those_that_the_command_prints(plguide, work, asked):
    plguide("init", "ours", *asked)
    found = everything(work / "ours/.schema")
    assert found == {f"{kind}.schema.json": schema_text(kind).encode() for kind in Kind}


@ONCE
def test_remarks_stand_where_a_person_edits(plguide, work, asked):
    plguide("init", "ours", *asked)
    for path in yaml_files(work / "ours"):
        if path.stem == "team-member":
            continue  # The second role is explained by the first.
        text = path.read_text("utf-8")
        for key in (
            "id",
            "title",
            *(("purpose", "questions") if path.parent.name == "roles" else ()),
        ):
            assert re.search(rf"^# .+\n(#.*\n)*{key}:", text, re.MULTILINE), (path, key)


@pytest.mark.parametrize("role", ROLES)
def test_an_adapted_role_is_the_shipped_one_but_for_what_it_rests_on(plguide, work, role):
    plguide("init", "ours", "--from", role)
    shipped, own = load_library().role(role), load_library(work / "ours").role(role)
    assert replaced(own, basis=shipped.basis) == shipped
    assert own.basis.kind == "own"
    assert shipped.basis.title in own.basis.note
    assert len(yaml_files(work / "ours")) == 1


def test_a_worksheet_begun_with_the_shipped_role_goes_on_with_the_adapted_one(plguide, work):
    (work / "a.yaml").write_text("vision:\n  reflections: Before.\n", "utf-8")
    (work / "b.yaml").write_text("equity:\n  reflections: After.\n", "utf-8")
    plguide("reflect", "--role", "coach", "--answers", "a.yaml", "-o", "c.md")
    plguide("init", "ours", "--from", "coach")
    done = plguide(
        "reflect", "--role", "coach", "--answers", "b.yaml", "-o", "c.md", "--resume",
        "--content", "ours",
    )  # fmt: skip
    assert done.code == 0, done.err
    text = (work / "c.md").read_text("utf-8")
    assert "Before." in text
    assert "After." in text


def test_a_role_to_adapt_is_found_by_any_of_its_names(plguide, work):
    assert plguide("init", "ours", "--from", "Central-Office").code == 0
    assert [path.name for path in yaml_files(work / "ours")] == ["system-office.yaml"]


def test_an_edited_folder_stays_valid_and_shows_what_was_written(plguide, work):
    plguide("init", "ours", "--from", "coach")
    path = work / "ours/roles/coach.yaml"
    text = path.read_text("utf-8")
    edited = text.replace("title: Coach\n", "title: Learning partner\n").replace(
        "questions:\n", "questions:\n  - id: ours\n    text: What do we want?\n", 1
    )
    path.write_text(re.sub(r"^ *#.*\n", "", edited, flags=re.MULTILINE), "utf-8")
    assert validated(plguide, work / "ours", whole=False).code == 0
    out = plguide("show", "coach", "--content", "ours").out
    assert out.startswith("# Learning partner\n")
    assert "What do we want?" in out


def test_terms_are_there_to_be_uncommented(plguide, work):
    plguide("init", "ours", "--blank")
    path = work / "ours/standards.yaml"
    text = path.read_text("utf-8")
    opened = re.sub(r"^# (terms:|  \w+: \{.*\})$", r"\1", text, flags=re.MULTILINE)
    assert opened.count("\nterms:\n") == 1
    path.write_text(opened, "utf-8")
    assert validated(plguide, work / "ours", whole=True).code == 0


@ONCE
def test_the_commands_of_the_readme_and_of_the_message_work_as_they_stand(
    plguide, work, monkeypatch, asked
):
    made = plguide("init", "our content", *asked)
    said = re.findall(r"^  (?:check|look): +plguide (.+)$", made.err, re.MULTILINE)
    assert len(said) == 2
    for each in said:
        assert plguide(*[word.strip("'") for word in re.findall(r"'[^']+'|\S+", each)]).code == 0
    readme = (work / "our content/README.md").read_text("utf-8")
    assert not re.search(r"\$(?!schema)", readme)
    monkeypatch.chdir(work / "our content")
    blocks = "".join(re.findall(r"```sh\n(.*?)```", readme, re.DOTALL))
    commands = re.findall("^plguide (.+)$", blocks, re.MULTILINE)
    assert len(commands) >= 2
    for each in commands:
        assert plguide(*each.split()).code == 0, each
    for each in re.findall(r"`plguide (\w+)", readme):
        assert plguide(each, "--help").code == 0


def test_a_framework_of_ones_own_is_checked_though_other_content_is_set(plguide, work):
    plguide("init", "other")
    plguide("init", "ours", "--blank")
    env = {"PLGUIDE_CONTENT": "other"}
    assert "2 roles" in plguide("validate", "ours", env=env).err
    assert plguide("validate", "ours", "--content", "other").code == 2


# --- what may go wrong ---


@ONCE
def test_a_folder_that_holds_something_is_refused_and_untouched(plguide, work, asked):
    (work / "ours").mkdir()
    (work / "ours/.hidden").write_text("mine", "utf-8")
    done = plguide("init", "ours", *asked)
    assert (done.code, done.out) == (4, "")
    assert "ours is there already, and is untouched" in done.err
    assert everything(work) == {"ours/.hidden": b"mine"}


def test_a_file_in_the_place_of_the_folder_is_refused_and_untouched(plguide, work):
    (work / "ours").write_text("mine", "utf-8")
    done = plguide("init", "ours")
    assert done.code == 4
    assert everything(work) == {"ours": b"mine"}


def test_init_twice_leaves_the_edits_of_the_first_time(plguide, work):
    plguide("init", "ours", "--blank")
    (work / "ours/standards.yaml").write_text("edited", "utf-8")
    before = everything(work)
    assert plguide("init", "ours", "--from", "coach").code == 4
    assert everything(work) == before


def test_an_empty_folder_is_filled_in_place(plguide, work, monkeypatch):
    (work / "ours").mkdir()
    monkeypatch.chdir(work / "ours")
    inode = (work / "ours").stat().st_ino
    assert plguide("init", ".").code == 0
    assert (work / "ours").stat().st_ino == inode
    assert plguide("validate", "--content", ".").code == 0
    assert sorted(each.name for each in (work / "ours").iterdir()) == [
        ".schema",
        "README.md",
        "roles",
    ]


def test_a_folder_inside_one_that_is_not_there_is_refused(plguide, work):
    done = plguide("init", "not-there/ours")
    assert done.code == 4
    assert "there is no folder not-there" in done.err
    assert everything(work) == {}


def test_an_unknown_role_is_answered_with_the_nearest_and_makes_nothing(plguide, work):
    done = plguide("init", "ours", "--from", "coch")
    assert done.code == 2
    assert "coach" in done.err
    assert list(work.iterdir()) == []


def test_a_role_and_a_blank_framework_at_once_is_wrong_usage(plguide, work):
    assert plguide("init", "ours", "--from", "coach", "--blank").code == 2
    assert list(work.iterdir()) == []


@pytest.mark.parametrize("there", [False, True], ids=["new", "empty"])
@pytest.mark.parametrize("failing", ["open", "rename", "mkdir", "fsync"])
def test_a_failure_midway_leaves_nothing_behind(plguide, work, monkeypatch, there, failing):
    if there:
        (work / "ours").mkdir()
    owner = os if failing == "fsync" else Path
    real, calls = getattr(owner, failing), []

    def full(first, *rest, **named):
        if isinstance(first, int) or ".plguide-" in str(first):
            calls.append(first)
            if len(calls) > (2 if failing != "rename" or there else 0):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(first, *rest, **named)

    monkeypatch.setattr(owner, failing, full)
    done = plguide("init", "ours")
    monkeypatch.undo()
    assert calls
    assert done.code == 4, done.err
    assert "ours can't be saved: no space left on device." in done.err
    assert [path.name for path in work.rglob("*")] == (["ours"] if there else [])


def test_a_place_where_nothing_may_be_written_is_said_in_words(plguide, work, monkeypatch):
    def forbidden(path, *_, **__):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(Path, "mkdir", forbidden)
    done = plguide("init", "ours")
    assert done.code == 4
    assert "ours can't be saved: permission denied." in done.err


def test_an_interrupt_midway_leaves_nothing_behind(plguide, work, monkeypatch):
    def stopped(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stopped)
    done = plguide("init", "ours")
    assert done.code == 130
    assert list(work.iterdir()) == []


def test_a_shell_completes_the_role_to_begin_with():
    from pl_guide.cli.options import complete_role

    class Context:
        params = {}  # noqa: RUF012

    assert ("coach", "Coach") in complete_role(Context())


# --- the documentation ---


@pytest.mark.slow
@bash
def test_the_page_on_adapting_a_role_does_what_it_says(work, program):
    page = (ROOT / "docs/adapt-a-role.md").read_text("utf-8")
    blocks = re.findall(r"```(sh|yaml)\n(.*?)```", page, re.DOTALL)
    assert [kind for kind, _ in blocks] == ["sh", "yaml", "sh", "sh", "sh"]
    (work / "bin").mkdir()
    (work / "bin/plguide").write_text(f'#!/bin/sh\nexec {shlex.join(program)} "$@"\n', "utf-8")
    (work / "bin/plguide").chmod(0o755)
    env = CLEAN_ENV | {"PATH": f"{work / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    shown = ""
    for kind, block in blocks:
        if kind == "yaml":
            path = work / "our-content/roles/coach.yaml"
            text = path.read_text("utf-8")
            (item,) = re.findall(rf"^{block.splitlines()[0]}\n(?:    .*\n)+", text, re.MULTILINE)
            edited = text.replace(item, block)
            assert edited != text
            path.write_text(edited, "utf-8")
            continue
        done = subprocess.run(
            ["bash", "-ec", block], env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        shown += done.stdout
    assert shown.count("above all at our two smallest schools") == 2
    assert (work / "coach-meeting.md").exists()
    assert sorted(each.name for each in (work / "our-content").iterdir()) == [
        ".schema",
        "README.md",
        "roles",
    ]
