"""What can go wrong, as data. `messages/errors.py` turns each into words and an exit code."""

from typing import Literal

from pl_guide.records import Record

Code = Literal[
    # A file or folder that can't be read.
    "no-folder",
    "no-framework",
    "unreadable-folder",
    "unreadable-file",
    "no-ordinary-file",
    "too-large",
    "wrong-encoding",
    "empty-file",
    "not-a-mapping",
    # Text that isn't YAML, or too much of it.
    "colon-in-text",
    "missing-colon",
    "open-quote",
    "misplaced-line",
    "misplaced-item",
    "misplaced-list",
    "open-bracket",
    "missing-value",
    "backslash",
    "tab",
    "special-character",
    "invisible-character",
    "unreadable-yaml",
    "second-document",
    "compound-key",
    "duplicate-key",
    "yaml-alias",
    "yaml-tag",
    "too-deep",
    # Data of another shape than content has.
    "unknown-key",
    "missing-key",
    "empty-text",
    "wrong-type",
    "bad-id",
    "unknown-choice",
    # Ids and names.
    "duplicate-id",
    "duplicate-entry",
    "duplicate-role",
    "dangling-reference",
    "name-taken",
    "unknown-place",
    # Files that extend others.
    "unknown-base",
    "circular-extends",
    "unknown-item",
    # Advice.
    "unserved-standard",
    "unused-resource",
    "empty-category",
    "not-a-question",
    "long-text",
    "alike",
    "near-id",
    "ignored-file",
    # Files of answers, which `plguide worksheet` reads.
    "unknown-question",
]
"""What a problem is about, for programs and for `docs/problems.md`; a code never changes."""

Severity = Literal["error", "advice"]


class Problem(Record, frozen=True):
    """Something wrong in a content file.

    `line` and `column` count from 1, columns in characters. `message` says what is wrong,
    `hint` what to write instead. Content with nothing but advice is sound.
    """

    file: str
    line: int
    column: int
    message: str
    hint: str
    code: Code
    severity: Severity = "error"


class PlguideError(Exception):
    """Anything a person can cause and fix; the base of all below."""


class ContentInvalid(PlguideError):
    """Content files have problems; `problems` lists all of them."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


class UnknownName(PlguideError):
    """A name that means nothing.

    `kind` says what was looked for, `noun` what the framework calls that, `near` what is alike.
    """

    def __init__(self, name: str, kind: str, near: tuple[str, ...] = (), noun: str = "") -> None:
        super().__init__(name)
        self.name = name
        self.kind = kind
        self.near = near
        self.noun = noun or kind


class NoSuchPart(PlguideError):
    """A restriction that leaves nothing of a page; `parts` are those that the page has."""

    def __init__(self, page: str, part: str, parts: tuple[str, ...]) -> None:
        super().__init__(part)
        self.page = page
        self.part = part
        self.parts = parts


class NothingToAsk(PlguideError):
    """A role without questions, where some are needed; `noun` is what the framework calls them."""

    def __init__(self, title: str, noun: str) -> None:
        super().__init__(title)
        self.title = title
        self.noun = noun


class WorksheetError(PlguideError):
    """Something about a worksheet's file; `path` is filled in where the file is known.

    `instead` says what to do, where the command has a way. Each error hands on what it was made
    from, so that it can go from one process to another.
    """

    path: str = ""
    instead: str = ""


class NotAWorksheet(WorksheetError):
    """A file that can't be understood as a worksheet; `why` says what is missing."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NewerWorksheet(WorksheetError):
    """A worksheet in a format that only a later version of the program knows."""

    def __init__(self, version: int, known: int) -> None:
        super().__init__(version, known)
        self.version = version
        self.known = known


class CannotRead(WorksheetError):
    """A file that can't be read, with the system's reason."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason


class CannotWrite(WorksheetError):
    """A file that can't be written, with the reason; it is as it was."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason


class OtherWorksheet(WorksheetError):
    """A worksheet of another role or framework than the one that is wanted."""

    def __init__(self, path: str, found: str, wanted: str) -> None:
        super().__init__(path, found, wanted)
        self.path = path
        self.found = found
        self.wanted = wanted


class UnlikeWorksheets(WorksheetError):
    """Two worksheets that don't belong together: of other roles, or of other frameworks."""

    def __init__(self, path: str, other: str, found: str, wanted: str) -> None:
        super().__init__(path, other, found, wanted)
        self.path = path
        self.other = other
        self.found = found
        self.wanted = wanted


class AlreadyThere(WorksheetError):
    """A file that is there already, and nobody asked to write over it."""

    def __init__(self, path: str, instead: str) -> None:
        super().__init__(path, instead)
        self.path = path
        self.instead = instead


class GuideError(PlguideError):
    """Something about the file of an official guide."""


class UnreadableGuide(GuideError):
    """A guide's file that can't be read; `why` says what is wrong, `instead` what to do."""

    def __init__(self, path: str, why: str, instead: str = "") -> None:
        super().__init__(why)
        self.path = path
        self.why = why
        self.instead = instead


class NotAGuide(GuideError):
    """A file in which nothing of a guide was recognized; `looked_for` are the categories' names."""

    def __init__(self, path: str, looked_for: tuple[str, ...]) -> None:
        super().__init__(path)
        self.path = path
        self.looked_for = looked_for


class UnclearRole(GuideError):
    """A guide whose title, if it has one, doesn't say which role it is for."""

    def __init__(self, title: str | None, roles: tuple[str, ...]) -> None:
        super().__init__(title)
        self.title = title
        self.roles = roles


class NeedsTerminal(PlguideError):
    """An interactive command without a terminal; `instead` says what to do."""

    def __init__(self, instead: str) -> None:
        super().__init__(instead)
        self.instead = instead


class Left(PlguideError):
    """A person left a session early, or it was ended; `path` holds all that was accepted.

    It is empty where nothing was begun yet.
    """

    def __init__(self, path: str, go_on: str, signal: int = 2) -> None:
        super().__init__(path)
        self.path = path
        self.go_on = go_on
        self.signal = signal
