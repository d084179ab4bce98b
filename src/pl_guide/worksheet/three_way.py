"""Bringing two later versions of a worksheet together, question by question; pure.

What only one side changed is taken from it. Where both changed the same thing, both are kept:
texts below one another, each marked; steps and notes beside one another. Nothing is dropped.
"""

from collections import defaultdict
from itertools import count
from typing import Any, TypeVar, assert_never

from pl_guide.records import Record, replaced
from pl_guide.worksheet.model import Answer, FirstStep, Section, Worksheet, goes_on
from pl_guide.worksheet.parts import ANSWER_PARTS, STEP_FIELDS

T = TypeVar("T")

OURS = "**Written here:**"
THEIRS = "**Written elsewhere meanwhile:**"


class Merged(Record, frozen=True):
    """The worksheet that both versions became.

    `taken` are the keys of questions where something came from the other side, `disputed` those
    where both had changed the same text and both are kept.
    """

    worksheet: Worksheet
    taken: tuple[str, ...]
    disputed: tuple[str, ...]


def merge_versions(base: Worksheet, ours: Worksheet, theirs: Worksheet) -> Merged:
    """Merge two versions that both grew out of `base`."""
    taken: list[str] = []
    disputed: list[str] = []
    answers: list[Answer] = []
    for key in dict.fromkeys(answer.key for side in (ours, theirs) for answer in side.answers):
        mine, other = ours.answer(key), theirs.answer(key)
        if mine is None or other is None:
            # A question that one side took out stays for the other's sake, if it holds anything.
            left = mine or other
            if left and (left.answered or left.notes or base.answer(key) is None):
                answers.append(left)
                if mine is None:
                    taken.append(key)
            continue
        old = base.answer(key) or Answer(question=mine.question, wording=mine.wording)
        merged, fought = _merge_answers(old, mine, other)
        answers.append(merged)
        if fought:
            disputed.append(key)
        if merged != mine:
            taken.append(key)
    people = dict.fromkeys((*ours.participants, *theirs.participants))
    gone = set(base.participants) - (set(ours.participants) & set(theirs.participants))
    merged_sheet = replaced(
        ours,
        heading=_either(base.heading, ours.heading, theirs.heading),
        title=_either(base.title, ours.title, theirs.title),
        edition=_either(base.edition, ours.edition, theirs.edition),
        columns=_either(base.columns, ours.columns, theirs.columns),
        participants=tuple(each for each in people if each not in gone),
        started=min(filter(None, (ours.started, theirs.started)), default=""),
        updated=max(ours.updated, theirs.updated),
        id=min(filter(None, (ours.id, theirs.id)), default=""),
        merged=tuple(sorted({*ours.merged, *theirs.merged})),
        extra=_both_extras(base.extra, ours.extra, theirs.extra),
        preface=_both(base.preface, ours.preface, theirs.preface),
        before=_both_sections(base.before, ours.before, theirs.before),
        answers=tuple(answers),
        after=_both_sections(base.after, ours.after, theirs.after),
    )
    return Merged(merged_sheet, tuple(taken), tuple(disputed))


def emptied(worksheet: Worksheet) -> Worksheet:
    """Give what two new worksheets have in common: nothing written yet."""
    blank = [
        Answer(question=answer.question, wording=answer.wording, role=answer.role)
        for answer in worksheet.answers
    ]
    return replaced(
        worksheet,
        answers=tuple(blank),
        participants=(),
        preface="",
        extra="",
        before=(),
        after=(),
        id="",
        merged=(),
    )


def _merge_answers(base: Answer, ours: Answer, theirs: Answer) -> tuple[Answer, bool]:
    merged: dict[str, Any] = {"wording": _either(base.wording, ours.wording, theirs.wording)}
    fought = False
    for part in ANSWER_PARTS:
        old, mine, other = (getattr(side, part.name) for side in (base, ours, theirs))
        if not part.asked:
            merged[part.name] = _both(old, mine, other)
            continue
        match part.kind:
            case "text":
                merged[part.name], disputed = _merge_text(old, mine, other)
                fought |= disputed
            case "steps":
                merged[part.name] = merge_steps(old, mine, other)
            case _:
                assert_never(part.kind)
    return replaced(ours, **merged), fought


def _merge_text(base: str, ours: str, theirs: str) -> tuple[str, bool]:
    if theirs in {ours, base}:
        return ours, False
    if ours == base:
        return theirs, False
    # One side may simply have gone on writing where the other stopped.
    if goes_on(ours, theirs):
        return ours, False
    if goes_on(theirs, ours):
        return theirs, False
    return f"{OURS}\n\n{ours}\n\n{THEIRS}\n\n{theirs}", True


