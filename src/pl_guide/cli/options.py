"""Options and arguments that several commands share, and what completes them."""

from pathlib import Path
from typing import Annotated, Any

import typer

from pl_guide.cli.output import Format
from pl_guide.content.loading import load_library
from pl_guide.errors import PlguideError
from pl_guide.library import FRAMEWORK_NAME, Library

Completions = list[tuple[str, str]]


def _library(ctx: typer.Context) -> Library | None:
    """Load content for completion, which must never fail."""
    content: Any = ctx.params.get("content")
    try:
        return load_library(Path(content) if content else None)
    except (PlguideError, OSError):
        return None


def complete_role(ctx: typer.Context) -> Completions:
    """Complete the id of a role."""
    library = _library(ctx)
    return [(role.id, role.title) for role in library.roles] if library else []


def _complete_standard(ctx: typer.Context) -> Completions:
    library = _library(ctx)
    return [(each.id, each.title) for each in library.framework.standards] if library else []


def _complete_category(ctx: typer.Context) -> Completions:
    library = _library(ctx)
    return [(each.id, each.title) for each in library.framework.categories] if library else []


def _complete_name(ctx: typer.Context) -> Completions:
    library = _library(ctx)
    if library is None:
        return []
    whole = (FRAMEWORK_NAME, library.framework.title)
    return [*complete_role(ctx), *_complete_standard(ctx), *_complete_category(ctx), whole]


FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format", help="terminal, markdown or json; Markdown by default in a pipe or file."
    ),
]
HeadingLevelOption = Annotated[
    int,
    typer.Option(
        min=1, max=6, help="The level of the first heading in Markdown, to fit a page of yours."
    ),
]
PagerOption = Annotated[bool, typer.Option("--pager", help="Page through it, in a terminal.")]
ContentOption = Annotated[
    Path | None,
    typer.Option(
        envvar="PLGUIDE_CONTENT",
        show_envvar=True,
        help="A folder with content of your own, laid over what is shipped.",
    ),
]
ForceOption = Annotated[
    bool, typer.Option("--force", help="Write over a file that is there already.")
]
ResultOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it in this file.")
]
WorksheetsArgument = Annotated[
    list[Path] | None,
    typer.Argument(metavar="PATH…", help="Worksheets, or folders with worksheets in them."),
]
NameArgument = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        help="A role, standard or category, or `framework`.",
        autocompletion=_complete_name,
    ),
]
RoleArgument = Annotated[
    str, typer.Argument(metavar="ROLE", help="A role.", autocompletion=complete_role)
]
RoleOption = Annotated[
    str | None, typer.Option("--role", help="Only this role.", autocompletion=complete_role)
]
ReflectingRoleOption = Annotated[
    str | None,
    typer.Option(
        "--role",
        help="The role to think about; without it, you are asked.",
        autocompletion=complete_role,
    ),
]
StandardOption = Annotated[
    str | None,
    typer.Option(
        "--standard", help="Only what serves this standard.", autocompletion=_complete_standard
    ),
]
CategoryOption = Annotated[
    str | None,
    typer.Option(
        "--category", help="Only what belongs to this category.", autocompletion=_complete_category
    ),
]
