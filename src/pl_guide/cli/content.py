"""`validate`: whether content is sound, and if not, what to mend where."""

from pathlib import Path
from typing import Annotated

import typer

from pl_guide.cli.gate import INVALID, problem_line
from pl_guide.cli.options import ContentOption, FormatOption, HeadingLevelOption
from pl_guide.cli.output import Format, Output, say
from pl_guide.content.loading import check_content, check_folder
from pl_guide.document import Document, Item, Items, Span
from pl_guide.errors import Problem
from pl_guide.library import Library
from pl_guide.records import into_plain
from pl_guide.render.safe_text import visible
from pl_guide.wording import counted


def validate(
    ctx: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="FOLDER", help="A content folder that stands by itself, framework and all."
        ),
    ] = None,
    format: FormatOption = None,
    heading_level: HeadingLevelOption = 1,
    content: ContentOption = None,
) -> None:
    """Check content, and list every problem with its place and what to write instead.

    Without FOLDER, checks the content that the other commands use: what is shipped, with your
    --content laid over it.
    """
    source = ctx.get_parameter_source("content")
    if folder and content and source is not None and source.name == "COMMANDLINE":
        raise typer.BadParameter("give FOLDER, or --content, not both")
    library, problems = check_folder(folder) if folder else check_content(content)
    output = Output(format, heading_level)
    if output.format in {Format.MARKDOWN, Format.JSON}:
        output.show(lambda: _page(problems), lambda: into_plain(problems))
    elif problems:
        output.write("".join(f"{visible(problem_line(problem))}\n" for problem in problems))
    if problems:
        say(f"{counted(len(problems), 'problem', 'problems')} to mend.")
        raise typer.Exit(INVALID)
    if library:
        say(_all_well(library))


def _all_well(library: Library) -> str:
    terms = library.terms
    standards = terms.count(len(library.framework.standards), terms.standard)
    roles = terms.count(len(library.roles), terms.role)
    return f"All is well: {library.framework.title}, {standards}, {roles}."


def _page(problems: tuple[Problem, ...]) -> Document:
    if not problems:
        return Document(())
    items = (
        Item(
            (
                Span(f"{problem.file}:{problem.line}:{problem.column}", "name"),
                Span(f": {problem.message}; {problem.hint}"),
            )
        )
        for problem in problems
    )
    return Document((Items(tuple(items)),))
