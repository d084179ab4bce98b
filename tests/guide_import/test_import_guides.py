"""`plguide import`: a guide that a person holds becomes a role in the guide's own words."""

import functools
import io
import json
import operator
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest

from pl_guide.content.loading import load_library
from support import guide_files as guides
from support.needs import needed
from support.program import SHARED

COACH = load_library().role("coach")
SOURCES = SHARED / "sources"


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> dict[str, Path]:
    """The tests' own guide in each format, by its ending."""
    folder = tmp_path_factory.mktemp("written")
    return {path.suffix: path for path in guides.write_all(folder)}


@pytest.fixture
def imported(plguide, tmp_path):
    """Import a text as a guide for coaches, and give what became of it: the role's JSON, stderr."""

    def run(text: str, *arguments: object, name: str = "guide.txt") -> tuple[dict, str]:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return shown(plguide, tmp_path, tmp_path / name, "--role", "coach", *arguments)

    return run


def shown(plguide, tmp_path, *arguments) -> tuple[dict, str]:
    """Import into a content folder, validate that, and show the role from there."""
    folder = tmp_path / "mine"
    file = folder / "roles" / "imported.yaml"
    done = plguide("import", *arguments, "-o", file, "--force")
    assert (done.code, done.out) == (0, ""), done.err
    checked = plguide("validate", "--content", folder)
    assert checked.code == 0, checked.out
    name = re.search("^id: (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)[1]
    data = json.loads(plguide("show", name, "--content", folder, "--format", "json").out)
    return data.get("role", data), done.err


def words(role: dict) -> tuple[list[str], list[str]]:
    """The texts of a role's responsibilities and questions."""
    return (
        [each["text"] for each in role["responsibilities"]],
        [each["text"] for each in role["questions"]],
    )


# --- one guide in any format ---


@pytest.mark.parametrize("ending", [".txt", ".md", ".html", ".docx", ".pdf"])
def test_a_guide_becomes_a_role_in_its_own_words_whatever_its_format(
    plguide, tmp_path, written, ending
):
    role, said = shown(plguide, tmp_path, written[ending])
    responsibilities, questions = words(role)
    assert responsibilities == [each for items in guides.RESPONSIBILITIES for each in items]
    assert questions == [each for part in guides.QUESTIONS for each in part]
    assert role["purpose"] == "\n".join(guides.PURPOSE)
    assert role["responsibilities_note"] == guides.NOTE
    assert "15 responsibilities (4 + 6 + 5) and 9 questions" in said


def test_every_format_gives_one_and_the_same_role(plguide, written):
    made = {ending: plguide("import", path).out for ending, path in written.items()}
    assert made[".txt"].startswith("# ")
    assert set(made.values()) == {made[".txt"]}


@pytest.mark.slow
@pytest.mark.parametrize("target", ["pdf", "txt:Text", "html:HTML"])
def test_a_word_file_printed_or_saved_as_another_kind_by_a_word_processor_gives_the_same_role(
    plguide, written, tmp_path, target
):
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        needed("soffice"),
        profile,
        "--headless",
        "--convert-to",
        target,
        "--outdir",
        tmp_path,
    ]
    subprocess.run([*command, written[".docx"]], check=True, capture_output=True, timeout=180)
    printed = tmp_path / f"guide.{target.split(':')[0]}"
    assert plguide("import", printed).out == plguide("import", written[".docx"]).out


@pytest.mark.skipif(not SOURCES.is_dir(), reason="the official guides aren't here")
@pytest.mark.parametrize(
    ("name", "counts", "questions"),
    [("system-office", [4, 6, 7], 8), ("external-partner", [4, 6, 6], 9)],
)
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_an_official_guide_is_found_whole_word_for_word(
    plguide, tmp_path, name, counts, questions, suffix
):
    source = SOURCES / f"{name}-action-guide.txt"
    copy = Path(shutil.copy(source, tmp_path / f"copy{suffix}"))
    role, said = shown(plguide, tmp_path, copy)
    assert role["id"] == name
    categories = [each["category"] for each in role["responsibilities"]]
    assert [categories.count(each) for each in dict.fromkeys(categories)] == counts
    assert len(role["questions"]) == questions
    original = " ".join(re.sub(r"\*\*|</?p>", "", source.read_text(encoding="utf-8")).split())
    paragraphs = [*role["purpose"].split("\n"), *role["responsibilities_note"].split("\n")]
    for text in [*functools.reduce(operator.iadd, words(role), []), *paragraphs]:
        assert text in original
    shipped = load_library().role(name)
    assert [each["id"] for each in role["responsibilities"]] == [
        each.id for each in shipped.responsibilities
    ]
    assert [each["id"] for each in role["questions"]] == [each.id for each in shipped.questions]
    assert "not whole" not in said
    assert "new ids" not in said


