"""Worksheets as an Excel file, a sheet of steps and one of answers: the one gateway to openpyxl."""

import io
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from pl_guide import clock
from pl_guide.export.formats import RowsFormat
from pl_guide.export.rows import ANSWER, WHERE, QuestionRow, kept, question_rows, step_cells
from pl_guide.render.csv_text import FORMULA_STARTS
from pl_guide.safe_text import visible
from pl_guide.surveys.rows import STEP_COLUMNS

if TYPE_CHECKING:
    from openpyxl import Workbook

WIDTHS = {
    "reflections": 60, "first_step": 45, "wording": 45, "notes": 40, "step_notes": 40,
    "history": 35, "resources": 28, "evidence": 28, "participants": 24, "file": 24, "owner": 20,
}  # fmt: skip
USUAL_WIDTH = 16
LONGEST = 16000
"""Excel holds up to 32,767 units of UTF-16 in a cell: so many characters fit, whatever they are."""
DATES = ("due", "started", "updated")
FIRST_YEAR = "1901"
"""Before it, Excel counts days otherwise than the calendar, or not at all."""
REPEATED = ("file", "role", "question")

_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d)?", re.ASCII)
_PART = re.compile(rf".{{1,{LONGEST}}}(?:(?<=\s)|\Z)|.{{{LONGEST}}}", re.DOTALL)
# Excel reads `_x0041_` as the letter that has this number.
_NUMBERED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def _write(taken: Iterable[list[QuestionRow]], *, share: bool) -> bytes:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    book.properties.creator = ""
    book.properties.created = clock.now().astimezone(UTC).replace(tzinfo=None)
    steps = _Sheet(book, "Steps", kept((*STEP_COLUMNS, "wording", *WHERE), share=share))
    answers = _Sheet(book, "Answers", kept(("wording", *ANSWER, *WHERE), share=share))
    for row in (row for rows in taken for row in rows):
        first, *more = step_cells(row)
        answers.add(first)
        for cells in (first, *more) if row["first_steps"] else ():
            steps.add(cells)
    steps.end()
    answers.end()
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


class _Sheet:
    """A sheet with its columns' names on top, written as the rows come."""

    def __init__(self, book: "Workbook", title: str, names: list[str]) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font
        from openpyxl.utils import get_column_letter

        self._sheet = book.create_sheet(title)
        self._names = names
        self._length = 1
        self._last = get_column_letter(len(names))
        self._sheet.freeze_panes = "A2"
        for number, name in enumerate(names, 1):
            letter = get_column_letter(number)
            self._sheet.column_dimensions[letter].width = WIDTHS.get(name, USUAL_WIDTH)
        # One cell of each look is written again and again: making each anew takes twice as long.
        self._looks = {
            look: WriteOnlyCell(self._sheet) for look in ("head", "text", "formula", "day", "hour")
        }
        for cell in self._looks.values():
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        self._looks["head"].font = Font(bold=True)
        # It stays text when someone opens the cell and leaves it again.
        self._looks["formula"].quotePrefix = True
        self._looks["day"].number_format = "yyyy-mm-dd"
        self._looks["hour"].number_format = "yyyy-mm-dd hh:mm"
        self._sheet.append(self._cell(name, "head") for name in names)

    def add(self, cells: dict[str, str]) -> None:
        """Write a row; text that is too long for a cell goes on in the rows below."""
        parts = [_parts(cells[name]) for name in self._names]
        again = [cells[name] if name in REPEATED else "" for name in self._names]
        for texts in zip_longest(*parts, fillvalue=""):
            self._length += 1
            self._sheet.append(
                self._shown(name, text or usual)
                for name, text, usual in zip(self._names, texts, again, strict=True)
            )

    def end(self) -> None:
        """Let each column be filtered."""
        self._sheet.auto_filter.ref = f"A1:{self._last}{self._length}"

    def _shown(self, name: str, text: str) -> Any:
        if not text:
            return None
        if name in DATES and (found := _dated(text)):
            return self._cell(found, "hour" if isinstance(found, datetime) else "day")
        return self._cell(text, "formula" if text.lstrip().startswith(FORMULA_STARTS) else "text")

    def _cell(self, value: str | date, look: str) -> Any:
        cell = self._looks[look]
        cell.value = value
        if isinstance(value, str):
            # Else `=1` would be a formula, and `#N/A` an error.
            cell.data_type = "s"
        return cell


def _parts(text: str) -> list[str]:
    """Cut a text between words into lengths that a cell holds, as Excel reads them."""
    return [_NUMBERED.sub("_x005F_", part) for part in _PART.findall(visible(text)) or [""]]


def _dated(text: str) -> date | None:
    """Read an ISO date, alone or with hours and minutes, if Excel can count it."""
    found = _DATE.fullmatch(text)
    if not found or text < FIRST_YEAR:
        return None
    try:
        return (datetime if found.group(1) else date).fromisoformat(text)
    except ValueError:
        return None


FORMAT = RowsFormat(
    name="xlsx", endings=(".xlsx",), purpose="Excel", binary=True, take=question_rows, write=_write
)
