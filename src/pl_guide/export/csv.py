"""Worksheets as CSV: a row for each first step, or one for a question without any; pure."""

from collections.abc import Iterable, Iterator

from pl_guide.export.formats import RowsFormat
from pl_guide.export.rows import COLUMNS, kept, question_rows, step_cells
from pl_guide.render.csv_text import render_csv
from pl_guide.surveys.plan import Touched
from pl_guide.worksheet.model import Worksheet


def _take(file: str, worksheet: Worksheet, *, touched: Touched, share: bool) -> str:
    names = kept(COLUMNS, share=share)
    return render_csv(
        [cells[name] for name in names]
        for row in question_rows(file, worksheet, touched=touched, share=share)
        for cells in step_cells(row)
    )


def _write(taken: Iterable[str], *, share: bool) -> Iterator[str]:
    yield render_csv([kept(COLUMNS, share=share)])
    yield from taken


FORMAT = RowsFormat(
    name="csv",
    endings=(".csv",),
    purpose="a row for each step",
    marked=True,
    take=_take,
    write=_write,
)
