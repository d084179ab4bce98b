"""What is said of each error that a person can cause and fix, and the exit code that goes with it.

Exit codes: 0 done · 1 a bug · 2 wrong usage, or a name that doesn't exist · 3 content is invalid ·
4 a file can't be read or written · 5 needs a terminal · 130 interrupted.
"""

from pathlib import Path

from pl_guide import errors
from pl_guide.errors import PlguideError, Problem
from pl_guide.safe_text import one_line
from pl_guide.text import listed

BUG, USAGE, INVALID, FILE, NO_TERMINAL, INTERRUPTED = 1, 2, 3, 4, 5, 130

STOPPED = "\nStopped."

LISTS = {
    "role": "See all: plguide roles",
    "standard": "See all: plguide standards",
    "category": "See all: plguide standards",
    "name": "See all: plguide roles, plguide standards",
    "command": "See all: plguide --help",
    "question": "See all: plguide show ROLE --section questions --ids",
}

CODES: dict[type[PlguideError], int] = {
    errors.UnknownName: USAGE,
    errors.NoSuchPart: USAGE,
    errors.NothingToAsk: USAGE,
    errors.UnclearRole: USAGE,
    errors.ContentInvalid: INVALID,
    errors.NeedsTerminal: NO_TERMINAL,
}
"""Exit codes of errors that aren't about a file, and are no signal."""

SENTENCES: dict[type[PlguideError], str] = {
    errors.NothingToAsk: "“{error.title}” has no {error.noun} to think through.",
    errors.NeedsTerminal: (
        "This asks questions, and there is no terminal to ask in.\n{error.instead}"
    ),
    errors.UnreadableDocument: "{error.path} can't be read: {error.why}. {error.instead}",
    errors.CannotRead: "{error.path} can't be read: {error.reason}.",
    errors.CannotWrite: "{error.path} can't be saved: {error.reason}.",
    errors.AlreadyThere: "{error.path} is there already, and is untouched. {error.instead}",
    errors.NotAWorksheet: (
        "{error.path} isn't a worksheet: {error.why}. It is untouched. {error.instead}"
    ),
    errors.NewerWorksheet: (
        "{error.path} was written by a later plguide (format {error.version}; this one knows "
        "{error.known}). It is untouched. Update plguide to go on with it."
    ),
    errors.OtherWorksheet: (
        "{error.path} is a worksheet for {error.found}, not for {error.wanted}. It is untouched. "
        "{error.instead}"
    ),
    errors.UnlikeWorksheets: (
        "{error.path} is a worksheet for {error.found}, {error.other} one for {error.wanted}. Only "
        "worksheets for one role of one framework go together. Nothing was written."
    ),
}
"""What is said of an error where its fields, put into one sentence, say all."""


def exit_code(error: PlguideError) -> int:
    """Return the exit code that an error ends the program with."""
    if isinstance(error, errors.Left):
        return 128 + error.signal
    return CODES.get(type(error), FILE)


def error_words(error: PlguideError) -> str:
    """Return the words for an error."""
    match error:
        case errors.UnknownName():
            near = f" Did you mean {listed(error.near)}?" if error.near else ""
            noun = error.noun or error.kind
            return f"There is no {noun} “{error.name}”.{near}\n{LISTS[error.kind]}"
        case errors.NoSuchPart():
            parts = listed(error.parts, "and") or "none"
            return f"“{error.page}” has no section “{error.part}”. It has: {parts}."
        case errors.ContentInvalid():
            count = len(error.problems)
            many = "is a problem" if count == 1 else f"are {count} problems"
            return "\n".join([f"There {many} to fix:", *map(problem_line, error.problems)])
        case errors.NotAGuide():
            names = listed((f"“{name}”" for name in error.looked_for), "and")
            return (
                f"{error.path} doesn't look like an Action Guide: there is no bullet list under "
                f"{names}, and no table of questions."
            )
        case errors.UnclearRole():
            title = f"The guide's title, “{one_line(error.title)}”," if error.title else "The guide"
            return (
                f"{title} doesn't say for certain which role it is for.\n"
                f"Say it with --role: {listed(error.roles)}."
            )
        case errors.Left():
            begun = f"Everything is saved in {error.path}. To go on:"
            how = begun if error.path else "Nothing was begun. To begin:"
            return f"Stopped. {how}\n  {error.go_on}"
    return SENTENCES[type(error)].format(error=error).rstrip()


def system_words(error: OSError) -> str:
    """Return the words for an error of the system's that no command expected."""
    name = f" {error.filename}" if error.filename else ""
    reason = error.strerror or type(error).__name__
    return f"Couldn't read or write{name}: {reason}. Nothing of yours was changed."


def crash_words(kind: str, frame: str, file: Path | None) -> str:
    """Return the words for a fault of the program's, which is written down in a file, if any."""
    if file is None:
        return f"Something went wrong inside plguide ({kind}, {frame}).\nThat is our fault."
    return (
        f"Something went wrong inside plguide ({kind}).\n"
        "That is our fault. To help us fix it, send us this file, in which no word of yours is:\n"
        f"  {file}"
    )


def problem_line(problem: Problem) -> str:
    """Return a problem as `file:line:column: what is wrong; what to write instead [code]`."""
    return one_line(f"{problem_place(problem)}: {problem_words(problem)}")


def problem_place(problem: Problem) -> str:
    """Return where a problem is as `file:line:column`."""
    return f"{problem.file}:{problem.line}:{problem.column}"


def problem_words(problem: Problem) -> str:
    """Return what is wrong and what to do, what is mere advice as such, and the code."""
    mark = "advice: " if problem.severity == "advice" else ""
    return f"{mark}{problem.message}; {problem.hint} [{problem.code}]"
