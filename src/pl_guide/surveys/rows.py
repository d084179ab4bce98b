"""Planned steps as rows for a spreadsheet; pure."""

from pl_guide.render.csv_text import render_csv
from pl_guide.safe_text import one_line
from pl_guide.surveys.plan import PlannedStep
from pl_guide.worksheet.parts import STEP_FIELDS

STEP_COLUMNS = {field.column: field.name for field in STEP_FIELDS}
"""The fields of a first step, under the names of their columns in every table of steps."""

ORIGIN = (
    "file", "role", "title", "participants", "question", "wording", "standards", "uid",
)  # fmt: skip
"""Where a step comes from, in columns behind those of its fields."""


def plan_csv(steps: list[PlannedStep]) -> str:
    """Write steps as comma-separated values, several names in a cell joined by semicolons."""
    rows = [
        [
            *(cell(getattr(planned.step, name)) for name in STEP_COLUMNS.values()),
            *(cell(getattr(planned, name)) for name in ORIGIN),
        ]
        for planned in steps
    ]
    return render_csv([(*STEP_COLUMNS, *ORIGIN), *rows])


def cell(value: object) -> str:
    """Return what a cell holds: several things joined by semicolons, `yes` or `no`, or text."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return "; ".join(one_line(str(part)) for part in value)
    return str(value)
