"""The moves that each session answers: the one table of their keys, commands and words; pure.

Askers bind what a session's table says and nothing else of it. The lists that F1 and `/keys` show
and the tables in docs/reflect.md come from it. A session handles its moves in a `match` that ends
in `assert_never`, so that one it forgets is an error to the type checker.
"""

from typing import Generic, Literal, TypeVar

from pl_guide.records import Record
from pl_guide.worksheet.parts import ASKED_FIELDS, ASKED_PARTS

FIRST_STEPS = "first_steps"
TEXTS = tuple(part.name for part in ASKED_PARTS if part.kind == "text")
"""The fields in which several lines are written."""
DETAILS = tuple(field.name for field in ASKED_FIELDS)

ReflectionMove = Literal["accept", "back", "skip", "review", "recall", "next_field", "leave"]
CheckInMove = Literal["accept", "back", "skip", "leave"]
ReviewMove = Literal["accept", "back", "leave"]
AidName = Literal["new_line", "about", "edit", "clear", "keys", "complete"]

M_co = TypeVar("M_co", bound=str, covariant=True)


class Move(Record, Generic[M_co], frozen=True):
    """A line of a session's table: what the move is called, how it is made, what it does.

    `keys` are named as prompt_toolkit names them, those pressed one after another with a space
    between, and `pressed` as people do; `commands` are for plain mode, where "" is an empty line.
    `does` says in words what the key does, and `plainly` what the command does where that differs;
    what has no words isn't listed. Both hold the places of a framework's nouns. `fields` are those
    in which a move counts, all if none are named; `elsewhere` is said of its command in the others.
    """

    name: M_co
    keys: tuple[str, ...] = ()
    pressed: str = ""
    does: str = ""
    commands: tuple[str, ...] = ()
    plainly: str = ""
    fields: tuple[str, ...] = ()
    elsewhere: str = ""

    def counts_in(self, field: str) -> bool:
        """Tell whether the move counts in a field."""
        return not self.fields or field in self.fields


class Aid(Move[AidName], frozen=True):
    """A move that helps within a field: the asker makes it, and no session has to answer."""


ACCEPT: Move[Literal["accept"]] = Move("accept", ("enter",), "Enter", "accept and go on", ("",))
NEW_LINE = Aid("new_line", ("c-j", "escape enter"), "Ctrl+J", "new line (also Alt+Enter)")
_BACK = "back, as far as you like"
BACK: Move[Literal["back"]] = Move(
    "back", ("s-tab",), "Shift+Tab", _BACK, ("/back",), f"go {_BACK}"
)
EDIT = Aid("edit", ("c-x c-e",), "Ctrl+X Ctrl+E", "write in your own editor", ("/edit",))
CLEAR = Aid("clear", commands=("/clear",), plainly="empty this answer")
KEYS = Aid("keys", ("f1", "?"), commands=("/keys", "/help", "?"), plainly="this list")
_TOUCHES = "the {responsibilities} and {standards} this touches"
ABOUT = Aid("about", ("c-t", "f2"), "Ctrl+T", f"{_TOUCHES} (also F2)", ("/about",), _TOUCHES)
_LEAVE = "leave; everything is saved"
LEAVE: Move[Literal["leave"]] = Move(
    "leave",
    ("c-c", "c-d", "<sigint>"),
    "Ctrl+C",
    f"{_LEAVE} (also Ctrl+D)",
    ("/quit",),
    f"{_LEAVE} (also Ctrl+C)",
)

REFLECTION: tuple[Move[ReflectionMove] | Aid, ...] = (
    ACCEPT,
    NEW_LINE,
    BACK,
    Move("skip", ("c-n",), "Ctrl+N", "skip to the next {question}", ("/next",)),
    ABOUT,
    Move("review", ("c-r",), "Ctrl+R", "review all {questions}", ("/review",)),
    EDIT,
    CLEAR,
    KEYS,
    Move(
        "recall",
        ("up",),
        "Up",
        "change the {step} above; emptied, it is taken out",
        ("/change",),
        "change the last {step}; then /clear takes it out",
        (FIRST_STEPS,),
        "{Steps} are changed where {steps} are typed.",
    ),
    Aid(
        "complete",
        ("tab",),
        "Tab",
        "complete a name after @; in a {step}'s details, go on to the next",
    ),
    Move(
        "next_field",
        ("tab",),
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
    Move("skip", ("c-n",), "Ctrl+N", "skip to the next {step}", ("/next",)),
    EDIT,
    CLEAR,
    KEYS,
    Aid("complete", ("tab",), "Tab", "complete a name after @"),
    LEAVE,
)

ALL_KEYS = {key for row in (*REFLECTION, *CHECK_IN) for key in row.keys}


def listed_keys(rows: tuple[Move[str], ...]) -> list[tuple[str, str]]:
    """Return the keys of a session's table that people are shown, and what each does."""
    return [(row.pressed, row.does) for row in rows if row.pressed]


def listed_commands(rows: tuple[Move[str], ...]) -> list[tuple[str, str]]:
    """Return the commands of a session's table that people are shown, and what each does."""
    return [(row.commands[0], row.plainly or row.does) for row in rows if any(row.commands)]
