"""`plguide validate`: whether content is sound, and if not, what to fix where."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pl_guide.cli.options import ContentOption, HeadingLevelOption
from pl_guide.cli.output import Format
from pl_guide.cli.result import Result
from pl_guide.content.loading import check_content, check_folder
from pl_guide.document import Document, Item, Items, Span
from pl_guide.errors import Problem
from pl_guide.messages.errors import INVALID, problem_line, problem_place, problem_words
from pl_guide.messages.results import all_well, to_fix, to_follow
from pl_guide.messages.usage import FOLDER_OR_CONTENT
from pl_guide.records import into_plain
from pl_guide.safe_text import one_line, visible


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
        typer.Argument(metavar="FOLDER", help="A content folder that is whole, framework and all."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Let advice count like a problem.")
    ] = False,
    format: Annotated[
        ListFormat | None,
        typer.Option(
            "--format",
            help="terminal, markdown or json; github for annotations in GitHub Actions; "
            "plain lines by default.",
        ),
    ] = None,
    heading_level: HeadingLevelOption = 1,
    content: ContentOption = None,
) -> Result:
    """Check content, and list every problem with its place and what to write instead.

    Without FOLDER, checks the content that the other commands use: what is shipped, with your
    --content laid over it. Advice comes last: content with nothing but advice is sound.
    """
    source = ctx.get_parameter_source("content")
    if folder and content and source is not None and source.name == "COMMANDLINE":
        raise typer.BadParameter(FOLDER_OR_CONTENT)
    library, problems = (
        check_folder(folder, advise=True) if folder else check_content(content, advise=True)
    )
    advice = sum(problem.severity == "advice" for problem in problems)
    errors = len(problems) - advice
    remarks = []
    if errors:
        remarks = [to_fix(errors, advice)]
    elif advice and strict:
        remarks = [to_follow(advice)]
    elif library:
        sizes = len(library.framework.standards), len(library.roles)
        remarks = [all_well(library.framework.title, *sizes, advice, library.terms)]
    sound = not errors and not (advice and strict)
    shown = Format(str(format)) if format in {ListFormat.MARKDOWN, ListFormat.JSON} else None
    return Result(
        page=(lambda: _page(problems)) if shown else None,
        data=lambda: into_plain(problems),
        body=_lines(problems, github=format is ListFormat.GITHUB),
        format=shown,
        heading_level=heading_level,
        remarks=remarks,
        code=lambda: 0 if sound else INVALID,
    )


def _lines(problems: tuple[Problem, ...], *, github: bool) -> str:
    line = annotation if github else problem_line
    return "".join(f"{visible(line(problem))}\n" for problem in problems)


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


def _page(problems: tuple[Problem, ...]) -> Document:
    if not problems:
        return Document(())
    items = (
        Item((Span(problem_place(each), "name"), Span(f": {problem_words(each)}")))
        for each in problems
    )
    return Document((Items(tuple(items)),))
