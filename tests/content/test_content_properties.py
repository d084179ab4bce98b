"""Whatever bytes a content file holds, the loader ends with content or with problems in place."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pl_guide.content.files import shipped_folder
from pl_guide.content.loading import check_folder
from pl_guide.content.yaml_source import parse_yaml
from support.examples import examples, is_thorough
from support.mutations import PlainDumper, dumped, places, put

FRAMEWORK, ROLE = "standards.yaml", "roles/coach.yaml"
FILES = (FRAMEWORK, ROLE)
TEXTS = {name: (shipped_folder() / name).read_text(encoding="utf-8") for name in FILES}
SHIPPED = sorted(
    path.relative_to(shipped_folder()).as_posix() for path in shipped_folder().rglob("*.yaml")
)

QUICK = settings(
    max_examples=examples(250),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
LONG = settings(QUICK, max_examples=examples(10_000), derandomize=not is_thorough())

LINE_END = re.compile("\r\n|[\r\n]")
# libyaml counts these as line ends too.
OLD_LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")

# What YAML gives a meaning to, and what files bring along by accident.
PIECES = (
    *"-?:,[]{}#&*!|>'\"%@`~<=\\.0",
    *("\t", "\n", "\r\n", "\r", " ", "    ", "\x85", "\u2028", "\ufeff", "\x00", "\x1b", "\u200b"),
    *("- ", ": ", "? ", "# ", "---\n", "...\n", "%YAML 1.1\n", "&a ", "*a", "!!str ", "!x "),
    *("|\n", ">-\n", "|2\n", "''", '""', "<<: ", "null", "true", "1e9", ".inf", "9" * 50, "0x1"),
    *("id: ", "title: ", "text: ", "standards: ", "category: ", "resources: ", "questions:\n"),
    *("coach", "evidence", "élan", "😀", "e\u0301", "two words"),
)
pieces = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
any_bytes = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    pieces.map(str.encode),
    st.tuples(pieces, st.sampled_from(["utf-16", "utf-16-be", "utf-32", "latin-1"])).map(
        lambda drawn: drawn[0].encode(drawn[1], "replace")
    ),
    st.tuples(pieces, st.binary(max_size=3)).map(lambda drawn: drawn[0].encode() + drawn[1]),
)


@st.composite
def spoiled_texts(draw: st.DrawFn, text: str) -> bytes:
    """A sound text, to which a few things have happened in an editor."""
    lines = text.splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["delete", "double", "swap", "replace", "insert", "indent"])):
            case "delete" if len(lines) > 1:
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "swap":
                other = draw(st.integers(0, len(lines) - 1))
                lines[at], lines[other] = lines[other], lines[at]
            case "replace" if lines[at]:
                cut = draw(st.integers(0, len(lines[at]) - 1))
                end = draw(st.integers(cut, len(lines[at])))
                lines[at] = lines[at][:cut] + draw(st.sampled_from(PIECES)) + lines[at][end:]
            case "insert":
                cut = draw(st.integers(0, len(lines[at])))
                lines[at] = lines[at][:cut] + draw(pieces) + lines[at][cut:]
            case "indent":
                lines[at] = " " * draw(st.integers(0, 9)) + lines[at].lstrip(" ")
    whole = draw(st.sampled_from(["\n", "\r\n"])).join("".join(lines).split("\n"))
    return draw(st.sampled_from([b"", codecs.BOM_UTF8])) + whole.encode()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A content folder of the shipped framework and one role."""
    found = tmp_path_factory.mktemp("content")
    (found / "roles").mkdir()
    return found


def inside(raw: bytes, line: int, column: int) -> bool:
    """Tell whether a place is in a file, or directly after a line or the last line of it."""
    text = raw.decode("utf-8-sig", "replace")
    for line_end in (LINE_END, OLD_LINE_END):
        lines = [*line_end.split(text), ""]
        if 1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1:
            return True
    return False


def assert_ends_well(folder: Path, name: str, raw: bytes) -> None:
    files = {each: text.encode() for each, text in TEXTS.items()} | {name: raw}
    for each, content in files.items():
        (folder / each).write_bytes(content)
    library, problems = check_folder(folder)
    assert problems or (library is not None and len(library.roles) == 1)
    labels = {str(folder / each): content for each, content in files.items()}
    for problem in problems:
        assert inside(labels[problem.file], problem.line, problem.column), problem
        assert problem.message.strip()
        assert problem.hint.strip()


@pytest.mark.parametrize("name", FILES)
@given(raw=any_bytes)
@QUICK
def test_any_bytes_end_in_content_or_in_problems_inside_the_file(
    folder: Path, name: str, raw: bytes
) -> None:
    assert_ends_well(folder, name, raw)


@pytest.mark.long
@pytest.mark.parametrize("name", FILES)
@given(raw=any_bytes)
@LONG
def test_very_many_bytes_end_in_content_or_in_problems_inside_the_file(
    folder: Path, name: str, raw: bytes
) -> None:
    assert_ends_well(folder, name, raw)


@pytest.mark.parametrize("name", FILES)
@given(data=st.data())
@QUICK
def test_a_shipped_file_after_a_few_accidents_ends_in_content_or_in_problems_inside_the_file(
    folder: Path, name: str, data: st.DataObject
) -> None:
    assert_ends_well(folder, name, data.draw(spoiled_texts(TEXTS[name])))


