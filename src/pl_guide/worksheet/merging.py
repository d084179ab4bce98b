"""Bringing two later versions of a worksheet together, question by question; pure.

What only one side changed is taken from that side. Where both changed the same thing, both stand:
texts below one another, each marked; steps and notes beside one another. Nothing is dropped.
"""

from typing import TypeVar

from pl_guide.records import Record, replaced
from pl_guide.worksheet.reflection import Answer, FirstStep, Worksheet

T = TypeVar("T")

OURS = "**Written here:**"
THEIRS = "**Written elsewhere meanwhile:**"


class Merged(Record, frozen=True):
    """The worksheet that both versions became.

    `taken` are the ids of questions where something came from the other side, `disputed` those
    where both had changed the same text and both now stand.
    """

    worksheet: Worksheet
    taken: tuple[str, ...]
    disputed: tuple[str, ...]


def merge_versions(base: Worksheet, ours: Worksheet, theirs: Worksheet) -> Merged:
    """Merge two versions that both grew out of `base`."""
    taken: list[str] = []
    disputed: list[str] = []
    answers: list[Answer] = []
    keys = dict.fromkeys(each.question for side in (ours, theirs) for each in side.answers)
    for key in keys:
        mine, other = ours.answer(key), theirs.answer(key)
        if mine is None or other is None:
            # A question that one side took out stays for the other's sake, if it holds anything.
            left = mine or other
            if left and (left.answered or left.notes or base.answer(key) is None):
                answers.append(left)
                if mine is None:
                    taken.append(key)
            continue
        old = base.answer(key) or Answer(question=key, wording=mine.wording)
        merged, fought = _merge_answers(old, mine, other)
        answers.append(merged)
        if fought:
            disputed.append(key)
        if merged != mine:
            taken.append(key)
    people = dict.fromkeys((*ours.participants, *theirs.participants))
    gone = (set(base.participants) - set(ours.participants)) | (
        set(base.participants) - set(theirs.participants)
    )
    merged_sheet = replaced(
        ours,
        heading=_either(base.heading, ours.heading, theirs.heading),
        title=_either(base.title, ours.title, theirs.title),
        columns=_either(base.columns, ours.columns, theirs.columns),
        participants=tuple(each for each in people if each not in gone),
        started=min(filter(None, (ours.started, theirs.started)), default=""),
        updated=max(ours.updated, theirs.updated),
        extra=_both(base.extra, ours.extra, theirs.extra, "\n"),
        preface=_both(base.preface, ours.preface, theirs.preface),
        answers=tuple(answers),
    )
    return Merged(merged_sheet, tuple(taken), tuple(disputed))


def _merge_answers(base: Answer, ours: Answer, theirs: Answer) -> tuple[Answer, bool]:
    reflections, fought = _merge_text(base.reflections, ours.reflections, theirs.reflections)
    return (
        replaced(
            ours,
            wording=_either(base.wording, ours.wording, theirs.wording),
            reflections=reflections,
            first_steps=merge_steps(base.first_steps, ours.first_steps, theirs.first_steps),
            notes=_both(base.notes, ours.notes, theirs.notes),
        ),
        fought,
    )


def _merge_text(base: str, ours: str, theirs: str) -> tuple[str, bool]:
    if theirs in {ours, base}:
        return ours, False
    if ours == base:
        return theirs, False
    # One side may simply have gone on writing where the other stopped.
    if theirs in ours:
        return ours, False
    if ours in theirs:
        return theirs, False
    if not ours or not theirs:
        return ours or theirs, True
    return f"{OURS}\n\n{ours}\n\n{THEIRS}\n\n{theirs}", True


def merge_steps(
    base: tuple[FirstStep, ...], ours: tuple[FirstStep, ...], theirs: tuple[FirstStep, ...]
) -> tuple[FirstStep, ...]:
    """Merge lists of steps, which are the same step where their texts are.

    They come in our order, with what only they have after its neighbor there. A step that one side
    took out is out, unless the other changed it. A step that both changed otherwise stands twice.
    """
    first = [{each.text: each for each in reversed(side)} for side in (base, ours, theirs)]
    merged: list[FirstStep] = []
    for step in ours:
        old, other = first[0].get(step.text), first[2].get(step.text)
        if other is None:
            merged += [] if step == old else [step]
        elif other in {step, old}:
            merged.append(step)
        elif step == old:
            merged.append(other)
        else:
            merged += [step, other]
    at = 0
    for step in theirs:
        if step in merged:
            at = merged.index(step) + 1
        elif step not in base and (step.text not in first[1] or step != first[2][step.text]):
            merged.insert(at, step)
            at += 1
    return tuple(merged)


def _both(base: str, ours: str, theirs: str, between: str = "\n\n") -> str:
    text = _either(base, ours, theirs)
    if ours in (base, theirs) or theirs in (base, ours):
        return text
    return between.join(part for part in (ours, theirs) if part)


def _either(base: T, ours: T, theirs: T) -> T:
    """Give what changed; ours, where both did."""
    return theirs if ours == base else ours
