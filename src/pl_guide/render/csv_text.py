"""Rows as comma-separated values (RFC 4180) that no spreadsheet takes for a formula; pure."""

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def render_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write rows under their columns' names, lines ending in CR and LF.

    A cell that a spreadsheet would take for a formula begins with an apostrophe, as OWASP's page
    on CSV injection advises.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([[harmless(cell) for cell in row] for row in rows])
    return stream.getvalue()


def harmless(cell: str) -> str:
    """Give a cell's text such that it is shown as text."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA_STARTS) else cell
