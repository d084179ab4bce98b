"""The asker for a terminal: the one gateway to prompt_toolkit and questionary.

A field is a small editor. While it is open, its text goes into the draft from a thread of its own,
so that no key press waits on the disk.
"""

import asyncio
import re
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import partial
from typing import Any, Generic, Literal, assert_never

from prompt_toolkit import PromptSession, print_formatted_text
from prompt_toolkit.application import get_app, run_in_terminal
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import ConditionalCompleter, WordCompleter
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.input import create_input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.styles import Style

from pl_guide.errors import WorksheetError
from pl_guide.messages import session as messages
from pl_guide.messages.errors import error_words
from pl_guide.render.wrapping import cells, shortened
from pl_guide.safe_text import visible
from pl_guide.session.askers import layout
from pl_guide.session.askers.editor import edited
from pl_guide.session.moves import ALL_KEYS, FIRST_STEPS, Aid, Move, listed_keys
from pl_guide.session.protocol import C, Keep, M, Prompt, Reply, ReviewReply, SaveReply, State

DRAFT_SECONDS = 0.3

ROOM_FOR_TEXT = 8
"""How many lines a field keeps free for its text, at the least."""

NARROW = 50
"""Below this width, what to press isn't said beside a choice."""

STYLE = Style.from_dict(
    {"question": "bold", "label": "bold", "quiet": "#888888", "bar": "ansicyan"}
)

EDITING = {"up", "tab", "?"}
"""Keys that move within a text, complete it or are a part of it, where they do nothing else."""

# Elsewhere these take the text out of the field (a search, a history) or change it; a key that
# another session answers must not do that either.
_INERT = {"c-o", "c-s", *ALL_KEYS} - EDITING


