"""A document says the same in blocks, whatever kind of file it is."""

import io
import itertools
import time
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pl_guide.documents.blocks import Block
from pl_guide.documents.reading import read_document
from pl_guide.errors import UnreadableDocument

WHOLE = [
    ("heading", 1, "On tea"),
    ("paragraph", 0, "Tea is a leaf. It is drunk hot."),
    ("heading", 2, "What to do"),
    ("item", 1, "[ ] Warm the pot."),
    ("item", 2, "Use water."),
    ("item", 1, "[x] Wait."),
    ("row", 0, ("QUESTION", "ANSWER")),
    ("row", 0, ("Why tea?", "Because.")),
    ("paragraph", 0, "That is all."),
]

TEXT = """# On tea

Tea is a leaf. It is drunk hot.

## What to do

- [ ] Warm the pot.
  - Use water.
- [x] Wait.

QUESTION\tANSWER
Why tea?\tBecause.

That is all.
"""
MARKDOWN = """On tea
======

Tea is a *leaf*. It is drunk **hot**.

What to do
----------

1. [ ] Warm the pot.
   * Use `water`.
2. [x] Wait.

| QUESTION | ANSWER |
|---|:-:|
| Why tea? | Because. |

That is all.
"""
PAGE = """<!doctype html><html><head><title>Tea</title><style>p {}</style></head><body>
<h1>On tea</h1><p>Tea is a <i>leaf</i>.
  It is drunk <b>hot</b>.</p><script>alert("tea")</script><h2>What to do</h2>
<ul><li><input type="checkbox" disabled> Warm the pot.<ul><li>Use water.</ul>
<li><p><input type="checkbox" checked> Wait.</p></ul>
<table><tr><th>QUESTION<th>ANSWER<tr><td>Why tea?<td><p>Because.</table>That is all."""


def word() -> bytes:
    document = docx.Document()
    document.add_heading("On tea", 1)
    document.add_paragraph("Tea is a ").add_run("leaf").italic = True
    document.paragraphs[-1].add_run(". It is drunk hot.")
    document.add_heading("What to do", 2)
    document.add_paragraph("[ ] Warm the pot.", style="List Bullet")
    document.add_paragraph("Use water.", style="List Bullet 2")
    document.add_paragraph("[x] Wait.", style="List Number")
    table = document.add_table(2, 2)
    cells = itertools.chain.from_iterable(row.cells for row in table.rows)
    for cell, text in zip(cells, itertools.chain(*ROWS), strict=True):
        cell.text = text
    document.add_paragraph("That is all.")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


ROWS = [cells for kind, _, cells in WHOLE if kind == "row"]


def pdf() -> bytes:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import (
        ListFlowable,
        ListItem,
        Paragraph,
        SimpleDocTemplate,
        Spacer,
        Table,
    )

    styles = getSampleStyleSheet()
    story = []
    for kind, level, text in WHOLE:
        match kind:
            case "heading":
                story.append(Paragraph(text, styles[f"Heading{level}"]))
            case "item":
                item = ListItem(Paragraph(text, styles["Normal"]))
                story.append(ListFlowable([item], bulletType="bullet"))
            case "paragraph":
                story += [Spacer(1, 12), Paragraph(text, styles["Normal"]), Spacer(1, 12)]
            case "row":
                story.append(Table([[Paragraph(cell, styles["Normal"]) for cell in text]]))
    stream = io.BytesIO()
    SimpleDocTemplate(stream).build(story)
    return stream.getvalue()


def is_table_head(text: str) -> bool:
    """The names of the table's columns, which nothing in a PDF tells."""
    return text == "QUESTION ANSWER"


@pytest.fixture
def read(tmp_path):
    """Read a text or bytes as a file of a name."""

    def run(content: str | bytes, name: str, *arguments: object) -> tuple[Block, ...]:
        raw = content.encode() if isinstance(content, str) else content
        (tmp_path / name).write_bytes(raw)
        return read_document(tmp_path / name, *arguments).blocks

    return run


def outline(blocks: tuple[Block, ...]) -> list[tuple]:
    """What blocks are, and what they say; where is another matter."""
    return [(block.kind, block.level, block.text or block.cells) for block in blocks]


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.txt", TEXT), ("a.md", MARKDOWN), ("a.html", PAGE), ("a.docx", word())],
)
def test_a_document_gives_the_same_blocks_whatever_kind_of_file_it_is(read, name, content):
    assert outline(read(content, name)) == WHOLE


def test_a_pdf_gives_the_same_words_in_the_same_order_and_its_items_as_items(read):
    found = outline(read(pdf(), "a.pdf", is_table_head))
    items = [text for kind, _, text in found if kind == "item"]
    assert items == [text for kind, _, text in WHOLE if kind == "item"]
    said = [text for kind, _, text in found if kind != "aside"]
    written = [" ".join(text) if kind == "row" else text for kind, _, text in WHOLE]
    written[7] = "Why tea?"
    assert said == written
    assert ("aside", 0, "Because.") in found


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.docx", "a.pdf"])
def test_every_block_says_where_it_is(read, name):
    content = {"a.txt": TEXT, "a.md": MARKDOWN, "a.html": PAGE, "a.docx": word(), "a.pdf": pdf()}
    blocks = read(content[name], name)
    assert all(block.place.split()[0] in {"line", "paragraph", "page"} for block in blocks)
    assert all(block.place.split()[1].isdecimal() for block in blocks)


