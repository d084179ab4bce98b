"""A first step as it is typed in one line: `Call Ana @Ben due:friday`; pure."""

import re
from collections.abc import Iterator
from datetime import date

from pl_guide.records import replaced
from pl_guide.worksheet.due_dates import parse_due
from pl_guide.worksheet.model import FirstStep, tidy_line

LEADING_ON = {"and", "or", "with", "to", "for", "by", "from", "of", "at", "on", "about", "the", "&"}
"""Words that need a name behind them."""


def parse_step_line(text: str, names: tuple[str, ...], today: date) -> FirstStep | None:
    """Read a step with its `@owner` and `due:` from one line; None if nothing is said in it.

    `names` are the team's: after `@` any of them may be written with its spaces, or begun. In the
    midst of a sentence a name is a part of it, and stays; so does a `due:` that isn't a date, or
    that is a second one, and an `@` in the midst of a word.
    """
    line = tidy_line(text)
    owners: list[str] = []
    due = ""
    action = ""
    end = 0
    for found in _marks(line, names):
        name = _named(found, names)
        kept = found.group()
        if name:
            owners.append(name)
            within = _in_sentence(line[: found.start()], line[found.end() :], names)
            kept = kept.replace("@", "", 1).replace('"', "") if within else ""
        elif not due:
            due = parse_due(found["quoted_day"] or found["day"], today) or ""
            kept = "" if due else kept
        action += line[end : found.start()] + kept
        end = found.end()
    action = tidy_line(action + line[end:])
    if not action:
        # A line of marks alone says something too; it is kept as it was typed.
        action = tidy_line(text)
        return FirstStep(text=action) if action else None
    return FirstStep(text=action, owner=", ".join(dict.fromkeys(owners)), due=due)


def _marks(line: str, names: tuple[str, ...]) -> Iterator[re.Match[str]]:
    spelled = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    known = rf"(?P<known>{spelled})(?=$|[\s,.;:!?'’])|" if spelled else "(?P<known>(?!))|"
    owner = rf"@(?:{known}\"(?P<quoted>[^\"]+)\"|(?=[^\s@]*\w)(?P<word>[^\s@]+))"
    day = r"due:\s?(?:\"(?P<quoted_day>[^\"]+)\"|(?P<day>\S+))"
    return re.finditer(rf"(?:^|(?<=\s))(?:{owner}|{day})", line, re.IGNORECASE)


def _named(mark: re.Match[str], names: tuple[str, ...]) -> str:
    """Give whom a mark names: one of the team if it begins a single name of theirs."""
    said = mark["known"] or mark["quoted"] or (mark["word"] or "").rstrip(",.;:!?")
    said = re.sub(r"['’]s$", "", said)
    same = [name for name in names if name.casefold() == said.casefold()]
    begun = same or [name for name in names if name.casefold().startswith(said.casefold())]
    return begun[0] if said and len(begun) == 1 else said


def _in_sentence(before: str, after: str, names: tuple[str, ...]) -> bool:
    """Tell whether a mark has words on both sides, or one before it that leads on to it."""
    for found in reversed(list(_marks(after, names))):
        after = after[: found.start()] + after[found.end() :]
    if not re.search(r"\w", before):
        return False
    words = before.split()
    return bool(re.search(r"\w", after)) or words[-1].casefold() in LEADING_ON


def typed_line(step: FirstStep, today: date) -> str:
    """Give a step as it would be typed in one line, as far as that can be read back."""
    owner = f' @"{step.owner}"' if step.owner and '"' not in step.owner else ""
    due = f" due:{step.due}" if step.due and parse_due(step.due, today) == step.due else ""
    return f"{step.text}{owner}{due}"


def edited_step(old: FirstStep, new: FirstStep, today: date) -> FirstStep:
    """Give a step with the text, owner and date of another; what no line can say stays."""
    said = typed_line(old, today)
    owner = new.owner if not old.owner or "@" in said.removeprefix(old.text) else old.owner
    due = new.due if not old.due or "due:" in said.removeprefix(old.text) else old.due
    if "due:" in new.text.casefold() and not new.due:
        # A date that was spoiled while the line was edited: the one there was is better than none.
        due = old.due
    return replaced(old, text=new.text, owner=owner, due=due)
