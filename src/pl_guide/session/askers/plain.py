"""The asker for poor terminals and screen readers: one line at a time, everything in words.

No cursor movement, no color, no key but Enter. What a terminal does with keys is done by typed
commands that begin with a slash; a line that should begin with one is typed with two.
"""

import sys
from contextlib import AbstractContextManager, nullcontext
from typing import Literal, assert_never

from pl_guide.errors import WorksheetError
from pl_guide.messages import session as messages
from pl_guide.messages.errors import error_words
from pl_guide.model import Terms
from pl_guide.session.askers import layout
from pl_guide.session.askers.editor import edited
from pl_guide.session.moves import FIRST_STEPS, KEYS, REFLECTIONS, Aid, ReviewMove, listed_commands
from pl_guide.session.protocol import C, Keep, M, Prompt, Reply, State


class PlainAsker:
    """Asks line by line; `keep` takes the lines typed so far."""

    opening = messages.OPENING_PLAIN

    def __init__(self, keep: Keep) -> None:
        self.keep = keep
        self._shown: str | None = None
        self._ended: BaseException | None = None
        self._reading = False

    def held(self) -> AbstractContextManager[None]:
        """Leave the terminal as it is: it reads lines in its own way."""
        return nullcontext()

    def end(self, error: BaseException) -> None:
        """Leave with an error as soon as nothing is half done."""
        self._ended = error
        if self._reading:
            raise error

    def tell(self, text: str) -> None:
        """Say something."""
        print(layout.wrapped(text), flush=True)  # noqa: T201

    def ask_text(self, prompt: Prompt[M]) -> Reply[M]:
        """Ask for a text: several lines for reflections, one for anything else."""
        if not prompt.bare and self._shown != prompt.question.id:
            self._shown = prompt.question.id
            self.tell(f"\n{layout.progress(prompt)}, {prompt.answered} answered.")
            self.tell(prompt.question.text)
        many = prompt.field == REFLECTIONS
        if many:
            self._show_reflections(prompt)
        else:
            self._show_line(prompt)
        commands = {command: row for row in prompt.moves for command in row.commands}
        text = prompt.text
        while True:
            line = self._read()
            typed = "/quit" if line is None else line.strip()
            row = commands.get(typed)
            if row is None and typed.startswith("/") and not typed.startswith("//"):
                self.tell(messages.no_such_command(typed))
                continue
            if row is None:
                added = line or ""
                added = added.removeprefix("/") if added.startswith("//") else added
                text = f"{text}\n{added}" if text and many else added
                row = None if many else commands[""]
            elif not row.counts_in(prompt.field):
                self.tell(prompt.terms.say(row.elsewhere))
                continue
            elif isinstance(row, Aid):
                before, text = text, self._helped(row, prompt, text)
                if row.name == "clear" and not many:
                    row = commands[""]
                elif text == before:
                    continue
            if row is not None and not isinstance(row, Aid):
                return Reply(row.name, text)
            self.keep(prompt.question.id, prompt.field, text)

    def _show_reflections(self, prompt: Prompt[M]) -> None:
        head = messages.PLAIN_BEGUN if prompt.text else messages.PLAIN_REFLECTIONS
        self.tell(head.format(label=prompt.label))
        if prompt.text:
            self.tell(prompt.text)
            self.tell(messages.ADD_LINES)

    def _show_line(self, prompt: Prompt[M]) -> None:
        if prompt.field == FIRST_STEPS:
            if prompt.fresh:
                for step in prompt.steps:
                    self.tell(f"{prompt.terms.say('{Step}')}: {layout.step_line(step)}")
            head = messages.PLAIN_STEP
        else:
            head = messages.PLAIN_CHECK_IN if prompt.bare else messages.PLAIN_DETAIL
        self.tell(prompt.terms.say(head, label=prompt.label))
        if prompt.text:
            self.tell(messages.SO_FAR.format(text=prompt.text))

    def _helped(self, row: Aid, prompt: Prompt[M], text: str) -> str:
        """Do what helps within a field, and return the field's text afterwards."""
        match row.name:
            case "keys":
                self.tell(layout.table(listed_commands(prompt.moves), prompt.terms))
            case "about":
                self.tell(layout.about(prompt))
            case "clear":
                return ""
            case "edit":
                text = edited(text, self.tell)
                self.tell(text)
            case "new_line" | "complete":
                pass  # No command does it: a line is a line, and nothing is completed.
            case _:
                assert_never(row.name)
        return text

    def ask_review(self, states: tuple[State, ...]) -> Reply[ReviewMove]:
        """Say how far answers are, and ask for a number."""
        self._shown = None
        self.tell(f"\n{messages.REVIEW_HEAD}")
        for state in states:
            self.tell(f"{state.number}. {state.wording} ({layout.state_line(state)})")
        terms = states[0].terms if states else Terms()
        numbers = {"", *(str(state.number) for state in states)}
        found = self._number(terms.say(messages.REVIEW_NUMBER), numbers)
        if found is None:
            return Reply("leave")
        return Reply("back") if found == "/back" else Reply("accept", found)

    def choose(self, message: str, options: list[tuple[C, str]]) -> C | Literal[""] | None:
        """Let a person choose one of (value, words) by its number."""
        self.tell(message)
        for number, (_, words) in enumerate(options, 1):
            self.tell(f"{number}. {words}")
        numbers = {str(number) for number in range(1, len(options) + 1)}
        found = self._number(messages.TYPE_A_NUMBER, numbers)
        if found is None or found == "/back":
            return None if found is None else ""
        return options[int(found) - 1][0]

    def _number(self, message: str, numbers: set[str]) -> str | None:
        while True:
            self.tell(message)
            line = self._read()
            typed = "/quit" if line is None else line.strip()
            if typed == "/quit":
                return None
            if typed in numbers or typed == "/back":
                return typed
            if typed in KEYS.commands:
                self.tell(messages.NUMBER_OR_COMMAND)

    def ask_elsewhere(
        self, error: WorksheetError, unsaved: str
    ) -> Reply[Literal["accept", "leave"]]:
        """Say that a save failed, and ask where to save instead."""
        self.tell(error_words(error))
        self.tell(messages.ELSEWHERE_PLAIN)
        line = self._read()
        if line is None or line.strip() == "/quit":
            self.tell(messages.COPY_IT)
            self.tell(unsaved)
            return Reply("leave")
        return Reply("accept", line.strip())

    def _read(self) -> str | None:
        """Read a line; None at its end, or when interrupted."""
        try:
            print("> ", end="", flush=True)  # noqa: T201
            self._reading = True
            if self._ended:
                raise self._ended
            line = sys.stdin.readline()
        except KeyboardInterrupt:
            return None
        finally:
            self._reading = False
        return line.rstrip("\r\n") if line else None
