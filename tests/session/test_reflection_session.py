"""The session alone: a scripted person answers, and a keeper in memory keeps."""

from collections.abc import Callable
from datetime import date

import pytest

from pl_guide.errors import CannotWrite, WorksheetError
from pl_guide.library import Library
from pl_guide.model import Category, Framework, Question, Responsibility, Role, Standard
from pl_guide.records import replaced
from pl_guide.session.moves import DETAILS
from pl_guide.session.protocol import Prompt, Reply, State
from pl_guide.session.reflection import Session
from pl_guide.worksheet.model import (
    Answer,
    Draft,
    FirstStep,
    Worksheet,
    blank_worksheet,
    completed,
)
from pl_guide.worksheet.three_way import Merged, merge_versions

TODAY = date(2026, 7, 15)
FRAMEWORK = Framework(
    id="our-way",
    title="Our Way",
    categories=(Category(id="all", title="All"),),
    standards=(
        Standard(id="listening", category="all", title="Listening", statement="We listen."),
        Standard(id="trying", category="all", title="Trying", statement="We try."),
    ),
)
ROLE = Role(
    id="coach",
    title="Coach",
    responsibilities=(
        Responsibility(id="ears", category="all", standards=("listening",), text="Have ears."),
        Responsibility(id="hands", category="all", standards=("trying",), text="Have hands."),
    ),
    questions=(
        Question(id="one", text="What is first?", standards=("listening",)),
        Question(id="two", text="What is second?"),
        Question(id="three", text="What is third?"),
    ),
)
LIBRARY = Library(FRAMEWORK, (ROLE,))
BLANK = blank_worksheet(FRAMEWORK, ROLE, ("Ana Lopez", "Ben"), "2026-07-15T09:00")

SKIP_DETAILS = ("",)


class Script:
    """A person who answers from a list: a text is accepted, a move is made, a call is called."""

    def __init__(self, *replies: str | Reply | Callable[[Prompt], Reply | str]) -> None:
        self.replies = list(replies)
        self.prompts: list[Prompt] = []
        self.log: list[str] = []
        self.told: list[str] = []
        self.reviews: list[tuple[State, ...]] = []
        self.failures: list[tuple[WorksheetError, str]] = []

    def _next(self, prompt: Prompt | None = None) -> Reply:
        assert self.replies, "the session asks on"
        reply = self.replies.pop(0)
        if callable(reply):
            reply = reply(prompt)
        return Reply("accept", reply) if isinstance(reply, str) else reply

    def ask_text(self, prompt: Prompt) -> Reply:
        self.prompts.append(prompt)
        self.log.append(f"{prompt.question.id}.{prompt.field}")
        return self._next(prompt)

    def ask_review(self, states: tuple[State, ...]) -> Reply:
        self.reviews.append(states)
        self.log.append("review")
        return self._next()

    def ask_elsewhere(self, error: WorksheetError, unsaved: str) -> Reply:
        self.failures.append((error, unsaved))
        self.log.append("elsewhere")
        return self._next()

    def tell(self, text: str) -> None:
        self.told.append(text)


class Shelf:
    """A keeper in memory; `meanwhile` changes what is kept before a save, as others would."""

    def __init__(self, log: list[str], kept: Worksheet = BLANK) -> None:
        self.log = log
        self.kept = kept
        self.seen = kept
        self.place = "here.md"
        self.full: set[str] = set()
        self.meanwhile: list[Callable[[Worksheet], Worksheet]] = []
        self.saves: list[Worksheet] = []
        self.cleared: list[tuple[str, str]] = []

    def save(self, worksheet: Worksheet) -> tuple[Worksheet, Merged | None]:
        if self.place in self.full:
            raise CannotWrite(self.place, "no space left on device")
        merged = None
        if self.meanwhile:
            self.kept = self.meanwhile.pop(0)(self.kept)
        if self.kept != self.seen:
            merged = merge_versions(self.seen, worksheet, self.kept)
            worksheet = merged.worksheet
        self.kept = self.seen = worksheet
        self.saves.append(worksheet)
        self.log.append("saved")
        return worksheet, merged

    def move(self, path: str) -> None:
        self.place = path

    def clear_draft(self, question: str, field: str) -> None:
        self.cleared.append((question, field))


