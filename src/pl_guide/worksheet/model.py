"""A worksheet as data: the answers to a role's questions; pure.

Texts obey two rules, which `tidy_text` and `tidy_line` establish and everything below relies on:
a text has no carriage returns, no blank lines at its ends, and no white space at its very end; a
line is such a text with every run of white space made one space.
"""

import re
from typing import Literal

from pl_guide.model import Framework, Role
from pl_guide.records import Record, replaced

FORMAT_VERSION = 1

State = Literal["open", "done", "dropped"]

_SURROGATES = re.compile("[\ud800-\udfff]")


class FirstStep(Record, frozen=True, kw_only=True):
    """Something that will be done; `due` is an ISO date, or whatever a person wrote instead.

    All fields are lines, except `notes`, which is what else stands under the step. `history` holds
    a line for each time someone checked on it, oldest first.
    """

    text: str
    state: State = "open"
    owner: str = ""
    due: str = ""
    resources: str = ""
    evidence: str = ""
    history: tuple[str, ...] = ()
    notes: str = ""


class Answer(Record, frozen=True, kw_only=True):
    """What was written under one question; `wording` is the question as it was asked.

    `notes` is text that someone put under the question outside of both answers.
    """

    question: str
    wording: str
    reflections: str = ""
    first_steps: tuple[FirstStep, ...] = ()
    notes: str = ""

    @property
    def answered(self) -> bool:
        """Whether anything has been written."""
        return bool(self.reflections or any(step.text for step in self.first_steps))


class Worksheet(Record, frozen=True, kw_only=True):
    """One team's thinking about one role's questions.

    `heading` stands at the top of the page, `columns` over the two kinds of answers; `preface` is
    text between them and the first question. `extra` is front matter that others have put there,
    word for word. `started` and `updated` are ISO dates with hours and minutes, or empty.
    """

    framework: str
    edition: str = ""
    role: str
    title: str
    heading: str = ""
    columns: tuple[str, str] = ("Reflections", "First Steps")
    participants: tuple[str, ...] = ()
    started: str = ""
    updated: str = ""
    extra: str = ""
    preface: str = ""
    answers: tuple[Answer, ...] = ()

    def answer(self, question: str) -> Answer | None:
        """Give the answer to a question, by its id."""
        return next((each for each in self.answers if each.question == question), None)

    def with_answer(self, answer: Answer) -> "Worksheet":
        """Give this worksheet with one answer in place of the one to the same question."""
        answers = [answer if each.question == answer.question else each for each in self.answers]
        if answer not in answers:
            answers.append(answer)
        return replaced(self, answers=tuple(answers))


class Draft(Record, frozen=True):
    """Text that is being typed, and the field (`reflections`, `first_steps`, …) it is meant for."""

    question: str
    field: str
    text: str


def blank_worksheet(
    framework: Framework, role: Role, participants: tuple[str, ...] = (), started: str = ""
) -> Worksheet:
    """Give a role's worksheet with nothing written yet."""
    return Worksheet(
        framework=framework.id,
        edition=framework.edition or "",
        role=role.id,
        title=tidy_line(role.title),
        heading=tidy_line(framework.terms.say(framework.phrases.worksheet, title=role.title)),
        columns=(
            tidy_line(framework.reflection.reflections),
            tidy_line(framework.reflection.first_steps),
        ),
        participants=participants,
        started=started,
        updated=started,
        preface=f"*{tidy_line(role.basis.note)}*" if role.basis else "",
        answers=tuple(
            Answer(question=each.id, wording=tidy_line(each.text)) for each in role.questions
        ),
    )


def joined(worksheet: Worksheet, people: list[str]) -> Worksheet:
    """Return a worksheet in which these people take part too."""
    names = dict.fromkeys([*worksheet.participants, *filter(None, map(tidy_line, people))])
    return replaced(worksheet, participants=tuple(names))


def completed(worksheet: Worksheet, role: Role) -> Worksheet:
    """Give a worksheet with a place for each question of the role, in the role's order.

    Answers to questions that are gone stay, after the others. An answer keeps its wording.
    """
    asked = {each.id for each in role.questions}
    answers = []
    for each in role.questions:
        blank = Answer(question=each.id, wording=tidy_line(each.text))
        found = worksheet.answer(each.id) or blank
        # A heading that someone deleted comes back.
        answers.append(found if found.wording else replaced(found, wording=blank.wording))
    gone = [each for each in worksheet.answers if each.question not in asked]
    return replaced(worksheet, answers=(*answers, *gone))


def goes_on(longer: str, shorter: str) -> bool:
    """Tell whether a text is another one with more written below or behind it, or above it."""
    rest = longer.removeprefix(shorter)
    begun = longer.startswith(shorter) and not rest[:1].isalnum()
    return not shorter or begun or f"\n\n{shorter}\n\n" in f"\n\n{longer}\n\n"


def tidy_text(text: str) -> str:
    """Bring what a person wrote, or what stood in a file, into the form of a text."""
    if not text.isascii():
        text = _SURROGATES.sub("\ufffd", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.rstrip(" \t\n").split("\n")
    while lines and not lines[0].strip(" \t"):
        lines.pop(0)
    return "\n".join(lines)


def tidy_line(text: str) -> str:
    """Bring what a person wrote into the form of a line."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(re.split(r"[ \t\n\r]+", tidy_text(text))).strip()
