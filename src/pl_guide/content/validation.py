"""What makes content valid beyond its shape: ids and names that are unique, ids that exist.

The rules are data, and they are held against a file's plain data, so that a file whose shape is
wrong in one place is still checked in all the others.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pl_guide.content.files import ContentFile, decode
from pl_guide.content.yaml_source import Path
from pl_guide.library import FRAMEWORK_NAME
from pl_guide.messages.content import unknown_placeholder, unknown_reference, wording
from pl_guide.model import Framework, Role
from pl_guide.text import slug
from pl_guide.wording import Phrases, Terms

PLACEHOLDER = r"\{(\w+)\}"
"""What in a phrase is filled in when it is written."""

# A pattern is where values are: keys, and `*` for each item of a list.

TARGETS = {
    "category": ("categories.*.id",),
    "standard or construct": ("standards.*.id", "standards.*.constructs.*.id"),
    "resource": ("resources.*.id",),
}
"""What may be referred to, and where its ids are in a framework."""

FRAMEWORK_REFERENCES = {"standards.*.category": "category"}
ROLE_REFERENCES = {
    "responsibilities.*.category": "category",
    "responsibilities.*.standards.*": "standard or construct",
    "questions.*.standards.*": "standard or construct",
    "resources.*": "resource",
}

# Each line is one set of ids in which none may be twice; each list of names is a set of its own.
FRAMEWORK_IDS = (
    (*TARGETS["category"], *TARGETS["standard or construct"]),
    TARGETS["resource"],
    ("foundations.*.id",),
    ("theory_of_change.steps.*.id",),
)
ROLE_IDS = (
    ("responsibilities.*.id",),
    ("questions.*.id",),
    ("responsibilities.*.standards.*", "questions.*.standards.*", "resources.*"),
)

# Names by which a person may ask for something.
FRAMEWORK_NAMES = (
    "categories.*.id",
    "standards.*.id",
    "categories.*.aliases.*",
    "standards.*.aliases.*",
    "standards.*.code",
)
ROLE_NAMES = ("id", "aliases.*")


def check_framework(file: ContentFile) -> Framework | None:
    """Turn a file's data into a framework, noting its problems in the file."""
    framework = decode(file, Framework)
    _check_unique(file, FRAMEWORK_IDS)
    _check_known(file, FRAMEWORK_REFERENCES, _targets(file.data))
    _claim(file, FRAMEWORK_NAMES, {FRAMEWORK_NAME: "the framework"})
    _check_placeholders(file)
    return framework


class RoleChecker:
    """Checks role files against one framework's file, and against one another."""

    def __init__(self, framework: ContentFile | None) -> None:
        data = framework.data if framework else None
        self._known = _targets(data) if data is not None else None
        names = _texts(data, FRAMEWORK_NAMES)
        self._claimed = dict.fromkeys((*map(slug, names), FRAMEWORK_NAME), "the framework")
        self._files: dict[str, str] = {}

    def check(self, file: ContentFile) -> Role | None:
        """Turn a file's data into a role, noting its problems in the file."""
        role = decode(file, Role)
        if file.data is None:
            return None
        role_id = file.data.get("id")
        if isinstance(role_id, str) and role_id in self._files:
            sentence = wording("duplicate-role", name=role_id, file=self._files[role_id])
            file.report(("id",), sentence)
        else:
            _claim(file, ROLE_NAMES, self._claimed)
        if isinstance(role_id, str):
            self._files.setdefault(role_id, file.label)
        _check_unique(file, ROLE_IDS)
        if self._known is not None:
            _check_known(file, ROLE_REFERENCES, self._known)
        return role


def _texts_at(data: object, pattern: str) -> list[tuple[Path, str]]:
    """Return each text that a pattern leads to, with its path; pass over what is misshapen."""
    found: list[tuple[Path, Any]] = [((), data)]
    for step in pattern.split("."):
        if step == "*":
            lists = ((path, value) for path, value in found if isinstance(value, list))
            found = [((*path, at), item) for path, items in lists for at, item in enumerate(items)]
        else:
            mappings = ((path, value) for path, value in found if isinstance(value, dict))
            found = [((*path, step), data[step]) for path, data in mappings if step in data]
    return [(path, value) for path, value in found if isinstance(value, str)]


def _texts(data: object, patterns: Iterable[str]) -> frozenset[str]:
    return frozenset(text for pattern in patterns for _, text in _texts_at(data, pattern))


def _check_unique(file: ContentFile, sets: Iterable[Iterable[str]]) -> None:
    for patterns in sets:
        seen = set()
        for pattern in patterns:
            for path, name in _texts_at(file.data, pattern):
                is_id = path[-1] == "id"
                found = name if is_id else (*path[:-1], name)
                if found in seen:
                    code = "duplicate-id" if is_id else "duplicate-entry"
                    file.report(path, wording(code, name=name))
                seen.add(found)


def _targets(framework: object) -> dict[str, frozenset[str]]:
    return {kind: _texts(framework, patterns) for kind, patterns in TARGETS.items()}


def _check_known(
    file: ContentFile, references: Mapping[str, str], known: Mapping[str, frozenset[str]]
) -> None:
    for pattern, kind in references.items():
        for path, name in _texts_at(file.data, pattern):
            if name.strip() and name not in known[kind]:
                file.report(path, unknown_reference(kind, name, sorted(known[kind])))


def _check_placeholders(file: ContentFile) -> None:
    """Note each place in a phrase, as `{title}`, that nothing would be filled into."""
    for key in Phrases.__struct_fields__:
        for path, phrase in _texts_at(file.data, f"phrases.{key}"):
            own = re.findall(PLACEHOLDER, getattr(Phrases(), key))
            left = Terms().say(phrase, **dict.fromkeys(own, ""))
            for name in re.findall(PLACEHOLDER, left):
                file.report(path, unknown_placeholder(key, name, own))


def _claim(file: ContentFile, patterns: Iterable[str], claimed: dict[str, str]) -> None:
    """Claim a file's names in `claimed` (name to owner), noting each that another has taken.

    A thing may repeat a name of its own; an id that is there twice is noted as such elsewhere.
    """
    ids: set[str] = set()
    for pattern in patterns:
        for path, name in _texts_at(file.data, pattern):
            if not slug(name):
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
