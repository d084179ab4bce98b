"""Planned steps as rows for a spreadsheet; pure."""

from pl_guide.render.csv_text import render_csv
from pl_guide.surveys.plan import PlannedStep
from pl_guide.worksheet.parts import STEP_FIELDS

ORIGIN = (
    "file", "role", "title", "participants", "question", "wording", "standards", "uid",
)  # fmt: skip
"""Where a step comes from, in columns behind those of its fields."""


def plan_csv(steps: list[PlannedStep]) -> str:
    """Write steps as comma-separated values, several names in a cell joined by semicolons."""
    columns = (*(field.column for field in STEP_FIELDS), *ORIGIN)
    rows = [
        [
            *(_cell(getattr(planned.step, field.name)) for field in STEP_FIELDS),
            *(_cell(getattr(planned, name)) for name in ORIGIN),
        ]
        for planned in steps
    ]
    return render_csv(columns, rows)


def _cell(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else "; ".join(value)
