"""Every way a content file can be wrong: where the problem is shown, and what it says to do."""

import json
import os
import re
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from pl_guide.content.yaml_source import MAX_DEPTH
from support.program import Plguide

FRAMEWORK = """\
id: tiny
title: Tiny framework
categories:
  - id: craft
    title: Craft
standards:
  - id: listening
    category: craft
    title: Listening
    statement: listen before they speak.
    constructs:
      - id: listening-1
        text: Listen first.
resources:
  - id: handbook
    title: Handbook
    text: A book.
"""
ROLE = """\
id: helper
title: Helper
aliases: [hand]
responsibilities:
  - id: hear
    category: craft
    standards: [listening]
    text: Hear people out.
questions:
  - id: who
    text: Whom did we not hear?
resources: [handbook]
"""
# A role that fits the framework that is shipped.
OWN_ROLE = """\
id: helper
title: Helper
responsibilities:
  - id: hear
    category: conditions-for-success
    standards: [evidence]
    text: Hear people out.
questions:
  - id: who
    text: Whom did we not hear?
"""
SHIPPED_FRAMEWORK_ID = "standards-for-professional-learning"
MARK = "¶"
"""Stands in an example where its problem should be shown; it is taken out before the test."""

Files = dict[str, str | bytes]
Problem = dict[str, object]


