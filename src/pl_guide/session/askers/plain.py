"""The asker for poor terminals and screen readers: one line at a time, everything in words.

No cursor movement, no color, no key but Enter. What a terminal does with keys is done by typed
commands that begin with a slash; a line that should begin with one is typed with two.
"""

import re
import sys
from contextlib import AbstractContextManager, nullcontext
from typing import Literal, assert_never

from pl_guide.errors import WorksheetError
from pl_guide.messages import session as messages
from pl_guide.messages.errors import error_words
from pl_guide.session.askers import layout
from pl_guide.session.askers.editor import edited
from pl_guide.session.moves import FIRST_STEPS, KEYS, TEXTS, Aid, listed_commands
from pl_guide.session.protocol import C, Keep, M, Prompt, Reply, ReviewReply, SaveReply, State

BACK, LEAVE = "/back", "/quit"


class PlainAsker:
    """Asks line by line; `keep` takes the lines typed so far."""

    keep: Keep
    opening = messages.OPENING_PLAIN
    _shown = ""
    _ended: BaseException | None = None
    _reading = False

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
        many = prompt.field in TEXTS
        self._show(prompt)
        commands = {command: row for row in prompt.moves for command in row.commands}
        text = prompt.text
        while True:
            line = self._read()
            row = commands.get(line.strip())
            if row is None and re.match(r"\s*/(?!/)", line):
                self.tell(messages.no_such_command(line.strip()))
                continue
            if row is None:
                added = line.removeprefix("/") if line.startswith("//") else line
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

    def _show(self, prompt: Prompt[M]) -> None:
        """Say what is asked for, and what is in the field."""
        if not prompt.bare and self._shown != prompt.question.id:
            self._shown = prompt.question.id
            self.tell(f"\n{layout.progress(prompt)}, {prompt.answered} answered.")
            self.tell(prompt.question.text)
        many = prompt.field in TEXTS
        if many:
            head = messages.PLAIN_BEGUN if prompt.text else messages.PLAIN_REFLECTIONS
        elif prompt.field == FIRST_STEPS:
            head = messages.PLAIN_STEP
            for step in prompt.steps if prompt.fresh else ():
                self.tell(f"{prompt.terms.say('{Step}')}: {layout.step_line(step)}")
        else:
            head = messages.PLAIN_CHECK_IN if prompt.bare else messages.PLAIN_DETAIL
        self.tell(prompt.terms.say(head, label=prompt.label))
        if prompt.text:
            text = "{text}\n" + messages.ADD_LINES if many else messages.SO_FAR
            self.tell(text.format(text=prompt.text))

    def _helped(self, row: Aid, prompt: Prompt[M], text: str) -> str:
        """Do what helps within a field, and return the field's text afterwards."""
        match row.name:
            case "keys":
                self.tell(layout.table(listed_commands(prompt.moves), prompt.terms))
            case "about":
                self.tell(messages.about(prompt.terms, prompt.standards, prompt.responsibilities))
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

    def ask_review(self, states: tuple[State, ...]) -> ReviewReply:
        """Say how far answers are, and ask for a number."""
        self._shown = ""
        self.tell(f"\n{messages.REVIEW_HEAD}")
        for state in states:
            self.tell(f"{state.number}. {state.wording} ({layout.state_line(state)})")
        message = states[0].terms.say(messages.REVIEW_NUMBER)
        found = self._number(message, {"", *(str(state.number) for state in states)})
        if found == LEAVE:
            return Reply("leave")
        return Reply("back") if found == BACK else Reply("accept", found)

    def choose(self, message: str, options: list[tuple[C, str]]) -> C | Literal[""] | None:
        """Let a person choose one of (value, words) by its number."""
        self.tell(message)
        values = {str(number): value for number, (value, _) in enumerate(options, 1)}
        for number, (_, words) in enumerate(options, 1):
            self.tell(f"{number}. {words}")
        found = self._number(messages.TYPE_A_NUMBER, set(values))
        return None if found == LEAVE else values.get(found, "")

    def _number(self, message: str, numbers: set[str]) -> str:
        """Ask until one of some numbers is typed, or a command to go back or leave."""
        while True:
            self.tell(message)
            typed = self._read().strip()
            if typed in numbers or typed in {BACK, LEAVE}:
                return typed
            if typed in KEYS.commands:
                self.tell(messages.NUMBER_OR_COMMAND)

    def ask_elsewhere(self, error: WorksheetError, unsaved: str) -> SaveReply:
        """Say that a save failed, and ask where to save instead."""
        self.tell(error_words(error))
        self.tell(messages.ELSEWHERE_PLAIN)
        path = self._read().strip()
        if path != LEAVE:
            return Reply("accept", path)
        self.tell(messages.COPY_IT)
        self.tell(unsaved)
        return Reply("leave")

    def _read(self) -> str:
        """Read a line; at the end of all lines, or when interrupted, it is the one that leaves."""
        try:
            print("> ", end="", flush=True)  # noqa: T201
            self._reading = True
            if self._ended:
                raise self._ended
            line = sys.stdin.readline()
        except KeyboardInterrupt:
            return LEAVE
        finally:
            self._reading = False
        return line.rstrip("\r\n") if line else LEAVE
