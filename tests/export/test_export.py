"""`plguide export`: what goes where, what is left out, what is refused."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest

from pl_guide.export.formats import PageFormat, RowsFormat
from pl_guide.export.registry import FORMATS
from pl_guide.records import replaced
from pl_guide.worksheet.format.markdown import format_worksheet
from pl_guide.worksheet.model import FirstStep, Section
from pl_guide.worksheet.storage.store import read_worksheet
from support.exports import BLANK, COACH, HOSTILE, PRIVATE, SHARED, answering, worksheet, written

TARGETS = list(FORMATS)
TEXTS = [name for name, form in FORMATS.items() if not form.binary]
PAGES = [name for name, form in FORMATS.items() if isinstance(form, PageFormat)]
ROWS = [name for name, form in FORMATS.items() if isinstance(form, RowsFormat)]


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """The folder that the program is started in."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


@pytest.fixture
def exported(plguide, folder):
    """Export a worksheet to a file, and give all the text that is anywhere in the file."""

    def run(sheet, to: str, *options: str) -> str:
        source = written(sheet, folder / "sheet.md")
        done = plguide("export", source, "--to", to, "-o", "out", "--force", *options)
        assert (done.code, done.out) == (0, ""), done.err
        assert "Saved in out." in done.err
        return everything(folder / "out")

    return run


def everything(file: Path) -> str:
    """Give a file's text; of a Word or Excel file, that of every part."""
    raw = file.read_bytes()
    if not raw.startswith(b"PK"):
        return raw.decode("utf-8")
    with zipfile.ZipFile(file) as parts:
        return "\n".join(
            parts.read(name).decode("utf-8")
            for name in parts.namelist()
            if name.endswith((".xml", ".rels"))
        )


@pytest.mark.parametrize("to", TARGETS)
def test_every_word_of_a_worksheet_is_in_its_export(exported, to):
    text = exported(worksheet(), to)
    assert {word for word in PRIVATE | SHARED if word not in text} <= (
        {"zqpreface"} if to in ROWS else set()
    )


@pytest.mark.slow
@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("to", TARGETS)
def test_hostile_text_in_every_field_hides_no_answer_and_steers_no_terminal(exported, to, hostile):
    text = exported(worksheet(hostile), to)
    assert {word for word in PRIVATE | SHARED if word not in text} <= (
        {"zqpreface"} if to in ROWS else set()
    )
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e]", text)


@pytest.mark.parametrize("hostile", ["", HOSTILE["markdown"]])
@pytest.mark.parametrize("to", TARGETS)
def test_a_shared_export_has_first_steps_and_not_one_word_of_reflections(exported, to, hostile):
    text = exported(worksheet(hostile), to, "--share")
    assert [word for word in SHARED if word not in text] == []
    assert [word for word in PRIVATE if word in text] == []


@pytest.mark.parametrize("to", PAGES)
def test_sections_around_the_questions_are_on_a_page_and_on_no_shared_one(exported, to):
    before = Section(name="responsibilities", heading="What we carry", text="- zqbefore")
    after = Section(name="next", heading="What is next", text="zqafter")
    sheet = replaced(BLANK, before=(before,), after=(after,))
    text = exported(sheet, to)
    question = BLANK.answers[0].wording.split()[0]
    places = [text.find(word) for word in ("What we carry", "zqbefore", question, "zqafter")]
    assert -1 not in places
    assert places == sorted(places)
    assert text.index("What is next") < text.index("zqafter")
    shared = exported(sheet, to, "--share")
    assert not [word for word in ("carry", "zqbefore", "What is next", "zqafter") if word in shared]


@pytest.mark.parametrize("to", ["html", "markdown-table"])
def test_a_shared_table_has_no_column_for_reflections(exported, to):
    assert "Reflections" in exported(BLANK, to)
    assert "Reflections" not in exported(BLANK, to, "--share")


