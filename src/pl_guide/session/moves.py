"""The moves that each session answers: the one table of their keys, commands and words; pure.

Askers bind what a session's table says and nothing else of it. The lists that F1 and `/keys` show
and the tables in docs/reflect.md come from it. A session handles its moves in a `match` that ends
in `assert_never`, so that one it forgets is an error to the type checker.
"""

from typing import Generic, Literal, TypeVar

from pl_guide.records import Record

REFLECTIONS, FIRST_STEPS = "reflections", "first_steps"
DETAILS = ("owner", "due", "resources", "evidence")

ReflectionMove = Literal["accept", "back", "skip", "review", "recall", "next_field", "leave"]
CheckInMove = Literal["accept", "back", "skip", "leave"]
ReviewMove = Literal["accept", "back", "leave"]
AidName = Literal["new_line", "about", "edit", "clear", "keys", "complete"]

M_co = TypeVar("M_co", bound=str, covariant=True)


class Row(Record, frozen=True, kw_only=True):
    """A line of a session's table.

    `keys` are named as prompt_toolkit names them, those pressed one after another with a space
    between, and `pressed` as people do; `commands` are for plain mode, where "" is an empty line.
    `does` says in words what the key does, and `plainly` what the command does where that differs;
    what has no words isn't listed. Both hold the places of a framework's nouns. `fields` are those
    in which a row counts, all if none are named; `elsewhere` is said of its command in the others.
    """

    keys: tuple[str, ...] = ()
    pressed: str = ""
    does: str = ""
    commands: tuple[str, ...] = ()
    plainly: str = ""
    fields: tuple[str, ...] = ()
    elsewhere: str = ""

    def counts_in(self, field: str) -> bool:
        """Tell whether the row counts in a field."""
        return not self.fields or field in self.fields


class Move(Row, Generic[M_co], frozen=True, kw_only=True):
    """Something that leaves a field, which the session answers."""

    move: M_co


class Aid(Row, frozen=True, kw_only=True):
    """Something that helps within a field, which the asker does."""

    aid: AidName


ACCEPT: Move[Literal["accept"]] = Move(
    move="accept", keys=("enter",), pressed="Enter", does="accept and go on", commands=("",)
)
NEW_LINE = Aid(
    aid="new_line",
    keys=("c-j", "escape enter"),
    pressed="Ctrl+J",
    does="new line (also Alt+Enter)",
)
BACK: Move[Literal["back"]] = Move(
    move="back",
    keys=("s-tab",),
    pressed="Shift+Tab",
    does="back, as far as you like",
    commands=("/back",),
    plainly="go back, as far as you like",
)
EDIT = Aid(
    aid="edit",
    keys=("c-x c-e",),
    pressed="Ctrl+X Ctrl+E",
    does="write in your own editor",
    commands=("/edit",),
)
CLEAR = Aid(aid="clear", commands=("/clear",), plainly="empty this answer")
KEYS = Aid(aid="keys", keys=("f1",), commands=("/keys", "/help", "?"), plainly="this list")
LEAVE: Move[Literal["leave"]] = Move(
    move="leave",
    keys=("c-c", "c-d", "<sigint>"),
    pressed="Ctrl+C",
    does="leave; everything is saved (also Ctrl+D)",
    commands=("/quit",),
    plainly="leave; everything is saved (also Ctrl+C)",
)

REFLECTION: tuple[Move[ReflectionMove] | Aid, ...] = (
    ACCEPT,
    NEW_LINE,
    BACK,
    Move(
        move="skip",
        keys=("c-n",),
        pressed="Ctrl+N",
        does="skip to the next {question}",
        commands=("/next",),
    ),
    Aid(
        aid="about",
        keys=("c-t", "f2"),
        pressed="Ctrl+T",
        does="the {responsibilities} and {standards} this touches (also F2)",
        commands=("/about",),
        plainly="the {responsibilities} and {standards} this touches",
    ),
    Move(
        move="review",
        keys=("c-r",),
        pressed="Ctrl+R",
        does="review all {questions}",
        commands=("/review",),
    ),
    EDIT,
    CLEAR,
    KEYS,
    Move(
        move="recall",
        keys=("up",),
        pressed="Up",
        does="change the {step} above; emptied, it is taken out",
        commands=("/change",),
        plainly="change the last {step}; then /clear takes it out",
        fields=(FIRST_STEPS,),
        elsewhere="{Steps} are changed where {steps} are typed.",
    ),
    Aid(
        aid="complete",
        keys=("tab",),
        pressed="Tab",
        does="complete a name after @; in a {step}'s details, go on to the next",
    ),
    Move(
        move="next_field",
        keys=("tab",),
        commands=("/detail",),
        plainly="leave one detail of a {step} empty, and go on to the next",
        fields=DETAILS,
        elsewhere="Details are left empty where a {step}'s details are asked for.",
    ),
    LEAVE,
)

CHECK_IN: tuple[Move[CheckInMove] | Aid, ...] = (
    ACCEPT,
    NEW_LINE,
    BACK,
    Move(
        move="skip",
        keys=("c-n",),
        pressed="Ctrl+N",
        does="skip to the next {step}",
        commands=("/next",),
    ),
    EDIT,
    CLEAR,
    KEYS,
    Aid(aid="complete", keys=("tab",), pressed="Tab", does="complete a name after @"),
    LEAVE,
)


def listed_keys(rows: tuple[Row, ...]) -> list[tuple[str, str]]:
    """Return the keys of a session's table that people are shown, and what each does."""
    return [(row.pressed, row.does) for row in rows if row.pressed]


def listed_commands(rows: tuple[Row, ...]) -> list[tuple[str, str]]:
    """Return the commands of a session's table that people are shown, and what each does."""
    return [(row.commands[0], row.plainly or row.does) for row in rows if any(row.commands)]
