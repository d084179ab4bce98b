"""What makes content valid beyond its shape: ids and names that are unique, ids that exist.

The rules are data, and they are held against a file's plain data, so that a file whose shape is
wrong in one place is still checked in all the others.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pl_guide.content.decoding import decode
from pl_guide.content.files import ContentFile
from pl_guide.content.yaml_source import Path
from pl_guide.errors import Code
from pl_guide.library import FRAMEWORK_NAME
from pl_guide.messages.content import unknown_placeholder, unknown_reference, wording
from pl_guide.model import Framework, Phrases, Role, Terms
from pl_guide.text import slug

Pattern = tuple[str, ...]
"""Where values are: keys, and `*` for each item of a list."""

PLACEHOLDER = r"\{(\w+)\}"
"""What in a phrase is filled in when it is written."""

CATEGORY_IDS: tuple[Pattern, ...] = (("categories", "*", "id"),)
STANDARD_IDS: tuple[Pattern, ...] = (
    ("standards", "*", "id"),
    ("standards", "*", "constructs", "*", "id"),
)
RESOURCE_IDS: tuple[Pattern, ...] = (("resources", "*", "id"),)

# Each line is one set of ids in which none may be twice.
FRAMEWORK_IDS: tuple[tuple[Pattern, ...], ...] = (
    (*CATEGORY_IDS, *STANDARD_IDS),
    (("foundations", "*", "id"),),
    RESOURCE_IDS,
    (("theory_of_change", "steps", "*", "id"),),
)
ROLE_IDS: tuple[tuple[Pattern, ...], ...] = (
    (("responsibilities", "*", "id"),),
    (("questions", "*", "id"),),
    (("resources", "*"),),
)
# Names by which a person may ask for something.
FRAMEWORK_NAMES: tuple[Pattern, ...] = (
    ("categories", "*", "id"),
    ("standards", "*", "id"),
    ("categories", "*", "aliases", "*"),
    ("standards", "*", "aliases", "*"),
    ("standards", "*", "code"),
)
ROLE_NAMES: tuple[Pattern, ...] = (("id",), ("aliases", "*"))

# What refers to what: where the ids are, what they name, and where in the framework that is.
FRAMEWORK_REFERENCES = ((("standards", "*", "category"), "category", CATEGORY_IDS),)
ROLE_REFERENCES = (
    (("responsibilities", "*", "category"), "category", CATEGORY_IDS),
    (("responsibilities", "*", "standards", "*"), "standard or construct", STANDARD_IDS),
    (("questions", "*", "standards", "*"), "standard or construct", STANDARD_IDS),
    (("resources", "*"), "resource", RESOURCE_IDS),
)
STANDARDS_LISTS: tuple[Pattern, ...] = (
    ("responsibilities", "*", "standards"),
    ("questions", "*", "standards"),
)


def check_framework(file: ContentFile) -> Framework | None:
    """Turn a file's data into a framework, noting its problems in the file."""
    framework = decode(file, Framework)
    for patterns in FRAMEWORK_IDS:
        _check_unique(file, patterns)
    for pattern, kind, targets in FRAMEWORK_REFERENCES:
        _check_known(file, pattern, kind, _texts(file.data, targets))
    _claim(file, FRAMEWORK_NAMES, {FRAMEWORK_NAME: "the framework"})
    _check_placeholders(file)
    return framework


