"""Markdown pages: every reader sees the same document, and text in it stays text."""

import json
import re
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

import markdown
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from typer.testing import CliRunner

from pl_guide.cli.app import app
from pl_guide.content.loading import load_library
from pl_guide.document import (
    Chain,
    Document,
    Heading,
    Item,
    Items,
    Line,
    Paragraph,
    Span,
    Table,
)
from pl_guide.model import Framework, Role
from pl_guide.records import Record, Text, into_plain
from pl_guide.render.markdown import render_markdown
from pl_guide.text import raised
from pl_guide.wording import Phrases
from support.examples import examples
from support.needs import needed
from support.program import Plguide

LIBRARY = load_library()
NAMES = [
    *(role.id for role in LIBRARY.roles),
    *(standard.id for standard in LIBRARY.framework.standards),
    *(category.id for category in LIBRARY.framework.categories),
    "framework",
]
PAGES = [
    *(f"show {name}" for name in NAMES),
    "show coach --ids",
    "roles",
    "standards",
    "crosswalk",
    "crosswalk --constructs",
    "compare coach teacher",
    "search bias feedback",
    "search System/central --limit 0",
]

# --- Reading Markdown as others do -----------------------------------------------------------

INLINE = {"a", "br", "code", "del", "em", "img", "input", "s", "span", "strong", "sub", "sup"}


class Block(NamedTuple):
    """A stretch of a page between two block tags: its tag and text, or a table's rows."""

    tag: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


