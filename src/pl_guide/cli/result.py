"""What a command found, and the one place that prints it, writes it, or refuses to."""

import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import typer

from pl_guide.cli.output import Format, prepared, say, write
from pl_guide.document import Document
from pl_guide.errors import CannotWrite
from pl_guide.messages.results import CHOOSE_OR_FORCE, NOT_OVER_A_WORKSHEET, SAVED
from pl_guide.messages.usage import OTHER_ENDING
from pl_guide.records import Record, into_json
from pl_guide.safe_text import visible
from pl_guide.text import listed

# How much of a file shows that it is a worksheet.
HEAD = 65536

KINDS = {
    ".csv": "a table", ".docx": "a Word file", ".htm": "a page", ".html": "a page",
    ".ics": "a calendar", ".json": "JSON", ".jsonl": "JSON Lines", ".md": "Markdown",
    ".pdf": "a PDF", ".xlsx": "an Excel file", ".yaml": "YAML",
}  # fmt: skip


class Result(Record, frozen=True, kw_only=True):
    """What a command found, and where it goes.

    A result is a page, with its data for JSON, or a finished body. Both are made only when they
    are shown; remarks and the exit code are asked for only after that.

    Attributes:
        page: Makes the page that people read.
        data: Makes the records or the plain data that JSON shows in its place.
        body: A finished text, whole or in pieces that are written as they come; or a file's bytes;
            or the texts of a new folder, by their paths in it.
        format: How to show the page; None lets the terminal or the pipe decide.
        heading_level: The level of the first heading in Markdown.
        pager: Whether to page through it, in a terminal.
        file: The file or folder it is written in; None for stdout.
        force: Whether it may be written over a file that is there.
        instead: What to do if it may not.
        spreadsheet: Whether a spreadsheet is to open it: it then begins with a byte order mark.
        quiet: Whether to leave unsaid that the file is saved.
        remarks: What else to say to the person.
        code: Gives the exit code.
    """

    page: Callable[[], Document] | None = None
    data: Callable[[], object] | None = None
    body: str | bytes | Iterable[str] | Mapping[str, str] = ""
    format: Format | None = None
    heading_level: int = 1
    pager: bool = False
    file: Path | None = None
    force: bool = False
    instead: str = CHOOSE_OR_FORCE
    spreadsheet: bool = False
    quiet: bool = False
    remarks: Iterable[str] = ()
    code: Callable[[], int] = int


def deliver(result: Result) -> int:
    """Print what a command found, or write it where it goes; return the exit code.

    Raises:
        AlreadyThere: the file is there, and not to be written over.
        CannotWrite: it couldn't be written, or it is a worksheet.
    """
    if result.file is None:
        _print(result)
    else:
        _save(result, result.file)
    for remark in result.remarks:
        say(remark)
    return result.code()


def check_ending(file: Path | None, *endings: str) -> None:
    """Make sure that a file's ending doesn't promise something else than will be in it.

    Raises:
        BadParameter: it does; the words name the endings that fit.
    """
    # Of a file that is there already, more is to be said than its ending.
    if file is None or file.exists() or file.suffix.lower() in endings:
        return
    found = KINDS.get(file.suffix.lower())
    if found:
        fit = listed(file.with_suffix(ending).name for ending in endings)
        words = OTHER_ENDING.format(name=file.name, found=found, fit=fit)
        raise typer.BadParameter(words, param_hint="-o")


def _print(result: Result) -> None:
    in_terminal = sys.stdout.isatty()
    form = result.format or ("terminal" if in_terminal else "markdown")
    laid_out = result.page is not None and form == "terminal"
    for text in _texts(result, form):
        # In a terminal, nothing that others wrote may steer it.
        safe = visible(text.replace("\r\n", "\n")) if in_terminal and not laid_out else text
        write(safe, pager=result.pager)


def _texts(result: Result, form: Format) -> Iterable[str]:
    """Return a result's text in the pieces in which it comes, the page shown as wanted."""
    if result.page is None:
        pieces = [result.body] if isinstance(result.body, str) else map(str, result.body)
        return filter(None, pieces)
    if form == "json" and result.data is not None:
        return [f"{into_json(result.data())}\n"]
    if form == "terminal":
        from pl_guide.render.terminal import render_terminal

        width = max(shutil.get_terminal_size().columns, 20)
        return [render_terminal(result.page(), prepared(sys.stdout), width)]
    from pl_guide.render.markdown import render_markdown

    return [render_markdown(result.page(), result.heading_level)]


def _save(result: Result, file: Path) -> None:
    """Write a result into its file; only a worksheet may take a worksheet's place, by force too."""
    if isinstance(result.body, Mapping):
        from pl_guide.content.write_folder import write_folder

        write_folder(file, result.body)
        return
    from pl_guide.worksheet.storage.atomic import check_ordinary, write_new
    from pl_guide.worksheet.storage.store import is_meant_as_worksheet

    if isinstance(result.body, bytes):
        raw = result.body
    else:
        text = "".join(_texts(result, result.format or "markdown"))
        raw = text.encode("utf-8-sig" if result.spreadsheet else "utf-8", errors="replace")
    check_ordinary(file)
    if is_meant_as_worksheet(_head(file)) and not is_meant_as_worksheet(raw):
        raise CannotWrite(str(file), NOT_OVER_A_WORKSHEET)
    write_new(file, raw, force=result.force, instead=result.instead)
    if not result.quiet:
        say(SAVED.format(file=file))


def _head(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(HEAD)
    except OSError:
        return b""
