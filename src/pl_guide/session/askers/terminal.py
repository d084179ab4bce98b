"""The asker for a terminal: the one gateway to prompt_toolkit and questionary.

A field is a small editor. While it is open, its text goes into the draft from a thread of its own,
so that no key press waits on the disk.
"""

import asyncio
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Any

from prompt_toolkit import PromptSession
from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.enums import EditingMode
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.input import create_input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.styles import Style

from pl_guide.errors import WorksheetError
from pl_guide.render.wrapping import cells, shortened
from pl_guide.safe_text import visible
from pl_guide.session.askers import words as wording
from pl_guide.session.askers.editor import edited
from pl_guide.session.protocol import FIRST_STEPS, REFLECTIONS, Move, Prompt, Reply, State

DRAFT_SECONDS = 0.3

ROOM_FOR_TEXT = 8
"""How many lines a field keeps free for its text, at the least."""

NARROW = 50
"""Below this width, what to press isn't said beside a choice."""

_BACK = object()

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
        self._app: Any = None
        self._ended: BaseException | None = None

    def held(self) -> AbstractContextManager[None]:
        """Keep the terminal from reading keys in its own way, all through a session.

        Between two fields it would show them, and turn Enter into a line feed, which the next
        field takes for a new line.
        """
        return create_input().raw_mode()

    def end(self, error: BaseException) -> None:
        """Leave with an error as soon as nothing is half done.

        A handler that raised would do so in whatever runs then: a callback of the event loop's, or
        of the garbage collector's, that swallows it.
        """
        self._ended = error
        app = self._app
        if app is not None and app.loop is not None:
            app.loop.call_soon_threadsafe(self._leave)

    def _leave(self) -> None:
        app, future = self._app, getattr(self._app, "future", None)
        if self._ended and app.is_running and future is not None and not future.done():
            app.exit(exception=self._ended)

    def _run(self, app: Any, ask: Callable[[], Any]) -> Any:
        """Ask in an application, which the system may end."""
        self._app = app
        try:
            if self._ended:
                raise self._ended
            return ask()
        finally:
            self._app = None

    def tell(self, text: str) -> None:
        """Say something, wrapped to the terminal."""
        _print([("class:quiet", wording.wrapped(text))])

    def ask_text(self, prompt: Prompt) -> Reply:
        """Ask for a text in a field, which is a small editor."""
        self._show_head(prompt)
        field = _Field(prompt)
        session: PromptSession[Any] = PromptSession(
            multiline=True,
            key_bindings=field.keys(),
            completer=_Names(prompt.names),
            complete_while_typing=True,
            style=STYLE,
            editing_mode=EditingMode.EMACS,
            enable_suspend=True,
            reserve_space_for_menu=4 if prompt.names else 0,
            prompt_continuation="  ",
        )

        def watch() -> None:
            session.app.create_background_task(self._drafting(session, prompt))
            self._leave()

        try:
            reply: Reply | str = self._run(
                session.app,
                lambda: session.prompt(field.message, default=prompt.text, pre_run=watch),
            )
        except BaseException:
            # The program is being ended: what stands in the field now is kept at once.
            self._writer.shutdown()
            self.keep(prompt.question.id, prompt.field, session.default_buffer.text)
            raise
        # No draft may be written after its text has been accepted.
        self._writer.submit(_nothing).result()
        # A key that isn't ours accepts with the text alone, as Alt+# does.
        return Reply("accept", reply) if isinstance(reply, str) else reply

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
            mark = wording.state_line(state)
            said = f"{state.number}. {visible(state.wording)}"
            short = shortened(said, width - cells(mark) - 3)
            choices.append(questionary.Choice(f"{short} · {mark}", value=str(state.number)))
        question = states[0].terms.question.one if states else "question"
        return self._choose(f"Where things stand. Open a {question} again, or finish.", choices)

    def choose(self, message: str, options: list[tuple[str, str]]) -> str | None:
        """Let a person choose one of (value, words); empty if they go back, None if they leave."""
        import questionary

        found = self._choose(
            message,
            [
                questionary.Choice(shortened(words, wording.width() - 3), value=value)
                for value, words in options
            ],
        )
        return None if found.move == "leave" else found.text

    def _choose(self, message: str, choices: list[Any]) -> Reply:
        import questionary

        question = questionary.select(
            wording.wrapped(message),
            choices=choices,
            qmark="",
            pointer="›",
            instruction="(arrows, Enter)" if wording.width() >= NARROW else " ",
        )
        keys: Any = question.application.key_bindings
        keys.add("c-d", eager=True)(lambda event: event.app.exit(exception=EOFError))
        keys.add("s-tab", eager=True)(lambda event: event.app.exit(result=_BACK))
        try:
            value = self._run(question.application, question.unsafe_ask)
        except (KeyboardInterrupt, EOFError):
            return Reply("leave")
        return Reply("back") if value is _BACK else Reply("accept", str(value))

    def ask_elsewhere(self, error: WorksheetError, unsaved: str) -> Reply:
        """Say that a save failed, and ask where to save instead."""
        import questionary

        _print([("class:label", wording.wrapped(self.describe(error)))])
        question = questionary.text(
            "Save in another file (its name; or just Enter to try again):", qmark=""
        )
        try:
            path = self._run(question.application, question.unsafe_ask)
        except (KeyboardInterrupt, EOFError):
            self.tell("This could not be saved; copy it from here:")
            _print([("", f"\n{visible(unsaved)}\n")])
            return Reply("leave", "")
        return Reply("accept", str(path))

    def _show_head(self, prompt: Prompt) -> None:
        if not prompt.bare and self._shown != prompt.question.id:
            self._shown = prompt.question.id
            length = 12 if wording.width() >= 50 else 6
            _print(
                [
                    ("", "\n"),
                    ("class:label", wording.progress(prompt)),
                    ("class:bar", f"  {wording.bar(prompt, length, '━', '')}"),
                    ("class:quiet", "─" * (length - len(wording.bar(prompt, length, "━", "")))),
                    ("", "\n"),
                    ("class:question", wording.wrapped(prompt.question.text)),
                    ("", "\n"),
                ]
            )
        if prompt.field == FIRST_STEPS and not prompt.fresh:
            said = prompt.terms.say("Next {step} (Enter alone goes on)")
            _print([("class:quiet", wording.wrapped(said))])
            return
        if prompt.field == FIRST_STEPS:
            _print([("", "")])
        fragments = [("class:label", wording.wrapped(prompt.label))]
        hint = wording.hint(prompt)
        if hint:
            apart = cells(prompt.label) + cells(hint) + 3 < wording.width()
            fragments.append(
                ("class:quiet", f"   {hint}" if apart else f"\n{wording.wrapped(hint)}")
            )
        if prompt.field == FIRST_STEPS:
            fragments += [
                ("", f"\n{wording.wrapped(f'• {wording.step_line(step)}')}")
                for step in prompt.steps
            ]
        _print(fragments)


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


