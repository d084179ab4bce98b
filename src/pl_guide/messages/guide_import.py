"""What is said of an official guide that became a role: what may not be as the guide has it."""

from collections.abc import Iterable
from pathlib import Path

from pl_guide.model import Framework, Role, Terms
from pl_guide.safe_text import one_line
from pl_guide.text import listed

EXCERPT = 60

NO_PURPOSE = "No purpose was found: no running text follows the title."
NOT_THE_GUIDE = "it is the guide itself"
LEFT_OUT = "These parts of the guide have no place in a role, and were left out:"


def sounds_like(title: str, other: str, taken: str) -> str:
    """Return that a guide's title names another role than the person does."""
    return (
        f"The title, “{excerpt(title)}”, sounds like {other}; it is taken for {taken}, as you say."
    )


def no_responsibilities(category: str, terms: Terms) -> str:
    """Return that a category has no responsibilities."""
    return (
        f"“{category}” has no {terms.responsibility.many}: there is no bullet list under that "
        "name. The role is not whole."
    )


def other_responsibilities(category: str, now: int, before: int, terms: Terms) -> str:
    """Return that a category has more or fewer responsibilities than the role that is shipped."""
    return (
        f"“{category}” has {terms.count(now, terms.responsibility)}, not {before} as in plguide's "
        f"role: they have new ids, and no {terms.standard.many} yet."
    )


def no_questions(framework: Framework) -> str:
    """Return that a guide has no table of questions."""
    terms, table = framework.terms, framework.reflection
    heads = listed((terms.question.one, table.reflections, table.first_steps), "and")
    return (
        f"No {terms.question.many} were found: there is no table headed {heads.upper()}. "
        "The role is not whole."
    )


def other_questions(now: int, before: int, terms: Terms) -> str:
    """Return that there are more or fewer questions than in the role that is shipped."""
    return (
        f"There are {terms.count(now, terms.question)}, not {before} as in plguide's role: they "
        f"have new ids, and no {terms.standard.many} yet. Worksheets begun before keep their own."
    )


def doubtful(words: Iterable[str]) -> str:
    """Return which words have a hyphen that may only have ended a line."""
    quoted = listed((f"“{word}”" for word in words), "and")
    return f"A line ends within {quoted}: look in the guide whether the hyphen is right."


def left_out(place: str, text: str, pieces: int) -> str:
    """Return one part of a guide that has no place in a role."""
    more = f" (and {pieces - 1} more)" if pieces > 1 else ""
    return f"  {place}: “{excerpt(text)}”{more}"


def role_made(role: Role, by_category: Iterable[int], file: Path | None, terms: Terms) -> str:
    """Return what the role has, and where it is saved."""
    where = f"Saved in {file}: " if file else ""
    responsibilities = terms.count(len(role.responsibilities), terms.responsibility)
    sums = " + ".join(map(str, by_category))
    questions = terms.count(len(role.questions), terms.question)
    return f"{where}{role.title}, {responsibilities} ({sums}) and {questions}."


def excerpt(text: str) -> str:
    """Return the beginning of a text, in one line."""
    line = one_line(text)
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT].rsplit(' ', 1)[0]} …"
