"""`init`: a folder for content of one's own, ready to edit."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from pl_guide.cli.options import complete_role
from pl_guide.cli.output import say
from pl_guide.cli.schemas import Kind, schema_text
from pl_guide.content.loading import load_library
from pl_guide.content.scaffold import SCHEMA_FOLDER, Starter, adapted_role, blank, own_role
from pl_guide.content.write_folder import write_folder


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
            autocompletion=complete_role,
        ),
    ] = None,
    blank_framework: Annotated[
        bool, typer.Option("--blank", help="Begin with a whole framework of your own.")
    ] = False,
) -> None:
    """Begin content of your own: a folder ready to edit, with remarks on what goes where.

    By itself, it holds a role of your own beside those there are.
    """
    if source is not None and blank_framework:
        raise typer.BadParameter("give --from ROLE, or --blank, not both")
    starter = blank() if blank_framework else own_role() if source is None else _adapted(source)
    schemas = {f"{SCHEMA_FOLDER}/{kind}.schema.json": schema_text(kind) for kind in Kind}
    write_folder(folder, starter.files | schemas)
    say(_welcome(folder, starter))


def _adapted(name: str) -> Starter:
    library = load_library()
    return adapted_role(library, library.role(name))


def _welcome(folder: Path, starter: Starter) -> str:
    path = shlex.quote(str(folder))
    names = [name for name in starter.files if name.endswith(".yaml")]
    # The framework's file comes before the roles that refer to it.
    names.sort(key=lambda name: (name.count("/"), name))
    shown = "framework" if starter.whole else starter.role
    return "\n".join(
        [
            f"{folder} is ready; its README.md says what to do with it.",
            f"  edit:  {', '.join(str(folder / name) for name in names)}",
            f"  check: plguide validate {'' if starter.whole else '--content '}{path}",
            f"  look:  plguide show {shown} --content {path}",
        ]
    )
