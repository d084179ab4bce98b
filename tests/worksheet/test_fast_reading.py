"""Reading fast what is just as it was written gives what the full reader gives."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pl_guide.errors import WorksheetError
from pl_guide.records import replaced
from pl_guide.worksheet.format import markdown
from pl_guide.worksheet.format.front_matter import parse_front_matter
from pl_guide.worksheet.format.markdown import KEYS, format_worksheet, parse_worksheet
from pl_guide.worksheet.format.versions import VERSION_KEY
from pl_guide.worksheet.model import FirstStep, Worksheet
from support.coach_files import BLANK, answered
from support.examples import examples
from support.worksheets import filled_lines, worksheets
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
plain_worksheets = st.builds(
    lambda found, people, extra: replaced(
        answered("vision", "We *see* it.\n\n- so", *found), participants=tuple(people), extra=extra
    ),
    st.lists(st.one_of(plain_steps, any_steps), max_size=4),
    st.lists(plain, max_size=3),
    st.sampled_from(("", "mood: good", "# a remark")),
)
written = st.one_of(plain_worksheets, worksheets).map(format_worksheet)

# What editors, hands and other programs do to a text.
BITS = (
    "- [ ] ", "- [x] ", "- [X] ", "- [-] ", "* [ ] ", "1. ", "    - Owner: ", "  - Owner: ",
    "    - owner: ", "    - Due:", "    - Checked: ", "    - **Due:** ", "    ", "\t", " ",
    "\n", "\n\n", "\\", "<b>", "Owner: ", "\x0c", "\u2028", "\x85", "\xa0", "\ufeff", "\x1c",
    "[ ]", "-", ":", '"', "'", "#", " #", "---", "title: ", "participants:", "  - ", "- ",
    "  -", "role: ", f"{VERSION_KEY}: 1", "1", "01", "٣", "²", "0x1", "1_0", "1.5", "~", "null",
    "Yes", "off", "&a ", "*a", "!!str ", "|", ">", "{", "[a]", "? ", "key: value", "é", "👩‍🏫",
    "=", "<<: ", ".", "%", "@", "`", ",", "<!-- notes: coach/vision -->", "<!-- x: y -->",
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


def read(text: str) -> Worksheet | str:
    try:
        return parse_worksheet(text)
    except WorksheetError as error:
        return repr(error)


def slowly(text: str) -> Worksheet | str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "front_matter_as_written", lambda *_: None)
        patch.setattr(markdown, "answers_as_written", lambda *_: None)
        return read(text)


def with_steps(rows: str) -> str:
    return format_worksheet(answered("vision", "", FirstStep(text="x"))).replace("- [ ] x", rows)


def with_front_matter(rows: str) -> str:
    return format_worksheet(BLANK).replace("title: Coach\n", f"{rows}\n")


@given(changed(written))
@example(with_steps("- [ ] Call\n    - Owner: Ana\n    - Owner: Ben"))
@example(with_steps("\n\n- [x] Call\n\n- [-] Read\n"))
@example(with_steps("    - Owner: Ana"))
@example(with_steps("- [ ] \x1c"))
@example(with_steps("stray"))
@example(with_steps("- [ ]"))
@example(with_steps("- [ ] a\nstray"))
@example(with_front_matter("title: 1٣"))
@example(with_front_matter("title: yes\nedition: Null"))
@example(with_front_matter("title:\n  - a\nedition:"))
@example(with_front_matter("title: a\ntitle: b"))
@example(with_front_matter('title: "a # b"'))
@often
def test_a_worksheet_is_the_same_read_fast_or_slowly(text):
    assert read(text) == slowly(text)


@given(changed(written.map(lambda text: text.split("---\n")[1].rstrip("\n"))))
@often
def test_values_of_front_matter_are_of_the_same_kind_read_fast_or_slowly(text):
    fast = markdown.front_matter_as_written(text, KEYS)
    if fast is not None:
        # 1 and True, 1 and 1.0 are equal, and not the same.
        assert repr((fast, "")) == repr(parse_front_matter(text, KEYS))


@given(st.lists(plain_steps, min_size=1, max_size=3), st.lists(plain, max_size=3))
@settings(deadline=None, max_examples=examples(30))
def test_a_worksheet_as_it_is_written_is_read_fast(found, people):
    sheet = replaced(answered("vision", "Much.", *found), participants=tuple(people))
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(markdown, "parse_front_matter")
        patch.delattr(markdown, "with_parts")
        assert parse_worksheet(format_worksheet(sheet)) == sheet


@given(filled_lines)
@settings(deadline=None, max_examples=examples(100))
def test_a_step_of_any_words_is_the_same_read_fast_or_slowly(line):
    text = format_worksheet(answered("vision", "", FirstStep(text=line, owner=line)))
    assert read(text) == slowly(text)
