"""Content folders into a library: the shipped content, and a person's own over it."""

import os
from collections.abc import Iterable
from pathlib import Path

from pl_guide.content.extends import RoleBases, extends, layer_framework, own_id
from pl_guide.content.files import FRAMEWORK_FILE, ROLES_FOLDER, ContentFile, Folder, shipped_folder
from pl_guide.content.validation import RoleChecker, check_framework
from pl_guide.errors import ContentInvalid, Problem
from pl_guide.library import Library
from pl_guide.messages.content import missing_folder, missing_framework, wording
from pl_guide.model import Role
from pl_guide.text import reason_of

Checked = tuple[Library | None, tuple[Problem, ...]]
"""The library, as far as there is one, and every problem of its files."""


def load_library(content: Path | None = None, *, only: str | None = None) -> Library:
    """Load the shipped content, with the content of a person's own folder over it.

    A role in `content` takes the place of the shipped one with its id, or comes beside the
    others; a `standards.yaml` there takes the place of the framework. If that framework has
    another id, it is alone: the shipped roles belong to the shipped framework. A file that
    extends another changes only what it writes.

    With `only`, the id of a shipped role, others needn't be read: faster by what their files take.

    Raises:
        ContentInvalid: with every problem of all files, if there is any.
    """
    library, problems = check_content(content, only=only)
    if library is None or problems:
        raise ContentInvalid(problems)
    return library


def check_content(
    content: Path | None, *, only: str | None = None, advise: bool = False
) -> Checked:
    """Load content as `load_library` does, and return what there is together with all problems.

    With `advise`, advice comes after them.
    """
    shipped = _shipped()
    if content is None:
        return _check(shipped, only=only, advise=advise)
    own = Folder(content, str(content))
    return _missing(content, needs_framework=False) or _check(own, shipped, advise=advise)


def check_folder(folder: Path, *, advise: bool = False) -> Checked:
    """Check a content folder that is whole, framework and all.

    If its framework extends the shipped one, the folder is checked over what is shipped.
    """
    missing = _missing(folder, needs_framework=True)
    if missing:
        return missing
    own = Folder(folder, str(folder))
    framework = own.framework()
    over = _shipped() if framework and extends(framework) else None
    return _check(own, over, advise=advise)


def _shipped() -> Folder:
    return Folder(shipped_folder(), "shipped")


def _missing(folder: Path, *, needs_framework: bool) -> Checked | None:
    if "\0" in str(folder) or not folder.is_dir():
        sentence = missing_folder(is_file=os.path.lexists(folder))
    else:
        has_roles = (folder / ROLES_FOLDER).exists()
        if (folder / FRAMEWORK_FILE).exists() or (has_roles and not needs_framework):
            return None
        sentence = missing_framework(FRAMEWORK_FILE, ROLES_FOLDER, has_roles=has_roles)
    return None, (Problem(str(folder), 1, 1, *sentence),)


def _check(
    folder: Folder, over: Folder | None = None, only: str | None = None, *, advise: bool = False
) -> Checked:
    """Check a folder, and what of the folder under it still shows."""
    base = over.framework() if over else None
    file = folder.framework() or base
    if file and base:
        layer_framework(file, base)
    framework = check_framework(file) if file else None
    own, problems = _own_roles(folder, only)
    under: list[ContentFile] = []
    if over and base and framework and framework.id == own_id(base):
        replaced = [own_id(role) for role in own]
        under = [over.role(path) for path in over.role_paths() if path.stem not in replaced]
    # What extends another waits for all.
    ordered = sorted(own, key=extends)
    bases = RoleBases(own, _shipped())
    for role_file in own:
        bases.layer(role_file)
    checker = RoleChecker(file)
    roles: dict[str, tuple[ContentFile, Role]] = {}
    # What is shipped was there first: it keeps its names.
    for role_file in (*under, *ordered):
        role = checker.check(role_file)
        if role is not None:
            roles.setdefault(role.id, (role_file, role))
    files = [found for found in (file, *under, *own) if found]
    noted = (problem for found in files for problem in found.problems)
    problems += [problem for problem in noted if problem.severity == "error"]
    if advise:
        from pl_guide.content.advice import advise as advise_on

        problems += advise_on(folder, file, framework, list(roles.values()), sound=not problems)
        noted = (problem for found in files for problem in found.problems)
        problems += [problem for problem in noted if problem.severity == "advice"]
    order = [found.label for found in (file, *own) if found]
    library = Library(framework, tuple(role for _, role in roles.values())) if framework else None
    return library, _sorted(problems, order)


def _own_roles(folder: Folder, only: str | None) -> tuple[list[ContentFile], list[Problem]]:
    try:
        paths = folder.role_paths()
    except OSError as error:
        sentence = wording("unreadable-folder", reason=reason_of(error))
        return [], [Problem(f"{folder.label}/{ROLES_FOLDER}", 1, 1, *sentence)]
    paths = [path for path in paths if path.stem == only] or paths
    return [folder.role(path) for path in paths], []


def _sorted(problems: Iterable[Problem], files: list[str]) -> tuple[Problem, ...]:
    """Sort problems by file and position, advice last; what two files inherit is there once."""
    ranks = {file: rank for rank, file in enumerate(files)}

    def rank_of(problem: Problem) -> tuple[bool, int, int, int]:
        rank = ranks.get(problem.file, len(ranks))
        return problem.severity == "advice", rank, problem.line, problem.column

    return tuple(sorted(dict.fromkeys(problems), key=rank_of))