@pytest.mark.parametrize("to", PAGES)
def test_what_a_guide_rests_on_is_said_once_in_shared_exports_too(exported, to):
    for options in ((), ("--share",)):
        text = exported(BLANK, to, *options)
        assert text.count("official guide at standards.learningforward.org") == 1
        assert text.count("neither made nor endorsed by Learning Forward") == 1


@pytest.mark.parametrize("to", TARGETS)
def test_a_blank_worksheet_is_exported_with_all_its_questions(exported, to):
    text = exported(BLANK, to)
    for question in COACH.questions:
        longest = max(re.findall("[a-z ]+", " ".join(question.text.split())), key=len)
        assert longest in text


@pytest.mark.parametrize("to", TARGETS)
def test_a_worksheet_without_questions_is_exported_too(exported, to):
    exported(replaced(BLANK, answers=()), to)


@pytest.mark.parametrize("to", TARGETS)
def test_an_answer_as_long_as_a_novel_is_exported_whole(exported, to):
    novel = "\n\n".join(f"Chapter{number}. {'Words and words. ' * 60}" for number in range(400))
    text = exported(answering(novel), to)
    assert all(f"Chapter{number}." in text for number in range(400))


@pytest.mark.parametrize("to", TARGETS)
def test_words_that_markdown_would_hide_are_shown(exported, to):
    text = exported(
        answering(
            "[zqdefined]: https://x.test/zqtarget 'zqtitle'\n\n``` zqlabel\ncode\n```\n\n"
            "[a](zqaddress 'zqhover') ![zqpicture](zqfile.png)\n\n<!-- zqcomment -->"
        ),
        to,
    )
    words = [
        "defined",
        "target",
        "title",
        "label",
        "address",
        "hover",
        "picture",
        "file",
        "comment",
    ]
    assert [word for word in words if f"zq{word}" not in text] == []


@pytest.mark.parametrize("to", TARGETS)
def test_lists_and_quotations_nested_beyond_reason_lose_no_word(exported, to):
    deep = "\n".join(f"{'  ' * level}- level{level}" for level in range(80))
    quoted = f"{'>' * 200} quoted"
    text = exported(answering(f"{deep}\n\n{quoted}\n\n{'[' * 500}bracketed{']' * 500}"), to)
    assert all(word in text for word in ("level0", "level79", "quoted", "bracketed"))


@pytest.mark.parametrize("to", TARGETS)
def test_an_unknown_framework_or_role_is_exported_without_standards(exported, to):
    assert "zqstep" in exported(replaced(worksheet(), framework="our-own"), to)
    assert "zqstep" in exported(replaced(worksheet(), role="gardener"), to)


def test_the_standards_of_ones_own_content_are_named(plguide, content, folder):
    file = content / "standards.yaml"
    named = file.read_text(encoding="utf-8").replace(
        "title: Professional Expertise", "title: Craft"
    )
    file.write_text(named, encoding="utf-8")
    source = written(BLANK, folder / "sheet.md")
    assert "Craft" not in plguide("export", source, "--to", "html").out
    assert "Craft" in plguide("export", source, "--to", "html", "--content", content).out


# --- Where it goes ---


@pytest.mark.parametrize("to", TEXTS)
def test_text_goes_to_stdout_and_the_same_into_a_file(plguide, folder, to):
    source = written(worksheet(), folder / "sheet.md")
    done = plguide("export", source, "--to", to)
    assert (done.code, done.err) == (0, "")
    assert plguide("export", source, "--to", to, "-o", "out").code == 0
    saved = (folder / "out").read_bytes().decode("utf-8").replace("\r\n", "\n")
    assert saved.removeprefix("\ufeff" if to == "csv" else "") == done.out


def test_only_a_csv_file_begins_with_the_mark_that_excel_needs(plguide, folder):
    source = written(worksheet(), folder / "sheet.md")
    for to in TEXTS:
        plguide("export", source, "--to", to, "-o", f"out-{to}")
        marked = (folder / f"out-{to}").read_bytes().startswith(b"\xef\xbb\xbf")
        assert marked == (to == "csv")


