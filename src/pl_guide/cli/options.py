"""Options and arguments that several commands share, and what completes them."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from pl_guide.cli import output
from pl_guide.content.loading import load_library
from pl_guide.errors import PlguideError
from pl_guide.library import FRAMEWORK_NAME, Library, Named
from pl_guide.records import replaced

Completions = list[tuple[str, str]]


def _completing(
    parts: Callable[[Library], Iterable[Named]],
) -> Callable[[typer.Context], Completions]:
    """Return what completes a name of something in the library; it never fails."""

    def complete(ctx: typer.Context) -> Completions:
        content = ctx.params.get("content")
        try:
            library = load_library(Path(content) if content else None)
        except (PlguideError, OSError):
            return []
        return [(part.id, part.title) for part in parts(library)]

    return complete


def _everything(library: Library) -> list[Named]:
    framework = replaced(library.framework, id=FRAMEWORK_NAME)
    return [*library.roles, *framework.standards, *framework.categories, framework]


complete_role = _completing(lambda library: library.roles)


def file_option(words: str) -> Any:
    """Return the option that names a result's file."""
    return typer.Option("--output", "-o", metavar="FILE", help=words)


def role_option(words: str) -> Any:
    """Return the option that names a role."""
    return typer.Option("--role", help=words, autocompletion=complete_role)


Format = Annotated[
    output.Format | None,
    typer.Option(
        "--format", help="terminal, markdown or json; Markdown by default in a pipe or file."
    ),
]
HeadingLevel = Annotated[
    int,
    typer.Option(
        min=1, max=6, help="The level of the first heading in Markdown, to fit a page of yours."
    ),
]
Pager = Annotated[bool, typer.Option("--pager", help="Page through it, in a terminal.")]
Content = Annotated[
    Path | None,
    typer.Option(
        envvar="PLGUIDE_CONTENT",
        show_envvar=True,
        help="A folder with content of your own, laid over what is shipped.",
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there already.")]
ResultFile = Annotated[Path | None, file_option("Write it in this file.")]
WorksheetFile = Annotated[Path | None, file_option("The worksheet's file.")]
Worksheets = Annotated[
    list[Path] | None,
    typer.Argument(metavar="PATH…", help="Worksheets, or folders with worksheets in them."),
]
Plain = Annotated[
    bool, typer.Option("--plain", help="Line by line and in words, for screen readers.")
]
Name = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        help="A role, standard or category, or `framework`.",
        autocompletion=_completing(_everything),
    ),
]
RoleName = Annotated[
    str, typer.Argument(metavar="ROLE", help="A role.", autocompletion=complete_role)
]
OnlyRole = Annotated[str | None, role_option("Only this role.")]
OnlyStandard = Annotated[
    str | None,
    typer.Option(
        "--standard",
        help="Only what serves this standard.",
        autocompletion=_completing(lambda library: library.framework.standards),
    ),
]
OnlyCategory = Annotated[
    str | None,
    typer.Option(
        "--category",
        help="Only what belongs to this category.",
        autocompletion=_completing(lambda library: library.framework.categories),
    ),
]
