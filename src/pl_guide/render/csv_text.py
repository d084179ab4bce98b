"""Rows as comma-separated values (RFC 4180) that no spreadsheet takes for a formula; pure."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from pl_guide.safe_text import visible

# Signs in full width are the same to a spreadsheet that is set to Japanese.
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
BREAKS = ("\t", "\r", "\n")
AFTER_SEPARATOR = re.compile(rf"([;\t]\s*)(?=[{re.escape(''.join(FORMULA_STARTS))}])")


def render_csv(rows: Iterable[Sequence[str]]) -> str:
    """Write rows, lines ending in CR and LF.

    A cell that a spreadsheet would take for a formula begins with an apostrophe, as OWASP's page
    on CSV injection advises.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerows([[harmless(cell) for cell in row] for row in rows])
    return stream.getvalue()


def harmless(cell: str) -> str:
    """Give a cell's text such that spreadsheets and terminals show it as text."""
    cell = visible(cell)
    # Where lists are parted by semicolons, a spreadsheet begins another cell behind each.
    cell = AFTER_SEPARATOR.sub(r"\1'", cell)
    formula = cell.lstrip().startswith(FORMULA_STARTS) or cell.lstrip(" ").startswith(BREAKS)
    return f"'{cell}" if formula else cell
