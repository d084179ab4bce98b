"""A first step typed in one line: who, by when, and what is left as the text."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pl_guide.worksheet.due_dates import WEEKDAYS, parse_due
from pl_guide.worksheet.model import FirstStep
from pl_guide.worksheet.step_line import parse_step_line
from support.examples import examples

WEDNESDAY = date(2026, 7, 15)
TEAM = ("Ana", "Ana Lopez", "Ben", "Dana O'Neil")


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("2026-09-01", "2026-09-01"),
        ("2024-02-29", "2024-02-29"),
        ("today", "2026-07-15"),
        ("tomorrow", "2026-07-16"),
        (" Tomorrow ", "2026-07-16"),
        ("thursday", "2026-07-16"),
        ("friday", "2026-07-17"),
        ("FRI", "2026-07-17"),
        ("next friday", "2026-07-17"),
        ("tuesday", "2026-07-21"),
        ("sat", "2026-07-18"),
        ("wednesday", "2026-07-22"),
        ("+1d", "2026-07-16"),
        ("3 days", "2026-07-18"),
        ("in 10 days", "2026-07-25"),
        ("1 day", "2026-07-16"),
        ("+2w", "2026-07-29"),
        ("2w", "2026-07-29"),
        ("in 1 week", "2026-07-22"),
        ("+1m", "2026-08-15"),
        ("6 months", "2027-01-15"),
        ("Dec 15", "2026-12-15"),
        ("15 december", "2026-12-15"),
        ("July 14", "2027-07-14"),
        ("jul 15", "2026-07-15"),
        ("March 3, 2028", "2028-03-03"),
    ],
)
def test_a_due_date_is_understood_as_it_is_said_on_a_wednesday(said, due):
    assert parse_due(said, WEDNESDAY) == due


@pytest.mark.parametrize(
    "said",
    [
        "", " ", "soon", "2026-13-01", "2026-02-30", "1.9.2026", "9/1", "fr", "mo", "week", "+w",
        "-2w", "2 years", "next", "3/4", "dec", "ma 3", "feb 30", "day",
        "friday evening", "frida y", "+2w later",
        "99999d", "fridays", "in", "tomorrow!", "next s",
    ],
)  # fmt: skip
def test_what_is_no_date_is_not_taken_for_one(said):
    assert parse_due(said, WEDNESDAY) is None


@pytest.mark.parametrize(
    ("today", "said", "due"),
    [
        (date(2026, 1, 31), "+1m", "2026-02-28"),
        (date(2028, 1, 31), "+1m", "2028-02-29"),
        (date(2026, 3, 31), "+1m", "2026-04-30"),
        (date(2026, 12, 31), "+2m", "2027-02-28"),
        (date(2026, 11, 30), "+1m", "2026-12-30"),
        (date(2026, 12, 1), "+12m", "2027-12-01"),
    ],
)
def test_months_ahead_end_within_the_month_they_lead_to(today, said, due):
    assert parse_due(said, today) == due


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(WEEKDAYS))
@settings(max_examples=examples(100))
def test_a_weekday_is_the_next_one_that_comes_and_never_today(today, name):
    due = date.fromisoformat(parse_due(name, today))
    assert WEEKDAYS[due.weekday()] == name
    assert 1 <= (due - today).days <= 7


@given(st.text(max_size=12), st.dates(max_value=date(2500, 1, 1)))
@settings(max_examples=examples(300))
def test_whatever_is_typed_as_a_date_gives_a_date_or_nothing(said, today):
    due = parse_due(said, today)
    assert due is None or date.fromisoformat(due)


def read(line: str, names: tuple[str, ...] = TEAM) -> tuple[str, str, str] | None:
    found = parse_step_line(line, names, WEDNESDAY)
    return found and (found.text, found.owner, found.due)


@pytest.mark.parametrize(
    ("line", "step"),
    [
        ("Call the school", ("Call the school", "", "")),
        ("Call @Ben", ("Call", "Ben", "")),
        ("@Ben call", ("call", "Ben", "")),
        ("Call @ben due:friday", ("Call", "Ben", "2026-07-17")),
        ("Call due:2026-09-01 @Ben now", ("Call Ben now", "Ben", "2026-09-01")),
        ("Call @Zoe", ("Call", "Zoe", "")),
        ("Call @Zoe, then write", ("Call Zoe, then write", "Zoe", "")),
        ('Call @"Zoe Miller" soon', ("Call Zoe Miller soon", "Zoe Miller", "")),
        ("Call @Ana Lopez soon", ("Call Ana Lopez soon", "Ana Lopez", "")),
        ("Call @ana lopez soon", ("Call ana lopez soon", "Ana Lopez", "")),
        ("Call @Ana soon", ("Call Ana soon", "Ana", "")),
        ("Call @Dana", ("Call", "Dana O'Neil", "")),
        ("Call @Dana O'Neil", ("Call", "Dana O'Neil", "")),
        ("Call @dan", ("Call", "Dana O'Neil", "")),
        ("Call @Ben @Zoe", ("Call", "Ben, Zoe", "")),
        ("Call @Anatol", ("Call", "Anatol", "")),
        ("Call due:+2w", ("Call", "", "2026-07-29")),
        ("Call DUE:tomorrow", ("Call", "", "2026-07-16")),
        ("Call due: friday", ("Call", "", "2026-07-17")),
        ('Call due:"3 days" gladly', ("Call gladly", "", "2026-07-18")),
        ('Call due:"next friday"', ("Call", "", "2026-07-17")),
        ('Call due:"Dec 15"', ("Call", "", "2026-12-15")),
        ("Ask @Ben about the budget", ("Ask Ben about the budget", "Ben", "")),
        ("Write to @Ben due:friday", ("Write to Ben", "Ben", "2026-07-17")),
        ("Write to @Ben's team", ("Write to Ben's team", "Ben", "")),
        ('Visit @Ben and @"Zoe M"', ("Visit Ben and Zoe M", "Ben, Zoe M", "")),
        ("Call due:friday or due:monday", ("Call or due:monday", "", "2026-07-17")),
    ],
)
def test_a_step_with_its_owner_and_date_is_read_from_one_line(line, step):
    assert read(line) == step


@pytest.mark.parametrize(
    "line",
    [
        "Write to ana@school.org",
        "Write to dana.oneil@north.example, then wait",
        "Clear what is overdue:friday",
        "Ask when it is due: soon",
        "Find out what is due:",
        "Read it due:whenever",
        "Meet @ noon",
        "Decide who @?",
        "Decide who @... and when",
        "Ask (@Ben) gently",
        "Make 50% due",
    ],
)
def test_what_is_neither_owner_nor_date_stays_in_the_text(line):
    assert read(line) == (line, "", "")


def test_a_sign_that_names_nobody_does_not_become_the_only_member_of_the_team():
    assert read("Decide who @?", ("Ana",)) == ("Decide who @?", "", "")


def test_a_beginning_that_fits_two_of_the_team_is_kept_as_it_was_typed():
    assert read("Call @d", ("Dana", "Dora")) == ("Call", "d", "")


def test_a_date_is_taken_out_where_it_stands_and_not_from_the_word_it_ends():
    line = "Clear what is overdue:friday due:friday"
    assert read(line) == ("Clear what is overdue:friday", "", "2026-07-17")


@pytest.mark.parametrize(
    "line", ["@Ben", "due:friday", "@Ben due:friday", '@"Zoe Miller"', "  @Ana "]
)
def test_a_line_of_marks_alone_is_kept_as_a_step_as_it_was_typed(line):
    assert parse_step_line(line, TEAM, WEDNESDAY) == FirstStep(text=line.strip())


@pytest.mark.parametrize("line", ["", " ", "\t", "\n"])
def test_an_empty_line_is_no_step(line):
    assert parse_step_line(line, TEAM, WEDNESDAY) is None


WORDS = ("call", "ana@x.org", "@Ben", '@"Zoe M"', "@Ana", "due:friday", "due:x", "write,")


@given(st.lists(st.sampled_from(WORDS), max_size=6))
@settings(max_examples=examples(200))
def test_every_word_typed_is_in_the_step_somewhere(parts):
    found = parse_step_line(" ".join(parts), TEAM, WEDNESDAY)
    assert (found is None) == (not parts)
    if found:
        said = f"{found.text} {found.owner}"
        for part in parts:
            assert part.removeprefix("@").strip('"') in said or (part == "due:friday" and found.due)


@given(st.text(max_size=30), st.lists(st.text(min_size=1, max_size=5), max_size=3).map(tuple))
@settings(max_examples=examples(300))
def test_whatever_is_typed_becomes_a_tidy_step_or_nothing(line, names):
    found = parse_step_line(line, names, WEDNESDAY)
    if found:
        assert found.text.strip()
        assert "\n" not in found.text
