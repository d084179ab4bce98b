"""Files that extend others: what they change, what stays, where each text is said to come from."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pl_guide.content.files import shipped_folder
from pl_guide.content.loading import check_content, load_library
from pl_guide.records import into_json
from support.examples import examples
from support.program import CLEAN_ENV, ROOT, Plguide

FRAMEWORK = "extends: standards-for-professional-learning\n"
COACH = """\
extends: coach
purpose: Ours.
responsibilities:
  - id: histories-and-identities
    text: Know those you coach.
  - id: our-own
    category: conditions-for-success
    text: Keep the doors open.
questions:
  - id: equity
    text: Whom do we miss?
"""

Shown = Callable[..., Any]


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def coach(text: str) -> dict[str, str]:
    return {"roles/coach.yaml": text}


@pytest.fixture
def shown(plguide: Plguide, tmp_path: Path) -> Shown:
    """What `show NAME` gives as data, with these files over the shipped content."""

    def show(name: str, files: dict[str, str], *options: str) -> Any:
        folder = write(tmp_path, files)
        found = plguide("show", name, "--content", folder, "--format", "json", *options)
        assert found.code == 0, found.err
        return json.loads(found.out)

    return show


@pytest.fixture
def places(plguide: Plguide, tmp_path: Path) -> Callable[[dict[str, str]], list[Any]]:
    """File, line, column and code of each problem and advice about these files."""

    def check(files: dict[str, str]) -> list[Any]:
        folder = write(tmp_path, files)
        found = plguide("validate", "--content", folder, "--format", "json")
        return [
            (
                each["file"].removeprefix(f"{folder}/"),
                each["line"],
                each["column"],
                each["code"],
            )
            for each in json.loads(found.out)
        ]

    return check


Places = Callable[[dict[str, str]], list[Any]]


def shipped(name: str = "coach") -> Any:
    return json.loads(into_json(load_library().role(name)))


def by_id(items: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {each["id"]: each for each in items}


def ids(items: list[dict[str, Any]]) -> list[str]:
    return [each["id"] for each in items]


def test_only_what_is_written_differs(shown: Shown) -> None:
    found, before = shown("coach", coach(COACH)), shipped()
    assert found["purpose"] == "Ours."
    items, old = found["responsibilities"], list(before["responsibilities"])
    assert ids(items) == [*ids(old), "our-own"]
    changed = by_id(items)["histories-and-identities"]
    assert changed == old[0] | {"text": "Know those you coach."}
    assert items[1:-1] == old[1:]
    assert by_id(found["questions"])["equity"]["text"] == "Whom do we miss?"
    kept = {"id", "title", "order", "aliases", "basis", "responsibilities_note", "resources"}
    for key in kept:
        assert found[key] == before[key]


def test_a_file_that_writes_nothing_changes_nothing(tmp_path: Path) -> None:
    names = [path.stem for path in (shipped_folder() / "roles").glob("*.yaml")]
    files = {f"roles/{name}.yaml": f"extends: {name}\n" for name in names}
    write(tmp_path, files | {"standards.yaml": FRAMEWORK})
    found, before = load_library(tmp_path), load_library()
    assert (found.framework, found.roles) == (before.framework, before.roles)


def test_its_own_id_given_again_is_the_same(shown: Shown) -> None:
    found = shown("coach", coach("id: coach\nextends: coach\ntitle: Our coach\n"))
    assert (found["id"], found["title"]) == ("coach", "Our coach")


def test_another_id_makes_a_new_role_that_starts_from_the_other(
    shown: Shown, plguide: Plguide, tmp_path: Path
) -> None:
    files = {"roles/lead.yaml": "id: lead\nextends: coach\ntitle: Lead coach\norder: 51\n"}
    found = shown("lead", files)
    assert found["responsibilities"] == shipped()["responsibilities"]
    assert found["aliases"] == [], "the shipped coach keeps its aliases"
    listed = json.loads(plguide("roles", "--content", tmp_path, "--format", "json").out)
    assert ids(listed).index("lead") == ids(listed).index("coach") + 1
    assert plguide("show", "mentor", "--content", tmp_path).out.startswith("# Coach\n")


def test_a_role_may_start_from_one_of_the_same_folder_in_any_order(shown: Shown) -> None:
    files = {
        "roles/a.yaml": "id: first\nextends: second\ntitle: First\n",
        "roles/b.yaml": "id: second\nextends: third\nquestions:\n  - {id: vision, text: Why?}\n",
        "roles/c.yaml": "id: third\nextends: coach\npurpose: Third.\n",
    }
    found = shown("first", files)
    assert (found["title"], found["purpose"]) == ("First", "Third.")
    assert by_id(found["questions"])["vision"]["text"] == "Why?"
    assert by_id(found["questions"])["equity"] == by_id(shipped()["questions"])["equity"]


def test_what_starts_from_a_role_that_is_changed_here_has_the_changes(shown: Shown) -> None:
    files = coach(COACH) | {"roles/a-lead.yaml": "id: lead\nextends: coach\n"}
    assert shown("lead", files)["purpose"] == "Ours."


def test_what_starts_from_a_role_that_is_replaced_here_starts_from_that(shown: Shown) -> None:
    own = "id: coach\ntitle: Own\nresponsibilities: []\nquestions: []\n"
    files = coach(own) | {"roles/a-lead.yaml": "id: lead\nextends: coach\n"}
    assert shown("lead", files)["title"] == "Own"


@pytest.mark.slow
def test_a_chain_of_many_files_is_followed_to_its_end(plguide: Plguide, tmp_path: Path) -> None:
    files = {
        f"roles/{number:04}.yaml": f"id: role-{number}\nextends: role-{number + 1}\n"
        for number in range(1200)
    }
    files["roles/last.yaml"] = "id: role-1200\nextends: coach\npurpose: Ours.\n"
    found = plguide("show", "role-0", "--content", write(tmp_path, files), "--format", "json")
    assert json.loads(found.out)["purpose"] == "Ours."


def test_items_are_taken_out_and_placed(shown: Shown) -> None:
    text = """\
