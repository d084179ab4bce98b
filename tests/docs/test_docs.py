"""The documentation: what it shows is what the program does, and the site is sound.

`UPDATE_DOCS=1 pytest tests/docs` writes into the pages what the program shows today.
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from typer.main import get_command

from pl_guide import errors
from pl_guide.cli.app import app
from support.needs import needed, pseudo_terminal
from support.program import CLEAN_ENV, ROOT, Plguide
from support.transcripts import Runner, fits, renewed

DOCS = ROOT / "docs"
PAGES = sorted(DOCS.glob("*.md"))
RUN = [
    page
    for page in PAGES
    # test_problems_page.py runs what is in that one.
    if "```console\n" in page.read_text("utf-8") and page.name != "problems.md"
]


def page_text(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


# What pages show.


@pytest.mark.slow
@pseudo_terminal
@pytest.mark.parametrize("page", RUN, ids=lambda page: page.stem)
def test_what_a_page_shows_is_what_happens(page: Path, tmp_path: Path):
    text = page.read_text("utf-8")
    for tool in ("pandoc", "git", "mkdocs"):
        if f"{tool} " in "".join(re.findall(r"^\$ .*$", text, re.MULTILINE)):
            needed(tool)
    runner = Runner(tmp_path)
    now = runner.page(text)
    if os.environ.get("UPDATE_DOCS"):
        page.write_text(now, "utf-8")
        return
    assert runner.mismatches == [], "run UPDATE_DOCS=1 pytest tests/docs, and look"
    assert re.findall(r"^<!-- error: (\w+) -->$", text, re.MULTILINE) == list(
        dict.fromkeys(runner.seen.read_text("utf-8").split())
    ), "the errors named before the examples are not those that happened"


def test_a_left_out_line_stands_for_any_number_and_nothing_else_does():
    assert fits(["a", "…", "z"], ["a", "z"])
    assert fits(["a", "…", "z"], ["a", "b", "…", "z"])
    assert not fits(["a", "z"], ["a", "b", "z"])
    assert not fits(["a", "…"], ["b", "a"])
    assert not fits(["a."], ["ab"])


def test_renewing_keeps_what_was_left_out_and_the_lines_that_are_typed():
    said = ["old", "> Ana", "…", "first", "…", "last"]
    shown = ["new", "> Ana", "1", "2", "first!", "3", "final"]
    assert renewed(said, shown) == ["new", "> Ana", "…", "first!", "…", "final"]
    assert renewed(["old"], ["1", "2"]) == ["1", "2"]


# Every error.


def leaves(kind: type[Exception]) -> Iterator[str]:
    below = kind.__subclasses__()
    if not below:
        yield kind.__name__
    for each in below:
        yield from leaves(each)


def test_every_error_has_an_entry_with_an_example():
    named = re.findall(r"^<!-- error: (\w+) -->$", page_text("errors.md"), re.MULTILINE)
    assert sorted(named) == sorted(set(leaves(errors.PlguideError)))


USAGE = [
    (["show"], "Missing argument"),
    (["worksheet"], "Missing option"),
    (["show", "coach", "--colour"], "No such option: "),
    (["roles", "extra"], "Got unexpected extra argument(s) ("),
    (["show", "coach", "--format", "pdf"], "is not one of"),
    (["show", "coach", "--heading-level", "9"], "is not in the range"),
]
OWN_USAGE = [
    (["plan", "--due-before", "sometime"], "isn't a date"),
    (["plan", "-o", "plan.xlsx"], "would be an Excel file, and this isn't"),
    (["merge", "coach.md"], "name at least two worksheets to merge"),
    (
        ["merge", "--base", "coach.md", "coach.md"],
        "takes exactly two files, and no --anonymous",
    ),
    (["reflect", "--answers", "answers.yaml"], "say which role with --role"),
    (["validate", "one", "--content", "two"], "give FOLDER, or --content, not both"),
    (["init", "new", "--from", "coach", "--blank"], "give --from ROLE, or --blank, not both"),
    (["export", "coach.md", "coach.md", "--to", "docx"], "--to docx takes one worksheet, "),
    (["export", ".", "--to", "xlsx"], "--to xlsx makes one file from all of them. Name it with -o"),
    (["show", "evidence", "--category", "evidence"], "--category narrows a role's guide; "),
]


@pytest.mark.parametrize(("arguments", "said"), USAGE + OWN_USAGE, ids=str)
def test_what_is_wrong_with_usage_is_said_as_the_page_has_it(
    plguide: Plguide, tmp_path, monkeypatch, arguments, said
):
    monkeypatch.chdir(tmp_path)
    plguide("worksheet", "--role", "coach", "-o", "coach.md")
    done = plguide(*arguments)
    assert done.code == 2
    assert said in re.sub(r"\s+", " ", done.err)
    assert said in page_text("errors.md")


def test_every_complaint_about_usage_is_among_these():
    sources = [each.read_text("utf-8") for each in (ROOT / "src").glob("pl_guide/cli/**/*.py")]
    assert sum(each.count("typer.BadParameter(") for each in sources) == len(OWN_USAGE)


@pytest.mark.parametrize(
    ("raised", "code"), [(ValueError("an example"), 1), (KeyboardInterrupt(), 130)]
)
def test_a_fault_and_a_stop_are_said_as_the_page_has_them(
    plguide: Plguide, monkeypatch, tmp_path, raised, code
):
    def fail(*_: object, **__: object) -> None:
        raise raised

    monkeypatch.setattr("pl_guide.cli.commands.roles.load_library", fail)
    done = plguide("roles", env={"PLGUIDE_STATE": str(tmp_path)})
    assert done.code == code
    file = r"^  /.*/crash-[\d-]+\.txt$"
    shown = re.sub(file, "  FILE", page_text("errors.md"), flags=re.MULTILINE)
    said = re.sub(file, "  FILE", done.err.strip(), flags=re.MULTILINE)
    assert f"```text\n{said}\n```" in shown


# Commands that are only named.


def commands() -> Iterator[tuple[str, str, bool]]:
    """Give each command in the project's pages that isn't run anyway, with its page.

    Those inside a sentence, which the third value tells, may name just the option they are about.
    """
    for page in (*PAGES, ROOT / "README.md"):
        text = page.read_text("utf-8")
        blocks = re.findall(r"^ *```(\w*)\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
        kept = [block for language, block in blocks if language != "console" or page not in RUN]
        lines = [line for block in kept for line in block.split("\n")]
        running = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
        spans = re.findall(r"`([^`\n]+(?:\n[^`\n]+)?)`", running)
        for number, written in enumerate((*lines, *spans)):
            line = written.replace("\\|", "|").replace("\n", " ").strip()
            found = re.match(r"(?:\$ |- run: |[A-Z_]+=\S+ |\.venv/bin/)*plguide (.+)", line)
            if found and "…" not in line:
                yield page.name, found[1], number >= len(lines)


def parsed(line: str) -> None:
    """Read a command's arguments as the program would, and run nothing."""
    words = shlex.split(line, comments=True)
    for number, word in enumerate(words):
        if word in {"|", "&&"} or word.startswith((">", "<")):
            words = words[:number]
            break
    group = get_command(app)
    with group.make_context("plguide", words[:1], resilient_parsing=True) as context:
        if words[0].startswith("-"):
            assert words[0] in {each for option in group.params for each in option.opts} | {
                "--help"
            }
            return
        command = group.get_command(context, words[0])
        assert command is not None, f"there is no command {words[0]}"
        if len(words) == 1:
            return
        with command.make_context(words[0], words[1:], parent=context):
            pass


