"""`plguide validate`: whether content is sound, and if not, what to fix where."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from pl_guide.cli import options
from pl_guide.cli.output import Format
from pl_guide.cli.result import Result
from pl_guide.content.loading import check_content, check_folder
from pl_guide.document import Document, Item, Span
from pl_guide.errors import Problem
from pl_guide.library import Library
from pl_guide.messages.errors import INVALID, problem_line, problem_place, problem_words
from pl_guide.messages.results import verdict
from pl_guide.messages.usage import FOLDER_OR_CONTENT
from pl_guide.pages.parts import listing
from pl_guide.safe_text import one_line, visible


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
        Literal[Format, "github"] | None,
        typer.Option(
            "--format",
            help="terminal, markdown or json; github for annotations in GitHub Actions; "
            "plain lines by default.",
        ),
    ] = None,
    heading_level: options.HeadingLevel = 1,
    content: options.Content = None,
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
    sound = not errors and not (advice and strict)
    line = annotation if format == "github" else problem_line
    listed = format is None or format in {"terminal", "github"}
    return Result(
        page=None if listed else lambda: _page(problems),
        data=lambda: problems,
        body="".join(f"{visible(line(problem))}\n" for problem in problems),
        format=None if format == "github" else format,
        heading_level=heading_level,
        remarks=[verdict(errors, advice, _sizes(library), strict=strict)],
        code=lambda: 0 if sound else INVALID,
    )


def _sizes(library: Library | None) -> str:
    """Return what is in content, where it is sound enough to be loaded."""
    if library is None:
        return ""
    framework, terms = library.framework, library.terms
    standards = terms.count(len(framework.standards), terms.standard)
    return f"{framework.title}, {standards}, {terms.count(len(library.roles), terms.role)}"


def annotation(problem: Problem) -> str:
    """Write a problem as GitHub Actions takes it from a log, to show it beside the line."""
    command = "warning" if problem.severity == "advice" else "error"
    file, code = _escaped(problem.file, ":,"), _escaped(problem.code, ":,")
    where = f"file={file},line={problem.line},col={problem.column},title={code}"
    message = one_line(f"{problem.message}; {problem.hint}")
    return visible(f"::{command} {where}::{_escaped(message)}")


def _escaped(text: str, also: str = "") -> str:
    for character in f"%\r\n{also}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def _page(problems: tuple[Problem, ...]) -> Document:
    items = (
        Item((Span(problem_place(problem), "name"), Span(f": {problem_words(problem)}")))
        for problem in problems
    )
    return Document(tuple(listing(items)))