def test_a_word_file_goes_beside_the_worksheet(plguide, folder):
    source = written(worksheet(), folder / "team" / "our plan.md")
    done = plguide("export", source, "--to", "docx")
    assert (done.code, done.out) == (0, "")
    assert str(source.with_suffix(".docx")) in done.err
    assert zipfile.is_zipfile(folder / "team" / "our plan.docx")


@pytest.mark.parametrize("to", TARGETS)
def test_a_file_that_is_there_is_written_over_only_by_force(plguide, folder, to):
    source = written(worksheet(), folder / "sheet.md")
    (folder / "out").write_text("Mine.")
    done = plguide("export", source, "--to", to, "-o", "out")
    assert (done.code, done.out) == (4, "")
    assert "out is there already, and is untouched." in done.err
    assert "--force" in done.err
    assert (folder / "out").read_text() == "Mine."
    assert plguide("export", source, "--to", to, "-o", "out", "--force").code == 0
    assert "zqstep" in everything(folder / "out")


@pytest.mark.parametrize("to", TARGETS)
@pytest.mark.parametrize("name", ["sheet.md", "./sheet.md", "link.md", "hard.md", "other.md"])
def test_no_worksheet_is_ever_written_over_even_by_force(plguide, folder, to, name):
    source = written(worksheet(), folder / "sheet.md")
    written(BLANK, folder / "other.md")
    (folder / "link.md").symlink_to(source)
    (folder / "hard.md").hardlink_to(source)
    before = (folder / name).read_bytes()
    done = plguide("export", source, "--to", to, "-o", name, "--force")
    assert done.code == 4
    assert "it is a worksheet" in done.err
    assert (folder / name).read_bytes() == before


def test_a_worksheet_in_a_folder_that_is_exported_is_not_written_over(plguide, folder):
    source = written(worksheet(), folder / "team" / "sheet.md")
    done = plguide("export", "team", "--to", "jsonl", "-o", source, "--force")
    assert done.code == 4
    assert read_worksheet(source).worksheet == worksheet()


def test_a_worksheet_that_was_saved_as_utf_16_is_one_too(plguide, folder):
    source = written(worksheet(), folder / "sheet.md")
    other = folder / "other.md"
    other.write_text(source.read_text(encoding="utf-8"), encoding="utf-16")
    before = other.read_bytes()
    assert plguide("export", source, "--to", "html", "-o", other, "--force").code == 4
    assert other.read_bytes() == before


def test_no_plan_is_written_over_a_worksheet_either(plguide, folder):
    source = written(worksheet(), folder / "sheet.md")
    done = plguide("plan", source, "-o", source, "--force")
    assert done.code == 4
    assert read_worksheet(source).worksheet == worksheet()


def test_a_worksheet_may_take_a_worksheets_place_by_force(plguide, folder):
    one = written(worksheet(), folder / "one.md")
    two = written(answering("zqmore"), folder / "two.md")
    done = plguide("merge", one, two, "-o", two, "--force")
    assert done.code == 0, done.err
    assert "zqmore" in two.read_text(encoding="utf-8")
    assert "zqreflections" in two.read_text(encoding="utf-8")


@pytest.mark.parametrize("to", TARGETS)
def test_what_cannot_be_written_leaves_nothing_behind(plguide, folder, to):
    source = written(worksheet(), folder / "sheet.md")
    done = plguide("export", source, "--to", to, "-o", "gone/out")
    assert done.code == 4
    assert "gone/out" in done.err
    assert [each.name for each in folder.iterdir()] == ["sheet.md"]


def test_exporting_changes_no_worksheet(plguide, folder):
    source = written(worksheet(), folder / "sheet.md")
    before = source.read_bytes()
    for to in TARGETS:
        plguide("export", source, "--to", to, "-o", f"out.{to}")
    assert source.read_bytes() == before


# --- What is given ---


@pytest.mark.parametrize("to", PAGES)
def test_what_is_to_be_read_is_made_of_one_worksheet(plguide, folder, to):
    one, two = written(BLANK, folder / "one.md"), written(BLANK, folder / "two.md")
    for paths in ([one, two], [folder]):
        done = plguide("export", *paths, "--to", to)
        assert (done.code, done.out) == (2, "")
        assert "one worksheet" in done.err
        assert "csv" in done.err
    assert sorted(each.name for each in folder.iterdir()) == ["one.md", "two.md"]


