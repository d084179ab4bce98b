"""A worksheet as data: the answers to a role's questions; pure.

Texts obey two rules, which `tidy_text` and `tidy_line` establish and everything below relies on:
a text has no carriage returns, no blank lines at its ends, and no white space at its very end; a
line is such a text with every run of white space made one space.
"""

import re

from pl_guide.model import Framework, ReflectionTable, Role
from pl_guide.records import Record, replaced
from pl_guide.worksheet.parts import ASKED_PARTS, State

_SURROGATES = re.compile("[\ud800-\udfff]")

USUAL_COLUMNS = tuple(getattr(ReflectionTable(), part.name) for part in ASKED_PARTS)
"""The headings of an answer's parts where neither a framework nor a file names them."""

_ASKED = tuple(part.name for part in ASKED_PARTS)


class FirstStep(Record, frozen=True):
    """A first step.

    All fields are lines, except `notes`, a text, and `history`, which holds a line for each time
    someone checked on the step, oldest first. `parts.py` says what becomes of each field.

    Attributes:
        text: What will be done.
        state: Whether it is open, done or dropped.
        owner: Who sees to it: a name, and a job title if you like.
        due: When it is due, as `2026-12-01`, or in other words.
        resources: What it takes: people, money, time, materials.
        evidence: What will show that it was done, and that it made a difference.
        history: What was found each time someone checked on it.
        notes: What else there is to say, in Markdown.
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

    `role` is the id of the role whose question it is, empty where it is the worksheet's own.
    `notes` is text under the question outside of the other parts, which `parts.py` lists.
    """

    question: str
    wording: str
    role: str = ""
    reflections: str = ""
    first_steps: tuple[FirstStep, ...] = ()
    notes: str = ""

    @property
    def key(self) -> str:
        """What names the question within its worksheet: its id, after that of another role."""
        return f"{self.role}/{self.question}" if self.role else self.question

    @property
    def answered(self) -> bool:
        """Whether anything has been written."""
        # A plain loop, since surveys ask this of every answer of thousands of worksheets.
        for name in _ASKED:
            value = getattr(self, name)
            if value and (isinstance(value, str) or any(step.text for step in value)):
                return True
        return False


class Section(Record, frozen=True, kw_only=True):
    """Text with a heading before or after the questions; `name` is what the program knows it by."""

    name: str
    heading: str
    text: str = ""


class Worksheet(Record, frozen=True, kw_only=True):
    """One team's thinking about the questions of one role, or about one or several standards.

    `id` lasts as long as the worksheet; it is made with the first words, so a blank one has none.
    One that colleagues' worksheets went into lists their ids in `merged`. `role` is empty where the
    worksheet is for `standards` instead; then each answer names its role.

    `heading` is the title of the page, `columns` are the headings of an answer's asked parts;
    `preface` is text below the heading, `before` and `after` are sections around the questions.
    `extra` is front matter that others have put there, word for word. `started` and `updated` are
    ISO dates with hours and minutes, or empty.
    """

    framework: str
    edition: str = ""
    role: str = ""
    standards: tuple[str, ...] = ()
    title: str
    heading: str = ""
    columns: tuple[str, ...] = USUAL_COLUMNS
    participants: tuple[str, ...] = ()
    started: str = ""
    updated: str = ""
    id: str = ""
    merged: tuple[str, ...] = ()
    extra: str = ""
    preface: str = ""
    before: tuple[Section, ...] = ()
    answers: tuple[Answer, ...] = ()
    after: tuple[Section, ...] = ()

    def answer(self, key: str) -> Answer | None:
        """Return the answer to a question, by its key (for a role's own question: its id)."""
        return next((answer for answer in self.answers if answer.key == key), None)

    def with_answer(self, answer: Answer) -> "Worksheet":
        """Return this worksheet with one answer in place of the one to the same question."""
        answers = [answer if other.key == answer.key else other for other in self.answers]
        if answer not in answers:
            answers.append(answer)
        return replaced(self, answers=tuple(answers))

    def role_of(self, answer: Answer) -> str:
        """Return the id of the role whose question was answered."""
        return answer.role or self.role

    @property
    def has_words(self) -> bool:
        """Whether a person has written anything in it."""
        written = (section.text for section in (*self.before, *self.after))
        return any(written) or any(answer.answered or answer.notes for answer in self.answers)


class Draft(Record, frozen=True):
    """Text that is being typed, and the field (`reflections`, `first_steps`, …) it is meant for."""

    question: str
    field: str
    text: str


def blank_worksheet(
    framework: Framework, role: Role, participants: tuple[str, ...] = (), started: str = ""
) -> Worksheet:
    """Give a role's worksheet with nothing written yet."""
    blank = Worksheet(
        framework=framework.id,
        edition=framework.edition or "",
        role=role.id,
        title=tidy_line(role.title),
        heading=tidy_line(framework.terms.say(framework.phrases.worksheet, title=role.title)),
        columns=tuple(tidy_line(getattr(framework.reflection, part.name)) for part in ASKED_PARTS),
        participants=participants,
        started=started,
        updated=started,
        preface=f"*{tidy_line(role.basis.note)}*" if role.basis else "",
    )
    return completed(blank, role)


def joined(worksheet: Worksheet, people: list[str]) -> Worksheet:
    """Return a worksheet in which these people take part too."""
    names = dict.fromkeys([*worksheet.participants, *filter(None, map(tidy_line, people))])
    return replaced(worksheet, participants=tuple(names))


def completed(worksheet: Worksheet, role: Role) -> Worksheet:
    """Give a worksheet with a place for each question of the role, in the role's order.

    Answers to questions that are gone stay, after the others. An answer keeps its wording.
    """
    asked = {question.id for question in role.questions}
    answers = []
    for each in role.questions:
        blank = Answer(question=each.id, wording=tidy_line(each.text))
        found = worksheet.answer(each.id) or blank
        # A heading that someone deleted comes back.
        answers.append(found if found.wording else replaced(found, wording=blank.wording))
    gone = [answer for answer in worksheet.answers if answer.key not in asked]
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
    text = text.rstrip(" \t\n")
    blank = len(text) - len(text.lstrip(" \t\n"))
    return text[text.rfind("\n", 0, blank) + 1 :]


def tidy_line(text: str) -> str:
    """Bring what a person wrote into the form of a line."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(re.split(r"[ \t\n\r]+", tidy_text(text))).strip()
