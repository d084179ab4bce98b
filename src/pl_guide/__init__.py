"""Guides for professional learning, read, reflected on and put to work in a terminal.

What is named in `__all__` is for other programs, and documented in docs/python.md; everything else
may move. A name is loaded when it is first used: the package alone loads nothing.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from pl_guide.content.loading import load_library
    from pl_guide.errors import (
        ContentInvalid,
        PlguideError,
        Problem,
        UnknownName,
        WorksheetError,
    )
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

_MODULES = {
    "Library": "library",
    "load_library": "content.loading",
    "format_worksheet": "worksheet.format.markdown",
    "parse_worksheet": "worksheet.format.markdown",
    **dict.fromkeys(("Answer", "FirstStep", "Worksheet", "blank_worksheet"), "worksheet.model"),
    **dict.fromkeys(
        ("ContentInvalid", "PlguideError", "Problem", "UnknownName", "WorksheetError"), "errors"
    ),
}


def read_worksheet(path: "Path") -> "Worksheet":
    """Read a worksheet's file.

    Raises:
        WorksheetError: there is no such file, or it can't be understood.
    """
    from pl_guide.worksheet.storage import store

    return store.read_worksheet(path).worksheet


if not TYPE_CHECKING:  # A type checker is to find that a name isn't there.

    def __getattr__(name: str) -> object:
        if name not in __all__:
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        from importlib import import_module

        found = getattr(import_module(f"pl_guide.{_MODULES.get(name, 'model')}"), name)
        globals()[name] = found
        return found