def test_the_role_keeps_what_worksheets_and_the_crosswalk_refer_to(plguide, tmp_path, written):
    role, said = shown(plguide, tmp_path, written[".txt"])
    for key in ("responsibilities", "questions"):
        for made, known in zip(role[key], getattr(COACH, key), strict=True):
            assert (made["id"], tuple(made["standards"])) == (known.id, known.standards)
    assert (role["title"], role["order"]) == (COACH.title, COACH.order)
    assert tuple(role["aliases"]) == COACH.aliases
    assert tuple(role["resources"]) == COACH.resources
    assert role["basis"]["kind"] == "action-guide"
    assert role["basis"]["title"] == "Action Guide for the Coach"
    assert "own use" in role["basis"]["note"]
    assert "new ids" not in said


def test_every_command_shows_the_guides_words_from_then_on(plguide, tmp_path, written):
    shown(plguide, tmp_path, written[".docx"])
    content = ("--content", tmp_path / "mine")
    said = " ".join(plguide("show", "coach", *content).out.split())
    assert guides.RESPONSIBILITIES[0][0] in said
    assert COACH.responsibilities[0].text not in said
    assert "hum" in plguide("search", "children", "hum", *content).out
    assert guides.QUESTIONS[0][0] in plguide("worksheet", "--role", "coach", *content).out


# --- oddities of guides ---


def simple(questions: str = "", lists: dict[str, str] | None = None) -> str:
    """A small guide for coaches, with other lists or another table of questions."""
    parts = ["ACTION GUIDE for the COACH", "", "We help. We really do.", "", "Roles", ""]
    for category in guides.CATEGORIES:
        given = (lists or {}).get(category)
        parts += [category, "", "- Do it well.\n" if given is None else f"{given}\n"]
    return "\n".join([*parts, questions or "QUESTION\tREFLECTIONS\tFIRST STEPS\nWhat now?\t\t\n"])


@pytest.mark.parametrize("bullet", ["•\t", "* ", "– ", "1. ", "\uf0b7\t", "o\t", "  ▪ "])
def test_bullets_are_known_in_the_forms_that_word_processors_give_them(imported, bullet):
    lists = {guides.CATEGORIES[1]: f"{bullet}First thing.\n{bullet}Second thing."}
    role, _ = imported(simple(lists=lists))
    assert words(role)[0] == ["Do it well.", "First thing.", "Second thing.", "Do it well."]


@pytest.mark.parametrize(
    "name",
    [
        "TRANSFORMATIONAL PROCESSES (continued)",
        "Frame 2: Transformational Processes",
        "**Transformational processes**",
        "Transformational\nProcesses",
        "## The Transformational Processes standards",
    ],
)
def test_a_category_is_known_by_its_name_as_a_heading_however_it_is_set(imported, name):
    role, _ = imported(simple().replace(guides.CATEGORIES[1], name))
    assert [each["category"] for each in role["responsibilities"]] == [
        "rigorous-content-for-each-learner",
        "transformational-processes",
        "conditions-for-success",
    ]


def test_a_list_of_standards_in_an_overview_is_no_list_of_responsibilities(imported):
    overview = f"{guides.CATEGORIES[1]}\n\n- Evidence\n- Learning Designs\n\nRoles\n"
    role, _ = imported(simple().replace("Roles\n", overview, 1))
    assert words(role)[0] == ["Do it well."] * 3


def test_a_list_that_goes_on_under_a_repeated_heading_is_one_list_in_order(imported):
    again = f"- One.\n\n{guides.CATEGORIES[0]}, continued\n\n- Two."
    role, _ = imported(simple(lists={guides.CATEGORIES[0]: again}))
    assert words(role)[0][:2] == ["One.", "Two."]


