"""What sessions say, before, during and after the questions; pure.

Short, since people read it between two thoughts. `Terms` are a framework's own nouns.
"""

import shlex
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pl_guide.model import Role
from pl_guide.text import ranges
from pl_guide.wording import Terms

# How to get on in a field, and in a list.

OPENING_WITH_KEYS = (
    "Enter accepts, Shift+Tab goes back, F1 shows all keys, Ctrl+C leaves with all saved."
)
OPENING_PLAIN = "Type, and press Enter. /keys lists the commands, /quit leaves with all saved."
CHECK_IN_HINT = "Enter goes on · Shift+Tab back · F1 all keys"
REFLECTIONS_HINT = "Enter accepts · Ctrl+J new line · Shift+Tab back · F1 all keys"
STEPS_HINT = "one a line, with @owner and due:friday if you like · Enter on an empty line goes on"
DETAILS_HINT = "Enter on an empty line skips all details · Tab goes to the next"
NEXT_STEP = "Next {step} (Enter alone goes on)"
ADD_LINES = "Add lines; an empty line goes on. /clear begins anew, /keys lists commands."
TYPE_A_NUMBER = "Type its number."
NUMBER_OR_COMMAND = "Type a number, /back, or /quit."
PLAIN_REFLECTIONS = "{label}. An empty line goes on, /keys lists commands."
PLAIN_BEGUN = "{label} so far:"
PLAIN_STEP = "{label}: type a {step}; an empty line goes on."
PLAIN_DETAIL = "{label}: an empty line skips all details, /detail only this one."
PLAIN_CHECK_IN = "{label} An empty line goes on, /back goes back."
SO_FAR = "So far: {text}. An empty line keeps it, /clear drops it."


def no_such_command(command: str) -> str:
    """Say that what was typed is no command, and how to type a line that begins like one."""
    return (
        f"There is no command {command.split(maxsplit=1)[0]}; /keys lists them. "
        f"To begin a line with a slash, type two: /{command}"
    )


def about(terms: Terms, standards: Iterable[str], responsibilities: Iterable[str]) -> str:
    """Say which standards a question touches, and which responsibilities serve them."""
    none = ["· none in particular"]
    return "\n".join(
        [
            terms.say("{Standards} this {question} touches:"),
            *([f"· {standard}" for standard in standards] or none),
            terms.say("{Responsibilities} that serve them:"),
            *([f"· {duty}" for duty in responsibilities] or none),
        ]
    )


# Steps and answers in a line.


def step_line(text: str, owner: str, due: str) -> str:
    """Return a step in one line."""
    more = [part for part in (owner, due and f"due {due}") if part]
    return f"{text} ({', '.join(more)})" if more else text


def answer_state(terms: Terms, *, reflected: bool, steps: int) -> str:
    """Say in words what there is of an answer."""
    parts = [terms.reflection.many] if reflected else []
    if steps:
        parts.append(terms.count(steps, terms.step))
    return " + ".join(parts) or "nothing yet"


# The review, and an editor.

REVIEW_HEAD = "Where things stand:"
FINISH = "Finish"
REVIEW_LIST = "Where things stand. Open a {question} again, or finish."
REVIEW_NUMBER = "Type a number to open that {question}, or an empty line to finish."
NO_EDITOR = "No editor is set. Set EDITOR to the name of yours, for example nano."
EDITOR_FAILED = "The editor `{command}` didn't work; the text is as it was."


# Saving, and what others wrote meanwhile.

ELSEWHERE = "Save in another file (its name; or just Enter to try again):"
ELSEWHERE_PLAIN = "Type the name of another file to save in, or an empty line to try again."
NO_DATE = "“{typed}” isn't a date I know. Try 2026-09-01, Dec 15, friday or +2w; or leave it empty."
COPY_IT = "This could not be saved; copy it from here:"


def others_wrote(terms: Terms, taken: list[int], disputed: list[int]) -> str:
    """Say under which questions others have written meanwhile; nothing where they haven't."""
    said, numbers = "What was written there is in it too", taken
    if disputed:
        said, numbers = "Where both wrote, both texts stand", disputed
    if not numbers:
        return ""
    return (
        f"The file was changed elsewhere meanwhile. {said}: "
        f"{terms.question.one} {', '.join(map(str, numbers))}."
    )


# A reflection.

