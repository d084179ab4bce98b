"""Terminal pages: nothing lost, too wide or dangerous, and every screen as it was looked at."""

import difflib
import io
import os
import re
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from test_render_markdown import (
    HOSTILE,
    LIBRARY,
    PAGES,
    Reading,
    documents,
    every_block,
    front_door_text,
    page,
    read_markdown_it,
    shown,
    write_content,
)

from pl_guide.document import Chain, Document, Heading, Item, Items, Paragraph, Span, Table, plain
from pl_guide.records import Record
from pl_guide.render.terminal import render_terminal
from support.examples import examples
from support.needs import HAS_TERMINAL, bash, pseudo_terminal
from support.program import CLEAN_ENV, Plguide

if HAS_TERMINAL:
    import pexpect
    import pyte

WIDTHS = [20, 40, 60, 80, 120, 160]
SCREENS = Path(__file__).with_name("screens")
STEERS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202d\u202e\ud800-\udfff]")
STYLING = re.compile(r"\x1b\[[0-9;]*m")
DRAWING = set("╭─╮│╰┬╯▼◀┤•")


@pytest.fixture(autouse=True, scope="module")
def _no_color_settings() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("COLUMNS", "FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
            patch.delenv(name, raising=False)
        yield


class Screen(io.StringIO):
    """A stream that is, or isn't, a terminal."""

    encoding = "utf-8"

    def __init__(self, *, terminal: bool = False) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


def laid_out(document: Document, width: int) -> str:
    """Lay a document out without colours."""
    return render_terminal(document, Screen(), width)


def too_wide(text: str, width: int) -> list[str]:
    return [line for line in text.split("\n") if cell_len(line) > width]


def squeezed(text: str) -> str:
    """Give what a text shows besides white space and drawing characters."""
    return "".join(each for each in shown(text) if not each.isspace() and each not in DRAWING)


def words_on_screen(text: str) -> list[str]:
    """Give the words of a page in a terminal, without the numbers of lists."""
    return re.findall(r"[^\W_]+", re.sub(r"(?m)^ {0,4}\d{1,2}\. ", "", text))


def texts_as_stacked(reading: Reading) -> Iterator[str]:
    """Give the texts of a page in Markdown in the order of a narrow terminal."""
    for block in reading.blocks:
        yield block.text
        if block.rows:
            head, *rows = block.rows
            for first, *rest in rows:
                yield first
                for title, cell in zip(head[1:], rest, strict=True):
                    yield f"{title} {cell}" if cell else ""


def texts_as_columns(reading: Reading) -> Iterator[str]:
    """Give the texts of a page in Markdown as a wide terminal shows them, in any order."""
    for block in reading.blocks:
        yield block.text
        if block.rows:
            head, *rows = block.rows
            numeric = all(re.fullmatch(r"\d+|–", cell) for row in rows for cell in row[1:])
            yield from head[1:] if numeric else head
            for row in rows:
                yield from row


def words_of(texts: Iterator[str]) -> list[str]:
    return [word for text in texts for word in re.findall(r"[^\W_]+", text)]


def shows(plguide: Plguide, arguments: str, width: int, **env: str) -> str:
    found = plguide(*arguments.split(), "--format", "terminal", env={"COLUMNS": str(width), **env})
    assert found.code == 0, found.err
    return found.out


# --- Both renderers against each other -------------------------------------------------------

WITH_TABLES = [each for each in PAGES if "|" in page(each)]
WITHOUT_TABLES = [each for each in PAGES if each not in WITH_TABLES]


@pytest.mark.slow
@pytest.mark.parametrize("width", [40, 80, 160])
@pytest.mark.parametrize("arguments", WITHOUT_TABLES)
def test_terminal_and_markdown_say_the_same_words_in_the_same_order(
    plguide: Plguide, arguments: str, width: int
) -> None:
    in_markdown = words_of(texts_as_stacked(read_markdown_it(page(arguments))))
    assert words_on_screen(shows(plguide, arguments, width)) == in_markdown


@pytest.mark.parametrize("arguments", WITH_TABLES)
def test_wide_terminal_and_markdown_tables_hold_the_same_words(
    plguide: Plguide, arguments: str
) -> None:
    in_markdown = Counter(words_of(texts_as_columns(read_markdown_it(page(arguments)))))
    assert Counter(words_on_screen(shows(plguide, arguments, 160))) == in_markdown


@pytest.mark.slow
@pytest.mark.parametrize("arguments", PAGES)
def test_narrowest_terminal_says_all_that_markdown_says_in_the_same_order(
    plguide: Plguide, arguments: str
) -> None:
    in_markdown = words_of(texts_as_stacked(read_markdown_it(page(arguments))))
    # Words longer than a line are folded there.
    assert "".join(words_on_screen(shows(plguide, arguments, 20))) == "".join(in_markdown)


# --- Widths ----------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("arguments", PAGES)
def test_page_fits_the_terminal_and_lacks_nothing(
    plguide: Plguide, arguments: str, width: int
) -> None:
    found = shows(plguide, arguments, width)
    assert not too_wide(found, width)
    in_markdown = Counter("".join(words_of(texts_as_columns(read_markdown_it(page(arguments))))))
    if width < 160:  # stacked, the first column has no title
        for block in read_markdown_it(page(arguments)).blocks:
            in_markdown -= Counter("".join(block.rows[0][:1]) if block.rows else "")
    assert not in_markdown - Counter("".join(words_on_screen(found)))


@pytest.mark.parametrize("width", [40, 80, 160])
@pytest.mark.parametrize("arguments", ["roles", "standards"])
def test_each_id_stands_there_whole_to_be_copied(
    plguide: Plguide, arguments: str, width: int
) -> None:
    things = LIBRARY.roles if arguments == "roles" else LIBRARY.framework.standards
    found = shows(plguide, arguments, width).split()
    assert [each.id for each in things if each.id not in found] == []


WIDE = "漢字かな交じり文は幅が広い。" * 6
RIGHT_TO_LEFT = "שלום עולם, זה טקסט מימין לשמאל. " * 4 + "مرحبا بالعالم " * 4
EMOJI = "😀🎓📚👩‍👩‍👧✅ " * 12
LONG = "Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüssel" * 4


@pytest.mark.slow
@pytest.mark.parametrize("width", [*WIDTHS, 21, 33, 59, 61, 93])
@pytest.mark.parametrize(
    "text",
    [WIDE, RIGHT_TO_LEFT, EMOJI, LONG],
    ids=["chinese-japanese", "right-to-left", "emoji", "long-word"],
)
def test_text_of_any_script_fits_the_terminal_and_lacks_nothing(text: str, width: int) -> None:
    found = laid_out(every_block(text), width)
    assert not too_wide(found, width)
    assert not Counter(squeezed(text * 20)) - Counter(squeezed(found))


def leaves(value: Any) -> Iterator[str]:
    """Give every text of a document that a terminal shows."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Table):
        # A table shown row by row names neither its first column nor what a row lacks.
        columns = zip(value.columns, zip(*value.rows, strict=True), strict=True)
        yield from (title for title, cells in [*columns][1:] if any(map(plain, cells)))
        yield from leaves(value.rows)
    elif isinstance(value, tuple):
        for each in value:
            yield from leaves(each)
    elif isinstance(value, Record):
        for name in value.__struct_fields__:
            if name != "kind":
                yield from leaves(getattr(value, name))


@given(document=documents, width=st.integers(20, 160))
@example(
    document=Document((Table(("a", "b\x1b\x1b\x1b" * 9), (("c", "1"),), numeric=True),)), width=40
)
@example(document=Document((Table(("a", "b"), (("c", "123"),), numeric=True),)), width=20)
@settings(max_examples=examples(200), deadline=None)
def test_whatever_a_document_holds_it_fits_lacks_nothing_and_steers_nothing(
    document: Document, width: int
) -> None:
    found = laid_out(document, width)
    assert not STEERS.search(found)
    assert not too_wide(found, width)
    wanted = Counter(squeezed("".join(leaves(document))))
    assert not wanted - Counter(squeezed(found))


@given(document=documents, width=st.integers(20, 160))
@settings(max_examples=examples(200), deadline=None)
def test_whatever_a_document_holds_each_text_outside_tables_stands_there_in_one_piece(
    document: Document, width: int
) -> None:
    blocks = tuple(each for each in document.blocks if not isinstance(each, Table))
    found = squeezed(laid_out(Document(blocks), width))
    assert [text for text in leaves(blocks) if squeezed(text) not in found] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_every_cell_of_a_table_stands_there_word_by_word(width: int) -> None:
    rows = tuple(tuple(f"r{r}c{c}a r{r}c{c}b r{r}c{c}c" for c in range(3)) for r in range(4))
    found = laid_out(Document((Table(("First", "Second", "Third"), rows),)), width).split()
    for text in leaves(rows):
        places = [found.index(word) for word in text.split()]
        assert places == sorted(places)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("text", ["Word by word", "😀 漢字", "שלום"])
def test_boxes_of_a_drawing_have_straight_edges(text: str, width: int) -> None:
    steps = tuple((f"{text} {number}" * 3, f"{text} " * 20) for number in range(3))
    found = laid_out(Document((Chain(steps),)), width).splitlines()
    edges = {cell_len(line.rstrip()) for line in found if "▼" not in line}
    assert len(edges) == 1
    assert sum("▼" in line for line in found) == 2


# --- Colours and hostile text ----------------------------------------------------------------


def codes(text: str) -> set[str]:
    return {code for found in STYLING.findall(text) for code in found[2:-1].split(";")}


def colors(text: str) -> set[str]:
    return {code for code in codes(text) if re.fullmatch(r"[349]\d|10\d|[34]8", code)}


def test_forced_color_gives_colors_even_into_a_pipe(plguide: Plguide) -> None:
    assert colors(shows(plguide, "show coach", 80, FORCE_COLOR="1", TERM="xterm-256color"))


def test_without_a_terminal_the_terminal_format_has_no_escapes(plguide: Plguide) -> None:
    assert "\x1b" not in shows(plguide, "show coach", 80, TERM="xterm-256color")


def test_colors_are_the_terminals_own_sixteen(plguide: Plguide) -> None:
    found = shows(plguide, "show coach", 80, FORCE_COLOR="1", TERM="xterm-256color")
    assert colors(found) <= {str(code) for code in range(30, 38)}


@pytest.mark.parametrize("arguments", ["show coach", "standards", "search bias", "crosswalk"])
def test_colors_add_nothing_but_colors(plguide: Plguide, arguments: str) -> None:
    found = shows(plguide, arguments, 80, FORCE_COLOR="1", TERM="xterm-256color")
    assert STYLING.sub("", found) == shows(plguide, arguments, 80)


ATTACKS = {
    "color": "\x1b[38;5;213mpink\x1b[0m",
    "clear screen": "\x1b[2J\x1b[Hcleared",
    "window title": "\x1b]0;owned\x07",
    "link": "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;ZXZpbA==\x07",
    "one-character escapes": "\x9b31mred\x9d0;owned\x9c",
    "reset": "\x1bcreset",
    "overwriting": "good\rbad",
    "deleting": "good\b\b\b\bevil",
    "bell and nul": "ring\x07\x00\x7f",
    "direction override": "safe\u202egnp.exe",
    "markup": "[red]x[/red] [link=https://evil.example]y[/link] [/]",
    "emoji code": ":smile: :warning:",
    "vertical": "up\x0bdown\x0cpage",
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
@pytest.mark.parametrize("width", [40, 160])
def test_hostile_text_reaches_a_color_terminal_as_visible_text(
    monkeypatch: pytest.MonkeyPatch, attack: str, width: int
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    found = render_terminal(every_block(attack), Screen(terminal=True), width)
    assert codes(found) <= {"", "0", "1", "2", "7", *map(str, range(30, 38))}
    plain = STYLING.sub("", found)
    assert not STEERS.search(plain)
    assert Counter(squeezed(plain))[squeezed(attack)[-1]] >= 20
    assert squeezed(attack) in squeezed(plain)


def test_hostile_text_changes_no_style_of_what_follows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    hostile = Document((Paragraph("\x1b[31mred"), Heading(2, "Next"), Items((Item("one"),))))
    harmless = Document((Paragraph("␛[31mred"), *hostile.blocks[1:]))
    found, expected = (
        render_terminal(each, Screen(terminal=True), 80) for each in (hostile, harmless)
    )
    assert found == expected


@pytest.mark.parametrize(
    ("arguments", "code"), [("show", 2), ("compare coach", 2), ("search", 0)], ids=str
)
def test_hostile_names_come_back_as_visible_text(
    plguide: Plguide, arguments: str, code: int
) -> None:
    found = plguide(*arguments.split(), "qx\x1b]0;owned\x07\x9b31m")
    assert found.code == code
    assert not STEERS.search(found.err)
    assert "qx␛]0;owned␇" in found.err


# --- Whole screens ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "arguments", "width"),
    [
        ("roles-80", "roles", 80),
        ("coach-questions-40", "show coach --section questions", 40),
        ("principal-80", "show principal", 80),
        ("crosswalk-80", "crosswalk", 80),
        ("theory-80", "show framework --section theory", 80),
        ("theory-40", "show framework --section theory", 40),
        ("compare-100", "compare coach teacher", 100),
        ("compare-160", "compare coach teacher", 160),
        ("search-60", "search bias feedback", 60),
        ("standards-160", "standards", 160),
    ],
)
def test_screen_is_the_one_that_was_looked_at(
    plguide: Plguide, name: str, arguments: str, width: int
) -> None:
    path = SCREENS / f"{name}.txt"
    found = shows(plguide, arguments, width)
    if os.environ.get("UPDATE_SCREENS") == "1":
        SCREENS.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8", newline="\n")
    expected = path.read_text(encoding="utf-8")
    diff = difflib.unified_diff(
        expected.splitlines(), found.splitlines(), path.name, "now", lineterm=""
    )
    if found != expected:
        pytest.fail(
            "\n".join([*diff, "", "If the new screen is right: UPDATE_SCREENS=1"]), pytrace=False
        )


# --- In a real terminal ----------------------------------------------------------------------


class Terminal:
    """Runs the program in a pseudo-terminal, and keeps what it wrote."""

    def __init__(self, program: list[str], columns: int, env: dict[str, str]) -> None:
        self.program, self.columns = program, columns
        self.env = CLEAN_ENV | {"TERM": "xterm-256color", "MANPAGER": ""} | env
        self.code: int | None = None
        self.raw = ""

    def run(self, *arguments: object) -> "Terminal":
        command, *rest = [*self.program, *map(str, arguments)]
        child = pexpect.spawn(
            command, rest, env=self.env, dimensions=(24, self.columns), timeout=30
        )
        self.raw = child.read().decode("utf-8")
        child.close()
        self.code = child.exitstatus
        return self

    @property
    def screen(self) -> Any:
        screen = pyte.Screen(self.columns, 600)
        pyte.Stream(screen).feed(self.raw)
        return screen

    @property
    def lines(self) -> list[str]:
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip("\n").split("\n")


@pytest.fixture
def terminal(program: list[str]) -> Any:
    """Make terminals: `terminal(columns, **environment)`."""

    def make(columns: int = 80, **env: str) -> Terminal:
        return Terminal(program, columns, env)

    return make


@pytest.mark.slow
@pseudo_terminal
@pytest.mark.parametrize("columns", [80, 40])
def test_terminal_gets_the_layout_for_its_width(
    terminal: Any, plguide: Plguide, columns: int
) -> None:
    found = terminal(columns).run("show", "coach")
    expected = shows(plguide, "show coach", columns).rstrip("\n").split("\n")
    assert found.code == 0
    assert found.lines == [line.rstrip() for line in expected]
    assert colors(found.raw)


def test_pipe_gets_markdown(plguide_process: Plguide) -> None:
    found = plguide_process("show", "coach")
    assert (found.code, found.err) == (0, "")
    assert found.out == page("show coach")
    assert found.out.startswith("# Coach\n")


@pytest.mark.slow
@pseudo_terminal
def test_terminal_gets_markdown_if_asked_for(terminal: Any) -> None:
    found = terminal().run("show", "coach", "--format", "markdown")
    assert found.raw.replace("\r\n", "\n") == page("show coach")


@pytest.mark.slow
@pseudo_terminal
def test_no_color_leaves_no_color_codes(terminal: Any, plguide: Plguide) -> None:
    found = terminal(NO_COLOR="1").run("standards")
    assert found.code == 0
    assert not colors(found.raw)
    assert STYLING.sub("", found.raw).replace("\r\n", "\n") == shows(plguide, "standards", 80)


@pytest.mark.slow
@pseudo_terminal
def test_dumb_terminal_gets_no_escapes_at_all(terminal: Any, plguide: Plguide) -> None:
    found = terminal(TERM="dumb").run("standards")
    assert found.code == 0
    assert found.raw.replace("\r\n", "\n") == shows(plguide, "standards", 80)


ASCII = {"PYTHONIOENCODING": "ascii", "TERM": "dumb"}


@pytest.mark.slow
@pseudo_terminal
@pytest.mark.parametrize(
    "arguments",
    ["show coach", "show framework --section theory", "crosswalk", "compare coach teacher"],
)
def test_terminal_that_knows_only_ascii_gets_a_page_drawn_with_it(
    terminal: Any, arguments: str
) -> None:
    found = terminal(**ASCII).run(*arguments.split())
    assert found.code == 0
    assert found.raw.isascii()
    assert "----" in found.raw
    assert "Traceback" not in found.raw


@pytest.mark.slow
@pseudo_terminal
def test_ascii_page_says_the_same_with_no_question_marks_for_what_the_program_draws(
    terminal: Any, plguide: Plguide
) -> None:
    expected = shows(plguide, "show framework --section theory", 80)
    found = terminal(**ASCII).run("show", "framework", "--section", "theory").raw
    assert found.count("?") == expected.count("?")


@pytest.mark.slow
@pseudo_terminal
def test_ascii_page_shows_separators_and_gaps_as_ascii(terminal: Any, plguide: Plguide) -> None:
    found = terminal(**ASCII).run("crosswalk").raw
    assert found.count("?") == shows(plguide, "crosswalk", 80).count("?")


@pytest.mark.slow
@pseudo_terminal
@pytest.mark.parametrize(
    "env",
    [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}],
    ids=["python-makes-it-utf-8", "plain-c"],
)
def test_c_locale_works_in_a_terminal(terminal: Any, env: dict[str, str]) -> None:
    found = terminal(**env).run("show", "coach")
    assert found.code == 0
    assert found.lines[0].strip() == "Coach"


def test_c_locale_works_in_a_pipe_with_the_same_bytes(plguide_process: Plguide) -> None:
    env = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    assert plguide_process("show", "framework", env=env) == (0, page("show framework"), "")


@pytest.mark.parametrize("kind", ["markdown", "json", "terminal"])
def test_reader_that_left_ends_the_program_quietly(program: list[str], kind: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*program, "show", "coach", "--format", kind],
        env=CLEAN_ENV,
        stdout=writing,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@bash
def test_head_gets_its_line_and_the_program_ends_quietly(program: list[str]) -> None:
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", '"$@" | head -1', "-", *program, "show", "framework"],
        env=CLEAN_ENV,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    title = page("show framework").splitlines()[0]
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{title}\n", "")


@pytest.mark.slow
@pseudo_terminal
def test_pager_is_used_when_asked_for(terminal: Any) -> None:
    found = terminal(PAGER="sed s/^/~/").run("show", "coach", "--pager")
    assert found.code == 0
    assert found.lines[0].startswith("~")
    assert "Coach" in found.lines[0]
    assert all(line.startswith("~") for line in found.lines)


@pytest.mark.slow
@pseudo_terminal
def test_pager_is_left_alone_when_not_asked_for(terminal: Any) -> None:
    found = terminal(PAGER="sed s/^/~/").run("show", "coach")
    assert "~" not in found.raw
    assert found.lines[0].strip() == "Coach"


def test_pager_is_left_alone_in_a_pipe(plguide_process: Plguide) -> None:
    found = plguide_process("show", "coach", "--pager", env={"PAGER": "sed s/^/~/"})
    assert found.out == page("show coach")


@pytest.mark.slow
@pseudo_terminal
@pytest.mark.parametrize("arguments", ["show coach", "show framework", "roles", "crosswalk"])
def test_hostile_content_leaves_the_real_terminal_as_it_was(
    terminal: Any, tmp_path: Path, arguments: str
) -> None:
    attacks = list(ATTACKS.values())
    folder = write_content(
        tmp_path, lambda n: f"{attacks[n % len(attacks)]} field{n} {front_door_text(n)}"
    )
    found = terminal(100).run(*arguments.split(), "--content", folder)
    assert found.code == 0
    assert not STEERS.search(STYLING.sub("", found.raw.replace("\r\n", "\n")))
    assert found.screen.title == ""
    assert "field" in "".join(found.lines)
    assert not too_wide("\n".join(found.lines), 100)


def test_attacks_hold_what_steers_a_terminal() -> None:
    assert all(
        STEERS.search(ATTACKS[name]) for name in ATTACKS if name not in {"markup", "emoji code"}
    )
    assert any(unicodedata.bidirectional(each) == "R" for text in HOSTILE for each in text)
    assert cell_len(WIDE) > len(WIDE)
    assert len(Span(LONG).text) > max(WIDTHS)
