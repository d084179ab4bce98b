"""Reading fast what stands as it was written gives what reading it slowly gives."""

from collections.abc import Callable
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pl_guide.worksheet.format import front_matter, steps
from pl_guide.worksheet.format.front_matter import parse_front_matter, split_front_matter
from pl_guide.worksheet.format.markdown import KEYS, VERSION_KEY, format_worksheet
from pl_guide.worksheet.format.steps import format_steps, parse_steps
from pl_guide.worksheet.model import FirstStep, Worksheet
from support.examples import examples
from support.worksheets import filled_lines, texts, worksheets
from support.worksheets import steps as any_steps

often = settings(deadline=None, max_examples=examples(400), suppress_health_check=list(HealthCheck))

plain = st.sampled_from(("Call Ana", "O'Brien (dean)", "2026-09-01", "a: b", "x", "é ü", "yes"))
plain_steps = st.builds(
    FirstStep,
    text=plain,
    state=st.sampled_from(("open", "done", "dropped")),
    owner=st.one_of(st.just(""), plain),
    due=st.one_of(st.just(""), plain),
    evidence=st.one_of(st.just(""), plain),
    history=st.lists(plain, max_size=2).map(tuple),
)
written_steps = st.lists(st.one_of(plain_steps, any_steps), max_size=4).map(
    lambda found: format_steps(tuple(found))
)
plain_worksheets = st.builds(
    Worksheet,
    framework=plain,
    role=plain,
    title=plain,
    edition=plain,
    participants=st.lists(plain, max_size=3).map(tuple),
    updated=plain,
    extra=st.sampled_from(("", "mood: good", "# a remark")),
)
written_front = st.one_of(plain_worksheets, worksheets).map(
    lambda sheet: split_front_matter(format_worksheet(sheet))[0]
)

# What editors, hands and other programs do to a text.
BITS = (
    "- [ ] ", "- [x] ", "- [X] ", "- [-] ", "* [ ] ", "1. ", "    - Owner: ", "  - Owner: ",
    "    - owner: ", "    - Due:", "    - Checked: ", "    - **Due:** ", "    ", "\t", " ",
    "\n", "\n\n", "\\", "<b>", "Owner: ", "\x0c", "\u2028", "\x85", "\xa0", "\ufeff", "\x1c",
    "[ ]", "-", ":", '"', "'", "#", " #", "---", "title: ", "participants:", "  - ", "- ",
    "  -", "role: ", f"{VERSION_KEY}: 1", "1", "01", "٣", "²", "0x1", "1_0", "1.5", "~", "null",
    "Yes", "off", "&a ", "*a", "!!str ", "|", ">", "{", "[a]", "? ", "key: value", "é", "👩‍🏫",
    "=", "<<: ", ".", "%", "@", "`", ",",
)  # fmt: skip


@st.composite
def changed(draw: Callable, whole: st.SearchStrategy[str]) -> str:
    """Draw a text and change a few places in it."""
    text = draw(whole)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        gone = draw(st.integers(0, 3))
        bit = draw(st.one_of(st.sampled_from(BITS), st.text(max_size=2)))
        text = text[:at] + bit + text[at + gone :]
    return text


def slowly(module: object, read: Callable[[], object]) -> object:
    with patch.object(module, "parse_written", lambda *_: None):
        return read()


@given(st.one_of(changed(written_steps), texts, st.lists(st.sampled_from(BITS)).map("".join)))
@example("- [ ] Call\n    - Owner: Ana\n    - Owner: Ben")
@example("\n\n- [x] Call\n\n- [-] Read\n")
@example("    - Owner: Ana")
@example("- [ ] \x1c")
@often
def test_steps_are_the_same_read_fast_or_slowly(text):
    assert parse_steps(text) == slowly(steps, lambda: parse_steps(text))


@given(
    st.one_of(changed(written_front), texts, st.lists(st.sampled_from(BITS)).map("".join)),
    st.sampled_from((KEYS, {VERSION_KEY, "role"})),
)
@example(f"{VERSION_KEY}: 1٣\nrole: coach", KEYS)
@example("title: yes\nrole: Null", KEYS)
@example("title:\n  - a\nrole:", KEYS)
@example("title: a\ntitle: b", KEYS)
@example('title: "a # b"\nrole: x', KEYS)
@example("", KEYS)
@often
def test_front_matter_is_the_same_read_fast_or_slowly(text, known):
    fast = parse_front_matter(text, known)
    slow = slowly(front_matter, lambda: parse_front_matter(text, known))
    assert fast == slow
    assert repr(fast) == repr(slow)  # 1 and True, 1 and 1.0 are equal, and not the same.


@given(st.lists(plain_steps, min_size=1, max_size=3))
@settings(deadline=None, max_examples=examples(30))
def test_steps_as_they_are_written_are_read_fast(found):
    assert steps.parse_written(format_steps(tuple(found))) == tuple(found)


def test_front_matter_as_it_is_written_is_read_fast():
    sheet = Worksheet(
        framework="our-way", role="coach", title="Coach", participants=("Ana", "7 others: all")
    )
    text = split_front_matter(format_worksheet(sheet))[0]
    with patch.object(front_matter, "parse_yaml", side_effect=AssertionError("read slowly")):
        values, extra = parse_front_matter(text, KEYS)
    assert (values["participants"], extra) == (["Ana", "7 others: all"], "")


@given(filled_lines)
@settings(deadline=None, max_examples=examples(100))
def test_a_step_of_any_words_is_the_same_read_fast_or_slowly(line):
    text = format_steps((FirstStep(text=line, owner=line, history=(line,)),))
    assert parse_steps(text) == slowly(steps, lambda: parse_steps(text))


@pytest.mark.parametrize("text", ["", "\n", "   ", "stray", "- [ ]", "- [ ] a\nstray"])
def test_texts_at_the_edge_are_the_same_read_fast_or_slowly(text):
    assert parse_steps(text) == slowly(steps, lambda: parse_steps(text))
