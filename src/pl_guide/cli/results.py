"""Results that go to stdout or into a file that was named: whole, and never over another file."""

import sys
from pathlib import Path

import typer

from pl_guide.cli.output import Output, say
from pl_guide.errors import CannotWrite
from pl_guide.safe_text import visible
from pl_guide.text import listed
from pl_guide.worksheet.storage.atomic import check_ordinary, write_new
from pl_guide.worksheet.storage.store import is_meant_as_worksheet

OVERWRITE = "Write over it with --force, or choose another file with -o."
# How much of a file shows that it is a worksheet.
HEAD = 65536


KINDS = {
    ".csv": "a table", ".docx": "a Word file", ".htm": "a page", ".html": "a page",
    ".ics": "a calendar", ".json": "JSON", ".jsonl": "JSON Lines", ".md": "Markdown",
    ".pdf": "a PDF", ".xlsx": "an Excel file", ".yaml": "YAML",
}  # fmt: skip


def check_ending(file: Path | None, *endings: str) -> None:
    """Make sure that a file's ending doesn't promise something else than will be in it.

    Raises:
        BadParameter: it does; the words name the endings that fit.
    """
    # Of a file that is there already, more is to be said than its ending.
    if (
        file is None
        or file.exists()
        or file.suffix.lower() in endings
        or file.suffix.lower() not in KINDS
    ):
        return
    found = KINDS[file.suffix.lower()]
    fit = listed(file.with_suffix(each).name for each in endings)
    raise typer.BadParameter(
        f"{file.name} would be {found}, and this isn't. Write {fit}.", param_hint="-o"
    )


def deliver(
    text: str,
    file: Path | None,
    *,
    force: bool,
    spreadsheet: bool = False,
    laid_out: bool = False,
    quiet: bool = False,
) -> None:
    """Write a result to stdout, or into a file if one was named.

    A file for a spreadsheet begins with a byte order mark: without it, Excel takes UTF-8 for
    something else. A page that is laid out for the terminal steers it by the renderer's hand only.

    Raises:
        AlreadyThere: the file is there, and not to be written over.
        CannotWrite: it couldn't be written, or it is a worksheet.
    """
    if file is None:
        # In a terminal, nothing that others wrote may steer it.
        Output().write(visible(text) if sys.stdout.isatty() and not laid_out else text)
        return
    encoding = "utf-8-sig" if spreadsheet else "utf-8"
    deliver_file(text.encode(encoding, errors="replace"), file, force=force, quiet=quiet)


def deliver_file(raw: bytes, file: Path, *, force: bool, quiet: bool = False) -> None:
    """Write a result into a file; only a worksheet may take a worksheet's place, by force too.

    Raises:
        AlreadyThere: the file is there, and not to be written over.
        CannotWrite: it couldn't be written, or it is a worksheet.
    """
    check_ordinary(file)
    if is_meant_as_worksheet(_head(file)) and not is_meant_as_worksheet(raw):
        raise CannotWrite(str(file), "it is a worksheet, and nothing else takes its place")
    write_new(file, raw, force=force, instead=OVERWRITE)
    if not quiet:
        say(f"Saved in {file}.")


def _head(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(HEAD)
    except OSError:
        return b""