@pytest.mark.parametrize(
    "table",
    [
        "QUESTION\tREFLECTIONS\tFIRST STEPS\nWhat now?\t\t\nAnd then, my dear?\t\t",
        "QUESTION\tREFLECTIONS\tFIRST STEPS\nWhat now?\nAnd then, my dear?",
        "QUESTION\tREFLECTIONS\tFIRST STEPS\n<p>What\nnow?</p>\t\t\n<p>And then, my dear?</p>",
        "|Question|Reflections|First steps|\n|---|---|---|\n|What now?|||\n|And then, my dear?|||",
        "Question | Reflections | First steps\n--|--|--\nWhat now? | | \nAnd then, my dear? | | ",
        "QUESTION\nREFLECTIONS\nFIRST STEPS\nWhat now?\n\n\nAnd then, my dear?",
        "QUESTION REFLECTIONS FIRST STEPS\nWhat now?\nAnd then,\nmy dear?",
        "No.\tQuestion\tReflections\tFirst steps\n1\tWhat now?\t\t\n2\tAnd then, my dear?\t\t",
    ],
)
def test_a_table_of_questions_is_read_in_each_form_that_files_give_it(imported, table):
    role, _ = imported(simple(f"{table}\n\nFurther reading\n\nGo and see the library.\n"))
    assert words(role)[1] == ["What now?", "And then, my dear?"]


def test_what_is_written_beside_a_question_already_is_listed_and_not_taken(imported):
    table = "QUESTION\tREFLECTIONS\tFIRST STEPS\nWhat now?\tWe wait, and see?\tTea\n"
    role, said = imported(simple(table))
    assert words(role)[1] == ["What now?"]
    assert "We wait, and see? Tea" in said


def test_what_has_no_place_is_listed_with_its_place_and_left_out(imported):
    text = simple(lists={guides.CATEGORIES[0]: "- One.\n\nA stray remark, of no use.\n\n- Two."})
    role, said = imported(text)
    assert words(role)[0] == ["One.", "Do it well.", "Do it well."]
    assert "line 11: “A stray remark, of no use.” (and 1 more)" in said


def test_what_is_nested_under_a_responsibility_is_listed_and_not_taken_for_one(imported):
    role, said = imported(simple(lists={guides.CATEGORIES[0]: "- One.\n    - A detail."}))
    assert words(role)[0][0] == "One."
    assert "A detail." not in words(role)[0]
    assert "“A detail.”" in said


@pytest.mark.parametrize(
    ("wrapped", "mended"),
    [
        (
            "We run class-\nrooms, and classrooms run us, class by class, in rooms.",
            "We run classrooms, and classrooms run us, class by class, in rooms.",
        ),
        (
            "Our class-\nrooms are classrooms of ten-\nyear-olds.",
            "Our classrooms are classrooms of ten-year-olds.",
        ),
        ("Plan a follow-\nup and one more follow-up.", "Plan a follow-up and one more follow-up."),
        ("A ten-\nyear-old knows.", "A ten-year-old knows."),
        ("Ask the class\xad\nrooms.", "Ask the classrooms."),
        ("It ’s “fine” —\n  and\xa0good.", "It ’s “fine” — and good."),
        ("T hese are ours. These too.", "These are ours. These too."),
        ("**T**hese are ours.", "These are ours."),
        ("A teacher is a teacher.", "A teacher is a teacher."),
        ("K to 12, and on to 13.", "K to 12, and on to 13."),
        ("The ﬁrst of us.", "The first of us."),
        ("Use snake_case_words and 2 * 3 * 4.", "Use snake_case_words and 2 * 3 * 4."),
    ],
)
def test_words_that_the_layout_split_are_whole_again_and_nothing_else_is_touched(
    imported, wrapped, mended
):
    text = simple().replace("We help. We really do.", wrapped)
    role, _ = imported(text, name="guide.md")
    assert role["purpose"] == mended


def test_a_hyphen_that_nothing_decides_is_kept_and_pointed_at(imported):
    text = simple().replace("We help. We really do.", "We love quib-\nbling with friends.")
    role, said = imported(text, name="guide.md")
    assert role["purpose"] == "We love quib-bling with friends."
    assert "“quib-bling”" in said


