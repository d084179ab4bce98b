"""Content folders into a library: the shipped content, and a person's own over it."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pl_guide.content.extends import Folder, RoleBases, extends, lay_framework, own_id
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
from pl_guide.content.validation import RoleChecker, checked_framework
from pl_guide.errors import ContentInvalid, Problem
from pl_guide.library import Library
from pl_guide.model import Framework, Role

if TYPE_CHECKING:
    from pl_guide.content.advice import Adviser

SHIPPED_LABEL = "shipped"


def load_library(content: Path | None = None, *, only: str | None = None) -> Library:
    """Load the shipped content, with the content of a person's own folder over it.

    A role in `content` takes the place of the shipped one with its id, or comes beside the
    others; a `standards.yaml` there takes the place of the framework. If that framework has
    another id, it stands alone: the shipped roles belong to the shipped framework. A file that
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
    """Load content as `load_library` does, and give what there is together with all problems.

    With `advise`, advice comes after them.
    """
    shipped = _shipped()
    if content is None:
        return _checked(shipped, only=only, advise=advise)
    missing = _missing(content, needs_framework=False)
    if missing:
        return None, (missing,)
    own = Folder(content, str(content))
    return _checked(own, over=shipped, advise=advise)


def check_folder(
    folder: Path, *, advise: bool = False
) -> tuple[Library | None, tuple[Problem, ...]]:
    """Check a content folder that stands by itself, framework and all.

    If its framework extends the shipped one, the folder is checked over what is shipped.
    """
    missing = _missing(folder, needs_framework=True)
    if missing:
        return None, (missing,)
    own = Folder(folder, str(folder))
    framework = framework_file(own.path, own.label)
    over = _shipped() if framework and extends(framework) else None
    return _checked(own, over=over, advise=advise)


def _shipped() -> Folder:
    return Folder(shipped_folder(), SHIPPED_LABEL)


def _missing(folder: Path, *, needs_framework: bool) -> Problem | None:
    if "\0" in str(folder) or not folder.is_dir():
        what = "is a file, not a folder" if os.path.lexists(folder) else "doesn't exist"
        message, hint = f"the content folder {what}", "check how the path is spelled"
        return Problem(str(folder), 1, 1, message, hint, "no-folder")
    has_framework = (folder / FRAMEWORK_FILE).exists()
    has_roles = (folder / ROLES_FOLDER).exists()
    if has_framework or (has_roles and not needs_framework):
        return None
    hint = f"a content folder holds `{FRAMEWORK_FILE}`, and roles in a folder `{ROLES_FOLDER}`"
    if has_roles:
        hint = "to check these roles over the shipped framework: plguide validate --content FOLDER"
    return Problem(str(folder), 1, 1, "there is no framework in this folder", hint, "no-framework")


def _checked(
    folder: Folder,
    over: Folder | None = None,
    only: str | None = None,
    *,
    advise: bool = False,
) -> tuple[Library | None, tuple[Problem, ...]]:
    """Check a folder, and what of the folder under it still shows."""
    own_file = framework_file(folder.path, folder.label)
    if own_file:
        lay_framework(own_file, _shipped())
    file = own_file or (framework_file(over.path, over.label) if over else None)
    framework = checked_framework(file) if file else None
    adviser = _adviser(folder, file, framework) if advise else None
    checker = RoleChecker(file)
    roles: dict[str, Role] = {}
    paths, problems = _role_paths(folder)
    paths = [path for path in paths if path.stem == only] or paths
    # One file at a time, where nothing asks for all of them at once.
    own: Iterable[ContentFile] = (role_file(path, folder.label) for path in paths)
    under: list[ContentFile] = []
    if over and framework and (own_file is None or framework.id == _framework_id(over)):
        own = list(own)
        replaced = [own_id(file) for file in own]
        under = [role_file(path, over.label) for path in role_paths(over.path)]
        under = [file for file in under if own_id(file) not in replaced]

    def check(file: ContentFile) -> None:
        role = checker.checked(file)
        if role is not None and role.id not in roles:
            roles[role.id] = role
            if adviser:
                adviser.look_at(file, role)
        problems.extend(file.problems)

    # What is shipped was there first: it keeps its names. Then what stands by itself.
    for each in under:
        check(each)
    bases = RoleBases(folder, _shipped())
    for each in own:
        if not bases.puts_aside(each):
            check(each)
    for each in bases.laid():
        check(each)
    if adviser:
        sound = not any(each.severity == "error" for each in (*problems, *_noted(file)))
        problems += adviser.finish(whole=sound)
    problems += _noted(file)
    order = [file.label] if file else []
    order += [file_label(f"{ROLES_FOLDER}/{path.name}", folder.label) for path in paths]
    found = _in_order(problems, order)
    if not advise:
        found = tuple(each for each in found if each.severity == "error")
    return (Library(framework, tuple(roles.values())) if framework else None), found


def _noted(file: ContentFile | None) -> list[Problem]:
    return file.problems if file else []


def _adviser(folder: Folder, file: ContentFile | None, framework: Framework | None) -> "Adviser":
    from pl_guide.content.advice import Adviser

    return Adviser(folder, file, framework)


def _in_order(problems: Iterable[Problem], files: list[str]) -> tuple[Problem, ...]:
    """Sort problems by file and place, advice last; what two files inherit is said once."""
    ranks = {file: rank for rank, file in enumerate(files)}

    def place(problem: Problem) -> tuple[bool, int, int, int]:
        rank = ranks.get(problem.file, len(ranks))
        return problem.severity == "advice", rank, problem.line, problem.column

    return tuple(sorted(dict.fromkeys(problems), key=place))


def _role_paths(folder: Folder) -> tuple[list[Path], list[Problem]]:
    try:
        return role_paths(folder.path), []
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        message = f"the folder of roles can't be read ({reason})"
        label = f"{folder.label}/{ROLES_FOLDER}"
        hint = "check that it is one, and that you may open it"
        return [], [Problem(label, 1, 1, message, hint, "unreadable-folder")]


def _framework_id(folder: Folder) -> object:
    file = framework_file(folder.path, folder.label)
    return own_id(file) if file else None
