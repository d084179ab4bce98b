"""Checking in on first steps: a scripted person answers, and a keeper in memory keeps."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pl_guide.errors import CannotWrite, WorksheetError
from pl_guide.records import replaced
from pl_guide.session.check_in import (
    CheckInSession,
    StepToCheck,
    described,
    evidence_field,
    steps_to_check,
)
from pl_guide.session.protocol import Prompt, Reply
from pl_guide.worksheet.check_in_lines import CheckIn, checked
from pl_guide.worksheet.format.markdown import format_worksheet, parse_worksheet
from pl_guide.worksheet.model import Answer, Draft, FirstStep, Worksheet, tidy_line, tidy_text
from pl_guide.worksheet.three_way import Merged, merge_versions
from support.coach_files import BLANK, HOSTILE, LIBRARY, TODAY, answered, day, step, written
from support.examples import examples
from support.program import Plguide
from support.worksheets import filled_lines, texts

ON = TODAY.isoformat()
BACK = ""
LEAVE = None


def move(name: str, text: str | None = None) -> Callable[[Prompt], Reply]:
    """Leave the field some way, with this text in it, or with what is there already."""
    return lambda prompt: Reply(name, prompt.text if text is None else text)


class Script:
    """A person who answers from a list: choices by their value, texts accepted as they are."""

    def __init__(self, *replies: str | Callable[..., Reply] | None) -> None:
        self.replies = list(replies)
        self.prompts: list[Prompt] = []
        self.choices: list[str] = []
        self.told: list[str] = []
        self.log: list[str] = []
        self.failures: list[tuple[WorksheetError, str]] = []
        self.sitting: Sitting | None = None

    def choose(self, message: str, options: list[tuple[str, str]]) -> str | None:
        self.choices.append(message)
        self.log.append(message)
        reply = self._next()
        assert reply in {BACK, LEAVE} or reply in dict(options)
        return reply

    def ask_text(self, prompt: Prompt) -> Reply:
        self.prompts.append(prompt)
        self.log.append(prompt.label)
        reply = self._next()
        if not callable(reply):
            return Reply("accept", reply)
        return reply(prompt, self.sitting) if reply.__code__.co_argcount == 2 else reply(prompt)

    def ask_elsewhere(self, error: WorksheetError, unsaved: str) -> Reply:
        self.failures.append((error, unsaved))
        self.log.append("elsewhere")
        reply = self._next()
        return Reply("leave") if reply is None else Reply("accept", reply)

    def tell(self, text: str) -> None:
        self.told.append(text)

    def _next(self):
        assert self.replies, f"it asks on: {self.log}"
        return self.replies.pop(0)


class Shelf:
    """A keeper in memory; `meanwhile` changes what is kept before a save, as others would."""

    def __init__(self, log: list[str], kept: Worksheet) -> None:
        self.log = log
        self.kept = self.seen = kept
        self.place = "here.md"
        self.full: set[str] = set()
        self.meanwhile: list[Callable[[Worksheet], Worksheet]] = []
        self.cleared: list[tuple[str, str]] = []

    def save(self, worksheet: Worksheet) -> tuple[Worksheet, Merged | None]:
        if self.place in self.full:
            raise CannotWrite(self.place, "no space left on device")
        if self.meanwhile:
            self.kept = self.meanwhile.pop(0)(self.kept)
        merged = None
        if self.kept != self.seen:
            merged = merge_versions(self.seen, worksheet, self.kept)
            worksheet = merged.worksheet
        self.kept = self.seen = parse_worksheet(format_worksheet(worksheet))
        assert self.kept == worksheet
        self.log.append("saved")
        return worksheet, merged

    def move(self, path: str) -> None:
        self.place = path

    def clear_draft(self, question: str, field: str) -> None:
        self.cleared.append((question, field))


class Sitting:
    """A check-in on the steps under one question, with its script and its shelf."""

    def __init__(self, steps: tuple[FirstStep, ...], *replies: object, **options: object) -> None:
        self.sheet = options.pop("sheet", None) or answered("vision", "", *steps)
        self.script = Script(*replies)
        self.script.sitting = self
        self.shelf = Shelf(self.script.log, self.sheet)
        self.session = CheckInSession(
            self.sheet,
            [StepToCheck("vision", each) for each in steps],
            self.script,
            self.shelf,
            today=options.pop("today", TODAY),
            now=lambda: "2026-07-15T10:00",
            terms=LIBRARY.framework.terms,
            **options,
        )

    def run(self) -> "Sitting":
        self.finished = self.session.run()
        assert self.script.replies == [], f"it ended early: {self.script.log}"
        return self

    @property
    def steps(self) -> tuple[FirstStep, ...]:
        return self.shelf.kept.answer("vision").first_steps

    @property
    def histories(self) -> list[tuple[str, ...]]:
        return [each.history for each in self.steps]


CALL, READ = step("Call", -3, owner="Ana"), step("Read", 5)


# --- What is written under a step ---


@pytest.mark.parametrize(
    ("replies", "state", "due", "line"),
    [
        (("done", "All came.", "adopt"), "done", -3, "done, adopt: All came."),
        (("done", "", "none"), "done", -3, "done"),
        (("open", "Two came.", "adapt", "+2w"), "open", 14, None),
        (("open", "", "none", ""), "open", -3, "still open"),
        (("open", "Begun.", "adopt", ""), "open", -3, "still open, adopt: Begun."),
        (("dropped", "No time.", "abandon"), "dropped", -3, "dropped, abandon: No time."),
        (("dropped", "", "none"), "dropped", -3, "dropped"),
        (("done", "a\n\nb  c\n", "none"), "done", -3, "done: a b c"),
    ],
)
def test_what_is_said_is_under_the_step_as_one_dated_line(replies, state, due, line):
    done = Sitting((CALL,), *replies).run()
    line = line or f"still open, adapt, due moved from {day(-3)} to {day(14)}: Two came."
    assert done.finished
    assert done.steps == (replaced(CALL, state=state, due=day(due), history=(f"{ON}, {line}",)),)
    assert done.shelf.kept.updated == "2026-07-15T10:00"


def test_a_step_without_a_date_gets_one():
    done = Sitting((step("Call"),), "open", "", "none", "2026-09-01").run()
    assert done.steps[0].due == "2026-09-01"
    assert done.histories == [(f"{ON}, still open, due 2026-09-01",)]


def test_the_history_of_several_check_ins_is_kept():
    found = (CALL,)
    for number, due in enumerate(("", "+1w", "")):
        found = (
            Sitting(found, "open", f"Visit {number}.", "none", due, today=date(2026, 7, 1 + number))
            .run()
            .steps
        )
    found = Sitting(found, "done", "It shows.", "adopt").run().steps
    assert found[0].history == (
        "2026-07-01, still open: Visit 0.",
        f"2026-07-02, still open, due moved from {day(-3)} to 2026-07-09: Visit 1.",
        "2026-07-03, still open: Visit 2.",
        f"{ON}, done, adopt: It shows.",
    )


def test_each_answer_is_saved_before_the_next_is_asked_for():
    done = Sitting((CALL, READ), "open", "Two came.", "adapt", "+2w", "done", "Yes.", "none").run()
    log = done.script.log
    asked = (
        "What do you see so far?",
        "What next?",
        "A new due date? Enter alone keeps it as it is.",
    )
    for each in asked:
        assert log[log.index(each) - 1] == "saved", log


def test_not_now_leaves_a_step_untouched():
    done = Sitting((CALL, READ), "skip", "done", "", "none").run()
    assert done.steps[0] == CALL
    assert done.steps[1].state == "done"
    assert done.finished


def test_nothing_said_at_all_saves_nothing():
    done = Sitting((CALL, READ), "skip", "skip").run()
    assert "saved" not in done.script.log
    assert done.shelf.kept == done.sheet


def test_steps_that_are_alike_each_get_their_own_line():
    done = Sitting((CALL, CALL), "done", "One.", "none", "dropped", "Two.", "none").run()
    assert [(each.state, each.history) for each in done.steps] == [
        ("done", (f"{ON}, done: One.",)),
        ("dropped", (f"{ON}, dropped: Two.",)),
    ]


def test_all_else_in_the_worksheet_stays_as_it_was():
    sheet = replaced(answered("vision", "We see.", CALL), preface="Ours.", extra="mood: good")
    done = Sitting((CALL,), "done", "Yes.", "none", sheet=sheet).run()
    after = replaced(done.shelf.kept, updated=sheet.updated)
    assert after.with_answer(sheet.answer("vision")) == sheet


# --- Back, and again ---


def test_going_back_to_the_outcome_changes_the_line_instead_of_adding_one():
    done = Sitting(
        (CALL,), "done", "Yes.", BACK, move("back", "Yes."), "open", "No.", "none", ""
    ).run()
    assert done.histories == [(f"{ON}, still open: No.",)]
    assert done.steps[0].state == "open"


def test_going_back_to_the_step_before_changes_its_line():
    done = Sitting(
        (CALL, READ), "done", "Yes.", "adopt", BACK, "open", "Not quite.", "none", "+1w", "skip"
    ).run()
    moved = f"due moved from {day(-3)} to {day(7)}"
    assert done.histories == [(f"{ON}, still open, {moved}: Not quite.",), ()]
    assert done.steps[0].state == "open"


def test_going_back_finds_what_was_said_in_its_field():
    done = Sitting(
        (CALL, READ), "done", "Yes.", "none", BACK, "done", move("accept"), "none", "skip"
    )
    done.run()
    assert [each.text for each in done.script.prompts] == ["", "Yes."]
    assert done.histories[0] == (f"{ON}, done: Yes.",)


def test_evidence_that_was_begun_is_there_after_going_back_for_another_outcome():
    done = Sitting((CALL,), "done", move("back", "half a th"), "open", move("accept"), "none", "")
    done.run()
    assert done.histories == [(f"{ON}, still open: half a th",)]


def test_going_back_from_the_date_asks_what_next_again():
    done = Sitting((CALL,), "open", "", "adopt", move("back"), "adapt", "+1w").run()
    assert done.steps[0].due == day(7)
    assert done.histories == [(f"{ON}, still open, adapt, due moved from {day(-3)} to {day(7)}",)]


def test_going_back_before_the_first_step_stays_at_it():
    done = Sitting((CALL,), BACK, BACK, "done", "", "none").run()
    assert done.histories == [(f"{ON}, done",)]


def test_not_now_after_going_back_takes_back_what_was_said():
    done = Sitting((CALL,), "done", "Oops.", BACK, move("back", "Oops."), "skip").run()
    assert done.steps == (CALL,)


def test_a_step_that_is_done_after_all_keeps_no_trace_of_what_was_said_before():
    done = Sitting(
        (CALL, READ), "open", "Begun.", "adapt", "+1w", BACK, "done", "Yes.", "none", "skip"
    ).run()
    assert done.steps[0] == replaced(CALL, state="done", history=(f"{ON}, done: Yes.",))


# --- Dates ---


@pytest.mark.parametrize("said", ["someday", "2026-02-30", "1.9.2026"])
def test_a_date_that_is_none_is_asked_for_again_with_what_was_typed(said):
    done = Sitting((CALL,), "open", "", "none", said, "2026-09-01").run()
    assert any(f"“{said}” isn't a date I know." in each for each in done.script.told)
    assert done.script.prompts[-1].text == said
    assert done.steps[0].due == "2026-09-01"
    assert len(done.histories[0]) == 1


@pytest.mark.parametrize("end", ["", move("skip")])
def test_no_new_date_keeps_the_old_one(end):
    done = Sitting((CALL,), "open", "", "none", end).run()
    assert done.steps[0].due == CALL.due
    assert done.histories == [(f"{ON}, still open",)]


def test_the_same_date_again_is_no_move():
    done = Sitting((CALL,), "open", "", "none", CALL.due).run()
    assert done.histories == [(f"{ON}, still open",)]


# --- Leaving ---


@pytest.mark.parametrize(
    ("replies", "line"),
    [
        ((LEAVE,), None),
        (("done", move("leave", "Half a")), "done: Half a"),
        (("done", move("leave", "")), "done"),
        (("done", "All.", LEAVE), "done: All."),
        (("open", "All.", "adapt", move("leave", "")), "still open, adapt: All."),
    ],
)
def test_leaving_at_any_prompt_keeps_what_was_said(replies, line):
    done = Sitting((CALL, READ), *replies).run()
    assert not done.finished
    assert done.histories == [(f"{ON}, {line}",) if line else (), ()]


def test_leaving_with_a_new_date_in_its_field_keeps_it():
    done = Sitting((CALL,), "open", "", "none", move("leave", "+1w")).run()
    assert not done.finished
    assert done.steps[0].due == day(7)


def test_leaving_with_a_date_that_is_none_keeps_the_words():
    done = Sitting((CALL,), "open", "", "none", move("leave", "after Easter")).run()
    assert not done.finished
    kept = "after Easter" in format_worksheet(done.shelf.kept)
    assert kept or ("vision", "due") not in done.shelf.cleared


def test_skipping_the_evidence_keeps_the_outcome_and_goes_on_to_the_next_step():
    done = Sitting((CALL, READ), "done", move("skip", ""), "skip").run()
    assert done.histories[0] == (f"{ON}, done",)


# --- Drafts ---


def test_evidence_that_a_session_could_not_save_is_back_in_its_field():
    drafts = (Draft("vision", evidence_field(READ), "Half a th"),)
    done = Sitting((CALL, READ), "skip", "done", move("accept"), "none", drafts=drafts).run()
    assert done.histories[1] == (f"{ON}, done: Half a th",)
    assert ("vision", evidence_field(READ)) in done.shelf.cleared


def test_a_draft_is_let_go_only_when_its_text_is_saved():
    drafts = (Draft("vision", evidence_field(CALL), "Half a th"),)
    done = Sitting((CALL,), "skip", drafts=drafts).run()
    assert done.shelf.cleared == []


# --- Others write meanwhile ---


def changing(**fields: object) -> Callable[[Worksheet], Worksheet]:
    """Let someone else change the first step."""

    def change(sheet: Worksheet) -> Worksheet:
        answer = sheet.answer("vision")
        first, *others = answer.first_steps
        return sheet.with_answer(replaced(answer, first_steps=(replaced(first, **fields), *others)))

    return change


def meanwhile(change: Callable[[Worksheet], Worksheet], *replies: object) -> Sitting:
    done = Sitting((CALL,), *replies)
    done.shelf.meanwhile.append(change)
    return done.run()


def test_an_owner_that_changed_meanwhile_stays_changed_and_one_line_is_added():
    done = meanwhile(changing(owner="Cleo"), "open", "Two came.", "adapt", "+1w")
    moved = f"due moved from {day(-3)} to {day(7)}"
    assert done.steps == (
        replaced(
            CALL,
            owner="Cleo",
            due=day(7),
            history=(f"{ON}, still open, adapt, {moved}: Two came.",),
        ),
    )


def test_a_step_that_was_reworded_meanwhile_loses_nothing():
    done = meanwhile(changing(text="Call them all"), "done", "All came.", "adopt")
    assert "Call them all" in [each.text for each in done.steps]
    (line,) = (line for each in done.steps for line in each.history)
    assert line == f"{ON}, done, adopt: All came."


def test_a_step_that_was_removed_meanwhile_is_there_with_what_was_said():
    done = meanwhile(
        lambda sheet: sheet.with_answer(replaced(sheet.answer("vision"), first_steps=())),
        "done",
        "All came.",
        "adopt",
    )
    assert done.histories == [(f"{ON}, done, adopt: All came.",)]


def test_a_step_that_someone_else_checked_meanwhile_has_both_lines():
    theirs = f"{ON}, done: They all came."
    done = meanwhile(changing(state="done", history=(theirs,)), "open", "Two came.", "none", "")
    lines = [line for each in done.steps for line in each.history]
    assert sorted(lines) == [theirs, f"{ON}, still open: Two came."]


def test_a_worksheet_that_changed_before_the_first_answer_takes_the_answer():
    done = Sitting((CALL,), "done", "All came.", "none")
    done.session.worksheet = changing(owner="Cleo", due=day(30))(done.session.worksheet)
    done.shelf.kept = done.shelf.seen = done.session.worksheet
    done.run()
    assert done.steps == (
        replaced(
            CALL, owner="Cleo", due=day(30), state="done", history=(f"{ON}, done: All came.",)
        ),
    )


def test_words_that_others_wrote_elsewhere_are_kept():
    done = meanwhile(
        lambda sheet: answered("impact", "Theirs.", sheet=sheet), "done", "All came.", "none"
    )
    assert done.shelf.kept.answer("impact").reflections == "Theirs."
    assert done.histories == [(f"{ON}, done: All came.",)]


# --- Where it can't be saved ---


def filling(text: str) -> Callable[[Prompt, Sitting], Reply]:
    """Accept a text in the moment in which the disk becomes full."""
    return lambda prompt, sitting: sitting.shelf.full.add("here.md") or Reply("accept", text)


def test_a_save_that_fails_offers_another_file_and_goes_on_there():
    done = Sitting((CALL,), "done", filling("All came."), "", "other.md", "adopt")
    done.run()
    assert all("All came." in unsaved for _, unsaved in done.script.failures)
    assert len(done.script.failures) == 2
    assert done.shelf.place == "other.md"
    assert done.histories == [(f"{ON}, done, adopt: All came.",)]


def test_leaving_where_nothing_can_be_saved_is_an_error_with_the_words_shown():
    done = Sitting((CALL,), "done", filling("All came."), LEAVE)
    with pytest.raises(CannotWrite):
        done.session.run()
    assert "All came." in done.script.failures[0][1]


# --- The line itself ---


@given(
    filled_lines,
    st.builds(
        CheckIn,
        on=st.just(ON),
        outcome=st.sampled_from(("done", "open", "dropped")),
        evidence=texts,
        decision=st.sampled_from(("", "adopt", "adapt", "abandon")),
        due=st.sampled_from(("", "2026-09-01")),
    ),
)
@settings(deadline=None, max_examples=examples(300))
def test_whatever_the_evidence_says_the_step_is_read_back_with_one_line_more(text, found):
    before = step(text, 1, history=("2026-01-01, still open",))
    after = checked(before, found)
    sheet = answered("vision", "Ours.", after, READ)
    assert parse_worksheet(format_worksheet(sheet)) == sheet
    assert len(after.history) == 2
    assert after.history[1].endswith(tidy_line(tidy_text(found.evidence)))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_evidence_is_a_line_of_history_and_nothing_else(hostile):
    done = Sitting((CALL, READ), "done", hostile, "none", "skip").run()
    assert done.histories == [(f"{ON}, done: {tidy_line(hostile)}",), ()]


# --- Which steps come ---


def places(sheet: Worksheet, drafts: tuple[Draft, ...] = (), **options: bool) -> list[str]:
    options = {"all_steps": False} | options
    found = steps_to_check(sheet, drafts, TODAY, **options)
    return [each.step.text for each in found]


MANY = (
    step("Later", 15),
    step("Last day", 14),
    step("Late", -40),
    step("Today", 0),
    step("Undated"),
    step("Finished", -2, state="done"),
    step("Dropped", -1, state="dropped"),
)


def test_steps_that_are_due_come_by_their_dates():
    assert places(answered("vision", "", *MANY)) == ["Late", "Today", "Last day"]


def test_all_steps_come_if_asked_for():
    assert places(answered("vision", "", *MANY), all_steps=True) == [
        "Late",
        "Finished",
        "Dropped",
        "Today",
        "Last day",
        "Later",
        "Undated",
    ]


def test_a_step_whose_evidence_was_being_typed_comes_first_though_it_is_not_due():
    drafts = (Draft("vision", "evidence of Undated", "half"),)
    sheet = answered("vision", "", *MANY)
    assert places(sheet, drafts) == ["Undated", "Late", "Today", "Last day"]


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (day(-3), f"overdue since {day(-3)}"),
        (day(0), f"due {day(0)}"),
        ("1 May", "due 1 May"),
        ("", ""),
    ],
)
def test_a_step_is_shown_with_all_that_is_known_of_it(due, said):
    whole = step("Call", due, owner="Ana", evidence="a log", history=("2026-07-01, still open",))
    sheet = answered("vision", "", whole, wording="What do we see?")
    shown = described(StepToCheck("vision", whole), sheet, TODAY).split("\n")
    assert shown == [
        "Call",
        " · ".join(filter(None, ["Ana", said])),
        "Checked 2026-07-01, still open",
        "Planned evidence: a log",
        "From: What do we see?",
    ]


# --- Without a terminal ---


def test_without_a_terminal_it_says_what_to_do_instead(plguide: Plguide, tmp_path):
    file = written(tmp_path / "coach.md", answered("vision", "", CALL))
    before = file.read_bytes()
    done = plguide("check-in", file)
    assert (done.code, done.out) == (5, "")
    assert "terminal" in done.err
    assert "plguide plan --open" in done.err
    assert file.read_bytes() == before


def test_blank_worksheets_have_nothing_to_check():
    assert places(BLANK, all_steps=True) == []


def test_a_date_that_is_none_never_takes_the_place_of_a_good_one():
    done = Sitting((CALL,), "open", "", "none", move("leave", "after Easter")).run()
    assert done.steps[0].due == f"{CALL.due} / after Easter"


def test_a_step_under_another_roles_question_gets_its_line():
    answer = Answer(question="vision", role="teacher", wording="Whose?", first_steps=(CALL,))
    sheet = BLANK.with_answer(answer)
    done = Sitting((CALL,), "done", "All came.", "none", sheet=sheet)
    done.session.steps = steps_to_check(sheet, (), TODAY, all_steps=False)
    done.run()
    (after,) = done.shelf.kept.answer("teacher/vision").first_steps
    assert after.history == (f"{ON}, done: All came.",)
