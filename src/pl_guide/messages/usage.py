"""What is said of a command that was typed in a way it doesn't work."""

from collections.abc import Iterable

from pl_guide.model import Terms
from pl_guide.text import listed

TWO_TO_MERGE = "name at least two worksheets to merge"
TWO_AND_BASE = "takes exactly two files, and no --anonymous"
FOLDER_OR_CONTENT = "give FOLDER, or --content, not both"
FROM_OR_BLANK = "give --from ROLE, or --blank, not both"


def other_ending(name: str, found: str, fit: Iterable[str]) -> str:
    """Return that a file's ending promises something else, and which names would fit."""
    return f"{name} would be {found}, and this isn't. Write {listed(fit)}."


def no_date(text: str) -> str:
    """Return that a text can't be read as a date."""
    return f"“{text}” isn't a date; try 2026-09-01, “Dec 15”, friday or +2w."


def narrows_a_role(option: str, title: str, terms: Terms) -> str:
    """Return that an option is for roles only."""
    return f"{option} narrows a {terms.role.one}'s guide; {title} is none."