class Sitting:
    """A session with its script and its shelf."""

    def __init__(self, *replies: object, kept: Worksheet = BLANK, **options: object) -> None:
        self.script = Script(*replies)
        self.shelf = Shelf(self.script.log, kept)
        self.session = Session(
            LIBRARY,
            ROLE,
            kept,
            self.script,
            self.shelf,
            today=TODAY,
            now=lambda: "2026-07-15T10:00",
            **options,
        )

    def run(self, **options: int | None) -> "Sitting":
        self.finished = self.session.run(**options)
        assert self.script.replies == [], "the session ended early"
        return self

    def answer(self, question: str) -> Answer:
        return self.shelf.kept.answer(question)

    @property
    def asked(self) -> list[str]:
        return [each for each in self.script.log if each != "saved"]


def move(name: str, text: str | None = None) -> Callable[[Prompt | None], Reply]:
    """Leave the field some way, with this text in it, or with what is there already."""

    def made(prompt: Prompt | None) -> Reply:
        return Reply(name, text if text is not None else prompt.text if prompt else "")

    return made


BACK, LEAVE, REVIEW, SKIP = move("back"), move("leave"), move("review"), move("skip")


def answered(question: str, reflections: str = "", *steps: str, **fields: object) -> Worksheet:
    return BLANK.with_answer(
        replaced(
            BLANK.answer(question),
            reflections=reflections,
            first_steps=tuple(FirstStep(text=each) for each in steps),
            **fields,
        )
    )


# --- The way through ---


def test_each_question_asks_for_reflections_then_steps_and_the_review_comes_last():
    done = Sitting("", "", "", "", "", "", "").run()
    parts = ("reflections", "first_steps")
    assert done.asked == [
        *(f"{each}.{part}" for each in ("one", "two", "three") for part in parts),
        "review",
    ]
    assert done.finished


def test_a_session_in_which_nothing_is_said_saves_nothing():
    done = Sitting("", "", "", "", "", "", "").run()
    assert done.shelf.saves == []
    assert done.shelf.kept == BLANK


def test_what_is_said_stands_in_the_worksheet_dated_with_the_time():
    done = Sitting("First.\n\nAna: mine.", "Call", *SKIP_DETAILS, "", LEAVE).run()
    assert done.answer("one").reflections == "First.\n\nAna: mine."
    assert done.answer("one").first_steps == (FirstStep(text="Call"),)
    assert (done.shelf.kept.started, done.shelf.kept.updated) == (
        "2026-07-15T09:00",
        "2026-07-15T10:00",
    )


def test_each_answer_is_saved_before_the_next_prompt_shows():
    done = Sitting("First.", "Call", "@Ben", "friday", *SKIP_DETAILS, "", "Second.", LEAVE).run()
    assert done.script.log == [
        "one.reflections", "saved",
        "one.first_steps", "saved",
        "one.owner", "saved",
        "one.due", "saved",
        "one.resources", "one.first_steps",
        "two.reflections", "saved",
        "two.first_steps",
    ]  # fmt: skip


def test_the_draft_is_cleared_when_an_answer_is_saved_and_when_nothing_changed():
    done = Sitting("First.", "", LEAVE).run()
    assert len(done.shelf.cleared) == 3
    assert len(done.shelf.saves) == 1


def test_a_prompt_says_where_it_stands_and_what_it_touches():
    done = Sitting("", "", "", LEAVE, kept=answered("three", "Said.")).run()
    first, _, second, _ = done.script.prompts
    assert (first.number, first.total, first.answered) == (1, 3, 1)
    assert (second.number, second.question.id) == (2, "two")
    assert first.label == "Reflections"
    assert first.names == ("Ana Lopez", "Ben")
    assert first.standards == ("Listening: We listen.",)
    assert first.responsibilities == ("Have ears.",)
    assert second.standards == second.responsibilities == ()


def test_leaving_keeps_what_stands_in_the_field():
    done = Sitting(move("leave", "Half a tho")).run()
    assert done.answer("one").reflections == "Half a tho"
    assert not done.finished


