"""The reflection as a state machine: ask, record, save, back, skip, review.

It knows no terminal and no file. It asks through an `Asker`, and keeps through a `Keeper`; both
may be scripted.
"""

from collections.abc import Callable
from datetime import date
from typing import Literal, assert_never

from pl_guide.library import Library
from pl_guide.messages import session as messages
from pl_guide.model import Question, Role
from pl_guide.records import replaced
from pl_guide.session.moves import DETAILS, FIRST_STEPS, REFLECTION, REFLECTIONS, ReflectionMove
from pl_guide.session.protocol import Asker, Keeper, Prompt, State
from pl_guide.session.saving import saved
from pl_guide.worksheet.due_dates import due_as_typed, parse_due
from pl_guide.worksheet.model import (
    Answer,
    Draft,
    FirstStep,
    Worksheet,
    completed,
    goes_on,
    tidy_line,
    tidy_text,
)
from pl_guide.worksheet.parts import ANSWER_PARTS, STEP_FIELDS
from pl_guide.worksheet.step_line import mended, parse_step_line, typed_line

Onward = Literal["accept", "back", "skip", "review"]
Way = Literal[Onward, "leave"]
"""How a question's field was left, once all that is answered within it is done."""


class Session:
    """One sitting over one worksheet.

    `only` are the ids of the questions to ask; `drafts` is text to give back that an earlier
    sitting could no longer save; `today` is the day that due dates are reckoned from, and `now`
    gives the time that a change is dated with.
    """

    def __init__(  # noqa: PLR0913 - what a sitting is made of
        self,
        library: Library,
        role: Role,
        worksheet: Worksheet,
        asker: Asker,
        keeper: Keeper,
        *,
        today: date,
        now: Callable[[], str],
        only: tuple[str, ...] = (),
        drafts: tuple[Draft, ...] = (),
    ) -> None:
        self.library = library
        self.role = role
        self.worksheet = completed(worksheet, role)
        self.asker = asker
        self.keeper = keeper
        self.today = today
        self.now = now
        self.questions = [found for found in role.questions if not only or found.id in only]
        # Text that was typed and not accepted, by question and field; it is offered again.
        self.pending = {(draft.question, draft.field): draft.text for draft in drafts}
        # Questions with a step that was typed in this sitting and is pending.
        self.left: set[str] = set()

    def run(self, *, at: int | None = 0) -> bool:
        """Ask from question `at` on (None begins with the review), and save all along.

        Returns True if the person finished, False if they left early. Steps that were typed in this
        sitting and left in their field are taken in then; `pending` is what was never offered.
        """
        finished = self._run(at)
        for question in self.questions:
            if question.id in self.left:
                steps = self._steps_typed(self.pending.pop((question.id, FIRST_STEPS), ""))
                if steps:
                    self._add_steps(question, steps)
        return finished

    def _run(self, at: int | None) -> bool:
        field = FIRST_STEPS if at is not None and self._waits_in_steps(at) else REFLECTIONS
        while True:
            if at is None or at >= len(self.questions):
                reply = self.asker.ask_review(self.states())
                match reply.move:
                    case "leave":
                        return False
                    case "back":
                        at, field = len(self.questions) - 1, FIRST_STEPS
                    case "accept":
                        if not reply.text:
                            return True
                        at, field = int(reply.text) - 1, REFLECTIONS
                    case _:
                        assert_never(reply.move)
                continue
            way = self._ask_reflections(at) if field == REFLECTIONS else self._ask_steps(at)
            if way == "leave":
                return False
            at, field = self._next(at, field, way)

    def _next(self, at: int, field: str, way: Onward) -> tuple[int | None, str]:
        """Return which question and field come next; None is the review."""
        match way:
            case "review":
                return None, REFLECTIONS
            case "skip":
                return at + 1, REFLECTIONS
            case "back":
                if field == FIRST_STEPS:
                    return at, REFLECTIONS
                return (at - 1, FIRST_STEPS) if at else (0, REFLECTIONS)
            case "accept":
                return (at, FIRST_STEPS) if field == REFLECTIONS else (at + 1, REFLECTIONS)
            case _:
                assert_never(way)

    def first_unanswered(self) -> int | None:
        """Return which question is the first with nothing written, or None if there is none."""
        for at, question in enumerate(self.questions):
            if any(key == question.id for key, _ in self.pending):
                return at
            if not self._answer(question).answered:
                return at
        return None

    def states(self) -> tuple[State, ...]:
        """Say of each question what there is of its answer."""
        return tuple(
            State(
                number,
                question.text,
                bool(self._answer(question).reflections),
                len(self._answer(question).first_steps),
                self.library.terms,
            )
            for number, question in enumerate(self.questions, 1)
        )

    def _waits_in_steps(self, at: int) -> bool:
        """Tell whether what was being typed belongs to a question's steps, not its reflections."""
        if at >= len(self.questions):
            return False
        fields = {field for key, field in self.pending if key == self.questions[at].id}
        return bool(fields) and REFLECTIONS not in fields

    def _ask_reflections(self, at: int) -> Way:
        question = self.questions[at]
        answer = self._answer(question)
        if answer.answered and answer.wording != tidy_line(question.text):
            was = self.library.terms.say(messages.REWORDED, wording=answer.wording)
            self.asker.tell(was)
        text = self.pending.get((question.id, REFLECTIONS), answer.reflections)
        if not goes_on(text, answer.reflections) and text != answer.reflections:
            # The draft is of another text than the file has now: both are there to choose from.
            text = f"{answer.reflections}\n\n{text}"
        while True:
            reply = self.asker.ask_text(
                self._prompt(at, REFLECTIONS, self.worksheet.columns[0], text=text)
            )
            text = reply.text
            answer = replaced(self._answer(question), reflections=tidy_text(text))
            self._record(answer, question, REFLECTIONS)
            self.pending.pop((question.id, REFLECTIONS), None)
            match reply.move:
                case "accept" | "back" | "skip" | "review" | "leave":
                    return reply.move
                case "recall" | "next_field":
                    pass  # These count where steps are typed; here the field is asked again.
                case _:
                    assert_never(reply.move)

    def _ask_steps(self, at: int) -> Way:
        question = self.questions[at]
        fresh = True
        written = self._answer(question).first_steps
        if written and any((question.id, name) in self.pending for name in DETAILS):
            way = self._ask_details(at, written[-1])
            if way != "accept":
                return way
        while True:
            way, text = self._ask_step(at, fresh=fresh)
            fresh = False
            if text is None:
                if way == "accept":
                    continue
                return way
            steps = self._steps_typed(text)
            if steps and way not in {"accept", "leave"}:
                self.pending[question.id, FIRST_STEPS] = text
                self.left.add(question.id)
                return way
            self.pending.pop((question.id, FIRST_STEPS), None)
            self._add_steps(question, steps)
            if way != "accept" or not steps:
                return way
            if len(steps) == 1:
                way = self._ask_details(at, steps[0])
                if way != "accept":
                    return way

    def _ask_step(self, at: int, *, fresh: bool) -> tuple[Way, str | None]:
        """Ask for a step; return how its field was left, and with what text.

        The text is None if it was that of a recalled step, which is changed in its place then.
        """
        question, recalled = self.questions[at], None
        key = (question.id, FIRST_STEPS)
        while True:
            text = self.pending.get(key, "")
            reply = self.asker.ask_text(
                self._prompt(at, FIRST_STEPS, self.worksheet.columns[1], text=text, fresh=fresh)
            )
            fresh = False
            match reply.move:
                case "recall":
                    recalled = self._recall(question, recalled)
                case "next_field":
                    self.pending[key] = reply.text  # It counts in details; this is asked again.
                case "accept" | "back" | "skip" | "review" | "leave":
                    if recalled is None:
                        return reply.move, reply.text
                    del self.pending[key]
                    if reply.text == text:
                        self.keeper.clear_draft(*key)
                    else:
                        self._change_step(question, recalled, self._steps_typed(reply.text))
                    return reply.move, None
                case _:
                    assert_never(reply.move)

    def _recall(self, question: Question, last: FirstStep | None) -> FirstStep | None:
        """Put the step above back into its field, to be changed; the one above `last`, if any."""
        steps = self._answer(question).first_steps
        if not steps:
            return None
        step = steps[steps.index(last) - 1] if last in steps else steps[-1]
        self.pending[question.id, FIRST_STEPS] = typed_line(step, self.today)
        return step

    def _change_step(
        self, question: Question, old: FirstStep, typed: tuple[FirstStep, ...]
    ) -> None:
        """Put what was typed in place of a recalled step, which keeps what no line can say."""
        changed = tuple(mended(old, step, self.today) for step in typed[:1])
        self._replace_step(question, old, changed + typed[1:], FIRST_STEPS)

    def _ask_details(self, at: int, step: FirstStep) -> Way:
        """Ask for what a step still lacks; an empty answer skips the rest."""
        question = self.questions[at]
        key = question.id
        waiting = [n for n, name in enumerate(DETAILS) if (key, name) in self.pending]
        number, forward, fresh = min(waiting, default=0), True, True
        while number < len(DETAILS):
            name = DETAILS[number]
            given = getattr(step, name)
            pending = self.pending.pop((key, name), "")
            if given and forward and not pending:
                number += 1
                continue
            label = messages.DETAIL.format(name=name.capitalize(), step=step.text)
            reply = self.asker.ask_text(
                self._prompt(at, name, label, text=pending or given, fresh=fresh)
            )
            fresh = False
            typed = tidy_line(reply.text)
            if name == "due" and typed:
                if reply.move in {"accept", "next_field"} and not parse_due(typed, self.today):
                    self.asker.tell(messages.NO_DATE.format(typed=typed))
                    forward = False
                    continue
                typed = due_as_typed(typed, given, self.today)
            step = self._with_detail(question, step, name, typed)
            match reply.move:
                case "accept" | "next_field":
                    if not typed and reply.move == "accept":
                        return "accept"
                    number, forward = number + 1, True
                case "back":
                    if number == 0:
                        return "accept"
                    number, forward = number - 1, False
                case "recall":
                    forward = False  # It counts where steps are typed; this is asked again.
                case "skip" | "review" | "leave":
                    return reply.move
                case _:
                    assert_never(reply.move)
        return "accept"

    def _with_detail(self, question: Question, step: FirstStep, name: str, typed: str) -> FirstStep:
        """Put a detail on disk, and return the step with it."""
        if typed == getattr(step, name):
            self.keeper.clear_draft(question.id, name)
            return step
        value = typed.removeprefix("@") if name == "owner" else typed
        changed = replaced(step, **{name: value})
        self._replace_step(question, step, (changed,), name)
        return changed

    def _steps_typed(self, text: str) -> tuple[FirstStep, ...]:
        names = self.worksheet.participants
        found = (parse_step_line(line, names, self.today) for line in tidy_text(text).split("\n"))
        return tuple(step for step in found if step)

    def _add_steps(self, question: Question, steps: tuple[FirstStep, ...]) -> None:
        answer = self._answer(question)
        whole = replaced(answer, first_steps=answer.first_steps + steps)
        self._record(whole, question, FIRST_STEPS)

    def _replace_step(
        self, question: Question, old: FirstStep, new: tuple[FirstStep, ...], field: str
    ) -> None:
        """Put others in place of a step, the last of equal ones; none takes it out."""
        answer = self._answer(question)
        steps = list(answer.first_steps)
        # What someone changed or took out meanwhile stays so; ours is added at the end.
        at = len(steps) - 1 - steps[::-1].index(old) if old in steps else len(steps)
        steps[at : at + 1] = new
        self._record(replaced(answer, first_steps=tuple(steps)), question, field)

    def _record(self, answer: Answer, question: Question, field: str) -> None:
        """Take an answer into the worksheet, and put it on disk before anything else happens."""
        if answer == self._answer(question):
            self.keeper.clear_draft(question.id, field)
            return
        answer = replaced(answer, wording=tidy_line(question.text))
        self.worksheet = replaced(self.worksheet.with_answer(answer), updated=self.now())
        answered = (found for found in self.worksheet.answers if found.answered)
        self._save("\n\n".join(map(_in_words, answered)))
        self.keeper.clear_draft(question.id, field)

    def _save(self, unsaved: str) -> None:
        sheet, merged = saved(self.keeper, self.asker, self.worksheet, unsaved)
        self.worksheet = completed(sheet, self.role)
        if merged is not None:
            numbers = {question.id: n for n, question in enumerate(self.role.questions, 1)}
            taken = [numbers[key] for key in merged.taken if key in numbers]
            disputed = [numbers[key] for key in merged.disputed if key in numbers]
            told = messages.others_wrote(self.library.terms, taken, disputed)
            if told:
                self.asker.tell(told)

    def _answer(self, question: Question) -> Answer:
        found = self.worksheet.answer(question.id)
        return found or Answer(question=question.id, wording=tidy_line(question.text))

    def _prompt(
        self, at: int, field: str, label: str, *, text: str = "", fresh: bool = True
    ) -> Prompt[ReflectionMove]:
        question = self.questions[at]
        served = {found.id for found in self.library.standards_of(question.standards)}
        return Prompt(
            question=question,
            number=at + 1,
            total=len(self.questions),
            answered=sum(self._answer(found).answered for found in self.questions),
            field=field,
            label=label,
            moves=REFLECTION,
            text=text,
            steps=self._answer(question).first_steps,
            names=self.worksheet.participants,
            responsibilities=tuple(
                duty.text
                for duty in self.role.responsibilities
                if any(found.id in served for found in self.library.standards_of(duty.standards))
            ),
            standards=tuple(
                f"{standard.title}: {standard.statement}"
                for standard in self.library.standards_of(question.standards)
            ),
            fresh=fresh,
            terms=self.library.terms,
            phrases=self.library.framework.phrases,
        )


def _in_words(answer: Answer) -> str:
    lines = [answer.wording]
    for part in ANSWER_PARTS:
        value = getattr(answer, part.name)
        match part.kind:
            case "text":
                lines.append(value)
            case "steps":
                lines += map(_step_in_words, value)
            case _:
                assert_never(part.kind)
    return "\n".join(filter(None, lines))


def _step_in_words(step: FirstStep) -> str:
    values = (getattr(step, field.name) for field in STEP_FIELDS if field.kind != "state")
    lines = (value if isinstance(value, str) else " · ".join(value) for value in values)
    return " · ".join(filter(None, lines))
