"""`init`: a folder for content of one's own, ready to edit."""

from pathlib import Path
from typing import Annotated

import typer

from pl_guide.cli import options
from pl_guide.cli.result import Result
from pl_guide.cli.schemas import Kind, schema_text
from pl_guide.content.loading import load_library
from pl_guide.content.scaffold import SCHEMA_FOLDER, Starter, adapted_role, blank, own_role
from pl_guide.messages.results import folder_ready
from pl_guide.messages.usage import FROM_OR_BLANK


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder to make; new, or empty.")
    ],
    source: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="ROLE",
            help="Begin with the whole of this role, to adapt it.",
            autocompletion=options.complete_role,
        ),
    ] = None,
    blank_framework: Annotated[
        bool, typer.Option("--blank", help="Begin with a whole framework of your own.")
    ] = False,
) -> Result:
    """Begin content of your own: a folder ready to edit, with remarks on what goes where.

    By default, it holds a role of your own beside those there are.
    """
    if source is not None and blank_framework:
        raise typer.BadParameter(FROM_OR_BLANK)
    starter = blank() if blank_framework else own_role() if source is None else _adapted(source)
    schemas = {f"{SCHEMA_FOLDER}/{kind}.schema.json": schema_text(kind) for kind in Kind}
    names = [name for name in starter.files if name.endswith(".yaml")]
    # The framework's file comes before the roles that refer to it.
    names.sort(key=lambda name: (name.count("/"), name))
    shown = "framework" if starter.whole else starter.role
    ready = folder_ready(folder, names, shown, whole=starter.whole)
    return Result(body=starter.files | schemas, file=folder, remarks=[ready])


def _adapted(name: str) -> Starter:
    library = load_library()
    return adapted_role(library, library.role(name))