def test_leaving_at_a_step_keeps_the_step_that_is_being_typed():
    done = Sitting("", move("leave", "Call @Ben")).run()
    assert done.answer("one").first_steps == (FirstStep(text="Call", owner="Ben"),)


def test_leaving_at_a_detail_keeps_what_is_being_typed():
    done = Sitting("", "Call", move("leave", "Ben")).run()
    assert done.answer("one").first_steps == (FirstStep(text="Call", owner="Ben"),)


def test_leaving_at_a_due_date_that_is_half_typed_keeps_it_as_it_is():
    done = Sitting("", "Call @Ben", move("leave", "in the autu")).run()
    assert done.answer("one").first_steps == (
        FirstStep(text="Call", owner="Ben", due="in the autu"),
    )


def test_a_session_begins_at_the_question_it_is_told_to():
    assert Sitting(LEAVE).run(at=2).asked == ["three.reflections"]


def test_a_session_that_begins_with_the_review_asks_nothing_before():
    assert Sitting("").run(at=None).asked == ["review"]


# --- Back, skip, review ---


def test_back_leads_through_every_field_to_the_first_and_stays_there():
    back = [BACK] * 6
    done = Sitting("1", "", "2", "", "3", *back, LEAVE).run()
    assert done.asked[-7:] == [
        "three.first_steps", "three.reflections", "two.first_steps", "two.reflections",
        "one.first_steps", "one.reflections", "one.reflections",
    ]  # fmt: skip
    assert [prompt.text for prompt in done.script.prompts[-7:]] == ["", "3", "", "2", "", "1", "1"]


def test_going_back_keeps_what_was_typed_and_shows_it_again():
    done = Sitting("1", "", move("back", "half of 2"), "", LEAVE).run()
    assert done.asked[-3:] == ["two.reflections", "one.first_steps", "two.reflections"]
    assert done.script.prompts[-1].text == "half of 2"


def test_a_step_that_was_being_typed_is_back_in_its_field_after_going_back():
    done = Sitting("1", move("back", "Call @Be"), "1", LEAVE).run()
    assert done.script.prompts[-1].field == "first_steps"
    assert done.script.prompts[-1].text == "Call @Be"


@pytest.mark.parametrize("way", ["back", "skip", "review"])
def test_a_step_that_was_being_typed_is_not_lost_when_the_person_moves_on_and_leaves(way):
    done = Sitting("1", move(way, "Call Dora"), LEAVE).run()
    assert "Call Dora" in [each.text for each in done.answer("one").first_steps]


def test_a_step_that_was_being_typed_is_not_lost_when_the_person_finishes():
    done = Sitting("1", move("review", "Call Dora"), "").run()
    assert done.finished
    assert "Call Dora" in [each.text for each in done.answer("one").first_steps]


def test_an_answer_changed_after_going_back_replaces_the_one_before():
    done = Sitting("old", BACK, "new", LEAVE).run()
    assert done.answer("one").reflections == "new"


def test_skip_leads_to_the_next_question_from_either_field_and_keeps_the_text():
    done = Sitting(move("skip", "kept"), "", SKIP, LEAVE).run()
    assert done.asked == [
        "one.reflections",
        "two.reflections",
        "two.first_steps",
        "three.reflections",
    ]
    assert done.answer("one").reflections == "kept"


def test_skipping_the_last_question_leads_to_the_review():
    assert Sitting(SKIP, SKIP, SKIP, "").run().asked[-1] == "review"


def test_back_from_the_review_leads_to_the_last_field():
    assert Sitting(BACK, LEAVE).run(at=None).asked == ["review", "three.first_steps"]


def test_the_review_says_of_each_question_what_there_is():
    done = Sitting("1", "Call", *SKIP_DETAILS, "Visit", *SKIP_DETAILS, REVIEW, "").run()
    (states,) = done.script.reviews
    assert [(each.number, each.reflected, each.steps) for each in states] == [
        (1, True, 2),
        (2, False, 0),
        (3, False, 0),
    ]
    assert states[1].wording == "What is second?"


def test_a_question_opened_from_the_review_is_asked_with_its_answer_in_the_field():
    done = Sitting("2", "better", LEAVE, kept=answered("two", "good")).run(at=None)
    assert done.asked == ["review", "two.reflections", "two.first_steps"]
    assert done.script.prompts[0].text == "good"
    assert done.answer("two").reflections == "better"


