"""`plguide merge`: several worksheets into one."""

from pathlib import Path
from typing import Annotated

import typer

from pl_guide.cli import options
from pl_guide.cli.result import Result, check_ending
from pl_guide.cli.worksheets import Read, check_alike
from pl_guide.content.loading import load_library
from pl_guide.messages import results as messages
from pl_guide.messages.usage import TWO_AND_BASE, TWO_TO_MERGE
from pl_guide.text import ranges
from pl_guide.worksheet.combine import gather
from pl_guide.worksheet.format.markdown import format_worksheet
from pl_guide.worksheet.model import Worksheet
from pl_guide.worksheet.storage.store import read_worksheet
from pl_guide.worksheet.three_way import emptied, merge_versions


def merge(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Worksheets for one role.")],
    output: options.ResultFile = None,
    anonymous: Annotated[
        bool, typer.Option("--anonymous", help="Leave out who wrote what, and who took part.")
    ] = False,
    base: Annotated[
        Path | None,
        typer.Option(
            metavar="BASE", help="The version that two others grew out of; for version control."
        ),
    ] = None,
    force: options.Force = False,
    content: options.Content = None,
) -> Result:
    """Bring colleagues' worksheets together, question by question.

    Each person's words are under their name, equal steps once, and nothing is dropped. With
    --base, two later versions of one worksheet become one.
    """
    check_ending(output, ".md")
    sheets = [(path, read_worksheet(path).worksheet) for path in files]
    check_alike(sheets)
    remarks = []
    if base is not None:
        merged, disputed = _from_base(base, sheets, anonymous=anonymous)
        if disputed:
            noun = load_library(content).terms.question.one
            remarks.append(messages.BOTH_CHANGED.format(question=noun, numbers=ranges(disputed)))
    else:
        if len(sheets) < 2 and not anonymous:
            raise typer.BadParameter(TWO_TO_MERGE, param_hint="FILE…")
        merged = gather([(path.stem, sheet) for path, sheet in sheets], anonymous=anonymous)
        if output:
            remarks.append(messages.USE_MERGED.format(file=output))
        if anonymous:
            remarks.append(messages.NAMES_LEFT)
    # Version control merges many files, and says itself which.
    return Result(
        body=format_worksheet(merged),
        file=output,
        force=force,
        quiet=base is not None,
        remarks=remarks,
    )


def _from_base(base: Path, sheets: list[Read], *, anonymous: bool) -> tuple[Worksheet, list[int]]:
    """Merge two later versions of a worksheet; give the numbers of questions to look at too."""
    if len(sheets) != 2 or anonymous:
        raise typer.BadParameter(TWO_AND_BASE, param_hint="--base")
    (_, ours), (_, theirs) = sheets
    # Version control hands in an empty file where both sides began the worksheet.
    empty = base.is_file() and base.stat().st_size == 0
    old = emptied(ours) if empty else read_worksheet(base).worksheet
    if not empty:
        check_alike([sheets[0], (base, old)])
    merged = merge_versions(old, ours, theirs)
    numbers = {answer.question: n for n, answer in enumerate(merged.worksheet.answers, 1)}
    return merged.worksheet, [numbers[key] for key in merged.disputed]
