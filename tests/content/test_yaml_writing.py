"""Content written as YAML: the loader reads the same, and a person likes to read it."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pl_guide.content.loading import check_content, load_library
from pl_guide.content.yaml_source import parse_yaml
from pl_guide.content.yaml_writing import WIDTH, format_yaml
from pl_guide.model import Basis, Framework, Question, Responsibility, Role
from pl_guide.records import into_plain, into_record
from support.examples import examples

LIBRARY = load_library()

# Whatever YAML, or a reader of it, could take for something else than text.
PIECES = (
    *"-?:,[]{}#&*!|>'\"%@`~<=\\.0 ",
    *("\t", "\n", "\n\n", "\r\n", "  ", "\x85", "\u2028", "\u2029", "\ufeff", "\x00", "\x1b"),
    *("\xa0", "\u200b", "\u200c", "\u200d", "\u202e", "\u2066", "\xad", "\ufffe", "\U0010ffff"),
    *("- ", ": ", " #", "? ", "---\n", "...", "null", "true", "no", "1e9", "0x1", "2026-01-02"),
    *("word ", "longer words than these ", "élan ", "نص ", "教師", "😀", "“quoted”", "it’s "),
)
texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=80).map("".join),
).filter(str.strip)


@settings(
    max_examples=examples(200),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.lists(texts, min_size=6, max_size=6))
def test_any_text_written_is_read_back_by_the_loader_to_the_letter(drawn):
    title, note, purpose, responsibility, question, remark = drawn
    category = LIBRARY.framework.categories[0].id
    role = Role(
        id="some-role",
        title=title,
        aliases=("2nd-name", "null"),
        basis=Basis(kind="own", note=note),
        purpose=purpose,
        responsibilities=(Responsibility(id="one", category=category, text=responsibility),),
        questions=(Question(id="true", standards=("evidence",), text=question),),
    )
    remarks = {"": remark, "purpose": remark, "questions": remark, "aliases": remark}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "roles", "some-role.yaml")
        file.parent.mkdir()
        file.write_bytes(format_yaml(role, remarks).encode())
        library, problems = check_content(Path(folder))
    assert not problems
    assert library.role("some-role") == role


@pytest.mark.parametrize("role", LIBRARY.roles, ids=lambda role: role.id)
def test_a_shipped_role_written_anew_is_the_same_role_in_lines_that_fit(role):
    text = format_yaml(role)
    assert into_record(parse_yaml(text).data, Role) == role
    assert max(map(len, text.splitlines())) <= WIDTH
    assert not [line for line in text.splitlines() if line != line.rstrip()]


def test_a_framework_is_written_as_its_record_or_as_plain_data():
    for content in (LIBRARY.framework, {"id": "x"} | into_plain(LIBRARY.framework)):
        data = parse_yaml(format_yaml(content)).data
        assert into_record(data, Framework) == LIBRARY.framework


def test_what_goes_without_saying_is_not_written_and_remarks_stand_above():
    role = Role(id="x", title="X", responsibilities=(), questions=(Question(id="q", text="Q?"),))
    remarks = {"": "A role.\nYours.", "title": "Its name.", "questions": "The first."}
    assert format_yaml(role, remarks) == (
        "# A role.\n# Yours.\nid: x\n\n# Its name.\ntitle: X\n\nresponsibilities: []\n\n"
        "# The first.\nquestions:\n  - id: q\n    text: Q?\n"
    )


def test_a_half_surrogate_pair_which_no_file_can_hold_is_written_as_a_mark():
    assert parse_yaml(format_yaml({"text": "a\ud800b"})).data == {"text": "a\ufffdb"}