def test_leaving_at_the_review_is_no_finish():
    assert not Sitting(LEAVE).run(at=None).finished


# --- First steps and their details ---


def test_a_step_is_asked_for_each_detail_in_turn():
    done = Sitting("", "Call", "@Ana Lopez", "+2w", "the form", "her word", "", LEAVE).run()
    assert done.answer("one").first_steps == (
        FirstStep(
            text="Call",
            owner="Ana Lopez",
            due="2026-07-29",
            resources="the form",
            evidence="her word",
        ),
    )


def test_details_said_in_the_line_are_not_asked_again():
    done = Sitting("", "Call @Ben due:friday", "", "", LEAVE).run()
    assert done.asked[:3] == ["one.reflections", "one.first_steps", "one.resources"]
    assert done.answer("one").first_steps == (
        FirstStep(text="Call", owner="Ben", due="2026-07-17"),
    )


def test_an_empty_detail_skips_all_that_follow():
    done = Sitting("", "Call", "", "", LEAVE).run()
    assert done.asked[1:4] == ["one.first_steps", "one.owner", "one.first_steps"]


def test_one_detail_can_be_passed_over_to_the_next():
    done = Sitting("", "Call", move("next_field"), "friday", "", "", LEAVE).run()
    assert done.answer("one").first_steps == (FirstStep(text="Call", due="2026-07-17"),)


def test_a_due_date_that_is_none_is_asked_again_with_what_would_do():
    done = Sitting("", "Call @Ben", "someday", "friday", "", "", LEAVE).run()
    assert done.asked[2:5] == ["one.due", "one.due", "one.resources"]
    assert "someday" in done.script.told[0]
    assert "friday" in done.script.told[0]
    assert done.answer("one").first_steps[0].due == "2026-07-17"


def test_back_among_details_leads_to_the_one_before_with_what_it_holds():
    done = Sitting("", "Call", "Ben", BACK, "Ana", "", "", LEAVE).run()
    assert done.asked[2:6] == ["one.owner", "one.due", "one.owner", "one.due"]
    assert done.script.prompts[4].text == "Ben"
    assert done.answer("one").first_steps == (FirstStep(text="Call", owner="Ana"),)


def test_back_from_the_first_detail_leads_to_the_steps():
    done = Sitting("", "Call", BACK, LEAVE).run()
    assert done.asked == ["one.reflections", "one.first_steps", "one.owner", "one.first_steps"]


@pytest.mark.parametrize(
    ("way", "next_asked"),
    [("skip", "two.reflections"), ("review", "review"), ("leave", "one.owner")],
)
def test_the_ways_out_of_a_field_lead_out_of_a_detail_too(way, next_asked):
    rest = [] if way == "leave" else [LEAVE]
    assert Sitting("", "Call", move(way), *rest).run().asked[-1] == next_asked


def test_several_lines_become_several_steps_and_are_not_asked_for_details():
    done = Sitting("", "Call @Ben\n\nVisit due:friday\n", "", LEAVE).run()
    assert done.answer("one").first_steps == (
        FirstStep(text="Call", owner="Ben"),
        FirstStep(text="Visit", due="2026-07-17"),
    )
    assert done.asked == [
        "one.reflections",
        "one.first_steps",
        "one.first_steps",
        "two.reflections",
    ]


def test_details_go_to_the_step_they_were_asked_for_among_others_worded_alike():
    done = Sitting("", "Call", "Ana", "", "Call", "Ben", "", "", LEAVE).run()
    assert [each.owner for each in done.answer("one").first_steps] == ["Ana", "Ben"]


def test_a_step_written_below_ours_by_someone_else_outlives_the_details_of_ours():
    sitting = Sitting("", "Call", "Ben", "", "", LEAVE)
    sitting.shelf.meanwhile = [
        lambda kept: with_steps(kept, FirstStep(text="Call"), FirstStep(text="Visit"))
    ]
    sitting.run()
    steps = {(each.text, each.owner) for each in sitting.answer("one").first_steps}
    assert steps == {("Call", "Ben"), ("Visit", "")}


