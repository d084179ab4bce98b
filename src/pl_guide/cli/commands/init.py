"""`init`: a folder for content of one's own, ready to edit."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from pl_guide.cli import options
from pl_guide.cli.result import Result
from pl_guide.cli.schemas import Kind, schema_text
from pl_guide.content.loading import load_library
from pl_guide.content.scaffold import SCHEMA_FOLDER, adapted_role, blank, own_role
from pl_guide.messages.results import FOLDER_READY
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
    if source is not None:
        library = load_library()
        starter = adapted_role(library, library.role(source))
    else:
        starter = blank() if blank_framework else own_role()
    schemas = {f"{SCHEMA_FOLDER}/{kind}.schema.json": schema_text(kind) for kind in Kind}
    names = [name for name in starter.files if name.endswith(".yaml")]
    # The framework's file comes before the roles that refer to it.
    names.sort(key=lambda name: (name.count("/"), name))
    ready = FOLDER_READY.format(
        folder=folder,
        files=", ".join(str(folder / name) for name in names),
        as_content="" if starter.whole else "--content ",
        shown="framework" if starter.whole else starter.role,
        path=shlex.quote(str(folder)),
    )
    return Result(body=starter.files | schemas, file=folder, remarks=[ready])