class _Field:
    """The keys of a field, and what stands before its text.

    What a key shows stands above the text, as a part of the field: printing it would stop the
    terminal from reading keys for a moment, in which one that is pressed is lost.
    """

    def __init__(self, prompt: Prompt) -> None:
        self._prompt = prompt
        self._shown = ""

    def message(self) -> FormattedText:
        """Give what stands before the text."""
        above = [("class:quiet", f"{self._shown}\n")] if self._shown else []
        return FormattedText([*above, ("class:label", "› ")])

    def _show(self, text: str) -> None:
        if text.count("\n") + ROOM_FOR_TEXT > shutil.get_terminal_size().lines:
            # Too tall to stand in the field; it scrolls by above it.
            run_in_terminal(lambda: _print([("class:quiet", text)]))
        else:
            self._shown = "" if self._shown == text else text

    def _done(self, event: KeyPressEvent, reply: Reply) -> None:
        self._shown = ""
        event.app.exit(result=reply)

    def keys(self) -> KeyBindings:
        """Give the keys."""
        keys = KeyBindings()
        moves: dict[str, Move] = {
            "enter": "accept",
            "s-tab": "back",
            "c-n": "skip",
            "c-r": "review",
            "c-c": "leave",
            "c-d": "leave",
            "<sigint>": "leave",
        }
        for name, move in moves.items():
            keys.add(name, eager=True)(
                lambda event, move=move: self._done(event, Reply(move, event.current_buffer.text))
            )

        # What these do elsewhere would take the text out of the field: a search, a history.
        @keys.add("c-o", eager=True)
        @keys.add("c-s", eager=True)
        def nothing(_event: KeyPressEvent) -> None:
            pass

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
            elif self._prompt.field not in {REFLECTIONS, FIRST_STEPS}:
                self._done(event, Reply("next_field", buffer.text))

        @keys.add("up")
        def recall(event: KeyPressEvent) -> None:
            buffer, prompt = event.current_buffer, self._prompt
            untouched = buffer.text in {"", prompt.text}
            if prompt.field == FIRST_STEPS and prompt.steps and untouched:
                self._done(event, Reply("recall", buffer.text))
            else:
                buffer.auto_up()

        @keys.add("c-x", "c-e", eager=True)
        def edit(event: KeyPressEvent) -> None:
            buffer = event.current_buffer

            def in_editor() -> None:
                buffer.text = edited(buffer.text, self._show)
                buffer.cursor_position = len(buffer.text)

            run_in_terminal(in_editor)

        @keys.add("f1", eager=True)
        def show_keys(_event: KeyPressEvent) -> None:
            self._show(wording.table(wording.KEYS, self._prompt.terms))

        @keys.add("?")
        def ask(event: KeyPressEvent) -> None:
            if event.current_buffer.text:
                event.current_buffer.insert_text("?")
            else:
                show_keys(event)

        @keys.add("f2", eager=True)
        @keys.add("c-t", eager=True)
        def show_about(_event: KeyPressEvent) -> None:
            self._show(wording.wrapped(wording.about(self._prompt)))

        return keys


def _nothing() -> None:
    pass


def _print(fragments: list[tuple[str, str]]) -> None:
    from prompt_toolkit import print_formatted_text

    print_formatted_text(FormattedText(fragments), style=STYLE)
