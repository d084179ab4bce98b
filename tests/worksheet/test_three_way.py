"""Bringing two versions of a worksheet together: the laws of it, and what they mean in practice."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pl_guide.records import replaced
from pl_guide.worksheet.format.markdown import format_worksheet, parse_worksheet
from pl_guide.worksheet.model import Answer, FirstStep, Worksheet
from pl_guide.worksheet.three_way import OURS, THEIRS, merge_versions
from support.examples import examples
from support.worksheets import worksheets

IDS = ("vision", "evidence", "impact")

# Few words, so that versions often have some in common; none is a part of another.
word_lists = st.lists(st.sampled_from(("amber", "birch", "cedar", "dune", "elm")), max_size=3)
said = word_lists.map(" ".join)
versions_of_steps = st.builds(
    FirstStep,
    text=st.sampled_from(("Call", "Visit", "Read", "Ask")),
    state=st.sampled_from(("open", "done")),
    owner=st.sampled_from(("", "Ana", "Ben")),
)
answers = st.builds(
    Answer,
    question=st.sampled_from(IDS),
    wording=st.just("What?"),
    reflections=said,
    first_steps=st.lists(versions_of_steps, max_size=3).map(tuple),
    notes=said,
)
sheets = st.builds(
    Worksheet,
    framework=st.just("standards"),
    role=st.just("coach"),
    title=st.just("Coach"),
    participants=st.lists(st.sampled_from(("Ana", "Ben", "Cleo")), unique=True).map(tuple),
    preface=said,
    answers=st.lists(answers, max_size=3, unique_by=lambda each: each.key).map(tuple),
)
often = settings(
    deadline=None, max_examples=examples(250), suppress_health_check=[HealthCheck.too_slow]
)


def with_each_question(sheet: Worksheet) -> Worksheet:
    return replaced(
        sheet,
        answers=tuple(sheet.answer(each) or Answer(question=each, wording="What?") for each in IDS),
    )


def spoken(sheet: Worksheet) -> set[tuple[str, str]]:
    """List the words of a worksheet, each with the question it stands under."""
    found = {("", word) for word in sheet.preface.split()}
    found |= {("", name) for name in sheet.participants}
    for each in sheet.answers:
        steps = [part for step in each.first_steps for part in (step.text, step.owner)]
        texts = [each.reflections, each.notes, *steps]
        found |= {(each.question, word) for text in texts for word in text.split()}
    return found


def contents(sheet: Worksheet) -> tuple:
    return (sheet.preface, sorted(sheet.participants), sorted(sheet.answers, key=str))


@given(worksheets)
@settings(often, max_examples=examples(60))
def test_merging_a_worksheet_with_itself_changes_nothing(sheet):
    sheet = replaced(sheet, participants=tuple(dict.fromkeys(sheet.participants)))
    merged = merge_versions(sheet, sheet, sheet)
    assert (merged.worksheet, merged.taken, merged.disputed) == (sheet, (), ())


@given(sheets, sheets)
@often
def test_the_same_change_on_both_sides_is_made_once(base, sheet):
    merged = merge_versions(base, sheet, sheet)
    assert (merged.worksheet, merged.taken, merged.disputed) == (sheet, (), ())


@given(sheets, sheets)
@often
def test_where_one_side_left_all_as_it_was_the_other_side_stands(base, changed):
    base, changed = with_each_question(base), with_each_question(changed)
    ours = merge_versions(base, changed, base)
    theirs = merge_versions(base, base, changed)
    assert contents(ours.worksheet) == contents(changed)
    assert contents(theirs.worksheet) == contents(changed)
    assert ours.disputed == theirs.disputed == ours.taken == ()
    assert set(theirs.taken) == {
        each.key for each in base.answers if each != changed.answer(each.key)
    }


@given(sheets, sheets, sheets)
@often
def test_every_word_that_either_side_added_is_in_the_result(base, ours, theirs):
    added = (spoken(ours) | spoken(theirs)) - spoken(base)
    assert added <= spoken(merge_versions(base, ours, theirs).worksheet)


@given(sheets, sheets, sheets)
@often
def test_every_word_that_both_sides_still_have_is_in_the_result(base, ours, theirs):
    kept = spoken(ours) & spoken(theirs)
    assert kept <= spoken(merge_versions(base, ours, theirs).worksheet)


@given(sheets, sheets, sheets)
@often
def test_nothing_is_in_the_result_that_stood_on_neither_side(base, ours, theirs):
    marks = {(key, word) for key in IDS for word in f"{OURS} {THEIRS}".split()}
    merged = spoken(merge_versions(base, ours, theirs).worksheet)
    assert merged <= spoken(ours) | spoken(theirs) | marks


@given(sheets, sheets, sheets)
@often
def test_a_text_is_disputed_exactly_where_both_stand_marked(base, ours, theirs):
    merged = merge_versions(base, ours, theirs)
    marked = {each.question for each in merged.worksheet.answers if THEIRS in each.reflections}
    assert set(merged.disputed) == marked
    for key in merged.disputed:
        mine, other = ours.answer(key).reflections, theirs.answer(key).reflections
        assert mine
        assert other
        assert mine != other
        both = f"{OURS}\n\n{mine}\n\n{THEIRS}\n\n{other}"
        assert merged.worksheet.answer(key).reflections == both


@given(sheets, sheets, sheets)
@often
def test_merging_again_what_came_of_it_changes_nothing_more(base, ours, theirs):
    merged = merge_versions(base, ours, theirs).worksheet
    again = merge_versions(theirs, merged, theirs)
    assert again.worksheet == merged
    assert again.disputed == ()


@given(sheets, sheets, sheets)
@often
def test_a_step_that_one_side_took_out_and_the_other_left_alone_is_gone(base, ours, theirs):
    merged = merge_versions(base, ours, theirs).worksheet
    for old in base.answers:
        mine, other = ours.answer(old.key), theirs.answer(old.key)
        if mine is None or other is None:
            continue
        for step in old.first_steps:
            left, kept = (mine, other) if step in other.first_steps else (other, mine)
            alone = [each for each in old.first_steps if each.text == step.text] == [step]
            gone = step.text not in {each.text for each in left.first_steps}
            same = [each for each in kept.first_steps if each.text == step.text] == [step]
            if alone and gone and same:
                assert step not in merged.answer(old.key).first_steps


@given(worksheets, worksheets, worksheets)
@settings(often, max_examples=examples(60))
def test_what_came_of_merging_can_be_written_and_read_back(base, ours, theirs):
    assume(base.extra in {ours.extra, theirs.extra} or ours.extra == theirs.extra)
    merged = merge_versions(base, ours, theirs).worksheet
    assert parse_worksheet(format_worksheet(merged)) == merged


# --- As a story ---


def sheet(reflections: str = "", *steps: FirstStep, notes: str = "", **fields: object) -> Worksheet:
    answer = Answer(
        question="vision", wording="What?", reflections=reflections, first_steps=steps, notes=notes
    )
    whole = Worksheet(framework="standards", role="coach", title="Coach", answers=(answer,))
    return replaced(whole, **fields)


def step(text: str, **fields: str) -> FirstStep:
    return FirstStep(text=text, **fields)


def after(base: Worksheet, ours: Worksheet, theirs: Worksheet) -> Answer:
    return merge_versions(base, ours, theirs).worksheet.answer("vision")


def test_two_people_who_answer_the_same_question_find_both_answers_marked():
    merged = merge_versions(sheet(), sheet("We meet on Mondays."), sheet("There is no time."))
    assert merged.worksheet.answer("vision").reflections == (
        "**Written here:**\n\nWe meet on Mondays.\n\n"
        "**Written elsewhere meanwhile:**\n\nThere is no time."
    )
    assert (merged.taken, merged.disputed) == (("vision",), ("vision",))


def test_two_people_who_answer_different_questions_find_both_answers():
    blank = with_each_question(sheet())
    ours = blank.with_answer(replaced(blank.answer("vision"), reflections="Ours."))
    theirs = blank.with_answer(replaced(blank.answer("impact"), reflections="Theirs."))
    merged = merge_versions(blank, ours, theirs)
    assert [each.reflections for each in merged.worksheet.answers] == ["Ours.", "", "Theirs."]
    assert (merged.taken, merged.disputed) == (("impact",), ())


def test_someone_who_went_on_writing_where_the_other_stopped_has_one_text():
    assert after(sheet("A."), sheet("A. B."), sheet("A. B.\n\nC.")).reflections == "A. B.\n\nC."
    assert after(sheet("A."), sheet("A. B.\n\nC."), sheet("A. B.")).reflections == "A. B.\n\nC."


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("I do not know.", "no"), ("Nothing yet.", "thin"), ("Not at all", "No"), ("cat", "concat")],
)
def test_a_short_answer_is_not_taken_for_a_part_of_a_longer_word(ours, theirs):
    found = merge_versions(sheet(), sheet(ours), sheet(theirs))
    words = found.worksheet.answer("vision").reflections.split()
    assert set(ours.split()) <= set(words)
    assert set(theirs.split()) <= set(words)
    assert found.disputed == ("vision",)


def test_steps_that_both_added_stand_beside_one_another():
    base = sheet("", step("Call"))
    ours = sheet("", step("Call"), step("Visit"))
    theirs = sheet("", step("Call"), step("Read"))
    assert {each.text for each in after(base, ours, theirs).first_steps} == {
        "Call",
        "Visit",
        "Read",
    }


def test_a_step_that_both_added_alike_stands_once():
    found = after(sheet(), sheet("", step("Call")), sheet("", step("Call")))
    assert found.first_steps == (step("Call"),)


def test_a_step_that_one_took_out_and_the_other_left_alone_is_gone():
    base = sheet("", step("Call"), step("Visit"))
    assert after(base, sheet("", step("Visit")), base).first_steps == (step("Visit"),)
    assert after(base, base, sheet("", step("Visit"))).first_steps == (step("Visit"),)


def test_a_step_that_one_took_out_and_the_other_has_done_is_kept_as_done():
    base, done = sheet("", step("Call")), sheet("", step("Call", state="done"))
    assert after(base, sheet(), done).first_steps == (step("Call", state="done"),)
    assert after(base, done, sheet()).first_steps == (step("Call", state="done"),)


def test_a_step_that_one_ticked_is_ticked():
    base, done = sheet("", step("Call")), sheet("", step("Call", state="done"))
    assert after(base, base, done).first_steps == (step("Call", state="done"),)
    assert after(base, done, base).first_steps == (step("Call", state="done"),)


def test_a_step_that_both_changed_otherwise_stands_twice():
    ours, theirs = step("Call", owner="Ana"), step("Call", owner="Ben")
    found = after(sheet("", step("Call")), sheet("", ours), sheet("", theirs))
    assert found.first_steps == (ours, theirs)


def test_of_two_steps_worded_alike_one_is_ticked_elsewhere_and_none_stands_twice():
    ana, ben = step("Visit a lesson", owner="Ana"), step("Visit a lesson", owner="Ben")
    done = replaced(ana, state="done")
    base, theirs = sheet("", ana, ben), sheet("", done, ben)
    assert after(base, base, theirs).first_steps == (done, ben)
    assert after(base, theirs, base).first_steps == (done, ben)


def test_of_two_steps_worded_alike_neither_is_lost_when_one_is_put_above_the_other():
    ana, ben = step("Visit a lesson", owner="Ana"), step("Visit a lesson", owner="Ben")
    ours = sheet("More.", ana)
    assert set(after(sheet("", ana), ours, sheet("", ben, ana)).first_steps) == {ana, ben}


def test_a_step_from_elsewhere_stands_after_the_step_it_followed_there():
    base = sheet("", step("Call"), step("Visit"))
    theirs = sheet("", step("Call"), step("Read"), step("Visit"))
    ours = sheet("Said.", step("Call"), step("Visit"))
    assert [each.text for each in after(base, ours, theirs).first_steps] == [
        "Call",
        "Read",
        "Visit",
    ]


def test_notes_that_both_wrote_stand_below_one_another():
    assert after(sheet(), sheet(notes="Ours."), sheet(notes="Theirs.")).notes == "Ours.\n\nTheirs."


def test_people_who_joined_on_either_side_take_part_and_who_left_does_not():
    base = sheet(participants=("Ana", "Ben"))
    merged = merge_versions(
        base, sheet(participants=("Ana", "Ben", "Cleo")), sheet(participants=("Ana", "Dora"))
    )
    assert merged.worksheet.participants == ("Ana", "Cleo", "Dora")


def test_a_worksheet_began_when_the_first_version_did_and_changed_when_the_last_did():
    base = sheet(started="2026-01-01T10:00", updated="2026-01-01T10:00")
    ours = replaced(base, updated="2026-02-01T10:00")
    theirs = replaced(base, updated="2026-03-01T10:00")
    merged = merge_versions(base, ours, theirs).worksheet
    assert (merged.started, merged.updated) == ("2026-01-01T10:00", "2026-03-01T10:00")


def test_front_matter_that_others_added_is_taken_over():
    merged = merge_versions(sheet(), sheet("Ours."), sheet(extra="tags: [a]")).worksheet
    assert (merged.extra, merged.answer("vision").reflections) == ("tags: [a]", "Ours.")


def test_keys_that_both_sides_added_to_the_front_matter_leave_a_readable_file():
    ours, theirs = sheet(extra="tags: [a]\nmood: good"), sheet(extra="tags: [b]")
    merged = merge_versions(sheet(), ours, theirs).worksheet
    assert parse_worksheet(format_worksheet(merged)) == merged
    assert "[a]" in merged.extra
    assert "[b]" in merged.extra


def test_an_answered_question_that_one_side_took_out_stays():
    base = with_each_question(sheet("Said."))
    theirs = replaced(base, answers=tuple(each for each in base.answers if not each.answered))
    merged = merge_versions(base, base, theirs).worksheet
    assert merged.answer("vision").reflections == "Said."


def test_a_blank_question_that_one_side_took_out_is_gone():
    base = with_each_question(sheet("Said."))
    theirs = replaced(base, answers=(base.answer("vision"),))
    assert merge_versions(base, base, theirs).worksheet.answers == (base.answer("vision"),)


def test_a_question_that_only_the_other_side_has_is_taken_over():
    theirs = with_each_question(sheet("Said."))
    merged = merge_versions(sheet("Said."), sheet("Said."), theirs)
    assert [each.question for each in merged.worksheet.answers] == list(IDS)
    assert set(merged.taken) == {"evidence", "impact"}


def test_a_wording_that_one_side_brought_up_to_date_stays_so():
    base = sheet("Said.")
    newer = base.with_answer(replaced(base.answer("vision"), wording="What now?"))
    assert after(base, newer, base).wording == "What now?"
    assert after(base, base, newer).wording == "What now?"
