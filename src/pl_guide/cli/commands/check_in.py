"""`check-in`: what became of first steps."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from pl_guide.cli import options
from pl_guide.cli.result import Result
from pl_guide.cli.worksheets import state_folder
from pl_guide.content.loading import load_library
from pl_guide.errors import NeedsTerminal
from pl_guide.messages.usage import CHECK_IN_OTHERWISE
from pl_guide.session.check_in_sitting import check_in_on, chosen_worksheet
from pl_guide.session.run import chosen_asker


def check_in(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="A worksheet; without it, those in this folder."),
    ] = None,
    all_steps: Annotated[
        bool, typer.Option("--all", help="Go through all steps, not only those that are due.")
    ] = False,
    plain: options.Plain = False,
    content: options.Content = None,
) -> Result:
    """Go through the first steps that are due: what became of each, what shows it, what next.

    What you say is written under the step, with its date. A step is due from two weeks before
    its date.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise NeedsTerminal(CHECK_IN_OTHERWISE)
    terms = load_library(content).terms
    asker = chosen_asker(plain=plain)
    if file is None:
        file, remarks = chosen_worksheet(Path(), terms, asker, all_steps=all_steps)
        if file is None:
            return Result(remarks=remarks)
    nothing_due = check_in_on(file, terms, asker, state_folder(), all_steps=all_steps)
    return Result(remarks=filter(None, [nothing_due]))
