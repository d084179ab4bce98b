"""Colleagues' worksheets into one, question by question; pure.

Each person's words are under their name, equal steps once, and nothing is dropped. The result
doesn't depend on the order of the worksheets, and gathering one with itself changes nothing: equal
worksheets count once, and the others are put into an order of their own first.
"""

import hashlib
import re
from collections.abc import Iterable
from typing import Any, assert_never

from pl_guide.records import replaced
from pl_guide.text import fold
from pl_guide.worksheet.format.markdown import format_worksheet
from pl_guide.worksheet.model import Answer, FirstStep, Section, Worksheet, goes_on, tidy_text
from pl_guide.worksheet.parts import ANSWER_PARTS, STEP_FIELDS

SOMEONE = "A colleague"
APART = " · "
EITHER = " / "

# A row that says whose words follow, as `_said` writes it.
_MARK = re.compile(r"^\*\*([^*\n]+):\*\*$")
_LIKE_MARK = re.compile(r"^(\\*)(?=\*\*[^*\n]+:\*\*$)", re.MULTILINE)
_ESCAPED_MARK = re.compile(r"^\\(\\*)(?=\*\*[^*\n]+:\*\*$)", re.MULTILINE)

Voice = tuple[str, str]
"""Whose words, and the words."""


def gather(worksheets: Iterable[tuple[str, Worksheet]], *, anonymous: bool = False) -> Worksheet:
    """Gather worksheets of one role and framework, each with a name for whoever is not named.

    That name is put over the words of a worksheet that has no participants; it becomes one. With
    `anonymous`, no names are over words and nobody takes part; owners of steps stay.
    """
    distinct: dict[str, tuple[str, Worksheet]] = {}
    for name, sheet in sorted(worksheets, key=lambda each: each[0]):
        distinct.setdefault(format_worksheet(sheet), (name, sheet))
    found = [distinct[text] for text in sorted(distinct)]
    if len(found) == 1 and not anonymous:
        return found[0][1]
    named = [
        sheet if sheet.participants else replaced(sheet, participants=(name,))
        for name, sheet in found
    ]
    last = max(sheet.updated for sheet in named)
    # Among those that were changed last, what sorts first: so it stays when gathered once more.
    newest = [sheet for sheet in named if sheet.updated == last]
    keys = _in_one_order([[answer.key for answer in sheet.answers] for sheet in named])
    people = sorted({person for sheet in named for person in sheet.participants})
    everyone = APART.join(people)
    sources = sorted({source for _, sheet in found for source in _sources(sheet)})
    heading = min(sheet.heading for sheet in newest)
    other_headings = dict.fromkeys(sheet.heading for sheet in named if sheet.heading != heading)
    retitled = [f"Also titled: {each}" for each in other_headings if each]
    return replaced(
        newest[0],
        edition=min(sheet.edition for sheet in newest),
        title=min(sheet.title for sheet in newest),
        heading=heading,
        columns=min(sheet.columns for sheet in newest),
        participants=() if anonymous else tuple(people),
        started=min(filter(None, (sheet.started for sheet in named)), default=""),
        id=_digest("\n".join(sources)) if len(sources) > 1 else newest[0].id,
        merged=tuple(sources) if len(sources) > 1 else (),
        extra=_extras(newest, named),
        preface=_texts([*(sheet.preface for sheet in named), *retitled]),
        before=_sections([sheet.before for sheet in named]),
        answers=tuple(_gathered(key, newest, named, everyone, anonymous=anonymous) for key in keys),
        after=_sections([sheet.after for sheet in named]),
    )


def _sources(sheet: Worksheet) -> tuple[str, ...]:
    """Return the ids of all worksheets that went into one; without one, a digest of its text."""
    return sheet.merged or (sheet.id or _digest(format_worksheet(sheet)),)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]


def voices(text: str, people: tuple[str, ...]) -> list[Voice]:
    """Part what a worksheet's people wrote under one question by who wrote it.

    Words are under a row `**Name:**`, as gathering writes, or behind `Name:` as a row begins, as a
    team types; the name must be that of someone who takes part. Other words are everyone's.
    """
    if not text:
        return []
    known = {fold(person): person for person in people}
    together = APART.join(sorted(people))
    rows = text.split("\n")
    marked = any(_names(_MARK.match(row), known) for row in rows)
    parts: list[tuple[str, str, list[str]]] = [(together, "", [])]
    for row in rows:
        who, words = _beginning(row, known, marked=marked)
        if who:
            parts.append((who, row, [words]))
        else:
            parts[-1][2].append(row)
    found: list[Voice] = []
    for who, row, lines in parts:
        words = tidy_text("\n".join(lines))
        if words:
            found.append((who, _ESCAPED_MARK.sub(r"\1", words) if marked else words))
        elif row:
            # A name with nothing under it is something that was written, too.
            found.append((together, row))
    return found


def _beginning(row: str, known: dict[str, str], *, marked: bool) -> tuple[str, str]:
    """Give whose words begin in a row, and what of them is in it; nobody's, if none do."""
    if marked:
        return _names(_MARK.match(row), known), ""
    begun, colon, rest = row.partition(":")
    name = known.get(fold(begun.strip()), "") if colon and rest[:1] in {"", " "} else ""
    return name, rest.strip()


