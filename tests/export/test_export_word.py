"""`plguide export --to docx`: what Word, LibreOffice and pandoc find in the file."""

import io
import re
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENTATION
from docx.oxml.ns import qn
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from hypothesis import HealthCheck, given, settings

from pl_guide.content.loading import load_library
from pl_guide.export.docx import render_word
from pl_guide.export.table import guide_table
from pl_guide.records import replaced
from pl_guide.worksheet.model import FirstStep
from support.examples import examples
from support.exports import BLANK, HOSTILE, PRIVATE, SHARED, answering, worksheet, written
from support.needs import needed
from support.worksheets import worksheets

EVERY_WORD = PRIVATE | SHARED


@pytest.fixture
def word(plguide, tmp_path):
    """Export a worksheet to Word, and open the file."""

    def run(sheet, *options: str) -> Document:
        source = written(sheet, tmp_path / "sheet.md")
        done = plguide("export", source, "--to", "docx", "--force", *options)
        assert done.code == 0, done.err
        return docx.Document(str(tmp_path / "sheet.docx"))

    return run


def cell(document: Document, row: int, column: int) -> _Cell:
    return document.tables[0].cell(row, column)


def marks(document: Document, paragraph: Paragraph) -> tuple[str, str, int] | None:
    """Give a list item's kind of mark, its list, and its level; None for other paragraphs."""
    properties = paragraph.paragraph_format.element.pPr.numPr
    if properties is None:
        return None
    numbering = document.part.numbering_part.element
    number = properties.numId.val
    (num,) = (each for each in numbering.num_lst if each.numId == number)
    level = properties.ilvl.val
    kind = f'w:abstractNum[@w:abstractNumId="{num.abstractNumId.val}"]'
    (form,) = numbering.xpath(f'{kind}/w:lvl[@w:ilvl="{level}"]/w:numFmt/@w:val')
    return form, f"list {number}", level


def test_the_table_is_the_guides_own_on_a_landscape_page(word):
    document = word(worksheet())
    section = document.sections[0]
    assert section.orientation == WD_ORIENTATION.LANDSCAPE
    assert section.page_width > section.page_height
    (table,) = document.tables
    assert [each.text for each in table.rows[0].cells] == ["Question", "Thoughts", "Actions"]
    assert len(table.rows) == 1 + len(BLANK.answers)


def test_the_header_row_is_repeated_on_each_page_and_other_rows_may_break(word):
    rows = word(worksheet()).element.body.tbl_lst[0].tr_lst
    repeated = [bool(row.xpath("w:trPr/w:tblHeader")) for row in rows]
    assert repeated == [True] + [False] * (len(rows) - 1)
    whole = [bool(row.xpath("w:trPr/w:cantSplit")) for row in rows]
    assert whole[1:] == [False] * (len(rows) - 1)


def test_title_and_questions_are_headings(word):
    document = word(worksheet())
    title = document.paragraphs[0]
    assert (title.style.name, title.text) == ("Heading 1", "zqheading")
    question = cell(document, 1, 0).paragraphs[0]
    assert (question.style.name, question.text) == ("Heading 2", "1. zqwording")


def test_who_and_when_and_whose_guide_stand_around_the_table(word):
    text = "\n".join(each.text for each in word(worksheet()).paragraphs)
    assert "Participants: zqparticipant; Ben" in text
    assert "Started: 2026-09-01" in text
    assert "Guide: Coach, Standards for Professional Learning, 2022" in text
    assert "Learning Forward" in text.split("zqpreface")[1]


def test_the_files_properties_say_what_it_is(word):
    properties = word(worksheet()).core_properties
    assert (properties.title, properties.author) == ("zqheading", "zqparticipant; Ben")
    assert properties.language == "en"
    assert "python" not in f"{properties.comments}{properties.last_modified_by}"


def test_properties_longer_than_word_allows_are_cut(word):
    properties = word(replaced(BLANK, heading="x" * 5000, participants=("y" * 5000,)))
    assert len(properties.core_properties.title) == 255


def test_emphasis_code_and_line_breaks_are_words_own(word):
    document = word(answering("a **b** *c* ***d*** `e`\nshort"))
    (paragraph,) = cell(document, 1, 1).paragraphs
    assert paragraph.text == "a b c d e\nshort"
    looks = {run.text: (bool(run.bold), bool(run.italic)) for run in paragraph.runs}
    assert looks["b"] == (True, False)
    assert looks["c"] == (False, True)
    assert looks["d"] == (True, True)
    assert [run.font.name for run in paragraph.runs if run.text == "e"] == ["Consolas"]