def test_another_count_leaves_ids_and_standards_to_the_words(imported):
    role, said = imported(simple(lists={guides.CATEGORIES[1]: "- Readiness."}))
    # That is the id of another thing in plguide's role.
    assert role["responsibilities"][1]["id"] == "readiness-2"
    first = role["responsibilities"][0]
    assert first["id"] == "do-it-well"
    assert first.get("standards", []) == []
    assert len({each["id"] for each in role["responsibilities"]}) == 3
    assert "1 responsibility, not 4" in said
    assert "1 question, not 9" in said
    known = {each.id for each in COACH.questions}
    assert not known & {each["id"] for each in role["questions"]}


def test_words_of_another_script_get_ids_all_the_same(imported):
    role, _ = imported(simple(lists={guides.CATEGORIES[0]: "- ثق بالناس.\n- 教師と学ぶ。"}))
    ids = [each["id"] for each in role["responsibilities"]]
    assert ids[:2] == ["responsibility", "responsibility-2"]
    assert words(role)[0][:2] == ["ثق بالناس.", "教師と学ぶ。"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_read_however_a_word_processor_saved_it(plguide, tmp_path, written, encoding):
    text = guides.text().replace("\n", "\r\n")
    (tmp_path / "guide.txt").write_bytes(text.encode(encoding))
    done = plguide("import", tmp_path / "guide.txt")
    assert done.out == plguide("import", written[".txt"]).out
    assert ("quotes and accents" in done.err) == (encoding == "cp1252")


# --- Word's own oddities ---


def word(plguide, tmp_path, change) -> tuple[dict, str]:
    """Import a small Word guide that `change` has been at."""
    document = docx.Document()
    document.add_paragraph("ACTION GUIDE for the COACH")
    for category in guides.CATEGORIES:
        document.add_paragraph(category)
        document.add_paragraph("Do it well.", style="List Bullet")
    table = document.add_table(2, 3)
    for cell, text in zip(table.rows[0].cells, guides.HEAD, strict=True):
        cell.text = text
    table.rows[1].cells[0].text = "What now?"
    change(document)
    document.save(tmp_path / "guide.docx")
    return shown(plguide, tmp_path, tmp_path / "guide.docx")


def element(xml: str):
    """A piece of Word's XML."""
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return docx.oxml.parse_xml(xml.replace(">", f" {names}>", 1))


def test_what_stands_in_a_content_control_or_was_inserted_is_read_and_what_was_deleted_is_not(
    plguide, tmp_path
):
    def change(document):
        bullet = document.paragraphs[2]
        for xml in (
            "<w:ins><w:r><w:t xml:space='preserve'> Do it kindly.</w:t></w:r></w:ins>",
            "<w:del><w:r><w:delText>Do it badly.</w:delText></w:r></w:del>",
            "<w:moveFrom><w:r><w:t> Do it there.</w:t></w:r></w:moveFrom>",
            "<w:sdt><w:sdtContent><w:r><w:t> Do it now.</w:t></w:r></w:sdtContent></w:sdt>",
        ):
            bullet.paragraph_format.element.append(element(xml))

    role, _ = word(plguide, tmp_path, change)
    assert words(role)[0][0].replace("  ", " ") == "Do it well. Do it kindly. Do it now."


def test_a_list_in_a_table_that_only_lays_the_page_out_is_read(plguide, tmp_path):
    def change(document):
        table = document.add_table(1, 2)
        body = document.element.body
        document.paragraphs[1].paragraph_format.element.addprevious(body.tbl_lst[-1])
        cell = table.rows[0].cells[1]
        cell.paragraphs[0].text = guides.CATEGORIES[0]
        cell.add_paragraph("In a cell.", style="List Bullet")

    role, _ = word(plguide, tmp_path, change)
    assert "In a cell." in words(role)[0]


def test_a_drop_cap_in_a_frame_of_its_own_joins_its_word(plguide, tmp_path):
    def change(document):
        heading = document.paragraphs[1]
        heading.insert_paragraph_before("C")
        heading.insert_paragraph_before("oaches help, and coaches listen.")

    role, _ = word(plguide, tmp_path, change)
    assert role["purpose"] == "Coaches help, and coaches listen."


# --- a PDF's own oddities ---


def printed(folder: Path, *, lines: list[tuple], dots: list[tuple] = ()) -> Path:
    """A PDF of three pages, line by line: (page, left, top, text), with dots on its first."""
    from reportlab.pdfgen.canvas import Canvas

    path = folder / "guide.pdf"
    canvas = Canvas(str(path), pagesize=(400, 400))
    for left, top in dots:
        canvas.circle(left, top, 1.5, stroke=0, fill=1)
    canvas.setFont("Helvetica", 10)
    for page in range(1, 4):
        for at, left, top, text in lines:
            if at == page:
                canvas.drawString(left, top, text)
        canvas.drawString(40, 20, f"Invented Press - page {page}")
        canvas.showPage()
        canvas.setFont("Helvetica", 10)
    canvas.save()
    return path


START = [
    (1, 40, 380, "ACTION GUIDE for the COACH"),
    (1, 40, 350, guides.CATEGORIES[0]),
    (1, 50, 336, "•"),
    (1, 60, 336, "First thing, that"),
    (1, 60, 324, "takes two lines."),
    (1, 50, 312, "•"),
    (1, 60, 312, "Second thing that goes on"),
]
TABLE = [(3, 40, 380, "QUESTION"), (3, 150, 380, "REFLECTIONS"), (3, 260, 380, "FIRST STEPS")]


def test_a_bullet_goes_on_over_the_end_of_a_page_and_its_running_foot(plguide, tmp_path):
    lines = [*START, (2, 60, 380, "and on over the page."), (2, 40, 340, guides.CATEGORIES[1])]
    lines += [(2, 50, 326, "•"), (2, 60, 326, "Third thing.")]
    path = printed(tmp_path, lines=[*lines, *TABLE, (3, 40, 366, "What now?")])
    role, said = shown(plguide, tmp_path, path)
    assert words(role)[0] == [
        "First thing, that takes two lines.",
        "Second thing that goes on and on over the page.",
        "Third thing.",
    ]
    assert "Invented Press" not in said


@pytest.mark.parametrize("between", [12, 16, 40])
def test_rows_of_a_table_are_told_apart_by_their_distance_or_their_question_marks(
    plguide, tmp_path, between
):
    top = 366 - 12
    rows = [(3, 40, 366, "Who does what,"), (3, 40, top, "and why?")]
    rows += [(3, 40, top - between, "When do we"), (3, 40, top - between - 12, "stop?")]
    path = printed(tmp_path, lines=[*START, *TABLE, *rows])
    role, _ = shown(plguide, tmp_path, path)
    assert words(role)[1] == ["Who does what, and why?", "When do we stop?"]


def test_rows_a_little_apart_are_told_apart_even_if_one_begins_with_a_small_letter(
    plguide, tmp_path
):
    rows = [(3, 40, 366, "Who does what,"), (3, 40, 354, "and why?")]
    rows += [(3, 40, 340, "iPads: when do we"), (3, 40, 328, "stop?")]
    role, _ = shown(plguide, tmp_path, printed(tmp_path, lines=[*START, *TABLE, *rows]))
    assert words(role)[1] == ["Who does what, and why?", "iPads: when do we stop?"]


def test_a_head_that_narrow_columns_break_is_one(plguide, tmp_path):
    head = [*TABLE[:2], (3, 260, 380, "FIRST"), (3, 260, 368, "STEPS")]
    rows = [(3, 40, 350, "Who does"), (3, 150, 350, "Is it me?"), (3, 40, 338, "what?")]
    role, said = shown(plguide, tmp_path, printed(tmp_path, lines=[*START, *head, *rows]))
    assert words(role)[1] == ["Who does what?"]
    assert "STEPS" not in said


def test_bullets_that_are_drawn_as_dots_are_bullets(plguide, tmp_path):
    dots = [(54, 340), (54, 316)]
    lines = [line for line in START if line[3] != "•"]
    path = printed(tmp_path, lines=[*lines, *TABLE, (3, 40, 366, "What now?")], dots=dots)
    role, _ = shown(plguide, tmp_path, path)
    assert words(role)[0] == ["First thing, that takes two lines.", "Second thing that goes on"]


def test_words_that_a_pdf_sets_one_by_one_have_their_spaces(plguide, tmp_path):
    from reportlab.pdfbase.pdfmetrics import stringWidth

    lines = []
    for page, left, top, text in [*START, *TABLE, (3, 40, 366, "What now?")]:
        at = left
        for word in text.split():
            lines.append((page, at, top, word))
            at += stringWidth(word, "Helvetica", 10) + 2.8
    role, _ = shown(plguide, tmp_path, printed(tmp_path, lines=lines))
    assert role["basis"]["title"] == "Action Guide for the Coach"
    assert words(role)[0][0] == "First thing, that takes two lines."
    assert words(role)[1] == ["What now?"]


def test_what_is_in_a_form_of_a_pdf_is_where_the_form_is_put(plguide, tmp_path):
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "guide.pdf"), pagesize=(400, 400))
    table = [(left, top - 200, text) for _, left, top, text in [*TABLE, (3, 40, 366, "What now?")]]
    for number, (left, top, text) in enumerate([*(line[1:] for line in START), *table]):
        canvas.beginForm(f"form{number}")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(0, 0, text)
        canvas.endForm()
        canvas.saveState()
        canvas.translate(left, top)
        canvas.doForm(f"form{number}")
        canvas.restoreState()
    canvas.save()
    role, _ = shown(plguide, tmp_path, tmp_path / "guide.pdf")
    assert words(role)[0] == ["First thing, that takes two lines.", "Second thing that goes on"]
    assert words(role)[1] == ["What now?"]