extends: coach
questions:
  - {id: equity, remove: true}
  - {id: contexts, before: greatest-need}
  - {id: one, text: One?, after: vision}
  - {id: two, text: Two?, after: vision}
  - {id: three, text: Three?, after: two}
  - {id: four, text: Four?}
"""
    before = ids(shipped()["questions"])
    assert before[0] != "contexts"
    text = text.replace("greatest-need", before[0])
    rest = [each for each in before if each not in {"equity", "contexts"}]
    at = rest.index("vision") + 1
    expected = ["contexts", *rest[:at], "one", "two", "three", *rest[at:], "four"]
    found = shown("coach", coach(text))["questions"]
    assert ids(found) == expected
    assert by_id(found)["contexts"] == by_id(shipped()["questions"])["contexts"]


def test_keys_and_mappings_are_taken_out(shown: Shown) -> None:
    text = """\
extends: coach
remove: [purpose, responsibilities_note]
basis: {remove: true}
questions:
  - id: equity
    remove: [standards]
"""
    found = shown("coach", coach(text))
    assert (found["purpose"], found["responsibilities_note"], found["basis"]) == (None, None, None)
    assert by_id(found["questions"])["equity"]["standards"] == []


def test_a_list_of_names_is_replaced_whole(shown: Shown) -> None:
    text = "extends: coach\naliases: [ours]\nquestions:\n  - {id: equity, standards: [evidence]}\n"
    found = shown("coach", coach(text))
    assert found["aliases"] == ["ours"]
    assert by_id(found["questions"])["equity"]["standards"] == ["evidence"]


def test_the_framework_changes_by_id_and_keeps_its_roles(
    shown: Shown, plguide: Plguide, tmp_path: Path
) -> None:
    text = f"""\
{FRAMEWORK}edition: "2026"
terms:
  question: {{one: prompt, many: prompts}}
