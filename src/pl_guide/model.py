"""The framework's nouns, as frozen records. The YAML keys and the JSON keys are these fields.

Where a field holds an id of something else, `content/validation.py` makes sure that it exists.
Texts are plain text, never markup; in `purpose` and the notes a line break ends a paragraph.
"""

from typing import Literal

from pl_guide.records import Id, Record, Text


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
    """A framework's own nouns; they show in headings and messages in place of these."""

    category: Term = Term("category", "categories")
    standard: Term = Term("standard", "standards")
    construct: Term = Term("construct", "constructs")
    foundation: Term = Term("foundation", "foundations")
    role: Term = Term("role", "roles")
    responsibility: Term = Term("responsibility", "responsibilities")
    question: Term = Term("question", "questions")
    resource: Term = Term("resource", "resources")
    first_step: Term = Term("first step", "first steps")


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
