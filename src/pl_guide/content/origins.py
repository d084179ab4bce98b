"""Where each value of a content file stands: keys joined by dots, items by their id."""

from collections.abc import Iterator
from typing import Any

from pl_guide.content.files import ContentFile
from pl_guide.content.yaml_source import Path
from pl_guide.records import Record


class Origin(Record, frozen=True):
    """A value's text, if it is one, and the file and line it stands in."""

    text: str | None
    file: str
    line: int


def origins_of(file: ContentFile) -> dict[str, Origin]:
    """Give where each value stands, as in `questions.vision.text`; a list of names is one value."""
    found = {}
    for key, path, value in _values(file.data, (), ()):
        source, own_path = file.origin(path)
        line, _ = source.place(own_path)
        text = value if isinstance(value, str) else None
        found[".".join(key)] = Origin(text, source.label, line)
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