@pytest.mark.long
@pytest.mark.parametrize("name", FILES)
@given(data=st.data())
@LONG
def test_a_shipped_file_after_very_many_accidents_ends_in_content_or_in_problems_inside_the_file(
    folder: Path, name: str, data: st.DataObject
) -> None:
    assert_ends_well(folder, name, data.draw(spoiled_texts(TEXTS[name])))


any_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | pieces,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=4,
)


@pytest.mark.parametrize("name", FILES)
@given(data=st.data())
@settings(QUICK, max_examples=examples(60))
def test_any_value_in_place_of_any_other_ends_in_content_or_in_problems_inside_the_file(
    folder: Path, name: str, data: st.DataObject
) -> None:
    sound = yaml.safe_load(TEXTS[name])
    path = data.draw(st.sampled_from(list(places(sound))))
    raw = dumped(put(sound, path, data.draw(any_values)))
    assert_ends_well(folder, name, raw.encode("utf-8", "surrogatepass"))


def scalars(node: yaml.Node) -> Iterator[tuple[yaml.ScalarNode, bool]]:
    """Give each word and text of a file as the parser's own tree has it, and whether it's a key."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key, True
            yield from scalars(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from scalars(item)
    elif isinstance(node, yaml.ScalarNode):
        yield node, False


def misplaced(folder: Path, name: str, *, keys: bool, instead: str) -> list[str]:
    """Put a wrong thing in place of each key or value; list where no problem is shown for it."""
    for each, text in TEXTS.items():
        (folder / each).write_text(text, encoding="utf-8")
    text, missed = TEXTS[name], []
    for node, is_key in scalars(yaml.compose(text, Loader=yaml.SafeLoader)):
        if is_key is not keys:
            continue
        start, end = node.start_mark, node.end_mark
        after = ("\n" if end.column == 0 else "") + text[end.index :]
        (folder / name).write_text(text[: start.index] + instead + after, encoding="utf-8")
        _, problems = check_folder(folder)
        own = {(each.line, each.column) for each in problems if each.file == str(folder / name)}
        if (start.line + 1, start.column + 1) not in own:
            missed.append(f"{start.line + 1}:{start.column + 1}: {node.value[:40]}")
    return missed


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_a_wrong_key_is_shown_where_it_is_wherever_that_is(folder: Path, name: str) -> None:
    assert misplaced(folder, name, keys=True, instead="qqqq") == []


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("instead", ["{}", "''"])
def test_a_wrong_value_is_shown_where_it_is_wherever_that_is(
    folder: Path, name: str, instead: str
) -> None:
    assert misplaced(folder, name, keys=False, instead=instead) == []


class CoreLoader(yaml.SafeLoader):
    """PyYAML's own loader, with what plain words mean in YAML 1.2, but in keys: those are text."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - PyYAML's own way

    def construct_yaml_map(self, node: yaml.MappingNode) -> Iterator[dict[str, Any]]:
        """Give a mapping, empty first, as PyYAML wants it."""
        data: dict[str, Any] = {}
        yield data
        data.update({key.value: self.construct_object(value) for key, value in node.value})


CoreLoader.add_constructor("tag:yaml.org,2002:map", CoreLoader.construct_yaml_map)


WORDS = {
    "null": (r"~|null|Null|NULL|", lambda _: None),
    "bool": (r"true|True|TRUE|false|False|FALSE", lambda word: word.lower() == "true"),
    "int": (
        r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+",
        lambda word: int(word, 0 if word[1:2] in {"o", "x"} else 10),
    ),
    "float": (
        r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)",
        lambda word: float(word.lower().replace(".inf", "inf")),
    ),
}
for kind, (pattern, meaning) in WORDS.items():
    tag = f"tag:yaml.org,2002:{kind}"
    CoreLoader.add_implicit_resolver(tag, re.compile(f"^(?:{pattern})$"), None)
    CoreLoader.add_constructor(tag, lambda _, node, meaning=meaning: meaning(node.value))


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_file_is_read_as_pyyaml_reads_it(name: str) -> None:
    text = (shipped_folder() / name).read_text(encoding="utf-8")
    parsed = parse_yaml(text)
    assert parsed.faults == ()
    assert parsed.data == yaml.load(text, Loader=CoreLoader)  # noqa: S506 - a SafeLoader


# A line end of old YAML may stand bare in what PyYAML writes, and means something else today.
characters = st.characters(exclude_categories=["Cs"], exclude_characters="\x85\u2028\u2029\ufeff")
plain_data = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False)
    | st.text(characters)
    | st.sampled_from(["no", "on", "12:30", "2026-01-02", "1_000", "null", "0o7", "1e3", "-", ""]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(characters), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(data=plain_data, flow=st.sampled_from([True, False, None]), width=st.integers(10, 200))
@example(data={"0E0": None, "7": ["1e3"]}, flow=None, width=80)
@QUICK
def test_what_pyyaml_writes_is_read_as_pyyaml_reads_it(
    data: Any, flow: bool | None, width: int
) -> None:
    text = yaml.dump(
        data, Dumper=PlainDumper, default_flow_style=flow, width=width, allow_unicode=True
    )
    parsed = parse_yaml(text)
    assert parsed.faults == ()
    assert parsed.data == yaml.load(text, Loader=CoreLoader)  # noqa: S506 - a SafeLoader


@given(data=plain_data)
@QUICK
def test_every_value_of_a_text_has_its_place(data: Any) -> None:
    parsed = parse_yaml(dumped(data))
    assert set(parsed.values) >= set(places(data))
