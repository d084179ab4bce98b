"""`plguide merge`: colleagues' worksheets into one, and two later versions into one."""

import itertools
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pl_guide.records import replaced
from pl_guide.worksheet.combine import SOMEONE, gather
from pl_guide.worksheet.format.markdown import format_worksheet, parse_worksheet
from pl_guide.worksheet.model import Answer, FirstStep, Worksheet
from pl_guide.worksheet.three_way import OURS, THEIRS, merge_steps
from support.coach_files import BLANK, HOSTILE, answered, read, step, written
from support.examples import examples
from support.needs import pseudo_terminal
from support.program import CLEAN_ENV, ROOT, Plguide
from support.worksheets import worksheets

often = settings(deadline=None, max_examples=examples(60), suppress_health_check=list(HealthCheck))

# Few words and people, so that worksheets often have some in common.
PEOPLE = ("Ana", "Ben", "Cleo")
rows = st.sampled_from(
    (
        "amber", "birch", "cedar. dune", "", "Ana: elm", "Ben: fir", "**Ana:**", "**Ana · Ben:**",
        "**A colleague:**", "\\**Ana:**", "- [ ] gum",
    )
)  # fmt: skip
said = st.lists(rows, max_size=4).map("\n".join).map(str.strip)
near_steps = st.builds(
    FirstStep,
    text=st.sampled_from(("Call", "Visit", "Read")),
    state=st.sampled_from(("open", "done")),
    owner=st.sampled_from(("", "Ana", "Ben", "Ana / Ben")),
    due=st.sampled_from(("", "2026-09-01", "2026-10-01")),
    evidence=st.sampled_from(("", "a log", "notes / a log")),
    history=st.lists(st.sampled_from(("2026-01-01, done", "2026-02-01, done")), unique=True).map(
        lambda found: tuple(sorted(found))
    ),
    notes=st.sampled_from(("", "also", "also\n\nmore")),
)
near_answers = st.builds(
    Answer,
    question=st.sampled_from(("vision", "impact")),
    wording=st.sampled_from(("What?", "What now?")),
    reflections=said,
    first_steps=st.lists(near_steps, max_size=3).map(tuple),
    notes=st.sampled_from(("", "noted", "noted\n\nand more")),
)
near = st.builds(
    Worksheet,
    framework=st.just(BLANK.framework),
    role=st.just("coach"),
    title=st.just("Coach"),
    heading=st.sampled_from(("First", "Second")),
    participants=st.lists(st.sampled_from(PEOPLE), unique=True).map(tuple),
    started=st.sampled_from(("", "2026-01-01")),
    updated=st.sampled_from(("", "2026-01-01", "2026-02-01")),
    preface=st.sampled_from(("", "Ours.", "Ours.\n\nTheirs.")),
    extra=st.sampled_from(("", "mood: good", "mood: bad\n# a remark")),
    answers=st.lists(near_answers, max_size=2, unique_by=lambda each: each.key).map(tuple),
)


def alike(*sheets: Worksheet) -> list[Worksheet]:
    return [replaced(each, framework="standards", role="coach") for each in sheets]


any_two = st.one_of(
    st.tuples(near, near), st.tuples(worksheets, worksheets).map(lambda a: alike(*a))
)
any_three = st.one_of(
    st.tuples(near, near, near),
    st.tuples(worksheets, worksheets, worksheets).map(lambda a: alike(*a)),
)
any_one = st.one_of(near, worksheets)


def named(sheets: list[Worksheet]) -> list[tuple[str, Worksheet]]:
    return list(zip(("one", "two", "three"), sheets, strict=False))


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def spoken(sheet: Worksheet) -> set[tuple[str, str]]:
    """List all words of a worksheet, each with the question that it stands under."""
    top = [sheet.heading, sheet.preface, sheet.extra, *sheet.participants]
    found = {("", word) for text in top for word in words(text)}
    for each in sheet.answers:
        texts = [each.wording, each.reflections, each.notes]
        for one in each.first_steps:
            texts += [one.text, one.owner, one.due, one.resources, one.evidence, one.notes]
            texts += one.history
        found |= {(each.question, word) for text in texts for word in words(text)}
    return found


