"""`validate`: whether content is sound, and if not, what to mend where."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pl_guide.cli.options import ContentOption, HeadingLevelOption
from pl_guide.cli.output import Format, Output, say
from pl_guide.content.loading import check_content, check_folder
from pl_guide.document import Document, Item, Items, Span
from pl_guide.errors import Problem
from pl_guide.library import Library
from pl_guide.messages.errors import INVALID, problem_line, problem_place, problem_words
from pl_guide.records import into_plain
from pl_guide.safe_text import one_line, visible
from pl_guide.text import counted


class ListFormat(StrEnum):
    """The ways to list problems."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    JSON = "json"
    GITHUB = "github"


def validate(
    ctx: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="FOLDER", help="A content folder that stands by itself, framework and all."
        ),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Let advice count like a problem.")
    ] = False,
    format: Annotated[
        ListFormat | None,
        typer.Option(
            "--format",
            help="terminal, markdown or json; github for annotations in GitHub Actions; by "
            "itself, plain lines.",
        ),
    ] = None,
    heading_level: HeadingLevelOption = 1,
    content: ContentOption = None,
) -> None:
    """Check content, and list every problem with its place and what to write instead.

    Without FOLDER, checks the content that the other commands use: what is shipped, with your
    --content laid over it. Advice comes last: content with nothing but advice is sound.
    """
    source = ctx.get_parameter_source("content")
    if folder and content and source is not None and source.name == "COMMANDLINE":
        raise typer.BadParameter("give FOLDER, or --content, not both")
    library, problems = (
        check_folder(folder, advise=True) if folder else check_content(content, advise=True)
    )
    _write(problems, format, heading_level)
    advice = sum(problem.severity == "advice" for problem in problems)
    errors = len(problems) - advice
    pieces = counted(advice, "piece of advice", "pieces of advice")
    if errors:
        also = f", and {pieces}" if advice else ""
        say(f"{counted(errors, 'problem', 'problems')} to mend{also}.")
        raise typer.Exit(INVALID)
    if advice and strict:
        say(f"{pieces} to follow, since --strict makes advice count.")
        raise typer.Exit(INVALID)
    if library:
        say(_all_well(library) + (f" And {pieces}." if advice else ""))


def _write(problems: tuple[Problem, ...], format: ListFormat | None, heading_level: int) -> None:
    match format:
        case ListFormat.MARKDOWN | ListFormat.JSON:
            output = Output(Format(format), heading_level)
            output.show(lambda: _page(problems), lambda: into_plain(problems))
        case ListFormat.GITHUB if problems:
            Output().write("".join(f"{annotation(each)}\n" for each in problems))
        case _ if problems:
            Output().write("".join(f"{visible(problem_line(each))}\n" for each in problems))


def annotation(problem: Problem) -> str:
    """Write a problem as GitHub Actions takes it from a log, to show it beside the line."""
    command = "warning" if problem.severity == "advice" else "error"
    properties = {
        "file": problem.file,
        "line": str(problem.line),
        "col": str(problem.column),
        "title": problem.code,
    }
    listed = ",".join(f"{name}={_escaped(text, ':,')}" for name, text in properties.items())
    message = one_line(f"{problem.message}; {problem.hint}")
    return visible(f"::{command} {listed}::{_escaped(message)}")


def _escaped(text: str, also: str = "") -> str:
    for character in f"%\r\n{also}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def _all_well(library: Library) -> str:
    terms = library.terms
    standards = terms.count(len(library.framework.standards), terms.standard)
    roles = terms.count(len(library.roles), terms.role)
    return f"All is well: {library.framework.title}, {standards}, {roles}."


def _page(problems: tuple[Problem, ...]) -> Document:
    if not problems:
        return Document(())
    items = (
        Item((Span(problem_place(each), "name"), Span(f": {problem_words(each)}")))
        for each in problems
    )
    return Document((Items(tuple(items)),))
