"""What a new content folder holds: files ready to edit, with remarks where a person edits them."""

from pathlib import Path
from string import Template

from pl_guide.content.files import ROLES_FOLDER
from pl_guide.content.yaml_writing import Comments, format_yaml
from pl_guide.library import Library
from pl_guide.model import Basis, Role
from pl_guide.records import Record, replaced

Files = dict[str, str]
"""Texts by the paths of their files in the folder."""

SCHEMA_FOLDER = ".schema"
README = "README.md"

_STARTERS = Path(__file__).parent / "starters"
_OVER, _BLANK = _STARTERS / "over", _STARTERS / "blank"

_REMARKS: Comments = {
    ("id",): (
        "Keep the id: by it this file takes the place of plguide's own, and worksheets that people "
        "have\nbegun still fit."
    ),
    ("title",): "What people read, in headings and lists.",
    ("order",): "Its place in lists, smaller numbers first.",
    ("aliases",): "Other names a person may type for this role.",
    ("basis",): "Shown under the title, always: say who wrote this, and from what.",
    ("purpose",): "What the role is there for. An empty line begins a new paragraph.",
    ("responsibilities_note",): "Stands over the responsibilities.",
    ("responsibilities",): (
        "Reword them, delete some, add your own. `category` is the id of a category; `standards` "
        "are ids\nof standards or of their parts: plguide standards shows them all."
    ),
    ("questions",): (
        "Answers are kept under a question's id: you may reword a question, but a new question "
        "needs a\nnew id."
    ),
    ("resources",): "The framework's resources that are for this role in particular.",
}


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
    return Starter(files | {README: _readme(role, "It adds a role of your own.")}, role)


def adapted_role(library: Library, role: Role) -> Starter:
    """Begin with the whole of a shipped role, to adapt; its ids stay."""
    about = (
        f"yaml-language-server: $schema=../{SCHEMA_FOLDER}/role.schema.json\n\n"
        f"The role {role.title}, to adapt: it takes the place of plguide's own. Write over "
        "anything."
    )
    text = format_yaml(replaced(role, basis=_adapted(library, role)), {(): about, **_REMARKS})
    readme = _readme(role.id, f"It holds plguide's own role {role.title}, for you to adapt.")
    return Starter({README: readme, f"{ROLES_FOLDER}/{role.id}.yaml": text}, role.id)


def blank() -> Starter:
    """Begin with a whole framework of one's own, short and made up."""
    return Starter(_files(_BLANK), "team-leader", whole=True)


def _adapted(library: Library, role: Role) -> Basis:
    """Return a basis that says that a role was adapted, and where the official guide is."""
    title = role.basis.title if role.basis else None
    publisher = library.framework.publisher
    note = "Our own wording, adapted from the text for this role that comes with plguide."
    if title and publisher and publisher.sites:
        note += f" The official guide, {title}, can be had at {publisher.sites[0]}."
    return Basis(kind="own", title=title, note=note)


def _readme(role: str, what: str) -> str:
    text = (_OVER / README).read_text(encoding="utf-8")
    return Template(text).substitute(id=role, what=what)


def _files(folder: Path) -> Files:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
