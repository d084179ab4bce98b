"""How words compare: letters folded together, names alike, names near each other."""

import re
import unicodedata
from collections.abc import Iterable


def fold(text: str) -> str:
    """Give text as it is compared: case, accents and width variants don't count."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def slug(text: str) -> str:
    """Give a title as a name to type: folded, its words joined by hyphens."""
    return "-".join(re.findall(r"[^\W_]+", fold(text)))


def nearest(name: str, names: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """Give the names most like one that wasn't found, best first; none if nothing is near."""
    from difflib import get_close_matches

    by_folded = {slug(each): each for each in names}
    found = get_close_matches(slug(name), by_folded, n=limit, cutoff=0.6)
    begun = [each for each in by_folded if slug(name) and each.startswith(slug(name))]
    return tuple(by_folded[each] for each in dict.fromkeys([*found, *begun]))[:limit]


def counted(number: int, one: str, many: str) -> str:
    """Say how many there are: `1 role`, `7 roles`."""
    return f"{number} {one if number == 1 else many}"


def raised(text: str) -> str:
    """Give a text with its first letter large, as it stands at the beginning of a heading."""
    return text[:1].upper() + text[1:]


def ranges(numbers: Iterable[int]) -> str:
    """Say numbers in order, runs of three or more as one: `1, 3, 5 to 9`."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said: list[str] = []
    for run in runs:
        said += [f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run)
    return ", ".join(said)


def listed(names: Iterable[str], last: str = "or") -> str:
    """Join names for a sentence: `a`, `a or b`, `a, b or c`."""
    all_names = list(names)
    if len(all_names) < 2:
        return "".join(all_names)
    return f"{', '.join(all_names[:-1])} {last} {all_names[-1]}"
