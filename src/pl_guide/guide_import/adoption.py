"""A found guide as a role: its words, with what the role it is for has besides; pure.

Only what matches by position and count is taken over from that role: ids, so that worksheets
still match, and the standards that an item serves.
"""

import itertools
import re
from collections import Counter, defaultdict

from pl_guide.content.yaml_writing import format_yaml
from pl_guide.errors import UnclearRole
from pl_guide.guide_import.recognition import FoundGuide
from pl_guide.library import Library
from pl_guide.model import Basis, Question, Responsibility, Role
from pl_guide.records import replaced
from pl_guide.text import fold, slug

NOTE = (
    "The guide's own words, taken from a copy of it that the user of this file holds, for their "
    "own use. They belong to the guide's publisher."
)
ID_WORDS = 5
ID_LENGTH = 40


def role_for(title: str | None, library: Library) -> Role:
    """Find the role that a guide's title names.

    Raises:
        UnclearRole: it names none, or several.
    """
    words = f"-{slug(title or '')}-"
    names = {
        (f"-{slug(name)}-", role)
        for role in library.roles
        for name in filter(slug, (role.id, role.title, *role.aliases))
    }
    found = [(name, role) for name, role in names if name in words]
    # “System/central office” has “central office” in it, and maybe another role's name.
    parts = {name for name, _ in found for other, _ in found if name != other and name in other}
    roles = {role.id: role for name, role in found if name not in parts}
    if len(roles) != 1:
        raise UnclearRole(title, tuple(role.id for role in library.roles))
    return next(iter(roles.values()))


def adopted(found: FoundGuide, role: Role) -> Role:
    """Return the role in the guide's words."""
    # An id that the role had may mean something else.
    taken = {item.id for item in role.responsibilities} | {item.id for item in role.questions}
    counts = Counter(category for category, _ in found.responsibilities)
    known: dict[str, list[Responsibility]] = defaultdict(list)
    for responsibility in role.responsibilities:
        known[responsibility.category].append(responsibility)
    like = {category: iter(known[category]) for category in counts}
    responsibilities = [
        replaced(next(like[category]), text=text)
        if counts[category] == len(known[category])
        else Responsibility(id=_new_id(text, "responsibility", taken), category=category, text=text)
        for category, text in found.responsibilities
    ]
    asked = found.questions
    if len(asked) == len(role.questions):
        pairs = zip(role.questions, asked, strict=True)
        questions = [replaced(question, text=text) for question, text in pairs]
    else:
        questions = [Question(id=_new_id(text, "question", taken), text=text) for text in asked]
    # A title is written in the capitals it is known by rather than those of the guide's cover.
    known_title = role.basis.title if role.basis else None
    is_known = known_title and found.title and slug(known_title) in slug(found.title)
    title = known_title if is_known else found.title
    return replaced(
        role,
        basis=Basis(kind="action-guide", title=title, note=NOTE),
        purpose="\n".join(found.purpose) or None,
        responsibilities_note="\n".join(found.note) or None,
        responsibilities=tuple(responsibilities),
        questions=tuple(questions),
    )


def role_text(role: Role, library: Library) -> str:
    """Write the role as a content file, with remarks where a person may want to go on."""
    remarks = {
        "": "Made by plguide import. The words are the guide's own: they are for your own use,\n"
        "and their publisher's to share."
    }
    terms = library.framework.terms
    for key in ("responsibilities", "questions"):
        if not all(item.standards for item in getattr(role, key)):
            remarks[key] = (
                f"Which {terms.standard.many} each serves is yours to say: `standards: [id, id]`.\n"
                "See the ids: plguide standards"
            )
    return format_yaml(role, remarks)


def _new_id(text: str, kind: str, taken: set[str]) -> str:
    """Make an id of a text's first words, or of its kind and a number; from now on it is taken."""
    name = ""
    for word in re.findall("[a-z0-9]+", re.sub("['’]", "", fold(text)))[:ID_WORDS]:
        if len(name) + 1 + len(word) <= ID_LENGTH:
            name = f"{name}-{word}" if name else word
    # A text in another script leaves no letters, or a few by chance.
    name = name if re.search("[a-z]{2}", name) else kind
    numbered = (f"{name}-{number}" for number in itertools.count(2))
    found = next(each for each in itertools.chain([name], numbered) if each not in taken)
    taken.add(found)
    return found