def test_every_command_in_the_pages_can_be_parsed(monkeypatch):
    monkeypatch.delenv("PLGUIDE_CONTENT", raising=False)
    wrong, seen = [], set()
    for page, line, in_sentence in commands():
        seen.add(line.split()[0])
        try:
            parsed(line)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is listed
            if in_sentence and type(error).__name__ == "MissingParameter":
                continue
            wrong.append(f"{page}: plguide {line}: {getattr(error, 'message', error)}")
    assert wrong == []
    assert len(seen) > 10, "the pages name hardly a command: are they still found?"


@pytest.mark.parametrize("line", ["show coach --colour", "shwo coach", "worksheet -o a.md", "--no"])
def test_a_command_that_the_program_does_not_have_would_be_found(line):
    with pytest.raises(Exception):  # noqa: B017, PT011 - Typer's own kinds of errors
        parsed(line)


# The site.


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    needed("mkdocs")
    folder = tmp_path_factory.mktemp("site") / "built"
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT,
        env=CLEAN_ENV,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.slow
def test_the_site_is_built_without_a_warning_and_has_every_page(site: Path):
    built = {each.stem for each in site.glob("*.html")}
    assert {page.stem for page in PAGES} <= built


class _Page(HTMLParser):
    """Collects what a page fetches by itself, what it links to, and what it has to link to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.anchors.add(value or "")
            elif name == "srcset" or (name in {"src", "href", "data", "poster"} and tag != "a"):
                self.fetched.append(value or "")
            elif name == "href":
                self.links.append(value or "")


@pytest.mark.slow
def test_no_page_requests_anything_from_outside(site: Path):
    outside = []
    for page in site.rglob("*.html"):
        text = page.read_text("utf-8")
        fetched = [*_Page(text).fetched, *re.findall(r"url\(['\"]?([^)'\"]+)", text)]
        outside += [(page.name, each) for each in fetched if re.match(r"\w+:|//", each)]
    for sheet in (*site.rglob("*.css"), *site.rglob("*.svg")):
        fetched = re.findall(r"url\(['\"]?([^)'\"]+)|@import +['\"]([^'\"]+)", sheet.read_text())
        outside += [(sheet.name, a or b) for a, b in fetched if re.match(r"https?:|//", a or b)]
    assert outside == []


@pytest.mark.slow
def test_every_link_between_pages_leads_somewhere(site: Path):
    pages = {each.name: _Page(each.read_text("utf-8")) for each in site.glob("*.html")}
    dead = []
    for name, page in pages.items():
        for link in page.links:
            target, _, anchor = unquote(link).removeprefix("./").partition("#")
            if re.match(r"\w+:|//|/", target) or target == ".":
                continue
            other = pages.get(target or name)
            if other is None or (anchor and anchor not in other.anchors):
                dead.append((name, link))
    assert dead == []


def test_the_pages_say_nothing_that_only_one_site_builder_reads():
    code = re.compile(r"^ *```.*?^ *```|`[^`]*`", re.MULTILINE | re.DOTALL)
    special = re.compile(r"^(?:!!!|\?\?\?|:::|===) ?|\{[:%{]|^<(?!!--)", re.MULTILINE)
    found = []
    for page in PAGES:
        text = code.sub("", page.read_text("utf-8"))
        found += [(page.name, each[0]) for each in special.finditer(text)]
    assert found == []
