"""Guides for professional learning, read, reflected on and put to work in a terminal.

What is named in `__all__` is for other programs, and documented in docs/python.md; everything else
may move. A name is loaded when it is first used: the package alone loads nothing.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from pl_guide.content.loading import load_library
    from pl_guide.errors import ContentInvalid, PlguideError, Problem, UnknownName, WorksheetError
    from pl_guide.library import Library
    from pl_guide.model import (
        Category,
        Construct,
        Framework,
        Question,
        Responsibility,
        Role,
        Standard,
    )
    from pl_guide.worksheet.format.markdown import format_worksheet, parse_worksheet
    from pl_guide.worksheet.model import Answer, FirstStep, Worksheet, blank_worksheet

__all__ = [
    "Answer",
    "Category",
    "Construct",
    "ContentInvalid",
    "FirstStep",
    "Framework",
    "Library",
    "PlguideError",
    "Problem",
    "Question",
    "Responsibility",
    "Role",
    "Standard",
    "UnknownName",
    "Worksheet",
    "WorksheetError",
    "blank_worksheet",
    "format_worksheet",
    "load_library",
    "parse_worksheet",
    "read_worksheet",
]

# Where the names are; what is light to load comes first.
_MODULES = (
    "errors", "model", "library", "worksheet.model", "content.loading", "worksheet.format.markdown",
)  # fmt: skip


def read_worksheet(path: "Path") -> "Worksheet":
    """Read a worksheet's file.

    Raises:
        WorksheetError: there is no such file, or it can't be understood.
    """
    from pl_guide.worksheet.storage import store

    return store.read_worksheet(path).worksheet


if not TYPE_CHECKING:  # A type checker is to find that a name isn't there.

    def __getattr__(name: str) -> object:
        from importlib import import_module

        for module in _MODULES if name in __all__ else ():
            found = vars(import_module(f"pl_guide.{module}")).get(name)
            if found is not None:
                globals()[name] = found
                return found
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