class TerminalAsker:
    """Asks with a terminal's keys; `keep` takes the text being typed."""

    keep: Keep
    opening = messages.OPENING_WITH_KEYS

    _shown = ""
    _app: Any = None
    _ended: BaseException | None = None

    def held(self) -> AbstractContextManager[None]:
        """Keep the terminal from reading keys in its own way, all through a session.

        Between fields it would show them, and make of Enter what the next takes for a new line.
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
        _print(("class:quiet", layout.wrapped(text)))

    def ask_text(self, prompt: Prompt[M]) -> Reply[M]:
        """Ask for a text in a field, which is a small editor."""
        self._show_head(prompt)
        field = _Field(prompt)
        # Read from the cursor backwards, a name is what comes before the last `@`.
        begun = re.compile("[^@\n]*(?=@)")
        names = WordCompleter(list(prompt.names), ignore_case=True, pattern=begun)
        session: PromptSession[Any] = PromptSession(
            multiline=True,
            key_bindings=field.keys(),
            completer=ConditionalCompleter(names, Condition(_naming)),
            style=STYLE,
            enable_suspend=True,
            reserve_space_for_menu=4 if prompt.names else 0,
            prompt_continuation="  ",
        )

        def watch() -> None:
            session.app.create_background_task(self._drafting(session, prompt, writer))
            self._leave()

        ask = partial(session.prompt, field.message, default=prompt.text, pre_run=watch)
        try:
            # One thread, which has ended when the field is left: drafts are written in the order
            # in which they were typed, and none after its text has been accepted.
            with ThreadPoolExecutor(max_workers=1) as writer:
                reply: Reply[M] | str = self._run(session.app, ask)
        except BaseException:
            # The program is being ended: what is in the field now is kept at once.
            self.keep(prompt.question.id, prompt.field, session.default_buffer.text)
            raise
        if isinstance(reply, str):
            # A key that isn't ours accepts with the text alone, as Alt+# does: like Enter.
            enter = next(row for row in prompt.moves if not isinstance(row, Aid))
            return Reply(enter.name, reply)
        return reply

    async def _drafting(
        self, session: PromptSession[Any], prompt: Prompt[M], writer: ThreadPoolExecutor
    ) -> None:
        """Put what is typed into the draft, again and again, off the thread that reads keys."""
        last = prompt.text
        while True:
            await asyncio.sleep(DRAFT_SECONDS)
            text = session.default_buffer.text
            if text != last:
                last = text
                draft = writer.submit(self.keep, prompt.question.id, prompt.field, text)
                await asyncio.wrap_future(draft)

    def ask_review(self, states: tuple[State, ...]) -> ReviewReply:
        """Show how far answers are as a list to choose from."""
        self._shown = ""
        finish = "finish"
        options = [(finish, messages.FINISH)]
        for state in states:
            mark = layout.state_line(state)
            wording = f"{state.number}. {visible(state.wording)}"
            short = shortened(wording, layout.width() - cells(mark) - 11)
            options.append((str(state.number), f"{short} · {mark}"))
        found = self.choose(states[0].terms.say(messages.REVIEW_LIST), options)
        if not found:
            return Reply("leave" if found is None else "back")
        return Reply("accept", "" if found == finish else found)

    def choose(self, message: str, options: list[tuple[C, str]]) -> C | Literal[""] | None:
        """Let a person choose one of (value, words); empty if they go back, None if they leave."""
        import questionary

        width = layout.width() - 3
        shown = [(value, shortened(words, width)) for value, words in options]
        message = layout.wrapped(message)
        # What was chosen comes behind the message, or below it where a line can't hold both.
        longest = max(cells(words) for _, words in shown)
        beside = cells(message.rpartition("\n")[2]) + longest <= width
        question = questionary.select(
            message if beside else f"{message}\n",
            choices=[questionary.Choice(words, value=value) for value, words in shown],
            use_jk_keys=False,  # Someone who types an answer here would choose by its letters.
            qmark="",
            pointer="›",
            instruction="(arrows, Enter)" if layout.width() >= NARROW else " ",
        )
        keys: Any = question.application.key_bindings
        keys.add("c-d", eager=True)(lambda event: event.app.exit(result=None))
        keys.add("s-tab", eager=True)(lambda event: event.app.exit(result=""))
        try:
            chosen: C | Literal[""] | None = self._run(question.application, question.unsafe_ask)
        except KeyboardInterrupt:
            return None
        return chosen

    def ask_elsewhere(self, error: WorksheetError, unsaved: str) -> SaveReply:
        """Say that a save failed, and ask where to save instead."""
        import questionary

        _print(("class:label", layout.wrapped(error_words(error))))
        question = questionary.text(messages.ELSEWHERE, qmark="")
        try:
            path = self._run(question.application, question.unsafe_ask)
        except (KeyboardInterrupt, EOFError):
            self.tell(messages.COPY_IT)
            _print(("", f"\n{visible(unsaved)}\n"))
            return Reply("leave")
        return Reply("accept", str(path))

    def _show_head(self, prompt: Prompt[M]) -> None:
        if not prompt.bare and self._shown != prompt.question.id:
            self._shown = prompt.question.id
            length = 12 if layout.width() >= NARROW else 6
            filled = round(length * prompt.answered / prompt.total)
            _print(
                ("class:label", f"\n{layout.progress(prompt)}"),
                ("class:bar", f"  {'━' * filled}"),
                ("class:quiet", f"{'─' * (length - filled)}\n"),
                ("class:question", f"{layout.wrapped(prompt.question.text)}\n"),
            )
        asks_step = prompt.field == FIRST_STEPS
        if asks_step and not prompt.fresh:
            self.tell(prompt.terms.say(messages.NEXT_STEP))
            return
        hint = layout.hint(prompt)
        apart = cells(prompt.label) + cells(hint) + 3 < layout.width()
        steps = prompt.steps if asks_step else ()
        _print(
            ("class:label", ("\n" if asks_step else "") + layout.wrapped(prompt.label)),
            ("class:quiet", hint and (f"   {hint}" if apart else f"\n{layout.wrapped(hint)}")),
            *(("", f"\n{layout.wrapped(f'• {layout.step_line(step)}')}") for step in steps),
        )


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
            run_in_terminal(lambda: _print(("class:quiet", text)))
        else:
            self._shown = "" if self._shown == text else text

    def keys(self) -> KeyBindings:
        """Return the keys that the session answers in this field."""
        keys = KeyBindings()
        for name in _INERT:
            keys.add(*name.split(), eager=True)(_nothing)
        for row in self._prompt.moves:
            act = partial(self._help, row) if isinstance(row, Aid) else partial(self._leave, row)
            for name in row.keys if row.counts_in(self._prompt.field) else ():
                counts = Condition(partial(self._counts, row.name, name))
                keys.add(*name.split(), eager=True, filter=counts)(act)
        return keys

    def _counts(self, move: str, key: str) -> bool:
        """Tell whether a key makes a move now, or is one to edit the text with."""
        buffer = get_app().current_buffer
        if move == "recall":
            # What was typed would be lost under the step that is recalled.
            held = self._prompt.text if self._prompt.recalled else ""
            return bool(self._prompt.steps) and buffer.text in {"", held}
        if move == "next_field":
            return not (buffer.complete_state or _naming())
        return key != "?" or not buffer.text

    def _leave(self, row: Move[M], event: KeyPressEvent) -> None:
        self._shown = ""
        event.app.exit(result=Reply(row.name, event.current_buffer.text))

    def _help(self, row: Aid, event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        match row.name:
            case "new_line":
                buffer.insert_text("\n")
            case "complete":
                if buffer.complete_state:
                    buffer.complete_next()
                elif _naming():
                    buffer.start_completion(select_first=True)
            case "edit":
                run_in_terminal(partial(self._edit, buffer))
            case "clear":
                buffer.text = ""
            case "about":
                asked = self._prompt
                touched = messages.about(asked.terms, asked.standards, asked.responsibilities)
                self._show(layout.wrapped(touched))
            case "keys":
                self._show(layout.table(listed_keys(self._prompt.moves), self._prompt.terms))
            case _:
                assert_never(row.name)

    def _edit(self, buffer: Buffer) -> None:
        buffer.text = edited(buffer.text, self._show)
        buffer.cursor_position = len(buffer.text)


def _naming() -> bool:
    line = get_app().current_buffer.document.current_line_before_cursor
    return bool(re.search(r"(?<!\S)@[^@]*$", line))


def _nothing(_event: KeyPressEvent) -> None:
    pass


def _print(*fragments: tuple[str, str]) -> None:
    print_formatted_text(FormattedText(fragments), style=STYLE)
