"""Frameworks of other people, in other languages, through every command and in their own words."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from wcwidth import wcswidth, wcwidth

from pl_guide.content.files import shipped_folder
from pl_guide.content.loading import load_library
from pl_guide.library import Library
from pl_guide.model import Question
from pl_guide.records import into_plain
from pl_guide.session.askers import layout
from pl_guide.session.moves import REFLECTION, listed_keys
from pl_guide.session.protocol import Prompt, State
from pl_guide.wording import Phrases, Term, Terms
from pl_guide.worksheet.format.markdown import parse_worksheet
from support.needs import HAS_TERMINAL, pseudo_terminal
from support.program import ROOT

if HAS_TERMINAL:
    from support.pty_screen import Terminal, terminals

HERE = ROOT / "tests"
FRAMEWORKS = {
    "outdoor": HERE.parent / "examples" / "outdoor-learning",
    "arabic": HERE / "frameworks" / "arabic",
    "japanese": HERE / "frameworks" / "japanese",
    "portuguese": HERE / "frameworks" / "portuguese",
}
ANSWER = {
    "outdoor": "Rain came through the roof; we stayed.",
    "arabic": "قرأنا الكِتاب معًا، وتعلّمنا.",
    "japanese": "毎週の時間を会議に譲っていました。次は守ります。",
    "portuguese": "A avaliação não mudou a aula; às vezes, nem foi lida.",
}
FOUND = {
    "outdoor": ("GROUND", "**ground**"),
    "arabic": ("كتاب", "**كتاب**"),
    "japanese": ("学習の時間", "**学習の時間**"),
    "portuguese": ("AVALIACOES", "**avaliações**"),
}
NOUNS = {each: getattr(Terms(), each).one for each in Terms.__struct_fields__ if each != "pair"}
STEMS = "|".join(
    sorted({word.removesuffix("y") for noun in NOUNS.values() for word in noun.split()})
)
PHRASES = [getattr(Phrases(), name) for name in Phrases.__struct_fields__]
WORDS = {word for text in PHRASES for word in re.findall(r"[a-z]{4,}", text)} - {"plguide", "show"}
Folder = tuple[str, Path, Library]


@pytest.fixture(params=FRAMEWORKS)
def framework(request: pytest.FixtureRequest) -> Folder:
    folder = FRAMEWORKS[request.param]
    return request.param, folder, load_library(folder)


def every_page(name: str, library: Library) -> list[list[str]]:
    """Give every command that shows a page, for every name there is."""
    whole = library.framework
    names = [each.id for each in (*library.roles, *whole.standards, *whole.categories)]
    roles = [role.id for role in library.roles]
    return [
        *(["show", each] for each in ("framework", *names)),
        *(["show", each, "--category", whole.categories[0].id] for each in roles),
        *(["show", each, "--standard", whole.standards[0].id, "--ids"] for each in roles),
        ["roles"],
        ["standards"],
        ["crosswalk"],
        ["crosswalk", "--constructs"],
        *(["compare", one, other] for one in roles for other in roles if one < other),
        ["search", FOUND[name][0]],
    ]


def english_left(name: str, text: str, library: Library) -> set[str]:
    """Give the English words on a page that no framework of this language put there."""
    if name in {"arabic", "japanese"}:
        whole = library.framework
        ids = [whole, *library.roles, *whole.standards, *whole.categories]
        known = {word for each in ids for word in each.id.split("-")} | {"plguide", "show", "AI"}
        known |= {part for role in library.roles for each in role.questions for part in [each.id]}
        return set(re.findall(r"[A-Za-z]{2,}", text)) - known
    words = set(re.findall(rf"\b(?:{STEMS})(?:s|y|ies)?\b", text, re.IGNORECASE))
    if name == "portuguese":
        words |= WORDS & set(re.findall(r"[a-z]+", text.lower()))
    return words


@pytest.mark.slow
@pytest.mark.parametrize("columns", [80, 40])
def test_every_page_fits_the_terminal_and_speaks_the_frameworks_words(plguide, framework, columns):
    name, folder, library = framework
    for arguments in every_page(name, library):
        done = plguide(
            *arguments, "--format", "terminal", "--content", folder, env={"COLUMNS": str(columns)}
        )
        assert (done.code, done.err) == (0, ""), (arguments, done)
        wide = [line for line in done.out.splitlines() if wcswidth(line) > columns]
        assert not wide, (arguments, wide)
        assert not re.search(r"^[ •]*[。、」]", done.out, re.MULTILINE), done.out
        assert not english_left(name, done.out, library), (arguments, done.out)
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", done.out)


@pytest.mark.slow
def test_every_page_is_there_as_markdown_and_as_data_too(plguide, framework):
    name, folder, library = framework
    for arguments in every_page(name, library):
        markdown = plguide(*arguments, "--format", "markdown", "--content", folder)
        data = plguide(*arguments, "--format", "json", "--content", folder)
        assert (markdown.code, data.code) == (0, 0), arguments
        assert_reads_well(markdown.out)
        assert json.loads(data.out)


def test_names_are_found_by_their_title_however_it_is_typed(plguide, framework):
    _, folder, library = framework
    whole = library.framework
    for each in (*library.roles, *whole.standards, *whole.categories):
        for typed in (each.title, each.title.upper()):
            done = plguide("show", typed, "--content", folder)
            assert done.code == 0, done.err
            assert done.out.startswith(f"# {each.title}\n")


def test_search_marks_what_it_found_whatever_its_case_accents_and_neighbors(plguide, framework):
    name, folder, _ = framework
    wanted, marked = FOUND[name]
    assert marked in plguide("search", wanted, "--content", folder).out


def test_validate_and_messages_use_the_frameworks_nouns(plguide, framework):
    _, folder, library = framework
    terms = library.terms
    well = plguide("validate", folder)
    assert well.code == 0
    assert f"{len(library.roles)} {terms.role.many}" in well.err
    unknown = plguide("show", "zzz", "--content", folder)
    assert unknown.code == 2
    wanted = f"no {terms.role.one}, {terms.standard.one} or {terms.category.one} “zzz”"
    assert wanted in unknown.err
    one = plguide("compare", "zzz", library.roles[0].id, "--content", folder)
    assert f"There is no {terms.role.one} “zzz”" in one.err


def test_prepared_answers_and_blank_worksheets_keep_every_word(plguide, framework, tmp_path):
    name, folder, library = framework
    role = next(each for each in library.roles if each.questions)
    first = role.questions[0]
    blank, answers = tmp_path / "blank.md", tmp_path / "answers.yaml"
    made = plguide("worksheet", "--role", role.id, "-o", blank, "--content", folder)
    assert made.code == 0, made.err
    answers.write_text(
        f'{first.id}:\n  reflections: "{ANSWER[name]}"\n  first_steps: ["{ANSWER[name]}"]\n',
        "utf-8",
    )
    filled = plguide(
        *("reflect", "--role", role.id, "-o", blank, "--resume", "--answers", answers),
        *("--content", folder),
    )
    assert filled.code == 0, filled.err
    assert not re.search(STEMS, filled.err.split(": ", 1)[1]), filled.err
    sheet = parse_worksheet(blank.read_text("utf-8"))
    assert sheet.answers[0].reflections == ANSWER[name]
    assert sheet.answers[0].first_steps[0].text == ANSWER[name]
    assert sheet.columns == (
        library.framework.reflection.reflections,
        library.framework.reflection.first_steps,
    )
    table = plguide("worksheet", "--role", role.id, "--layout", "table", "--content", folder).out
    assert not english_left(name, table, library), table
    headings = [line for line in blank.read_text("utf-8").splitlines() if line.startswith("#")]
    assert not english_left(name, "\n".join(headings), library), headings


# --- The session ------------------------------------------------------------------------------


@pytest.fixture
def start(program: list[str], tmp_path: Path) -> Iterator["Callable[..., Terminal]"]:
    with terminals(program, tmp_path) as begin:
        yield begin


@pytest.mark.slow
@pseudo_terminal
@pytest.mark.parametrize("columns", [80, 40])
def test_a_plain_session_fits_and_speaks_the_frameworks_words(start, framework, tmp_path, columns):
    name, folder, library = framework
    role = next(each for each in library.roles if each.questions)
    one = start(
        *("reflect", "--role", role.id, "--plain", "--content", folder, "-o", "sheet.md"),
        columns=columns,
        lines=60,
    )
    one.wait_for_field()
    typed = [ANSWER[name], "", f"{ANSWER[name]} due:2031-05-01", "/keys", "", "/about", "/review"]
    for line in typed:
        one.send(f"{line}\r")
        one.wait_for_field()
    one.send("\r")
    assert one.end() == 0, one.whole_text()
    said = one.raw.decode("utf-8").replace("\r", "")
    terms = library.terms
    assert terms.say("{Standards}") in said
    assert f"1 {terms.first_step.one}" in said
    assert f"({terms.reflection.many} + 1 {terms.step.one})" in " ".join(said.split())
    lines = [each for each in said.splitlines() if not each.startswith(("  ", "> "))]
    assert not [each for each in lines if wcswidth(each) > columns]
    text = "\n".join(lines).replace("Word document", "")
    assert not re.search(rf"\b(?:{STEMS})(?:s|y|ies)?\b", text, re.IGNORECASE), text
    sheet = parse_worksheet((tmp_path / "sheet.md").read_text("utf-8"))
    assert sheet.answers[0].reflections == ANSWER[name]
    assert sheet.answers[0].first_steps[0].text == ANSWER[name]


@pytest.mark.slow
@pseudo_terminal
@pytest.mark.parametrize(
    ("name", "role", "place"),
    [
        ("japanese", "kouchou", "問い 1／2"),
        ("outdoor", "helpers", "Prompt 1 of 1"),
        ("arabic", "mudir", "سؤال 1 من 2"),
    ],
)
def test_a_session_with_keys_speaks_the_frameworks_words(start, tmp_path, name, role, place):
    one = start("reflect", "--role", role, "--content", FRAMEWORKS[name], columns=40)
    one.wait_for_field(place)
    one.send(f"{ANSWER[name]}\r")
    one.wait_for_field()
    one.send("\x14")
    terms = load_library(FRAMEWORKS[name]).terms
    one.wait_for(terms.say("{Standards} this {question} touches:"))
    one.send("\x12")
    # What stood in the field has made room: the review begins further up than the cursor was.
    one.wait_until(lambda: "Where things stand" in one.whole_text(), "a review")
    # The emulation shows no marks that take no room.
    there = "".join(each for each in terms.reflection.many if wcwidth(each))
    one.wait_until(lambda: there in one.whole_text(), "what there is")
    one.send("\r")
    assert one.end() == 0, one.whole_text()


# --- What a framework may leave out -----------------------------------------------------------


def assert_reads_well(text: str) -> None:
    """No heading without anything under it, no counts of nothing, no separator left over."""
    lines = [line for line in text.splitlines() if line.strip()]
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        level = len(line) - len(line.lstrip("#"))
        below = len(after) - len(after.lstrip("#"))
        assert level < 2 or (after and (not below or below > level)), text
        assert not line.startswith("| :--") or after.startswith("|"), text
        assert not re.match(r"\|\s*\|", line), text
        assert not re.search(r"\bof 0\b|(^|· )0 |[·:,;]\s*\*?$|^\*?\s*[·,;]|: \.", line), line


BARE = """
id: bare
title: Bare
categories:
  - {id: full, title: Full}
  - {id: empty, title: Empty}
