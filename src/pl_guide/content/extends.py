"""What content files extend: finds it, in the same folder or in what is shipped, and lays them."""

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
from pl_guide.records import Record
from pl_guide.text import nearest


class Folder(Record, frozen=True):
    """A content folder, and how its files are named to a person."""

    path: Path
    label: str


def extends(file: ContentFile) -> bool:
    """Tell whether a file is written over another, and not yet laid over it."""
    return file.data is not None and EXTENDS in file.data


def own_id(file: ContentFile) -> Any:
    """Give the id of what a file holds; one that only changes another has that one's."""
    return file.data.get("id", file.data.get(EXTENDS)) if file.data else None


def lay_framework(file: ContentFile, shipped: Folder) -> None:
    """Lay a framework's file over the shipped framework, if it says so."""
    wanted = _wanted(file) if extends(file) else None
    if wanted is None:
        return
    base = framework_file(shipped.path, shipped.label)
    name = own_id(base) if base else ""
    if base is None or wanted != name:
        message = f"there is no framework `{wanted}` to extend"
        file.report((EXTENDS,), message, f"write `{name}`", "unknown-base")
        file.take(None, {})
    else:
        _lay_over(file, base)


class RoleBases:
    """Puts role files that extend others aside, and lays them once all files are known."""

    def __init__(self, own: Folder, shipped: Folder) -> None:
        self._own, self._shipped = own, shipped
        self._plain: dict[str, Path] = {}
        self._aside: list[ContentFile] = []
        self._named: dict[str, ContentFile] = {}
        self._opened: dict[Path, ContentFile] = {}

    def puts_aside(self, file: ContentFile) -> bool:
        """Take notice of one of the person's own files; tell whether it waits for the others."""
        name, waits = own_id(file), extends(file)
        if waits:
            self._aside.append(file)
        if isinstance(name, str) and waits:
            self._named.setdefault(name, file)
        elif isinstance(name, str):
            self._plain.setdefault(name, file.path)
        return waits

    def laid(self) -> Iterator[ContentFile]:
        """Give what was put aside, each file laid over the one it extends."""
        for file in self._aside:
            self._lay(file)
            yield file

    def _lay(self, file: ContentFile) -> None:
        chain = [file]
        while extends(chain[-1]):
            base = self._base(chain[-1])
            if base is None:
                chain[-1].take(None, {})
            elif base in chain:
                _report_circle(chain[chain.index(base) :])
            else:
                chain.append(base)
        for over, base in reversed(list(pairwise(chain))):
            _lay_over(over, base)

    def _base(self, file: ContentFile) -> ContentFile | None:
        wanted = _wanted(file)
        if wanted is None:
            return None
        named = self._named.get(wanted)
        # A file that changes a shipped role bears its name, and means the shipped one.
        if named is not None and named is not file:
            return named
        if wanted in self._plain:
            return self._open(self._plain[wanted], self._own.label)
        if wanted in self._shipped_paths:
            return self._open(self._shipped_paths[wanted], self._shipped.label)
        known = {*self._shipped_paths, *self._plain, *self._named}
        names = sorted(each for each in known if each != own_id(file))
        near = nearest(wanted, names, limit=1)
        shown = f"{', '.join(names[:12])}{', …' if len(names) > 12 else ''}"
        hint = f"did you mean `{near[0]}`?" if near else f"there are: {shown}"
        file.report((EXTENDS,), f"there is no role `{wanted}` to extend", hint, "unknown-base")
        return None

    @cached_property
    def _shipped_paths(self) -> dict[str, Path]:
        """The shipped roles' files by id, which is what they are called."""
        return {path.stem: path for path in role_paths(self._shipped.path)}

    def _open(self, path: Path, label: str) -> ContentFile:
        if path not in self._opened:
            self._opened[path] = role_file(path, label)
        return self._opened[path]


def _lay_over(over: ContentFile, base: ContentFile) -> None:
    # Most content extends nothing.
    from pl_guide.content.layering import lay_over

    lay_over(over, base)


def _wanted(file: ContentFile) -> str | None:
    """Give the id a file says it extends; None, and a note in the file, if that is none."""
    wanted = file.data[EXTENDS] if file.data else None
    if isinstance(wanted, str) and wanted.strip():
        return wanted
    hint = "write the id of what it extends, or delete the line"
    if wanted is None or isinstance(wanted, str):
        message = f"`{EXTENDS}` is empty"
        file.report((EXTENDS,), message, hint, "empty-text", at_key=wanted is None)
    else:
        file.report((EXTENDS,), f"`{EXTENDS}` should be one id", hint, "wrong-type")
    file.take(None, {})
    return None


def _report_circle(files: list[ContentFile]) -> None:
    way = " → ".join(f"`{own_id(each)}`" for each in (*files, files[0]))
    for file in files:
        message = f"what this file extends leads back to it: {way}"
        hint = "let one of them extend something else, or stand alone"
        file.report((EXTENDS,), message, hint, "circular-extends")
    for file in files:
        file.take(None, {})