# --- Laws ---


@given(any_three)
@often
def test_any_order_of_the_same_worksheets_gives_the_same_bytes(sheets):
    found = {format_worksheet(gather(each)) for each in itertools.permutations(named(sheets))}
    assert len(found) == 1


@given(any_one)
@often
def test_a_worksheet_with_itself_is_itself(sheet):
    assert gather([("one", sheet), ("two", sheet), ("three", sheet)]) == sheet


@given(any_two)
@often
def test_naming_a_worksheet_twice_changes_nothing(sheets):
    one, two = named(sheets)
    assert gather([one, two, one]) == gather([one, two])


@given(any_three)
@often
def test_every_word_of_each_is_in_the_result_under_its_question(sheets):
    merged = spoken(gather(named(sheets)))
    for sheet in sheets:
        assert spoken(sheet) <= merged


@given(any_three)
@often
def test_every_state_of_each_step_is_in_the_result(sheets):
    merged = gather(named(sheets))
    for sheet in sheets:
        for each in sheet.answers:
            kept = {(one.text, one.state) for one in merged.answer(each.key).first_steps}
            assert {(one.text, one.state) for one in each.first_steps} <= kept


@given(any_three)
@often
def test_the_result_can_be_written_and_read_back(sheets):
    merged = gather(named(sheets))
    assert parse_worksheet(format_worksheet(merged)) == merged


@given(any_three)
@often
def test_the_anonymous_result_has_the_same_laws(sheets):
    merged = gather(named(sheets), anonymous=True)
    assert merged == gather(named(sheets)[::-1], anonymous=True)
    assert parse_worksheet(format_worksheet(merged)) == merged
    assert merged.participants == ()
    names = {word for sheet in sheets for name in sheet.participants for word in words(name)}
    names |= {"one", "two", "three"}
    for sheet in sheets:
        kept = {(key, word) for key, word in spoken(sheet) if word not in names}
        assert kept <= spoken(merged)


# Rows that begin with a name, or imitate one, say for themselves whose they are: read again out of
# a merged worksheet they belong to that person, not to the two who wrote them together.
plain_said = st.lists(
    st.sampled_from(("amber", "birch", "cedar. dune", "", "gum")), max_size=3
).map(lambda found: "\n".join(found).strip())
plain = st.builds(
    lambda sheet, texts: replaced(
        sheet,
        participants=sheet.participants or ("Dov",),
        answers=tuple(
            replaced(each, reflections=text)
            for each, text in zip(sheet.answers, texts, strict=False)
        ),
    ),
    near,
    st.lists(plain_said, min_size=2, max_size=2),
)


def contents(sheet: Worksheet) -> list[object]:
    """Give what a worksheet says, whatever its order."""
    return [
        (
            each.question,
            sorted(re.split(r"\n\n(?=\*\*)", each.reflections)),
            sorted(map(str, each.first_steps)),
            sorted(each.notes.split("\n\n")),
        )
        for each in sorted(sheet.answers, key=lambda each: each.key)
    ]


@given(plain, plain)
@often
def test_merging_the_result_with_one_of_its_parts_adds_nothing(one, two):
    merged = gather([("one", one), ("two", two)])
    for name, part in (("one", one), ("two", two)):
        again = gather([("merged", merged), (name, part)])
        assert contents(again) == contents(merged)
        assert again.participants == merged.participants
        assert spoken(again) == spoken(merged)


# --- As a story ---


def merged(*sheets: Worksheet | tuple[str, Worksheet], anonymous: bool = False) -> Answer:
    pairs = [each if isinstance(each, tuple) else ("file", each) for each in sheets]
    return gather(pairs, anonymous=anonymous).answer("vision")


def of(people: tuple[str, ...], text: str = "", *steps: FirstStep) -> Worksheet:
    return replaced(answered("vision", text, *steps), participants=people)