def test_a_block_of_markdown_is_placed_by_the_line_it_begins_on(read):
    places = [block.place for block in read(MARKDOWN, "a.md")]
    assert places == [f"line {line}" for line in (1, 4, 6, 9, 10, 11, 13, 15, 17)]


# --- what a worksheet will need ---


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", "<!-- question: tea -->\n\n## Why?\n\nWell, <!-- notes: tea --> so.\n"),
        ("a.html", "<html><!-- question: tea --><h2>Why?</h2>Well, <!-- notes: tea --> so."),
    ],
)
def test_comments_are_marks_in_their_order(read, name, content):
    assert outline(read(content, name)) == [
        ("mark", 0, "question: tea"),
        ("heading", 2, "Why?"),
        ("paragraph", 0, "Well, so."),
        ("mark", 0, "notes: tea"),
    ]


def test_cells_keep_their_line_breaks_and_bullets(read):
    page = (
        "<html><table><tr><td>Two<br>lines<td><p>One</p><ul><li>Two<ul><li>Three</ul></ul></table>"
    )
    assert outline(read(page, "a.html")) == [
        ("row", 0, ("Two\nlines", "One\n• Two\n  • Three")),
    ]
    document = docx.Document()
    cell = document.add_table(1, 1).rows[0].cells[0]
    cell.text = "Two\nlines"
    cell.add_paragraph("Two", style="List Bullet")
    cell.add_paragraph("Three", style="List Bullet 2")
    stream = io.BytesIO()
    document.save(stream)
    assert outline(read(stream.getvalue(), "a.docx")) == [
        ("row", 0, ("Two\nlines\n• Two\n  • Three",)),
    ]


def test_cells_that_take_up_several_columns_or_rows_leave_the_others_in_their_columns(read):
    page = (
        "<html><table><tr><td rowspan=2>a<td colspan=2>b<td>c"
        "<tr><td>d<td>e<td rowspan=1e9>f<tr><td colspan=0>g</table>"
    )
    assert [block.cells for block in read(page, "a.html")] == [
        ("a", "b", "", "c"),
        ("", "d", "e", "f"),
        ("g",),
    ]
    document = docx.Document()
    table = document.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "a"
    for column, text in ((0, "b"), (1, "c"), (2, "d")):
        table.cell(1, column).text = text
    stream = io.BytesIO()
    document.save(stream)
    assert [block.cells for block in read(stream.getvalue(), "a.docx")] == [
        ("a", "", ""),
        ("b", "c", "d"),
    ]


def test_what_follows_within_an_item_is_known_to_be_in_its_list(read):
    text = "- One.\n\n  More of it.\n\n- Two.\n\nAfter.\n"
    assert outline(read(text, "a.md")) == [
        ("item", 1, "One."),
        ("paragraph", 1, "More of it."),
        ("item", 1, "Two."),
        ("paragraph", 0, "After."),
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", "Do:\n\n• One.\n• Two,\n  too.\n"),
        ("a.html", "<html><p>Do:<p>• One.<br>• Two,<br>too."),
        ("a.txt", "Do:\n\n• One.\n• Two,\n  too.\n"),
    ],
)
def test_bullets_that_someone_typed_are_items(read, name, content):
    assert outline(read(content, name)) == [
        ("paragraph", 0, "Do:"),
        ("item", 1, "One."),
        ("item", 1, "Two,\n  too." if name == "a.txt" else "Two,\ntoo."),
    ]


def test_code_and_what_was_typed_into_a_field_keep_their_lines_and_spaces(read):
    page = "<html><p>a\n  b<textarea>\nOne\n  Two</textarea>"
    assert [block.text for block in read(page, "a.html")] == ["a b", "One\n  Two"]
    assert [block.text for block in read("```\nOne\n  Two\n```\n", "a.md")] == ["One\n  Two"]


def test_a_table_that_lays_a_page_out_is_no_table(read):
    page = "<html><table><tr><td><h1>Tea</h1><td><table><tr><td>a<td>b</table></table>"
    assert outline(read(page, "a.html")) == [("heading", 1, "Tea"), ("row", 0, ("a", "b"))]


