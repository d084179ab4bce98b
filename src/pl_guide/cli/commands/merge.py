"""`plguide merge`: several worksheets into one."""

from pathlib import Path
from typing import Annotated

import typer

from pl_guide.cli.alike import Read, check_alike
from pl_guide.cli.options import (
    ContentOption,
    ForceOption,
    ResultOption,
)
from pl_guide.cli.output import say
from pl_guide.cli.results import check_ending, deliver
from pl_guide.content.loading import load_library
from pl_guide.text import ranges
from pl_guide.worksheet.combine import gather
from pl_guide.worksheet.format.markdown import format_worksheet
from pl_guide.worksheet.model import Worksheet
from pl_guide.worksheet.storage.store import read_worksheet
from pl_guide.worksheet.three_way import emptied, merge_versions


def merge(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Worksheets for one role.")],
    output: ResultOption = None,
    anonymous: Annotated[
        bool, typer.Option("--anonymous", help="Leave out who wrote what, and who took part.")
    ] = False,
    base: Annotated[
        Path | None,
        typer.Option(
            metavar="BASE", help="The version that two others grew out of; for version control."
        ),
    ] = None,
    force: ForceOption = False,
    content: ContentOption = None,
) -> None:
    """Bring colleagues' worksheets together, question by question.

    Each person's words stand under their name, equal steps once, and nothing is dropped. With
    --base, two later versions of one worksheet become one.
    """
    check_ending(output, ".md")
    sheets = [(path, read_worksheet(path).worksheet) for path in files]
    check_alike(sheets)
    if base is not None:
        merged = _from_base(base, sheets, content, anonymous=anonymous)
    else:
        if len(sheets) < 2 and not anonymous:
            raise typer.BadParameter("name at least two worksheets to merge", param_hint="FILE…")
        merged = gather([(path.stem, sheet) for path, sheet in sheets], anonymous=anonymous)
    # Version control merges many files, and says by itself which.
    deliver(format_worksheet(merged), output, force=force, quiet=base is not None)
    if output and base is None:
        say(f"From now on use {output}; beside it, status and plan would count the others too.")
    if anonymous:
        say("Names that people wrote in their texts, and owners of steps, are still in it.")


def _from_base(
    base: Path, sheets: list[Read], content: Path | None, *, anonymous: bool
) -> Worksheet:
    if len(sheets) != 2 or anonymous:
        raise typer.BadParameter("takes exactly two files, and no --anonymous", param_hint="--base")
    (_, ours), (_, theirs) = sheets
    # Version control hands in an empty file where both sides began the worksheet.
    empty = base.is_file() and base.stat().st_size == 0
    old = emptied(ours) if empty else read_worksheet(base).worksheet
    if not empty:
        check_alike([sheets[0], (base, old)])
    merged = merge_versions(old, ours, theirs)
    if merged.disputed:
        numbers = {each.question: n for n, each in enumerate(merged.worksheet.answers, 1)}
        places = ranges(numbers[key] for key in merged.disputed)
        word = load_library(content).terms.question.one
        say(f"Both sides changed the same text; both stand, marked: {word} {places}.")
    return merged.worksheet