def test_each_persons_words_stand_under_their_name():
    found = merged(of(("Ben",), "No time."), of(("Ana",), "We meet.\n\nOn Mondays."))
    assert found.reflections == "**Ana:**\n\nWe meet.\n\nOn Mondays.\n\n**Ben:**\n\nNo time."


def test_without_participants_the_files_name_stands_over_the_words():
    found = gather([("ana", of((), "We meet.")), ("ben", of((), "No time."))])
    assert found.answer("vision").reflections == "**ana:**\n\nWe meet.\n\n**ben:**\n\nNo time."
    assert found.participants == ("ana", "ben")


def test_names_that_a_team_typed_are_parted():
    team = of(("Ana Lopez", "Ben"), "Together.\nana lopez: Mine.\nmore of mine\nBen: And mine.")
    found = merged(team, of(("Cleo",), "Hers."))
    assert found.reflections == (
        "**Ana Lopez:**\n\nMine.\nmore of mine\n\n**Ana Lopez · Ben:**\n\nTogether.\n\n"
        "**Ben:**\n\nAnd mine.\n\n**Cleo:**\n\nHers."
    )


@pytest.mark.parametrize("row", ["Goal: read more", "Cleo: she said so", "12:30 is lunch", "Ana:x"])
def test_a_colon_after_anything_but_a_participants_name_is_text(row):
    found = merged(of(("Ana",), row), of(("Ben",), "Mine."))
    assert found.reflections == f"**Ana:**\n\n{row}\n\n**Ben:**\n\nMine."


@pytest.mark.parametrize("mark", ["**Ben:**", "**Ana · Ben:**", f"**{SOMEONE}:**"])
def test_text_that_imitates_a_mark_stays_the_words_of_who_wrote_it(mark):
    ana = of(("Ana",), f"Before.\n{mark}\nAfter.")
    found = gather([("a", ana), ("b", of(("Ben",), "Mine."))])
    text = found.answer("vision").reflections
    assert re.findall(r"^\*\*(.*):\*\*$", text, re.MULTILINE) == ["Ana", "Ben"]
    again = gather([("m", found), ("c", of(("Cleo",), "Hers."))]).answer("vision").reflections
    assert re.findall(r"^\*\*(.*):\*\*$", again, re.MULTILINE) == ["Ana", "Ben", "Cleo"]
    parts = re.split(r"^\*\*(?:Ana|Ben|Cleo):\*\*$", again, flags=re.MULTILINE)
    assert [each.strip() for each in parts[2:]] == ["Mine.", "Hers."]
    assert {"Before", "After"} <= set(words(parts[1]))


def test_what_several_wrote_alike_stands_once_under_all_their_names():
    found = merged(of(("Ana",), "Same."), of(("Ben",), "Same."), of(("Cleo",), "Other."))
    assert found.reflections == "**Ana · Ben:**\n\nSame.\n\n**Cleo:**\n\nOther."


def test_equal_steps_stand_once():
    found = merged(of(("Ana",), "", step("Call"), step("Read")), of(("Ben",), "", step("Call")))
    assert sorted(each.text for each in found.first_steps) == ["Call", "Read"]


def test_differing_owners_and_dates_are_shown_not_chosen():
    found = merged(
        of(("Ana",), "", step("Call", "2026-09-01", owner="Ana", resources="time")),
        of(("Ben",), "", step("Call", "2026-10-01", owner="Ben", evidence="a log")),
    )
    assert found.first_steps == (
        step(
            "Call",
            "2026-09-01 / 2026-10-01",
            owner="Ana / Ben",
            resources="time",
            evidence="a log",
        ),
    )


def test_a_step_that_is_done_for_one_and_open_for_another_is_shown_as_both():
    found = merged(of(("Ana",), "", step("Call")), of(("Ben",), "", step("Call", state="done")))
    assert sorted(each.state for each in found.first_steps) == ["done", "open"]


def test_a_step_that_one_person_has_twice_stays_twice():
    found = merged(of(("Ana",), "", step("Call"), step("Call")), of(("Ben",), "", step("Call")))
    assert found.first_steps == (step("Call"), step("Call"))