# --- hostile or odd ---


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("caf\xe9 – “tea”".encode("cp1252"), "café – “tea”"),
        ("café – “tea”".encode(), "café – “tea”"),
        ("café – “tea”".encode("utf-8-sig"), "café – “tea”"),
        ("café – “tea”".encode("utf-16"), "café – “tea”"),
    ],
)
@pytest.mark.parametrize(
    "charset", ["", "utf-8", "no-such-thing", "rot13", "utf-16", "iso-8859-15"]
)
def test_a_page_is_decoded_by_its_bytes_whatever_it_declares(tmp_path, raw, said, charset):
    encoding = "utf-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "ascii"
    start = f"<!DOCTYPE html><meta charset='{charset}'><p>".encode(encoding)
    raw = start + raw[2:] if encoding == "utf-16" else start + raw
    if raw[len(start) :].startswith(b"\xef\xbb\xbf"):
        raw = b"\xef\xbb\xbf" + start + raw[len(start) + 3 :]
    (tmp_path / "a.html").write_bytes(raw)
    if charset == "iso-8859-15" and b"\xe9" in raw and encoding == "ascii":
        # That encoding has control characters where Windows has quotes.
        said = "café  tea"
    assert read_document(tmp_path / "a.html").blocks[0].text == said


def test_an_encoding_that_a_page_declares_is_used_and_needs_no_remark(tmp_path):
    start = "<html><meta http-equiv=Content-Type content='text/html; charset=koi8-r'><p>"
    (tmp_path / "a.html").write_bytes(start.encode() + "Чай".encode("koi8-r"))
    reading = read_document(tmp_path / "a.html")
    assert (reading.blocks[0].text, reading.remarks) == ("Чай", ())


@pytest.mark.parametrize(
    "start",
    [
        "<!DOCTYPE html>",
        "\n<HTML>",
        '<?xml version="1.0" encoding="koi8-r"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML">',
        "<!-- saved from url=(0014)about:internet -->\n<html>",
        "<meta charset=utf-8>",
    ],
)
def test_a_page_is_known_by_its_beginning_whatever_its_name(read, start):
    assert outline(read(f"{start}<h1>Tea</h1>", "a.txt"))[-1] == ("heading", 1, "Tea")


def test_nothing_is_fetched_run_or_expanded_for_a_page(read, tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    page = (
        f"<!DOCTYPE html [<!ENTITY a 'aaaa'><!ENTITY s SYSTEM 'file://{tmp_path}/secret.txt'>]>"
        "<html><p>&a;&s; &eacute;<script>document.write('secret')</script>"
        "<iframe src=secret.txt>secret</iframe><object data=secret.txt>secret</object>"
        "<link rel=import href=secret.txt><style>p:after {content: 'secret'}</style>"
    )
    said = " ".join(block.text for block in read(page, "a.html") if block.kind != "mark")
    assert "é" in said
    assert "secret" not in said
    assert "aaaa" not in said


def test_a_page_that_is_nested_or_long_beyond_reason_is_refused(read):
    with pytest.raises(UnreadableDocument, match="nested too deeply"):
        read("<html>" + "<ul><li>" * 3000 + "x", "a.html")
    with pytest.raises(UnreadableDocument, match="far larger"):
        read("<html>" + "<b>x" * 150 + "<p>" * 120_000, "a.html")


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_a_paragraph_whose_brackets_would_take_long_is_taken_as_it_is(read, name):
    begun = time.process_time()
    blocks = read(f"# Tea\n\n{'[' * 200_000}pot & <pan>\n\nThe end.\n", name)
    assert time.process_time() - begun < 5
    assert blocks[1].text == f"{'[' * 200_000}pot & <pan>"


@pytest.mark.slow
@pytest.mark.parametrize("sign", [">", "- ", "1. ", "[", "![", "*a ", "a`", "<a ", "<!--", "|a"])
def test_markdown_made_to_take_long_takes_no_longer_and_loses_no_words(read, sign):
    begun = time.process_time()
    blocks = read(f"# Tea\n\n{sign * 30_000}pot\n\nThe end.\n", "a.md")
    assert time.process_time() - begun < 10
    assert "pot" in "".join(block.text for block in blocks)


TAGS = ["<table>", "<tr>", "<td>", "</td>", "</table>", "<ul>", "<li>", "</ul>", "<p>", "<br>"]


@given(st.lists(st.sampled_from([*TAGS, "x"])))
def test_a_page_with_tags_in_any_order_is_read_with_all_its_words(tags):
    from pl_guide.documents.html import read_html

    blocks = read_html(f"<html>{' '.join(tags)}", "a.html").blocks
    found = "".join(text for block in blocks for text in (block.text, *block.cells))
    assert found.count("x") == tags.count("x")


SIGNS = [
    "- ",
    "1. ",
    "> ",
    "# ",
    "    ",
    "\t",
    "\n",
    "\n\n",
    "---\n",
    "*",
    "_",
    "[a]: ",
    "[ ] ",
    "&",
    "\\",
]


@given(st.lists(st.sampled_from(["tea ", *SIGNS]), max_size=25))
def test_no_word_of_markdown_is_lost_or_read_twice_however_it_is_nested(parts):
    from pl_guide.documents.markdown import read_markdown

    reading = read_markdown("".join(parts), "a.md")
    assert reading
    said = "".join(block.text for block in reading.blocks)
    assert said.count("tea") == parts.count("tea ")


def test_a_word_file_that_unpacks_to_far_more_is_refused_unread(tmp_path):
    path = Path(tmp_path / "a.docx")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", "<x>" + " " * 11_000_000)
    with pytest.raises(UnreadableDocument, match="far larger"):
        read_document(path)
