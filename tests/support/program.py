"""How tests run the program, and where the project lies."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
"""The project's top folder."""

SHARED = ROOT.parent / "shared"
"""What a developer may have beside the project, and a user never has."""

CLEAN_ENV = {
    key: value
    for key, value in os.environ.items()
    if key not in {"COLUMNS", "FORCE_COLOR", "LINES", "NO_COLOR", "PLGUIDE_CONTENT", "TERM"}
}


class Result(NamedTuple):
    """What a run of the program left: its exit code, and what it wrote."""

    code: int
    out: str
    err: str


Plguide = Callable[..., Result]
