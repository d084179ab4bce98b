"""What sessions say, before, during and after the questions; pure.

Short, since people read it between two thoughts. `Terms` are a framework's own nouns.
"""

import shlex
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pl_guide.model import Role, Terms
from pl_guide.text import raised, ranges

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


def plain_reflections(label: str, *, begun: bool) -> str:
    """Return what comes above a plain field for reflections, which may be begun."""
    if begun:
        return f"{label} so far:"
    return f"{label}. An empty line goes on, /keys lists commands."


def plain_step(label: str, terms: Terms) -> str:
    """Return what comes above a plain field for a first step."""
    return terms.say("{label}: type a {step}; an empty line goes on.", label=label)


def plain_line(label: str, *, bare: bool) -> str:
    """Return what comes above a plain field for a detail, or a `bare` one of a check-in."""
    if bare:
        return f"{label} An empty line goes on, /back goes back."
    return f"{label}: an empty line skips all details, /detail only this one."


def so_far(text: str) -> str:
    """Return what a plain field of one line holds already."""
    return f"So far: {text}. An empty line keeps it, /clear drops it."


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


def review_list(question: str) -> str:
    """Ask which question to open again, in a list."""
    return f"Where things stand. Open a {question} again, or finish."


def review_number(question: str) -> str:
    """Ask for the number of a question to open."""
    return f"Type a number to open that {question}, or an empty line to finish."


NO_EDITOR = "No editor is set. Set EDITOR to the name of yours, for example nano."


def editor_failed(command: str) -> str:
    """Say that an editor failed."""
    return f"The editor `{command}` didn't work; the text is as it was."


# Saving, and what others wrote meanwhile.

ELSEWHERE = "Save in another file (its name; or just Enter to try again):"
ELSEWHERE_PLAIN = "Type the name of another file to save in, or an empty line to try again."
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


def no_date(said: str) -> str:
    """Say that a text is no date, and what would be one."""
    return (
        f"“{said}” isn't a date I know. Try 2026-09-01, Dec 15, friday or +2w; or leave it empty."
    )


# A reflection.


def which_role(terms: Terms) -> str:
    """Ask for the role."""
    return f"Which {terms.role.one} are you thinking about?"


def reflect_again(role: Role, path: Path) -> str:
    """Return the command that goes on with a reflection."""
    return f"plguide reflect --role {role.id} -o {shlex.quote(str(path))} --resume"


def already_there(path: Path, role: Role) -> str:
    """Say that there is a worksheet, and ask how to begin."""
    return f"{path} is there already, a worksheet for {role.title}."


def beginnings(
    terms: Terms, beside: Path | None
) -> list[tuple[Literal["continue", "review", "new"], str]]:
    """Return the ways to begin where there is a worksheet, maybe with a new one `beside` it."""
    found: list[tuple[Literal["continue", "review", "new"], str]] = [
        ("continue", "Go on where the answers end"),
        ("review", terms.say("Review all {questions}")),
    ]
    if beside is not None:
        found.append(("new", f"Begin a new one beside it, {beside}"))
    return found


def welcome(role: Role, terms: Terms, path: Path) -> str:
    """Say what a reflection is about, and where it is saved."""
    number = terms.count(len(role.questions), terms.question)
    return f"{role.title}: {number}. Each answer is saved in {path} as you accept it."


def back_in_place(terms: Terms, numbers: Iterable[int]) -> str:
    """Say under which questions there is text that was never accepted."""
    return (
        "What you were typing when the last session ended is back in its place: "
        f"{terms.question.one} {ranges(numbers)}."
    )


def no_drafts(reason: str) -> str:
    """Say that text can't be kept while it is being typed."""
    return (
        f"Text you haven't accepted can't be kept ({reason}); "
        "accepted answers are saved all the same."
    )


def reworded(terms: Terms, wording: str) -> str:
    """Say how a question was worded when it was answered."""
    said = "This {question} was worded differently then: “{wording}”"
    return terms.say(said, wording=wording)


def detail_label(name: str, step: str) -> str:
    """Return the label of a step's detail."""
    return f"{name.capitalize()} of “{step}”"


def farewell(  # noqa: PLR0913 - what there is to say at the end
    terms: Terms, path: Path, go_on: str, *, total: int, unanswered: list[int], steps: int
) -> list[str]:
    """Say what there is in the worksheet, and what can be done with it."""
    quoted = shlex.quote(str(path))
    done = f"{total - len(unanswered)} of {terms.count(total, terms.question)} answered"
    said = [f"\nSaved in {path}: {done}, {terms.count(steps, terms.first_step)}."]
    if unanswered:
        still = f"Still open: {terms.question.one} {ranges(unanswered)}."
        said.append(f"{still} To go on:\n  {go_on}")
    said.append(f"For a Word document of it:\n  plguide export {quoted} --to docx")
    if steps:
        said.append(f"To check on {terms.first_step.many} later:\n  plguide check-in {quoted}")
    return said


# A check-in.

NONE_HERE = "There is no worksheet here. To begin one: plguide reflect"
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


def check_in_again(path: Path, *, all_steps: bool) -> str:
    """Return the command that goes on with a check-in."""
    return f"plguide check-in {shlex.quote(str(path))}{' --all' if all_steps else ''}"


def check_in_welcome(title: str, path: Path, terms: Terms, steps: int) -> str:
    """Say what a check-in is about, and where it is saved."""
    return f"{title}: {terms.count(steps, terms.first_step)}. Saved in {path} as you go."


def check_in_farewell(path: Path, states: list[str]) -> str:
    """Say what became of steps, by their states."""
    return (
        f"\nSaved in {path}: {states.count('done')} done, {states.count('open')} still "
        f"open, {states.count('dropped')} dropped."
    )


def step_number(terms: Terms, number: int, total: int) -> str:
    """Say which of the steps comes now."""
    return f"\n{raised(terms.step.one)} {number} of {total}"


def known_of_step(  # noqa: PLR0913 - what is known of a step
    *,
    text: str,
    owner: str,
    due: str,
    late: bool,
    evidence: str,
    history: tuple[str, ...],
    question: str,
) -> str:
    """Say all that is known of a step."""
    facts = [owner, f"{'overdue since' if late else 'due'} {due}" if due else ""]
    lines = [text, " · ".join(filter(None, facts))]
    lines += [f"Checked {line}" for line in history]
    lines += [f"Planned evidence: {evidence}" if evidence else "", f"From: {question}"]
    return "\n".join(filter(None, lines))


def worksheet_option(path: str, title: str, terms: Terms, steps: int) -> str:
    """Return a worksheet to choose, and how many steps it has."""
    return f"{path} · {title} · {terms.count(steps, terms.step)}"


def nothing_here(terms: Terms, days: int, *, all_steps: bool) -> str:
    """Say that no worksheet has a step to check on, or none within so many days."""
    if all_steps:
        return f"There is no {terms.first_step.one} here yet."
    return f"{_nothing_due(days)} For all {terms.step.many}: plguide check-in --all"


def no_open_step(terms: Terms, path: Path) -> str:
    """Say that a worksheet has no open step."""
    return f"{path} has no open {terms.first_step.one}."


def nothing_due(terms: Terms, path: Path, days: int, following: tuple[str, str] | None) -> str:
    """Say that nothing is due within so many days, and which step (date, text) comes after that."""
    then = f" Next, on {following[0]}: {following[1]}." if following else ""
    again = check_in_again(path, all_steps=True)
    return f"{_nothing_due(days)}{then}\nTo go through all {terms.step.many}: {again}"


def _nothing_due(days: int) -> str:
    return f"Nothing is due in the next {days} days."