class Reading(NamedTuple):
    """What a reader of Markdown made of a page: all tags in order, and its blocks."""

    tags: list[str]
    blocks: list[Block]

    @property
    def headings(self) -> list[tuple[int, str]]:
        return [
            (int(block.tag[1]), block.text)
            for block in self.blocks
            if re.fullmatch(r"h[1-6]", block.tag)
        ]

    @property
    def tables(self) -> list[tuple[int, set[int]]]:
        found = [block.rows for block in self.blocks if block.tag == "table"]
        return [(len(rows), {len(row) for row in rows}) for rows in found]

    @property
    def texts(self) -> list[str]:
        return [
            text
            for block in self.blocks
            for text in ((block.text,), *block.rows)
            for text in text
            if text
        ]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.reading = Reading([], [])
        self.open = [""]
        self.text = ""
        self.rows: list[list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "code" and self.open[-1] != "pre":
            return
        align = dict(attrs).get("style") or ""
        self.reading.tags.append(f"{tag} {align}".strip())
        if tag in INLINE:
            return
        self._flush()
        self.open.append(tag)
        if tag == "table":
            self.rows = []
        elif tag == "tr" and self.rows is not None:
            self.rows.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag == "code" and self.open[-1] != "pre":
            return
        self.reading.tags.append(f"/{tag}")
        if tag in INLINE:
            return
        self._flush()
        if tag in self.open:
            while self.open.pop() != tag:
                pass
        if tag == "table" and self.rows is not None:
            rows = tuple(tuple(row) for row in self.rows)
            self.reading.blocks.append(Block("table", rows=rows))
            self.rows = None

    def handle_comment(self, data: str) -> None:
        self.reading.tags.append("!--")

    def handle_data(self, data: str) -> None:
        self.text += data

    def _flush(self) -> None:
        text, self.text = folded(self.text), ""
        tag = self.open[-1]
        if self.rows:
            if tag in {"td", "th"}:
                self.rows[-1].append(text)
        elif text and tag != "pre":
            self.reading.blocks.append(Block(tag, text))


def read_html(html: str) -> Reading:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.reading


def folded(text: str) -> str:
    """Fold white space, and the pictures of the control characters that count as such."""
    return " ".join(re.sub("[␜␝␞␟]", " ", text).split())


_MARKDOWN_IT = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_PYTHON_MARKDOWN = markdown.Markdown(extensions=["tables", "fenced_code", "toc"])


def read_markdown_it(text: str) -> Reading:
    return read_html(_MARKDOWN_IT.render(text))


def read_python_markdown(text: str) -> Reading:
    return read_html(_PYTHON_MARKDOWN.reset().convert(text))


def read_pandoc(text: str) -> Reading:
    command = [needed("pandoc"), "--from=gfm", "--to=html", "--wrap=none"]
    done = subprocess.run(command, input=text, capture_output=True, encoding="utf-8", check=True)
    return read_html(done.stdout)


Read = Callable[[str], Reading]
READERS = [
    pytest.param(read_markdown_it, id="markdown-it"),
    pytest.param(read_python_markdown, id="python-markdown"),
]
OTHERS = [READERS[1], pytest.param(read_pandoc, id="pandoc", marks=pytest.mark.slow)]


@cache
def page(arguments: str) -> str:
    """Give a page as the program writes it into a pipe."""
    found = CliRunner().invoke(app, arguments.split(), env={"PLGUIDE_CONTENT": None})
    assert found.exit_code == 0, found.stderr
    return found.stdout


# --- The shipped pages -----------------------------------------------------------------------


@pytest.mark.parametrize("read", OTHERS)
@pytest.mark.parametrize("arguments", PAGES)
def test_two_readers_find_the_same_headings_items_and_tables(arguments: str, read: Read) -> None:
    expected, found = read_markdown_it(page(arguments)), read(page(arguments))
    assert found.headings == expected.headings
    assert found.tags.count("li") == expected.tags.count("li")
    assert found.tables == expected.tables
    assert found.texts == expected.texts


@pytest.mark.parametrize(
    ("arguments", "tag"),
    [("show coach", "ol"), ("show coach", "ul"), ("roles", "table"), ("show framework", "pre")],
)
def test_pages_have_the_structure_that_readers_are_compared_by(arguments: str, tag: str) -> None:
    assert tag in read_markdown_it(page(arguments)).tags


@pytest.mark.slow
@pytest.mark.parametrize("level", range(1, 7))
@pytest.mark.parametrize("arguments", PAGES)
def test_no_heading_level_is_skipped_or_too_deep(arguments: str, level: int) -> None:
    headings = read_markdown_it(page(f"{arguments} --heading-level {level}")).headings
    levels = [found for found, _ in headings]
    assert levels[0] == level
    assert min(levels) == level
    assert all(lower <= upper + 1 for upper, lower in pairwise(levels))
    at_top = read_markdown_it(page(arguments)).headings
    assert levels == [min(each + level - 1, 6) for each, _ in at_top]
    assert [text for _, text in headings] == [text for _, text in at_top]


@pytest.mark.parametrize("arguments", PAGES)
def test_markdown_ends_in_one_line_feed_and_no_line_in_white_space(arguments: str) -> None:
    text = page(arguments)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert not [line for line in text.split("\n") if line != line.rstrip()]


# --- Hostile text: what it looks like, and what harmless text in its place looks like --------

HOSTILE = [
    *("# head", "## head ##", "C# ##", "#", "Setext\n===", "Setext\n---", "===", "---", "***"),
    *("- item", "+ item", "* item", "1. one", "1) one", "12345. many", "- [ ] task", "[x] done"),
    *("> quote", "| a | b |", "a | b\n--|--\nc | d", "|", "\\|", "`code`", "``", "```\ncode\n```"),
    *("~~~", "~~gone~~", "    code", "\tcode", "<script>alert(1)</script>", "<b>", "</li>", "<"),
    *("<!-- hidden -->", "-->", "<!--", "<https://x.example>", "&amp;", "&#35;", "&lt;b&gt;", "&"),
    *("*em*", "**strong**", "*", "**", "_em_", "__init__", "snake_case_name", "_", "a*b*c"),
    *("[x](y)", "[x]: y", "[x][y]", "[^1]", "[^1]: note", "![", "![alt](img)", "[TOC]", "*[A]: b"),
    *(
        "$x$",
        "$$y$$",
        "\\(z\\)",
        "{{ macro }}",
        "{% tag %}",
        "{.class #id}",
        "{: .class}",
        "{==x==}",
    ),
    *(":::", "::: warning", "!!! note", "??? note", ": definition", ":smile:", "^sup^", "==mark=="),
    *("% title", "\\", "\\\\", "\\#", "ends in a backslash\\", "two  \nlines", "1\\. one", "\\n"),
    *("first\nsecond", "first\r\n\r\nsecond", "one\u2028two", "one\x0btwo", "one\x85two", "a\n\nb"),
    *("\x1b[31mred", "\x00", "\x07bell", "back\x08space", "\x7f", "\x9b31m", "\x02wzxhzdk:0\x03"),
    *("\u202eesrever", "\u202dforced", "\ud800", "שלום עולם", "مرحبا", "漢字かな", "😀", "👩‍👩‍👧"),
    *(
        "  spaces  ",
        "\u00a0hard\u00a0",
        "\ufeffmark",
        "zero\u200bwidth",
        "x" * 200,
        "www.x.example",
    ),
    *("http://x.example/a_b_c", "me@x.example", '"quoted"', "'quoted'", "--", "...", "AT&T;", "%"),
]

_BREAKS = "\n\v\f\r\x1c-\x1e\x85\u2028\u2029"
_CORE = re.compile(rf"\S(?:[^{_BREAKS}]*\S)?")
_TOKEN = re.compile(r"([zZ])q(\d+)qz")


def shown(text: str) -> str:
    """Give text as a reader should see it: control characters as pictures, white space folded."""
    return folded("".join(map(_picture, text)))


def _picture(character: str) -> str:
    if character.isspace():
        return " "
    if unicodedata.category(character) not in {"Cc", "Cs"} and character not in "\u202d\u202e":
        return character
    return {**{chr(i): chr(0x2400 + i) for i in range(32)}, "\x7f": "␡"}.get(character, "\ufffd")


class Harmless:
    """Puts plain words in the place of text, keeping its line breaks and outer spaces."""

    def __init__(self) -> None:
        self.replaced: list[str] = []

    def text(self, text: str) -> str:
        return _CORE.sub(self._word, text)

    def document(self, value: Any) -> Any:
        """Do so all over a document."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, tuple):
            return tuple(self.document(each) for each in value)
        if isinstance(value, Record):
            fields = {name: getattr(value, name) for name in value.__struct_fields__}
            new = {name: self.document(each) for name, each in fields.items() if name != "kind"}
            return type(value)(**fields | new)
        return value

    def undone(self, texts: list[str]) -> list[str]:
        """Put what was replaced back, as a reader should see it."""
        return [folded(_TOKEN.sub(self._back, text)) for text in texts]

    def _back(self, found: re.Match[str]) -> str:
        # A noun stands with its first letter raised where it begins a heading.
        back = self.replaced[int(found[2])]
        return raised(back) if found[1] == "Z" else back

    def _word(self, found: re.Match[str]) -> str:
        self.replaced.append(shown(found.group()))
        return f"zq{len(self.replaced) - 1}qz"


def filled(text: str) -> bool:
    return bool(text.strip())


pieces = st.sampled_from([*HOSTILE, " ", "\n", "\t", ". ", ": ", " - ", "1", "."])
texts = st.lists(pieces | st.text(max_size=5), min_size=1, max_size=5).map("".join).filter(filled)
words = st.from_regex(r"[^\W_]{1,9}", fullmatch=True)
boundaries = st.sampled_from([" ", "(", "_", "-", "“", "*", "/", ".", "’ ", "\n", "&", "`", "**"])


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[Span, ...]:
    """A text in which words are marked, as a search marks them."""
    spans = [Span(draw(words), "match")] if draw(st.booleans()) else []
    for _ in range(draw(st.integers(1, 3))):
        spans.append(Span(draw(boundaries) + draw(st.just("") | texts) + draw(boundaries)))
        spans.append(Span(draw(words), "match"))
    return (*spans, Span(draw(boundaries) + draw(texts)))


lines = st.one_of(
    texts,
    texts.map(lambda text: (Span(text, "strong"),)),
    texts.map(lambda text: (Span(text, "name"),)),
    st.tuples(texts, texts).map(lambda two: (Span(two[0], "strong"), Span(f": {two[1]}"))),
    st.tuples(texts, texts).map(lambda two: (Span(f"{two[0]}: ", "quiet"), Span(two[1]))),
    st.tuples(texts, texts).map(lambda two: (Span(two[0], "name"), Span(f" {two[1]}"))),
    st.tuples(texts, texts).map(lambda two: (Span(f"{two[0]} · "), Span(two[1], "name"))),
    st.tuples(texts, texts).map(lambda two: (Span("Found for "), Span(two[1], "strong"))),
    marked_texts(),
)
kinds = st.sampled_from(["plain", "quiet"])
maybe = st.just("") | texts


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = tuple(draw(st.lists(texts, min_size=2, max_size=4)))
    rest = [lines | st.just("") for _ in columns[1:]]
    rows = draw(st.lists(st.tuples(lines, *rest), min_size=1, max_size=3))
    return Table(columns, tuple(rows))


@st.composite
def numeric_tables(draw: st.DrawFn) -> Table:
    columns = tuple(draw(st.lists(texts, min_size=2, max_size=6)))
    numbers = [st.sampled_from(["–", "1", "12"]) for _ in columns[1:]]
    rows = draw(st.lists(st.tuples(texts, *numbers), min_size=1, max_size=3))
    return Table(columns, tuple(rows), numeric=True)


headings = st.builds(Heading, st.integers(1, 3), lines, st.none() | st.integers(0, 9))
paragraphs = st.builds(Paragraph, texts, kinds) | st.builds(Paragraph, lines)
item_lists = st.builds(
    Items,
    st.lists(st.builds(Item, lines, lines | st.just("")), min_size=1, max_size=4).map(tuple),
    st.booleans(),
)
chains = st.builds(
    Chain, st.lists(st.tuples(texts, maybe), min_size=1, max_size=4).map(tuple), maybe
)
blocks = st.one_of(headings, paragraphs, item_lists, tables(), numeric_tables(), chains)
documents = st.lists(blocks, min_size=1, max_size=3).map(lambda each: Document(tuple(each)))


def every_block(text: str) -> Document:
    """A document with one text in every place where text can stand."""
    line: tuple[Span, ...] = (
        Span(text, "strong"),
        Span(f": {text} "),
        Span(f"{text} ", "quiet"),
        Span(f"{text} ", "match"),
        Span(text, "name"),
    )
    each: Iterator[Line] = iter((text, line) * 8)
    return Document(
        (
            Heading(1, next(each)),
            Heading(2, next(each)),
            Heading(3, (Span(text),), 1),
            Paragraph(text),
            Paragraph(text, "quiet"),
            Paragraph(line),
            Paragraph((Span(text),)),
            Items((Item(text), Item(line, text), Item(text, line), Item((Span(text),), line))),
            Paragraph(text),
            Items((Item(text), Item(line, text), Item(text, line)), counted=True),
            Table((text, text, text), ((text, line, text), (line, text, ""))),
            Table((text, text), ((text, "1"), (text, "–")), numeric=True),
            Chain(((text, text), (text, ""), (text, text)), text),
        )
    )


def assert_only_text(hostile: Document, read: Read) -> None:
    harmless = Harmless()
    expected = read(render_markdown(harmless.document(hostile)))
    found = read(render_markdown(hostile))
    assert found.tags == expected.tags
    assert found.texts == harmless.undone(expected.texts)


@pytest.mark.slow
@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_block_is_read_back_as_text(text: str, read: Read) -> None:
    assert_only_text(every_block(text), read)


@pytest.mark.slow
def test_pandoc_reads_hostile_text_in_every_block_back_as_text() -> None:
    texts = [text for text in HOSTILE if "x.example" not in text]  # pandoc links addresses
    blocks = tuple(block for text in texts for block in every_block(text).blocks)
    assert_only_text(Document(blocks), read_pandoc)


@pytest.mark.parametrize("read", READERS)
@given(document=documents)
@example(document=Document((Heading(1, "a \\##"), Heading(2, "a ##"))))
@settings(max_examples=examples(150), deadline=None)
def test_whatever_text_a_document_holds_it_is_read_back_as_text(
    document: Document, read: Read
) -> None:
    assert_only_text(document, read)


@given(document=documents, level=st.integers(1, 6))
@settings(max_examples=examples(100), deadline=None)
def test_whatever_text_a_document_holds_its_markdown_is_one_line_a_heading_and_tidy(
    document: Document, level: int
) -> None:
    text = render_markdown(document, level)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202d\u202e\ud800-\udfff]", text)
    assert not [line for line in text.split("\n") if line != line.rstrip()]
    wanted = [block for block in document.blocks if isinstance(block, Heading)]
    found = [heading for heading, _ in read_markdown_it(text).headings]
    assert found == [min(heading.level + level - 1, 6) for heading in wanted]


def test_a_drawing_keeps_hostile_titles_inside_their_boxes() -> None:
    hostile = ['"]; click s1 "javascript:x"', "a\n```\n# out", "%%{init}%%", "end", "<b>x</b>"]
    text = render_markdown(Document((Chain(tuple((title, "") for title in hostile)),)))
    drawing = text.split("```mermaid\n")[1].split("\n```")[0].splitlines()
    assert drawing[0] == "flowchart TD"
    boxes = [re.fullmatch(r'    s(\d)\["([^"<>\[\]{}%`]*)"\]', line) for line in drawing[1:-1]]
    assert [box and box[1] for box in boxes] == ["1", "2", "3", "4", "5"]
    assert drawing[-1] == "    s1 --> s2 --> s3 --> s4 --> s5"


# --- Through the front door ------------------------------------------------------------------


def front_door_text(number: int) -> str:
    """Hostile text at both ends of a field's text; a page may cut full stops off."""
    usable = [text for text in HOSTILE if "\ud800" not in text and text.strip()[-1] not in ".…"]
    first, last = usable[number % len(usable)], usable[number * 7 % len(usable)]
    return f"{first} field{number} {last}"


class Spoiler:
    """Puts new text into each text field of plain data, which the records' types tell apart."""

    def __init__(self, text: Callable[[int], str]) -> None:
        self.text = text
        self.number = 0

    def spoiled(self, data: Any, kind: Any) -> Any:
        if get_origin(kind) in (Union, UnionType):
            (kind,) = (each for each in get_args(kind) if each is not NoneType)
        if data is None:
            return None
        if kind == Text:
            self.number += 1
            return self.text(self.number)
        if get_origin(kind) is tuple:
            return [self.spoiled(each, get_args(kind)[0]) for each in data]
        if isinstance(kind, type) and issubclass(kind, Record):
            types = get_type_hints(kind, include_extras=True)
            found = {key: self.spoiled(value, types[key]) for key, value in data.items()}
            return {key: value for key, value in found.items() if value is not None}
        return data


def write_yaml(path: Path, data: object) -> None:
    """Write data as JSON, which is YAML once what YAML forbids to stand as it is is escaped."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    path.parent.mkdir(parents=True, exist_ok=True)
    forbidden = "[\x7f-\x9f\u2028\u2029\ufeff]"
    path.write_text(
        re.sub(forbidden, lambda at: f"\\u{ord(at.group()):04x}", text), encoding="utf-8"
    )


def write_content(folder: Path, text: Callable[[int], str]) -> Path:
    """Write the shipped content with other text in every text field."""
    spoiler = Spoiler(text)
    # Records leave out the phrases that are as usual.
    usual = {name: getattr(Phrases(), name) for name in Phrases.__struct_fields__}
    whole = into_plain(LIBRARY.framework) | {"phrases": usual}
    framework = spoiler.spoiled(whole, Framework)
    write_yaml(folder / "standards.yaml", framework)
    for role in LIBRARY.roles:
        write_yaml(folder / "roles" / f"{role.id}.yaml", spoiler.spoiled(into_plain(role), Role))
    assert spoiler.number > 200
    return folder


class Front(NamedTuple):
    """Two content folders of one shape, with hostile text and with harmless text."""

    hostile: Path
    harmless: Path
    words: Harmless


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Front:
    folder = tmp_path_factory.mktemp("front")
    words = Harmless()
    return Front(
        write_content(folder / "hostile", front_door_text),
        write_content(folder / "harmless", lambda number: words.text(front_door_text(number))),
        words,
    )


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    "arguments",
    [
        *("show coach", "show coach --ids", "show teacher --section resources", "show framework"),
        *("show evidence", "show conditions-for-success", "roles", "standards", "crosswalk"),
        *("crosswalk --constructs", "compare coach teacher"),
    ],
)
def test_hostile_text_in_every_field_of_the_content_is_shown_as_text(
    plguide: Plguide, front: Front, arguments: str, read: Read
) -> None:
    hostile = plguide(*arguments.split(), "--content", front.hostile)
    harmless = plguide(*arguments.split(), "--content", front.harmless)
    assert (hostile.code, harmless.code) == (0, 0), hostile.err + harmless.err
    found, expected = read(hostile.out), read(harmless.out)
    assert found.tags == expected.tags
    assert found.texts == front.words.undone(expected.texts)
    assert any("field" in text for text in found.texts)
