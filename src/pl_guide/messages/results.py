"""What is said beside a result: where it is saved, what is missing in it, what to do next."""

import shlex
from collections.abc import Iterable
from pathlib import Path

from pl_guide.model import Term, Terms
from pl_guide.text import counted, listed, ranges

CHOOSE_OR_FORCE = "Write over it with --force, or choose another file with -o."
RESUME_OR_CHOOSE = "Add to it with --resume, or choose another file with -o."
NOT_OVER_A_WORKSHEET = "it is a worksheet, and nothing else takes its place"
NOTHING_CHANGED = "Nothing has changed between the two."
NAMES_LEFT = "Names that people wrote in their texts, and owners of steps, are still in it."
NONE_HERE = "There is no worksheet here. To begin one: plguide reflect"


def saved(file: Path) -> str:
    """Return that a result is in its file."""
    return f"Saved in {file}."


def nothing_found(wanted: str, near: Iterable[str]) -> str:
    """Return that a search found nothing, with words that it would have found."""
    words = listed(near, "and")
    hint = f" Words that are there: {words}." if words else ""
    return f"Nothing found for “{wanted}”.{hint}"


def best_found(shown: int, found: int) -> str:
    """Return that a search found more than it shows."""
    return f"These are the best {shown} of {found}. All of them: --limit 0"


def blank_made(title: str, file: Path) -> str:
    """Return that a blank worksheet is made."""
    return f"A blank worksheet for {title} is in {file}."


def answers_saved(file: Path, answered: int, number: int, terms: Terms) -> str:
    """Return that answers are saved, and how many of a role's questions have one."""
    return f"Saved in {file}: {answered} of {terms.count(number, terms.question)} answered."


def use_merged(file: Path) -> str:
    """Return which of several worksheets to go on with."""
    return f"From now on use {file}; beside it, status and plan would count the others too."


def both_changed(question: Term, numbers: Iterable[int]) -> str:
    """Return which questions hold two versions of one text."""
    return (
        f"Both sides changed the same text; both are kept, marked: {question.one} "
        f"{ranges(numbers)}."
    )


def unread(number: int, *, others: bool) -> str:
    """Return how many files couldn't be read, and whether there were others."""
    rest = "everything else is in what you see" if others else "nothing else was there"
    return f"{counted(number, 'file', 'files')} couldn't be read; {rest}."


def no_step(terms: Terms) -> str:
    """Return that no step fits what was asked for."""
    return terms.say("No {first_step} here fits what you asked for.")


def folder_ready(folder: Path, files: Iterable[str], shown: str, *, whole: bool) -> str:
    """Return what to do with a new folder of content: what to edit, how to check and to look."""
    path = shlex.quote(str(folder))
    return "\n".join(
        [
            f"{folder} is ready; its README.md says what to do with it.",
            f"  edit:  {', '.join(str(folder / name) for name in files)}",
            f"  check: plguide validate {'' if whole else '--content '}{path}",
            f"  look:  plguide show {shown} --content {path}",
        ]
    )


def to_fix(errors: int, advice: int) -> str:
    """Return how many problems there are in content, and how much advice."""
    also = f", and {_pieces(advice)}" if advice else ""
    return f"{counted(errors, 'problem', 'problems')} to fix{also}."


def to_follow(advice: int) -> str:
    """Return that advice counts like a problem."""
    return f"{_pieces(advice)} to follow, since --strict makes advice count."


def all_well(title: str, standards: int, roles: int, advice: int, terms: Terms) -> str:
    """Return that content is sound, and what is in it."""
    also = f" And {_pieces(advice)}." if advice else ""
    numbers = f"{terms.count(standards, terms.standard)}, {terms.count(roles, terms.role)}"
    return f"All is well: {title}, {numbers}.{also}"


def _pieces(advice: int) -> str:
    return counted(advice, "piece of advice", "pieces of advice")


def format_upgraded(path: Path, old: int, new: int) -> Iterable[str]:
    """Say that saving brings a worksheet's file to today's format, if it is of an older one."""
    if old < new:
        yield f"{path} was in worksheet format {old}; saving makes it format {new}, word for word."
