"""The asker for a terminal: the one gateway to prompt_toolkit and questionary.

A field is a small editor. While it is open, its text goes into the draft from a thread of its own,
so that no key press waits on the disk.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from prompt_toolkit import PromptSession
from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.enums import EditingMode
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.styles import Style

from pl_guide.errors import WorksheetError
from pl_guide.prompts import wording
from pl_guide.render.safe_text import visible
from pl_guide.session import FIRST_STEPS, REFLECTIONS, Move, Prompt, Reply, State

DRAFT_SECONDS = 0.3

STYLE = Style.from_dict(
    {
        "question": "bold",
        "label": "bold",
        "quiet": "#888888",
        "bar": "ansicyan",
    }
)

Keep = Callable[[str, str, str], None]
"""Puts text being typed into the draft: question id, field, text."""

Describe = Callable[[WorksheetError], str]


class TerminalAsker:
    """Asks with a terminal's keys.

    `keep` takes the text being typed, `describe` puts an error into words.
    """

    def __init__(self, keep: Keep, describe: Describe) -> None:
        self.keep = keep
        self.describe = describe
        self._shown: str | None = None
        # One thread, so that drafts are written in the order in which they were typed.
        self._writer = ThreadPoolExecutor(max_workers=1)

    def tell(self, text: str) -> None:
        """Say something, wrapped to the terminal."""
        _print([("class:quiet", wording.wrapped(text))])

    def ask_text(self, prompt: Prompt) -> Reply:
        """Ask for a text in a field, which is a small editor."""
        self._show_head(prompt)
        session: PromptSession[Any] = PromptSession(
            multiline=True,
            key_bindings=_keys(prompt, self._show_about),
            completer=_Names(prompt.names),
            complete_while_typing=True,
            style=STYLE,
            editing_mode=EditingMode.EMACS,
            enable_suspend=True,
            tempfile_suffix=".md",
            reserve_space_for_menu=4 if prompt.names else 0,
            prompt_continuation="  ",
            erase_when_done=False,
        )

        def watch() -> None:
            session.app.create_background_task(self._drafting(session, prompt))

        try:
            reply: Reply = session.prompt(
                FormattedText([("class:label", "› ")]), default=prompt.text, pre_run=watch
            )
        except BaseException:
            # The program is being ended: what stands in the field now is kept at once.
            self._writer.shutdown()
            self.keep(prompt.question.id, prompt.field, session.default_buffer.text)
            raise
        # No draft may be written after its text has been accepted.
        self._writer.submit(_nothing).result()
        return reply

    async def _drafting(self, session: PromptSession[Any], prompt: Prompt) -> None:
        """Put what is typed into the draft, ever again, off the thread that reads keys."""
        last = prompt.text
        while True:
            await asyncio.sleep(DRAFT_SECONDS)
            text = session.default_buffer.text
            if text != last:
                last = text
                place = (prompt.question.id, prompt.field)
                await asyncio.wrap_future(self._writer.submit(self.keep, *place, text))

    def ask_review(self, states: tuple[State, ...]) -> Reply:
        """Show where things stand as a list to choose from."""
        import questionary

        self._shown = None
        choices = [questionary.Choice("Finish", value="")]
        width = wording.width() - 8
        for state in states:
            said = f"{state.number}. {visible(state.wording)}"
            mark = wording.state_line(state)
            short = (
                said if len(said) + len(mark) + 3 <= width else f"{said[: width - len(mark) - 4]}…"
            )
            choices.append(questionary.Choice(f"{short} · {mark}", value=str(state.number)))
        return self._choose("Where things stand. Open a question again, or finish.", choices)

    def choose(self, message: str, options: list[tuple[str, str]]) -> str | None:
        """Let a person choose one of (value, words); None if they leave."""
        import questionary

        found = self._choose(
            message, [questionary.Choice(words, value=value) for value, words in options]
        )
        return None if found.move == "leave" else found.text

    def _choose(self, message: str, choices: list[Any]) -> Reply:
        import questionary

        try:
            value = questionary.select(
                message, choices=choices, qmark="", pointer="›", instruction="(arrows, Enter)"
            ).unsafe_ask()
        except (KeyboardInterrupt, EOFError):
            return Reply("leave")
        return Reply("accept", str(value))

    def ask_elsewhere(self, error: WorksheetError, unsaved: str) -> Reply:
        """Say that a save failed, and ask where to save instead."""
        import questionary

        _print([("class:label", wording.wrapped(self.describe(error)))])
        while True:
            try:
                path = questionary.text(
                    "Save in another file (its name; or just Enter to try again):", qmark=""
                ).unsafe_ask()
            except (KeyboardInterrupt, EOFError):
                self.tell("This could not be saved; copy it from here:")
                _print([("", f"\n{visible(unsaved)}\n")])
                return Reply("leave", "")
            return Reply("accept", str(path))

    def _show_head(self, prompt: Prompt) -> None:
        if self._shown != prompt.question.id:
            self._shown = prompt.question.id
            cells = 12 if wording.width() >= 50 else 6
            _print(
                [
                    ("", "\n"),
                    ("class:label", wording.progress(prompt)),
                    ("class:bar", f"  {wording.bar(prompt, cells, '━', '')}"),
                    ("class:quiet", "─" * (cells - len(wording.bar(prompt, cells, "━", "")))),
                    ("", "\n"),
                    ("class:question", wording.wrapped(prompt.question.text)),
                    ("", "\n"),
                ]
            )
        if prompt.field == FIRST_STEPS and not prompt.fresh:
            return
        fragments = [("class:label", wording.wrapped(prompt.label))]
        hint = wording.hint(prompt)
        if hint:
            apart = len(prompt.label) + len(hint) + 3 < wording.width()
            fragments.append(
                ("class:quiet", f"   {hint}" if apart else f"\n{wording.wrapped(hint)}")
            )
        if prompt.field == FIRST_STEPS:
            fragments += [
                ("", f"\n{wording.wrapped(f'• {wording.step_line(step)}')}")
                for step in prompt.steps
            ]
        _print(fragments)

    def _show_about(self, prompt: Prompt) -> None:
        for line in wording.about(prompt).split("\n"):
            _print([("class:quiet", wording.wrapped(line))])


class _Names(Completer):
    """Completes the team's names after an `@`."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Any:
        """Give the names that what stands after the last `@` begins."""
        del complete_event
        before = document.current_line_before_cursor
        at = before.rfind("@")
        if at < 0 or (at and not before[at - 1].isspace()):
            return
        begun = before[at + 1 :]
        for name in self.names:
            if name.casefold().startswith(begun.casefold()) and name != begun:
                yield Completion(name, start_position=-len(begun))


