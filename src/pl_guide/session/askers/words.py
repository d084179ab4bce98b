"""What askers say. Short, since people read it between two thoughts."""

import shutil
import textwrap

from pl_guide.model import Terms
from pl_guide.render import wrapping
from pl_guide.safe_text import one_line, visible
from pl_guide.session.protocol import FIRST_STEPS, REFLECTIONS, Prompt, State
from pl_guide.text import raised
from pl_guide.worksheet.model import FirstStep

KEYS = (
    ("Enter", "accept and go on"),
    ("Ctrl+J", "new line (also Alt+Enter)"),
    ("Shift+Tab", "back, as far as you like"),
    ("Ctrl+N", "skip to the next {question}"),
    ("Ctrl+T", "the {responsibilities} and {standards} this touches (also F2)"),
    ("Ctrl+R", "review all {questions}"),
    ("Ctrl+X Ctrl+E", "write in your own editor"),
    ("Up", "mend the {step} above; emptied, it is taken out"),
    ("Tab", "complete a name after @; in a {step}'s details, go on to the next"),
    ("Ctrl+C", "leave; everything is saved (also Ctrl+D)"),
)
COMMANDS = (
    ("/next", "skip to the next {question}"),
    ("/back", "go back, as far as you like"),
    ("/about", "the {responsibilities} and {standards} this touches"),
    ("/review", "review all {questions}"),
    ("/edit", "write in your own editor"),
    ("/clear", "empty this answer"),
    ("/keys", "this list"),
    ("/change", "mend the last {step}; then /clear takes it out"),
    ("/detail", "leave one detail of a {step} empty, and go on to the next"),
    ("/quit", "leave; everything is saved (also Ctrl+C)"),
)


WIDEST = 88


def width() -> int:
    """Give how wide a line may be in this terminal."""
    return max(min(shutil.get_terminal_size().columns, WIDEST) - 1, 19)


def wrapped(text: str) -> str:
    """Wrap text at its words, and make control characters in it visible.

    A line that is indented stays whole: it may be a command, to be copied.
    """
    return "\n".join(
        line if line.startswith("  ") else wrapping.wrapped(line, width())
        for line in visible(text).split("\n")
    )


def progress(prompt: Prompt) -> str:
    """Say where in the questions a prompt stands."""
    phrase = prompt.phrases.progress
    said = prompt.terms.say(phrase, number=prompt.number, total=prompt.total)
    return one_line(raised(said))


def bar(prompt: Prompt, width: int, full: str, empty: str) -> str:
    """Draw how many questions have been answered."""
    filled = round(width * prompt.answered / max(prompt.total, 1))
    return full * filled + empty * (width - filled)


def hint(prompt: Prompt) -> str:
    """Say the keys that matter most in a field; none where they have just been said."""
    if not prompt.fresh:
        return ""
    if prompt.bare:
        return "Enter goes on · Shift+Tab back · F1 all keys"
    if prompt.field == REFLECTIONS:
        return "Enter accepts · Ctrl+J new line · Shift+Tab back · F1 all keys"
    if prompt.field == FIRST_STEPS:
        return "one a line, with @owner and due:friday if you like · Enter on an empty line goes on"
    return "Enter on an empty line skips all details · Tab goes to the next"


def about(prompt: Prompt) -> str:
    """Say which standards a question touches, and which responsibilities serve them."""
    standards = [f"· {each}" for each in prompt.standards] or ["· none in particular"]
    duties = [f"· {each}" for each in prompt.responsibilities] or ["· none in particular"]
    return "\n".join(
        [
            prompt.terms.say("{Standards} this {question} touches:"),
            *standards,
            prompt.terms.say("{Responsibilities} that serve them:"),
            *duties,
        ]
    )


def table(rows: tuple[tuple[str, str], ...], terms: Terms) -> str:
    """Lay out keys or commands beside what they do, in a framework's nouns."""
    widest = max(len(key) for key, _ in rows)
    return "\n".join(
        textwrap.fill(
            f"  {key.ljust(widest)}  {one_line(terms.say(does))}",
            max(width(), widest + 16),
            subsequent_indent=" " * (widest + 4),
        )
        for key, does in rows
    )


def step_line(step: FirstStep) -> str:
    """Show a step in one line."""
    more = [part for part in (step.owner, step.due and f"due {step.due}") if part]
    return f"{step.text} ({', '.join(more)})" if more else step.text


def state_line(state: State) -> str:
    """Show in words what there is of an answer."""
    parts = [state.terms.reflection.many] if state.reflected else []
    if state.steps:
        parts.append(state.terms.count(state.steps, state.terms.step))
    return one_line(" + ".join(parts)) or "nothing yet"
