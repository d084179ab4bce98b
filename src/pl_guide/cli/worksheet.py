"""`worksheet`, and `reflect --answers`: worksheets made without a session."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pl_guide import clock
from pl_guide.cli.options import ContentOption, complete_role
from pl_guide.cli.output import Output, say
from pl_guide.cli.results import check_ending
from pl_guide.cli.worksheets import (
    OutputOption,
    asked_role,
    default_path,
    existing,
    state_folder,
)
from pl_guide.content.files import ContentFile
from pl_guide.content.loading import load_library
from pl_guide.errors import AlreadyThere, ContentInvalid
from pl_guide.library import Library
from pl_guide.model import Role
from pl_guide.records import replaced
from pl_guide.worksheet.model import blank_worksheet, completed, joined
from pl_guide.worksheet.storage.atomic import check_place
from pl_guide.worksheet.storage.store import FileKeeper


class Layout(StrEnum):
    """How a blank worksheet is laid out."""

    SECTIONS = "sections"
    TABLE = "table"


def worksheet(
    role: Annotated[
        str, typer.Option("--role", help="The role it is for.", autocompletion=complete_role)
    ],
    layout: Annotated[
        Layout,
        typer.Option(help="sections, to fill in and read back; or table, to print."),
    ] = Layout.SECTIONS,
    output: OutputOption = None,
    content: ContentOption = None,
) -> None:
    """Make a blank worksheet, to print or to fill in anywhere and go on with in `reflect`."""
    check_ending(output, ".md")
    library = load_library(content, only=role)
    found = asked_role(library, library.role(role))
    if layout is Layout.TABLE:
        from pl_guide.pages.worksheet import blank_table
        from pl_guide.render.markdown import render_markdown

        text = render_markdown(blank_table(library, found))
    else:
        from pl_guide.worksheet.format.markdown import format_worksheet

        text = format_worksheet(blank_worksheet(library.framework, found))
    if output is None:
        Output().write(text)
        return
    from pl_guide.worksheet.storage.atomic import write_new

    write_new(output, text.encode("utf-8"))
    say(f"A blank worksheet for {found.title} is in {output}.")


def fill(
    library: Library,
    role: Role,
    output: Path | None,
    people: list[str],
    answers: Path,
    *,
    resume: bool,
) -> None:
    """Put prepared answers into a worksheet, and ask nothing.

    Raises:
        ContentInvalid: the file of answers has problems; nothing is written.
        AlreadyThere: there is a worksheet, and it isn't to be resumed.
    """
    from pl_guide.worksheet.answers_file import filled, prepared_answers

    file = ContentFile(answers, str(answers), "begin with the id of a question: `vision:`")
    found, problems = prepared_answers(file, role)
    if problems:
        raise ContentInvalid(problems)
    check_ending(output, ".md")
    path = output or default_path(role)
    stored = existing(path, role, library)
    if stored is not None and not resume:
        raise AlreadyThere(str(path), "Add to it with --resume, or choose another file with -o.")
    check_place(path)
    begun = (
        stored.worksheet
        if stored
        else blank_worksheet(library.framework, role, (), clock.timestamp())
    )
    sheet = filled(completed(joined(begun, people), role), found)
    keeper = FileKeeper(path, stored, state_folder())
    try:
        keeper.save(replaced(sheet, updated=clock.timestamp()))
    finally:
        keeper.drafts.close()
    total = library.terms.count(len(role.questions), library.terms.question)
    answered = sum(each.answered for each in sheet.answers)
    say(f"Saved in {path}: {answered} of {total} answered.")
