"""Content folders into a library: the shipped content, and a person's own over it."""

import os
from collections.abc import Iterable
from pathlib import Path

from pl_guide.content.files import (
    FRAMEWORK_FILE,
    ROLES_FOLDER,
    ContentFile,
    framework_file,
    role_file,
    role_paths,
    shipped_folder,
)
from pl_guide.content.validation import RoleChecker, checked_framework
from pl_guide.errors import ContentInvalid, Problem
from pl_guide.library import Library
from pl_guide.model import Role
from pl_guide.records import Record

SHIPPED_LABEL = "shipped"


class _Folder(Record, frozen=True):
    """A content folder, and how its files are named to a person."""

    path: Path
    label: str


def load_library(content: Path | None = None, *, only: str | None = None) -> Library:
    """Load the shipped content, with the content of a person's own folder over it.

    A role in `content` takes the place of the shipped one with its id, or comes beside the
    others; a `standards.yaml` there takes the place of the framework. If that framework has
    another id, it stands alone: the shipped roles belong to the shipped framework.

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
    content: Path | None, *, only: str | None = None
) -> tuple[Library | None, tuple[Problem, ...]]:
    """Load content as `load_library` does, and give what there is together with all problems."""
    shipped = _Folder(shipped_folder(), SHIPPED_LABEL)
    if content is None:
        return _checked(shipped, only=only)
    missing = _missing(content, needs_framework=False)
    if missing:
        return None, (missing,)
    return _checked(_Folder(content, str(content)), over=shipped)


def check_folder(folder: Path) -> tuple[Library | None, tuple[Problem, ...]]:
    """Check a content folder that stands by itself, framework and all."""
    missing = _missing(folder, needs_framework=True)
    if missing:
        return None, (missing,)
    return _checked(_Folder(folder, str(folder)))


def _missing(folder: Path, *, needs_framework: bool) -> Problem | None:
    if "\0" in str(folder) or not folder.is_dir():
        what = "is a file, not a folder" if os.path.lexists(folder) else "doesn't exist"
        return Problem(
            str(folder), 1, 1, f"the content folder {what}", "check how the path is spelled"
        )
    has_framework = (folder / FRAMEWORK_FILE).exists()
    has_roles = (folder / ROLES_FOLDER).exists()
    if has_framework or (has_roles and not needs_framework):
        return None
    hint = f"a content folder holds `{FRAMEWORK_FILE}`, and roles in a folder `{ROLES_FOLDER}`"
    if has_roles:
        hint = "to check these roles over the shipped framework: plguide validate --content FOLDER"
    return Problem(str(folder), 1, 1, "there is no framework in this folder", hint)


def _checked(
    folder: _Folder, over: _Folder | None = None, only: str | None = None
) -> tuple[Library | None, tuple[Problem, ...]]:
    """Check a folder, and what of the folder under it still shows."""
    own_file = framework_file(folder.path, folder.label)
    file = own_file or (framework_file(over.path, over.label) if over else None)
    framework = checked_framework(file) if file else None
    problems = sorted(file.problems, key=_place) if file else []
    checker = RoleChecker(file)
    roles: dict[str, Role] = {}
    paths, unreadable = _role_paths(folder)
    paths = [path for path in paths if path.stem == only] or paths
    # One file at a time, where nothing asks for all of them at once.
    own: Iterable[ContentFile] = (role_file(path, folder.label) for path in paths)
    under: list[ContentFile] = []
    if over and framework and (own_file is None or framework.id == _framework_id(over)):
        own = list(own)
        replaced = [_id(file) for file in own]
        under = [role_file(path, over.label) for path in role_paths(over.path)]
        under = [file for file in under if _id(file) not in replaced]
    later: list[Problem] = []
    # What is shipped was there first: it keeps its names.
    for files, found in ((under, later), (own, problems)):
        for file in files:
            role = checker.checked(file)
            found.extend(sorted(file.problems, key=_place))
            if role is not None:
                roles.setdefault(role.id, role)
    problems += [*unreadable, *later]
    if framework is None:
        return None, tuple(problems)
    return Library(framework, tuple(roles.values())), tuple(problems)


def _role_paths(folder: _Folder) -> tuple[list[Path], list[Problem]]:
    try:
        return role_paths(folder.path), []
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        message = f"the folder of roles can't be read ({reason})"
        label = f"{folder.label}/{ROLES_FOLDER}"
        return [], [Problem(label, 1, 1, message, "check that it is one, and that you may open it")]


def _id(file: ContentFile) -> object:
    return file.data.get("id") if isinstance(file.data, dict) else None


def _place(problem: Problem) -> tuple[int, int]:
    return problem.line, problem.column


def _framework_id(folder: _Folder) -> object:
    file = framework_file(folder.path, folder.label)
    return _id(file) if file else None
