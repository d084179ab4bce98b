"""Worksheets as JSON Lines: a line for each question, word for word; pure."""

import json
import re
from collections.abc import Iterable, Iterator

from pl_guide.export.formats import RowsFormat
from pl_guide.export.rows import question_rows
from pl_guide.surveys.plan import Touched
from pl_guide.worksheet.model import Worksheet

# Characters that JSON may hold as they are, and terminals or readers of lines trip over.
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\u202d\u202e\ufffe\uffff\ud800-\udfff]")


def _take(file: str, worksheet: Worksheet, *, touched: Touched, share: bool) -> str:
    rows = question_rows(file, worksheet, touched=touched, share=share)
    lines = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", lines)


def _write(taken: Iterable[str], *, share: bool) -> Iterator[str]:  # noqa: ARG001
    return iter(taken)


FORMAT = RowsFormat(
    name="jsonl",
    endings=(".jsonl", ".json"),
    purpose="for other programs",
    take=_take,
    write=_write,
)