def spoiled(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, f"{old!r} should stand once in the example"
    return text.replace(old, new)


def unmarked(text: str) -> tuple[str, tuple[int, int]]:
    before, _, after = text.partition(MARK)
    assert MARK in text
    assert MARK not in after
    return before + after, (before.count("\n") + 1, len(before) - before.rfind("\n"))


def write(folder: Path, files: Files) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def place(problem: Problem) -> tuple[object, object]:
    return problem["line"], problem["column"]


def places(folder: Path, problems: list[Problem]) -> list[tuple[str, object, object]]:
    """Give each problem's file, as it lies in the folder, with line and column."""
    return [
        (str(each["file"]).removeprefix(f"{folder}/"), each["line"], each["column"])
        for each in problems
    ]


def listed(run: Plguide, *arguments: object) -> list[Problem]:
    code, out, err = run("validate", *arguments, "--format", "json")
    assert "Traceback" not in err
    assert code == 3, err
    problems = json.loads(out)
    assert problems
    for each in problems:
        assert set(each) == {"file", "line", "column", "message", "hint", "code", "severity"}
        assert each["severity"] == "error"
        assert each["message"].strip()
        assert each["hint"].strip()
    return problems


@pytest.fixture
def problems_of(plguide: Plguide, tmp_path: Path) -> Callable[..., list[Problem]]:
    """The problems of the small framework and role above, once a file of them is changed."""

    def check(**files: str | bytes) -> list[Problem]:
        sources = {"framework": FRAMEWORK, "role": ROLE} | files
        names = {"standards.yaml": sources["framework"], "roles/helper.yaml": sources["role"]}
        return listed(plguide, write(tmp_path, names))

    return check


ProblemsOf = Callable[..., list[Problem]]


def assert_only_problem(
    problems: list[Problem],
    file: str,
    expected: tuple[int, int],
    says: tuple[str, ...],
    remedy: str,
) -> None:
    assert len(problems) == 1, problems
    (problem,) = problems
    assert str(problem["file"]).endswith(file)
    assert place(problem) == expected
    for word in says:
        assert word in str(problem["message"])
    assert remedy in str(problem["hint"])


def test_the_examples_themselves_are_sound(plguide: Plguide, tmp_path: Path) -> None:
    write(tmp_path, {"standards.yaml": FRAMEWORK, "roles/helper.yaml": ROLE})
    assert plguide("validate", tmp_path).code == 0


# One fault in the role's file: what is changed, into what, what is said, and what to do.
ROLE_FAULTS = {
    "a misspelt key": ("aliases:", "¶aliasses:", ("`aliasses`",), "`aliases`"),
    "a key unlike any other": ("aliases:", "¶zzz:", ("`zzz`",), "delete"),
    "a misspelt key in an item": (
        "    standards: [listening]",
        "    ¶standard: [listening]",
        ("`standard`",),
        "`standards`",
    ),
    "a missing key": ("title: Helper\n", "", ("`title`",), "`title: …`"),
    "a missing key in an item": (
        "  - id: who\n    text: Whom did we not hear?",
        "  - ¶id: who",
        ("item 1", "`questions`", "`text`"),
        "`text: …`",
    ),
    "a key that is there twice": (
        "resources:",
        "¶title: Again\nresources:",
        ("`title`", "twice"),
        "keep one",
    ),
    "a key that is there twice in an item": (
        "    text: Hear people out.",
        "    text: Hear people out.\n    ¶text: Again.",
        ("`text`", "twice"),
        "keep one",
    ),
    "two responsibilities with one id": (
        "questions:",
        "  - id: ¶hear\n    category: craft\n    text: Again.\nquestions:",
        ("`hear`", "taken"),
        "another id",
    ),
    "two questions with one id": (
        "resources:",
        "  - id: ¶who\n    text: Again?\nresources:",
        ("`who`", "taken"),
        "another id",
    ),
    "a standard listed twice": (
        "[listening]",
        "[listening, ¶listening]",
        ("`listening`", "already"),
        "delete one",
    ),
    "a resource listed twice": (
        "[handbook]",
        "[handbook, ¶handbook]",
        ("`handbook`", "already"),
        "delete one",
    ),
    "an alias that the framework uses": (
        "[hand]",
        "[hand, ¶listening]",
        ("`listening`", "taken", "framework"),
        "another name",
    ),
    "a role that calls itself framework": (
        "id: helper",
        "id: ¶framework",
        ("`framework`", "taken"),
        "another name",
    ),
    "a category that doesn't exist": (
        "category: craft",
        "category: ¶crafts",
        ("category", "`crafts`"),
        "`craft`",
    ),
    "a category unlike any other": (
        "category: craft",
        "category: ¶zebra",
        ("category", "`zebra`"),
        "there are: craft",
    ),
    "a standard that doesn't exist": (
        "[listening]",
        "[¶listning]",
        ("standard", "`listning`"),
        "`listening`",
    ),
    "a construct that doesn't exist": (
        "[listening]",
        "[¶listening-2]",
        ("construct", "`listening-2`"),
        "`listening-1`",
    ),
    "a standard of a question that doesn't exist": (
        "  - id: who",
        "  - id: who\n    standards: [listening, ¶listning-1]",
        ("standard", "`listning-1`"),
        "`listening-1`",
    ),
    "a resource that doesn't exist": (
        "[handbook]",
        "[handbook, ¶handbok]",
        ("resource", "`handbok`"),
        "`handbook`",
    ),
    "a number as a title": ("title: Helper", "title: ¶2022", ("`title`", "2022"), "quotes"),
    "a fraction as a title": ("title: Helper", "title: ¶1.5", ("`title`", "1.5"), "quotes"),
    "yes-or-no as a title": ("title: Helper", "title: ¶true", ("`title`", "true"), "quotes"),
    "a number as an id": ("id: who", "id: ¶7", ("`id`", "7"), "quotes"),
    "a number as an alias": ("[hand]", "[hand, ¶7]", ("item 2", "`aliases`", "7"), "quotes"),
    "a list as a title": ("title: Helper", "title: ¶[Helper]", ("`title`", "a list"), "one text"),
    "a mapping as a title": ("title: Helper", "title: ¶{a: b}", ("`title`", "mapping"), "one text"),
    "a list as a category": (
        "category: craft",
        "category: ¶[craft]",
        ("`category`", "a list"),
        "one text",
    ),
    "a mapping as a category": (
        "category: craft",
        "category: ¶{craft: 1}",
        ("`category`", "mapping"),
        "one text",
    ),
    "a list in the list of standards": (
        "[listening]",
        "[¶[listening]]",
        ("item 1", "`standards`", "a list"),
        "one text",
    ),
    "a mapping in the list of resources": (
        "[handbook]",
        "[¶{id: handbook}]",
        ("item 1", "`resources`", "mapping"),
        "one text",
    ),
    "a list as an id": ("id: helper", "id: ¶[helper]", ("`id`", "a list"), "one text"),
    "text where a list belongs": ("[hand]", "¶hand", ("`aliases`", "a list"), "`- `"),
    "a mapping where a list belongs": (
        "  - id: who\n    text: Whom did we not hear?",
        "  ¶id: who\n  text: Whom did we not hear?",
        ("`questions`", "a list", "mapping"),
        "`- `",
    ),
    "nothing where a list belongs": ("aliases: [hand]", "¶aliases:", ("`aliases`",), "delete"),
    "text where a mapping belongs": (
        "  - id: who\n    text: Whom did we not hear?",
        "  - ¶Whom did we not hear?",
        ("item 1", "`questions`", "mapping"),
        "`key: value`",
    ),
    "text where the basis belongs": (
        "resources:",
        "basis: ¶own\nresources:",
        ("`basis`", "mapping"),
        "`key: value`",
    ),
    "text where a number belongs": (
        "resources:",
        "order: ¶first\nresources:",
        ("`order`", "whole number", "text"),
        "",
    ),
    "a fraction where a whole number belongs": (
        "resources:",
        "order: ¶5.5\nresources:",
        ("`order`", "whole number", "5.5"),
        "",
    ),
    "endlessly many where a whole number belongs": (
        "resources:",
        "order: ¶.inf\nresources:",
        ("`order`", "whole number"),
        "",
    ),
    "nothing for a title": ("title: Helper", "¶title:", ("`title`", "empty"), "write"),
    "null for a title": ("title: Helper", "¶title: null", ("`title`", "empty"), "write"),
    "nothing for a text that may be left out": (
        "resources:",
        "¶purpose:\nresources:",
        ("`purpose`", "empty"),
        "delete",
    ),
    "empty quotes": ("title: Helper", 'title: ¶""', ("`title`", "empty"), "write"),
    "white space for a text": ("title: Helper", 'title: ¶" \\t "', ("`title`", "empty"), "write"),
    "no-break spaces for a text": (
        "title: Helper",
        'title: ¶"\u00a0\u2003"',
        ("`title`", "empty"),
        "write",
    ),
    "a folded text with no lines": ("title: Helper", "title: ¶>-", ("`title`", "empty"), "write"),
    "white space in a list": (
        "[handbook]",
        "[handbook, ¶' ']",
        ("item 2", "`resources`", "empty"),
        "write",
    ),
    "an id with capitals and spaces": ("id: who", "id: ¶Who Is", ("`id`",), "`who-is`"),
    "an id with accents": ("id: who", "id: ¶élan", ("`id`",), "`elan`"),
    "an id with two hyphens": ("id: who", "id: ¶who--is", ("`id`",), "`who-is`"),
    "an id with an underscore": ("id: who", "id: ¶who_is", ("`id`",), "`who-is`"),
    "an id in another script": ("id: who", "id: ¶приём", ("`id`",), "English"),
    "an id of signs alone": ("id: who", "id: ¶'!!!'", ("`id`",), "English"),
    "an id that ends in a line break": ("id: who", "id: ¶|\n      who", ("`id`",), "`who`"),
    "an alias with capitals": ("[hand]", "[¶Hand]", ("`aliases`",), "`hand`"),
    "a choice that isn't one": (
        "resources:",
        "basis:\n  kind: ¶derved\n  note: Ours.\nresources:",
        ("`kind`", "`own`"),
        "`derived`",
    ),
    "a number where there is a choice": (
        "resources:",
        "basis:\n  kind: ¶5\n  note: Ours.\nresources:",
        ("`kind`", "`own`"),
        "",
    ),
    "a tab before a key": (
        "    category: craft",
        "¶\tcategory: craft",
        ("tab",),
        "spaces",
    ),
    "a tab after spaces": (
        "    category: craft",
        "  ¶\tcategory: craft",
        ("tab",),
        "spaces",
    ),
    "a tab before a list item": ("  - id: who", "¶\t- id: who", ("tab",), "spaces"),
    "a tab inside a folded text": (
        "    text: Hear people out.",
        "    text: >-\n      Hear\n¶\tpeople out.",
        ("tab",),
        "spaces",
    ),
    "a colon inside a text": ("Whom did", "Whom¶: did", ("colon",), "quotes"),
    "a quote never closed": ("Whom did we not hear?", '¶"Whom did', ("quote", "closed"), "closing"),
    "a single quote never closed": (
        "Whom did we not hear?",
        "¶'Whom did",
        ("quote", "closed"),
        "closing",
    ),
    "text after a closing quote": (
        "Whom did we not hear?",
        '"Whom" ¶did we not hear?',
        (),
        "quotes",
    ),
    "a backslash in double quotes": (
        "Whom did we not hear?",
        '"C:¶\\Documents"',
        ("backslash",),
        "single quotes",
    ),
    "text that begins with an at sign": ("Whom did", "¶@Whom did", ("`@`",), "quotes"),
    "text that begins with a percent sign": ("Whom did", "¶%Whom did", ("`%`",), "quotes"),
    "a word in asterisks": ("Whom did", "¶*Whom* did", ("`*`",), "quotes"),
    "text that begins with an ampersand": ("Whom did", "¶& Whom did", ("`&`",), "quotes"),
    "a bracket never closed": (
        "[listening]",
        "¶[listening",
        ("bracket", "finished"),
        "close the bracket",
    ),
    "a line without a colon": ("title: Helper", "¶title Helper", ("colon",), "`key: value`"),
    "no space after a colon": ("title: Helper", "¶title:Helper", ("colon",), "`key: value`"),
    "a line that is indented less": (
        "    text: Whom did we not hear?",
        "   ¶text: Whom did we not hear?",
        (),
        "",
    ),
    "a mapping as a key": ("aliases:", "? ¶[hand]\n:", ("key",), "`key: value`"),
    "an alias": ("[handbook]", "[handbook]\npurpose: ¶*who", ("`*who`",), "write the text out"),
    "a tag": (
        "id: who",
        "id: ¶!!python/object:os.system who",
        ("!!python/object:os.system",),
        "delete",
    ),
    "a harmless tag": ("id: who", "id: ¶!!str who", ("!!str",), "delete"),
    "a second document": (
        "resources: [handbook]\n",
        "resources: [handbook]\n¶---\nid: other\n",
        ("second document",),
        "one document",
    ),
}
# What is missing is shown where the thing begins that lacks it.
AT = {"a missing key": (1, 1)}


@pytest.mark.parametrize("fault", ROLE_FAULTS)
def test_a_fault_in_a_role_is_shown_at_its_place_with_its_remedy(
    fault: str, problems_of: ProblemsOf
) -> None:
    old, new, says, remedy = ROLE_FAULTS[fault]
    role, expected = spoiled(ROLE, old, new), AT.get(fault)
    if expected is None:
        role, expected = unmarked(role)
    assert_only_problem(problems_of(role=role), "roles/helper.yaml", expected, says, remedy)


FRAMEWORK_FAULTS = {
    "a misspelt key": ("resources:", "¶resorces:", ("`resorces`",), "`resources`"),
    "an edition without quotes": (
        "title: Tiny framework",
        "title: Tiny framework\nedition: ¶2022",
        ("`edition`", "2022"),
        "quotes",
    ),
    "two categories with one id": (
        "standards:\n",
        "  - id: ¶craft\n    title: Craft again\nstandards:\n",
        ("`craft`", "taken"),
        "another id",
    ),
    "two resources with one id": (
        "    text: A book.\n",
        "    text: A book.\n  - id: ¶handbook\n    title: Again\n    text: A book.\n",
        ("`handbook`", "taken"),
        "another id",
    ),
    "a construct with a standard's id": (
        "id: listening-1",
        "id: ¶listening",
        ("`listening`", "taken"),
        "another id",
    ),
    "two foundations with one id": (
        "resources:",
        "foundations:\n  - {id: one, text: A.}\n  - {id: ¶one, text: B.}\nresources:",
        ("`one`", "taken"),
        "another id",
    ),
    "two steps with one id": (
        "resources:",
        "theory_of_change: {title: T, steps: [{id: a, title: A}, {id: ¶a, title: B}]}\nresources:",
        ("`a`", "taken"),
        "another id",
    ),
    "a standard's alias that a category uses": (
        "    title: Listening",
        "    title: Listening\n    aliases: [¶craft]",
        ("`craft`", "taken"),
        "another name",
    ),
    "a category that doesn't exist": (
        "category: craft",
        "category: ¶carft",
        ("category", "`carft`"),
        "`craft`",
    ),
    "a list as a category": (
        "category: craft",
        "category: ¶[craft]",
        ("`category`", "a list"),
        "one text",
    ),
    "a number where the theory of change belongs": (
        "resources:",
        "theory_of_change: ¶5\nresources:",
        ("`theory_of_change`", "5"),
        "`key: value`",
    ),
    "text where true or false belongs": (
        "    text: A book.\n",
        "    text: A book.\n    role_specific: ¶no\n",
        ("`role_specific`", "true or false"),
        "",
    ),
    "a construct with no text": (
        "        text: Listen first.",
        "        ¶text:",
        ("`text`", "empty"),
        "write",
    ),
}


@pytest.mark.parametrize("fault", FRAMEWORK_FAULTS)
def test_a_fault_in_the_framework_is_shown_at_its_place_with_its_remedy(
    fault: str, problems_of: ProblemsOf, tmp_path: Path
) -> None:
    old, new, says, remedy = FRAMEWORK_FAULTS[fault]
    framework, expected = unmarked(spoiled(FRAMEWORK, old, new))
    own = [
        each
        for each in problems_of(framework=framework)
        if each["file"] == str(tmp_path / "standards.yaml")
    ]
    assert_only_problem(own, "standards.yaml", expected, says, remedy)


# What is wrong with the file as a whole, or with its bytes.
WHOLE_FILES: dict[str, tuple[bytes, tuple[int, int], tuple[str, ...], str]] = {
    "an empty file": (b"", (1, 1), ("empty",), "write"),
    "a file of blank lines": (b"\n  \n\n", (1, 1), ("empty",), "write"),
    "a file of comments": (b"# one\n# two\n", (1, 1), ("empty",), "write"),
    "a file that says null": (b"~\n", (1, 1), ("empty",), "write"),
    "a list": (b"# a comment\n\n- one\n- two\n", (3, 1), ("`key: value`",), "`id: …`"),
    "a line of prose": (b"Hear people out.\n", (1, 1), ("`key: value`",), "`id: …`"),
    "a number": (b"\n  12\n", (2, 3), ("`key: value`",), "`id: …`"),
    "UTF-16": (ROLE.encode("utf-16"), (1, 1), ("UTF-16",), "UTF-8"),
    "UTF-16, the other way round": (
        b"\xfe\xff" + ROLE.encode("utf-16-be"),
        (1, 1),
        ("UTF-16",),
        "UTF-8",
    ),
    "Latin-1": (ROLE.replace("Whom", "Wöm").encode("latin-1"), (11, 12), ("UTF-8",), "UTF-8"),
    "a stray byte after accents, counted in characters": (
        ROLE.encode().replace(b"Whom", "Ünlü ".encode() + b"\xff"),
        (11, 16),
        ("UTF-8",),
        "UTF-8",
    ),
    "a stray byte with Windows line ends": (
        ROLE.replace("\n", "\r\n").encode().replace(b"Whom", b"Wh\xf6m"),
        (11, 13),
        ("UTF-8",),
        "UTF-8",
    ),
    "a stray byte with the line ends of old Macs": (
        ROLE.replace("\n", "\r").encode().replace(b"Whom", b"Wh\xf6m"),
        (11, 13),
        ("UTF-8",),
        "UTF-8",
    ),
    "a character cut in half at the end": (
        ROLE.encode() + "# ö".encode()[:-1],
        (13, 3),
        ("UTF-8",),
        "UTF-8",
    ),
    "a control character with the line ends of old Macs": (
        ROLE.replace("\n", "\r").replace("Whom", "Wh\x07m").encode(),
        (11, 13),
        ("U+0007",),
        "delete",
    ),
    "a tab with the line ends of old Macs": (
        ROLE.replace("    category", "\tcategory").replace("\n", "\r").encode(),
        (6, 1),
        ("tab",),
        "spaces",
    ),
    "an alias of itself": (b"&a [*a]\n", (1, 5), ("`*a`",), "write the text out"),
    "an alias of what it is in": (
        b"id: &a\n  x: *a\n",
        (2, 6),
        ("`*a`",),
        "write the text out",
    ),
    "a text in Word's line break": (
        ROLE.replace("Whom did", "Whom\u2028did").encode(),
        (11, 15),
        ("U+2028",),
        "delete",
    ),
}


@pytest.mark.parametrize("kind", WHOLE_FILES)
def test_a_file_of_the_wrong_kind_is_shown_with_its_remedy(
    kind: str, problems_of: ProblemsOf
) -> None:
    role, expected, says, remedy = WHOLE_FILES[kind]
    assert_only_problem(problems_of(role=role), "roles/helper.yaml", expected, says, remedy)


@pytest.mark.parametrize("framework", [b"", b"# nothing yet\n", b"- a list\n", b"\xff\xfe"])
def test_a_framework_that_is_nothing_is_one_problem_and_roles_are_not_blamed_for_it(
    framework: bytes, problems_of: ProblemsOf, tmp_path: Path
) -> None:
    problems = problems_of(framework=framework)
    assert places(tmp_path, problems) == [("standards.yaml", 1, 1)]


@pytest.mark.parametrize("character", ["\0", "\a", "\f", "\x1b", "\x7f", "\x9b", "\ufffe"])
def test_a_control_character_as_such_is_shown_where_it_is(
    character: str, problems_of: ProblemsOf
) -> None:
    role = ROLE.replace("Whom", f"Wh{character}m")
    name = f"U+{ord(character):04X}"
    assert_only_problem(problems_of(role=role), "helper.yaml", (11, 13), (name,), "delete")


def test_a_control_character_written_as_an_escape_in_double_quotes_is_read(
    plguide: Plguide, tmp_path: Path
) -> None:
    role = spoiled(ROLE, "title: Helper", 'title: "a\\eb"')
    write(tmp_path, {"standards.yaml": FRAMEWORK, "roles/helper.yaml": role})
    code, out, _ = plguide("show", "helper", "--content", tmp_path, "--format", "json")
    assert code == 0
    assert json.loads(out)["title"] == "a\x1bb"


@pytest.mark.parametrize(
    "word", ["no", "on", "yes", "off", "y", "NO", "12:30", "2026-01-02", "1_000", "0b11", "=", "<<"]
)
def test_a_word_that_old_yaml_takes_for_something_else_stays_text(
    word: str, plguide: Plguide, tmp_path: Path
) -> None:
    role = spoiled(ROLE, "title: Helper", f"title: {word}")
    write(tmp_path, {"standards.yaml": FRAMEWORK, "roles/helper.yaml": role})
    code, out, _ = plguide("show", "helper", "--content", tmp_path, "--format", "json")
    assert code == 0
    assert json.loads(out)["title"] == word


SAVED_BY = {
    "with a BOM": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "with Windows line ends": lambda text: text.replace("\n", "\r\n").encode(),
    "with both": lambda text: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(),
    "with the line ends of old Macs": lambda text: text.replace("\n", "\r").encode(),
    "without a last line end": lambda text: text.rstrip("\n").encode(),
    "with document marks": lambda text: f"---\n{text}...\n".encode(),
}
LONG_TEXT = ROLE.replace("Whom did", ">-\n      Whom\n      did\n\n      we, and did")


@pytest.mark.parametrize("editor", SAVED_BY)
def test_a_file_saved_by_another_editor_says_the_same(
    editor: str, plguide: Plguide, tmp_path: Path
) -> None:
    shown = []
    for name, save in (("plain", str.encode), ("other", SAVED_BY[editor])):
        files = {"standards.yaml": save(FRAMEWORK), "roles/helper.yaml": save(LONG_TEXT)}
        folder = write(tmp_path / name, files)
        code, out, err = plguide("show", "helper", "--content", folder, "--format", "json")
        assert code == 0, err
        shown.append(json.loads(out))
    assert shown[0] == shown[1]


@pytest.mark.parametrize("editor", [name for name in SAVED_BY if "document marks" not in name])
def test_a_file_saved_by_another_editor_has_its_problems_in_the_same_places(
    editor: str, problems_of: ProblemsOf
) -> None:
    role, expected = unmarked(LONG_TEXT.replace("[handbook]", "[¶handbok]"))
    save = SAVED_BY[editor]
    problems = problems_of(role=save(role), framework=save(FRAMEWORK))
    assert_only_problem(problems, "helper.yaml", expected, ("`handbok`",), "`handbook`")


FIRST_LINES = {
    "a bad id": (b"id: Helper", (1, 5)),
    "a control character": (b"id: hel\x07per", (1, 8)),
    "a stray byte": (b"id: hel\xffper", (1, 8)),
    "a text that can't begin so": (b"id: @helper", (1, 5)),
}


@pytest.mark.parametrize("fault", FIRST_LINES)
def test_a_bom_does_not_move_a_problem_on_the_first_line(
    fault: str, problems_of: ProblemsOf
) -> None:
    line, expected = FIRST_LINES[fault]
    role = b"\xef\xbb\xbf" + ROLE.encode().replace(b"id: helper", line)
    (problem,) = problems_of(role=role)
    assert place(problem) == expected


def test_the_remedy_for_a_misspelt_key_names_the_nearest_key_alone(problems_of: ProblemsOf) -> None:
    (problem,) = problems_of(role=ROLE.replace("aliases:", "aliasses:"))
    assert re.findall("`(.+?)`", str(problem["hint"])) == ["aliases"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("category: craft", "category: {}"),
        ("[listening]", "[{}]"),
        ("[hand]", "[hand]\n? {}\n: x"),
        ("id: who", "id: !{} who"),
        ("[handbook]", "*{}"),
    ],
)
def test_a_problem_quotes_no_more_of_a_file_than_fits_a_screen(
    old: str, new: str, problems_of: ProblemsOf
) -> None:
    endless = "on-and-" * 10_000 + "on"
    for problem in problems_of(role=spoiled(ROLE, old, new.format(endless))):
        assert len(str(problem["message"])) < 500
        assert len(str(problem["hint"])) < 500


