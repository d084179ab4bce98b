"""What is said beside a result: where it is saved, what is missing in it, what to do next."""

from collections.abc import Iterable
from pathlib import Path

from pl_guide.text import counted, listed

CHOOSE_OR_FORCE = "Write over it with --force, or choose another file with -o."
RESUME_OR_CHOOSE = "Add to it with --resume, or choose another file with -o."
NOT_OVER_A_WORKSHEET = "it is a worksheet, and nothing else takes its place"
NOTHING_CHANGED = "Nothing has changed between the two."
NAMES_LEFT = "Names that people wrote in their texts, and owners of steps, are still in it."
NONE_HERE = "There is no worksheet here. To begin one: plguide reflect"
NO_STEP = "No {first_step} here fits what you asked for."
SAVED = "Saved in {file}."
BLANK_MADE = "A blank worksheet for {title} is in {file}."
ANSWERS_SAVED = "Saved in {file}: {answered} of {questions} answered."
BEST_FOUND = "These are the best {shown} of {found}. All of them: --limit 0"
USE_MERGED = "From now on use {file}; beside it, status and plan would count the others too."
BOTH_CHANGED = "Both sides changed the same text; both are kept, marked: {question} {numbers}."
FOLDER_READY = """\
{folder} is ready; its README.md says what to do with it.
  edit:  {files}
  check: plguide validate {as_content}{path}
  look:  plguide show {shown} --content {path}"""


def nothing_found(wanted: str, near: Iterable[str]) -> str:
    """Return that a search found nothing, with words that it would have found."""
    words = listed(near, "and")
    hint = f" Words that are there: {words}." if words else ""
    return f"Nothing found for “{wanted}”.{hint}"


def unread(number: int, *, others: bool) -> str:
    """Return how many files couldn't be read, and whether there were others."""
    rest = "everything else is in what you see" if others else "nothing else was there"
    return f"{counted(number, 'file', 'files')} couldn't be read; {rest}."


def verdict(errors: int, advice: int, what: str, *, strict: bool) -> str:
    """Return how many problems content has, and how much advice; where it is sound, what it is."""
    pieces = counted(advice, "piece of advice", "pieces of advice")
    if errors:
        also = f", and {pieces}" if advice else ""
        return f"{counted(errors, 'problem', 'problems')} to fix{also}."
    if advice and strict:
        return f"{pieces} to follow, since --strict makes advice count."
    also = f" And {pieces}." if advice else ""
    return f"All is well: {what}.{also}"


def format_upgraded(path: Path, old: int, new: int) -> Iterable[str]:
    """Say that saving brings a worksheet's file to today's format, if it is of an older one."""
    if old < new:
        yield f"{path} was in worksheet format {old}; saving makes it format {new}, word for word."