def test_a_question_that_was_asked_in_other_words_says_so():
    one = replaced(of(("Ana",), "A."), updated="2026-02-01")
    two = answered("vision", "B.", wording="How was it worded?", sheet=of(("Ben",)))
    found = merged(one, two)
    assert found.wording == BLANK.answer("vision").wording
    assert found.notes == "Also asked as: How was it worded?"


def test_anonymously_no_name_stands_over_words():
    team = of(("Ana", "Ben"), "Together.\nAna: Mine.")
    found = gather([("cleo", of((), "Hers.")), ("team", team)], anonymous=True)
    assert found.participants == ()
    text = found.answer("vision").reflections
    assert text.split(f"**{SOMEONE}:**\n\n") == ["", "Hers.\n\n", "Mine.\n\n", "Together."]
    assert not {"Ana", "Ben", "cleo"} & set(words(format_worksheet(found)))


# --- Through the front door ---


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch) -> Path:
    """The folder that the program is started in."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setenv("PLGUIDE_STATE", str(tmp_path / "state"))
    return tmp_path / "work"


@pytest.fixture
def two(folder) -> tuple[Path, Path]:
    return (
        written(folder / "ana.md", of(("Ana",), "We meet.", step("Call", owner="Ana"))),
        written(folder / "ben.md", of(("Ben",), "No time.", step("Call", owner="Ben"))),
    )


def test_files_in_any_order_give_the_same_bytes(plguide, two):
    first, second = plguide("merge", *two), plguide("merge", *two[::-1])
    assert (first.code, first.err) == (0, "")
    assert first.out == second.out
    assert "**Ana:**\n\nWe meet.\n\n**Ben:**\n\nNo time." in first.out
    assert "- Owner: Ana / Ben" in first.out


def test_a_file_with_itself_gives_its_own_bytes(plguide, two):
    assert plguide("merge", two[0], two[0]).out == two[0].read_bytes().decode()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"role": "teacher", "title": "Teacher"}, ("Teacher", "Coach")),
        ({"framework": "our-own"}, ("our-own", BLANK.framework)),
    ],
)
@pytest.mark.parametrize("command", ["merge", "base", "diff"])
def test_worksheets_that_do_not_belong_together_are_refused(
    plguide, two, folder, fields, said, command
):
    other = written(folder / "other.md", replaced(of(("Cleo",)), **fields))
    options = {
        "merge": ["merge", *two, other, "-o", "out.md"],
        "base": ["merge", "--base", other, *two, "-o", "out.md"],
        "diff": ["diff", two[0], other],
    }[command]
    done = plguide(*options)
    assert (done.code, done.out) == (4, "")
    assert all(each in done.err for each in ("other.md", "ana.md", *said))
    assert "one role of one framework" in done.err
    assert not (folder / "out.md").exists()


def test_a_result_is_written_over_a_file_only_with_force(plguide, two, folder):
    (folder / "out.md").write_text("mine")
    done = plguide("merge", *two, "-o", "out.md")
    assert (done.code, done.out) == (4, "")
    assert "--force" in done.err
    assert (folder / "out.md").read_text() == "mine"
    assert plguide("merge", *two, "-o", "out.md", "--force").code == 0
    assert (folder / "out.md").read_bytes().decode() == plguide("merge", *two).out


def test_one_of_the_files_may_be_the_one_to_write(plguide, two):
    whole = plguide("merge", *two).out
    assert plguide("merge", *two, "-o", two[0], "--force").code == 0
    assert two[0].read_bytes().decode() == whole


@pytest.mark.parametrize("number", [0, 1])
def test_less_than_two_worksheets_is_wrong_usage(plguide, two, number):
    done = plguide("merge", *two[:number])
    assert (done.code, done.out) == (2, "")


def test_one_file_alone_may_be_made_anonymous(plguide, two):
    done = plguide("merge", two[0], "--anonymous")
    assert done.code == 0
    assert f"**{SOMEONE}:**\n\nWe meet." in done.out
    assert "participants" not in done.out
    assert "owners of steps, are still in it" in done.err


@pytest.mark.parametrize("spoiled", [None, b"# Notes\n", b"\xff\xfe"])
def test_a_file_that_is_no_worksheet_is_said_and_nothing_is_written(plguide, two, folder, spoiled):
    if spoiled is not None:
        (folder / "bad.md").write_bytes(spoiled)
    done = plguide("merge", *two, "bad.md", "-o", "out.md")
    assert (done.code, done.out) == (4, "")
    assert "bad.md" in done.err
    assert not (folder / "out.md").exists()


def test_the_result_is_a_worksheet_to_survey_and_to_go_on_with(plguide, two, folder):
    plguide("merge", *two, "-o", "team.md")
    (found,) = json.loads(plguide("status", "team.md", "--format", "json").out)
    assert (found["participants"], found["answered"]) == (["Ana", "Ben"], 1)
    assert (found["total"], found["open"]) == (9, 1)
    (folder / "answers.yaml").write_text("impact:\n  reflections: We shall see.\n")
    done = plguide(
        "reflect", "--role", "coach", "-o", "team.md", "--answers", "answers.yaml", "--resume"
    )
    assert done.code == 0, done.err
    sheet = read(folder / "team.md")
    assert sheet.answer("impact").reflections == "We shall see."
    assert sheet.answer("vision").reflections.startswith("**Ana:**\n\nWe meet.")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_merged_as_text(plguide, folder, hostile):
    one = written(folder / "a.md", of(("Ana",), hostile, step(hostile, owner=hostile)))
    two = written(folder / "b.md", of(("Ben",), "Mine."))
    done = plguide("merge", one, two)
    found = parse_worksheet(done.out)
    assert [each.question for each in found.answers] == [each.question for each in BLANK.answers]
    assert set(words(hostile)) <= set(words(found.answer("vision").reflections))
    assert len(found.answer("vision").first_steps) == 1


@pseudo_terminal
def test_in_a_terminal_hostile_text_steers_nothing(program, folder):
    import pexpect

    written(folder / "a.md", of(("Ana",), "\x1b]0;title\x07 \x9b5m", step("\x1b[31mred")))
    written(folder / "b.md", of(("Ben",), "Mine."))
    out, code = pexpect.run(
        shlex.join([*program, "merge", "a.md", "b.md"]),
        cwd=str(folder),
        env=CLEAN_ENV | {"TERM": "xterm", "LC_ALL": "C.UTF-8"},
        withexitstatus=True,
    )
    assert code == 0
    assert b"\x1b" not in out
    assert b"\xc2\x9b" not in out
    assert b"Mine." in out


# --- Two later versions of one ---


def from_base(plguide: Plguide, base: Worksheet, ours: Worksheet, theirs: Worksheet) -> Worksheet:
    for name, sheet in (("base", base), ("ours", ours), ("theirs", theirs)):
        written(Path(f"{name}.md"), sheet)
    done = plguide("merge", "--base", "base.md", "ours.md", "theirs.md")
    assert done.code == 0, done.err
    return parse_worksheet(done.out)


START = of(("Ana", "Ben"), "Begun.", step("Call", owner="Ana"))


def test_what_only_one_side_changed_is_taken(plguide):
    changed = answered("vision", "Begun.\n\nGone on.", step("Call", state="done"), sheet=START)
    changed = replaced(changed, participants=("Ana", "Cleo"), preface="Ours.")
    assert from_base(plguide, START, changed, START) == changed
    assert from_base(plguide, START, START, changed) == changed
    assert from_base(plguide, START, changed, changed) == changed


def test_a_new_edition_or_columns_of_the_other_side_are_taken(plguide):
    changed = replaced(START, edition="2030", columns=("Thoughts", "Deeds"), title="Our coach")
    assert from_base(plguide, START, START, changed) == changed


def test_two_changes_to_one_step_are_both_in_it(plguide):
    ours = answered("vision", "Begun.", step("Call", owner="Ana", state="done"), sheet=START)
    theirs = answered("vision", "Begun.", step("Call", "2026-09-01", owner="Cleo"), sheet=START)
    found = from_base(plguide, START, ours, theirs)
    assert found.answer("vision").first_steps == (
        step("Call", "2026-09-01", owner="Cleo", state="done"),
    )


def test_texts_that_both_changed_stand_both_and_it_is_said_where(plguide):
    ours, theirs = (answered("vision", each, sheet=START) for each in ("A.", "B."))
    for name, sheet in (("base", START), ("ours", ours), ("theirs", theirs)):
        written(Path(f"{name}.md"), sheet)
    done = plguide("merge", "--base", "base.md", "ours.md", "theirs.md")
    number = [each.question for each in BLANK.answers].index("vision") + 1
    assert done.code == 0
    assert f"question {number}" in done.err
    found = parse_worksheet(done.out).answer("vision").reflections
    assert found == f"{OURS}\n\nA.\n\n{THEIRS}\n\nB."


def test_an_empty_base_means_that_both_sides_began_it(plguide, two, folder):
    (folder / "base.md").write_bytes(b"")
    done = plguide("merge", "--base", "base.md", *two)
    assert done.code == 0
    found = parse_worksheet(done.out)
    assert found.participants == ("Ana", "Ben")
    assert {"meet", "time"} <= set(words(found.answer("vision").reflections))
    assert {each.owner for each in found.answer("vision").first_steps} == {"Ana", "Ben"}


@pytest.mark.parametrize("arguments", [["ana.md"], ["ana.md", "ben.md", "ana.md"]])
def test_a_base_takes_exactly_two_versions(plguide, two, folder, arguments):
    written(folder / "base.md", START)
    assert plguide("merge", "--base", "base.md", *arguments).code == 2
    assert plguide("merge", "--base", "base.md", "ana.md", "ben.md", "--anonymous").code == 2


def test_a_base_that_is_no_worksheet_is_an_error(plguide, two, folder):
    (folder / "base.md").write_text("# Notes\n")
    assert plguide("merge", "--base", "base.md", *two).code == 4
    assert plguide("merge", "--base", "gone.md", *two).code == 4


# --- With real git ---

Git = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def git(folder, program) -> Git:
    """A repository that merges worksheets by the program."""
    env = CLEAN_ENV | {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "HOME": str(folder),
        **{
            f"GIT_{who}_{what}": "x"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        },
    }

    def run(*arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["git", *arguments],
            cwd=folder,
            env=env,
            capture_output=True,
            encoding="utf-8",
            check=check,
            timeout=60,
        )

    run("init", "-q", "-b", "main")
    driver = f"{shlex.join(program)} merge --base %O %A %B -o %A --force"
    run("config", "merge.plguide.driver", driver)
    run("config", "merge.plguide.name", "worksheets")
    (folder / ".gitattributes").write_text("*-first-actions.md merge=plguide\n")
    run("add", ".")
    run("commit", "-qm", "begin")
    return run


PLACE = "coach-first-actions.md"


def commit(git: Git, folder: Path, sheet: Worksheet) -> None:
    written(folder / PLACE, sheet)
    git("add", PLACE)
    git("commit", "-qm", "write")


def git_merged(
    git: Git, folder: Path, base: Worksheet | None, ours: Worksheet, theirs: Worksheet
) -> Worksheet:
    if base is not None:
        commit(git, folder, base)
    git("branch", "colleague")
    commit(git, folder, ours)
    git("switch", "-q", "colleague")
    commit(git, folder, theirs)
    git("switch", "-q", "main")
    done = git("merge", "-q", "--no-edit", "colleague", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert git("status", "--porcelain").stdout == ""
    assert len(git("show", "-s", "--format=%P", "HEAD").stdout.split()) == 2
    assert sorted(each.name for each in folder.iterdir()) == [".git", ".gitattributes", PLACE]
    return read(folder / PLACE)


needs_git = pytest.mark.skipif(sys.platform == "win32", reason="the driver is a POSIX command")


@pytest.mark.slow
@needs_git
def test_git_merges_branches_that_changed_different_questions(git, folder):
    ours = answered("vision", "Ours.", sheet=BLANK)
    theirs = answered("impact", "Theirs.", step("Call"), sheet=BLANK)
    found = git_merged(git, folder, BLANK, ours, theirs)
    assert found == answered("impact", "Theirs.", step("Call"), sheet=ours)


@pytest.mark.slow
@needs_git
def test_git_merges_branches_that_changed_the_same_question(git, folder):
    ours, theirs = (answered("vision", each, sheet=BLANK) for each in ("Ours.", "Theirs."))
    found = git_merged(git, folder, BLANK, ours, theirs).answer("vision").reflections
    assert found == f"{OURS}\n\nOurs.\n\n{THEIRS}\n\nTheirs."
    assert "<<<<" not in found


@pytest.mark.slow
@needs_git
def test_git_merges_a_ticked_box_with_a_new_owner(git, folder):
    ours = answered("vision", "Begun.", step("Call", owner="Ana", state="done"), sheet=START)
    theirs = answered("vision", "Begun.", step("Call", owner="Cleo"), sheet=START)
    found = git_merged(git, folder, START, ours, theirs).answer("vision").first_steps
    assert found == (step("Call", owner="Cleo", state="done"),)


@pytest.mark.slow
@needs_git
def test_git_merges_branches_that_both_began_the_worksheet(git, folder):
    ours, theirs = of(("Ana",), "Ours.", step("Call")), of(("Ben",), "Theirs.", step("Read"))
    found = git_merged(git, folder, None, ours, theirs)
    assert found.participants == ("Ana", "Ben")
    assert {"Ours", "Theirs"} <= set(words(found.answer("vision").reflections))
    assert {each.text for each in found.answer("vision").first_steps} == {"Call", "Read"}


@pytest.mark.slow
@needs_git
def test_git_says_a_conflict_where_worksheets_do_not_belong_together(git, folder):
    commit(git, folder, BLANK)
    git("branch", "colleague")
    ours = answered("vision", "Ours.", sheet=BLANK)
    commit(git, folder, ours)
    git("switch", "-q", "colleague")
    commit(git, folder, replaced(BLANK, role="teacher", title="Teacher"))
    git("switch", "-q", "main")
    done = git("merge", "--no-edit", "colleague", check=False)
    assert done.returncode == 1
    assert "one role of one framework" in done.stdout + done.stderr
    assert read(folder / PLACE) == ours


def test_a_disputed_text_is_named_in_the_framework_s_own_noun(plguide, tmp_path):
    example = ROOT / "examples" / "outdoor-learning"
    role = json.loads(plguide("roles", "--content", example, "--format", "json").out)[0]["id"]
    base = tmp_path / "base.md"
    plguide("worksheet", "--role", role, "--content", example, "-o", base)
    sides = []
    for words in ("One thing.", "Another thing."):
        side = tmp_path / f"{words[:3]}.md"
        text = base.read_text(encoding="utf-8")
        mark = text.index("<!-- first-steps:")
        side.write_text(f"{text[:mark]}{words}\n\n{text[mark:]}", encoding="utf-8")
        sides.append(side)
    done = plguide("merge", "--base", base, *sides, "--content", example)
    assert done.code == 0
    assert "marked: prompt 1." in done.err


def test_two_people_s_outcomes_of_one_step_both_stand_with_their_evidence():
    step = FirstStep(text="Visit rooms", due="2026-11-10")
    said = [
        replaced(step, state="done", history=("2026-11-22, done",)),
        replaced(step, state="dropped", history=("2026-11-22, dropped: B",)),
    ]
    both = merge_steps((step,), (said[1],), (said[0],))
    later = replaced(said[0], history=("2026-11-22, done, adopt: A",))
    merged = merge_steps((said[0],), both, (later,))
    assert sorted(each.history for each in merged) == [later.history, said[1].history]
    assert {each.state for each in merged} == {"done", "dropped"}
