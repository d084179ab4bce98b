"""How a prompt is drawn within a terminal's width: lines wrapped, hints, a table of keys."""

import shutil
import textwrap

from pl_guide.messages import session as messages
from pl_guide.render import wrapping
from pl_guide.safe_text import one_line, visible
from pl_guide.session.moves import FIRST_STEPS, TEXTS
from pl_guide.session.protocol import Prompt, State
from pl_guide.text import raised
from pl_guide.wording import Terms
from pl_guide.worksheet.model import FirstStep

WIDEST = 88


def width() -> int:
    """Return how wide a line may be in this terminal."""
    return max(min(shutil.get_terminal_size().columns, WIDEST) - 1, 19)


def wrapped(text: str) -> str:
    """Wrap text at its words, and make control characters in it visible.

    A line that is indented stays whole: it may be a command, to be copied.
    """
    return "\n".join(
        line if line.startswith("  ") else wrapping.wrapped(line, width())
        for line in visible(text).split("\n")
    )


def progress(prompt: Prompt[str]) -> str:
    """Say which of the questions a prompt belongs to."""
    phrase = prompt.phrases.progress
    return one_line(raised(prompt.terms.say(phrase, number=prompt.number, total=prompt.total)))


def hint(prompt: Prompt[str]) -> str:
    """Return the keys that matter most in a field; none where they have just been shown."""
    if not prompt.fresh:
        return ""
    if prompt.bare:
        return messages.CHECK_IN_HINT
    hints = dict.fromkeys(TEXTS, messages.REFLECTIONS_HINT) | {FIRST_STEPS: messages.STEPS_HINT}
    return hints.get(prompt.field, messages.DETAILS_HINT)


def table(rows: list[tuple[str, str]], terms: Terms) -> str:
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
    """Return a step in one line."""
    return messages.step_line(step.text, step.owner, step.due)


def state_line(state: State) -> str:
    """Say in words what there is of an answer."""
    found = messages.answer_state(state.terms, reflected=state.reflected, steps=state.steps)
    return one_line(found)