def test_what_stands_beside_a_question_in_a_pdf_is_listed_and_not_taken(plguide, tmp_path):
    rows = [(3, 40, 366, "Who does"), (3, 150, 366, "Is it me?"), (3, 40, 354, "what?")]
    role, said = shown(plguide, tmp_path, printed(tmp_path, lines=[*START, *TABLE, *rows]))
    assert words(role)[1] == ["Who does what?"]
    assert "page 3: “Is it me?”" in said


def test_a_question_broken_by_the_end_of_a_page_and_a_repeated_head_is_one(plguide, tmp_path):
    head = [(2, left, top, text) for _, left, top, text in TABLE]
    rows = [(2, 40, 366, "Who does what"), (3, 40, 366, "around here?")]
    role, _ = shown(plguide, tmp_path, printed(tmp_path, lines=[*START, *head, *TABLE, *rows]))
    assert words(role)[1] == ["Who does what around here?"]


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_pdf_that_is_locked_against_changes_only_is_read(plguide, tmp_path, written, algorithm):
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(written[".pdf"]))
    writer.encrypt("", "owner", algorithm=algorithm)
    writer.write(tmp_path / "locked.pdf")
    done = plguide("import", tmp_path / "locked.pdf")
    assert done.out == plguide("import", written[".pdf"]).out