@pytest.mark.parametrize("to", TARGETS)
def test_a_file_that_is_no_worksheet_is_named_with_the_reason(plguide, folder, to):
    (folder / "notes.md").write_text("My notes.")
    done = plguide("export", "notes.md", "--to", to, "-o", "out")
    assert done.code == 4
    assert "notes.md isn't a worksheet: it doesn't begin with front matter" in done.err
    assert "-o" not in done.err
    done = plguide("export", "gone.md", "--to", to, "-o", "out")
    assert done.code == 4
    assert "gone.md can't be read: no such file" in done.err


def test_folders_are_searched_whole_and_other_markdown_is_passed_over(plguide, folder):
    written(BLANK, folder / "a" / "b" / "deep.md")
    written(BLANK, folder / "a" / "top.MD")
    written(BLANK, folder / "a" / ".hidden" / "old.md")
    (folder / "a" / "readme.md").write_text("# About\n\n---\ntitle: x\n---\n")
    (folder / "a" / "page.md").write_text("---\ntitle: a page\n---\n")
    (folder / "a" / "latin.md").write_bytes(b"caf\xe9")
    done = plguide("export", "a", folder / "a" / "top.MD", "a/top.MD", "--to", "jsonl")
    assert (done.code, done.err) == (0, "")
    files = [json.loads(line)["file"] for line in done.out.splitlines()]
    found = dict.fromkeys(files)
    assert list(found)[:2] == [str(Path("a/top.MD")), str(Path("a/b/deep.md"))]


@pytest.mark.parametrize(
    ("to", "into_file"),
    [(to, file) for to in ROWS for file in (False, True) if file or to in TEXTS],
)
def test_an_unreadable_worksheet_is_named_and_the_rest_is_done(plguide, folder, to, into_file):
    written(worksheet(), folder / "good.md")
    newer = format_worksheet(BLANK).replace("plguide-worksheet: 2", "plguide-worksheet: 99")
    (folder / "newer.md").write_text(newer, encoding="utf-8")
    (folder / "broken.md").write_text("---\nplguide-worksheet: [\n---\n")
    done = plguide("export", ".", "--to", to, *(("-o", "out") if into_file else ()))
    assert done.code == 4
    assert "newer.md was written by a later plguide" in done.err
    assert "broken.md isn't a worksheet" in done.err
    assert "2 files couldn't be read" in done.err
    assert "zqstep" in (everything(folder / "out") if into_file else done.out)


def test_a_folder_without_worksheets_says_so(plguide, folder):
    done = plguide("export", ".", "--to", "jsonl")
    assert (done.code, done.out) == (0, "")
    assert "no worksheet" in done.err


def test_a_form_that_there_is_not_is_refused(plguide, folder):
    written(BLANK, folder / "sheet.md")
    assert plguide("export", "sheet.md", "--to", "odt").code == 2
    assert plguide("export", "sheet.md").code == 2
    assert plguide("export", "--to", "csv").code == 2


# --- CSV ---


def csv_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv_has_a_row_for_each_step_and_for_each_question_without_one(plguide, folder):
    steps = (FirstStep(text="Call", owner="Ana"), FirstStep(text="Visit", state="done"))
    source = written(answering("Thoughts", *steps), folder / "sheet.md")
    rows = csv_of(plguide("export", source, "--to", "csv").out)
    assert len(rows) == len(COACH.questions) + 1
    assert [(each["first_step"], each["owner"], each["state"]) for each in rows[:3]] == [
        ("Call", "Ana", "open"),
        ("Visit", "", "done"),
        ("", "", ""),
    ]
    assert [each["reflections"] for each in rows[:3]] == ["Thoughts", "Thoughts", ""]
    assert [each["answered"] for each in rows[:3]] == ["yes", "yes", "no"]
    assert rows[0]["standards"] == "professional-expertise"