def test_a_step_ticked_by_someone_else_meanwhile_stays_ticked_as_we_name_its_owner():
    sitting = Sitting("", "Call", "Ben", "", "", LEAVE)
    ticked = FirstStep(text="Call", state="done")
    sitting.shelf.meanwhile = [lambda kept: kept, lambda kept: with_steps(kept, ticked)]
    sitting.run()
    steps = sitting.answer("one").first_steps
    assert any(each.state == "done" for each in steps)
    assert any(each.owner == "Ben" for each in steps)


def with_steps(sheet: Worksheet, *steps: FirstStep) -> Worksheet:
    return sheet.with_answer(replaced(sheet.answer("one"), first_steps=steps))


# --- When a save fails ---


def test_a_failed_save_offers_another_file_and_goes_on_there():
    sitting = Sitting("First.", "there.md", LEAVE)
    sitting.shelf.full = {"here.md"}
    sitting.run()
    assert sitting.script.log == ["one.reflections", "elsewhere", "saved", "one.first_steps"]
    assert sitting.shelf.place == "there.md"
    assert sitting.answer("one").reflections == "First."


def test_a_failed_save_shows_the_words_at_risk():
    sitting = Sitting("First.", "Call @Ben", "there.md", "", "", LEAVE)
    original = sitting.shelf.save

    def save(worksheet):
        if worksheet.answer("one").first_steps:
            sitting.shelf.full = {"here.md"}
        return original(worksheet)

    sitting.shelf.save = save
    sitting.run()
    ((error, unsaved),) = sitting.script.failures
    assert error.reason == "no space left on device"
    assert unsaved == (
        "## 1. What is first?\n\n### Reflections\n\nFirst.\n\n### First Steps\n\n"
        "- [ ] Call\n    - Owner: Ben"
    )


def test_a_failed_save_shows_every_field_of_a_step():
    whole = FirstStep(
        text="Call", owner="Ben", due="2026-12-01", resources="a phone", evidence="notes",
        history=("2026-07-01, still open",), notes="Kindly.",
    )  # fmt: skip
    sitting = Sitting("First.", "there.md", LEAVE, kept=with_steps(BLANK, whole))
    sitting.shelf.full = {"here.md"}
    sitting.run()
    ((_, unsaved),) = sitting.script.failures
    for text in ("Call", "Ben", "2026-12-01", "a phone", "notes", "still open", "Kindly."):
        assert text in unsaved


def test_a_failed_save_is_tried_again_as_often_as_the_person_wants():
    sitting = Sitting("First.", "", " ", lambda prompt: relieve(sitting), LEAVE)
    sitting.shelf.full = {"here.md"}
    sitting.run()
    assert sitting.script.log == [
        "one.reflections", "elsewhere", "elsewhere", "elsewhere", "saved", "one.first_steps",
    ]  # fmt: skip
    assert sitting.shelf.place == "here.md"


def relieve(sitting: Sitting) -> str:
    sitting.shelf.full = set()
    return ""


def test_leaving_when_a_save_failed_ends_with_the_reason():
    sitting = Sitting("First.", LEAVE)
    sitting.shelf.full = {"here.md"}
    with pytest.raises(CannotWrite) as caught:
        sitting.run()
    assert caught.value.reason == "no space left on device"
    assert sitting.shelf.cleared == []


# --- Drafts ---


def test_a_draft_is_back_in_its_field_instead_of_the_answer_it_grew_out_of():
    drafts = (Draft("one", "reflections", "First, and more"),)
    done = Sitting("First, and more.", LEAVE, kept=answered("one", "First"), drafts=drafts).run()
    assert done.script.prompts[0].text == "First, and more"
    assert done.answer("one").reflections == "First, and more."


def test_a_draft_of_a_step_is_back_in_its_field():
    done = Sitting("", LEAVE, drafts=(Draft("one", "first_steps", "Call Do"),)).run()
    assert done.script.prompts[0].text == "Call Do"


def test_an_accepted_draft_is_not_offered_again():
    drafts = (Draft("one", "reflections", "Typed."),)
    done = Sitting("Other.", BACK, LEAVE, drafts=drafts).run()
    assert [each.text for each in done.script.prompts] == ["Typed.", "", "Other."]


