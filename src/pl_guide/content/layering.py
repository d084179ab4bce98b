"""One content file layered over another: plain data, matched by id, with the source of each part.

What the upper file writes takes the place of what the lower one has; all else stays. In lists of
items an item is matched by its `id`: `remove` takes one out, `after` and `before` move one.
`remove` also takes out a mapping, or the keys it lists. Other lists are replaced whole.
"""

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Any

from pl_guide.content.files import EXTENDS, ContentFile, Provenance
from pl_guide.content.yaml_source import Path
from pl_guide.messages.content import (
    UNPLACEABLE,
    bad_removal,
    beside_removal,
    unknown_item,
    wording,
)
from pl_guide.text import nearest

REMOVE = "remove"
PLACES = ("after", "before")
NEAR = 0.85
"""How alike two ids are, from 0 to 1, where one is probably the other misspelt."""

_GONE = object()
_Key = str | tuple[str, int]


def layer_over(over: ContentFile, base: ContentFile) -> None:
    """Make a file hold its data layered over those of the file it extends; note what doesn't fit.

    If its id is another one, it is a thing of its own, and leaves the other its aliases. If there
    is nothing to layer it over, nothing is left to check.
    """
    if over.data is None or base.data is None:
        over.replace_data(None, {})
        return
    own = {key: value for key, value in over.data.items() if key != EXTENDS}
    under = base.data
    if own.get("id", under.get("id")) != under.get("id"):
        under = {key: value for key, value in under.items() if key not in {"aliases", "basis"}}
    layers = _Layers(over, base)
    merged = layers.mapping(under, own, (), (), ())
    if "id" not in own:
        layers.provenance["id",] = (over, (EXTENDS,))
    over.replace_data(merged, layers.provenance)


class _Layers:
    """Merges two files' data. Of three paths, two lead to a value below and above, one to both."""

    def __init__(self, over: ContentFile, base: ContentFile) -> None:
        self._over, self._base = over, base
        self.provenance: Provenance = {}

    def mapping(
        self, base: dict[str, Any], over: dict[str, Any], below: Path, above: Path, path: Path
    ) -> dict[str, Any]:
        """Merge two mappings, key by key."""
        self.provenance[path] = (self._over, above)
        removed = self._removed_keys(base, over, above)
        written = {key: value for key, value in over.items() if key != REMOVE}
        merged: dict[str, Any] = {}
        for key in dict.fromkeys((*base, *written)):
            if key in written or key not in removed:
                values = base.get(key, _GONE), written.get(key, _GONE)
                found = self._value(*values, (*below, key), (*above, key), (*path, key))
                if found is not _GONE:
                    merged[key] = found
        return merged

    def _value(self, base: Any, over: Any, below: Path, above: Path, path: Path) -> Any:
        if over is _GONE:
            self.provenance[path] = (self._base, below)
            return base
        if isinstance(base, dict) and isinstance(over, dict):
            if over.get(REMOVE) is True:
                self._check_alone(over, above, {REMOVE})
                return _GONE
            return self.mapping(base, over, below, above, path)
        self.provenance[path] = (self._over, above)
        lower = [] if base is None or base is _GONE else base
        are_lists = isinstance(lower, list) and isinstance(over, list)
        if are_lists and any(isinstance(item, dict) for item in (*lower, *over)):
            return self._items(lower, over, below, above, path)
        return over

    def _items(
        self, base: list[Any], over: list[Any], below: Path, above: Path, path: Path
    ) -> list[Any]:
        lower, upper = _keyed(base, "lower"), _keyed(over, "upper")
        order = list(lower)
        for key, index in upper.items():
            item, at = over[index], (*above, index)
            if isinstance(item, dict) and item.get(REMOVE) is True:
                self._check_alone(item, at, {REMOVE, "id"})
                if key in lower:
                    order.remove(key)
                else:
                    self._over.report((*at, "id"), unknown_item(key, lower))
            elif key not in lower:
                order.append(key)
                self._advise_near((*at, "id"), key, lower)
        self._place(order, upper, over, above)
        return [
            self._value(
                base[lower[key]] if key in lower else _GONE,
                _without_places(over[upper[key]]) if key in upper else _GONE,
                (*below, lower.get(key, 0)),
                (*above, upper.get(key, 0)),
                (*path, index),
            )
            for index, key in enumerate(order)
        ]

    def _place(
        self, order: list[_Key], upper: dict[_Key, int], over: list[Any], above: Path
    ) -> None:
        last: dict[_Key, _Key] = {}
        for key, index in upper.items():
            item = over[index]
            wanted = [place for place in PLACES if isinstance(item, dict) and place in item]
            if not wanted or key not in order:
                continue
            at = (*above, index, wanted[-1])
            if len(wanted) > 1:
                self._over.report(at, UNPLACEABLE, at_key=True)
                continue
            target = item[wanted[0]]
            others = [other for other in order if other != key]
            if target not in others:
                self._over.report(at, unknown_item(target, others))
                continue
            order.remove(key)
            # What comes after one and the same item keeps the order in which it is written.
            beside = last.get(target, target) if wanted == ["after"] else target
            order.insert(order.index(beside) + (wanted == ["after"]), key)
            if wanted == ["after"]:
                last[target] = key

    def _removed_keys(
        self, base: dict[str, Any], over: dict[str, Any], above: Path
    ) -> tuple[str, ...]:
        at, names = (*above, REMOVE), over.get(REMOVE, [])
        if not isinstance(names, list):
            self._over.report(at, bad_removal(REMOVE))
            return ()
        for index, name in enumerate(names):
            if name not in list(base):
                self._over.report((*at, index), unknown_item(name, base))
        return tuple(name for name in names if isinstance(name, str))

    def _check_alone(self, item: dict[str, Any], at: Path, may: set[str]) -> None:
        for key in item:
            if key not in may:
                self._over.report((*at, key), beside_removal(key, REMOVE), at_key=True)

    def _advise_near(self, at: Path, name: object, known: Iterable[object]) -> None:
        names = [other for other in known if isinstance(other, str)]
        near = nearest(name, names, limit=1) if isinstance(name, str) else ()
        if not near or near[0].rstrip("0123456789") == str(name).rstrip("0123456789"):
            return
        if SequenceMatcher(None, str(name), near[0]).ratio() >= NEAR:
            self._over.report(at, wording("near-id", name=name, near=near[0]), "advice")


def _without_places(item: Any) -> Any:
    if not isinstance(item, dict):
        return item
    return {key: value for key, value in item.items() if key not in PLACES}


def _keyed(items: list[Any], layer: str) -> dict[_Key, int]:
    """Return each item's position by its id; one without, or with another's, has its own key."""
    keyed: dict[_Key, int] = {}
    for index, item in enumerate(items):
        name = item.get("id") if isinstance(item, dict) else None
        if not isinstance(name, str) or name in keyed:
            keyed[layer, index] = index
        else:
            keyed[name] = index
    return keyed
