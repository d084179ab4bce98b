"""What an answer is made of: the one table of its parts, and the one of a first step's fields.

Whatever reads, merges, compares, asks for, shows or exports an answer goes by these rows, and by
their kinds. A new row is a new part or field everywhere; a new kind is an error of the type checker
in each place that must answer for it.
"""

from typing import Literal, get_args

from pl_guide.records import Record

State = Literal["open", "done", "dropped"]

FieldKind = Literal["action", "state", "line", "lines", "text"]
"""`action` is the step itself and `state` its box; `line` one line, `lines` a line each time,
`text` the free text below."""

PartKind = Literal["text", "steps"]
"""`text` is free text in Markdown, `steps` a list of first steps."""


class StepField(Record, frozen=True, kw_only=True):
    """A field of a first step.

    `name` is the attribute of `FirstStep`, and the key in JSON and in files of answers. `label` is
    written before the value in a worksheet's file and in exports, `column` heads it in a
    spreadsheet. `question` is what a session asks for, in the middle of a sentence; a field without
    one isn't asked for. What is `private` is left out of whatever is shared.
    """

    name: str
    label: str
    kind: FieldKind
    column: str
    question: str = ""
    private: bool = False


class AnswerPart(Record, frozen=True, kw_only=True):
    """A part of an answer.

    `name` is the attribute of `Answer`, the key in JSON and in files of answers, and for what is
    `asked` the key under which a framework has the part's heading. `mark` names it in a worksheet's
    file. What is `private` is left out of whatever is shared.
    """

    name: str
    mark: str
    kind: PartKind
    asked: bool = True
    private: bool = False


class StateForm(Record, frozen=True, kw_only=True):
    """A state of a first step: the letter in its box, its sign, and its words.

    `word` is said of a step, `checked` at a check-in, `now` of one that has just come to it.
    """

    box: str
    sign: str
    word: str
    checked: str
    now: str


STEP_FIELDS = (
    StepField(name="text", label="First step", kind="action", column="first_step"),
    StepField(name="state", label="State", kind="state", column="state"),
    StepField(name="owner", label="Owner", kind="line", column="owner", question="owner"),
    StepField(name="due", label="Due", kind="line", column="due", question="due"),
    StepField(name="resources", label="Resources", kind="line", column="resources",
              question="resources"),
    StepField(name="evidence", label="Evidence", kind="line", column="evidence",
              question="evidence"),
    StepField(name="history", label="Checked", kind="lines", column="history"),
    StepField(name="notes", label="Notes", kind="text", column="step_notes", private=True),
)  # fmt: skip

ANSWER_PARTS = (
    AnswerPart(name="notes", mark="notes", kind="text", asked=False, private=True),
    AnswerPart(name="reflections", mark="reflections", kind="text", private=True),
    AnswerPart(name="first_steps", mark="first-steps", kind="steps"),
)
"""In the order in which they are written; `notes` is text that fits no other part."""

STATES: dict[State, StateForm] = {
    "open": StateForm(box=" ", sign="☐", word="open", checked="still open", now="open again"),
    "done": StateForm(box="x", sign="☑", word="done", checked="done", now="done"),
    "dropped": StateForm(box="-", sign="☒", word="dropped", checked="dropped", now="dropped"),
}

STATE_NAMES: tuple[State, ...] = get_args(State)

ASKED_PARTS = tuple(part for part in ANSWER_PARTS if part.asked)
ASKED_FIELDS = tuple(field for field in STEP_FIELDS if field.question)
DETAIL_FIELDS = tuple(field for field in STEP_FIELDS if field.kind in {"line", "lines"})
"""The fields that a line each is written for, below the step."""
