"""Advice about content that is sound: what its author may not have meant. Slow to speak up."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from pl_guide.content.files import (
    FRAMEWORK_FILE,
    MAX_BYTES,
    ROLES_FOLDER,
    SUFFIXES,
    ContentFile,
    Folder,
)
from pl_guide.errors import Problem
from pl_guide.messages.content import wording
from pl_guide.model import Framework, Question, Responsibility, Role
from pl_guide.wording import Terms

ALIKE = 0.7
"""How many of the words of two texts both have, of all they have, where they are alike."""

ROUGHLY = 0.4
"""The same where the words still have their punctuation, and a closer look is due."""

LONGEST_WORDS = 12
"""How many characters the words of a text have on average at most."""

LONG, MUCH_LONGER, MANY = 2.5, 100, 3
"""How many times as long as its neighbors a far longer text is, by how many characters, and how
many texts it takes to tell."""

# Question marks of the world's scripts (Greek writes a semicolon), and the scripts that have none:
# those of South-East Asia and Tibet; Japanese may end in か. Compiled when first used.
_ASKS = (
    "[?\u037e\u055e\u061f\u1367\u1945\u2047-\u2049\u203d\u2cfa\u2cfb\u2e2e\ua60f\ua6f7\ufe16\ufe56"
    "\uff1f]|[\u0370-\u03ff\u1f00-\u1fff]\\s*;|[\u0e00-\u109f\u1780-\u17ff]|か[。」]*\\s*$"
)
_SIGNS = "[!-/:-@[-`{-~\u2010-\u2027\u3001\u3002\uff01-\uff0f\uff1a-\uff20]"
_CONTENT = r"^(responsibilities|questions|extends|categories|standards):"


def advise(
    folder: Folder,
    file: ContentFile | None,
    framework: Framework | None,
    roles: list[tuple[ContentFile, Role]],
    *,
    sound: bool,
) -> list[Problem]:
    """Note advice in the files of a framework and of its roles, and return that on the folder.

    Unless all of it is sound, nobody can tell what is never used: then nothing is said of that.
    """
    terms = framework.terms if framework else Terms()
    for role_file, role in roles:
        _report_items(role_file, "responsibilities", role.responsibilities)
        _report_items(role_file, "questions", role.questions)
        for index, question in enumerate(role.questions):
            if terms.question == Terms().question and not asks(question.text):
                role_file.report(("questions", index, "text"), wording("not-a-question"), "advice")
    if sound and file and framework:
        _report_unused(file, framework, [role for _, role in roles])
        _report_long(file, "foundations", [item.text for item in framework.foundations])
        statements = [standard.statement for standard in framework.standards]
        _report_long(file, "standards", statements, "statement")
    return list(_ignored_files(folder))


def _report_unused(file: ContentFile, framework: Framework, roles: list[Role]) -> None:
    used = {standard.category for standard in framework.standards}
    served = {name for role in roles for item in role.responsibilities for name in item.standards}
    listed = {name for role in roles for name in role.resources}
    for index, category in enumerate(framework.categories):
        if category.id not in used:
            sentence = wording("empty-category", name=category.id)
            file.report(("categories", index, "id"), sentence, "advice")
    for index, standard in enumerate(framework.standards if roles else ()):
        if served.isdisjoint((standard.id, *(construct.id for construct in standard.constructs))):
            sentence = wording("unserved-standard", name=standard.id)
            file.report(("standards", index, "id"), sentence, "advice")
    for index, resource in enumerate(framework.resources):
        if resource.role_specific and resource.id not in listed:
            sentence = wording("unused-resource", name=resource.id)
            file.report(("resources", index, "id"), sentence, "advice")


def asks(text: str) -> bool:
    """Return whether a text may be a question, in any script."""
    return "?" in text or bool(re.search(_ASKS, text))


def _ignored_files(folder: Folder) -> Iterator[Problem]:
    """Yield advice about files that look like content, and that nothing reads."""
    for path in sorted(folder.path.iterdir()):
        if path.name == FRAMEWORK_FILE or path.name[0] == "." or not path.is_file():
            continue
        if path.suffix.lower() in SUFFIXES and _looks_like_content(path):
            sentence = wording("ignored-file", roles=ROLES_FOLDER, framework=FRAMEWORK_FILE)
            yield Problem(folder.name_of(path.name), 1, 1, *sentence, "advice")


def _looks_like_content(path: Path) -> bool:
    with suppress(OSError), path.open("rb") as stream:
        text = stream.read(MAX_BYTES).decode(errors="replace")
        return re.search(_CONTENT, text, re.MULTILINE) is not None
    return False


def _report_long(file: ContentFile, items: str, texts: list[str], key: str = "text") -> None:
    lengths = sorted(map(len, texts))
    if len(texts) < MANY or lengths[-1] <= MUCH_LONGER:
        return
    for index, text in enumerate(texts):
        rest = lengths.copy()
        rest.remove(len(text))
        usual = rest[len(rest) // 2]
        if len(text) > max(usual * LONG, usual + MUCH_LONGER):
            sentence = wording("long-text", length=len(text), usual=usual)
            file.report((items, index, key), sentence, "advice")


def _report_items(
    file: ContentFile, items: str, found: Iterable[Responsibility | Question]
) -> None:
    """Note which of a role's texts are far longer than the others, or almost like another."""
    _report_long(file, items, [item.text for item in found])
    seen: list[tuple[Responsibility | Question, frozenset[str], int]] = []
    for index, item in enumerate(found):
        # Words as they are between spaces are found fast, and tell nearly all pairs apart.
        roughly = _parts(item.text)
        size = len(roughly)
        for other, others, other_size in seen:
            both = len(roughly & others)
            if both >= (size + other_size - both) * ROUGHLY and _alike(item.text, other.text):
                sentence = wording("alike", name=item.id, other=other.id)
                file.report((items, index, "text"), sentence, "advice")
                break
        seen.append((item, roughly, size))


def _alike(text: str, other: str) -> bool:
    words, others = (_parts(re.sub(_SIGNS, "", whole)) for whole in (text, other))
    return len(words & others) >= len(words | others) * ALIKE


def _parts(text: str) -> frozenset[str]:
    """Return a text's words; or its pairs of letters, where no spaces set words apart."""
    words = text.lower().split()
    apart = len(words) * LONGEST_WORDS >= len(text)
    return frozenset(words if apart else map("".join, pairwise(text)))
