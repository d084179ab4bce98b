"""What a framework calls its nouns, and what else its pages say, for any language to say its own.

What a docstring says of a field is what an editor shows for its key (`schema.py`).
"""

from pl_guide.records import Record, Text
from pl_guide.text import counted, filled, raised


class Term(Record, frozen=True):
    """What a framework calls one of its nouns, as in the middle of a sentence.

    Attributes:
        one: For one of them: `practice`.
        many: For several: `practices`.
    """

    one: Text
    many: Text


class Terms(Record, frozen=True, kw_only=True):
    """A framework's own nouns; they show in headings and messages in place of these.

    Attributes:
        category: A group of standards.
        standard: One standard.
        construct: A part of a standard.
        foundation: A belief that the standards rest on.
        role: A kind of educator.
        responsibility: Something a role is responsible for.
        question: A question to reflect on.
        resource: Something to read next.
        reflection: What is written beside a first step.
        first_step: What somebody will do next.
        step: A first step, where it is plain that it is one.
        pair: Two responsibilities that a comparison puts side by side.
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
        """Return a text with the framework's nouns, and values, in the places named for them.

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
        """Return how many there are of something."""
        return counted(number, noun.one, noun.many)


_USUAL = Terms()


class Phrases(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What else is on pages, for a framework in another language to say in its own.

    In braces are the framework's nouns (`Terms.say`), and what each place is filled with. A
    phrase that is a heading in one place and a remark in another is here as in a sentence.

    Attributes:
        overview: Over what comes before the standards.
        purpose: Over a role's purpose.
        publisher: Over who publishes the framework.
        address: Before the publisher's address.
        email: Before the publisher's e-mail address.
        telephone: Before the publisher's number.
        sites: Before the publisher's sites.
        about: Over whose work it is, at the foot of a whole guide.
        edition: Which edition it is.
        id: Over names to type.
        code: Over the standards' short names.
        name: What a title is called where a search found it.
        note: What a role's note is called where a search found it.
        statement: What a standard's statement is called where a search found it.
        theory_of_change: What that is called where a search found something in it.
        between: Between one title and the next.
        before_last: Before the last of several titles.
        none: Where a list has nothing to show.
        only: What a guide is narrowed to.
        nothing_here: Where a guide that is narrowed has no responsibilities left.
        carried: Over what each role does for a standard or category.
        not_carried: Which roles do nothing for a standard.
        derived: Which roles rest on no official guide at hand.
        official: Where official guides are to be had.
        crosswalk: Over the crosswalk.
        how_many: What the numbers of the crosswalk count; `{items}` is a noun.
        gaps: Over what no role does.
        no_gaps: Where there are no gaps.
        no_responsibility: Which standards none of a role's responsibilities serves.
        no_question: Which standards none of a role's questions touches.
        no_items: Where there is nothing of a kind; `{items}` is a noun.
        alone: How many responsibilities a comparison pairs with none.
        found: Over what a search found.
        read_on: How to read on from what a search found.
        worksheet: At the top of a worksheet.
        progress: Which question a session has come to.
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
    read_on: Text = "To read on: plguide show, and the name that comes last."
    worksheet: Text = "{title}: first actions"
    progress: Text = "{Question} {number} of {total}"
