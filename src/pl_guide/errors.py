"""What can go wrong, as data. `cli/gate.py` turns each into words and an exit code."""

from pl_guide.records import Record


class Problem(Record, frozen=True):
    """Something wrong in a content file.

    `line` and `column` count from 1, columns in characters. `message` says what is wrong,
    `hint` what to write instead.
    """

    file: str
    line: int
    column: int
    message: str
    hint: str


class PlguideError(Exception):
    """Anything a person can cause and mend; the base of all below."""


class ContentInvalid(PlguideError):
    """Content files have problems; `problems` lists all of them."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


class UnknownName(PlguideError):
    """A name that stands for nothing; `kind` says what was looked for, `near` what is alike."""

    def __init__(self, name: str, kind: str, near: tuple[str, ...] = ()) -> None:
        super().__init__(name)
        self.name = name
        self.kind = kind
        self.near = near


class NoSuchPart(PlguideError):
    """A restriction that leaves nothing of a page; `parts` are those that the page has."""

    def __init__(self, page: str, part: str, parts: tuple[str, ...]) -> None:
        super().__init__(part)
        self.page = page
        self.part = part
        self.parts = parts
