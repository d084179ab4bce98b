"""The asker for poor terminals and screen readers: one line at a time, everything in words.

No cursor movement, no colour, no key but Enter. What a terminal does with keys is done by typed
commands that begin with a slash; a line that should begin with one is typed with two.
"""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from pl_guide.errors import WorksheetError
from pl_guide.session.askers import words as wording
from pl_guide.session.askers.editor import edited
from pl_guide.session.protocol import FIRST_STEPS, REFLECTIONS, Move, Prompt, Reply, State

Keep = Callable[[str, str, str], None]
Describe = Callable[[WorksheetError], str]

MOVES: dict[str, Move] = {
    "/next": "skip",
    "/back": "back",
    "/review": "review",
    "/quit": "leave",
    "/detail": "next_field",
    "/change": "recall",
}
HELP = {"/keys", "/help", "?"}
TYPE_STEP = "type a {step}; an empty line goes on."


class PlainAsker:
    """Asks line by line.

    `keep` takes the lines typed so far, `describe` puts an error into words.
    """

    def __init__(self, keep: Keep, describe: Describe) -> None:
        self.keep = keep
        self.describe = describe
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
        print(wording.wrapped(text), flush=True)  # noqa: T201

    def ask_text(self, prompt: Prompt) -> Reply:
        """Ask for a text: several lines for reflections, one for anything else."""
        if not prompt.bare and self._shown != prompt.question.id:
            self._shown = prompt.question.id
            self.tell(f"\n{wording.progress(prompt)}, {prompt.answered} answered.")
            self.tell(prompt.question.text)
        if prompt.field == REFLECTIONS:
            return self._ask_reflections(prompt)
        return self._ask_line(prompt)

    def _ask_reflections(self, prompt: Prompt) -> Reply:
        lines = prompt.text.split("\n") if prompt.text else []
        if lines:
            self.tell(f"{prompt.label} so far:")
            self.tell("\n".join(lines))
            self.tell("Add lines; an empty line goes on. /clear begins anew, /keys lists commands.")
        else:
            self.tell(f"{prompt.label}. An empty line goes on, /keys lists commands.")
        while True:
            line = self._read()
            command = (line or "").strip()
            if line is None:
                return Reply("leave", "\n".join(lines))
            if command in MOVES and command not in {"/detail", "/change"}:
                return Reply(MOVES[command], "\n".join(lines))
            if command == "/clear":
                lines = []
            elif command == "/edit":
                lines = edited("\n".join(lines), self.tell).split("\n")
                self.tell("\n".join(lines))
            elif self._answered(command, prompt):
                continue
            elif not command:
                return Reply("accept", "\n".join(lines))
            else:
                lines.append(line.removeprefix("/") if line.startswith("//") else line)
            self.keep(prompt.question.id, prompt.field, "\n".join(lines))

    def _ask_line(self, prompt: Prompt) -> Reply:
        if prompt.field == FIRST_STEPS:
            if prompt.fresh:
                for step in prompt.steps:
                    self.tell(f"{prompt.terms.say('{Step}')}: {wording.step_line(step)}")
            self.tell(f"{prompt.label}: {prompt.terms.say(TYPE_STEP)}")
        elif prompt.bare:
            self.tell(f"{prompt.label} An empty line goes on, /back goes back.")
        else:
            self.tell(f"{prompt.label}: an empty line skips all details, /detail only this one.")
        if prompt.text:
            self.tell(f"So far: {prompt.text}. An empty line keeps it, /clear drops it.")
        while True:
            line = self._read()
            command = (line or "").strip()
            if line is None:
                return Reply("leave", prompt.text)
            if command == "/change" and prompt.field != FIRST_STEPS:
                self.tell(prompt.terms.say("{Steps} are changed where {steps} are typed."))
                continue
            if command in MOVES:
                return Reply(MOVES[command], prompt.text)
            if command == "/clear":
                return Reply("accept", "")
            if self._answered(command, prompt):
                continue
            text = line.removeprefix("/") if line.startswith("//") else line
            return Reply("accept", text if command else prompt.text)

    def _answered(self, command: str, prompt: Prompt) -> bool:
        """Answer a command that only shows something; tell whether it was one."""
        if command in HELP:
            self.tell(wording.table(wording.COMMANDS, prompt.terms))
        elif command == "/about":
            self.tell(wording.about(prompt))
        elif command.startswith("/") and not command.startswith("//"):
            self.tell(
                f"There is no command {command.split(maxsplit=1)[0]}; /keys lists them. "
                f"To begin a line with a slash, type two: /{command}"
            )
        else:
            return False
        return True

    def ask_review(self, states: tuple[State, ...]) -> Reply:
        """Say where things stand, and ask for a number."""
        self._shown = None
        self.tell("\nWhere things stand:")
        for state in states:
            self.tell(f"{state.number}. {state.wording} ({wording.state_line(state)})")
        options = [("", "finish"), *((str(each.number), "") for each in states)]
        question = states[0].terms.question.one if states else "question"
        found = self._number(
            f"Type a number to open that {question}, or an empty line to finish.", options
        )
        if found is None:
            return Reply("leave")
        return Reply("back") if found == "/back" else Reply("accept", found)

    def choose(self, message: str, options: list[tuple[str, str]]) -> str | None:
        """Let a person choose one of (value, words) by its number."""
        self.tell(message)
        for number, (_, words) in enumerate(options, 1):
            self.tell(f"{number}. {words}")
        numbers = [(str(number), "") for number in range(1, len(options) + 1)]
        found = self._number("Type its number.", numbers)
        if found is None or found == "/back":
            return None if found is None else ""
        return options[int(found) - 1][0]

    def _number(self, message: str, options: list[tuple[str, str]]) -> str | None:
        values = {value for value, _ in options}
        while True:
            self.tell(message)
            line = self._read()
            if line is None or line.strip() == "/quit":
                return None
            if line.strip() in values or line.strip() == "/back":
                return line.strip()
            if line.strip() in HELP:
                self.tell("Type a number, /back, or /quit.")

    def ask_elsewhere(self, error: WorksheetError, unsaved: str) -> Reply:
        """Say that a save failed, and ask where to save instead."""
        self.tell(self.describe(error))
        self.tell("Type the name of another file to save in, or an empty line to try again.")
        line = self._read()
        if line is None or line.strip() == "/quit":
            self.tell("This could not be saved; copy it from here:")
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