def test_lists_have_words_own_numbering_which_begins_anew(word):
    text = "- a\n  1. b\n  2. c\n- d\n\nmore\n\n1. e\n2. f\n\nand\n\n7. g\n\n   still g"
    document = word(answering(text))
    paragraphs = {each.text: each for each in cell(document, 1, 1).paragraphs}
    found = {name: marks(document, each) for name, each in paragraphs.items()}
    assert found["more"] is found["and"] is found["still g"] is None
    assert [found[name][0] for name in "abcdefg"] == [
        "bullet", "decimal", "decimal", "bullet", "decimal", "decimal", "decimal",
    ]  # fmt: skip
    assert [found[name][2] for name in "abcdefg"] == [0, 1, 1, 0, 0, 0, 0]
    lists = [found[name][1] for name in "abcdefg"]
    assert lists[0] == lists[3]
    assert lists[1] == lists[2]
    assert lists[4] == lists[5]
    assert len(set(lists)) == 4
    numbering = document.part.numbering_part.element
    starts = {
        f"list {num.numId}": num.xpath("w:lvlOverride/w:startOverride/@w:val")
        for num in numbering.num_lst
    }
    assert (starts[lists[1]], starts[lists[4]], starts[lists[6]]) == (["1"], ["1"], ["7"])


def test_lists_keep_the_order_that_word_wants_in_its_file(word):
    numbering = word(answering("1. a")).part.numbering_part.element
    kinds = [each.tag for each in numbering]
    first = kinds.index(qn("w:num"))
    assert set(kinds[first:]) <= {qn("w:num"), qn("w:numIdMacAtCleanup")}
    numbers = [each.numId for each in numbering.num_lst]
    assert len(numbers) == len(set(numbers))


def test_links_lead_to_the_web_and_to_mail_and_nowhere_else(word):
    document = word(
        answering(
            "[a](https://x.test/1?b=2&c=3) <me@x.test> https://x.test/bare. ![p](http://x.test/p)\n\n"
            "[j](javascript:alert(1)) [f](file:///etc/passwd) [s](smb://x/y) [r](notes.docx)"
            " ![d](data:text/html,x) [u](http://user:pw@x.test) [l](https://x.test/"
            + "l" * 3000
            + ")"
        )
    )
    paragraphs = cell(document, 1, 1).paragraphs
    links = [(each.text, each.address) for each in paragraphs[0].hyperlinks]
    assert links == [
        ("a", "https://x.test/1?b=2&c=3"),
        ("me@x.test", "mailto:me@x.test"),
        ("https://x.test/bare", "https://x.test/bare"),
        ("p", "http://x.test/p"),
    ]
    assert [each.address for each in paragraphs[1].hyperlinks if len(each.address) > 2000] == []
    assert "j (javascript:alert(1)) f (file:///etc/passwd) s (smb://x/y) r (notes.docx)" in (
        paragraphs[1].text
    )


def test_steps_say_what_became_of_them_in_signs_and_words(word):
    document = word(worksheet())
    texts = [each.text for each in cell(document, 1, 2).paragraphs]
    assert texts == [
        "☐ Open: zqstep",
        "Owner: zqowner",
        "Due: zqdue",
        "Resources: zqresources",
        "Evidence: zqevidence",
        "Checked: zqhistory",
        "Checked: once more",
        "zqstepnotes",
        "☑ Done: zqdone",
        "☒ Dropped: zqdropped",
    ]


def test_text_from_right_to_left_runs_so(word):
    document = word(answering("שלום (עולם)\n\n- פריט\n\nplain", FirstStep(text="להתקשר")))
    found = {
        each.text: bool(each.paragraph_format.element.xpath("w:pPr/w:bidi"))
        for each in cell(document, 1, 1).paragraphs
    }
    assert found == {"שלום (עולם)": True, "פריט": True, "plain": False}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_text_and_the_tables_shape_stays(word, tmp_path, hostile):
    document = word(worksheet(hostile))
    table = document.tables[0]
    assert (len(document.tables), len(table.rows)) == (1, 1 + len(BLANK.answers))
    assert not document.element.xpath("//w:fldSimple | //w:fldChar | //w:instrText | //w:object")
    relations = document.part.rels.values()
    addresses = [each.target_ref for each in relations if each.is_external]
    assert all(re.match("https?://|mailto:", each) for each in addresses)
    with zipfile.ZipFile(tmp_path / "sheet.docx") as parts:
        assert not [name for name in parts.namelist() if "vba" in name or "embed" in name]
    said = "\n".join(
        each.text for row in table.rows for part in row.cells for each in part.paragraphs
    )
    said += "\n".join(each.text for each in document.paragraphs)
    assert [each for each in EVERY_WORD if each not in said] == []


