"""Sound content, changed in one place or a few: what a slip of the hand makes of a file."""

from collections.abc import Iterator
from typing import Any

import yaml
from hypothesis import strategies as st

Path = tuple[str | int, ...]

# Where shape is decided: what is empty to one reader and not to another, what an id may hold,
# which numbers are whole, and what YAML makes of plain words.
TEXTS = (
    "", " ", "\n", "\t \r\n", "\x1c", "\x85", "\xa0", "\u200a", "\u200b", "\u2028", "\u3000",
    "\ufeff", " a ", "a", "A", "a-b", "a--b", "-a", "a-", "a_b", "a b", "a\n", "a\r", "é", "١",
    "évidence", "😀", "open", "Open", "done", "own", "derived", "no", "1", "null", "2026-12-01",
)  # fmt: skip
values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.sampled_from([0, 1, 1.0, -0.0, 2.5, 1e30, 10**38, float("inf"), float("nan")]),
    st.sampled_from(TEXTS),
    st.text(max_size=8),
    st.sampled_from([[], {}, [[]], [{}], [None], [""], ["a"], {"id": "a"}, {"text": "a"}]),
    st.dictionaries(st.sampled_from(["id", "text", "title", "x"]), st.just("a"), max_size=2),
)


def places(data: Any, path: Path = ()) -> Iterator[Path]:
    """Lead to every value of plain data, the whole included."""
    yield path
    steps = data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    for step in steps:
        yield from places(data[step], (*path, step))


def at(data: Any, path: Path) -> Any:
    """Give the value that a path leads to."""
    for step in path:
        data = data[step]
    return data


def put(data: Any, path: Path, value: Any) -> Any:
    """Give plain data with another value at a path."""
    if not path:
        return value
    copy = dict(data) if isinstance(data, dict) else list(data)
    copy[path[0]] = put(copy[path[0]], path[1:], value)
    return copy


@st.composite
def mutated(draw: st.DrawFn, sound: Any) -> Any:
    """Draw sound data with one to three changes: of values, of keys, of items."""
    data = sound
    keys = sorted({path[-1] for path in places(sound) if path and isinstance(path[-1], str)})
    for _ in range(draw(st.sampled_from([1, 1, 2, 3]))):
        path = draw(st.sampled_from(list(places(data))))
        value = at(data, path)
        changes = [
            values,
            st.sampled_from([[value], {"id": value}, str(value)]),
            changed_texts if not isinstance(value, dict | list) else st.nothing(),
            changed_mappings(value, keys, data) if isinstance(value, dict) else st.nothing(),
            changed_lists(value) if isinstance(value, list) else st.nothing(),
        ]
        data = put(data, path, draw(st.one_of(changes)))
    return data


changed_texts = st.sampled_from(TEXTS) | st.text(min_size=1, max_size=8)


@st.composite
def changed_mappings(draw: st.DrawFn, value: dict[str, Any], keys: list[str], data: Any) -> Any:
    """Draw a mapping with a key more, a key less, or one under another name."""
    match draw(st.sampled_from(["add", "delete", "rename"] if value else ["add"])):
        case "add":
            key = draw(st.sampled_from([*keys, "extra", *TEXTS]))
            other = draw(values | st.sampled_from([at(data, each) for each in places(data)]))
            return {**value, key: other}
        case "delete":
            gone = draw(st.sampled_from(list(value)))
            return {key: each for key, each in value.items() if key != gone}
    old = draw(st.sampled_from(list(value)))
    new = draw(st.sampled_from([*keys, old.upper(), f"{old}s", f" {old}"]))
    return {new if key == old else key: each for key, each in value.items()}


def changed_lists(value: list[Any]) -> st.SearchStrategy[Any]:
    """Draw a list with an item more, an item less, or an item in place of the list."""
    more = values.map(lambda item: [*value, item])
    return more | st.sampled_from([value[:-1], [*value, value[0]], value[0]]) if value else more


class PlainDumper(yaml.SafeDumper):
    """Writes everything out, with no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def dumped(data: Any) -> str:
    """Write plain data as YAML, in a way of PyYAML's own."""
    return yaml.dump(data, Dumper=PlainDumper, allow_unicode=True, sort_keys=False)
