"""The worksheet law for files that were edited elsewhere: nothing a person wrote is lost."""

import re
import textwrap
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pl_guide.errors import NewerWorksheet, NotAWorksheet, WorksheetError
from pl_guide.worksheet.format.escapes import escape_heading
from pl_guide.worksheet.format.markdown import format_worksheet, parse_worksheet
from pl_guide.worksheet.model import Answer, FirstStep, Worksheet, tidy_line, tidy_text
from support.examples import examples
from support.program import Plguide
from support.worksheets import HOSTILE, ids, worksheets

# --- Worksheets whose every word can be told apart, and what other programs do to them ---

WORD = re.compile(r"w\d+q")
words = st.integers(0, 10**6).map(lambda number: f"w{number}q")
worded_pieces = st.one_of(words, words.map(lambda word: f" {word} "), st.sampled_from(HOSTILE))
worded_texts = st.lists(worded_pieces, max_size=8).map(lambda parts: tidy_text("".join(parts)))
worded_lines = st.lists(worded_pieces, max_size=4).map(lambda parts: tidy_line("".join(parts)))
worded_steps = st.builds(
    FirstStep,
    text=worded_lines.filter(bool),
    state=st.sampled_from(["open", "done", "dropped"]),
    owner=worded_lines,
    due=worded_lines,
    resources=worded_lines,
    evidence=worded_lines,
    notes=worded_texts,
)
worded_answers = st.builds(
    Answer,
    question=ids,
    wording=worded_lines,
    reflections=worded_texts,
    first_steps=st.lists(worded_steps, max_size=2).map(tuple),
    notes=worded_texts,
)
worded_files = st.builds(
    Worksheet,
    framework=st.just("standards"),
    role=st.just("coach"),
    title=st.just("Coach"),
    heading=worded_lines,
    participants=st.just(("Ana", "Ben")),
    preface=worded_texts,
    answers=st.lists(worded_answers, max_size=3, unique_by=lambda each: each.question).map(tuple),
).map(format_worksheet)

TYPED = (
    "{}", "## {}", "### {}", "# {}", "- {}", "* [ ] {}", "1. {}", "- [X] {}", "> {}", "    {}",
    "\t- {}", "  - Owner: {}", "    - Owner: {}", "    * **Due:** {}", "    - resources:",
    "    - Owner:", "Due: {}",
    "```\n{}\n```", "| {} | b |", "<b>{}</b>", "<!-- {} -->", "<!-- a remark of {} words -->",
    "{}\n---", "---", "- [ ] ", "<!-- question: {} -->", "<!-- notes: {} -->", "\\# {}",
    "\\\\<i>{}",
    "<!-- first-steps: a -->", "  {}\n\n{}",
)  # fmt: skip

places = st.floats(0, 0.999)
mutations = st.one_of(
    st.tuples(st.sampled_from(("delete", "double", "join", "dedent", "blank")), places),
    st.tuples(st.just("swap"), places, places),
    st.tuples(st.just("copy block"), places, places, places),
    st.tuples(st.just("wrap"), st.integers(8, 60)),
    st.tuples(st.just("indent"), places, st.sampled_from((" ", "  ", "   ", "    ", "\t"))),
    st.tuples(st.just("type"), places, st.sampled_from(TYPED), words),
    st.tuples(st.just("delete marks"), st.sampled_from(("question", "notes", "ref", "first"))),
    st.tuples(st.sampled_from(("no blank lines", "trailing blanks"))),
)
endings = st.sampled_from(("\n", "\r\n", "\r"))


def spoiled(lines: list[str], mutation: tuple) -> list[str]:  # noqa: PLR0912 - a table
    first = mutation[1] if len(mutation) > 1 else 0
    at = int(first * len(lines)) if isinstance(first, float) else 0
    new = list(lines)
    match mutation:
        case ("delete", _):
            del new[at : at + 1]
        case ("double", _):
            new[at:at] = new[at : at + 1]
        case ("join", _):
            new[at : at + 2] = [" ".join(new[at : at + 2])]
        case ("dedent", _):
            new[at : at + 1] = [each.lstrip() for each in new[at : at + 1]]
        case ("blank", _):
            new.insert(at, "")
        case ("swap", _, other) if new:
            to = int(other * len(new))
            new[at], new[to] = new[to], new[at]
        case ("copy block", _, end, target):
            block = new[at : int(end * len(new)) + 1]
            to = int(target * len(new))
            new[to:to] = block
        case ("wrap", width):
            new = [row for each in new for row in wrapped(each, width)]
        case ("indent", _, space):
            new[at : at + 3] = [f"{space}{each}" for each in new[at : at + 3]]
        case ("type", _, typed, word):
            new[at:at] = typed.format(word, word).split("\n")
        case ("delete marks", what):
            new = [each for each in new if not each.startswith(f"<!-- {what}")]
        case ("no blank lines",):
            new = [each for each in new if each]
        case ("trailing blanks",):
            new = [f"{each}  " for each in new]
    return new