def test_csv_joins_several_in_one_cell(plguide, folder):
    source = written(worksheet(), folder / "sheet.md")
    row = csv_of(plguide("export", source, "--to", "csv").out)[0]
    assert row["participants"] == "zqparticipant; Ben"
    assert row["history"] == "zqhistory; once more"


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_no_cell_of_csv_is_a_formula(plguide, folder, hostile):
    source = written(worksheet(hostile), folder / "sheet.md")
    rows = csv_of(plguide("export", source, "--to", "csv").out)
    cells = [cell for row in rows for cell in row.values()]
    assert not any(None in row or None in row.values() for row in rows)
    assert not [each for each in cells if each.lstrip()[:1] in {"=", "+", "-", "@"} and each]
    assert not [each for each in cells if each[:1] in {"\t", "\r"} and each]


def test_csv_of_a_plan_steers_no_terminal_either(plguide, folder):
    source = written(worksheet(HOSTILE["escape"]), folder / "sheet.md")
    done = plguide("plan", source, "--format", "csv")
    assert "zqstep" in done.out
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", done.out)


def test_a_formula_in_full_width_signs_is_made_harmless_too(plguide, folder):
    source = written(answering("\uff1dSUM(1)"), folder / "sheet.md")
    rows = csv_of(plguide("export", source, "--to", "csv").out)
    assert rows[0]["reflections"] == "'\uff1dSUM(1)"


def test_shared_csv_has_no_columns_for_what_is_left_out(plguide, folder):
    source = written(worksheet(), folder / "sheet.md")
    row = csv_of(plguide("export", source, "--to", "csv", "--share").out)[0]
    assert not {"reflections", "notes", "step_notes"} & set(row)
    assert (row["first_step"], row["answered"]) == ("zqstep", "yes")


# --- JSON Lines ---


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_a_line_of_json_holds_a_question_word_for_word(plguide, folder, hostile):
    source = written(worksheet(hostile), folder / "sheet.md")
    sheet = read_worksheet(source).worksheet
    done = plguide("export", source, "--to", "jsonl")
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert len(lines) == len(sheet.answers)
    for line, answer in zip(lines, sheet.answers, strict=True):
        assert line["question"] == answer.question
        assert line["wording"] == answer.wording
        assert line["reflections"] == answer.reflections
        assert line["notes"] == answer.notes
        assert line["answered"] == answer.answered
        assert line["participants"] == list(sheet.participants)
        assert [
            FirstStep(**(step | {"history": tuple(step["history"])}))
            for step in line["first_steps"]
        ] == list(answer.first_steps)


def test_a_line_of_json_says_where_it_is_from(plguide, folder):
    written(worksheet(), folder / "sheet.md")
    line = json.loads(plguide("export", "sheet.md", "--to", "jsonl").out.split("\n")[0])
    said = {key: line[key] for key in ("file", "framework", "edition", "role", "title", "started")}
    assert said == {
        "file": "sheet.md",
        "framework": "standards-for-professional-learning",
        "edition": "2022",
        "role": "coach",
        "title": "Coach",
        "started": "2026-09-01T15:30",
    }
    assert line["standards"] == ["professional-expertise"]


def test_a_shared_line_of_json_has_no_keys_for_what_is_left_out(plguide, folder):
    source = written(worksheet(), folder / "sheet.md")
    line = json.loads(plguide("export", source, "--to", "jsonl", "--share").out.split("\n")[0])
    assert not {"reflections", "notes"} & set(line)
    assert line["answered"] is True
    assert "notes" not in line["first_steps"][0]
    assert line["first_steps"][0]["owner"] == "zqowner"


def test_every_ending_of_a_format_is_refused_where_the_file_would_be_another_kind(
    plguide, tmp_path
):
    for ending in (each for kind in FORMATS.values() for each in kind.endings):
        done = plguide("worksheet", "--role", "coach", "-o", tmp_path / f"coach{ending}")
        assert (done.code == 2) == (ending != ".md"), ending
