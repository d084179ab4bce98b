"""`export`: worksheets in the forms that others work with."""

import os
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pl_guide.cli.gate import FILE, worksheet_words
from pl_guide.cli.options import ContentOption
from pl_guide.cli.output import Output, say
from pl_guide.content.loading import load_library
from pl_guide.errors import CannotWrite, NotAWorksheet, WorksheetError
from pl_guide.library import Library
from pl_guide.wording import counted
from pl_guide.worksheet.files import read_worksheet, write_new
from pl_guide.worksheet.markdown import VERSION_KEY
from pl_guide.worksheet.reflection import Worksheet

OVERWRITE = "Write over it with --force, or choose another file with -o."
# How much of a file shows that it is a worksheet.
HEAD = 4096


class Target(StrEnum):
    """The forms there are."""

    DOCX = "docx"
    HTML = "html"
    MARKDOWN_TABLE = "markdown-table"
    CSV = "csv"
    JSONL = "jsonl"


ROWS = {Target.CSV, Target.JSONL}


def export(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...", help="A worksheet; for csv and jsonl, any number, and folders too."
        ),
    ],
    to: Annotated[
        Target,
        typer.Option(
            "--to",
            help="docx for Word, html to read and print, markdown-table for a docs site; "
            "csv for a spreadsheet, jsonl for other programs.",
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Where to write it; docx goes beside PATH."
        ),
    ] = None,
    share: Annotated[
        bool, typer.Option("--share", help="Questions and first steps alone, no reflections.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Write over a file that is there already.")
    ] = False,
    content: ContentOption = None,
) -> None:
    """Turn worksheets into a Word file, a page, a table, or rows for a spreadsheet."""
    if to not in ROWS:
        _export_one(_only(paths, to), to, output, content, share=share, force=force)
        return
    rows = _Rows(paths, to, load_library(content), share=share)
    if output is None:
        for text in rows:
            Output().write(text)
    else:
        # Excel takes UTF-8 for something else without the mark.
        mark = "\ufeff" if to is Target.CSV else ""
        _write(output, (mark + "".join(rows)).encode("utf-8", "replace"), paths, force=force)
    rows.end()


def _only(paths: list[Path], to: Target) -> Path:
    """Give the one worksheet that a form for reading is made from."""
    path, *others = paths
    if others or path.is_dir():
        found = f"{len(paths)} are given" if others else f"{path} is a folder"
        message = f"--to {to} takes one worksheet, and {found}. For many: --to csv or --to jsonl."
        raise typer.BadParameter(message)
    return path


def _export_one(
    path: Path,
    to: Target,
    output: Path | None,
    content: Path | None,
    *,
    share: bool,
    force: bool,
) -> None:
    from pl_guide.export.table import guide_table

    worksheet = read_worksheet(path).worksheet
    table = guide_table(worksheet, load_library(content), share=share)
    if to is Target.DOCX:
        from pl_guide.export.word import render_word

        _write(output or path.with_suffix(".docx"), render_word(table), [path], force=force)
        return
    if to is Target.HTML:
        from pl_guide.export.web_page import render_page as render
    else:
        from pl_guide.export.markdown_table import render_table as render
    text = render(table)
    if output is None:
        Output().write(text)
    else:
        _write(output, text.encode("utf-8", "replace"), [path], force=force)


def _write(output: Path, raw: bytes, sources: list[Path], *, force: bool) -> None:
    """Write an export, whole or not at all, and never over a worksheet.

    Raises:
        AlreadyThere: the file is there, and not to be written over.
        CannotWrite: it couldn't be written, or is a worksheet.
    """
    if _is_worksheet(output) or any(_same(output, source) for source in sources):
        raise CannotWrite(str(output), "it is a worksheet, and an export never takes its place")
    write_new(output, raw, force=force, instead=OVERWRITE)
    say(f"Saved in {output}.")


def _is_worksheet(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD)
    except OSError:
        return False
    return head.removeprefix(b"\xef\xbb\xbf").startswith(b"---") and VERSION_KEY.encode() in head


def _same(path: Path, other: Path) -> bool:
    return path.exists() and other.exists() and path.samefile(other)


class _Rows:
    """The rows of all worksheets, as text; remembers which couldn't be read."""

    def __init__(self, paths: list[Path], to: Target, library: Library, *, share: bool) -> None:
        self._paths = paths
        self._to = to
        self._library = library
        self._share = share
        self._found = 0
        self._unread = 0

    def __iter__(self) -> Iterator[str]:
        from pl_guide.export.rows import csv_header, csv_rows, json_line, question_rows

        if self._to is Target.CSV:
            yield csv_header(share=self._share)
        write = csv_rows if self._to is Target.CSV else json_line
        for path, worksheet in _worksheets(self._paths):
            if not isinstance(worksheet, Worksheet):
                self._unread += 1
                say(worksheet_words(worksheet))
                continue
            self._found += 1
            rows = question_rows(path, worksheet, self._library, share=self._share)
            yield "".join(write(row, share=self._share) for row in rows)

    def end(self) -> None:
        """Say what is missing, once everything else has been done.

        Raises:
            typer.Exit: some worksheets couldn't be read.
        """
        if not self._found and not self._unread:
            say("There is no worksheet here. To begin one: plguide reflect --role coach")
        if self._unread:
            files = counted(self._unread, "file", "files")
            say(f"{files} couldn't be read; everything else is exported.")
            raise typer.Exit(FILE)


def _worksheets(paths: list[Path]) -> Iterator[tuple[str, Worksheet | WorksheetError]]:
    """Read all worksheets in files and folders, one after another."""
    for path, named in _files(paths):
        try:
            yield str(path), read_worksheet(path).worksheet
        except NotAWorksheet as error:
            if named or VERSION_KEY.encode() in path.read_bytes():
                yield str(path), error
        except WorksheetError as error:
            yield str(path), error


def _files(paths: list[Path]) -> Iterator[tuple[Path, bool]]:
    """List files, each with whether it was named itself or lay in a folder."""
    seen: set[str] = set()
    for path in paths:
        inside = _in_folder(path) if path.is_dir() else [path]
        for file in inside:
            if os.path.normpath(file) not in seen:
                seen.add(os.path.normpath(file))
                yield Path(os.path.normpath(file)), file is path


def _in_folder(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for file in sorted(files):
            if file.lower().endswith((".md", ".markdown")) and not file.startswith("."):
                yield Path(place, file)
