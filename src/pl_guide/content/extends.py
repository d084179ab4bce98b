"""What content files extend, found in their folder or in what is shipped, and layered over it."""

from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

from pl_guide.content.files import (
    EXTENDS,
    ContentFile,
    framework_file,
    role_file,
    role_paths,
)
from pl_guide.messages.content import bad_base, near_hint, wording
from pl_guide.records import Record


class Folder(Record, frozen=True):
    """A content folder, and how its files are named to a person."""

    path: Path
    label: str


def extends(file: ContentFile) -> bool:
    """Return whether a file extends another, and isn't layered over it yet."""
    return file.data is not None and EXTENDS in file.data


def own_id(file: ContentFile) -> Any:
    """Return the id of what a file holds; one that only changes another has that one's."""
    return file.data.get("id", file.data.get(EXTENDS)) if file.data else None


def layer_framework(file: ContentFile, shipped: Folder) -> None:
    """Layer a framework's file over the shipped framework, if it extends that."""
    wanted = _wanted(file) if extends(file) else None
    base = framework_file(shipped.path, shipped.label) if wanted else None
    if base and wanted == own_id(base):
        _layer_over(file, base)
    elif base:
        hint = f"write `{own_id(base)}`"
        sentence = wording("unknown-base", kind="framework", name=wanted, hint=hint)
        file.report((EXTENDS,), sentence)
        file.replace_data(None, {})


class RoleBases:
    """Knows which role files extend others, and layers them once all files are known."""

    def __init__(self, own: Folder, shipped: Folder) -> None:
        self._own, self._shipped = own, shipped
        self._whole: dict[str, Path] = {}
        self._waiting: list[ContentFile] = []
        self._named: dict[str, ContentFile] = {}
        self._opened: dict[Path, ContentFile] = {}

    def add(self, file: ContentFile) -> bool:
        """Take notice of one of the person's own files; return whether it waits for the others."""
        name, waits = own_id(file), extends(file)
        if waits:
            self._waiting.append(file)
        if isinstance(name, str) and waits:
            self._named.setdefault(name, file)
        elif isinstance(name, str):
            self._whole.setdefault(name, file.path)
        return waits

    def layered(self) -> Iterator[ContentFile]:
        """Yield the files that waited, each layered over the one that it extends."""
        for file in self._waiting:
            self._layer(file)
            yield file

    def _layer(self, file: ContentFile) -> None:
        chain = [file]
        while extends(chain[-1]):
            base = self._base(chain[-1])
            if base is None:
                chain[-1].replace_data(None, {})
            elif base in chain:
                _report_circle(chain[chain.index(base) :])
            else:
                chain.append(base)
        for over, base in reversed(list(pairwise(chain))):
            _layer_over(over, base)

    def _base(self, file: ContentFile) -> ContentFile | None:
        wanted = _wanted(file)
        if wanted is None:
            return None
        named = self._named.get(wanted)
        # A file that changes a shipped role bears its name, and means the shipped one.
        if named is not None and named is not file:
            return named
        if wanted in self._whole:
            return self._open(self._whole[wanted], self._own.label)
        if wanted in self._shipped_paths:
            return self._open(self._shipped_paths[wanted], self._shipped.label)
        known = {*self._shipped_paths, *self._whole, *self._named}
        hint = near_hint(wanted, sorted(name for name in known if name != own_id(file)))
        file.report((EXTENDS,), wording("unknown-base", kind="role", name=wanted, hint=hint))
        return None

    @cached_property
    def _shipped_paths(self) -> dict[str, Path]:
        """The shipped roles' files by id, which is what they are called."""
        return {path.stem: path for path in role_paths(self._shipped.path)}

    def _open(self, path: Path, label: str) -> ContentFile:
        if path not in self._opened:
            self._opened[path] = role_file(path, label)
        return self._opened[path]


def _layer_over(over: ContentFile, base: ContentFile) -> None:
    # Most content extends nothing.
    from pl_guide.content.layering import layer_over

    layer_over(over, base)


def _wanted(file: ContentFile) -> str | None:
    """Return the id a file says it extends; None, and a note in the file, if that is none."""
    wanted = file.data[EXTENDS] if file.data else None
    if isinstance(wanted, str) and wanted.strip():
        return wanted
    file.report((EXTENDS,), bad_base(EXTENDS, wanted), at_key=wanted is None)
    file.replace_data(None, {})
    return None


def _report_circle(files: list[ContentFile]) -> None:
    way = " → ".join(f"`{own_id(file)}`" for file in (*files, files[0]))
    for file in files:
        file.report((EXTENDS,), wording("circular-extends", way=way))
    for file in files:
        file.replace_data(None, {})