WHICH_ROLE = "Which {role} are you thinking about?"
ALREADY_THERE = "{path} is there already, a worksheet for {title}."
WELCOME = "{title}: {number}. Each answer is saved in {path} as you accept it."
BACK_AGAIN = (
    "What you were typing when the last session ended is back in its place: {question} {numbers}."
)
NO_DRAFTS = (
    "Text you haven't accepted can't be kept ({reason}); accepted answers are saved all the same."
)
REWORDED = "This {question} was worded differently then: “{wording}”"
DETAIL = "{name} of “{step}”"
TYPED_FIRST = "Accept what is typed here, or /clear it; then the {step} above can be changed."


def reflect_again(role: Role, path: Path) -> str:
    """Return the command that goes on with a reflection."""
    return f"plguide reflect --role {role.id} -o {shlex.quote(str(path))} --resume"


Beginning = Literal["continue", "review", "new"]


def beginnings(terms: Terms, beside: Path | None) -> list[tuple[Beginning, str]]:
    """Return the ways to begin where there is a worksheet, maybe with a new one `beside` it."""
    found: list[tuple[Beginning, str]] = [
        ("continue", "Go on where the answers end"),
        ("review", terms.say("Review all {questions}")),
    ]
    if beside is not None:
        found.append(("new", f"Begin a new one beside it, {beside}"))
    return found


def farewell(terms: Terms, path: Path, go_on: str, answers: list[tuple[bool, int]]) -> list[str]:
    """Say what there is in the worksheet, and what can be done with it.

    Of each answer it is given whether there are reflections, and how many first steps.
    """
    unanswered = [number for number, found in enumerate(answers, 1) if not any(found)]
    steps, total = sum(number for _, number in answers), len(answers)
    quoted = shlex.quote(str(path))
    done = f"{total - len(unanswered)} of {terms.count(total, terms.question)} answered"
    said = [f"\nSaved in {path}: {done}, {terms.count(steps, terms.first_step)}."]
    if unanswered:
        word = terms.question.one if len(unanswered) == 1 else terms.question.many
        said.append(f"Still open: {word} {ranges(unanswered)}. To go on:\n  {go_on}")
    said.append(f"For a Word document of it:\n  plguide export {quoted} --to docx")
    if steps:
        said.append(f"To check on {terms.first_step.many} later:\n  plguide check-in {quoted}")
    return said


# A check-in.

WHICH_WORKSHEET = "Which worksheet?"
WHAT_BECAME = "What became of it?"
WHAT_NEXT = "What next?"
NEW_DUE = "A new due date? Enter alone keeps it as it is."

OUTCOMES: dict[Literal["done", "open", "dropped", "skip"], str] = {
    "done": "Done",
    "open": "Still open",
    "dropped": "Dropped",
    "skip": "Not now: leave it as it is",
}
DECISIONS: dict[Literal["adopt", "adapt", "abandon", "none"], str] = {
    "adopt": "Adopt: it works, keep doing it",
    "adapt": "Adapt: change something, and try again",
    "abandon": "Abandon: let it go",
    "none": "Nothing to decide now",
}
EVIDENCE: dict[Literal["done", "open", "dropped"], str] = {
    "done": "What shows that it was done, and that it made a difference?",
    "open": "What do you see so far?",
    "dropped": "What made you drop it?",
}
CHECK_IN_WELCOME = "{title}: {number}. Saved in {path} as you go."
CHECK_IN_FAREWELL = "\nSaved in {path}: {done} done, {open} still open, {dropped} dropped."
STEP_NUMBER = "\n{Step} {number} of {total}"
DUE, OVERDUE = "due {due}", "overdue since {due}"
CHECKED, PLANNED, ASKED_BY = "Checked {line}", "Planned evidence: {evidence}", "From: {question}"
NO_OPEN_STEP = "{path} has no open {first_step}."


def check_in_again(path: Path, *, all_steps: bool) -> str:
    """Return the command that goes on with a check-in."""
    return f"plguide check-in {shlex.quote(str(path))}{' --all' if all_steps else ''}"


def nothing_here(terms: Terms, days: int, *, all_steps: bool) -> str:
    """Say that no worksheet has a step to check on, or none within so many days."""
    if all_steps:
        return f"There is no {terms.first_step.one} here yet."
    return f"{_nothing_due(days)} For all {terms.step.many}: plguide check-in --all"


def nothing_due(terms: Terms, path: Path, days: int, following: tuple[str, str] | None) -> str:
    """Say that nothing is due within so many days, and which step (date, text) comes after that."""
    then = f" Next, on {following[0]}: {following[1]}." if following else ""
    again = check_in_again(path, all_steps=True)
    return f"{_nothing_due(days)}{then}\nTo go through all {terms.step.many}: {again}"


def _nothing_due(days: int) -> str:
    return f"Nothing is due in the next {days} days."
