"""`import`: an official guide that a person holds, as a role in the guide's own words."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from pl_guide.cli.options import ContentOption, RoleOption
from pl_guide.cli.output import Output, say
from pl_guide.cli.results import OVERWRITE, deliver_file
from pl_guide.content.loading import load_library
from pl_guide.errors import AlreadyThere, CannotWrite, PlguideError
from pl_guide.guide_import.adoption import adopted, role_for, role_text
from pl_guide.guide_import.importing import Import, found_in
from pl_guide.guide_import.recognition import Leftover
from pl_guide.library import Library
from pl_guide.model import Role
from pl_guide.render.safe_text import one_line
from pl_guide.text import counted, listed

EXCERPT = 60


def import_guide(
    guide: Annotated[
        Path,
        typer.Argument(
            metavar="GUIDE", help="The guide's file: text, Markdown, HTML, Word (.docx) or PDF."
        ),
    ],
    role: Annotated[
        str | None,
        typer.Option(
            help="The role it is for; by itself, the one that its title names.",
            autocompletion=RoleOption.__metadata__[0].autocompletion,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="The role's file; by itself, it is shown."
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over FILE if it is there.")] = False,
    content: ContentOption = None,
) -> None:
    """Turn an official guide that you hold into a role in its own words, for your own use."""
    library = load_library(content)
    like = library.role(role) if role else None
    if output and output.exists() and guide.exists() and output.samefile(guide):
        raise CannotWrite(str(output), "it is the guide itself")
    if output and output.exists() and not force:
        raise AlreadyThere(str(output), OVERWRITE)
    found = found_in(guide, library)
    like = like or role_for(found.guide.title, library)
    made = adopted(found.guide, like)
    text = role_text(made, library)
    if output:
        _write(output, text, force=force)
    else:
        Output().write(text)
    for remark in _remarks(found, made, like, library, asked=role is not None):
        say(remark)
    _say_leftovers(found.guide.leftovers)
    say(f"{f'Saved in {output}: ' if output else ''}{made.title}, {_counts(made, library)}.")


def _write(output: Path, text: str, *, force: bool) -> None:
    output.parent.mkdir(parents=True, exist_ok=True)
    deliver_file(text.encode("utf-8"), output, force=force, quiet=True)


def _remarks(
    found: Import, made: Role, like: Role, library: Library, *, asked: bool
) -> Iterator[str]:
    """Say what a person should look at, since it may not be as the guide has it."""
    yield from found.remarks
    if asked and found.guide.title:
        try:
            other = role_for(found.guide.title, library)
        except PlguideError:
            other = like
        if other.id != like.id:
            yield (
                f"The title, “{_excerpt(found.guide.title)}”, sounds like {other.title}; it is "
                f"taken for {like.title}, as you say."
            )
    if not made.purpose:
        yield "No purpose was found: no running text follows the title."
    terms = library.framework.terms
    for category in library.framework.categories:
        now, before = (
            sum(1 for each in role.responsibilities if each.category == category.id)
            for role in (made, like)
        )
        what = counted(now, terms.responsibility.one, terms.responsibility.many)
        if not now:
            yield (
                f"“{category.title}” has no {terms.responsibility.many}: no bullet list stands "
                "under that name. The role is not whole."
            )
        elif now != before:
            yield (
                f"“{category.title}” has {what}, not {before} as in plguide's role: they have "
                f"new ids, and no {terms.standard.many} yet."
            )
    now, before = len(made.questions), len(like.questions)
    if not now:
        table = library.framework.reflection
        heads = listed((terms.question.one, table.reflections, table.first_steps), "and")
        yield (
            f"No {terms.question.many} were found: there is no table headed {heads.upper()}. "
            "The role is not whole."
        )
    elif now != before:
        what = counted(now, terms.question.one, terms.question.many)
        yield (
            f"There are {what}, not {before} as in plguide's role: they have new ids, and no "
            f"{terms.standard.many} yet. Worksheets begun before keep their own."
        )
    if found.doubts:
        words = listed((f"“{word}”" for word in found.doubts), "and")
        yield f"A line ends within {words}: look in the guide whether the hyphen is right."


def _say_leftovers(leftovers: tuple[Leftover, ...]) -> None:
    if not leftovers:
        return
    say("These parts of the guide have no place in a role, and were left out:")
    for each in leftovers:
        more = f" (and {each.pieces - 1} more)" if each.pieces > 1 else ""
        say(f"  {each.place}: “{_excerpt(each.text)}”{more}")


def _excerpt(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT].rsplit(' ', 1)[0]} …"


def _counts(role: Role, library: Library) -> str:
    terms = library.framework.terms
    by_category = [
        sum(1 for each in role.responsibilities if each.category == category.id)
        for category in library.framework.categories
    ]
    responsibilities = counted(
        len(role.responsibilities), terms.responsibility.one, terms.responsibility.many
    )
    questions = counted(len(role.questions), terms.question.one, terms.question.many)
    return f"{responsibilities} ({' + '.join(map(str, by_category))}) and {questions}"
