"""Worksheets to test with: whole ones, made of text that imitates everything it could."""

from hypothesis import strategies as st

from pl_guide.worksheet.model import (
    Answer,
    FirstStep,
    Section,
    Worksheet,
    tidy_line,
    tidy_text,
)

HOSTILE = (
    "---", "===", "- [ ] ", "- [x] done", "# ", "## 2. What?", "### Reflections", "```", "~~~",
    "<!-- question: vision -->", "<!-- reflections: vision -->", "<!-- first-steps: vision -->",
    "<!-- notes: vision -->", "<!--", "-->", "<script>", "</div>", "<b>", "|", "\\", "\\#", "\\<",
    "\\\\<b>", "- Owner: ", "    - Due: ", "    - Checked: ", "* **Owner:** ", "> ", "1. ", "    ",
    "\t", "plguide: 1",
    "Ana: ", "@ana", "&lt;", "\u2028", "\x0c", "\x1b[31m", "\x00", "\ufeff", "é", "👩‍🏫", "שלום",
    "\u202e", "\x85", "\\- Owner: ", "-", "- -", "=", "--", " ", "  \n", "\n", "\n\n", "x",
)  # fmt: skip

pieces = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=6))
texts = st.lists(pieces, max_size=8).map(lambda parts: tidy_text("".join(parts)))
lines = st.lists(pieces, max_size=4).map(lambda parts: tidy_line("".join(parts)))
filled_lines = lines.filter(bool)
ids = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)

steps = st.builds(
    FirstStep,
    text=filled_lines,
    state=st.sampled_from(["open", "done", "dropped"]),
    owner=lines,
    due=lines,
    resources=lines,
    evidence=lines,
    history=st.lists(filled_lines, max_size=2).map(tuple),
    notes=texts,
)
answers = st.builds(
    Answer,
    question=ids,
    role=st.one_of(st.just(""), st.just("another-role")),
    wording=lines,
    reflections=texts,
    first_steps=st.lists(steps, max_size=3).map(tuple),
    notes=texts,
)
sections = st.one_of(
    st.just(()), st.builds(Section, name=ids, heading=lines, text=texts).map(lambda one: (one,))
)
extras = st.sampled_from(
    ("", "tags: [a, b]", "# a remark\nmood: 'good'  # really\nmore:\n  deep: 1")
)
worksheets = st.builds(
    Worksheet,
    framework=ids,
    edition=lines,
    role=ids,
    title=filled_lines,
    heading=lines,
    columns=st.tuples(filled_lines, filled_lines),
    participants=st.lists(filled_lines, max_size=3).map(tuple),
    started=lines,
    updated=lines,
    id=st.one_of(st.just(""), ids),
    merged=st.sets(ids, max_size=2).map(lambda found: tuple(sorted(found))),
    standards=st.lists(ids, max_size=2).map(tuple),
    extra=extras,
    preface=texts,
    before=sections,
    answers=st.lists(answers, max_size=4, unique_by=lambda answer: answer.key).map(tuple),
    after=sections,
)
