"""What changed between two worksheets of one role, question by question; pure."""

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, assert_never

from pl_guide.records import Record
from pl_guide.worksheet.model import Answer, FirstStep, Worksheet
from pl_guide.worksheet.parts import STEP_FIELDS

ALIKE = 0.6
"""From this likeness on, a step that is gone and one that is new count as one, reworded."""

LONGEST = 20_000
"""Texts of more characters than this, taken together, are compared line by line first."""

OFTEN = 1_000_000
"""From this many pairs of equal words on, comparing each pair would take too long."""

# A word or a sign with the space before it: space alone would match everywhere.
_PIECES = re.compile(r"[ \t]*\w+|[ \t]*[^\w\s]|\s+")


class Stretch(Record, frozen=True):
    """A stretch of text that stayed, was added, or is gone."""

    kind: Literal["same", "added", "gone"]
    text: str


class StepChange(Record, frozen=True, kw_only=True):
    """What became of a step; `text` marks how it was reworded, `details` are (name, old, new)."""

    kind: Literal["new", "gone", "changed"]
    step: FirstStep
    text: tuple[Stretch, ...]
    details: tuple[tuple[str, str, str], ...] = ()


class Change(Record, frozen=True, kw_only=True):
    """What changed under one question; `number` is its place in the newer worksheet.

    Without a question, `notes` is what changed around them: heading, participants, preface.

    `kind` says whether the question itself is new, gone, or in both.
    """

    question: str
    number: int
    wording: str
    kind: Literal["both", "new", "gone"]
    worded_before: str = ""
    reflections: tuple[Stretch, ...] = ()
    steps: tuple[StepChange, ...] = ()
    notes: tuple[Stretch, ...] = ()


def changes(old: Worksheet, new: Worksheet) -> tuple[Change, ...]:
    """Give what changed, in the newer worksheet's order; what is gone comes last.

    A question that is new or gone counts only if something was written under it.
    """
    around = Change(
        question="", number=0, wording="", kind="both", notes=compared(_around(old), _around(new))
    )
    found = [around]
    found += [_change(n, old.answer(answer.key), answer) for n, answer in enumerate(new.answers, 1)]
    for number, answer in enumerate(old.answers, 1):
        if new.answer(answer.key) is None:
            found.append(_change(number, answer, None))
    return tuple(
        each for each in found if each.reflections or each.steps or each.notes or each.worded_before
    )


def _around(sheet: Worksheet) -> str:
    """Give what is around the questions, row by row."""
    people = f"With {', '.join(sheet.participants)}" if sheet.participants else ""
    sections = [
        part
        for section in (*sheet.before, *sheet.after)
        for part in (section.heading, section.text)
    ]
    return "\n".join(filter(None, (sheet.heading, people, sheet.preface, sheet.extra, *sections)))


def _change(number: int, old: Answer | None, new: Answer | None) -> Change:
    shown = new or old or Answer(question="", wording="")
    before, after = old or Answer(question="", wording=""), new or Answer(question="", wording="")
    return Change(
        question=shown.key,
        number=number,
        wording=shown.wording,
        kind="both" if old and new else "new" if new else "gone",
        worded_before=old.wording if old and new and old.wording != new.wording else "",
        reflections=compared(before.reflections, after.reflections),
        steps=_step_changes(before.first_steps, after.first_steps),
        notes=compared(before.notes, after.notes),
    )


def compared(old: str, new: str) -> tuple[Stretch, ...]:
    """Compare two texts word by word; gives nothing where they are equal."""
    if old == new:
        return ()
    if len(old) + len(new) <= LONGEST:
        return tuple(_by_words(old, new))
    found: list[Stretch] = []
    ours, theirs = old.splitlines(keepends=True), new.splitlines(keepends=True)
    # Lines that are everywhere, as empty ones do, are no ground for comparing: autojunk.
    for kind, i, j, k, m in SequenceMatcher(None, ours, theirs).get_opcodes():
        before, after = "".join(ours[i:j]), "".join(theirs[k:m])
        if kind != "equal" and len(before) + len(after) <= LONGEST:
            found += _by_words(before, after)
        else:
            found += _stretches(kind, before, after)
    return tuple(found)


def _by_words(old: str, new: str) -> Iterator[Stretch]:
    ours, theirs = _PIECES.findall(old), _PIECES.findall(new)
    often = Counter(theirs)
    # Where much is said again and again, what is everywhere is no ground for comparing.
    autojunk = sum(often[piece] for piece in ours) > OFTEN
    for kind, i, j, k, m in SequenceMatcher(None, ours, theirs, autojunk=autojunk).get_opcodes():
        yield from _stretches(kind, "".join(ours[i:j]), "".join(theirs[k:m]))


def _stretches(kind: str, before: str, after: str) -> Iterator[Stretch]:
    if kind == "equal":
        yield Stretch("same", before)
        return
    if before:
        yield Stretch("gone", before)
    if after:
        yield Stretch("added", after)


def _step_changes(old: tuple[FirstStep, ...], new: tuple[FirstStep, ...]) -> tuple[StepChange, ...]:
    gone = list(old)
    pairs: dict[int, FirstStep] = {}
    fresh: list[int] = []
    for place, step in enumerate(new):
        alike = (each for each in gone if each.text == step.text)
        same = step if step in gone else next(alike, None)
        if same is None:
            fresh.append(place)
        else:
            gone.remove(same)
            pairs[place] = same
    for place in fresh:
        near = [(_likeness(each.text, new[place].text), each) for each in gone]
        best = max(near, key=lambda each: each[0], default=None)
        if best and best[0] >= ALIKE:
            gone.remove(best[1])
            pairs[place] = best[1]
    found = [_step_change(pairs.get(place), step) for place, step in enumerate(new)]
    lost = [StepChange(kind="gone", step=step, text=(Stretch("gone", step.text),)) for step in gone]
    return tuple(each for each in (*found, *lost) if each is not None)


def _likeness(one: str, other: str) -> float:
    found = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    if found.real_quick_ratio() < ALIKE or found.quick_ratio() < ALIKE:
        return 0.0
    return found.ratio()


def _step_change(old: FirstStep | None, new: FirstStep) -> StepChange | None:
    if old is None:
        return StepChange(kind="new", step=new, text=(Stretch("added", new.text),))
    if old == new:
        return None
    details: list[tuple[str, str, str]] = []
    for field in STEP_FIELDS:
        name = field.label.casefold()
        before, after = getattr(old, field.name), getattr(new, field.name)
        match field.kind:
            case "action":
                continue
            case "state" | "line" | "text":
                details += [(name, before, after)] if before != after else []
            case "lines":
                details += [(name, "", line) for line in after if line not in before]
                details += [(name, line, "") for line in before if line not in after]
            case _:
                assert_never(field.kind)
    text = compared(old.text, new.text) or (Stretch("same", new.text),)
    return StepChange(kind="changed", step=new, text=text, details=tuple(details))