@settings(deadline=None, max_examples=examples(30), suppress_health_check=[HealthCheck.too_slow])
@given(worksheets)
def test_any_worksheet_is_a_word_file_with_all_its_questions(sheet):
    raw = render_word(guide_table(sheet, load_library(only="coach")))
    document = docx.Document(io.BytesIO(raw))
    assert len(document.tables[0].rows) == 1 + len(sheet.answers)


def test_a_field_in_an_answer_is_seen_as_it_was_typed(word):
    text = '{ HYPERLINK "c" } =SUM(A1:B2) {{ x }}'
    document = word(answering(text, FirstStep(text=text)))
    assert cell(document, 1, 1).text == text
    assert cell(document, 1, 2).text == f"☐ Open: {text}"


# --- Other programs ---


@pytest.mark.slow
@pytest.mark.parametrize("hostile", ["", *HOSTILE.values()], ids=["plain", *HOSTILE])
def test_pandoc_finds_every_answer(word, tmp_path, hostile):
    pandoc = needed("pandoc")
    word(worksheet(hostile))
    done = subprocess.run(
        [pandoc, tmp_path / "sheet.docx", "-t", "plain", "--wrap=none"],
        capture_output=True, encoding="utf-8", check=True, timeout=60,
    )  # fmt: skip
    assert [each for each in EVERY_WORD if each not in done.stdout] == []


def test_pandoc_reads_lists_links_and_headings_as_such(word, tmp_path):
    pandoc = needed("pandoc")
    word(answering("1. one\n2. two\n\n- [here](https://x.test/a)\n\n**bold**"))
    done = subprocess.run(
        [pandoc, tmp_path / "sheet.docx", "-t", "html", "--wrap=none"],
        capture_output=True, encoding="utf-8", check=True, timeout=60,
    )  # fmt: skip
    assert re.search(r"<ol[^>]*>\s*<li>(<p>)?one", done.stdout)
    assert re.search(r'<ul>\s*<li>(<p>)?<a href="https://x.test/a">here</a>', done.stdout)
    assert "<strong>bold</strong>" in done.stdout
    assert re.search("<h1[^>]*>Coach: first actions", done.stdout)
    assert "<thead>" in done.stdout


@pytest.mark.slow
def test_libreoffice_shows_every_answer_on_landscape_pages_with_the_header_on_each(word, tmp_path):
    soffice = needed("soffice")
    from pypdf import PdfReader

    sheet = worksheet(HOSTILE["html"])
    novel = "\n\n".join(f"Chapter{number}. {'Words and words. ' * 30}" for number in range(30))
    word(replaced(sheet, answers=(*sheet.answers, *answering(novel).answers[:1])))
    profile = (tmp_path / "profile").as_uri()
    subprocess.run(
        [
            soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf",
            "--outdir", tmp_path, tmp_path / "sheet.docx",
        ],
        capture_output=True, check=True, timeout=180,
    )  # fmt: skip
    pages = PdfReader(tmp_path / "sheet.pdf").pages
    texts = [" ".join(page.extract_text().split()) for page in pages]
    assert [each for each in EVERY_WORD if each not in " ".join(texts)] == []
    assert all(f"Chapter{number}." in " ".join(texts) for number in range(30))
    assert len(pages) > 3
    assert all(page.mediabox.width > page.mediabox.height for page in pages)
    assert all("Thoughts" in text for text in texts[1:-1])
    assert all(f"{number} / {len(pages)}" in text for number, text in enumerate(texts, 1))


@pytest.mark.slow
def test_a_format_loads_only_the_library_that_it_writes_with(plguide_process, tmp_path):
    source = written(worksheet(), Path(tmp_path / "sheet.md"))
    libraries = ("docx", "markdown_it", "openpyxl")
    for to, loaded in (
        ("csv", ()), ("html", ("markdown_it",)), ("docx", ("docx", "markdown_it")),
        ("xlsx", ("openpyxl",)),
    ):  # fmt: skip
        done = plguide_process(
            "export", source, "--to", to, "-o", tmp_path / f"out.{to}",
            env={"PYTHONPROFILEIMPORTTIME": "1"},
        )  # fmt: skip
        assert done.code == 0
        found = {name for name in libraries if re.search(rf"\| +{name}\b", done.err)}
        assert found == set(loaded)