standards:
  - {id: only, category: full, title: Only, statement: We meet.}
"""
NO_STANDARDS = """
id: bare
title: Bare
categories: []
standards: []
"""
ASKING = "id: asking\ntitle: Asking\nresponsibilities: []\nquestions:\n  - {id: one, text: Why?}\n"
DOING = (
    "id: doing\ntitle: Doing\nquestions: []\n"
    "responsibilities:\n  - {id: one, category: full, text: We do.}\n"
)
NOTHING = "id: nothing\ntitle: Nothing\nresponsibilities: []\nquestions: []\n"


@pytest.mark.parametrize(
    ("framework_text", "roles"),
    [
        (BARE, []),
        (BARE, [ASKING]),
        (BARE, [DOING, NOTHING]),
        (BARE, [ASKING, DOING, NOTHING]),
        (NO_STANDARDS, []),
        (NO_STANDARDS, [ASKING, NOTHING]),
    ],
)
def test_what_a_framework_leaves_out_leaves_no_trace(plguide, tmp_path, framework_text, roles):
    folder = written(tmp_path, framework_text, roles)
    assert plguide("validate", folder).code == 0
    library = load_library(folder)
    whole = library.framework
    names = [each.id for each in (*library.roles, *whole.standards, *whole.categories)]
    pages = [["show", each] for each in ("framework", *names)]
    pages += [["roles"], ["standards"], ["crosswalk"], ["crosswalk", "--constructs"]]
    ids = [role.id for role in library.roles]
    pages += [["compare", one, other] for one in ids for other in ids]
    pages += [["show", each, "--category", "full"] for each in ids if whole.categories]
    for arguments in pages:
        for format_ in ("markdown", "terminal"):
            done = plguide(*arguments, "--format", format_, "--content", folder)
            assert (done.code, done.err) == (0, ""), (arguments, done)
            if format_ == "markdown":
                assert_reads_well(done.out)


def written(folder: Path, framework_text: str, roles: list[str]) -> Path:
    (folder / "roles").mkdir()
    (folder / "standards.yaml").write_text(framework_text, "utf-8")
    for number, text in enumerate(roles):
        (folder / "roles" / f"{number}.yaml").write_text(text, "utf-8")
    return folder


def test_pages_of_a_role_with_one_kind_of_thing_dwell_on_no_other(plguide, tmp_path):
    folder = written(tmp_path, BARE, [ASKING, DOING])
    asking = plguide("show", "asking", "--content", folder).out
    assert asking == "# Asking\n\n*Bare · 1 question*\n\n## Questions\n\n1. Why?\n"
    doing = plguide("show", "doing", "--content", folder).out
    assert (
        doing
        == "# Doing\n\n*Bare · 1 responsibility*\n\n## Responsibilities\n\n### Full\n\n- We do.\n"
    )
    gaps = plguide("crosswalk", "--content", folder).out.partition("## Gaps")[2]
    assert "**Asking**: no responsibilities; no question on Only." in gaps
    assert "**Doing**: no responsibility for Only; no questions." in gaps


def test_a_role_without_questions_says_so_instead_of_making_a_worksheet(plguide, tmp_path):
    folder = written(tmp_path, BARE + "terms: {question: {one: prompt, many: prompts}}\n", [DOING])
    answers = tmp_path / "answers.yaml"
    answers.write_text("{}\n", "utf-8")
    for arguments in (
        ["worksheet", "--role", "doing"],
        ["reflect", "--role", "doing", "--answers", answers],
    ):
        done = plguide(*arguments, "--content", folder)
        assert (done.code, done.out) == (2, "")
        assert "“Doing” has no prompts to think through." in done.err


def test_a_section_of_a_role_that_has_none_is_refused_in_a_whole_sentence(plguide, tmp_path):
    folder = written(tmp_path, BARE, [NOTHING])
    done = plguide("show", "nothing", "--section", "questions", "--content", folder)
    assert done.code == 2
    assert "“Nothing” has no section “questions”. It has: none." in done.err


def test_a_title_of_signs_alone_is_no_name_for_other_signs(plguide, tmp_path):
    folder = written(tmp_path, BARE, [ASKING.replace("title: Asking", 'title: "???"')])
    assert plguide("show", "!!!", "--content", folder).code == 2
    assert plguide("show", "asking", "--content", folder).code == 0


def test_phrases_may_be_changed_one_by_one_over_the_shipped_framework(plguide, tmp_path):
    text = (shipped_folder() / "standards.yaml").read_text("utf-8")
    words = "terms: {standard: {one: norm, many: norms}}\nphrases: {gaps: what is missing}\n"
    done = plguide("crosswalk", "--content", written(tmp_path, f"{text}\n{words}", []))
    assert "# Crosswalk of norms and roles" in done.out
    assert "## What is missing" in done.out
    assert "| Norm |" in done.out


def test_what_a_person_searched_for_is_no_place_for_a_noun(plguide):
    done = plguide("search", "{standards} evidence", "--format", "terminal")
    assert "Found for “{standards} evidence”" in done.out


def test_a_place_in_a_phrase_that_nothing_fills_is_a_problem(plguide, tmp_path):
    phrases = 'phrases:\n  gaps: holes\n  only: "just {titels}, {Questions}"\n'
    done = plguide("validate", written(tmp_path, BARE + phrases, []))
    assert done.code == 3
    assert ":11:9: `only` has no place `{titels}`; its own places: `{titles}`" in done.out
    assert "1 problem to fix." in done.err


DOCS = HERE.parent / "docs" / "another-framework.md"


def test_the_documented_words_are_the_usual_ones():
    block = DOCS.read_text("utf-8").partition("<!-- usual -->")[2]
    told = yaml.safe_load(block.partition("```yaml\n")[2].partition("```")[0])
    assert told["terms"] == into_plain(Terms())
    assert told["phrases"] == {each: getattr(Phrases(), each) for each in told["phrases"]}
    assert list(told["phrases"]) == list(Phrases.__struct_fields__)


def test_the_documented_least_framework_is_one(plguide, tmp_path):
    blocks = DOCS.read_text("utf-8").split("```yaml\n")
    whole, role = (block.partition("```")[0] for block in blocks[1:3])
    folder = written(tmp_path, whole, [role])
    assert plguide("validate", folder).code == 0
    assert "# Helpers" in plguide("show", "helpers", "--content", folder).out


def test_nouns_can_not_steer_a_terminal():
    hostile = Terms(**{each: Term("\x1b[2J\nx", "\x1b[2J\nx") for each in Terms.__struct_fields__})
    question = Question(id="one", text="Why?")
    prompt = Prompt(
        question=question, number=1, total=1, answered=0, field="x", label="x", moves=(),
        terms=hostile,
    )  # fmt: skip
    state = State(1, "Why?", reflected=True, steps=1, terms=hostile)
    for said in (layout.progress(prompt), layout.state_line(state)):
        assert said.isprintable()
        assert "␛" in said
    assert "\x1b" not in layout.table(listed_keys(REFLECTION), hostile)


def test_pages_and_word_files_say_their_language_and_run_in_its_direction(plguide, tmp_path):
    import docx

    content = HERE / "frameworks" / "arabic"
    role = json.loads(plguide("roles", "--content", content, "--format", "json").out)[0]["id"]
    sheet = tmp_path / "sheet.md"
    plguide("worksheet", "--role", role, "--content", content, "-o", sheet)
    for command in (["export", sheet, "--to", "html"], ["report", sheet]):
        out = plguide(*command, "--content", content).out
        assert '<html lang="ar" dir="rtl">' in out
    plguide("export", sheet, "--to", "docx", "--content", content)
    assert docx.Document(str(sheet.with_suffix(".docx"))).core_properties.language == "ar"