@pytest.mark.parametrize("detail", DETAILS)
def test_a_draft_of_a_detail_is_offered_or_kept(detail):
    drafts = (Draft("one", detail, "typed before the crash"),)
    done = Sitting(
        "", "", "", "", "", "", "", kept=answered("one", "", "Call"), drafts=drafts
    ).run()
    shown = [*(each.text for each in done.script.prompts), *done.script.told]
    assert "typed before the crash" in f"{shown} {done.shelf.kept}"


def test_a_draft_does_not_push_out_what_was_written_since():
    kept = answered("one", "Typed at first. Written elsewhere after the crash.")
    done = Sitting(
        lambda prompt: prompt.text,
        LEAVE,
        kept=kept,
        drafts=(Draft("one", "reflections", "Typed at first. And more."),),
    ).run()
    assert "And more." in done.answer("one").reflections
    assert "Written elsewhere after the crash." in done.answer("one").reflections


@pytest.mark.parametrize("field", ["reflections", "first_steps"])
def test_a_session_resumes_at_a_question_with_a_draft(field):
    kept = replaced(
        BLANK, answers=tuple(replaced(each, reflections="Said.") for each in BLANK.answers)
    )
    sitting = Sitting(kept=kept, drafts=(Draft("two", field, "half"),))
    assert sitting.session.first_unanswered() == 1


def test_a_session_resumes_at_the_first_question_with_nothing_written():
    assert Sitting(kept=answered("one", "", "Call")).session.first_unanswered() == 1


def test_a_session_with_every_question_answered_resumes_with_the_review():
    answers = tuple(replaced(each, reflections="Said.") for each in BLANK.answers)
    assert Sitting(kept=replaced(BLANK, answers=answers)).session.first_unanswered() is None


# --- Only some questions; other wordings; questions that are gone ---


def test_only_the_questions_that_are_wanted_are_asked():
    done = Sitting("", "", "", "", "", only=("three", "one")).run()
    assert done.asked == [
        "one.reflections", "one.first_steps", "three.reflections", "three.first_steps", "review",
    ]  # fmt: skip
    assert [(each.number, each.total) for each in done.script.prompts[::2]] == [(1, 2), (2, 2)]


def test_answers_to_questions_that_are_not_asked_stay():
    done = Sitting("Now.", "", "", only=("one",), kept=answered("two", "Then.", "Call")).run()
    assert done.answer("two") == answered("two", "Then.", "Call").answer("two")


def test_a_question_worded_otherwise_says_how_it_was_put_and_keeps_the_answer():
    kept = answered("one", "Said then.", wording="What was first?")
    done = Sitting("Said then.", LEAVE, kept=kept).run()
    assert any("What was first?" in each for each in done.script.told)
    assert done.script.prompts[0].text == "Said then."
    assert done.answer("one").wording == "What was first?"


def test_an_answer_changed_under_a_new_wording_takes_that_wording():
    kept = answered("one", "Said then.", wording="What was first?")
    done = Sitting("Said now.", LEAVE, kept=kept).run()
    assert done.answer("one").wording == "What is first?"


def test_nothing_is_said_of_a_wording_when_there_is_no_answer_or_it_is_the_same():
    assert Sitting(LEAVE, kept=answered("one", wording="Old?")).run().script.told == []
    assert Sitting(LEAVE, kept=answered("one", "Said.")).run().script.told == []


def test_nothing_is_said_of_a_wording_that_the_file_no_longer_has():
    assert Sitting(LEAVE, kept=answered("one", "Said.", wording="")).run().script.told == []


def test_an_answer_to_a_question_that_is_gone_is_kept():
    gone = Answer(question="gone", wording="What was?", reflections="Long ago.")
    done = Sitting("Now.", LEAVE, kept=BLANK.with_answer(gone)).run()
    assert done.answer("gone") == gone
    assert done.shelf.kept.answers[-1] == gone


def test_a_question_that_is_new_finds_its_place_in_the_worksheet():
    older = replaced(BLANK, answers=(BLANK.answer("three"), BLANK.answer("one")))
    done = Sitting("Now.", LEAVE, kept=older).run()
    assert [each.question for each in done.shelf.kept.answers] == ["one", "two", "three"]
    assert completed(older, ROLE) == BLANK


