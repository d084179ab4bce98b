"""`plguide import`: an official guide that a person holds, as a role in the guide's own words."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from pl_guide.cli import options
from pl_guide.cli.result import Result
from pl_guide.content.loading import load_library
from pl_guide.errors import CannotWrite, PlguideError
from pl_guide.guide_import.adoption import adopted, role_for, role_text
from pl_guide.guide_import.importing import Import, found_in
from pl_guide.library import Library
from pl_guide.messages import guide_import as messages
from pl_guide.model import Framework, Role
from pl_guide.text import listed


def import_(
    guide: Annotated[
        Path,
        typer.Argument(
            metavar="GUIDE", help="The guide's file: text, Markdown, HTML, Word (.docx) or PDF."
        ),
    ],
    role: Annotated[
        str | None,
        options.role_option("The role it is for; by default, the one that its title names."),
    ] = None,
    output: Annotated[
        Path | None, options.file_option("The role's file; by default, it is shown.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over FILE if it is there.")] = False,
    content: options.Content = None,
) -> Result:
    """Turn an official guide that you hold into a role in its own words, for your own use."""
    library = load_library(content)
    like = library.role(role) if role else None
    if output and output.exists() and guide.exists() and output.samefile(guide):
        raise CannotWrite(str(output), messages.NOT_THE_GUIDE)
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
        remarks=_remarks(found, made, like, library, output, asked=role is not None),
    )


def _remarks(
    found: Import, made: Role, like: Role, library: Library, output: Path | None, *, asked: bool
) -> Iterator[str]:
    """Return what may not be as the guide has it, then what the role has, and where it is."""
    framework, terms = library.framework, library.terms
    yield from found.remarks
    if asked and found.guide.title:
        try:
            other = role_for(found.guide.title, library)
        except PlguideError:
            other = like
        if other.id != like.id:
            title = messages.excerpt(found.guide.title)
            yield messages.SOUNDS_LIKE.format(title=title, other=other.title, taken=like.title)
    if not made.purpose:
        yield messages.NO_PURPOSE
    sizes, others = (_by_category(role, framework) for role in (made, like))
    for category, now, before in zip(framework.categories, sizes, others, strict=True):
        if not now:
            yield terms.say(messages.NO_RESPONSIBILITIES, category=category.title)
        elif now != before:
            count = terms.count(now, terms.responsibility)
            yield terms.say(
                messages.OTHER_RESPONSIBILITIES, category=category.title, now=count, before=before
            )
    now, before = len(made.questions), len(like.questions)
    if not now:
        table = framework.reflection
        heads = listed((terms.question.one, table.reflections, table.first_steps), "and")
        yield terms.say(messages.NO_QUESTIONS, heads=heads.upper())
    elif now != before:
        count = terms.count(now, terms.question)
        yield terms.say(messages.OTHER_QUESTIONS, now=count, before=before)
    if found.doubts:
        yield messages.doubtful(found.doubts)
    if found.guide.leftovers:
        yield messages.LEFT_OUT
    for part in found.guide.leftovers:
        yield messages.left_out(part.place, part.text, part.pieces)
    yield messages.ROLE_MADE.format(
        where=f"Saved in {output}: " if output else "",
        title=made.title,
        responsibilities=terms.count(len(made.responsibilities), terms.responsibility),
        sums=" + ".join(map(str, sizes)),
        questions=terms.count(len(made.questions), terms.question),
    )


def _by_category(role: Role, framework: Framework) -> list[int]:
    """Return how many responsibilities a role has in each category."""
    counts = Counter(responsibility.category for responsibility in role.responsibilities)
    return [counts[category.id] for category in framework.categories]