def _nothing() -> None:
    pass


def _keys(prompt: Prompt, show_about: Callable[[Prompt], None]) -> KeyBindings:
    keys = KeyBindings()

    def leaving(*names: str, move: Move) -> None:
        @keys.add(*names, eager=True)
        def leave(event: KeyPressEvent) -> None:
            event.app.exit(result=Reply(move, event.current_buffer.text))

    leaving("s-tab", move="back")
    leaving("c-n", move="skip")
    leaving("c-r", move="review")
    leaving("c-c", move="leave")
    leaving("c-d", move="leave")
    leaving("<sigint>", move="leave")

    @keys.add("enter", eager=True)
    def accept(event: KeyPressEvent) -> None:
        event.app.exit(result=Reply("accept", event.current_buffer.text))

    @keys.add("c-j", eager=True)
    @keys.add("escape", "enter", eager=True)
    def new_line(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    @keys.add("tab", eager=True)
    def complete(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if buffer.complete_state:
            buffer.complete_next()
        elif "@" in buffer.document.current_line_before_cursor:
            buffer.start_completion(select_first=True)
        elif prompt.field not in {REFLECTIONS, FIRST_STEPS}:
            event.app.exit(result=Reply("next_field", buffer.text))

    @keys.add("c-x", "c-e", eager=True)
    def edit(event: KeyPressEvent) -> None:
        event.current_buffer.open_in_editor(validate_and_handle=False)

    @keys.add("f1", eager=True)
    def show_keys(event: KeyPressEvent) -> None:
        del event
        run_in_terminal(lambda: _print([("class:quiet", wording.table(wording.KEYS))]))

    @keys.add("?")
    def ask(event: KeyPressEvent) -> None:
        if event.current_buffer.text:
            event.current_buffer.insert_text("?")
        else:
            show_keys(event)

    @keys.add("f2", eager=True)
    @keys.add("c-t", eager=True)
    def show(event: KeyPressEvent) -> None:
        del event
        run_in_terminal(lambda: show_about(prompt))

    return keys


def _print(fragments: list[tuple[str, str]]) -> None:
    from prompt_toolkit import print_formatted_text

    print_formatted_text(FormattedText(fragments), style=STYLE)
