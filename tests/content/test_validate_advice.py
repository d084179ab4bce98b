"""Advice: what it notices, what it leaves in peace, and how it is listed."""

import json
import re
from pathlib import Path

import pytest

from pl_guide.cli.commands.validate import annotation
from pl_guide.content.advice import asks
from pl_guide.errors import Problem
from support.program import Plguide

FRAMEWORK = """\
id: tiny
title: Tiny framework
categories:
  - id: craft
    title: Craft
standards:
  - id: listening
    category: craft
    title: Listening
    statement: listen before they speak.
    constructs:
      - id: listening-1
        text: Listen first.
"""
ROLE = """\
id: helper
title: Helper
responsibilities:
  - id: hear
    category: craft
    standards: [listening-1]
    text: Hear people out.
questions:
  - id: who
    text: Whom did we not hear?
"""
UNSERVED = (
    FRAMEWORK
    + """\
  - id: speaking
    category: craft
    title: Speaking
    statement: speak last.
"""
)


def write(folder: Path, framework: str = FRAMEWORK, **roles: str) -> Path:
    (folder / "roles").mkdir(exist_ok=True)
    (folder / "standards.yaml").write_text(framework, "utf-8")
    for name, text in (roles or {"helper": ROLE}).items():
        (folder / "roles" / f"{name}.yaml").write_text(text, "utf-8")
    return folder


def with_items(section: str, texts: list[str]) -> str:
    """The role above, with more responsibilities or questions."""
    extra = "    category: craft\n" if section == "responsibilities" else ""
    items = "".join(
        f"  - id: more-{number}\n{extra}    text: {json.dumps(text, ensure_ascii=False)}\n"
        for number, text in enumerate(texts)
    )
    before, mark, after = ROLE.partition("questions:\n")
    if section == "responsibilities":
        return before + items + mark + after
    return ROLE + items


def advice(run: Plguide, folder: Path) -> list[tuple[str, str, int]]:
    code, out, err = run("validate", folder, "--format", "json")
    assert code == 0, out + err
    listed = json.loads(out)
    assert all(each["severity"] == "advice" for each in listed)
    return [
        (each["code"], each["file"].removeprefix(f"{folder}/"), each["line"]) for each in listed
    ]


def test_the_shipped_content_gets_no_advice(plguide: Plguide, content: Path) -> None:
    assert json.loads(plguide("validate", "--format", "json").out) == []
    assert advice(plguide, content) == []


def test_a_standard_that_no_responsibility_serves_is_noticed(
    plguide: Plguide, tmp_path: Path
) -> None:
    folder = write(tmp_path, UNSERVED)
    assert advice(plguide, folder) == [("unserved-standard", "standards.yaml", 14)]
    serving = ROLE.replace("[listening-1]", "[listening-1, speaking]")
    assert advice(plguide, write(tmp_path, UNSERVED, helper=serving)) == []


def test_a_question_that_serves_a_standard_is_no_responsibility(
    plguide: Plguide, tmp_path: Path
) -> None:
    role = ROLE.replace("  - id: who\n", "  - id: who\n    standards: [speaking]\n")
    found = advice(plguide, write(tmp_path, UNSERVED, helper=role))
    assert [code for code, _, _ in found] == ["unserved-standard"]


def test_a_framework_without_roles_has_none_to_serve_it(plguide: Plguide, tmp_path: Path) -> None:
    (tmp_path / "standards.yaml").write_text(UNSERVED, "utf-8")
    assert advice(plguide, tmp_path) == []


