"""Where each value of a content file stands: keys joined by dots, items by their id."""

from collections.abc import Iterator
from typing import Any

from pl_guide.content.files import ContentFile
from pl_guide.content.yaml_source import Path
from pl_guide.records import Record


class Origin(Record, frozen=True):
    """The texts a value holds, one or a list or none, and the file and line it stands in."""

    texts: tuple[str, ...]
    file: str
    line: int


def origins_of(file: ContentFile) -> dict[str, Origin]:
    """Give where each value stands, as in `questions.vision.text`; a list of names is one value."""
    found = {}
    for key, path, value in _values(file.data, (), ()):
        source, own_path = file.origin(path)
        line, _ = source.place(own_path)
        parts = value if isinstance(value, list) else [value]
        texts = tuple(part for part in parts if isinstance(part, str))
        found[".".join(key)] = Origin(texts, source.label, line)
    return found


def _values(
    data: Any, key: tuple[str, ...], path: Path
) -> Iterator[tuple[tuple[str, ...], Path, object]]:
    if isinstance(data, dict):
        for name, value in data.items():
            if name != "id" or not key:
                yield from _values(value, (*key, name), (*path, name))
    elif isinstance(data, list) and any(isinstance(item, dict) for item in data):
        for index, item in enumerate(data):
            yield from _values(item, (*key, item["id"]), (*path, index))
    else:
        yield key, path, data