def test_a_pdf_that_can_be_mended_is_read_without_a_word_about_it(
    plguide_process, plguide, tmp_path, written
):
    raw = re.sub(rb"startxref\s+\d+", b"startxref\n7", written[".pdf"].read_bytes())
    (tmp_path / "guide.pdf").write_bytes(raw)
    done = plguide_process("import", tmp_path / "guide.pdf")
    whole = plguide("import", written[".pdf"])
    assert (done.code, done.out, done.err) == (whole.code, whole.out, whole.err)


# --- which role ---


def test_the_title_names_the_role_by_its_longest_name(plguide, tmp_path):
    (tmp_path / "a.txt").write_text(simple().replace("COACH", "SYSTEM/CENTRAL OFFICE"))
    assert "id: system-office\n" in plguide("import", tmp_path / "a.txt").out


@pytest.mark.parametrize("title", ["ACTION GUIDE", "A guide for coach and principal", ""])
def test_an_unclear_title_asks_for_the_role(plguide, tmp_path, title):
    (tmp_path / "a.txt").write_text(simple().replace("ACTION GUIDE for the COACH", title))
    done = plguide("import", tmp_path / "a.txt")
    assert (done.code, done.out) == (2, "")
    assert "--role" in done.err
    assert "external-partner" in done.err
    assert plguide("import", tmp_path / "a.txt", "--role", "Principal").code == 0


def test_a_role_that_is_asked_for_against_the_title_is_used_and_said(plguide, tmp_path):
    (tmp_path / "a.txt").write_text(simple())
    done = plguide("import", tmp_path / "a.txt", "--role", "teacher")
    assert "id: teacher\n" in done.out
    assert "sounds like Coach" in done.err


def test_a_role_that_does_not_exist_is_named_with_the_nearest(plguide, tmp_path):
    done = plguide("import", tmp_path / "a.txt", "--role", "coahc")
    assert done.code == 2
    assert "coach" in done.err


# --- another framework ---


