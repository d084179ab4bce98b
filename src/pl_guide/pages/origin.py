"""Where the texts of a page come from: a quiet remark beside each, or a map for JSON."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from pl_guide.document import (
    Block,
    Chain,
    Document,
    Heading,
    Item,
    Items,
    Line,
    Paragraph,
    Span,
    Table,
    plain,
)

Texts = Mapping[str, tuple[str, ...]]
"""The places each text stands at, as `file:line`."""

ENOUGH = 40
"""How many characters a text has at least that is looked for inside a longer one."""


def with_origins(page: Document, texts: Texts) -> Document:
    """Give a page with the origin of its texts: after each item, and below each other block."""
    return Document(tuple(found for block in page.blocks for found in _blocks(block, texts)))


def origin_map(data: object, place: Callable[[str], object]) -> dict[str, object]:
    """Give the place of each value of a page's plain data that has one, by its key.

    Keys are joined by dots, and items of lists stand under their id: `questions.vision.text`.
    """
    found = {key: place(key) for key in _keys(data, ())}
    return {key: value for key, value in found.items() if value is not None}


def _blocks(block: Block, texts: Texts) -> Iterator[Block]:
    match block:
        case Items():
            items = tuple(_item(each, texts) for each in block.items)
            yield Items(items, block.counted)
            return
        case Heading(level=2):
            places: tuple[Span, ...] = ()  # These are the page's own words.
        case Heading() | Paragraph():
            places = _places([block.text], texts)
        case Table():
            places = _places((cell for row in block.rows for cell in row), texts)
        case Chain():
            parts = [part for step in block.steps for part in step]
            places = _places([*parts, block.loop], texts)
    yield block
    if places:
        yield Paragraph(places, "quiet")


def _item(item: Item, texts: Texts) -> Item:
    places = _places([item.text], texts)
    if not places:
        return item
    before = (Span(item.remark),) if isinstance(item.remark, str) else item.remark
    return Item(item.text, (*before, Span(" · "), *places) if item.remark else places)


def _places(lines: Iterable[Line], texts: Texts) -> tuple[Span, ...]:
    found = [place for line in lines for place in _line_places(line, texts)]
    spans: list[Span] = []
    for place in dict.fromkeys(found):
        spans += [Span(" · ")] if spans else []
        spans.append(Span(place, "name"))
    return tuple(spans)


def _line_places(line: Line, texts: Texts) -> tuple[str, ...]:
    """Find a line's text; or the texts of its spans; or those it was put together from."""
    whole = plain(line)
    if whole in texts:
        return texts[whole]
    spans = () if isinstance(line, str) else line
    parts = [part for span in spans for part in span.text.strip(" :…").split(" · ")]
    found = dict.fromkeys(place for part in parts for place in texts.get(part, ()))
    inside = [text for text in texts if len(text) >= ENOUGH and text in whole]
    return tuple(found) or tuple(place for text in inside for place in texts[text])


def _keys(data: object, key: tuple[str, ...]) -> Iterator[str]:
    if isinstance(data, dict):
        for name, value in data.items():
            yield from _keys(value, (*key, name))
    elif isinstance(data, list | tuple) and any(isinstance(item, dict) for item in data):
        for item in data:
            yield from _keys(item, (*key, str(item.get("id"))))
    else:
        yield ".".join(key)
