"""The asker for a terminal: the one gateway to prompt_toolkit and questionary.

A field is a small editor. While it is open, its text goes into the draft from a thread of its own,
so that no key press waits on the disk.
"""

import asyncio
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import partial
from typing import Any, Generic, Literal, assert_never

from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app, run_in_terminal
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.enums import EditingMode
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.input import create_input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.styles import Style

from pl_guide.errors import WorksheetError
from pl_guide.messages import session as messages
from pl_guide.messages.errors import error_words
from pl_guide.model import Terms
from pl_guide.render.wrapping import cells, shortened
from pl_guide.safe_text import visible
from pl_guide.session.askers import layout
from pl_guide.session.askers.editor import edited
from pl_guide.session.moves import (
    CHECK_IN,
    FIRST_STEPS,
    REFLECTION,
    Aid,
    Move,
    ReviewMove,
    listed_keys,
)
from pl_guide.session.protocol import C, Keep, M, Prompt, Reply, State

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

EDITING = {"up", "tab"}
"""Keys that move within a text, or complete it, where they don't leave it."""

# Elsewhere these take the text out of the field (a search, a history) or change it; a key that
# another session answers must not do that either.
_INERT = {"c-o", "c-s", *(key for row in (*REFLECTION, *CHECK_IN) for key in row.keys)} - EDITING


class TerminalAsker:
    """Asks with a terminal's keys; `keep` takes the text being typed."""

    opening = messages.OPENING_WITH_KEYS

    def __init__(self, keep: Keep) -> None:
        self.keep = keep
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
        _print([("class:quiet", layout.wrapped(text))])

    def ask_text(self, prompt: Prompt[M]) -> Reply[M]:
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
            reply: Reply[M] | str = self._run(
                session.app,
                lambda: session.prompt(field.message, default=prompt.text, pre_run=watch),
            )
        except BaseException:
            # The program is being ended: what is in the field now is kept at once.
            self._writer.shutdown()
            self.keep(prompt.question.id, prompt.field, session.default_buffer.text)
            raise
        # No draft may be written after its text has been accepted.
        self._writer.submit(_nothing).result()
        if isinstance(reply, str):
            # A key that isn't ours accepts with the text alone, as Alt+# does: like Enter.
            enter = next(row for row in prompt.moves if isinstance(row, Move))
            return Reply(enter.name, reply)
        return reply

    async def _drafting(self, session: PromptSession[Any], prompt: Prompt[M]) -> None:
        """Put what is typed into the draft, again and again, off the thread that reads keys."""
        last = prompt.text
        while True:
            await asyncio.sleep(DRAFT_SECONDS)
            text = session.default_buffer.text
            if text != last:
                last = text
                field = (prompt.question.id, prompt.field)
                await asyncio.wrap_future(self._writer.submit(self.keep, *field, text))

    def ask_review(self, states: tuple[State, ...]) -> Reply[ReviewMove]:
        """Show how far answers are as a list to choose from."""
        self._shown = None
        options = [("", messages.FINISH)]
        width = layout.width() - 8
        for state in states:
            mark = layout.state_line(state)
            wording = f"{state.number}. {visible(state.wording)}"
            short = shortened(wording, width - cells(mark) - 3)
            options.append((str(state.number), f"{short} · {mark}"))
        terms = states[0].terms if states else Terms()
        return self._choose(terms.say(messages.REVIEW_LIST), options)

    def choose(self, message: str, options: list[tuple[C, str]]) -> C | Literal[""] | None:
        """Let a person choose one of (value, words); empty if they go back, None if they leave."""
        width = layout.width() - 3
        found = self._choose(
            message, [(value, shortened(words, width)) for value, words in options]
        )
        values = {str(value): value for value, _ in options}
        return None if found.move == "leave" else values.get(found.text, "")

    def _choose(self, message: str, options: Sequence[tuple[str, str]]) -> Reply[ReviewMove]:
        import questionary

        question = questionary.select(
            layout.wrapped(message),
            choices=[questionary.Choice(words, value=value) for value, words in options],
            qmark="",
            pointer="›",
            instruction="(arrows, Enter)" if layout.width() >= NARROW else " ",
        )
        keys: Any = question.application.key_bindings
        keys.add("c-d", eager=True)(lambda event: event.app.exit(exception=EOFError))
        keys.add("s-tab", eager=True)(lambda event: event.app.exit(result=_BACK))
        try:
            value = self._run(question.application, question.unsafe_ask)
        except (KeyboardInterrupt, EOFError):
            return Reply("leave")
        return Reply("back") if value is _BACK else Reply("accept", str(value))

    def ask_elsewhere(
        self, error: WorksheetError, unsaved: str
    ) -> Reply[Literal["accept", "leave"]]:
        """Say that a save failed, and ask where to save instead."""
        import questionary

        _print([("class:label", layout.wrapped(error_words(error)))])
        question = questionary.text(messages.ELSEWHERE, qmark="")
        try:
            path = self._run(question.application, question.unsafe_ask)
        except (KeyboardInterrupt, EOFError):
            self.tell(messages.COPY_IT)
            _print([("", f"\n{visible(unsaved)}\n")])
            return Reply("leave")
        return Reply("accept", str(path))

    def _show_head(self, prompt: Prompt[M]) -> None:
        if not prompt.bare and self._shown != prompt.question.id:
            self._shown = prompt.question.id
            length = 12 if layout.width() >= 50 else 6
            _print(
                [
                    ("", "\n"),
                    ("class:label", layout.progress(prompt)),
                    ("class:bar", f"  {layout.bar(prompt, length, '━', '')}"),
                    ("class:quiet", "─" * (length - len(layout.bar(prompt, length, "━", "")))),
                    ("", "\n"),
                    ("class:question", layout.wrapped(prompt.question.text)),
                    ("", "\n"),
                ]
            )
        if prompt.field == FIRST_STEPS and not prompt.fresh:
            said = prompt.terms.say(messages.NEXT_STEP)
            _print([("class:quiet", layout.wrapped(said))])
            return
        if prompt.field == FIRST_STEPS:
            _print([("", "")])
        fragments = [("class:label", layout.wrapped(prompt.label))]
        hint = layout.hint(prompt)
        if hint:
            apart = cells(prompt.label) + cells(hint) + 3 < layout.width()
            fragments.append(
                ("class:quiet", f"   {hint}" if apart else f"\n{layout.wrapped(hint)}")
            )
        if prompt.field == FIRST_STEPS:
            fragments += [
                ("", f"\n{layout.wrapped(f'• {layout.step_line(step)}')}") for step in prompt.steps
            ]
        _print(fragments)