def merge_steps(
    base: tuple[FirstStep, ...], ours: tuple[FirstStep, ...], theirs: tuple[FirstStep, ...]
) -> tuple[FirstStep, ...]:
    """Merge lists of steps, which are the same step where their texts are.

    They come in our order, with what only they have after its neighbor there. A step that one side
    took out is out, unless the other changed it. Where each side changed something else about a
    step, both changes are in it; where both changed the same thing otherwise, it is there twice.
    """
    if theirs in (base, ours):
        return ours
    if ours == base:
        return theirs
    names = [dict(zip(_keys(side, base), side, strict=True)) for side in (base, ours, theirs)]
    old, mine, other = names
    merged: list[FirstStep] = []
    places: dict[tuple[str, int], FirstStep] = {}
    for key, step in mine.items():
        if key not in other:
            merged += [] if step == old.get(key) else [step]
        elif other[key] in {step, old.get(key)}:
            merged.append(step)
        elif step == old.get(key):
            merged.append(other[key])
        else:
            both = _merge_step(old[key], step, other[key]) if key in old else None
            merged += [both] if both else [step, other[key]]
            if both:
                places[key] = both
    at = 0
    for key, step in other.items():
        if places.get(key, step) in merged:
            at = merged.index(places.get(key, step)) + 1
        elif key not in mine and step != old.get(key):
            merged.insert(at, step)
            at += 1
    return tuple(merged)


def _merge_step(base: FirstStep, ours: FirstStep, theirs: FirstStep) -> FirstStep | None:
    """Return a step with what each side changed, or None where both changed the same otherwise."""
    merged: dict[str, Any] = {}
    for field in STEP_FIELDS:
        old, mine, other = (getattr(step, field.name) for step in (base, ours, theirs))
        match field.kind:
            case "action" | "state" | "line" | "text":
                if mine not in (old, other) and other != old:
                    return None
                merged[field.name] = _either(old, mine, other)
            case "lines":
                gone = set(old) - set(other)
                added = [line for line in other if line not in mine and line not in old]
                merged[field.name] = (*(line for line in mine if line not in gone), *added)
            case _:
                assert_never(field.kind)
    return replaced(ours, **merged)


def _keys(steps: tuple[FirstStep, ...], base: tuple[FirstStep, ...]) -> list[tuple[str, int]]:
    """Name each step by its text and a number; one that is as it was has the number it had."""
    left: dict[FirstStep, list[tuple[str, int]]] = defaultdict(list)
    numbers: dict[str, count[int]] = defaultdict(count)
    for step in base:
        left[step].append((step.text, next(numbers[step.text])))
    kept = [left[step].pop(0) if left[step] else None for step in steps]
    used = set(kept)
    numbers.clear()
    named: list[tuple[str, int]] = []
    for step, key in zip(steps, kept, strict=True):
        fresh = ((step.text, number) for number in numbers[step.text])
        named.append(key or next(each for each in fresh if each not in used))
    return named


def _both(base: str, ours: str, theirs: str) -> str:
    if ours in (base, theirs) or theirs == base:
        return _either(base, ours, theirs)
    return "\n\n".join(part for part in (ours, theirs) if part)


def _both_sections(
    base: tuple[Section, ...], ours: tuple[Section, ...], theirs: tuple[Section, ...]
) -> tuple[Section, ...]:
    """Merge sections by their names; what only they have comes last."""
    old, mine, other = (
        {section.name: section for section in side} for side in (base, ours, theirs)
    )
    blank = Section(name="", heading="")
    merged = []
    for name in dict.fromkeys((*mine, *other)):
        before = old.get(name, blank)
        if (name not in mine or name not in other) and before in (mine.get(name), other.get(name)):
            continue  # One side took it out, and the other left it as it was.
        first = mine.get(name) or other[name]
        second = other.get(name) or first
        heading = _either(before.heading, first.heading, second.heading)
        text, _ = _merge_text(before.text, first.text, second.text)
        merged.append(replaced(first, heading=heading, text=text))
    return tuple(merged)


def _both_extras(base: str, ours: str, theirs: str) -> str:
    """Keep both in a form that is still YAML, with each key once: theirs becomes a remark."""
    if ours in (base, theirs) or theirs == base:
        return _either(base, ours, theirs)
    added = [row for row in theirs.split("\n") if row and row not in ours.split("\n")]
    return "\n".join([*filter(None, [ours]), *(f"# {row}" for row in added)])


def _either(base: T, ours: T, theirs: T) -> T:
    """Give what changed; ours, where both did."""
    return theirs if ours == base else ours
