"""What content files extend, found in their folder or in what is shipped, and layered over it."""

from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

from pl_guide.content.files import EXTENDS, ContentFile, Folder
from pl_guide.messages.content import bad_base, near_hint, wording


def extends(file: ContentFile) -> bool:
    """Return whether a file extends another, and isn't layered over it yet."""
    return file.data is not None and EXTENDS in file.data


def own_id(file: ContentFile) -> Any:
    """Return the id of what a file holds; one that only changes another has that one's."""
    return file.data.get("id", file.data.get(EXTENDS)) if file.data else None


def layer_framework(file: ContentFile, base: ContentFile) -> None:
    """Layer a framework's file over the shipped framework, if it extends that."""
    wanted = _wanted(file) if extends(file) else None
    if wanted is not None and wanted == own_id(base):
        _layer_over(file, base)
    elif wanted is not None:
        _report_unknown(file, "framework", wanted, f"write `{own_id(base)}`")


class RoleBases:
    """Layers role files over those that they extend: a person's own, or else what is shipped."""

    def __init__(self, own: list[ContentFile], shipped: Folder) -> None:
        self._shipped = shipped
        self._open = cache(shipped.role)
        # Of several with one id the first counts.
        self._own = {name: file for file in own[::-1] if isinstance(name := own_id(file), str)}

    def layer(self, file: ContentFile) -> None:
        """Layer a file that extends another over that, and those in between over theirs."""
        chain = [file]
        while extends(chain[-1]):
            base = self._base(chain[-1])
            if base is None:
                break
            if base in chain:
                _report_circle(chain[chain.index(base) :])
            else:
                chain.append(base)
        for over, base in reversed(list(pairwise(chain))):
            _layer_over(over, base)

    def _base(self, file: ContentFile) -> ContentFile | None:
        wanted = _wanted(file)
        if wanted is None:
            return None
        named = self._own.get(wanted)
        # A file that changes a shipped role bears its name, and means the shipped one.
        if named is not None and named is not file:
            return named
        if wanted not in self._shipped_paths:
            known = sorted({*self._shipped_paths, *self._own})
            others = (name for name in known if name != own_id(file))
            _report_unknown(file, "role", wanted, near_hint(wanted, others))
            return None
        return self._open(self._shipped_paths[wanted])

    @cached_property
    def _shipped_paths(self) -> dict[str, Path]:
        """The shipped roles' files by id, which is what they are called."""
        return {path.stem: path for path in self._shipped.role_paths()}


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


def _report_unknown(file: ContentFile, kind: str, name: str, hint: str) -> None:
    file.report((EXTENDS,), wording("unknown-base", kind=kind, name=name, hint=hint))
    file.replace_data(None, {})


def _report_circle(files: list[ContentFile]) -> None:
    way = " → ".join(f"`{own_id(file)}`" for file in (*files, files[0]))
    for file in files:
        file.report((EXTENDS,), wording("circular-extends", way=way))
        file.replace_data(None, {})