def test_a_guide_of_another_framework_is_known_by_that_frameworks_names(plguide, tmp_path):
    folder = tmp_path / "frame"
    (folder / "roles").mkdir(parents=True)
    (folder / "standards.yaml").write_text(
        "id: craft\ntitle: Craft\nterms: {question: {one: prompt, many: prompts}}\n"
        "reflection: {reflections: Thoughts, first_steps: Moves}\n"
        "categories: [{id: hand, title: The Hand}, {id: eye, title: The Eye}]\n"
        "standards: [{id: grip, category: hand, title: Grip, statement: hold.}]\n"
    )
    (folder / "roles" / "smith.yaml").write_text(
        "id: smith\ntitle: Smith\nresponsibilities: [{id: hammer, category: hand, "
        "standards: [grip], text: Hammer.}]\nquestions: [{id: hot, text: Hot?}]\n"
    )
    (tmp_path / "a.txt").write_text(
        "For the Smith\n\nTHE HAND\n\n- Strike true.\n\nTHE EYE\n\n- Look long.\n\n"
        "PROMPT\tTHOUGHTS\tMOVES\nIs it hot?\t\t\n"
    )
    done = plguide("import", tmp_path / "a.txt", "--content", folder)
    assert done.code == 0, done.err
    assert "  - id: hammer\n    category: hand\n    standards: [grip]\n" in done.out
    assert "  - id: look-long\n    category: eye\n" in done.out
    assert "text: Is it hot?" in done.out
    assert "1 prompt" in done.err


# --- nothing half, nothing lost ---


def test_what_is_not_whole_is_said(plguide, tmp_path):
    (tmp_path / "a.txt").write_text(
        f"For the coach\n\n{guides.CATEGORIES[0]}\n\n- One.\n", encoding="utf-8"
    )
    said = plguide("import", tmp_path / "a.txt").err
    for name in guides.CATEGORIES[1:]:
        assert f"“{name}” has no responsibilities" in said
    assert "No questions were found" in said
    assert "No purpose was found" in said


def test_a_file_that_is_there_is_left_alone_unless_force_is_given(plguide, tmp_path, written):
    file = tmp_path / "coach.yaml"
    file.write_text("mine")
    done = plguide("import", written[".txt"], "-o", file)
    assert (done.code, file.read_text()) == (4, "mine")
    assert "--force" in done.err
    assert plguide("import", written[".txt"], "-o", file, "--force").code == 0
    assert file.read_text(encoding="utf-8") == plguide("import", written[".txt"]).out
    assert [each.name for each in tmp_path.iterdir()] == ["coach.yaml"]


def test_a_guide_that_cannot_be_used_leaves_the_file_as_it_was(plguide, tmp_path):
    (tmp_path / "poem.txt").write_text("Roses are red.\n")
    (tmp_path / "coach.yaml").write_text("mine")
    done = plguide("import", tmp_path / "poem.txt", "-o", tmp_path / "coach.yaml", "--force")
    assert done.code == 4
    assert "doesn't look like an Action Guide" in done.err
    assert (tmp_path / "coach.yaml").read_text() == "mine"


# --- files that are no guides ---


