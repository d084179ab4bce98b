"""What can go wrong, as data. `messages/errors.py` turns each into words and an exit code."""

from typing import Literal, dataclass_transform

from pl_guide.records import Record

Severity = Literal["error", "advice"]


class Problem(Record, frozen=True):
    """Something wrong in a content file.

    `line` and `column` count from 1, columns in characters. `message` says what is wrong,
    `hint` what to write instead. `code` says for programs what it is about; the codes are those of
    `messages/content.py`. Content with nothing but advice is sound.
    """

    file: str
    line: int
    column: int
    message: str
    hint: str
    code: str
    severity: Severity = "error"


@dataclass_transform()
class PlguideError(Exception):
    """Anything a person can cause and fix; the base of all below.

    An error is made of its fields, as a record is; they are its `args` too, so that it can go from
    one process to another.
    """

    def __init__(self, *values: object, **named: object) -> None:
        fields = type(self).__annotations__
        given = dict(zip(fields, values, strict=False)) | named
        super().__init__(*(given.get(name, getattr(self, name, None)) for name in fields))
        self.__dict__ |= given


class ContentInvalid(PlguideError):
    """Content files have problems; `problems` lists all of them."""

    problems: tuple[Problem, ...]


class UnknownName(PlguideError):
    """A name that means nothing.

    `kind` says what was looked for, `noun` what the framework calls that, `near` what is alike.
    """

    name: str
    kind: str
    near: tuple[str, ...] = ()
    noun: str = ""


class NoSuchPart(PlguideError):
    """A restriction that leaves nothing of a page; `parts` are those that the page has."""

    page: str
    part: str
    parts: tuple[str, ...]


class NothingToAsk(PlguideError):
    """A role without questions, where some are needed; `noun` is what the framework calls them."""

    title: str
    noun: str


class WorksheetError(PlguideError):
    """Something about a worksheet's file; `path` is filled in where the file is known.

    `instead` says what to do, where the command has a way.
    """

    path = ""
    instead = ""


class NotAWorksheet(WorksheetError):
    """A file that can't be understood as a worksheet; `why` says what is missing."""

    why: str


class NewerWorksheet(WorksheetError):
    """A worksheet in a format that only a later version of the program knows."""

    version: int
    known: int


class CannotRead(WorksheetError):
    """A file that can't be read, with the system's reason."""

    path: str
    reason: str


class CannotWrite(WorksheetError):
    """A file that can't be written, with the reason; it is as it was."""

    path: str
    reason: str


class OtherWorksheet(WorksheetError):
    """A worksheet of another role or framework than the one that is wanted."""

    path: str
    found: str
    wanted: str


class UnlikeWorksheets(WorksheetError):
    """Two worksheets that don't belong together: of other roles, or of other frameworks."""

    path: str
    other: str
    found: str
    wanted: str


class AlreadyThere(WorksheetError):
    """A file that is there already, and nobody asked to write over it."""

    path: str
    instead: str


class UnreadableDocument(PlguideError):
    """A document that can't be read; `why` says what is wrong, `instead` what to do."""

    path: str
    why: str
    instead: str = ""


class NotAGuide(PlguideError):
    """A file in which nothing of a guide was recognized; `looked_for` are the categories' names."""

    path: str
    looked_for: tuple[str, ...]


class UnclearRole(PlguideError):
    """A guide whose title, if it has one, doesn't say which role it is for."""

    title: str | None
    roles: tuple[str, ...]


class NeedsTerminal(PlguideError):
    """An interactive command without a terminal; `instead` says what to do."""

    instead: str


class Left(PlguideError):
    """A person left a session early, or it was ended; `path` holds all that was accepted.

    It is empty where nothing was begun yet.
    """

    path: str
    go_on: str
    signal: int = 2