def test_a_role_cannot_refer_to_resources_of_a_framework_that_has_none(
    problems_of: ProblemsOf,
) -> None:
    framework, _, _ = FRAMEWORK.partition("resources:")
    (problem,) = problems_of(framework=framework)
    assert place(problem) == (12, 13)
    assert "`handbook`" in str(problem["message"])


def test_anchors_that_would_expand_without_end_are_refused_at_the_first_alias(
    plguide_process: Plguide, tmp_path: Path
) -> None:
    lines = ["id: helper", "a: &a [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    for here, before in zip("bcdefghij", "abcdefghi", strict=True):
        lines.append(f"{here}: &{here} [{', '.join([f'*{before}'] * 10)}]")
    folder = write(tmp_path, {"standards.yaml": FRAMEWORK, "roles/helper.yaml": "\n".join(lines)})
    problems = listed(plguide_process, folder)
    assert_only_problem(problems, "helper.yaml", (3, 8), ("`*a`",), "write the text out")


DEEP = {
    "brackets": ("[" * 100_000, (1, MAX_DEPTH + 1)),
    "dashes": ("- " * 100_000, (1, 2 * MAX_DEPTH + 1)),
    "braces": ("{a: " * 100_000, (1, 4 * MAX_DEPTH + 1)),
    "brackets under a key": ("id: helper\nx: " + "[" * 100_000, (2, MAX_DEPTH + 3)),
    "indented keys": (
        "".join(f"{' ' * depth}a:\n" for depth in range(1000)),
        (MAX_DEPTH + 1, MAX_DEPTH + 1),
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", DEEP)
def test_nesting_without_end_is_refused_and_the_process_lives(
    kind: str, plguide_process: Plguide, tmp_path: Path
) -> None:
    role, expected = DEEP[kind]
    folder = write(tmp_path, {"standards.yaml": FRAMEWORK, "roles/helper.yaml": role})
    problems = listed(plguide_process, folder)
    assert_only_problem(problems, "helper.yaml", expected, ("deep",), "")


def test_keys_within_keys_without_end_are_refused_and_the_process_lives(
    plguide_process: Plguide, tmp_path: Path
) -> None:
    files: Files = {"standards.yaml": FRAMEWORK, "roles/helper.yaml": "? " * 100_000}
    problems = listed(plguide_process, write(tmp_path, files))
    assert_only_problem(problems, "helper.yaml", (1, 3), ("key",), "`key: value`")


@pytest.mark.parametrize("name", ["standards.yaml", "roles/helper.yaml"])
def test_a_file_of_100_megabytes_is_refused_without_reading_it_all(
    name: str, plguide: Plguide, tmp_path: Path
) -> None:
    write(tmp_path, {"standards.yaml": FRAMEWORK, "roles/helper.yaml": ROLE})
    os.truncate(tmp_path / name, 100_000_000)
    tracemalloc.start()
    began = time.monotonic()
    try:
        problems = listed(plguide, tmp_path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert time.monotonic() - began < 5
    assert peak < 50_000_000
    assert_only_problem(problems, name, (1, 1), ("larger", "MB"), "right file")


def test_a_file_of_some_megabytes_is_read(plguide: Plguide, tmp_path: Path) -> None:
    role = f"{ROLE}purpose: >-\n" + "  On and on it goes, line after line.\n" * 80_000
    write(tmp_path, {"standards.yaml": FRAMEWORK, "roles/helper.yaml": role})
    assert plguide("validate", tmp_path).code == 0


@pytest.mark.parametrize("name", ["standards.yaml", "roles/coach.yaml"])
def test_a_folder_where_a_file_belongs_is_shown_and_the_rest_is_checked(
    name: str, plguide: Plguide, tmp_path: Path
) -> None:
    write(tmp_path, {"standards.yaml": FRAMEWORK, "roles/helper.yaml": ROLE.replace("who", "Who")})
    (tmp_path / name).unlink(missing_ok=True)
    (tmp_path / name).mkdir()
    problems = listed(plguide, tmp_path)
    assert sorted(places(tmp_path, problems)) == sorted(
        [(name, 1, 1), ("roles/helper.yaml", 10, 9)]
    )
    (unreadable,) = (each for each in problems if str(each["file"]).endswith(name))
    assert "can't be read" in str(unreadable["message"])


def test_a_link_that_leads_nowhere_is_shown(plguide: Plguide, tmp_path: Path) -> None:
    write(tmp_path, {"standards.yaml": FRAMEWORK, "roles/helper.yaml": ROLE})
    (tmp_path / "roles/lost.yaml").symlink_to("nowhere.yaml")
    problems = listed(plguide, tmp_path)
    assert_only_problem(problems, "roles/lost.yaml", (1, 1), ("can't be read",), "check")


def test_a_file_where_the_folder_of_roles_belongs_is_shown(
    plguide: Plguide, tmp_path: Path
) -> None:
    write(tmp_path, {"standards.yaml": FRAMEWORK, "roles": ROLE})
    assert_only_problem(listed(plguide, tmp_path), "roles", (1, 1), ("folder",), "")


def test_a_folder_without_a_framework_is_no_content_folder(
    plguide: Plguide, tmp_path: Path
) -> None:
    problems = listed(plguide, tmp_path)
    assert_only_problem(problems, str(tmp_path), (1, 1), ("no framework",), "`standards.yaml`")


def test_roles_without_a_framework_are_pointed_to_the_shipped_one(
    plguide: Plguide, tmp_path: Path
) -> None:
    problems = listed(plguide, write(tmp_path, {"roles/helper.yaml": OWN_ROLE}))
    assert_only_problem(problems, str(tmp_path), (1, 1), ("no framework",), "--content")


def test_a_content_folder_with_nothing_to_lay_over_is_named(
    plguide: Plguide, tmp_path: Path
) -> None:
    problems = listed(plguide, "--content", tmp_path)
    assert_only_problem(problems, str(tmp_path), (1, 1), (), "`roles`")


@pytest.mark.parametrize("option", [(), ("--content",)])
def test_a_folder_that_does_not_exist_is_named(
    option: tuple[str, ...], plguide: Plguide, tmp_path: Path
) -> None:
    problems = listed(plguide, *option, tmp_path / "nowhere")
    assert_only_problem(problems, "nowhere", (1, 1), ("doesn't exist",), "spelled")


@pytest.mark.parametrize("option", [(), ("--content",)])
def test_a_file_in_place_of_a_folder_is_named(
    option: tuple[str, ...], plguide: Plguide, tmp_path: Path
) -> None:
    write(tmp_path, {"standards.yaml": FRAMEWORK})
    problems = listed(plguide, *option, tmp_path / "standards.yaml")
    assert_only_problem(problems, "standards.yaml", (1, 1), ("not a folder",), "")


@pytest.mark.parametrize("command", ["show", "roles", "standards", "validate"])
@pytest.mark.parametrize("form", ["terminal", "markdown", "json"])
def test_a_folder_named_in_the_environment_is_checked_by_every_command(
    command: str, form: str, plguide: Plguide, tmp_path: Path
) -> None:
    missing = str(tmp_path / "nowhere")
    name = ["helper"] if command == "show" else []
    code, out, err = plguide(command, *name, "--format", form, env={"PLGUIDE_CONTENT": missing})
    assert code == 3
    assert missing in (out + err).replace("\\", "")
    assert "Traceback" not in err


def test_two_roles_with_one_id_are_shown_in_the_second_file_naming_the_first(
    plguide: Plguide, tmp_path: Path
) -> None:
    files: Files = {"standards.yaml": FRAMEWORK, "roles/a.yaml": ROLE, "roles/b.yml": ROLE}
    problems = listed(plguide, write(tmp_path, files))
    says = ("`helper`", str(tmp_path / "roles/a.yaml"))
    assert_only_problem(problems, "roles/b.yml", (1, 5), says, "another id")


def test_an_alias_that_two_roles_use_is_shown_in_the_second_file_naming_the_first(
    plguide: Plguide, tmp_path: Path
) -> None:
    second = spoiled(ROLE, "id: helper", "id: other").replace("[hand]", "[¶hand]")
    text, expected = unmarked(second)
    files: Files = {"standards.yaml": FRAMEWORK, "roles/a.yaml": ROLE, "roles/b.yaml": text}
    problems = listed(plguide, write(tmp_path, files))
    says = ("`hand`", "`helper`", "roles/a.yaml")
    assert_only_problem(problems, "roles/b.yaml", expected, says, "another name")


def test_a_name_taken_by_a_role_that_has_no_id_is_not_blamed_on_none(
    plguide: Plguide, tmp_path: Path
) -> None:
    nameless = spoiled(ROLE, "id: helper\n", "")
    files: Files = {"standards.yaml": FRAMEWORK, "roles/a.yaml": nameless, "roles/b.yaml": ROLE}
    problems = listed(plguide, write(tmp_path, files))
    assert "None" not in str(problems)


def test_all_problems_of_all_files_are_listed_in_one_run_in_order(
    plguide: Plguide, tmp_path: Path
) -> None:
    framework = spoiled(FRAMEWORK, "title: Craft", "title: ''") + "id: again\n"
    first = spoiled(ROLE, "[handbook]", "[handbok]").replace("title: Helper", "title: 5")
    first = spoiled(first, "id: hear", "id: Hear") + "title: Again\npurpos: x\n"
    second = spoiled(ROLE, "id: helper", "id: second").replace("[hand]", "second")
    files: Files = {
        "standards.yaml": framework,
        "roles/b.yaml": second,
        "roles/a.yaml": first,
        "roles/c.yaml": "- a list\n",
        "roles/d.yaml": "",
        "roles/e.yaml": b"id: \xff\n",
        "roles/f.yaml": 'id: "open\n',
    }
    problems = listed(plguide, write(tmp_path, files))
    assert places(tmp_path, problems) == [
        ("standards.yaml", 5, 12),
        ("standards.yaml", 18, 1),
        ("roles/a.yaml", 5, 9),
        ("roles/a.yaml", 12, 13),
        ("roles/a.yaml", 13, 1),
        ("roles/a.yaml", 14, 1),
        ("roles/b.yaml", 3, 10),
        ("roles/c.yaml", 1, 1),
        ("roles/d.yaml", 1, 1),
        ("roles/e.yaml", 1, 5),
        ("roles/f.yaml", 1, 5),
    ]


def test_a_line_of_the_list_is_file_line_column_what_and_remedy(
    plguide: Plguide, tmp_path: Path
) -> None:
    role = spoiled(ROLE, "[handbook]", "[handbok]")
    folder = write(tmp_path, {"standards.yaml": FRAMEWORK, "roles/helper.yaml": role})
    begin = f"{folder}/roles/helper.yaml:12:13: "
    for arguments, stream in (
        (("validate", folder, "--format", "terminal"), "out"),
        (("validate", folder), "out"),
        (("validate", "--content", folder), "out"),
        (("show", "helper", "--content", folder), "err"),
        (("roles", "--content", folder, "--format", "json"), "err"),
    ):
        result = plguide(*arguments)
        assert result.code == 3
        (line,) = (each for each in getattr(result, stream).splitlines() if each.startswith(begin))
        what, _, remedy = line.removeprefix(begin).partition("; ")
        assert "`handbok`" in what
        assert "`handbook`" in remedy


def test_the_markdown_list_has_an_item_a_problem(plguide: Plguide, tmp_path: Path) -> None:
    role = spoiled(ROLE, "[handbook]", "[handbok]").replace("id: who", "id: Who")
    folder = write(tmp_path, {"standards.yaml": FRAMEWORK, "roles/helper.yaml": role})
    code, out, _ = plguide("validate", folder, "--format", "markdown")
    assert code == 3
    items = [line for line in out.splitlines() if line.startswith("- ")]
    assert ["helper.yaml:10:9" in items[0], "helper.yaml:12:13" in items[1]] == [True, True]
    assert len(items) == 2


def test_sound_content_lists_nothing(plguide: Plguide, tmp_path: Path) -> None:
    write(tmp_path, {"standards.yaml": FRAMEWORK, "roles/helper.yaml": ROLE})
    code, out, _ = plguide("validate", tmp_path, "--format", "json")
    assert (code, json.loads(out)) == (0, [])


@pytest.mark.parametrize("form", ["terminal", "markdown"])
def test_what_a_problem_quotes_from_a_file_stays_on_its_line_and_sends_no_escape(
    form: str, plguide: Plguide, tmp_path: Path
) -> None:
    role = spoiled(ROLE, "category: craft", 'category: "\\e[31mred\\nnext:1:1: line"')
    folder = write(tmp_path, {"standards.yaml": FRAMEWORK, "roles/helper.yaml": role})
    written = [
        plguide("validate", folder, "--format", form).out,
        plguide("show", "helper", "--content", folder, "--format", form).err,
    ]
    for text in written:
        assert "next:1:1" in text
        assert not any(line.startswith("next") for line in text.splitlines())
        assert "\x1b" not in text


@pytest.mark.skipif(os.name == "nt", reason="file names are always text there")
def test_a_file_name_that_is_no_text_is_still_listed(plguide: Plguide, tmp_path: Path) -> None:
    write(tmp_path, {"standards.yaml": FRAMEWORK, "roles/helper.yaml": ROLE})
    try:
        (tmp_path / "roles" / os.fsdecode(b"\xff.yaml")).write_text("- a list\n")
    except OSError:
        pytest.skip("the file system takes only names that are text")
    (problem,) = listed(plguide, tmp_path)
    assert place(problem) == (1, 1)


def test_an_own_role_comes_beside_the_shipped_ones(plguide: Plguide, tmp_path: Path) -> None:
    folder = write(tmp_path, {"roles/helper.yaml": OWN_ROLE})
    shipped = json.loads(plguide("roles", "--format", "json").out)
    code, out, _ = plguide("roles", "--content", folder, "--format", "json")
    assert code == 0
    assert {each["id"] for each in json.loads(out)} == {each["id"] for each in shipped} | {"helper"}
    assert plguide("validate", "--content", folder).code == 0


def test_an_own_role_takes_the_place_of_the_shipped_one_with_its_id_whatever_its_file_is_called(
    plguide: Plguide, tmp_path: Path
) -> None:
    folder = write(tmp_path, {"roles/ours.yml": OWN_ROLE.replace("id: helper", "id: coach")})
    shipped = json.loads(plguide("roles", "--format", "json").out)
    code, out, _ = plguide("roles", "--content", folder, "--format", "json")
    assert code == 0
    assert {each["id"] for each in json.loads(out)} == {each["id"] for each in shipped}
    shown = json.loads(plguide("show", "coach", "--content", folder, "--format", "json").out)
    assert shown["title"] == "Helper"
    assert [each["id"] for each in shown["questions"]] == ["who"]
    assert plguide("validate", "--content", folder).code == 0


def test_an_own_role_may_use_an_alias_of_the_shipped_one_it_replaces(
    plguide: Plguide, tmp_path: Path
) -> None:
    role = OWN_ROLE.replace("id: helper", "id: coach\naliases: [mentor]")
    folder = write(tmp_path, {"roles/coach.yaml": role})
    assert plguide("validate", "--content", folder).code == 0


def test_a_faulty_own_role_in_place_of_a_shipped_one_shows_its_own_fault_alone(
    plguide: Plguide, tmp_path: Path
) -> None:
    role = OWN_ROLE.replace("id: helper", "id: coach").replace("[evidence]", "evidence")
    folder = write(tmp_path, {"roles/coach.yaml": role})
    assert places(folder, listed(plguide, "--content", folder)) == [("roles/coach.yaml", 6, 16)]


@pytest.mark.parametrize("taken", ["principal", "mentor"])
def test_an_own_role_that_uses_a_shipped_role_s_name_is_told_in_its_own_file(
    taken: str, plguide: Plguide, tmp_path: Path
) -> None:
    role = OWN_ROLE.replace("title: Helper", f"title: Helper\naliases: [{taken}]")
    folder = write(tmp_path, {"roles/helper.yaml": role})
    problems = listed(plguide, "--content", folder)
    assert places(folder, problems) == [("roles/helper.yaml", 3, 11)]
    assert taken in str(problems[0]["message"])


def test_a_reference_of_an_own_role_is_held_against_the_shipped_framework(
    plguide: Plguide, tmp_path: Path
) -> None:
    role, expected = unmarked(spoiled(OWN_ROLE, "[evidence]", "[¶evidense]"))
    problems = listed(plguide, "--content", write(tmp_path, {"roles/helper.yaml": role}))
    assert_only_problem(problems, "helper.yaml", expected, ("`evidense`",), "`evidence`")


def test_an_own_framework_with_another_id_is_alone(plguide: Plguide, tmp_path: Path) -> None:
    folder = write(tmp_path, {"standards.yaml": FRAMEWORK, "roles/helper.yaml": ROLE})
    code, out, _ = plguide("roles", "--content", folder, "--format", "json")
    assert code == 0
    assert [each["id"] for each in json.loads(out)] == ["helper"]
    assert plguide("validate", "--content", folder).code == 0
    assert plguide("show", "coach", "--content", folder).code == 2


def test_an_own_framework_with_the_shipped_id_keeps_the_shipped_roles(
    plguide: Plguide, tmp_path: Path, content: Path
) -> None:
    text = (content / "standards.yaml").read_text(encoding="utf-8")
    assert f"id: {SHIPPED_FRAMEWORK_ID}\n" in text
    own = text.replace("title: Standards for", "title: Our Standards for", 1)
    folder = write(tmp_path / "own", {"standards.yaml": own})
    shown = plguide("show", "framework", "--content", folder, "--format", "json")
    assert json.loads(shown.out)["title"].startswith("Our Standards")
    roles = json.loads(plguide("roles", "--content", folder, "--format", "json").out)
    assert len(roles) == len(json.loads(plguide("roles", "--format", "json").out))
    assert plguide("validate", "--content", folder).code == 0


def test_hidden_files_and_files_of_other_kinds_are_left_alone(
    plguide: Plguide, tmp_path: Path
) -> None:
    files: Files = {"standards.yaml": FRAMEWORK, "roles/helper.yaml": ROLE}
    files |= {"roles/.helper.yaml": "- x", "roles/notes.txt": "- x", "roles/helper.yaml~": "- x"}
    assert plguide("validate", write(tmp_path, files)).code == 0


def test_the_shipped_content_copied_out_is_whole(plguide: Plguide, content: Path) -> None:
    code, _, err = plguide("validate", content)
    assert code == 0, err
