"""`plguide schema`: what it refuses the loader refuses, and what it accepts the loader accepts."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from pl_guide.cli.schemas import Kind, schema_text
from pl_guide.content.files import ContentFile, decode, shipped_folder
from pl_guide.content.loading import check_content, load_library
from pl_guide.content.yaml_source import parse_yaml
from pl_guide.model import Framework, Role
from pl_guide.records import ID_PATTERN, TEXT_PATTERN
from pl_guide.worksheet.answers_file import prepared_answers
from support.examples import examples, is_thorough
from support.mutations import dumped, mutated, places, put
from support.program import ROOT

YAML_FILES = sorted([*shipped_folder().rglob("*.yaml"), *ROOT.glob("examples/**/*.yaml")])
COACH = load_library(only="coach").role("coach")
REFERENCE = re.compile("has no question|there is no |is taken|is here already")

QUICK = settings(
    max_examples=examples(700),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
LONG = settings(QUICK, max_examples=examples(10_000), derandomize=not is_thorough())


def read(path: Path) -> Any:
    parsed = parse_yaml(path.read_text(encoding="utf-8"))
    assert parsed.faults == ()
    return parsed.data


def shortened(data: Any) -> Any:
    """Keep two items of each list, so that a change hits something new more often."""
    if isinstance(data, dict):
        return {key: shortened(value) for key, value in data.items()}
    return [shortened(each) for each in data[:2]] if isinstance(data, list) else data


ANSWERS = {
    "vision": {
        "reflections": "We have one.\n\nFew could say it.",
        "first_steps": ["Read it aloud", {"text": "Ask", "owner": "Ana", "due": "2026-12-01"}],
    },
    "equity": {"first_steps": [{"text": "Look", "state": "done", "resources": "", "evidence": ""}]},
    "impact": {},
}
# With a value for each key there is, so that each can be changed.
FRAMEWORK = shortened(read(shipped_folder() / "standards.yaml")) | {
    "terms": {
        name: {"one": "a", "many": "b"}
        for name in ("category", "standard", "construct", "first_step")
    },
    "reflection": {"text": "Think.", "reflections": "Thoughts", "first_steps": "Steps"},
}
ROLE = shortened(read(shipped_folder() / "roles/coach.yaml"))
SOUND = {Kind.FRAMEWORK: FRAMEWORK, Kind.ROLE: ROLE, Kind.ANSWERS: ANSWERS}
KINDS = pytest.mark.parametrize("kind", list(Kind))


@cache
def validator(kind: Kind) -> Draft202012Validator:
    schema = json.loads(schema_text(kind))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


class Held(ContentFile):
    """A content file that needs no disk: its data, and what is said of them, without the place."""

    def __init__(self, data: Any) -> None:
        self._held = data
        self.said: list[str] = []
        super().__init__(Path("held"), "held")

    def _read(self) -> Any:
        return self._held

    def report(self, path: Any, sentence: Any, *rest: Any, **options: Any) -> None:
        what, _hint, _code = sentence
        self.said.append(what)


def said_by_the_loader(kind: Kind, data: Any) -> list[str]:
    if not isinstance(data, dict):
        return ["the file should hold `key: value` lines"]
    file = Held(data)
    if kind is Kind.ANSWERS:
        prepared_answers(file, COACH)
    else:
        decode(file, Framework if kind is Kind.FRAMEWORK else Role)
    return file.said


def assert_agree(kind: Kind, data: Any, said: list[str]) -> None:
    """The schema refuses what is misshapen; the loader refuses that and what refers to nothing."""
    faults = [each.message for each in validator(kind).iter_errors(data)]
    if faults:
        assert said, faults
    else:
        assert [each for each in said if not REFERENCE.search(each)] == []


# --- the schema itself ---


@KINDS
def test_a_schema_is_sound_json_schema_with_a_name_that_nobody_fetches(plguide, kind):
    done = plguide("schema", kind)
    assert (done.code, done.err) == (0, "")
    schema = json.loads(done.out)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:plguide:schema:{kind}"
    references = re.findall(r'"\$ref": "(.*)"', done.out)
    assert references
    assert all(each.startswith("#/$defs/") for each in references)


def test_without_a_kind_it_is_the_schema_of_a_role(plguide):
    assert plguide("schema").out == plguide("schema", "role").out


def test_an_unknown_kind_is_answered_with_those_there_are(plguide):
    done = plguide("schema", "standard")
    assert done.code == 2
    assert "framework" in done.err
    assert done.out == ""


@KINDS
def test_every_key_says_what_it_is_for_or_is_an_id(kind):
    schema = json.loads(schema_text(kind))
    parts = [schema.get("then", {}), schema.get("else", {}), *schema["$defs"].values()]
    objects = [each for each in parts if "properties" in each]
    silent = [
        key
        for each in objects
        for key, found in each["properties"].items()
        if not found.get("description") and key not in {"id", "state"}
    ]
    assert silent == []
    assert all(each["description"] for each in objects)


# --- against content that is sound ---


@pytest.mark.parametrize("path", YAML_FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_shipped_content_fits_its_schema(path):
    kind = Kind.FRAMEWORK if path.name == "standards.yaml" else Kind.ROLE
    assert [each.message for each in validator(kind).iter_errors(read(path))] == []


def test_the_page_on_editors_prints_schemas_as_it_says(plguide):
    page = (ROOT / "docs/editors.md").read_text(encoding="utf-8")
    found = re.findall(
        r"^plguide (schema (\w+)) > \.schema/(\w+)\.schema\.json$", page, re.MULTILINE
    )
    assert [name for _, name, _ in found] == [file for *_, file in found] == list(Kind)
    for command, name, _ in found:
        assert json.loads(plguide(*command.split()).out)["$id"].endswith(f":{name}")


def test_the_answers_of_the_documentation_fit_their_schema():
    page = (ROOT / "docs/reflect.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    data = parse_yaml(block).data
    assert list(validator(Kind.ANSWERS).iter_errors(data)) == []
    assert data["vision"]["first_steps"]


# --- against the loader ---


@pytest.mark.slow
@KINDS
def test_each_value_taken_out_or_emptied_is_refused_by_both_or_by_neither(kind):
    sound = SOUND[kind]
    assert_agree(kind, sound, said_by_the_loader(kind, sound))
    refused = 0
    for path in places(sound):
        for value in (None, "", " ", {}, [], 1, 1.0, True, "A b", "a-b", "a\n", ["a"], [None]):
            data = put(sound, path, value)
            said = said_by_the_loader(kind, data)
            assert_agree(kind, data, said)
            refused += bool(said)
    assert refused > 100


@KINDS
@given(data=st.data())
@QUICK
def test_a_changed_file_is_refused_by_both_or_by_neither(kind, data):
    changed = data.draw(mutated(SOUND[kind]))
    assert_agree(kind, changed, said_by_the_loader(kind, changed))


@pytest.mark.long
@KINDS
@given(data=st.data())
@LONG
def test_a_much_changed_file_is_refused_by_both_or_by_neither(kind, data):
    changed = data.draw(mutated(SOUND[kind]))
    assert_agree(kind, changed, said_by_the_loader(kind, changed))


@KINDS
@given(data=st.data())
@settings(QUICK, max_examples=examples(40))
def test_a_changed_file_on_disk_is_refused_by_the_command_or_fits_the_schema(
    plguide, tmp_path_factory, kind, data
):
    changed = data.draw(mutated(SOUND[kind]))
    text = dumped(changed)
    folder = tmp_path_factory.mktemp("content")
    (folder / "roles").mkdir()
    name = {Kind.FRAMEWORK: "standards.yaml", Kind.ROLE: "roles/coach.yaml"}.get(kind, "a.yaml")
    (folder / name).write_bytes(text.encode("utf-8", "surrogatepass"))
    if kind is Kind.ANSWERS:
        sheet = folder / "sheet.md"
        state = {"PLGUIDE_STATE": str(folder / "state")}
        done = plguide(
            "reflect", "--role", "coach", "--answers", folder / name, "-o", sheet, env=state
        )
    else:
        done = plguide("validate", "--content", folder)
    assert done.code in {0, 3}
    parsed = parse_yaml(text)
    fits = not parsed.faults and validator(kind).is_valid(parsed.data)
    if not fits:
        assert done.code == 3, text
    elif done.code == 3:
        assert REFERENCE.search(done.out + done.err)


# --- files that hold only what differs ---

CHANGES = {
    Kind.ROLE: {
        "extends": "coach",
        "title": "Learning partner",
        "order": 5,
        "basis": {"kind": "own", "note": "Ours."},
        "remove": ["responsibilities_note"],
        "responsibilities": [
            {"id": "reachable-coaching", "text": "Reach everyone."},
            {"id": "readiness", "remove": True},
            {
                "id": "new-one",
                "category": "conditions-for-success",
                "text": "New.",
                "after": "reachable-coaching",
            },
        ],
        "questions": [{"id": "vision", "remove": ["standards"], "before": "learning-need"}],
    },
    Kind.FRAMEWORK: {
        "extends": "standards-for-professional-learning",
        "title": "Ours",
        "remove": ["edition"],
        "publisher": {"name": "We", "remove": ["sites"]},
        "standards": [{"id": "evidence", "constructs": [{"id": "evidence-1", "text": "Look."}]}],
        "theory_of_change": {"steps": [{"id": "standards", "title": "Standards"}]},
    },
}


def problems_of(kind: Kind, folder: Path, data: Any) -> list[Any]:
    (folder / "roles").mkdir(exist_ok=True)
    name = "standards.yaml" if kind is Kind.FRAMEWORK else "roles/coach.yaml"
    (folder / name).write_bytes(dumped(data).encode("utf-8", "surrogatepass"))
    return [each for each in check_content(folder)[1] if each.severity == "error"]


@pytest.mark.parametrize("kind", CHANGES)
def test_a_file_that_holds_only_what_differs_fits_the_schema(tmp_path, kind):
    assert problems_of(kind, tmp_path, CHANGES[kind]) == []
    assert [each.message for each in validator(kind).iter_errors(CHANGES[kind])] == []


@pytest.mark.parametrize("kind", CHANGES)
@given(data=st.data())
@settings(QUICK, max_examples=examples(100))
def test_what_the_schema_refuses_of_a_file_of_changes_the_loader_refuses(
    tmp_path_factory, kind, data
):
    changed = data.draw(mutated(CHANGES[kind]))
    parsed = parse_yaml(dumped(changed))
    problems = problems_of(kind, tmp_path_factory.mktemp("content"), changed)
    if parsed.faults or not validator(kind).is_valid(parsed.data):
        assert problems
    else:
        # What is missing, or means nothing, is known only once both files lie together.
        assert {each.code for each in problems} <= {
            "missing-key", "unknown-key", "unknown-item", "unknown-base", "dangling-reference",
            "duplicate-id", "duplicate-entry", "duplicate-role", "name-taken",
        }  # fmt: skip


# --- one meaning in Python and in JavaScript ---


@pytest.mark.slow
def test_the_patterns_mean_what_white_space_means_whatever_the_character():
    for number in range(0x110000):
        character = chr(number)
        assert bool(re.search(TEXT_PATTERN, character)) is not character.isspace() or (
            0xD800 <= number < 0xE000
        ), hex(number)


def test_the_patterns_use_nothing_that_javascript_reads_in_another_way():
    for pattern in (TEXT_PATTERN, ID_PATTERN):
        assert not re.search(r"\\[sSwWdDbBAZz]|\(\?[^!]", pattern)
