"""`reflect`: a role's questions, answered in a session, into a Markdown worksheet."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from pl_guide.cli.options import ContentOption, ReflectingRoleOption
from pl_guide.cli.result import Result, check_ending
from pl_guide.cli.worksheets import OutputOption, asked_role, default_path, existing, state_folder
from pl_guide.content.loading import load_library
from pl_guide.errors import NeedsTerminal, UnknownName
from pl_guide.library import Library
from pl_guide.model import Role
from pl_guide.session.reflection_sitting import chosen_role, reflect_in
from pl_guide.session.run import chosen_asker
from pl_guide.text import nearest
from pl_guide.worksheet.storage.store import read_worksheet


def reflect(  # Long for its options, which take half of it.
    role: ReflectingRoleOption = None,
    output: OutputOption = None,
    people: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="NAME", help="Someone who takes part; may be repeated."),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", metavar="QUESTION", help="Ask only this question (its id); may be repeated."
        ),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on where the worksheet's answers end.")
    ] = False,
    plain: Annotated[
        bool,
        typer.Option("--plain", help="Line by line and in words, for screen readers."),
    ] = False,
    answers: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Fill the worksheet from this YAML file, and ask nothing."
        ),
    ] = None,
    content: ContentOption = None,
) -> Result:
    """Think through a role's questions, alone or with a team, into a Markdown worksheet.

    Each answer is saved as soon as you accept it.
    """
    library = load_library(content, only=role)
    if answers is not None:
        from pl_guide.cli.answers import fill

        needed = asked_role(library, _needed_role(library, role))
        return fill(library, needed, output, people or [], answers, resume=resume)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise NeedsTerminal(
            "Run it in a terminal; or fill a worksheet from a file with --answers;\n"
            "or take a blank one: plguide worksheet --role coach -o coach.md"
        )
    asker = chosen_asker(plain=plain)
    found = asked_role(library, _named_role(library, role, output) or chosen_role(library, asker))
    _check_questions(library, found, only or [])
    check_ending(output, ".md")
    path = output or default_path(found)
    reflect_in(
        path,
        existing(path, found, library),
        library,
        found,
        asker,
        state=state_folder(),
        people=people or [],
        only=only or [],
        resume=resume,
    )
    return Result()


def _needed_role(library: Library, role: str | None) -> Role:
    if role is None:
        raise typer.BadParameter("say which role with --role", param_hint="--role")
    return library.role(role)


def _named_role(library: Library, role: str | None, output: Path | None) -> Role | None:
    """Return the role that an option names, or else the worksheet that is there; None if none."""
    if role is not None:
        return library.role(role)
    if output is not None and output.exists():
        return library.role(read_worksheet(output).worksheet.role)
    return None


def _check_questions(library: Library, role: Role, only: list[str]) -> None:
    ids = [question.id for question in role.questions]
    for name in only:
        if name not in ids:
            noun = library.terms.question.one
            raise UnknownName(name, "question", nearest(name, ids), noun)