def wrapped(line: str, width: int) -> list[str]:
    """Break a line as an editor does, at spaces only, and without indenting what goes on."""
    rows = textwrap.wrap(
        line, width, break_long_words=False, break_on_hyphens=False, drop_whitespace=True
    )
    return rows or [line]


def parted(text: str) -> tuple[list[str], list[str]]:
    """Part a file, whatever its line ends, after the second `---`."""
    lines = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))
    fences = [number for number, line in enumerate(lines) if line.rstrip() == "---"]
    after = fences[1] + 1 if len(fences) > 1 else len(lines)
    return lines[:after], lines[after:]


def check_that_no_word_is_lost(text: str) -> None:
    written = format_worksheet(parse_worksheet(text))
    _, body = parted(text)
    lost = set(WORD.findall("\n".join(body))) - set(WORD.findall(written))
    assert not lost
    assert format_worksheet(parse_worksheet(written)) == written


edited = settings(
    deadline=None,
    max_examples=examples(250),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
edited_thoroughly = settings(edited, max_examples=examples(8000))


@given(
    worded_files,
    st.lists(mutations, min_size=1, max_size=5),
    endings,
    st.sampled_from(("", "\ufeff")),
)
@edited
def test_no_word_of_an_edited_body_is_lost_on_the_next_save(file, changes, ending, mark):
    top, body = parted(file)
    for change in changes:
        body = spoiled(body, change)
    check_that_no_word_is_lost(mark + ending.join([*top, *body]))


@pytest.mark.long
@given(
    worded_files,
    st.lists(mutations, min_size=1, max_size=9),
    endings,
    st.sampled_from(("", "\ufeff")),
)
@edited_thoroughly
def test_no_word_of_a_much_edited_body_is_lost_on_the_next_save(file, changes, ending, mark):
    top, body = parted(file)
    for change in changes:
        body = spoiled(body, change)
    check_that_no_word_is_lost(mark + ending.join([*top, *body]))


@given(worded_files, st.lists(mutations, max_size=3), places)
@settings(edited, max_examples=examples(150))
def test_a_file_edited_or_cut_off_anywhere_is_refused_as_such_or_keeps_its_words(
    file, changes, end
):
    lines = file.split("\n")
    for change in changes:
        lines = spoiled(lines, change)
    text = "\n".join(lines)
    for each in (text, text[: int(end * len(text))]):
        try:
            check_that_no_word_is_lost(each)
        except WorksheetError:
            continue


@pytest.mark.slow
@given(worded_files, places)
@settings(edited, max_examples=examples(100))
def test_a_body_cut_off_at_any_letter_is_read_with_all_that_is_left(file, end):
    top, body = parted(file)
    left = "\n".join(body)
    check_that_no_word_is_lost("\n".join(top) + "\n" + left[: int(end * len(left))])


NEEDED = ("plguide-worksheet: 1", "framework: a", "role: b")
OTHERS = (
    "plguide-worksheet: true", "role:", "title: [1, {a: 2}]", "participants: {a: 1}", "columns: 7",
    "columns: [a]", "columns: [a, b, c]", "- a", "tags: &x [*x]", "? a", "{a: b}", "x: |", "  y",
    "\t", "…", "...", "---", "started: 2026-01-02", "# remark", '"', "!!python/object:os.system a",
    "z: >", "title: >-", "  # y", "edition: 1.10", "participants:", "  - Ana", "- Ben",
    "role: \x00",
    "y: 'a", "  b'", "title: &t a", "'mood': c", '"role": c', "role : c", "tags: [",
    "]", "a: b", "]: c",
)  # fmt: skip


@given(
    st.lists(st.sampled_from(OTHERS), max_size=4).flatmap(
        lambda others: st.permutations([*NEEDED, *others])
    )
)
@settings(deadline=None, max_examples=examples(400))
@example(["plguide-worksheet: " + "9" * 5000, "framework: a", "role: b"])
@example(["plguide-worksheet: 1", "framework: a", "role: b", "title: " + "9" * 5000])
@example(["plguide-worksheet: 1", "framework: a", "role: b", "columns: [[], {}]"])
def test_front_matter_of_any_kind_is_read_or_refused_as_such(rows):
    try:
        written = format_worksheet(parse_worksheet("\n".join(["---", *rows, "---", "Text w1q"])))
    except WorksheetError:
        return
    assert "w1q" in written
    # What the program has written, it can read.
    assert format_worksheet(parse_worksheet(written)) == written


# --- How a page made of it looks ---

PAGE = MarkdownIt("commonmark")
OWN_COMMENT = re.compile(r"<!-- (question|notes|reflections|first-steps|before|after): \S+ -->\n?")


@given(worksheets)
@settings(deadline=None, max_examples=examples(200), suppress_health_check=[HealthCheck.too_slow])
def test_no_answer_shows_as_html_or_as_a_heading(worksheet):
    _, body = parted(format_worksheet(worksheet))
    tokens = PAGE.parse("\n".join(body))
    headings, foreign = [], []
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            headings.append((token.tag, tokens[number + 1].content))
        inner = [token, *(token.children or [])]
        foreign += [
            each.content
            for each in inner
            if each.type in {"html_block", "html_inline"}
            and not OWN_COMMENT.fullmatch(each.content)
        ]
    expected = [("h1", escape_heading(worksheet.heading))]
    expected += [("h2", escape_heading(section.heading)) for section in worksheet.before]
    for number, answer in enumerate(worksheet.answers, 1):
        expected.append(("h2", f"{number}. {escape_heading(answer.wording)}"))
        expected += [("h3", escape_heading(each)) for each in worksheet.columns]
    expected += [("h2", escape_heading(section.heading)) for section in worksheet.after]
    assert foreign == []
    assert [tag for tag, _ in headings] == [tag for tag, _ in expected]
    # White space and the ends of lines don't count: readers of Markdown trim them differently.
    assert ["".join(text.split()) for _, text in headings] == [
        "".join(text.replace("\x00", "\ufffd").split()) for _, text in expected
    ]


@pytest.mark.parametrize(
    "said",
    [
        "A plan\n===", "A plan\n---", "- A plan\n  ---", "# Loud", "> # Loud", "1. # Loud",
        "```\ncode", "- ~~~\n  code", "<script>alert(1)</script>", "a <b>bold</b> word",
        "<!-- hidden -->",
        "<!-- question: vision -->", "\\<script>", "\\\\<script>", "<?php ?>", "<!DOCTYPE html>",
        "<https://example.org>", "`<b>`", "line\n\n    <b>", "a | b\n--|--\nc | d",
    ],
)  # fmt: skip
def test_words_that_look_like_structure_are_shown_as_words_and_read_back(said):
    sheet = Worksheet(
        framework="standards",
        role="coach",
        title="Coach",
        heading="First",
        answers=(
            Answer(question="vision", wording="Where?", reflections=said, notes=said),
            Answer(question="impact", wording="What for?", first_steps=(step(said),)),
        ),
    )
    page = PAGE.render("\n".join(parted(format_worksheet(sheet))[1]))
    assert re.findall(r"<h\d>([^<]*)</h\d>", page) == [
        "First",
        "1. Where?", "Reflections", "First Steps",
        "2. What for?", "Reflections", "First Steps",
    ]  # fmt: skip
    assert "<b>" not in page
    assert "<script" not in page
    assert "<?" not in page
    assert "<!D" not in page
    assert len(re.findall("<!--", page)) == 7
    assert parse_worksheet(format_worksheet(sheet)) == sheet


def step(said: str) -> FirstStep:
    return FirstStep(text=tidy_line(said), owner=tidy_line(said), notes=tidy_text(said))


# --- Through the front door: a blank worksheet, edited by hand, gone on with ---

MARK = "<!-- {}: coach/{} -->"


class Desk:
    """A worksheet on disk, an editor for it, and the program to go on with it."""

    def __init__(self, folder: Path, plguide: Plguide) -> None:
        self.file = folder / "coach.md"
        self.more = folder / "more.yaml"
        self.more.write_text("impact: {reflections: Said later.}\n", encoding="utf-8")
        self.plguide = plguide
        done = plguide("worksheet", "--role", "coach", "-o", self.file)
        assert done.code == 0

    @property
    def text(self) -> str:
        return self.file.read_bytes().decode("utf-8")

    def put(self, text: str) -> None:
        self.file.write_bytes(text.encode("utf-8"))

    def type_below(self, kind: str, question: str, typed: str) -> None:
        """Type below the heading of one part of a question."""
        mark = MARK.format(kind, question)
        assert self.text.count(mark) == 1
        before, after = self.text.split(mark)
        blank, heading, rest = after.split("\n\n", 1)[0], *after.lstrip("\n").split("\n", 1)
        self.put(f"{before}{mark}{blank}\n\n{heading}\n\n{typed}\n{rest}")

    def change(self, old: str, new: str) -> None:
        assert old in self.text
        self.put(self.text.replace(old, new))

    def go_on(self) -> Worksheet:
        """Let the program add something elsewhere and save, and read what is there then."""
        command = ("reflect", "--role", "coach", "-o", self.file, "--answers", self.more)
        done = self.plguide(*command, "--resume")
        assert (done.code, done.out) == (0, "")
        found = parse_worksheet(self.text)
        assert found.answer("impact").reflections == "Said later."
        return found


@pytest.fixture
def desk(tmp_path, plguide, monkeypatch) -> Desk:
    monkeypatch.setenv("PLGUIDE_STATE", str(tmp_path / "state"))
    return Desk(tmp_path, plguide)


def test_steps_typed_with_or_without_boxes_become_steps(desk):
    typed = (
        "- Call Ana\n* Visit a lesson\n3. Ask for time\n- [x] Read the plan\n- [-] Wait\n+ [X] Go"
    )
    desk.type_below("first-steps", "vision", typed)
    steps = desk.go_on().answer("vision").first_steps
    assert [(each.text, each.state) for each in steps] == [
        ("Call Ana", "open"),
        ("Visit a lesson", "open"),
        ("Ask for time", "open"),
        ("Read the plan", "done"),
        ("Wait", "dropped"),
        ("Go", "done"),
    ]


def test_a_box_that_was_ticked_in_another_editor_is_done(desk):
    desk.type_below("first-steps", "vision", "- [ ] Call\n- [ ] Visit")
    desk.go_on()
    desk.change("- [ ] Visit", "- [x] Visit")
    steps = desk.go_on().answer("vision").first_steps
    assert [(each.text, each.state) for each in steps] == [("Call", "open"), ("Visit", "done")]


@pytest.mark.parametrize("margin", ["", "  ", "      "])
def test_a_step_and_its_details_wrapped_over_lines_are_one_step(desk, margin):
    typed = (
        f"- [ ] Visit three lessons\n{margin}and take notes\n"
        f"    - Owner: Ana Lopez\n{margin}and Ben\n"
        f"    - Evidence: notes that\n{margin}both have read\n- [ ] Next"
    )
    desk.type_below("first-steps", "vision", typed)
    first, second = desk.go_on().answer("vision").first_steps
    assert first.text == "Visit three lessons and take notes"
    assert first.owner == "Ana Lopez and Ben"
    assert first.evidence == "notes that both have read"
    assert second.text == "Next"


@pytest.mark.parametrize("margin", ["  ", "   ", "    ", "\t", "      "])
def test_details_belong_to_their_step_however_far_they_are_indented(desk, margin):
    typed = f"- [ ] Visit a lesson\n{margin}- Owner: Ana\n{margin}- **Due:** 2026-09-01\n- [ ] Next"
    desk.type_below("first-steps", "vision", typed)
    first, second = desk.go_on().answer("vision").first_steps
    assert (first.text, first.owner, first.due) == ("Visit a lesson", "Ana", "2026-09-01")
    assert second.text == "Next"


def test_a_second_owner_typed_below_the_first_stands_beside_them(desk):
    typed = "- [ ] Visit\n    - Owner: Ana\n    - Owner: Ben"
    desk.type_below("first-steps", "vision", typed)
    assert desk.go_on().answer("vision").first_steps == (FirstStep(text="Visit", owner="Ana; Ben"),)


def test_an_owner_left_empty_below_the_first_changes_nothing(desk):
    typed = "- [ ] Visit\n    - Owner: Ana\n    - Owner:"
    desk.type_below("first-steps", "vision", typed)
    assert desk.go_on().answer("vision").first_steps == (FirstStep(text="Visit", owner="Ana"),)


def test_paragraphs_below_a_step_become_its_notes(desk):
    typed = "- [ ] Visit\n\n    Bring the form.\n\n    - one\n    - two\n- [ ] Next"
    desk.type_below("first-steps", "vision", typed)
    first, second = desk.go_on().answer("vision").first_steps
    assert first.notes == "Bring the form.\n\n- one\n- two"
    assert second.notes == ""


def test_reflections_typed_offline_keep_their_paragraphs_and_lists(desk):
    typed = "We saw *much*.\n\n- one\n  - two\n\n> Ana: said so"
    desk.type_below("reflections", "vision", typed)
    assert desk.go_on().answer("vision").reflections == typed


def test_text_between_sections_becomes_a_note_of_its_question(desk):
    mark = MARK.format("reflections", "vision")
    desk.change(mark, f"Ask Dana about this one.\n\n{mark}")
    found = desk.go_on()
    assert found.answer("vision").notes == "Ask Dana about this one."
    assert found.answer("vision").reflections == ""
    at = desk.text.index
    assert at(MARK.format("question", "vision")) < at("Ask Dana") < at(mark)


def test_text_at_the_end_of_the_file_is_kept_with_the_last_question(desk):
    desk.put(f"{desk.text}\nSigned by all of us.\n")
    found = desk.go_on()
    assert found.answers[-1].notes == "Signed by all of us."
    assert "Signed by all of us." in desk.text


def test_text_above_the_first_question_stays_there(desk):
    mark = MARK.format("question", "learning-need")
    desk.change(mark, f"For the team of the north school.\n\n{mark}")
    assert "For the team of the north school." in desk.go_on().preface
    assert desk.text.index("north school") < desk.text.index(mark)


def test_a_reworded_part_heading_is_kept_as_text_and_the_answers_stay_where_they_are(desk):
    desk.type_below("reflections", "vision", "Much to see.")
    mark = MARK.format("reflections", "vision")
    before, after = desk.text.split(mark)
    desk.put(f"{before}{mark}{after.replace('### Reflections', '### What we think', 1)}")
    found = desk.go_on().answer("vision")
    assert found.reflections == "### What we think\n\nMuch to see."


def test_a_reworded_question_heading_is_the_wording_from_then_on(desk):
    after = desk.text.split(MARK.format("question", "vision"))[1]
    asked = after.lstrip("\n").split("\n", 1)[0]
    desk.type_below("reflections", "vision", "Much to see.")
    desk.change(asked, "## What would they see?")
    found = desk.go_on().answer("vision")
    assert found.wording == "What would they see?"
    assert found.reflections == "Much to see."


@pytest.mark.parametrize("kind", ["question", "reflections", "first-steps"])
def test_a_deleted_mark_moves_words_but_loses_none(desk, kind):
    desk.type_below("reflections", "vision", "Much to see.")
    desk.type_below("first-steps", "vision", "- [ ] Call Ana")
    desk.change(MARK.format(kind, "vision"), "")
    found = desk.go_on()
    everything = "\n".join(
        part
        for each in found.answers
        for part in (each.notes, each.reflections, *(every.text for every in each.first_steps))
    )
    assert "Much to see." in everything
    assert "Call Ana" in everything
    assert len(found.answers) == len(parse_worksheet(desk.text).answers)


def test_a_question_block_that_stands_twice_is_brought_together(desk):
    desk.type_below("reflections", "vision", "Seen first.")
    desk.type_below("first-steps", "vision", "- [ ] Call Ana\n- [ ] Visit")
    start = desk.text.index(MARK.format("question", "vision"))
    end = desk.text.index(MARK.format("question", "evidence"))
    block = desk.text[start:end]
    other = block.replace("Seen first.", "Seen next.").replace("Visit", "Read")
    desk.put(desk.text[:end] + other + desk.text[end:])
    found = desk.go_on().answer("vision")
    assert found.reflections == "Seen first.\n\nSeen next."
    assert [each.text for each in found.first_steps] == ["Call Ana", "Visit", "Read"]
    assert found.notes == ""


def test_keys_and_remarks_of_others_in_the_front_matter_stay_word_for_word(desk):
    theirs = (
        "# for our wiki\ntags: [plan, 'north']   # two\n"
        "meta:\n  deep: |\n    # not a remark\n    a: b"
    )
    desk.change("\nrole: coach\n", f"\n{theirs}\nrole: coach\n")
    desk.go_on()
    assert f"\n{theirs}\n" in desk.text
    desk.go_on()
    assert desk.text.count(theirs) == 1


@pytest.mark.parametrize(
    "theirs",
    ['"my tags": [a, b]', "'mood': good", "-dash: 1", "- : x", "? odd\n: value"],
)
def test_a_key_of_others_is_kept_however_it_is_spelled(desk, theirs):
    desk.change("\nrole: coach\n", f"\nrole: coach\n{theirs}\n")
    try:
        parse_worksheet(desk.text)
    except NotAWorksheet:
        return
    desk.go_on()
    assert theirs in desk.text


@pytest.mark.parametrize("spelled", ['"role": coach', "'role': coach", "role : coach"])
def test_a_key_of_ours_spelled_otherwise_stands_once_after_a_save(desk, spelled):
    desk.change("\nrole: coach\n", f"\nmood: good\n{spelled}\n")
    desk.go_on()
    assert desk.go_on().role == "coach"
    assert "mood: good" in desk.text


@pytest.mark.parametrize(
    "new",
    [
        "role: coach  # the north team",
        "role: coach\nparticipants:\n  - Ana\n  # the north team\n  - Ben",
    ],
)
def test_a_remark_beside_a_key_of_ours_is_kept(desk, new):
    desk.change("\nrole: coach\n", f"\n{new}\n")
    desk.go_on()
    assert "# the north team" in desk.text


def test_an_answer_to_a_question_that_is_gone_is_kept(desk):
    desk.type_below("reflections", "vision", "Much to see.")
    desk.type_below("first-steps", "vision", "- [x] Call Ana")
    desk.change("/vision -->", "/former-question -->")
    found = desk.go_on()
    assert found.answer("former-question").reflections == "Much to see."
    assert found.answer("former-question").first_steps == (
        FirstStep(text="Call Ana", state="done"),
    )
    assert not found.answer("vision").answered


def test_a_question_whose_wording_has_changed_keeps_its_answer_and_the_wording_it_had(desk):
    desk.type_below("reflections", "vision", "Much to see.")
    asked = parse_worksheet(desk.text).answer("vision").wording
    desk.change(asked, "How was it put last year?")
    found = desk.go_on().answer("vision")
    assert found.reflections == "Much to see."
    assert found.wording == "How was it put last year?"


def test_a_question_whose_heading_was_deleted_is_asked_in_its_own_words_again(desk):
    asked = parse_worksheet(desk.text).answer("vision").wording
    desk.type_below("reflections", "vision", "Much to see.")
    desk.put("\n".join(row for row in desk.text.split("\n") if asked not in row))
    found = desk.go_on().answer("vision")
    assert (found.reflections, found.wording) == ("Much to see.", asked)


@pytest.mark.parametrize(("mark", "ending"), [("", "\r\n"), ("\ufeff", "\r\n"), ("\ufeff", "\n")])
def test_a_file_saved_by_an_editor_for_windows_is_read(desk, mark, ending):
    desk.type_below("reflections", "vision", "One line.\nAnother line.")
    desk.type_below("first-steps", "vision", "- [ ] Call Ana\n    - Owner: Ben")
    desk.put(mark + desk.text.replace("\n", ending))
    found = desk.go_on().answer("vision")
    assert found.reflections == "One line.\nAnother line."
    assert found.first_steps == (FirstStep(text="Call Ana", owner="Ben"),)


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda text: "", "front matter"),
        (lambda text: "Only notes of mine.\n", "front matter"),
        (lambda text: text.replace("plguide-worksheet: 2\n", ""), "`plguide-worksheet`"),
        (lambda text: text.replace("role: coach\n", ""), "no role"),
        (lambda text: text.replace("role: coach\n", "role: coach\nrole: teacher\n"), "YAML"),
        (lambda text: text.replace("role: coach\n", "role: [coach\n"), "YAML"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_worksheet_is_refused_with_the_reason_and_left_alone(desk, spoil, why):
    desk.put(spoil(desk.text))
    before = desk.file.read_bytes()
    done = desk.plguide(
        "reflect", "--role", "coach", "-o", desk.file, "--answers", desk.more, "--resume"
    )
    assert done.code == 4
    assert why in done.err
    assert desk.file.read_bytes() == before


def test_a_worksheet_of_a_later_format_is_refused_by_its_number():
    sheet = Worksheet(framework="a", role="b", title="B")
    text = format_worksheet(sheet).replace("plguide-worksheet: 2", "plguide-worksheet: 3")
    with pytest.raises(NewerWorksheet) as caught:
        parse_worksheet(text)
    assert (caught.value.version, caught.value.known) == (3, 2)
