"""`reflect`: a role's questions, answered in a session, into a Markdown worksheet."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from pl_guide import clock
from pl_guide.cli import options
from pl_guide.cli.result import Result, check_ending
from pl_guide.cli.worksheets import existing, role_with_questions, state_folder
from pl_guide.content.files import ContentFile
from pl_guide.content.loading import load_library
from pl_guide.errors import AlreadyThere, ContentInvalid, NeedsTerminal, UnknownName
from pl_guide.library import Library
from pl_guide.messages.results import ANSWERS_SAVED, RESUME_OR_CHOOSE
from pl_guide.messages.usage import REFLECT_OTHERWISE, WHICH_ROLE
from pl_guide.model import Role
from pl_guide.records import replaced
from pl_guide.session.reflection_sitting import chosen_role, reflect_in
from pl_guide.session.run import chosen_asker
from pl_guide.text import nearest
from pl_guide.worksheet.model import blank_worksheet, completed, joined
from pl_guide.worksheet.storage.atomic import check_place
from pl_guide.worksheet.storage.store import FileKeeper, read_worksheet


def reflect(  # Long for its options, which take half of it.
    role: Annotated[
        str | None, options.role_option("The role to think about; without it, you are asked.")
    ] = None,
    output: options.WorksheetFile = None,
    people: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="NAME", help="Someone who takes part; may be repeated."),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="QUESTION", help="Ask only this question (its id); may be repeated."),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on where the worksheet's answers end.")
    ] = False,
    plain: options.Plain = False,
    answers: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Fill the worksheet from this YAML file, and ask nothing."
        ),
    ] = None,
    content: options.Content = None,
) -> Result:
    """Think through a role's questions, alone or with a team, into a Markdown worksheet.

    Each answer is saved as soon as you accept it.
    """
    check_ending(output, ".md")
    library = load_library(content, only=role)
    people, only = people or [], only or []
    if answers is not None:
        if role is None:
            raise typer.BadParameter(WHICH_ROLE, param_hint="--role")
        found = role_with_questions(library, role)
        path = output or _default_path(found)
        return _filled(path, library, found, people, answers, resume=resume)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise NeedsTerminal(REFLECT_OTHERWISE)
    asker = chosen_asker(plain=plain)
    if role is None and output is not None and output.exists():
        role = read_worksheet(output).worksheet.role
    if role is None:
        role = chosen_role(library, asker).id
    found = role_with_questions(library, role)
    _check_questions(library, found, only)
    path = output or _default_path(found)
    reflect_in(
        path,
        existing(path, found, library),
        library,
        found,
        asker,
        state=state_folder(),
        people=people,
        only=only,
        resume=resume,
    )
    return Result()


def _default_path(role: Role) -> Path:
    return Path(f"{role.id}-first-actions.md")


def _check_questions(library: Library, role: Role, only: list[str]) -> None:
    ids = [question.id for question in role.questions]
    for name in only:
        if name not in ids:
            raise UnknownName(name, "question", nearest(name, ids), library.terms.question.one)


def _filled(
    path: Path, library: Library, role: Role, people: list[str], answers: Path, *, resume: bool
) -> Result:
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
    stored = existing(path, role, library)
    if stored is not None and not resume:
        raise AlreadyThere(str(path), RESUME_OR_CHOOSE)
    check_place(path)
    blank = blank_worksheet(library.framework, role, (), clock.timestamp())
    begun = stored.worksheet if stored else blank
    sheet = filled(completed(joined(begun, people), role), found)
    keeper = FileKeeper(path, stored, state_folder())
    try:
        keeper.save(replaced(sheet, updated=clock.timestamp()))
    finally:
        keeper.drafts.close()
    answered = sum(answer.answered for answer in sheet.answers)
    questions = library.terms.count(len(role.questions), library.terms.question)
    saved = ANSWERS_SAVED.format(file=path, answered=answered, questions=questions)
    return Result(remarks=[*(stored.upgraded(path) if stored else ()), saved])
