"""The one place where errors become words and exit codes. No traceback passes it, unless asked for.

Exit codes: 0 done · 1 a bug · 2 wrong usage, or a name that doesn't exist · 3 content is invalid ·
4 a file can't be read or written · 5 needs a terminal · 130 interrupted.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from pl_guide.cli.output import abandon_output, say
from pl_guide.errors import (
    ContentInvalid,
    GuideError,
    Left,
    NeedsTerminal,
    NoSuchPart,
    NotAGuide,
    NothingToAsk,
    PlguideError,
    Problem,
    UnclearRole,
    UnknownName,
    UnreadableGuide,
    WorksheetError,
)
from pl_guide.messages.errors import worksheet_words
from pl_guide.render.safe_text import one_line
from pl_guide.text import listed

BUG, USAGE, INVALID, FILE, NO_TERMINAL, INTERRUPTED = 1, 2, 3, 4, 5, 130

LISTS = {
    "role": "See all: plguide roles",
    "standard": "See all: plguide standards",
    "category": "See all: plguide standards",
    "name": "See all: plguide roles, plguide standards",
    "command": "See all: plguide --help",
    "question": "See all: plguide show ROLE --section questions --ids",
}


@contextmanager
def gate() -> Iterator[None]:
    """Turn whatever is raised inside into words on stderr and an exit code."""
    try:
        yield
    except (typer.Exit, typer.Abort):
        raise
    except PlguideError as error:
        text, code = words(error)
        say(text)
        raise typer.Exit(code) from None
    except BrokenPipeError:
        # Whoever reads has seen enough, as in `plguide show coach | head`.
        abandon_output()
        raise typer.Exit(0) from None
    except OSError as error:
        abandon_output()
        name = f" {error.filename}" if error.filename else ""
        reason = error.strerror or type(error).__name__
        say(f"Couldn't read or write{name}: {reason}. Nothing of yours was changed.")
        raise typer.Exit(FILE) from None
    except KeyboardInterrupt:
        say("\nStopped.")
        raise typer.Exit(INTERRUPTED) from None
    except Exception as error:
        if _is_usage(error) or os.environ.get("PLGUIDE_DEBUG"):
            raise
        say(
            f"Something went wrong inside plguide ({type(error).__name__}: {error}).\n"
            "That is our fault. To help us mend it, run the same command once more with\n"
            "PLGUIDE_DEBUG=1 before it, and send us what it prints."
        )
        raise typer.Exit(BUG) from None


def words(error: PlguideError) -> tuple[str, int]:
    """Give the words for an error, and the exit code it stands for."""
    match error:
        case UnknownName():
            near = f" Did you mean {listed(error.near)}?" if error.near else ""
            return f"There is no {error.noun} “{error.name}”.{near}\n{LISTS[error.kind]}", USAGE
        case NoSuchPart():
            parts = listed(error.parts, "and") or "none"
            return f"“{error.page}” has no section “{error.part}”. It has: {parts}.", USAGE
        case NothingToAsk():
            return f"“{error.title}” has no {error.noun} to think through.", USAGE
        case ContentInvalid():
            count = len(error.problems)
            many = "is a problem" if count == 1 else f"are {count} problems"
            lines = [f"There {many} to mend:", *map(problem_line, error.problems)]
            return "\n".join(lines), INVALID
        case WorksheetError():
            return worksheet_words(error), FILE
        case GuideError():
            return guide_words(error), USAGE if isinstance(error, UnclearRole) else FILE
        case NeedsTerminal():
            return f"This asks questions, and there is no terminal to ask in.\n{error.instead}", (
                NO_TERMINAL
            )
        case Left():
            said = f"Everything is saved in {error.path}. To go on:"
            if not error.path:
                said = "Nothing was begun. To begin:"
            return f"Stopped. {said}\n  {error.go_on}", 128 + error.signal
    raise error


def guide_words(error: GuideError) -> str:
    """Give the words for what is wrong with an official guide's file."""
    match error:
        case UnreadableGuide():
            return f"{error.path} can't be read: {error.why}. {error.instead}".rstrip()
        case NotAGuide():
            names = listed((f"“{name}”" for name in error.looked_for), "and")
            return (
                f"{error.path} doesn't look like an Action Guide: there is no bullet list under "
                f"{names}, and no table of questions."
            )
        case UnclearRole():
            title = f"The guide's title, “{one_line(error.title)}”," if error.title else "The guide"
            return (
                f"{title} doesn't say for certain which role it is for.\n"
                f"Say it with --role: {listed(error.roles)}."
            )
    raise error


def problem_line(problem: Problem) -> str:
    """Write a problem as `file:line:column: what is wrong; what to write instead [code]`."""
    return one_line(f"{problem_place(problem)}: {problem_words(problem)}")


def problem_place(problem: Problem) -> str:
    """Write where a problem is as `file:line:column`."""
    return f"{problem.file}:{problem.line}:{problem.column}"


def problem_words(problem: Problem) -> str:
    """Write what is wrong and what to do, what is mere advice as such, and the code."""
    mark = "advice: " if problem.severity == "advice" else ""
    return f"{mark}{problem.message}; {problem.hint} [{problem.code}]"


def _is_usage(error: Exception) -> bool:
    """Tell whether Typer itself shows this error, with its own exit code."""
    return hasattr(error, "exit_code")
