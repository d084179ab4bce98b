"""What `plguide export` says; pure."""

from collections.abc import Iterable

from pl_guide.text import listed


def takes_one(name: str, found: str, others: Iterable[str]) -> str:
    """Say that a format is made from one worksheet, and which take many."""
    many = listed(f"--to {other}" for other in others)
    return f"--to {name} takes one worksheet, and {found}. For many: {many}."


def needs_a_file(name: str) -> str:
    """Say that a format of bytes, made from many worksheets, needs a file's name."""
    return f"--to {name} makes one file from all of them. Name it with -o FILE."