def _names(mark: re.Match[str] | None, known: dict[str, str]) -> str:
    """Give the people a row names, if all of them take part."""
    if mark is None:
        return ""
    if mark.group(1) == SOMEONE:
        # Only where nobody takes part has gathering put it there.
        return "" if any(each != SOMEONE for each in known.values()) else SOMEONE
    names = [known.get(fold(each)) for each in mark.group(1).split(APART)]
    return APART.join(sorted(filter(None, names))) if all(names) else ""


def _gathered(
    key: str, newest: list[Worksheet], sheets: list[Worksheet], everyone: str, *, anonymous: bool
) -> Answer:
    found = [(sheet, answer) for sheet in sheets if (answer := sheet.answer(key))]
    wordings = sorted({answer.wording for _, answer in found if answer.wording})
    latest = sorted(
        answer.wording for sheet in newest if (answer := sheet.answer(key)) and answer.wording
    )
    wording = next(iter([*latest, *wordings]), "")
    others = [f"Also asked as: {each}" for each in wordings if each != wording]
    role, _, question = key.rpartition("/")
    merged: dict[str, Any] = {"role": role, "question": question, "wording": wording}
    for part in ANSWER_PARTS:
        values = [(sheet, getattr(answer, part.name)) for sheet, answer in found]
        if not part.asked:
            merged[part.name] = _texts([*(text for _, text in values), *others])
            continue
        match part.kind:
            case "text":
                words = [
                    voice for sheet, text in values for voice in voices(text, sheet.participants)
                ]
                merged[part.name] = _said(words, everyone=everyone, anonymous=anonymous)
            case "steps":
                merged[part.name] = _steps([steps for _, steps in values])
            case _:
                assert_never(part.kind)
    return Answer(**merged)


def _said(said: list[Voice], *, everyone: str, anonymous: bool) -> str:
    """Write each person's words under their name; words that several wrote are there once."""
    by_words: dict[str, set[str]] = {}
    for who, words in said:
        by_words.setdefault(words, set()).update(who.split(APART))
    if anonymous:
        return "\n\n".join(f"**{SOMEONE}:**\n\n{_escaped(words)}" for words in sorted(by_words))
    whose = [(APART.join(sorted(names)), words) for words, names in by_words.items()]
    names, words = whose[0] if len(whose) == 1 else ("", "")
    if names == everyone and not _LIKE_MARK.search(words):
        # One text that all wrote together needs no names.
        return words
    return "\n\n".join(f"**{names}:**\n\n{_escaped(words)}" for names, words in sorted(whose))


def _escaped(words: str) -> str:
    return _LIKE_MARK.sub(r"\\\1", words)


def _steps(several: list[tuple[FirstStep, ...]]) -> tuple[FirstStep, ...]:
    """Bring equal steps together, with what each worksheet says of them."""
    found: dict[tuple[str, str, int], list[FirstStep]] = {}
    # The longest list keeps its order: the others may have gone into it already.
    for steps in sorted(several, key=len, reverse=True):
        seen: list[tuple[str, str]] = []
        for step in steps:
            key = (step.text, step.state)
            found.setdefault((*key, seen.count(key)), []).append(step)
            seen.append(key)
    return tuple(_one_step(same) for same in found.values())


def _one_step(same: list[FirstStep]) -> FirstStep:
    merged: dict[str, Any] = {}
    for field in STEP_FIELDS:
        values = [getattr(step, field.name) for step in same]
        match field.kind:
            case "action" | "state":
                merged[field.name] = values[0]
            case "line":
                parts = {part for value in values for part in value.split(EITHER) if part}
                merged[field.name] = EITHER.join(sorted(parts))
            case "lines":
                merged[field.name] = tuple(sorted({line for lines in values for line in lines}))
            case "text":
                merged[field.name] = _texts(values)
            case _:
                assert_never(field.kind)
    return FirstStep(**merged)


def _sections(several: list[tuple[Section, ...]]) -> tuple[Section, ...]:
    """Bring sections of one name together, each other heading above its text."""
    named: dict[str, list[Section]] = {}
    for section in (section for sections in several for section in sections):
        named.setdefault(section.name, []).append(section)
    gathered = []
    for name, same in sorted(named.items()):
        heading = min(section.heading for section in same)
        texts = [
            text if other == heading else tidy_text(f"{other}\n\n{text}")
            for other, text in ((section.heading, section.text) for section in same)
        ]
        gathered.append(Section(name=name, heading=heading, text=_texts(texts)))
    return tuple(gathered)


def _texts(texts: Iterable[str]) -> str:
    """Put texts below one another, leaving out one that is within another already."""
    kept: list[str] = []
    for text in dict.fromkeys(filter(None, texts)):
        if not any(goes_on(each, text) for each in kept):
            kept = [each for each in kept if not goes_on(text, each)]
            kept.append(text)
    return "\n\n".join(kept)


def _extras(newest: list[Worksheet], sheets: list[Worksheet]) -> str:
    """Keep the newest's own front matter; lines that only others have become remarks."""
    first = min(sheet.extra for sheet in newest)
    kept = first.split("\n") if first else []
    for sheet in sheets:
        for row in filter(None, sheet.extra.split("\n")):
            remark = row if row.startswith("#") else f"# {row}"
            if row not in kept and remark not in kept:
                kept.append(remark)
    return "\n".join(kept)


def _in_one_order(several: list[list[str]]) -> list[str]:
    """Put the questions of all worksheets into one order, that of the longest list first."""
    ordered = sorted(several, key=lambda keys: (-len(keys), keys))
    return list(dict.fromkeys(key for keys in ordered for key in keys))
