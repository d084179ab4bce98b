"""`reflect` and `worksheet`: a role's questions, answered into a Markdown file."""

import os
import shlex
import signal
import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pl_guide.cli.gate import worksheet_words
from pl_guide.cli.options import ContentOption, RoleOption
from pl_guide.cli.output import Output, say
from pl_guide.content.files import ContentFile
from pl_guide.content.loading import load_library
from pl_guide.errors import (
    AlreadyThere,
    ContentInvalid,
    Left,
    NeedsTerminal,
    OtherWorksheet,
    UnknownName,
)
from pl_guide.library import Library
from pl_guide.model import Role
from pl_guide.prompts.choosing import Asking, chosen_asker
from pl_guide.records import replaced
from pl_guide.session import Session
from pl_guide.wording import counted, nearest
from pl_guide.worksheet.files import Stored, check_place, read_worksheet
from pl_guide.worksheet.keeper import FileKeeper
from pl_guide.worksheet.reflection import Worksheet, blank_worksheet, completed, tidy_line


class Layout(StrEnum):
    """How a blank worksheet is laid out."""

    SECTIONS = "sections"
    TABLE = "table"


OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="The worksheet's file."),
]


def reflect(
    role: RoleOption = None,
    output: OutputOption = None,
    people: Annotated[
        list[str] | None,
        typer.Option("--with", metavar="NAME", help="Someone who takes part; may be repeated."),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", metavar="QUESTION", help="Ask only this question (its id); may be repeated."
        ),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on where the worksheet's answers end.")
    ] = False,
    plain: Annotated[
        bool,
        typer.Option("--plain", help="Line by line and in words, for screen readers."),
    ] = False,
    answers: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Fill the worksheet from this YAML file, and ask nothing."
        ),
    ] = None,
    content: ContentOption = None,
) -> None:
    """Think through a role's questions, alone or with a team, into a Markdown worksheet.

    Each answer is saved as soon as you accept it.
    """
    library = load_library(content, only=role)
    if answers is not None:
        _fill(library, _needed_role(library, role), output, people or [], answers, resume=resume)
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise NeedsTerminal(
            "Run it in a terminal; or fill a worksheet from a file with --answers;\n"
            "or take a blank one: plguide worksheet --role coach -o coach.md"
        )
    asking = chosen_asker(plain=plain, describe=worksheet_words)
    found = _wanted_role(library, role, output, asking)
    _check_questions(found, only or [])
    _reflect(library, found, output, people or [], only or [], asking, resume=resume)


def worksheet(
    role: Annotated[str, RoleOption.__metadata__[0]],
    layout: Annotated[
        Layout,
        typer.Option(help="sections, to fill in and read back; or table, to print."),
    ] = Layout.SECTIONS,
    output: OutputOption = None,
    content: ContentOption = None,
) -> None:
    """Make a blank worksheet, to print or to fill in anywhere and go on with in `reflect`."""
    library = load_library(content, only=role)
    found = library.role(role)
    if layout is Layout.TABLE:
        from pl_guide.pages.worksheet import blank_table
        from pl_guide.render.markdown import render_markdown

        text = render_markdown(blank_table(library, found))
    else:
        from pl_guide.worksheet.markdown import format_worksheet

        text = format_worksheet(blank_worksheet(library.framework, found))
    if output is None:
        Output().write(text)
        return
    from pl_guide.worksheet.files import write_new

    write_new(output, text.encode("utf-8"))
    say(f"A blank worksheet for {found.title} is in {output}.")


def _reflect(
    library: Library,
    role: Role,
    output: Path | None,
    people: list[str],
    only: list[str],
    asking: Asking,
    *,
    resume: bool,
) -> None:
    path = output or Path(f"{role.id}-first-actions.md")
    stored = _existing(path, role, library)
    at: int | None = 0
    if stored is not None:
        path, stored, at = _choose_beginning(path, stored, asking, role, resume=resume)
    check_place(path)
    begun = stored.worksheet if stored else blank_worksheet(library.framework, role, (), _now())
    keeper = FileKeeper(path, stored, state_folder())
    left_behind = tuple(keeper.drafts.left_behind())
    go_on = _go_on(role, path)
    try:
        asking.connect(keeper.keep_draft)
        _welcome(role, path, keeper, asking, drafts=bool(left_behind))
        sheet, _ = keeper.save(completed(_joined(begun, people), role))
        session = Session(
            library,
            role,
            sheet,
            asking.asker,
            keeper,
            today=datetime.now().astimezone().date(),
            now=_now,
            only=tuple(only),
            drafts=left_behind,
        )
        _catch_signals()
        finished = session.run(at=session.first_unanswered() if at == -1 else at)
        keeper.drafts.forget()
        keeper.clear_draft()
    except _Ended as ended:
        raise Left(str(keeper.path), go_on, ended.signal) from None
    finally:
        keeper.drafts.close()
    go_on = _go_on(role, keeper.path)
    if not finished:
        raise Left(str(keeper.path), go_on)
    _farewell(session, keeper.path, go_on, asking)


def _welcome(role: Role, path: Path, keeper: FileKeeper, asking: Asking, *, drafts: bool) -> None:
    number = counted(len(role.questions), "question", "questions")
    asking.asker.tell(f"{role.title}: {number}. Each answer is saved in {path} as you accept it.")
    asking.asker.tell(asking.keys)
    if role.basis:
        asking.asker.tell(role.basis.note)
    if drafts:
        asking.asker.tell("What you were typing when the last session ended is back in its place.")
    if keeper.drafts.reason:
        asking.asker.tell(
            f"Text you haven't accepted can't be kept ({keeper.drafts.reason}); "
            "accepted answers are saved all the same."
        )