@pytest.mark.parametrize(
    "text",
    [
        "Whom do we miss?",
        "Whom do we miss? Name three.",
        "من الذي لم نسمعه؟",
        "我们没有听到谁？",
        "誰の声を聞いていませんか。",
        "Ποιον δεν ακούσαμε;",
        "Ո՞ւմ չենք լսել",
        "ማንን አልሰማንም፧",
        "เราไม่ได้ยินเสียงของใคร",
    ],
)
def test_a_question_in_any_script_is_one(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize(
    "text",
    ["Think of whom we miss.", "Describe a lesson; say why.", "我们听大家。", "皆の声を聞く。"],
)
def test_a_text_without_a_question_mark_is_no_question(
    text: str, plguide: Plguide, tmp_path: Path
) -> None:
    folder = write(tmp_path, helper=with_items("questions", [text]))
    assert advice(plguide, folder) == [("not-a-question", "roles/helper.yaml", 12)]


def test_prompts_need_not_be_questions(plguide: Plguide, tmp_path: Path) -> None:
    framework = FRAMEWORK + "terms:\n  question: {one: prompt, many: prompts}\n"
    role = with_items("questions", ["Think of whom we miss."])
    assert advice(plguide, write(tmp_path, framework, helper=role)) == []


LONG = "Sit down with every colleague who speaks less than the others do, and then listen. " * 3


@pytest.mark.parametrize("section", ["responsibilities", "questions"])
def test_a_text_far_longer_than_its_neighbors_is_noticed(
    section: str, plguide: Plguide, tmp_path: Path
) -> None:
    mark = "?" if section == "questions" else ""
    texts = [f"Who hears {each} people out?" for each in ("young", "old")]
    folder = write(tmp_path, helper=with_items(section, [*texts, LONG + mark]))
    ((code, _, line),) = advice(plguide, folder)
    assert code == "long-text"
    assert LONG[:60] in (folder / "roles/helper.yaml").read_text("utf-8").splitlines()[line - 1]
    folder = write(tmp_path, helper=with_items(section, [*texts, LONG[:80] + mark]))
    assert advice(plguide, folder) == []


@pytest.mark.parametrize("section", ["responsibilities", "questions"])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ask whom we did not hear, and why?", "Ask whom we did not hear, and why?"),
        ("Ask whom we did not hear, and why?", "Ask whom we did not hear and, now, why?"),
        ("我们没有听到谁的声音，为什么？", "我们没有听到谁的声音，为什么呢？"),
    ],
)
def test_two_items_of_a_role_that_say_the_same_are_noticed_in_the_later_one(
    section: str, one: str, other: str, plguide: Plguide, tmp_path: Path
) -> None:
    folder = write(tmp_path, helper=with_items(section, [one, other]))
    ((code, file, line),) = advice(plguide, folder)
    assert (code, file) == ("alike", "roles/helper.yaml")
    text = (folder / file).read_text("utf-8").splitlines()[line - 1]
    assert json.dumps(other, ensure_ascii=False) in text


def test_items_that_share_some_words_are_left_in_peace(plguide: Plguide, tmp_path: Path) -> None:
    texts = [
        "Help colleagues plan lessons around the curriculum.",
        "Help colleagues plan visits to the families of students.",
        "我们没有听到谁的声音？",
        "谁的声音我们每天都在会议里听到？",
    ]
    texts = [text.replace(".", "?") for text in texts]
    assert advice(plguide, write(tmp_path, helper=with_items("questions", texts))) == []


def test_two_roles_may_say_the_same(plguide: Plguide, tmp_path: Path) -> None:
    other = ROLE.replace("id: helper", "id: other")
    assert advice(plguide, write(tmp_path, helper=ROLE, other=other)) == []


def test_a_category_without_standards_and_a_resource_that_never_shows_are_noticed(
    plguide: Plguide, tmp_path: Path
) -> None:
    framework = FRAMEWORK.replace("standards:\n", "  - id: art\n    title: Art\nstandards:\n", 1)
    framework += (
        "resources:\n  - id: book\n    title: Book\n    text: B.\n    role_specific: true\n"
    )
    folder = write(tmp_path, framework)
    assert advice(plguide, folder) == [
        ("empty-category", "standards.yaml", 6),
        ("unused-resource", "standards.yaml", 17),
    ]
    write(tmp_path, framework.replace("    role_specific: true\n", ""))
    assert [code for code, _, _ in advice(plguide, folder)] == ["empty-category"]


def test_a_role_that_lies_beside_the_folder_of_roles_is_noticed(
    plguide: Plguide, tmp_path: Path
) -> None:
    folder = write(tmp_path)
    (folder / "other.yaml").write_text(ROLE, "utf-8")
    (folder / "mkdocs.yml").write_text("site_name: Ours\n", "utf-8")
    (folder / ".hidden.yaml").write_text(ROLE, "utf-8")
    assert advice(plguide, folder) == [("ignored-file", "other.yaml", 1)]


