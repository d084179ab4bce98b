"""The framework's nouns, as frozen records. The YAML keys and the JSON keys are these fields.

Where a field holds an id of something else, `content/validation.py` makes sure that it exists.
Texts are plain text, never markup; in `purpose` and the notes a line break ends a paragraph.
"""

from typing import Literal

from pl_guide.records import Id, Record, Text
from pl_guide.wording import counted, filled, raised


class Category(Record, frozen=True, kw_only=True):
    """A group of standards."""

    id: Id
    title: Text
    aliases: tuple[Id, ...] = ()
    text: Text | None = None


class Construct(Record, frozen=True):
    """One of the parts a standard is made of."""

    id: Id
    text: Text


class Standard(Record, frozen=True, kw_only=True):
    """One standard; its statement ends the framework's stem, where there is one."""

    id: Id
    code: Text | None = None
    category: Id
    title: Text
    aliases: tuple[Id, ...] = ()
    statement: Text
    constructs: tuple[Construct, ...] = ()


class Foundation(Record, frozen=True):
    """A belief that the standards rest on."""

    id: Id
    text: Text


class Step(Record, frozen=True, kw_only=True):
    """A link in the theory of change."""

    id: Id
    title: Text
    text: Text | None = None


class TheoryOfChange(Record, frozen=True, kw_only=True):
    """How standards lead to results: a chain of steps, and the monitoring that closes the loop."""

    title: Text
    text: Text | None = None
    steps: tuple[Step, ...]
    monitoring: Text | None = None


class Resource(Record, frozen=True, kw_only=True):
    """Something to read next; a role-specific one is shown for the roles that list it."""

    id: Id
    title: Text
    text: Text
    site: Text | None = None
    role_specific: bool = False


class Publisher(Record, frozen=True, kw_only=True):
    """Who publishes the framework, and how to reach them."""

    name: Text
    address: Text | None = None
    email: Text | None = None
    telephone: Text | None = None
    sites: tuple[Text, ...] = ()


class ReflectionTable(Record, frozen=True, kw_only=True):
    """What stands over the questions, and what the two answer columns are called."""

    text: Text | None = None
    reflections: Text = "Reflections"
    first_steps: Text = "First Steps"


class Term(Record, frozen=True):
    """What a framework calls one of its nouns, as in the middle of a sentence."""

    one: Text
    many: Text


class Terms(Record, frozen=True, kw_only=True):
    """A framework's own nouns; they show in headings and messages in place of these.

    `step` is a first step where that is plain, `reflection` what is written beside one, and a
    `pair` two responsibilities that a comparison puts side by side.
    """

    category: Term = Term("category", "categories")
    standard: Term = Term("standard", "standards")
    construct: Term = Term("construct", "constructs")
    foundation: Term = Term("foundation", "foundations")
    role: Term = Term("role", "roles")
    responsibility: Term = Term("responsibility", "responsibilities")
    question: Term = Term("question", "questions")
    resource: Term = Term("resource", "resources")
    reflection: Term = Term("reflection", "reflections")
    first_step: Term = Term("first step", "first steps")
    step: Term = Term("step", "steps")
    pair: Term = Term("pair", "pairs")

    def say(self, text: str, **values: object) -> str:
        """Say a text with the framework's nouns, and values, in the places named for them.

        The English nouns are the places' names: `{question}`, `{questions}`, or `{Questions}`
        where one begins a sentence.
        """
        if "{" not in text:
            return text
        for name in self.__struct_fields__:
            usual, own = getattr(_USUAL, name), getattr(self, name)
            for place, noun in ((usual.one, own.one), (usual.many, own.many)):
                values.setdefault(place.replace(" ", "_"), noun)
                values.setdefault(raised(place.replace(" ", "_")), raised(noun))
        return filled(text, values)

    def count(self, number: int, noun: Term) -> str:
        """Say how many there are of something."""
        return counted(number, noun.one, noun.many)


_USUAL = Terms()


class Phrases(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What else stands on pages, for a framework in another language to say in its own.

    In braces stand the framework's nouns (`Terms.say`), and what each place is filled with. A
    phrase that is a heading in one place and a remark in another stands here as in a sentence.
    """

    overview: Text = "overview"
    purpose: Text = "purpose"
    publisher: Text = "publisher"
    address: Text = "address"
    email: Text = "e-mail"
    telephone: Text = "telephone"
    sites: Text = "on the web"
    about: Text = "about this guide"
    edition: Text = "Edition of {edition}"
    id: Text = "id"
    code: Text = "code"
    name: Text = "name"
    note: Text = "note"
    statement: Text = "statement"
    theory_of_change: Text = "theory of change"
    between: Text = ", "
    before_last: Text = " and "
    none: Text = "none"
    only: Text = "only {titles}"
    nothing_here: Text = "None of this {role}'s {responsibilities} belong here."
    carried: Text = "who carries it"
    not_carried: Text = "Nothing from: {titles}."
    derived: Text = "Derived, in this project's own words: {titles}."
    official: Text = "Their official guides: {site}."
    crosswalk: Text = "Crosswalk of {standards} and {roles}"
    how_many: Text = "How many {items} of each {role} serve it; – where none does."
    gaps: Text = "gaps"
    no_gaps: Text = "None: every {role} has something for every {standard}."
    no_responsibility: Text = "no {responsibility} for {titles}"
    no_question: Text = "no {question} on {titles}"
    no_items: Text = "no {items}"
    alone: Text = "{title} alone: {number}"
    found: Text = "Found for “{words}”"
    read_on: Text = "To read on: plguide show, and the name that stands last."
    worksheet: Text = "{title}: first actions"
    progress: Text = "{Question} {number} of {total}"


class Framework(Record, frozen=True, kw_only=True):
    """A set of standards, and all that its roles share."""

    id: Id
    title: Text
    edition: Text | None = None
    publisher: Publisher | None = None
    attribution: Text | None = None
    independence: Text | None = None
    crosswalk: Text | None = None
    overview: Text | None = None
    stem: Text | None = None
    terms: Terms = Terms()
    phrases: Phrases = Phrases()
    categories: tuple[Category, ...]
    standards: tuple[Standard, ...]
    foundations: tuple[Foundation, ...] = ()
    theory_of_change: TheoryOfChange | None = None
    reflection: ReflectionTable = ReflectionTable()
    resources: tuple[Resource, ...] = ()
    resources_note: Text | None = None


class Basis(Record, frozen=True, kw_only=True):
    """What a role's text rests on; `title` names the official guide."""

    kind: Literal["action-guide", "derived", "own"]
    title: Text | None = None
    note: Text


class Responsibility(Record, frozen=True, kw_only=True):
    """Something a role is responsible for; `standards` are ids of standards or constructs."""

    id: Id
    category: Id
    standards: tuple[Id, ...] = ()
    text: Text


class Question(Record, frozen=True, kw_only=True):
    """A question to reflect on; `standards` are ids of standards or constructs."""

    id: Id
    standards: tuple[Id, ...] = ()
    text: Text


class Role(Record, frozen=True, kw_only=True):
    """A kind of educator, with what they are responsible for and the questions they reflect on.

    `order` places the role in lists, smallest first; `resources` are ids of the framework's
    role-specific resources.
    """

    id: Id
    title: Text
    order: int = 1000
    aliases: tuple[Id, ...] = ()
    basis: Basis | None = None
    purpose: Text | None = None
    responsibilities_note: Text | None = None
    responsibilities: tuple[Responsibility, ...]
    questions: tuple[Question, ...]
    resources: tuple[Id, ...] = ()