class RoleChecker:
    """Checks role files against one framework's file, and against one another."""

    def __init__(self, framework: ContentFile | None) -> None:
        data = framework.data if framework else None
        self._known = {
            kind: _texts(data, targets) if data is not None else None
            for _, kind, targets in ROLE_REFERENCES
        }
        self._claimed = {slug(name): "the framework" for name in _texts(data, FRAMEWORK_NAMES)}
        self._claimed[FRAMEWORK_NAME] = "the framework"
        self._files: dict[str, str] = {}

    def check(self, file: ContentFile) -> Role | None:
        """Turn a file's data into a role, noting its problems in the file."""
        role = decode(file, Role)
        if not isinstance(file.data, dict):
            return None
        role_id = file.data.get("id")
        if isinstance(role_id, str) and role_id in self._files:
            sentence = wording("duplicate-role", name=role_id, file=self._files[role_id])
            file.report(("id",), sentence)
        else:
            _claim(file, ROLE_NAMES, self._claimed)
        if isinstance(role_id, str):
            self._files.setdefault(role_id, file.label)
        for patterns in ROLE_IDS:
            _check_unique(file, patterns)
        for pattern in STANDARDS_LISTS:
            for path, ids in _values(file.data, pattern):
                if isinstance(ids, list) and len(set(map(str, ids))) < len(ids):
                    _check_unique(file, (("*",),), ids, path)
        for pattern, kind, _ in ROLE_REFERENCES:
            known = self._known[kind]
            if known is not None:
                _check_known(file, pattern, kind, known)
        return role


def _values(data: Any, pattern: Pattern, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield each value that a pattern leads to, with its path; pass over what is misshapen."""
    if not pattern:
        yield path, data
    elif pattern[0] == "*":
        if isinstance(data, list):
            for index, item in enumerate(data):
                yield from _values(item, pattern[1:], (*path, index))
    elif isinstance(data, dict) and pattern[0] in data:
        yield from _values(data[pattern[0]], pattern[1:], (*path, pattern[0]))


def _texts(data: object, patterns: Iterable[Pattern]) -> frozenset[str]:
    found = (value for pattern in patterns for _, value in _values(data, pattern))
    return frozenset(value for value in found if isinstance(value, str))


def _check_unique(
    file: ContentFile, patterns: Iterable[Pattern], data: object = None, under: Path = ()
) -> None:
    seen = set()
    for pattern in patterns:
        for path, value in _values(file.data if data is None else data, pattern, under):
            if not isinstance(value, str):
                continue
            if value in seen:
                code: Code = "duplicate-id" if path[-1] == "id" else "duplicate-entry"
                file.report(path, wording(code, name=value))
            seen.add(value)


def _check_known(file: ContentFile, pattern: Pattern, kind: str, known: frozenset[str]) -> None:
    for path, name in _values(file.data, pattern):
        if isinstance(name, str) and name.strip() and name not in known:
            file.report(path, unknown_reference(kind, name, sorted(known)))


def _check_placeholders(file: ContentFile) -> None:
    """Note each place in a phrase, as `{title}`, that nothing would be filled into."""
    for path, text in _values(file.data, ("phrases",)):
        for key, phrase in text.items() if isinstance(text, dict) else ():
            if not isinstance(phrase, str) or key not in Phrases.__struct_fields__:
                continue
            own = re.findall(PLACEHOLDER, getattr(Phrases(), key))
            left = Terms().say(phrase, **dict.fromkeys(own, ""))
            for name in re.findall(PLACEHOLDER, left):
                file.report((*path, key), unknown_placeholder(key, name, own))


def _claim(file: ContentFile, patterns: Iterable[Pattern], claimed: dict[str, str]) -> None:
    """Claim a file's names in `claimed` (name to owner), noting each that another has taken.

    A thing may repeat a name of its own; an id that is there twice is noted as such elsewhere.
    """
    ids: set[str] = set()
    for pattern in patterns:
        for path, name in _values(file.data, pattern):
            if not isinstance(name, str) or not slug(name):
                continue
            if path[-1] == "id":
                if name in ids:
                    continue
                ids.add(name)
            owner = claimed.setdefault(slug(name), _owner(file, path))
            if owner != _owner(file, path):
                file.report(path, wording("name-taken", name=name, owner=owner))


def _owner(file: ContentFile, path: Path) -> str:
    thing: Any = file.data
    for step in path[:2] if len(path) > 2 else ():
        thing = thing[step]
    name = f"`{thing['id']}`" if isinstance(thing.get("id"), str) else "another"
    return f"{name} in {file.label}"