class _Names(Completer):
    """Completes the team's names after an `@`."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Any:
        """Return the names that begin with what follows the last `@`."""
        del complete_event
        before = document.current_line_before_cursor
        at = before.rfind("@")
        if at < 0 or (at and not before[at - 1].isspace()):
            return
        begun = before[at + 1 :]
        for name in self.names:
            if name.casefold().startswith(begun.casefold()) and name != begun:
                yield Completion(name, start_position=-len(begun))


class _Field(Generic[M]):
    """The keys of a field, and what comes before its text.

    What a key shows is above the text, as a part of the field: printing it would stop the
    terminal from reading keys for a moment, in which one that is pressed is lost.
    """

    def __init__(self, prompt: Prompt[M]) -> None:
        self._prompt = prompt
        self._shown = ""

    def message(self) -> FormattedText:
        """Return what comes before the text."""
        above = [("class:quiet", f"{self._shown}\n")] if self._shown else []
        return FormattedText([*above, ("class:label", "› ")])

    def _show(self, text: str) -> None:
        if text.count("\n") + ROOM_FOR_TEXT > shutil.get_terminal_size().lines:
            # Too tall for the field; it scrolls by above it.
            run_in_terminal(lambda: _print([("class:quiet", text)]))
        else:
            self._shown = "" if self._shown == text else text

    def keys(self) -> KeyBindings:
        """Return the keys that the session answers in this field."""
        keys = KeyBindings()
        for name in _INERT:
            keys.add(*name.split(), eager=True)(_nothing)
        for row in self._prompt.moves:
            if not row.counts_in(self._prompt.field):
                continue
            for name in row.keys:
                if isinstance(row, Aid):
                    keys.add(*name.split(), eager=True)(self._helping(row))
                else:
                    leaves = Condition(partial(self._leaves, name))
                    keys.add(*name.split(), eager=True, filter=leaves)(self._leaving(row))

        @keys.add("?")
        def ask(event: KeyPressEvent) -> None:
            if event.current_buffer.text:
                event.current_buffer.insert_text("?")
            else:
                self._show_keys()

        return keys

    def _leaves(self, key: str) -> bool:
        """Tell whether a key that may leave the field does so now, or moves within its text."""
        buffer = get_app().current_buffer
        match key:
            case "up":
                return bool(self._prompt.steps) and buffer.text in {"", self._prompt.text}
            case "tab":
                naming = "@" in buffer.document.current_line_before_cursor
                return not (buffer.complete_state or naming)
            case _:
                return True

    def _leaving(self, row: Move[M]) -> Callable[[KeyPressEvent], None]:
        def leave(event: KeyPressEvent) -> None:
            self._shown = ""
            event.app.exit(result=Reply(row.name, event.current_buffer.text))

        return leave

    def _helping(self, row: Aid) -> Callable[[KeyPressEvent], None]:
        def help_along(event: KeyPressEvent) -> None:
            buffer = event.current_buffer
            match row.name:
                case "new_line":
                    buffer.insert_text("\n")
                case "complete":
                    _complete(buffer)
                case "edit":
                    run_in_terminal(lambda: self._edit(buffer))
                case "clear":
                    buffer.text = ""
                case "about":
                    self._show(layout.wrapped(layout.about(self._prompt)))
                case "keys":
                    self._show_keys()
                case _:
                    assert_never(row.name)

        return help_along

    def _edit(self, buffer: Buffer) -> None:
        buffer.text = edited(buffer.text, self._show)
        buffer.cursor_position = len(buffer.text)

    def _show_keys(self) -> None:
        self._show(layout.table(listed_keys(self._prompt.moves), self._prompt.terms))


def _complete(buffer: Buffer) -> None:
    if buffer.complete_state:
        buffer.complete_next()
    elif "@" in buffer.document.current_line_before_cursor:
        buffer.start_completion(select_first=True)


def _nothing(_event: KeyPressEvent | None = None) -> None:
    pass


def _print(fragments: list[tuple[str, str]]) -> None:
    from prompt_toolkit import print_formatted_text

    print_formatted_text(FormattedText(fragments), style=STYLE)