# --- When others wrote meanwhile ---


def says(question: str, text: str) -> Callable[[Worksheet], Worksheet]:
    return lambda kept: kept.with_answer(replaced(kept.answer(question), reflections=text))


def test_what_others_wrote_under_another_question_is_told_and_shown_when_it_comes():
    sitting = Sitting("Ours.", "", LEAVE)
    sitting.shelf.meanwhile = [says("two", "Theirs.")]
    sitting.run()
    (told,) = sitting.script.told
    assert "question 2" in told
    assert sitting.script.prompts[-1].text == "Theirs."
    assert sitting.answer("two").reflections == "Theirs."


def test_what_others_wrote_under_the_same_question_stands_marked_and_is_told():
    sitting = Sitting("Ours.", LEAVE)
    sitting.shelf.meanwhile = [says("one", "Theirs.")]
    sitting.run()
    (told,) = sitting.script.told
    assert "both texts stand" in told
    assert "question 1" in told
    for text in ("Ours.", "Theirs."):
        assert text in sitting.answer("one").reflections


def test_going_back_to_a_disputed_answer_shows_both_texts_to_edit():
    sitting = Sitting("Ours.", BACK, "Agreed.", LEAVE)
    sitting.shelf.meanwhile = [says("one", "Theirs.")]
    sitting.run()
    assert "Theirs." in sitting.script.prompts[2].text
    assert sitting.answer("one").reflections == "Agreed."


def test_nothing_is_told_when_nobody_else_wrote():
    assert Sitting("Ours.", "", "More.", LEAVE).run().script.told == []


def test_back_from_the_first_detail_leads_to_the_step_itself():
    done = Sitting("", "Call Anna", move("back", "Ben"), 'Call Ana @"Ben"', BACK, LEAVE).run()
    assert done.asked[1:5] == ["one.first_steps", "one.owner", "one.first_steps", "one.first_steps"]
    assert done.script.prompts[3].text == 'Call Anna @"Ben"'
    assert done.answer("one").first_steps == (FirstStep(text="Call Ana", owner="Ben"),)


# --- Changing a step ---


def test_a_step_recalled_is_changed_in_its_place_and_keeps_what_a_line_cannot_say():
    done = Sitting(
        "", "Cal @Ben due:2026-12-01", "two hours", "evidence of it", Reply("recall"),
        'Call @"Ben" due:2026-12-02', "", LEAVE,
    ).run()  # fmt: skip
    (step,) = done.answer("one").first_steps
    assert (step.text, step.owner, step.due) == ("Call", "Ben", "2026-12-02")
    assert step.evidence == "evidence of it"


def test_a_step_recalled_stands_in_the_field_as_it_was_typed():
    done = Sitting("", "Call @Ben due:2026-12-01", "", Reply("recall"), LEAVE).run()
    assert done.script.prompts[-1].text == 'Call @"Ben" due:2026-12-01'


def test_a_step_recalled_and_emptied_is_taken_out():
    done = Sitting("", "Call", "", Reply("recall"), "", LEAVE).run()
    assert done.answer("one").first_steps == ()


def test_recalling_twice_reaches_the_step_before_the_last():
    done = Sitting("", "One", "", "Two", "", Reply("recall"), Reply("recall"), "Eins", LEAVE).run()
    assert [each.text for each in done.answer("one").first_steps] == ["Eins", "Two"]


def test_recalling_where_there_is_no_step_changes_nothing():
    done = Sitting("", Reply("recall"), LEAVE).run()
    assert done.answer("one").first_steps == ()


def test_a_step_recalled_and_left_as_it_is_stays_as_it_was_written():
    kept = answered("one", "", "Call @Ben")
    done = Sitting("", Reply("recall"), "Call @Ben", LEAVE, kept=kept).run()
    (step,) = done.answer("one").first_steps
    assert (step.text, step.owner) == ("Call @Ben", "")


def test_a_step_recalled_and_left_as_it_is_forgets_its_draft():
    kept = answered("one", "", "Call")
    done = Sitting("", Reply("recall"), SKIP, LEAVE, kept=kept).run()
    assert done.shelf.cleared.count(("one", "first_steps")) == 1
    assert done.shelf.saves == []


