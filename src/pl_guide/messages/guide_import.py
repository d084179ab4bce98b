"""What is said of an official guide that became a role: what may not be as the guide has it."""

from collections.abc import Iterable

from pl_guide.safe_text import one_line
from pl_guide.text import listed

EXCERPT = 60

NO_PURPOSE = "No purpose was found: no running text follows the title."
NOT_THE_GUIDE = "it is the guide itself"
LEFT_OUT = "These parts of the guide have no place in a role, and were left out:"
SOUNDS_LIKE = "The title, “{title}”, sounds like {other}; it is taken for {taken}, as you say."
NO_RESPONSIBILITIES = (
    "“{category}” has no {responsibilities}: there is no bullet list under that name. The role is "
    "not whole."
)
OTHER_RESPONSIBILITIES = (
    "“{category}” has {now}, not {before} as in plguide's role: they have new ids, and no "
    "{standards} yet."
)
NO_QUESTIONS = "No {questions} were found: there is no table headed {heads}. The role is not whole."
OTHER_QUESTIONS = (
    "There are {now}, not {before} as in plguide's role: they have new ids, and no {standards} "
    "yet. Worksheets begun before keep their own."
)
ROLE_MADE = "{where}{title}, {responsibilities} ({sums}) and {questions}."


def doubtful(words: Iterable[str]) -> str:
    """Return which words have a hyphen that may only have ended a line."""
    quoted = listed((f"“{word}”" for word in words), "and")
    return f"A line ends within {quoted}: look in the guide whether the hyphen is right."


def left_out(place: str, text: str, pieces: int) -> str:
    """Return one part of a guide that has no place in a role."""
    more = f" (and {pieces - 1} more)" if pieces > 1 else ""
    return f"  {place}: “{excerpt(text)}”{more}"


def excerpt(text: str) -> str:
    """Return the beginning of a text, in one line."""
    line = one_line(text)
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT].rsplit(' ', 1)[0]} …"