def encrypted() -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(guides.pdf())))
    writer.encrypt("secret", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def scanned() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.rect(50, 50, 300, 300, fill=1)
    canvas.save()
    return stream.getvalue()


def packed(**files: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in files.items():
            # OpenDocument wants its kind readable at the file's beginning.
            way = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, text, way)
    return stream.getvalue()


HOSTILE = {
    "empty.txt": (b"", "empty"),
    "blank.pdf": (b" \n\n", "empty"),
    "rubbish.txt": (bytes(range(256)) * 40, "no text"),
    "rubbish.docx": (bytes(range(256)) * 40, "no text"),
    "no-zip.docx": (b"PK\x03\x04" + b"\x99" * 400, "damaged"),
    "a-zip.docx": (packed(a="b"), "damaged"),
    "short.docx": (guides.word()[:9000], "damaged"),
    "bomb.docx": (packed(**{"word/document.xml": "<x>" + "y" * 11_000_000}), "far larger"),
    "open.odt": (packed(mimetype="application/vnd.oasis.opendocument.text"), "OpenDocument"),
    "short.pdf": (guides.pdf()[:300], "damaged"),
    "rubbish.pdf": (b"%PDF-1.7\n" + bytes(range(256)) * 40, "damaged"),
    "locked.pdf": (encrypted(), "protected"),
    "scanned.pdf": (scanned(), "no text"),
    "rich.rtf": (b"{\\rtf1 hello}", "Rich Text"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old kind"),
    "page.html": (b"<!DOCTYPE html><p>Hello", "doesn't look like"),
    "nested.html": (b"<!DOCTYPE html>" + b"<div>" * 5000 + b"Hello", "nested too deeply"),
    "huge.html": (b"<!DOCTYPE html>" + b"<p>x" * 100_000, "far larger"),
    "long.html": (b"<!DOCTYPE html>" + b"All work. " * 1_100_000, "larger than 10 MB"),
    "long.txt": (b"All work. " * 200_000, "larger than 1 MB"),
    "poem.txt": (b"Roses are red.", "doesn't look like"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_no_guide_is_refused_with_the_reason(plguide_process, tmp_path, name):
    raw, why = HOSTILE[name]
    (tmp_path / name).write_bytes(raw)
    done = plguide_process("import", tmp_path / name, "--role", "coach")
    assert (done.code, done.out) == (4, "")
    assert why in done.err
    assert len(done.err.splitlines()) == 1, done.err


@pytest.mark.parametrize("name", ["missing.txt", ""])
def test_a_file_that_is_not_there_is_refused(plguide, tmp_path, name):
    done = plguide("import", f"{tmp_path}/{name}", "--role", "coach")
    assert done.code == 4
    assert "can't be read" in done.err


@pytest.mark.slow
@pytest.mark.parametrize("step", range(40))
def test_a_damaged_pdf_or_word_file_ends_in_words_or_in_a_role(plguide, written, tmp_path, step):
    for ending in (".pdf", ".docx"):
        raw = bytearray(written[ending].read_bytes())
        at = len(raw) * step // 40
        raw[at : at + 25] = b"\xff<<" + bytes(22)
        (tmp_path / f"guide{ending}").write_bytes(raw)
        done = plguide("import", tmp_path / f"guide{ending}", "--role", "coach")
        assert done.code in {0, 4}, done.err
        assert "Traceback" not in done.err


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    [
        "**a " * 9000,
        "a" * 200000,
        "#" + "\t" * 90000 + "x",
        "?\n" * 40000,
        "<p>x\n" * 20000,
        "- " + "x-\n" * 30000,
        "Evidence\n" * 20000,
        "a b c d e f " * 9000,
        "[" * 90000,
    ],
    ids=range(9),
)
def test_a_text_made_to_take_long_takes_no_longer(plguide, tmp_path, line):
    import time

    (tmp_path / "a.txt").write_text(simple(f"{line}\n"), encoding="utf-8")
    begun = time.process_time()
    done = plguide("import", tmp_path / "a.txt", "--role", "coach")
    assert done.code == 0, done.err
    assert time.process_time() - begun < 10


def test_what_a_guide_holds_cannot_steer_the_terminal_or_the_file(plguide, tmp_path):
    bad = "- Do\x1b[31m it\u202e well: {a: *b} # no\n\nA\x1b]0;x\x07 stray remark, of no use.\n"
    text = simple(lists={guides.CATEGORIES[0]: bad})
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    role, said = shown(plguide, tmp_path, tmp_path / "a.txt")
    assert words(role)[0][0] == "Do[31m it well: {a: *b} # no"
    assert "\x1b" not in said


def test_nothing_that_reads_other_kinds_is_loaded_for_a_text(program, written):
    code = (
        "import sys; from pl_guide.cli.app import app; "
        f"app(['import', {str(written['.txt'])!r}], standalone_mode=False); "
        "loaded = {'pypdfium2', 'docx', 'lxml'} & {*sys.modules}; print([*loaded], file=sys.stderr)"
    )
    import sys

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stderr.splitlines()[-1] == "[]"


@pytest.mark.parametrize("over", ["worksheet", "guide"])
def test_neither_a_worksheet_nor_the_guide_itself_is_written_over_even_by_force(
    plguide, tmp_path, over
):
    guide, sheet = tmp_path / "guide.txt", tmp_path / "sheet.md"
    guide.write_text(guides.text(), encoding="utf-8")
    plguide("worksheet", "--role", "coach", "-o", sheet)
    place = sheet if over == "worksheet" else guide
    before = place.read_bytes()
    done = plguide("import", guide, "--role", "coach", "-o", place, "--force")
    assert done.code == 4
    assert place.read_bytes() == before