def test_a_recalled_step_that_someone_took_out_meanwhile_is_added_at_the_end_when_changed():
    sitting = Sitting(
        "", Reply("recall"), Reply("recall"), lambda _: without_second_step(sitting), LEAVE,
        kept=answered("one", "", "One", "Two", "Three"),
    )  # fmt: skip
    sitting.run()
    assert [each.text for each in sitting.answer("one").first_steps] == ["One", "Three", "Zwei"]


def without_second_step(sitting: Sitting) -> str:
    """Take the second step out of the worksheet, and type another text for it."""
    first, _, last = sitting.session.worksheet.answer("one").first_steps
    sheet = with_steps(sitting.session.worksheet, first, last)
    sitting.session.worksheet = sitting.shelf.kept = sitting.shelf.seen = sheet
    return "Zwei"


def test_a_step_that_is_changed_is_the_last_of_two_that_are_alike():
    kept = answered("one", "", "Call", "Visit")
    done = Sitting("", "Call", "Ben", "", "", LEAVE, kept=kept).run()
    steps = [(each.text, each.owner) for each in done.answer("one").first_steps]
    assert steps == [("Call", ""), ("Visit", ""), ("Call", "Ben")]


def test_a_question_that_others_took_out_of_the_file_is_back_in_the_roles_order_after_a_save():
    sitting = Sitting("Ours.", "", "Second.", LEAVE)
    sitting.shelf.meanwhile = [
        lambda kept: replaced(kept, answers=(kept.answer("one"), kept.answer("three")))
    ]
    sitting.run()
    assert [each.question for each in sitting.shelf.kept.answers] == ["one", "two", "three"]
    assert sitting.answer("two").reflections == "Second."


@pytest.mark.parametrize("name", ["recall", "next_field"])
def test_a_move_that_does_not_count_in_a_field_leaves_the_person_in_it(name):
    done = Sitting(Reply(name, "Half a th"), move("accept"), LEAVE).run()
    assert done.asked == ["one.reflections", "one.reflections", "one.first_steps"]
    assert done.answer("one").reflections == "Half a th"


def test_a_step_cannot_be_recalled_out_of_anothers_details():
    done = Sitting("", "Call", Reply("recall"), "Ben", "", "", LEAVE).run()
    assert done.asked[2:5] == ["one.owner", "one.owner", "one.due"]
    assert done.answer("one").first_steps == (FirstStep(text="Call", owner="Ben"),)


def test_a_draft_that_is_in_the_field_is_not_lost_under_a_recalled_step():
    kept = answered("one", "", "Call")
    done = Sitting(
        move("recall"), "Half a step, whole", "", LEAVE,
        kept=kept, drafts=(Draft("one", "first_steps", "Half a step"),),
    ).run()  # fmt: skip
    assert done.script.prompts[1].text == "Half a step"
    assert [step.text for step in done.answer("one").first_steps] == ["Call", "Half a step, whole"]
    assert any("typed" in words for words in done.script.told)


def test_a_recalled_step_that_is_being_changed_is_not_lost_under_another_that_is_recalled():
    kept = answered("one", "", "Call", "Visit")
    done = Sitting("", Reply("recall"), Reply("recall", "Visit all"), move("accept"), LEAVE,
                   kept=kept).run()  # fmt: skip
    assert [step.text for step in done.answer("one").first_steps] == ["Call", "Visit all"]


def test_a_draft_that_is_emptied_makes_way_for_a_recalled_step_and_does_not_come_back():
    kept = answered("one", "", "Call")
    drafts = (Draft("one", "first_steps", "Half a step"),)
    done = Sitting(Reply("recall"), "Call all", LEAVE, kept=kept, drafts=drafts).run()
    assert [step.text for step in done.answer("one").first_steps] == ["Call all"]
    assert done.script.prompts[-1].text == ""


def test_a_draft_of_a_step_that_is_emptied_and_accepted_does_not_come_back():
    drafts = (Draft("one", "first_steps", "Half a step"),)
    done = Sitting("", BACK, LEAVE, drafts=drafts).run()
    assert [prompt.text for prompt in done.script.prompts] == ["Half a step", "", ""]
    assert done.answer("one").first_steps == ()
