"""The reflection as a state machine: ask, record, save, back, skip, review.

It knows no terminal and no file, only an `Asker` and a `Keeper`, either of which may be scripted.
"""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from datetime import date
from typing import assert_never

from pl_guide.library import Library
from pl_guide.messages import session as messages
from pl_guide.model import Question, Role
from pl_guide.records import replaced
from pl_guide.session.moves import DETAILS, FIRST_STEPS, REFLECTION, TEXTS, ReflectionMove
from pl_guide.session.protocol import Asker, Keeper, Prompt, Reply, State, saved
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
from pl_guide.worksheet.parts import ASKED_PARTS, AnswerPart
from pl_guide.worksheet.step_line import edited_step, parse_step_line, typed_line


@dataclass
class Session:
    """One sitting over one worksheet.

    `only` are the ids of questions to ask, `drafts` text that an earlier sitting could no longer
    save; due dates are reckoned from `today`, and `now` gives the time that changes are dated with.
    """

    library: Library
    role: Role
    worksheet: Worksheet
    asker: Asker
    keeper: Keeper
    _: KW_ONLY
    today: date
    now: Callable[[], str]
    only: tuple[str, ...] = ()
    drafts: tuple[Draft, ...] = ()

    def __post_init__(self) -> None:
        self.worksheet = completed(self.worksheet, self.role)
        self.questions = [
            found for found in self.role.questions if not self.only or found.id in self.only
        ]
        # Text that was typed and not accepted, by question and field; it is offered again.
        self.pending = {(draft.question, draft.field): draft.text for draft in self.drafts}
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
                text = self.pending.pop((question.id, FIRST_STEPS), "")
                self._put_steps(question, None, self._steps_typed(text), FIRST_STEPS)
        return finished

    def _run(self, at: int | None) -> bool:
        # Of each question there is a place for each part of its answer; then comes the review.
        parts = len(ASKED_PARTS)
        review = parts * len(self.questions)
        place = review if at is None else parts * at + self._waits_in(self.questions[at])
        while True:
            if place == review:
                reply = self.asker.ask_review(self.states())
                if reply.move == "accept":
                    if not reply.text:
                        return True
                    place = parts * (int(reply.text) - 1)
                    continue
                way: ReflectionMove = reply.move
            else:
                at, part = divmod(place, parts)
                way = self._ask_part(at, ASKED_PARTS[part])
            match way:
                case "accept":
                    place += 1
                case "back":
                    place = max(place - 1, 0)
                case "skip":
                    place += parts - place % parts
                case "review":
                    place = review
                case "leave":
                    return False
                case "recall" | "next_field":
                    pass  # They count where steps are typed; here the field is asked again.
                case _:
                    assert_never(way)

    def first_unanswered(self) -> int | None:
        """Return which question is the first with nothing written, or None if there is none."""
        for at, question in enumerate(self.questions):
            if self._fields_typed(question) or not self._answer(question).answered:
                return at
        return None

    def states(self) -> tuple[State, ...]:
        """Say of each question what there is of its answer."""
        found = [(question.text, self._answer(question)) for question in self.questions]
        return tuple(
            State(
                number=n,
                wording=text,
                reflected=any(getattr(answer, name) for name in TEXTS),
                steps=len(answer.first_steps),
                terms=self.library.terms,
            )
            for n, (text, answer) in enumerate(found, 1)
        )

    def _fields_typed(self, question: Question) -> set[str]:
        """Return the fields of a question that hold text which isn't accepted yet."""
        return {field for key, field in self.pending if key == question.id}

    def _waits_in(self, question: Question) -> int:
        """Return to which part of a question's answer what was being typed belongs."""
        fields = self._fields_typed(question)
        names = [part.name for part in ASKED_PARTS]
        if fields and fields.isdisjoint(TEXTS):
            return names.index(FIRST_STEPS)
        return next((n for n, name in enumerate(names) if name in fields), 0)

    def _ask_part(self, at: int, part: AnswerPart) -> ReflectionMove:
        match part.kind:
            case "text":
                return self._ask_text(at, part.name)
            case "steps":
                return self._ask_steps(at)
            case _:
                assert_never(part.kind)

    def _ask_text(self, at: int, name: str) -> ReflectionMove:
        question = self.questions[at]
        answer = self._answer(question)
        if name == TEXTS[0] and answer.answered and answer.wording != tidy_line(question.text):
            was = self.library.terms.say(messages.REWORDED, wording=answer.wording)
            self.asker.tell(was)
        before = getattr(answer, name)
        text = self.pending.get((question.id, name), before)
        if not goes_on(text, before):
            # The draft is of another text than the file has now: both are there to choose from.
            text = f"{before}\n\n{text}"
        reply = self._ask(at, name, text)
        answer = replaced(self._answer(question), **{name: tidy_text(reply.text)})
        self._record(answer, question, name)
        self.pending.pop((question.id, name), None)
        return reply.move

    def _ask_steps(self, at: int) -> ReflectionMove:
        """Ask for one step after another, each with its details, until the person goes on."""
        question = self.questions[at]
        key = (question.id, FIRST_STEPS)
        way: ReflectionMove = "accept"
        if not self._fields_typed(question).isdisjoint(DETAILS):
            for step in self._answer(question).first_steps[-1:]:
                way = self._ask_details(at, step)
        # A step that is recalled, to be changed, and how it was put into the field.
        recalled, line = None, ""
        text, fresh = self.pending.get(key, ""), True
        while way in {"accept", "recall"}:
            if way == "recall":
                recalled = self._step_above(question, recalled)
                text = line = typed_line(recalled, self.today) if recalled else ""
            reply = self._ask(at, FIRST_STEPS, text, fresh=fresh, recalled=recalled is not None)
            text, fresh, way = reply.text, False, reply.move
            if way == "recall" and text.strip() in {"", line}:
                continue
            if way == "recall":
                # It isn't in the worksheet yet; a recalled step would take its place.
                self.asker.tell(self.library.terms.say(messages.TYPED_FIRST))
            if way in {"recall", "next_field"}:
                way = "accept"  # They don't count here; the field is asked again.
                continue
            steps = self._steps_typed(text)
            self.pending.pop(key, None)
            if recalled:
                # What no line can say stays.
                changed = tuple(edited_step(recalled, step, self.today) for step in steps[:1])
                new = (recalled,) if text == line else changed + steps[1:]
                self._put_steps(question, recalled, new, FIRST_STEPS)
            elif steps and way not in {"accept", "leave"}:
                self.pending[key] = text
                self.left.add(question.id)
                return way
            else:
                self._put_steps(question, None, steps, FIRST_STEPS)
                if not steps:
                    break
                if way == "accept" and len(steps) == 1:
                    way = self._ask_details(at, steps[0])
            recalled, text, line = None, "", ""
        return way

    def _step_above(self, question: Question, last: FirstStep | None) -> FirstStep | None:
        """Return the step above `last`, or else the last one there is, if any."""
        steps = self._answer(question).first_steps
        if last in steps:
            return steps[steps.index(last) - 1]
        return steps[-1] if steps else None

    def _ask_details(self, at: int, step: FirstStep) -> ReflectionMove:
        """Ask for what a step still lacks; an empty answer skips the rest.

        Going back from the first detail recalls the step itself.
        """
        question = self.questions[at]
        waiting = [n for n, name in enumerate(DETAILS) if (question.id, name) in self.pending]
        number, forward, fresh = min(waiting, default=0), True, True
        while number < len(DETAILS):
            name = DETAILS[number]
            given = getattr(step, name)
            pending = self.pending.pop((question.id, name), "")
            if given and forward and not pending:
                number += 1
                continue
            reply = self._ask(at, name, pending or given, fresh=fresh, step=step.text)
            fresh = False
            forward = reply.move in {"accept", "next_field"}
            typed = tidy_line(reply.text)
            if name == "due" and typed:
                if forward and not parse_due(typed, self.today):
                    self.asker.tell(messages.NO_DATE.format(typed=typed))
                    forward = False
                    continue
                typed = due_as_typed(typed, given, self.today)
            value = typed.removeprefix("@") if name == "owner" else typed
            changed = replaced(step, **{name: value})
            self._put_steps(question, step, (changed,), name)
            step = changed
            match reply.move:
                case "next_field":
                    number += 1
                case "accept" if typed:
                    number += 1
                case "back" if number:
                    number -= 1
                case "back":
                    return "recall"
                case "recall":
                    pass  # It counts where steps are typed; this is asked again.
                case "accept" | "skip" | "review" | "leave":
                    return reply.move
                case _:
                    assert_never(reply.move)
        return "accept"

    def _steps_typed(self, text: str) -> tuple[FirstStep, ...]:
        names = self.worksheet.participants
        found = (parse_step_line(line, names, self.today) for line in tidy_text(text).split("\n"))
        return tuple(step for step in found if step)

    def _put_steps(
        self, question: Question, old: FirstStep | None, new: tuple[FirstStep, ...], field: str
    ) -> None:
        """Put steps in place of one, the last of equal ones (none takes it out), or at the end."""
        answer = self._answer(question)
        steps = list(answer.first_steps)
        if new != (old,):
            # What someone changed or took out meanwhile stays so; ours is added at the end.
            at = len(steps) - 1 - steps[::-1].index(old) if old in steps else len(steps)
            steps[at : at + 1] = new
        self._record(replaced(answer, first_steps=tuple(steps)), question, field)

    def _record(self, answer: Answer, question: Question, field: str) -> None:
        """Take an answer into the worksheet, and put it on disk before anything else happens."""
        if answer != self._answer(question):
            answer = replaced(answer, wording=tidy_line(question.text))
            sheet = replaced(self.worksheet.with_answer(answer), updated=self.now())
            sheet, merged = saved(self.keeper, self.asker, sheet)
            self.worksheet = completed(sheet, self.role)
            if merged:
                numbers = {found.id: n for n, found in enumerate(self.role.questions, 1)}
                taken = [numbers[key] for key in merged.taken if key in numbers]
                disputed = [numbers[key] for key in merged.disputed if key in numbers]
                others = messages.others_wrote(self.library.terms, taken, disputed)
                if others:
                    self.asker.tell(others)
        self.keeper.clear_draft(question.id, field)

    def _answer(self, question: Question) -> Answer:
        return next(found for found in self.worksheet.answers if found.key == question.id)

    def _ask(  # noqa: PLR0913 - what differs from field to field
        self,
        at: int,
        field: str,
        text: str,
        *,
        fresh: bool = True,
        recalled: bool = False,
        step: str = "",
    ) -> Reply[ReflectionMove]:
        """Ask for what is in a field; `step` is the one that a detail is of."""
        question = self.questions[at]
        touched = self.library.standards_of(question.standards)
        served = {standard.id for standard in touched}
        names = (part.name for part in ASKED_PARTS)
        columns = dict(zip(names, self.worksheet.columns, strict=True))
        detail = messages.DETAIL.format(name=field.capitalize(), step=step)
        prompt = Prompt(
            question=question,
            number=at + 1,
            total=len(self.questions),
            answered=sum(self._answer(found).answered for found in self.questions),
            field=field,
            label=columns.get(field, detail),
            moves=REFLECTION,
            text=text,
            steps=self._answer(question).first_steps,
            names=self.worksheet.participants,
            responsibilities=tuple(
                duty.text
                for duty in self.role.responsibilities
                if any(found.id in served for found in self.library.standards_of(duty.standards))
            ),
            standards=tuple(f"{standard.title}: {standard.statement}" for standard in touched),
            fresh=fresh,
            terms=self.library.terms,
            phrases=self.library.framework.phrases,
            recalled=recalled,
        )
        return self.asker.ask_text(prompt)