def _farewell(session: Session, path: Path, go_on: str, asking: Asking) -> None:
    quoted = shlex.quote(str(path))
    states = session.states()
    still = [str(each.number) for each in states if not each.reflected and not each.steps]
    steps = sum(each.steps for each in states)
    said = f"Saved in {path}: {len(states) - len(still)} of {len(states)} questions answered, "
    asking.asker.tell(f"\n{said}{counted(steps, 'first step', 'first steps')}.")
    if still:
        asking.asker.tell(f"Still open: question {', '.join(still)}. To go on:\n  {go_on}")
    docx = shlex.quote(str(path.with_suffix(".docx")))
    asking.asker.tell(f"To make a Word document of it:\n  pandoc {quoted} -o {docx}")


def _needed_role(library: Library, role: str | None) -> Role:
    if role is None:
        raise typer.BadParameter("say which role with --role", param_hint="--role")
    return library.role(role)


def _wanted_role(library: Library, role: str | None, output: Path | None, asking: Asking) -> Role:
    if role is not None:
        return library.role(role)
    if output is not None and output.exists():
        return library.role(read_worksheet(output).worksheet.role)
    options = [(each.id, each.title) for each in library.roles]
    chosen = asking.choose("Which role are you thinking about?", options)
    if chosen is None:
        raise Left("no file: nothing was begun", "plguide reflect")
    return library.role(chosen)


def _check_questions(role: Role, only: list[str]) -> None:
    ids = [each.id for each in role.questions]
    for each in only:
        if each not in ids:
            raise UnknownName(each, "question", nearest(each, ids))


def _existing(path: Path, role: Role, library: Library) -> Stored | None:
    if not path.exists() and not path.is_symlink():
        return None
    if not path.exists():
        return None
    stored = read_worksheet(path)
    found = stored.worksheet
    if found.framework != library.framework.id:
        raise OtherWorksheet(str(path), f"the framework {found.framework}", library.framework.id)
    if found.role != role.id:
        raise OtherWorksheet(str(path), found.title, role.title)
    return stored


def _choose_beginning(
    path: Path, stored: Stored, asking: Asking, role: Role, *, resume: bool
) -> tuple[Path, Stored | None, int | None]:
    """Decide how to begin where there is a worksheet: the file, what is in it, and where to start.

    The place is -1 for the first unanswered question, None for the review.
    """
    if resume:
        return path, stored, -1
    beside = _free_name(path)
    chosen = asking.choose(
        f"{path} is there already, a worksheet for {role.title}.",
        [
            ("continue", "Go on at the first unanswered question"),
            ("review", "Review all questions"),
            ("new", f"Begin a new one beside it, {beside}"),
        ],
    )
    if chosen is None:
        raise Left(str(path), _go_on(role, path))
    if chosen == "new":
        return beside, None, 0
    return path, stored, -1 if chosen == "continue" else None


def _free_name(path: Path) -> Path:
    number = 2
    while (found := path.with_stem(f"{path.stem}-{number}")).exists():
        number += 1
    return found


def _go_on(role: Role, path: Path) -> str:
    return f"plguide reflect --role {role.id} -o {shlex.quote(str(path))} --resume"


def _joined(worksheet: Worksheet, people: list[str]) -> Worksheet:
    names = dict.fromkeys([*worksheet.participants, *filter(None, map(tidy_line, people))])
    return replaced(worksheet, participants=tuple(names))


def _fill(
    library: Library,
    role: Role,
    output: Path | None,
    people: list[str],
    answers: Path,
    *,
    resume: bool,
) -> None:
    from pl_guide.worksheet.prepared import filled, prepared_answers

    found, problems = prepared_answers(ContentFile(answers, str(answers)), role)
    if problems:
        raise ContentInvalid(problems)
    path = output or Path(f"{role.id}-first-actions.md")
    stored = _existing(path, role, library)
    if stored is not None and not resume:
        raise AlreadyThere(str(path), "Add to it with --resume, or choose another file with -o.")
    check_place(path)
    begun = stored.worksheet if stored else blank_worksheet(library.framework, role, (), _now())
    sheet = filled(completed(_joined(begun, people), role), found)
    keeper = FileKeeper(path, stored, state_folder())
    try:
        keeper.save(replaced(sheet, updated=_now()))
    finally:
        keeper.drafts.close()
    total = len(role.questions)
    answered = sum(each.answered for each in sheet.answers)
    say(f"Saved in {path}: {answered} of {total} questions answered.")


def state_folder() -> Path:
    """Give the one folder, besides the worksheet's, that the program writes in."""
    chosen = os.environ.get("PLGUIDE_STATE")
    if chosen:
        return Path(chosen)
    from platformdirs import user_state_path

    return user_state_path("plguide", appauthor=False)


def _now() -> str:
    return datetime.now().astimezone().strftime("%Y-%m-%dT%H:%M")


class _Ended(BaseException):
    """The system asked the program to end; not an Exception, so that nothing catches it early."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.signal = number


def _catch_signals() -> None:
    def end(number: int, _frame: object) -> None:
        raise _Ended(number)

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), end)
