"""Content folders into a library: the shipped content, and a person's own over it."""

import os
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from pl_guide.content.extends import Folder, RoleBases, extends, layer_framework, own_id
from pl_guide.content.files import (
    FRAMEWORK_FILE,
    ROLES_FOLDER,
    ContentFile,
    file_label,
    framework_file,
    role_file,
    role_paths,
    shipped_folder,
)
from pl_guide.content.validation import RoleChecker, check_framework
from pl_guide.errors import ContentInvalid, Problem
from pl_guide.library import Library
from pl_guide.messages.content import missing_folder, missing_framework, wording
from pl_guide.model import Role
from pl_guide.text import reason_of

SHIPPED_LABEL = "shipped"


def load_library(content: Path | None = None, *, only: str | None = None) -> Library:
    """Load the shipped content, with the content of a person's own folder over it.

    A role in `content` takes the place of the shipped one with its id, or comes beside the
    others; a `standards.yaml` there takes the place of the framework. If that framework has
    another id, it is alone: the shipped roles belong to the shipped framework. A file that
    extends another changes only what it writes.

    With `only`, other roles needn't be read if it is the id of a shipped one: faster by as much
    as their files take.

    Raises:
        ContentInvalid: with every problem of all files, if there is any.
    """
    library, problems = check_content(content, only=only)
    if library is None or problems:
        raise ContentInvalid(problems)
    return library


def check_content(
    content: Path | None,
    *,
    only: str | None = None,
    advise: bool = False,
) -> tuple[Library | None, tuple[Problem, ...]]:
    """Load content as `load_library` does, and return what there is together with all problems.

    With `advise`, advice comes after them.
    """
    shipped = _shipped()
    if content is None:
        return _check(shipped, only=only, advise=advise)
    missing = _missing(content, needs_framework=False)
    if missing:
        return None, (missing,)
    own = Folder(content, str(content))
    return _check(own, over=shipped, advise=advise)


def check_folder(
    folder: Path, *, advise: bool = False
) -> tuple[Library | None, tuple[Problem, ...]]:
    """Check a content folder that is whole, framework and all.

    If its framework extends the shipped one, the folder is checked over what is shipped.
    """
    missing = _missing(folder, needs_framework=True)
    if missing:
        return None, (missing,)
    own = Folder(folder, str(folder))
    framework = framework_file(own.path, own.label)
    over = _shipped() if framework and extends(framework) else None
    return _check(own, over=over, advise=advise)


def _shipped() -> Folder:
    return Folder(shipped_folder(), SHIPPED_LABEL)


def _missing(folder: Path, *, needs_framework: bool) -> Problem | None:
    if "\0" in str(folder) or not folder.is_dir():
        sentence = missing_folder(is_file=os.path.lexists(folder))
        return Problem(str(folder), 1, 1, *sentence)
    has_roles = (folder / ROLES_FOLDER).exists()
    if (folder / FRAMEWORK_FILE).exists() or (has_roles and not needs_framework):
        return None
    sentence = missing_framework(FRAMEWORK_FILE, ROLES_FOLDER, has_roles=has_roles)
    return Problem(str(folder), 1, 1, *sentence)


def _check(
    folder: Folder, over: Folder | None = None, only: str | None = None, *, advise: bool = False
) -> tuple[Library | None, tuple[Problem, ...]]:
    """Check a folder, and what of the folder under it still shows."""
    own_file = framework_file(folder.path, folder.label)
    if own_file:
        layer_framework(own_file, _shipped())
    file = own_file or (framework_file(over.path, over.label) if over else None)
    framework = check_framework(file) if file else None
    adviser = None
    if advise:
        from pl_guide.content.advice import Adviser

        adviser = Adviser(folder, file, framework)
    checker = RoleChecker(file)
    roles: dict[str, Role] = {}
    paths, problems = _role_paths(folder)
    paths = [path for path in paths if path.stem == only] or paths
    # One file at a time, where nothing asks for all of them at once.
    own: Iterable[ContentFile] = (role_file(path, folder.label) for path in paths)
    under: list[ContentFile] = []
    if over and framework and (own_file is None or framework.id == _framework_id(over)):
        own = list(own)
        under = _not_replaced(over, own)
    bases = RoleBases(folder, _shipped())
    whole = (found for found in own if not bases.add(found))
    # What is shipped was there first: it keeps its names. What extends another waits for all.
    for checked in chain(under, whole, bases.layered()):
        role = checker.check(checked)
        if role is not None and role.id not in roles:
            roles[role.id] = role
            if adviser:
                adviser.advise_on(checked, role)
        problems += checked.problems
    noted = file.problems if file else []
    if adviser:
        sound = not any(problem.severity == "error" for problem in (*problems, *noted))
        problems += adviser.finish(whole=sound)
    order = [file.label] if file else []
    order += [file_label(f"{ROLES_FOLDER}/{path.name}", folder.label) for path in paths]
    found = _sorted((*problems, *noted), order)
    if not advise:
        found = tuple(problem for problem in found if problem.severity == "error")
    return (Library(framework, tuple(roles.values())) if framework else None), found


def _not_replaced(over: Folder, own: list[ContentFile]) -> list[ContentFile]:
    """Return the role files of a folder whose ids none of a person's own files has."""
    replaced = [own_id(file) for file in own]
    under = (role_file(path, over.label) for path in role_paths(over.path))
    return [file for file in under if own_id(file) not in replaced]


def _sorted(problems: Iterable[Problem], files: list[str]) -> tuple[Problem, ...]:
    """Sort problems by file and position, advice last; what two files inherit is there once."""
    ranks = {file: rank for rank, file in enumerate(files)}

    def rank_of(problem: Problem) -> tuple[bool, int, int, int]:
        rank = ranks.get(problem.file, len(ranks))
        return problem.severity == "advice", rank, problem.line, problem.column

    return tuple(sorted(dict.fromkeys(problems), key=rank_of))


def _role_paths(folder: Folder) -> tuple[list[Path], list[Problem]]:
    try:
        return role_paths(folder.path), []
    except OSError as error:
        label = f"{folder.label}/{ROLES_FOLDER}"
        sentence = wording("unreadable-folder", reason=reason_of(error))
        return [], [Problem(label, 1, 1, *sentence)]


def _framework_id(folder: Folder) -> object:
    file = framework_file(folder.path, folder.label)
    return own_id(file) if file else None
