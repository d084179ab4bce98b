"""`plguide diff`: what changed in thinking and in steps, words marked."""

import json
import random
import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pl_guide.records import replaced
from pl_guide.worksheet.diff import Stretch, changes, compared
from pl_guide.worksheet.model import FirstStep, Worksheet
from support.coach_files import BLANK, HOSTILE, answered, step, written
from support.examples import examples
from support.program import Plguide
from support.worksheets import texts, worksheets

often = settings(deadline=None, max_examples=examples(150), suppress_health_check=list(HealthCheck))
fewer = settings(often, max_examples=examples(50))


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch) -> Path:
    """The folder that the program is started in."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


def diff(plguide: Plguide, old: Worksheet, new: Worksheet, *options: str) -> str:
    written(Path("old.md"), old)
    written(Path("new.md"), new)
    done = plguide("diff", "old.md", "new.md", *options)
    assert done.code == 0, done.err
    return done.out


def data(plguide: Plguide, old: Worksheet, new: Worksheet) -> list[dict]:
    return json.loads(diff(plguide, old, new, "--format", "json"))


def told(old: tuple[FirstStep, ...], new: tuple[FirstStep, ...]) -> list[tuple]:
    """Give what is said of steps: kind, text, and what changed about them."""
    (change,) = changes(answered("vision", "", *old), answered("vision", "", *new))
    return [(each.kind, each.step.text, *each.details) for each in change.steps]


def side(stretches: tuple[Stretch, ...], kind: str) -> str:
    return "".join(each.text for each in stretches if each.kind in {"same", kind})


# --- Words ---


def marked(old: str, new: str) -> str:
    marks = {"same": "{}", "added": "{{+{}+}}", "gone": "[-{}-]"}
    return "".join(marks[each.kind].format(each.text) for each in compared(old, new))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("We meet.", "We meet often.", r"We meet\{\+ often\+\}\."),
        ("We meet often.", "We meet.", r"We meet\[- often-\]\."),
        ("We meet now.", "We part now.", r"We\s?\[- ?meet-\]\{\+ ?part\+\} now\."),
        ("", "New.", r"\{\+New\.\+\}"),
        ("Old.", "", r"\[-Old\.-\]"),
        ("Same", "Same", ""),
        ("a\n\nb", "a\n\nb\n\nc", r"a\n\nb\{\+\n\nc\+\}"),
        ("cat", "concat", r"\[-cat-\]\{\+concat\+\}"),
    ],
)
def test_words_that_went_and_came_are_marked_in_their_place(old, new, said):
    assert re.fullmatch(said, marked(old, new)), marked(old, new)


near = st.lists(
    st.sampled_from(("amber", "birch", " ", "  ", "\n", "\n\n", ".", "…", "\x0c", "\u2028", "é")),
    max_size=12,
).map("".join)


@given(st.one_of(st.tuples(texts, texts), st.tuples(near, near)))
@often
def test_without_the_new_words_it_is_the_old_text_and_without_the_old_the_new(two):
    old, new = two
    found = compared(old, new)
    assert (side(found, "gone"), side(found, "added")) == ((old, new) if old != new else ("", ""))
    assert all(each.text for each in found)
    assert all(one.kind != two.kind for one, two in pairwise(found))


@pytest.mark.slow
@given(st.lists(near, min_size=2, max_size=30), st.randoms(use_true_random=False))
@often
def test_long_texts_lose_nothing_either(rows, shuffler):
    filler = " ".join(f"word{number}" for number in range(4000))
    old = "\n".join([*rows, filler])
    shuffler.shuffle(rows)
    new = "\n".join([filler, *rows])
    found = compared(old, new)
    assert (side(found, "gone"), side(found, "added")) == ((old, new) if old != new else ("", ""))


@given(worksheets)
@fewer
def test_equal_worksheets_have_no_change(sheet):
    assert changes(sheet, sheet) == ()


@given(worksheets, worksheets)
@fewer
def test_a_change_and_its_reverse_say_the_same(old, new):
    old, new = (replaced(each, framework="f", role="r") for each in (old, new))
    there = {each.question: each for each in changes(old, new)}
    back = {each.question: each for each in changes(new, old)}
    assert set(there) == set(back)
    opposite = {"both": "both", "new": "gone", "gone": "new"}
    for key, change in there.items():
        assert back[key].kind == opposite[change.kind]
        before, after = old.answer(key), new.answer(key)
        if change.reflections:
            assert side(change.reflections, "gone") == (before.reflections if before else "")
            assert side(change.reflections, "added") == (after.reflections if after else "")
        steps = [each.step for each in change.steps if each.kind != "gone"]
        assert all(each in after.first_steps for each in steps)


def random_words(number: int, seed: int, kinds: int = 3000) -> list[str]:
    draw = random.Random(seed)  # noqa: S311
    return [f"w{draw.randrange(kinds)}" for _ in range(number)]


LONG = 100_000


@pytest.mark.slow
@pytest.mark.parametrize("apart", [" ", "\n", "\n\n"])
@pytest.mark.parametrize("kind", ["one word", "all other", "few words", "half"])
def test_a_hundred_thousand_words_take_a_few_seconds(plguide, apart, kind):
    kinds = 20 if kind == "few words" else 3000
    old = random_words(LONG, 1, kinds)
    new = random_words(LONG, 2, kinds) if kind in {"all other", "few words"} else list(old)
    if kind == "one word":
        new[LONG // 2] = "otherwise"
    if kind == "half":
        new[: LONG // 2] = random_words(LONG // 2, 3)
    old, new = (
        apart.join(" ".join(words[at : at + 12]) for at in range(0, LONG, 12))
        for words in (old, new)
    )
    began = time.process_time()
    found = data(plguide, answered("vision", old), answered("vision", new))
    assert time.process_time() - began < 10
    stretches = found[0]["reflections"]
    for name, text in (("gone", old), ("added", new)):
        both = [each["text"] for each in stretches if each["kind"] in {"same", name}]
        assert "".join(both) == text


@pytest.mark.parametrize("number", [300, 1000, 2400])
@pytest.mark.parametrize("kinds", [2, 300, 100_000])
def test_no_length_of_text_takes_long(number, kinds):
    old, new = (" ".join(random_words(number, seed, kinds)) for seed in (1, 2))
    began = time.process_time()
    compared(old, new)
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("old", "new"),
    [("." * 4000, "." * 4001), ("." * 2000, ".!" * 1000), ("| a " * 100, "| " * 200)],
)
def test_rows_of_dots_and_bars_take_no_longer(old, new):
    began = time.process_time()
    found = compared(old, new)
    assert time.process_time() - began < 1
    assert (side(found, "gone"), side(found, "added")) == (old, new)


# --- Steps ---

CALL, READ = step("Call the families", owner="Ana"), step("Read the study")


def test_a_new_step_and_one_that_is_gone_are_said():
    assert told((CALL,), (READ,)) == [("new", READ.text), ("gone", CALL.text)]


@pytest.mark.parametrize(
    ("fields", "details"),
    [
        ({"state": "done"}, [("state", "open", "done")]),
        ({"state": "dropped"}, [("state", "open", "dropped")]),
        ({"owner": "Cleo"}, [("owner", "Ana", "Cleo")]),
        ({"owner": ""}, [("owner", "Ana", "")]),
        ({"due": "2026-09-01"}, [("due", "", "2026-09-01")]),
        ({"resources": "time"}, [("resources", "", "time")]),
        ({"evidence": "a log"}, [("evidence", "", "a log")]),
        ({"notes": "more"}, [("notes", "", "more")]),
        ({"history": ("2026-07-01, done",)}, [("checked", "", "2026-07-01, done")]),
        (
            {"state": "done", "due": "2026-09-01", "history": ("a", "b")},
            [
                ("state", "open", "done"),
                ("due", "", "2026-09-01"),
                ("checked", "", "a"),
                ("checked", "", "b"),
            ],
        ),
    ],
)
def test_what_changed_about_a_step_is_said(fields, details):
    after = replaced(CALL, **fields)
    assert told((CALL, READ), (READ, after)) == [("changed", CALL.text, *details)]


def test_a_check_that_was_taken_out_is_said():
    before = replaced(CALL, history=("2026-07-01, done",))
    assert told((before,), (CALL,)) == [("changed", CALL.text, ("checked", "2026-07-01, done", ""))]


def test_a_reworded_step_is_one_step_with_its_words_marked():
    after = replaced(CALL, text="Call all the families")
    (change,) = changes(answered("vision", "", CALL), answered("vision", "", after))
    (found,) = change.steps
    assert found.kind == "changed"
    assert side(found.text, "gone") == CALL.text
    assert side(found.text, "added") == after.text
    assert [each.text.strip() for each in found.text if each.kind != "same"] == ["all"]


def test_another_order_of_steps_is_no_change():
    assert changes(answered("vision", "", CALL, READ), answered("vision", "", READ, CALL)) == ()


def test_of_two_steps_that_are_alike_the_one_that_changed_is_said():
    done = replaced(CALL, state="done")
    assert told((CALL, CALL), (done, CALL)) == [("changed", CALL.text, ("state", "open", "done"))]


# --- Questions ---


def test_questions_that_are_new_gone_or_reworded_are_said(plguide):
    old = answered("vision", "We see.")
    old = replaced(old, answers=tuple(each for each in old.answers if each.question != "impact"))
    new = answered("impact", "It helps.")
    new = replaced(new, answers=tuple(each for each in new.answers if each.question != "vision"))
    new = answered("evidence", "", sheet=new, wording="How do we know?")
    found = {each["question"]: each for each in data(plguide, old, new)}
    assert {key: each["kind"] for key, each in found.items()} == {
        "vision": "gone",
        "impact": "new",
        "evidence": "both",
    }
    assert found["evidence"]["worded_before"] == old.answer("evidence").wording
    assert list(found)[-1] == "vision"


def test_a_question_that_holds_nothing_is_no_change_when_it_comes_or_goes():
    fewer = replaced(BLANK, answers=BLANK.answers[:-1])
    assert changes(BLANK, fewer) == changes(fewer, BLANK) == ()


def test_numbers_are_those_of_the_newer_worksheet(plguide):
    (found,) = data(plguide, BLANK, answered(BLANK.answers[3].question, "New."))
    assert found["number"] == 4


# --- The page ---

OLD = replaced(
    answered("vision", "We meet on Mondays.\n\nNothing else.\n\nThere is no time.", CALL, READ),
    updated="2025-07-01T10:00",
)
NEW = replaced(
    answered(
        "vision",
        "We meet every day.\n\nNothing else.\n\nThere is no time.",
        replaced(CALL, state="done", history=("2026-01-01, done",)),
        step("Write to all", "2026-09-01", owner="Ben"),
    ),
    updated="2026-07-01T10:00",
)


def test_the_page_marks_words_and_says_what_became_of_steps(plguide):
    out = diff(plguide, OLD, NEW)
    assert out.startswith("# Coach: what changed\n")
    assert "From old.md (2025-07-01) to new.md (2026-07-01)" in out
    assert "Thinking changed in 1 question" in out
    assert "1 new, 1 done, 1 gone" in out
    plain = out.replace("\\", "")
    assert re.search(r"We meet ?\[-.*Mondays-\] ?\{\+.*every day\+\}\.", plain)
    assert "Nothing else" not in out
    items = re.findall(r"^- (.*)", plain, re.MULTILINE)
    assert items[0].startswith("**Done:** Call the families")
    assert "checked: 2026-01-01, done" in items[0]
    assert items[1].startswith("**New:** Write to all")
    assert "Ben · due 2026-09-01" in items[1]
    assert items[2].startswith("**Gone:** Read the study")


@pytest.mark.parametrize("shown", ["terminal", "markdown", "json"])
def test_without_a_change_it_says_so(plguide, shown):
    written(Path("old.md"), OLD)
    written(Path("new.md"), replaced(OLD, updated="2030-01-01"))
    done = plguide("diff", "old.md", "new.md", "--format", shown)
    assert (done.code, done.out) == (0, "[]\n" if shown == "json" else "")
    assert "has changed" in done.err


@pytest.mark.parametrize("missing", ["old.md", "new.md"])
def test_a_file_that_is_not_there_is_said(plguide, missing):
    written(Path("old.md"), OLD)
    written(Path("new.md"), NEW)
    Path(missing).unlink()
    done = plguide("diff", "old.md", "new.md")
    assert (done.code, done.out) == (4, "")
    assert missing in done.err


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("shown", ["terminal", "markdown", "json"])
def test_hostile_text_is_text_in_each_format(plguide, hostile, shown):
    old = answered("vision", f"{hostile} old", step(hostile), notes=hostile)
    changed = step(f"{hostile} x", owner=hostile, due=hostile, history=(hostile,), notes=hostile)
    new = answered("vision", f"{hostile} new\n{hostile}", changed, wording=hostile)
    new = replaced(new, title=hostile)
    out = diff(plguide, old, new, "--format", shown)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", out)
    if shown != "json":
        assert not re.search(r"[\x80-\x9f\u202e]", out)
    if shown == "markdown":
        assert "<" not in out.replace("\\<", "")
        headings = re.findall(r"^#+ ", out, re.MULTILINE)
        assert headings == ["# ", "## ", "### ", "### ", "### "]
        assert not re.search(r"^(```|- \[)", out, re.MULTILINE)
