"""The framework's nouns, as frozen records. The YAML keys and the JSON keys are these fields.

Where a field holds an id of something else, `content/validation.py` makes sure that it exists.
Texts are plain text, never markup; in `purpose` and the notes a line break ends a paragraph.
What a docstring says of a field is what an editor shows for its key (`schema.py`).
"""

from typing import Literal

from pl_guide.records import Id, Record, Text
from pl_guide.wording import Phrases, Terms


class Category(Record, frozen=True, kw_only=True):
    """A group of standards.

    Attributes:
        title: What it is called, as people read it.
        aliases: Other names a person may type for it.
        text: What its standards have in common.
    """

    id: Id
    title: Text
    aliases: tuple[Id, ...] = ()
    text: Text | None = None


class Construct(Record, frozen=True):
    """One of the parts a standard is made of.

    Attributes:
        text: The part, as one sentence.
    """

    id: Id
    text: Text


class Standard(Record, frozen=True, kw_only=True):
    """One standard.

    Attributes:
        code: Its initials, for tables: `EV`.
        category: The id of its category.
        title: What it is called, as people read it.
        aliases: Other names a person may type for it.
        statement: What it says; it ends the sentence that `stem` begins, where there is one.
        constructs: The parts it is made of, in order.
    """

    id: Id
    code: Text | None = None
    category: Id
    title: Text
    aliases: tuple[Id, ...] = ()
    statement: Text
    constructs: tuple[Construct, ...] = ()


class Foundation(Record, frozen=True):
    """A belief that the standards rest on.

    Attributes:
        text: The belief, as one sentence.
    """

    id: Id
    text: Text


class Step(Record, frozen=True, kw_only=True):
    """A link in the theory of change.

    Attributes:
        title: What happens at this link.
        text: More about it.
    """

    id: Id
    title: Text
    text: Text | None = None


class TheoryOfChange(Record, frozen=True, kw_only=True):
    """How standards lead to results: a chain of steps, and the monitoring that closes the loop.

    Attributes:
        title: What is written over the chain.
        text: What leads up to it.
        steps: The links of the chain, in order.
        monitoring: How one sees, along the way, whether it holds.
    """

    title: Text
    text: Text | None = None
    steps: tuple[Step, ...]
    monitoring: Text | None = None


class Resource(Record, frozen=True, kw_only=True):
    """Something to read next.

    Attributes:
        title: What it is called, as people read it.
        text: What it is for.
        site: Where it is to be found, without `https://`.
        role_specific: `true` for one shown only for the roles that list it under `resources`.
    """

    id: Id
    title: Text
    text: Text
    site: Text | None = None
    role_specific: bool = False


class Publisher(Record, frozen=True, kw_only=True):
    """Who publishes the framework, and how to reach them.

    Attributes:
        name: Who they are.
        address: Their postal address.
        email: Their e-mail address.
        telephone: Their telephone number.
        sites: Their sites on the web, without `https://`.
    """

    name: Text
    address: Text | None = None
    email: Text | None = None
    telephone: Text | None = None
    sites: tuple[Text, ...] = ()


class ReflectionTable(Record, frozen=True, kw_only=True):
    """What is written over the questions, and what the two answer columns are called.

    Attributes:
        text: What is written over the questions.
        reflections: The column, or heading, for thoughts.
        first_steps: The column, or heading, for what to do next.
    """

    text: Text | None = None
    reflections: Text = "Reflections"
    first_steps: Text = "First Steps"


class Framework(Record, frozen=True, kw_only=True):
    """A set of standards, and all that its roles share.

    Attributes:
        title: What it is called, as people read it.
        edition: Which edition it is, as text: `"2022"`.
        language: Which language its texts are in, as a code: `en`, `ar`, `pt-BR`.
        publisher: Who publishes it, and how to reach them.
        attribution: Whose work it is, shown with every whole guide.
        independence: What this content has to do with the publisher, and what not.
        crosswalk: Whose reading it is which standards a responsibility or question serves.
        overview: The framework in a paragraph.
        stem: The beginning of a sentence that each standard's statement ends.
        terms: What this framework calls its nouns, where the words differ.
        phrases: What else is on pages, in your own language.
        categories: Its groups of standards, in order.
        standards: Its standards, in order.
        foundations: The beliefs that the standards rest on.
        theory_of_change: How the standards lead to results.
        reflection: What is written over the questions, and what the two answers are called.
        resources: What to read next.
        resources_note: What is written under the resources.
    """

    id: Id
    title: Text
    edition: Text | None = None
    language: Text = "en"
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
    """What a role's text rests on.

    Attributes:
        kind: `action-guide` for a guide put in other words, `derived` for text written from a
            framework, `own` for your own.
        title: What the official guide for this role is called.
        note: What the text rests on, as a line under the title of the guide.
    """

    kind: Literal["action-guide", "derived", "own"]
    title: Text | None = None
    note: Text


class Responsibility(Record, frozen=True, kw_only=True):
    """Something a role is responsible for.

    Attributes:
        category: The id of the category it belongs to.
        standards: The ids of the standards, or of their constructs, that it serves.
        text: What the person does, as one sentence.
    """

    id: Id
    category: Id
    standards: tuple[Id, ...] = ()
    text: Text


class Question(Record, frozen=True, kw_only=True):
    """A question to reflect on.

    Attributes:
        standards: The ids of the standards, or of their constructs, that it touches.
        text: The question, as it is asked.
    """

    id: Id
    standards: tuple[Id, ...] = ()
    text: Text


class Role(Record, frozen=True, kw_only=True):
    """A kind of educator, with what they are responsible for and the questions they reflect on.

    Attributes:
        title: What it is called, as people read it.
        order: Its place in lists; smaller numbers come first.
        aliases: Other names a person may type for it.
        basis: What this text rests on.
        purpose: What the role is there for; an empty line parts paragraphs.
        responsibilities_note: What is written over the responsibilities.
        responsibilities: What the role is responsible for, in the order of the categories.
        questions: The questions to reflect on, in the order they are asked.
        resources: The ids of the framework's role-specific resources to show.
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
