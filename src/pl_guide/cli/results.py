"""Results that go to stdout or into a file that was named: whole, and never over another file."""

from pathlib import Path

from pl_guide.cli.output import Output, say
from pl_guide.worksheet.files import write_new

OVERWRITE = "Write over it with --force, or choose another file with -o."


def deliver(text: str, file: Path | None, *, force: bool, spreadsheet: bool = False) -> None:
    """Write a result to stdout, or into a file if one was named.

    A file for a spreadsheet begins with a byte order mark: without it, Excel takes UTF-8 for
    something else.

    Raises:
        AlreadyThere: the file is there, and not to be written over.
        CannotWrite: it couldn't be written.
    """
    if file is None:
        Output().write(text)
        return
    raw = text.encode("utf-8-sig" if spreadsheet else "utf-8", errors="replace")
    write_new(file, raw, force=force, instead=OVERWRITE)
    say(f"Saved in {file}.")