def test_advice_comes_after_problems_and_never_hides_them(plguide: Plguide, tmp_path: Path) -> None:
    advised = with_items("questions", ["Think of whom we miss."])
    faulty = ROLE.replace("id: helper", "id: other").replace("title:", "titel:")
    folder = write(tmp_path, UNSERVED, helper=advised, other=faulty)
    code, out, err = plguide("validate", folder)
    assert code == 3
    codes = re.findall(r"\[([a-z-]+)\]$", out, re.MULTILINE)
    # What nobody serves can't be told while a role is faulty.
    assert codes == ["missing-key", "unknown-key", "not-a-question"]
    assert [" advice: " in line for line in out.splitlines()] == [False, False, True]
    assert err == "2 problems to fix, and 1 piece of advice.\n"


def test_advice_alone_is_sound_unless_it_is_to_count(plguide: Plguide, tmp_path: Path) -> None:
    folder = write(tmp_path, UNSERVED)
    code, out, err = plguide("validate", folder)
    assert code == 0
    assert out == (
        f"{folder}/standards.yaml:14:9: advice: no responsibility serves the standard `speaking`; "
        "name it under `standards` of those that do, or write one [unserved-standard]\n"
    )
    assert "All is well" in err
    assert "1 piece of advice" in err
    strict = plguide("validate", folder, "--strict")
    assert (strict.code, strict.out) == (3, out)
    assert "--strict" in strict.err


def test_sound_content_is_sound_when_advice_counts(plguide: Plguide, tmp_path: Path) -> None:
    assert plguide("validate", write(tmp_path), "--strict").code == 0


def test_other_commands_use_content_with_advice_and_say_nothing(
    plguide: Plguide, tmp_path: Path
) -> None:
    found = plguide("show", "helper", "--content", write(tmp_path, UNSERVED))
    assert (found.code, found.err) == (0, "")


def test_markdown_marks_advice_and_shows_codes(plguide: Plguide, tmp_path: Path) -> None:
    out = plguide("validate", write(tmp_path, UNSERVED), "--format", "markdown").out
    (item,) = (line for line in out.splitlines() if line.startswith("- "))
    assert "advice: no responsibility serves" in item
    assert "unserved-standard" in item


def test_github_gets_an_annotation_for_each(plguide: Plguide, tmp_path: Path) -> None:
    folder = write(tmp_path, UNSERVED)
    found = plguide("validate", folder, "--format", "github")
    assert found.code == 0
    file = str(folder / "standards.yaml").replace(":", "%3A").replace(",", "%2C")
    assert found.out == (
        f"::warning file={file},line=14,col=9,title=unserved-standard::no responsibility serves "
        "the standard `speaking`; name it under `standards` of those that do, or write one\n"
    )
    assert plguide("validate", write(tmp_path), "--format", "github").out.count("::error") == 0


def unescaped(text: str, more: tuple[str, ...] = ()) -> str:
    """Undo what GitHub's runner undoes, in its order."""
    for code in ("%0D", "%0A", *more, "%25"):
        text = text.replace(code, chr(int(code[1:], 16)))
    return text


@pytest.mark.parametrize(
    "file", ["a,b:c%0A.yaml", "100%.yaml", "line\r\nbreak.yaml", "%25%3A,.yaml", "عربي.yaml"]
)
def test_an_annotation_holds_any_file_name_and_any_text(file: str) -> None:
    line = annotation(Problem(file, 3, 7, "100% of `a::b,c` %0A", "do", "unknown-key"))
    assert "\n" not in line
    assert "\r" not in line
    found = re.fullmatch(r"::error file=([^,:]*),line=3,col=7,title=unknown-key::(.*)", line)
    assert found
    assert unescaped(found[1], ("%3A", "%2C")) == file
    assert unescaped(found[2]) == "100% of `a::b,c` %0A; do"


def test_what_an_annotation_quotes_can_give_the_runner_no_command(
    plguide: Plguide, tmp_path: Path
) -> None:
    role = ROLE.replace("[listening-1]", '["x\\n::error::y\\r::debug::z\\e[31m"]')
    out = plguide("validate", write(tmp_path, helper=role), "--format", "github").out
    assert out.splitlines()
    assert all(line.startswith("::error file=") for line in out.splitlines())
    assert "\x1b" not in out
    assert "\r" not in out
