"""`plguide import`: an official guide that a person holds, as a role in the guide's own words."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from pl_guide.cli.options import ContentOption, RoleOption
from pl_guide.cli.result import Result
from pl_guide.content.loading import load_library
from pl_guide.errors import AlreadyThere, CannotWrite, PlguideError
from pl_guide.guide_import.adoption import adopted, role_for, role_text
from pl_guide.guide_import.importing import Import, found_in
from pl_guide.guide_import.recognition import Leftover
from pl_guide.library import Library
from pl_guide.messages.guide_import import (
    LEFT_OUT,
    NO_PURPOSE,
    NOT_THE_GUIDE,
    doubtful,
    left_out,
    no_questions,
    no_responsibilities,
    other_questions,
    other_responsibilities,
    role_made,
    sounds_like,
)
from pl_guide.messages.results import CHOOSE_OR_FORCE
from pl_guide.model import Framework, Role


def import_(
    guide: Annotated[
        Path,
        typer.Argument(
            metavar="GUIDE", help="The guide's file: text, Markdown, Word (.docx) or PDF."
        ),
    ],
    role: Annotated[
        str | None,
        typer.Option(
            help="The role it is for; by default, the one that its title names.",
            autocompletion=RoleOption.__metadata__[0].autocompletion,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="The role's file; by default, it is shown."
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over FILE if it is there.")] = False,
    content: ContentOption = None,
) -> Result:
    """Turn an official guide that you hold into a role in its own words, for your own use."""
    library = load_library(content)
    like = library.role(role) if role else None
    if output and output.exists() and guide.exists() and output.samefile(guide):
        raise CannotWrite(str(output), NOT_THE_GUIDE)
    if output and output.exists() and not force:
        raise AlreadyThere(str(output), CHOOSE_OR_FORCE)
    found = found_in(guide, library)
    like = like or role_for(found.guide.title, library)
    made = adopted(found.guide, like)
    if output:
        output.parent.mkdir(parents=True, exist_ok=True)
    return Result(
        body=role_text(made, library),
        file=output,
        force=force,
        quiet=True,
        remarks=[
            *_remarks(found, made, like, library, asked=role is not None),
            *_left_out(found.guide.leftovers),
            role_made(made, _by_category(made, library.framework), output, library.terms),
        ],
    )


def _remarks(
    found: Import, made: Role, like: Role, library: Library, *, asked: bool
) -> Iterator[str]:
    """Return what a person should look at, since it may not be as the guide has it."""
    framework, terms = library.framework, library.terms
    yield from found.remarks
    if asked and found.guide.title:
        try:
            other = role_for(found.guide.title, library)
        except PlguideError:
            other = like
        if other.id != like.id:
            yield sounds_like(found.guide.title, other.title, like.title)
    if not made.purpose:
        yield NO_PURPOSE
    sizes = zip(*(_by_category(role, framework) for role in (made, like)), strict=True)
    for category, (now, before) in zip(framework.categories, sizes, strict=True):
        if not now:
            yield no_responsibilities(category.title, terms)
        elif now != before:
            yield other_responsibilities(category.title, now, before, terms)
    now, before = len(made.questions), len(like.questions)
    if not now:
        yield no_questions(framework)
    elif now != before:
        yield other_questions(now, before, terms)
    if found.doubts:
        yield doubtful(found.doubts)


def _left_out(leftovers: tuple[Leftover, ...]) -> list[str]:
    lines = [left_out(part.place, part.text, part.pieces) for part in leftovers]
    return [LEFT_OUT, *lines] if lines else []


def _by_category(role: Role, framework: Framework) -> list[int]:
    """Return how many responsibilities a role has in each category."""
    counts = Counter(responsibility.category for responsibility in role.responsibilities)
    return [counts[category.id] for category in framework.categories]