standards:
  - id: evidence
    title: Proof
    constructs:
      - {{id: evidence-2, text: Use several sources.}}
"""
    found = shown("framework", {"standards.yaml": text})
    before = json.loads(into_json(load_library().framework))
    assert ids(found["standards"]) == ids(before["standards"])
    standard, old = (by_id(each["standards"])["evidence"] for each in (found, before))
    assert standard["title"] == "Proof"
    assert standard["statement"] == old["statement"]
    assert [each["text"] for each in standard["constructs"]] == [
        old["constructs"][0]["text"],
        "Use several sources.",
        old["constructs"][2]["text"],
    ]
    assert found["terms"]["question"]["one"] == "prompt"
    assert found["terms"]["standard"] == before["terms"]["standard"]
    assert len(found["roles"]) == 7
    for arguments in (("--content", tmp_path), (tmp_path,)):
        done = plguide("validate", *arguments)
        assert (done.code, done.out) == (0, "")
        assert "11 standards, 7 roles" in done.err


def test_a_framework_with_another_id_starts_from_the_shipped_one_and_is_alone(
    shown: Shown, plguide: Plguide, tmp_path: Path
) -> None:
    files = {
        "standards.yaml": f"id: ours\n{FRAMEWORK}title: Ours\n",
        "roles/helper.yaml": "id: helper\nextends: coach\n",
    }
    found = shown("framework", files)
    assert (found["title"], ids(found["roles"])) == ("Ours", ["helper"])
    assert len(found["standards"]) == 11
    assert plguide("show", "principal", "--content", tmp_path).code == 2


def test_a_file_without_extends_replaces_as_ever(shown: Shown) -> None:
    text = "id: coach\ntitle: Own\nresponsibilities: []\nquestions: []\n"
    assert shown("coach", coach(text))["questions"] == []


# What is wrong in our own coach.yaml, and where and as what that is shown.
FAULTS = {
    "a misspelt key": ("extends: coach\ntitel: x\n", (2, 1, "unknown-key")),
    "a misspelt key in an item": (
        "extends: coach\nquestions:\n  - id: equity\n    txt: x\n",
        (4, 5, "unknown-key"),
    ),
    "a misspelt key in a mapping": ("extends: coach\nbasis:\n  nte: x\n", (3, 3, "unknown-key")),
    "a new item that isn't whole": (
        "extends: coach\nresponsibilities:\n  - id: our-own\n    text: x\n",
        (3, 5, "missing-key"),
    ),
    "a standard that doesn't exist": (
        "extends: coach\nquestions:\n  - id: equity\n    standards: [evidense]\n",
        (4, 17, "dangling-reference"),
    ),
    "an item that is no mapping": ("extends: coach\nquestions:\n  - Why?\n", (3, 5, "wrong-type")),
    "a text in place of a list": ("extends: coach\nquestions: Why?\n", (2, 12, "wrong-type")),
    "a number in place of a text": ("extends: coach\ntitle: 5\n", (2, 8, "wrong-type")),
    "nothing in place of a text": ("extends: coach\ntitle:\n", (2, 1, "empty-text")),
    "an alias that is taken": ("extends: coach\naliases: [teacher]\n", (2, 11, "name-taken")),
    "an id that is there twice": (
        "extends: coach\nquestions:\n  - {id: x, text: A?}\n  - {id: x, text: B?}\n",
        (4, 10, "duplicate-id"),
    ),
    "an item without an id": ("extends: coach\nquestions:\n  - text: A?\n", (3, 5, "missing-key")),
    "an unknown item taken out": (
        "extends: coach\nquestions:\n  - {id: equty, remove: true}\n",
        (3, 10, "unknown-item"),
    ),
    "an unknown key taken out": ("extends: coach\nremove: [purpos]\n", (2, 10, "unknown-item")),
    "the whole file taken out": ("extends: coach\nremove: true\n", (2, 9, "wrong-type")),
    "an item taken out and changed": (
        "extends: coach\nquestions:\n  - {id: equity, remove: true, text: A?}\n",
        (3, 32, "unknown-key"),
    ),
    "an item neither kept nor taken out": (
        "extends: coach\nquestions:\n  - {id: equity, remove: false}\n",
        (3, 26, "wrong-type"),
    ),
    "a place that doesn't exist": (
        "extends: coach\nquestions:\n  - {id: equity, after: vison}\n",
        (3, 25, "unknown-item"),
    ),
    "a place after itself": (
        "extends: coach\nquestions:\n  - {id: equity, after: equity}\n",
        (3, 25, "unknown-item"),
    ),
    "a place that is a list": (
        "extends: coach\nquestions:\n  - {id: equity, after: [vision]}\n",
        (3, 25, "unknown-item"),
    ),
    "two places": (
        "extends: coach\nquestions:\n  - {id: equity, after: vision, before: vision}\n",
        (3, 33, "unknown-item"),
    ),
    "a place of the file": ("extends: coach\nafter: teacher\n", (2, 1, "unknown-key")),
    "nothing to extend": ("extends: coch\n", (1, 10, "unknown-base")),
    "a path to extend": ("id: x\nextends: ../roles/coach\n", (2, 10, "unknown-base")),
    "an empty name to extend": ("id: x\nextends:\n", (2, 1, "empty-text")),
    "a list to extend": ("id: x\nextends: [coach]\n", (2, 10, "wrong-type")),
    "itself": ("id: ours\nextends: ours\n", (2, 10, "unknown-base")),
    "almost the same id": (
        "extends: coach\nquestions:\n  - {id: equitty, text: A?}\n",
        (3, 10, "near-id"),
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_shown_where_it_is_in_the_overlay(fault: str, places: Places) -> None:
    text, expected = FAULTS[fault]
    assert places(coach(text)) == [("roles/coach.yaml", *expected)]


def test_a_name_that_is_no_base_is_answered_with_the_nearest(
    plguide: Plguide, tmp_path: Path
) -> None:
    files = {"roles/helper.yaml": "id: x\nextends: helpr\n", "roles/own.yaml": "id: y\nextends: c"}
    own = "id: helper\ntitle: H\nresponsibilities: []\nquestions: []\n"
    folder = write(tmp_path, files | {"roles/plain.yaml": own})
    first, second = plguide("validate", "--content", folder).out.splitlines()
    assert "did you mean `helper`?" in first
    assert "did you mean `coach`?" in second


def test_the_framework_extends_the_shipped_one_alone(places: Places) -> None:
    found = places({"standards.yaml": "extends: standards\n", **coach("extends: coach\n")})
    assert found == [("standards.yaml", 1, 10, "unknown-base")]


def test_a_circle_is_shown_in_each_file_of_it_and_in_no_other(places: Places) -> None:
    files = {
        "roles/a.yaml": "id: a\nextends: b\n",
        "roles/b.yaml": "id: b\nextends: c\n",
        "roles/c.yaml": "id: c\nextends: b\n",
        "roles/d.yaml": "id: d\nextends: a\n",
    }
    assert places(files) == [
        ("roles/b.yaml", 2, 10, "circular-extends"),
        ("roles/c.yaml", 2, 10, "circular-extends"),
    ]


def test_two_files_that_change_one_role_are_shown_at_what_the_second_extends(
    places: Places,
) -> None:
    files = {"roles/a.yaml": "extends: coach\n", "roles/b.yaml": "extends: coach\n"}
    assert places(files) == [("roles/b.yaml", 1, 10, "duplicate-role")]


def test_a_fault_of_the_base_is_shown_once_and_in_the_base(places: Places) -> None:
    own = "id: base\ntitle: 5\nresponsibilities: []\nquestions:\n  - {id: q, text: ''}\n"
    files = {"roles/x.yaml": own, "roles/a.yaml": "id: a\nextends: base\nquestions: []\n"}
    assert places(files) == [
        ("roles/x.yaml", 2, 8, "wrong-type"),
        ("roles/x.yaml", 5, 19, "empty-text"),
    ]


def test_what_extends_an_unreadable_file_adds_no_problem_of_its_own(places: Places) -> None:
    files = {"roles/x.yaml": "id: [\n", "roles/a.yaml": "id: a\nextends: coach\n"}
    assert [code for *_, code in places(files)] == ["missing-value"]


def test_a_standard_taken_out_is_shown_where_the_shipped_roles_name_it(
    places: Places,
) -> None:
    text = f"{FRAMEWORK}standards:\n  - {{id: evidence, remove: true}}\n"
    found = places({"standards.yaml": text})
    assert {code for *_, code in found} == {"dangling-reference"}
    assert all(file.startswith("shipped/roles/") for file, *_ in found)


def test_reading_what_is_shipped_loads_nothing_of_overlays_and_advice(
    program: list[str],
) -> None:
    import subprocess
    import sys

    code = (
        "import sys; from pl_guide.content.loading import load_library; load_library(only='coach');"
        "print(*(name for name in sys.modules if name.startswith('pl_guide.content.')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=CLEAN_ENV
    )
    loaded = set(done.stdout.split())
    assert "pl_guide.content.loading" in loaded
    assert loaded.isdisjoint({f"pl_guide.content.{each}" for each in ("layering", "advice")})


# Values of every kind, and names and keys that mean something in an overlay.
names = st.sampled_from(["coach", "equity", "vision", "our-own", "purpose", "evidence", "x"])
values = st.recursive(
    st.none() | st.booleans() | st.integers(0, 9) | names | st.just("Why?"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "text", "remove", "after", "before", "standards", "extends"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)
keys = st.sampled_from(
    ["id", "title", "remove", "questions", "responsibilities", "basis", "aliases", "after"]
)


@given(
    overlays=st.lists(st.dictionaries(keys, values, max_size=4), min_size=1, max_size=3),
    bases=st.lists(names | values, min_size=3, max_size=3),
)
@settings(
    max_examples=examples(150),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_overlay_ends_in_content_or_in_problems_inside_a_file(
    overlays: list[dict[str, Any]], bases: list[Any], tmp_path: Path
) -> None:
    (tmp_path / "roles").mkdir(exist_ok=True)
    for path in (tmp_path / "roles").iterdir():
        path.unlink()
    texts = {}
    for number, (data, base) in enumerate(zip(overlays, bases, strict=False)):
        path = tmp_path / f"roles/{number}.yaml"
        path.write_text(yaml.safe_dump({"extends": base} | data, sort_keys=False), "utf-8")
        texts[str(path)] = path.read_text("utf-8").splitlines()
    library, problems = check_content(tmp_path, advise=True)
    assert problems or library is not None
    for problem in problems:
        if problem.file in texts:
            line = texts[problem.file][problem.line - 1]
            assert 1 <= problem.column <= len(line) + 1, problem
        else:
            assert problem.file.startswith("shipped/"), problem


def test_the_example_of_the_page_does_what_it_says(shown: Shown) -> None:
    page = ROOT / "docs/content.md"
    _, _, rest = page.read_text("utf-8").partition("```yaml\n# roles/coach.yaml\n")
    found = shown("coach", coach(rest.partition("```")[0]))
    items = ids(found["responsibilities"])
    assert items.index("walk-the-halls") == items.index("reachable-coaching") + 1
    assert by_id(found["responsibilities"])["histories-and-identities"]["category"]
    assert "equity" not in ids(found["questions"])


def test_a_new_role_doesn_t_take_over_whose_words_the_other_says_it_has(plguide, tmp_path):
    (tmp_path / "roles").mkdir()
    (tmp_path / "roles" / "aide.yaml").write_text(
        "extends: coach\nid: aide\ntitle: Aide\n", encoding="utf-8"
    )
    done = plguide("show", "aide", "--content", tmp_path)
    assert done.code == 0
    assert "Derived" not in done.out
