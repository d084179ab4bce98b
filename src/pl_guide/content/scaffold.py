"""What a new content folder holds: files ready to edit, with remarks where a person edits them."""

from pathlib import Path
from string import Template

from pl_guide.content.files import ROLES_FOLDER
from pl_guide.content.yaml_writing import format_yaml
from pl_guide.library import Library
from pl_guide.messages.scaffold import (
    ABOUT_ADAPTED,
    ADDS_ROLE,
    HOLDS_ADAPTED,
    REMARKS,
    adapted_note,
)
from pl_guide.model import Basis, Role
from pl_guide.records import Record, replaced

Files = dict[str, str]
"""Texts by the paths of their files in the folder."""

SCHEMA_FOLDER = ".schema"
README = "README.md"

_STARTERS = Path(__file__).parent / "starters"
_OVER, _BLANK = _STARTERS / "over", _STARTERS / "blank"


class Starter(Record, frozen=True):
    """What a new folder begins with: its files, and a role in it to try things with.

    `whole` says that it is a framework of its own, not content over what is shipped.
    """

    files: Files
    role: str
    whole: bool = False


def own_role() -> Starter:
    """Begin with a role of one's own, beside the shipped ones."""
    files = _files(_OVER)
    role = next(Path(name).stem for name in files if name != README)
    return Starter(files | {README: _readme(role, ADDS_ROLE)}, role)


def adapted_role(library: Library, role: Role) -> Starter:
    """Begin with the whole of a shipped role, to adapt; its ids stay."""
    schema = f"../{SCHEMA_FOLDER}/role.schema.json"
    remarks = {"": ABOUT_ADAPTED.format(title=role.title, schema=schema), **REMARKS}
    # The basis tells that the role was adapted, and where the official guide is.
    title = role.basis.title if role.basis else None
    publisher = library.framework.publisher
    site = publisher.sites[0] if publisher and publisher.sites else None
    basis = Basis(kind="own", title=title, note=adapted_note(title, site))
    text = format_yaml(replaced(role, basis=basis), remarks)
    readme = _readme(role.id, HOLDS_ADAPTED.format(title=role.title))
    return Starter({README: readme, f"{ROLES_FOLDER}/{role.id}.yaml": text}, role.id)


def blank() -> Starter:
    """Begin with a whole framework of one's own, short and made up."""
    return Starter(_files(_BLANK), "team-leader", whole=True)


def _readme(role: str, what: str) -> str:
    text = (_OVER / README).read_text(encoding="utf-8")
    return Template(text).substitute(id=role, what=what)


def _files(folder: Path) -> Files:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
