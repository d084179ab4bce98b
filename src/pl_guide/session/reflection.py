"""The reflection as a state machine: ask, record, save, back, skip, review.

It knows no terminal and no file. It asks through an `Asker`, and keeps through a `Keeper`; both
may be scripted.
"""

from collections.abc import Callable
from datetime import date

from pl_guide.library import Library
from pl_guide.model import Question, Role
from pl_guide.records import replaced
from pl_guide.session.protocol import (
    DETAILS,
    FIRST_STEPS,
    REFLECTIONS,
    Asker,
    Keeper,
    Move,
    Prompt,
    State,
)
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
from pl_guide.worksheet.step_line import mended, parse_step_line, typed_line
from pl_guide.worksheet.three_way import Merged


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
        self.questions = [each for each in role.questions if not only or each.id in only]
        # Text that was typed and not accepted, by question and field; it is offered again.
        self.pending = {(each.question, each.field): each.text for each in drafts}
        # Questions with a step that was typed in this sitting and is pending.
        self.left: set[str] = set()

    def run(self, *, at: int | None = 0) -> bool:
        """Ask from question `at` on (None begins with the review), and save all along.

        Gives True if the person finished, False if they left early. Steps that were typed in this
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
                if reply.move == "leave":
                    return False
                if reply.move == "back":
                    at, field = len(self.questions) - 1, FIRST_STEPS
                elif not reply.text:
                    return True
                else:
                    at, field = int(reply.text) - 1, REFLECTIONS
                continue
            ask = self._ask_reflections if field == REFLECTIONS else self._ask_steps
            move = ask(at)
            if move == "leave":
                return False
            at, field = self._next(at, field, move)

    def first_unanswered(self) -> int | None:
        """Give the place of the first question with nothing written, or None if there is none."""
        for place, question in enumerate(self.questions):
            if any(key == question.id for key, _ in self.pending):
                return place
            if not self._answer(question).answered:
                return place
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

    def _next(self, at: int, field: str, move: Move) -> tuple[int | None, str]:
        if move == "review":
            return None, REFLECTIONS
        if move == "skip":
            return at + 1, REFLECTIONS
        if move == "back":
            if field == FIRST_STEPS:
                return at, REFLECTIONS
            return (at - 1, FIRST_STEPS) if at else (0, REFLECTIONS)
        return (at, FIRST_STEPS) if field == REFLECTIONS else (at + 1, REFLECTIONS)

    def _ask_reflections(self, at: int) -> Move:
        question = self.questions[at]
        answer = self._answer(question)
        if answer.answered and answer.wording != tidy_line(question.text):
            said = "This {question} was worded differently then: “{wording}”"
            self.asker.tell(self.library.terms.say(said, wording=answer.wording))
        text = self.pending.get((question.id, REFLECTIONS), answer.reflections)
        if not goes_on(text, answer.reflections) and text != answer.reflections:
            # The draft is of another text than the file has now: both are there to choose from.
            text = f"{answer.reflections}\n\n{text}"
        reply = self.asker.ask_text(
            self._prompt(at, REFLECTIONS, self.worksheet.columns[0], text=text)
        )
        self._record(replaced(answer, reflections=tidy_text(reply.text)), question, REFLECTIONS)
        self.pending.pop((question.id, REFLECTIONS), None)
        return reply.move

    def _ask_steps(self, at: int) -> Move:
        question = self.questions[at]
        fresh = True
        recalled: FirstStep | None = None
        written = self._answer(question).first_steps
        if written and any((question.id, name) in self.pending for name in DETAILS):
            move = self._ask_details(at, written[-1])
            if move != "accept":
                return move
        while True:
            text = self.pending.get((question.id, FIRST_STEPS), "")
            reply = self.asker.ask_text(
                self._prompt(at, FIRST_STEPS, self.worksheet.columns[1], text=text, fresh=fresh)
            )
            fresh = False
            if reply.move == "recall":
                recalled = self._recall(question, recalled)
                continue
            if recalled is not None:
                self.pending.pop((question.id, FIRST_STEPS), None)
                if reply.text == text:
                    self.keeper.clear_draft(question.id, FIRST_STEPS)
                else:
                    self._change_step(question, recalled, self._steps_typed(reply.text))
                recalled = None
                if reply.move == "accept":
                    continue
                return reply.move
            if reply.move in {"back", "review", "skip"} and tidy_text(reply.text):
                self.pending[question.id, FIRST_STEPS] = reply.text
                self.left.add(question.id)
                return reply.move
            self.pending.pop((question.id, FIRST_STEPS), None)
            steps = self._steps_typed(reply.text)
            self._add_steps(question, steps)
            if reply.move != "accept" or not steps:
                return reply.move
            if len(steps) == 1:
                move = self._ask_details(at, steps[0])
                if move != "accept":
                    return move

    def _recall(self, question: Question, last: FirstStep | None) -> FirstStep | None:
        """Put the step above back into its field, to be mended; the one above `last`, if any."""
        steps = self._answer(question).first_steps
        if not steps:
            return None
        step = steps[steps.index(last) - 1] if last in steps else steps[-1]
        self.pending[question.id, FIRST_STEPS] = typed_line(step, self.today)
        return step

    def _change_step(
        self, question: Question, old: FirstStep, typed: tuple[FirstStep, ...]
    ) -> None:
        """Put what was typed in the place of a step; nothing typed takes the step out."""
        answer = self._answer(question)
        new = tuple(
            mended(old, each, self.today) if not place else each for place, each in enumerate(typed)
        )
        steps = list(answer.first_steps)
        place = steps.index(old) if old in steps else len(steps)
        steps[place : place + 1] = new
        self._record(replaced(answer, first_steps=tuple(steps)), question, FIRST_STEPS)

    def _ask_details(self, at: int, step: FirstStep) -> Move:
        """Ask for what a step still lacks; an empty answer skips the rest."""
        key = self.questions[at].id
        waiting = [n for n, name in enumerate(DETAILS) if (key, name) in self.pending]
        place, forward, fresh = min(waiting, default=0), True, True
        while place < len(DETAILS):
            name = DETAILS[place]
            given = getattr(step, name)
            typed = self.pending.pop((key, name), "")
            if given and forward and not typed:
                place += 1
                continue
            label = f"{name.capitalize()} of “{step.text}”"
            prompt = self._prompt(at, name, label, text=typed or given, fresh=fresh)
            fresh = False
            reply = self.asker.ask_text(prompt)
            said = tidy_line(reply.text)
            if name == "due" and said:
                understood = parse_due(said, self.today)
                if understood is None and reply.move in {"accept", "next_field"}:
                    self.asker.tell(
                        f"“{said}” isn't a date I know. Try 2026-09-01, Dec 15, friday or +2w; "
                        "or leave it empty."
                    )
                    forward = False
                    continue
                said = due_as_typed(said, given, self.today)
            if said != given:
                value = said.removeprefix("@") if name == "owner" else said
                changed = replaced(step, **{name: value})
                self._replace_step(self.questions[at], step, changed, name)
                step = changed
            else:
                self.keeper.clear_draft(key, name)
            if reply.move == "back":
                if place == 0:
                    return "accept"
                place, forward = place - 1, False
                continue
            if reply.move not in {"accept", "next_field"}:
                return reply.move
            if not said and reply.move == "accept":
                return "accept"
            place, forward = place + 1, True
        return "accept"

    def _steps_typed(self, text: str) -> tuple[FirstStep, ...]:
        names = self.worksheet.participants
        found = (parse_step_line(line, names, self.today) for line in tidy_text(text).split("\n"))
        return tuple(step for step in found if step)

    def _add_steps(self, question: Question, steps: tuple[FirstStep, ...]) -> None:
        answer = self._answer(question)
        whole = replaced(answer, first_steps=answer.first_steps + steps)
        self._record(whole, question, FIRST_STEPS)

    def _replace_step(self, question: Question, old: FirstStep, new: FirstStep, field: str) -> None:
        answer = self._answer(question)
        steps = list(answer.first_steps)
        if old in steps:
            steps[len(steps) - 1 - steps[::-1].index(old)] = new
        else:
            # Someone changed it meanwhile; both stand.
            steps.append(new)
        self._record(replaced(answer, first_steps=tuple(steps)), question, field)

    def _record(self, answer: Answer, question: Question, field: str) -> None:
        """Take an answer into the worksheet, and put it on disk before anything else happens."""
        if answer == self._answer(question):
            self.keeper.clear_draft(question.id, field)
            return
        answer = replaced(answer, wording=tidy_line(question.text))
        self.worksheet = replaced(self.worksheet.with_answer(answer), updated=self.now())
        self._save("\n\n".join(_in_words(each) for each in self.worksheet.answers if each.answered))
        self.keeper.clear_draft(question.id, field)

    def _save(self, unsaved: str) -> None:
        sheet, merged = saved(self.keeper, self.asker, self.worksheet, unsaved)
        self.worksheet = completed(sheet, self.role)
        self._tell_merged(merged)

    def _tell_merged(self, merged: Merged | None) -> None:
        if merged is None:
            return
        numbers = {each.id: str(n) for n, each in enumerate(self.role.questions, 1)}
        taken = [numbers[key] for key in merged.taken if key in numbers]
        disputed = [numbers[key] for key in merged.disputed if key in numbers]
        question = self.library.terms.question.one
        if disputed:
            self.asker.tell(
                "The file was changed elsewhere meanwhile. Where both wrote, both texts stand: "
                f"{question} {', '.join(disputed)}."
            )
        elif taken:
            self.asker.tell(
                "The file was changed elsewhere meanwhile. What was written there is in it too: "
                f"{question} {', '.join(taken)}."
            )

    def _answer(self, question: Question) -> Answer:
        found = self.worksheet.answer(question.id)
        return found or Answer(question=question.id, wording=tidy_line(question.text))

    def _prompt(
        self, at: int, field: str, label: str, *, text: str = "", fresh: bool = True
    ) -> Prompt:
        question = self.questions[at]
        served = {each.id for each in self.library.standards_of(question.standards)}
        return Prompt(
            question=question,
            number=at + 1,
            total=len(self.questions),
            answered=sum(self._answer(each).answered for each in self.questions),
            field=field,
            label=label,
            text=text,
            steps=self._answer(question).first_steps,
            names=self.worksheet.participants,
            responsibilities=tuple(
                each.text
                for each in self.role.responsibilities
                if any(found.id in served for found in self.library.standards_of(each.standards))
            ),
            standards=tuple(
                f"{each.title}: {each.statement}"
                for each in self.library.standards_of(question.standards)
            ),
            fresh=fresh,
            terms=self.library.terms,
            phrases=self.library.framework.phrases,
        )


def _in_words(answer: Answer) -> str:
    steps = [
        " · ".join(filter(None, (step.text, step.owner, step.due))) for step in answer.first_steps
    ]
    return "\n".join(filter(None, (f"{answer.wording}", answer.reflections, *steps)))
