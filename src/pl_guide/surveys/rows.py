"""Planned steps as rows for a spreadsheet; pure."""

from pl_guide.records import replaced
from pl_guide.render.csv_text import render_csv
from pl_guide.surveys.plan import PlannedStep

COLUMNS = (
    "due", "state", "text", "owner", "resources", "evidence", "history", "file", "role", "title",
    "participants", "question", "wording", "standards", "uid",
)  # fmt: skip


def plan_csv(steps: list[PlannedStep]) -> str:
    """Write steps as comma-separated values, several names in a cell joined by semicolons."""
    rows = []
    for step in steps:
        said = replaced(step, due=step.due_said)
        cells = (getattr(said, name) for name in COLUMNS)
        rows.append(["; ".join(each) if isinstance(each, tuple) else str(each) for each in cells])
    return render_csv(COLUMNS, rows)
