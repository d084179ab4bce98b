"""`reflect`: a role's questions, answered in a session, into a Markdown worksheet."""

import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer

from pl_guide import clock
from pl_guide.cli.options import ContentOption, ReflectingRoleOption
from pl_guide.cli.results import check_ending
from pl_guide.cli.worksheets import (
    OutputOption,
    asked_role,
    default_path,
    existing,
    joined,
    state_folder,
)
from pl_guide.content.loading import load_library
from pl_guide.errors import (
    Left,
    NeedsTerminal,
    NothingToAsk,
    UnknownName,
)
from pl_guide.library import Library
from pl_guide.messages.errors import worksheet_words
from pl_guide.model import Role, Terms
from pl_guide.session.askers.choosing import Asking, chosen_asker
from pl_guide.session.reflection import Session
from pl_guide.session.run import before_a_session, catch_signals, live
from pl_guide.text import nearest, ranges
from pl_guide.worksheet.model import blank_worksheet, completed
from pl_guide.worksheet.storage.atomic import check_place
from pl_guide.worksheet.storage.store import FileKeeper, Stored, read_worksheet


def reflect(
    role: ReflectingRoleOption = None,
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
        from pl_guide.cli.worksheet import fill

        needed = asked_role(library, _needed_role(library, role))
        fill(library, needed, output, people or [], answers, resume=resume)
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise NeedsTerminal(
            "Run it in a terminal; or fill a worksheet from a file with --answers;\n"
            "or take a blank one: plguide worksheet --role coach -o coach.md"
        )
    asking = chosen_asker(plain=plain, describe=worksheet_words)
    with before_a_session(asking, "plguide reflect"):
        found = _wanted_role(library, role, output, asking)
    asked_role(library, found)
    _check_questions(library, found, only or [])
    _reflect(library, found, output, people or [], only or [], asking, resume=resume)


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
    check_ending(output, ".md")
    path = output or default_path(role)
    stored = existing(path, role, library)
    at: int | None = 0
    if stored is not None:
        with before_a_session(asking, _go_on(role, path)):
            path, stored, at = _choose_beginning(
                path, stored, asking, library.terms, role, resume=resume
            )
    check_place(path)
    begun = (
        stored.worksheet
        if stored
        else blank_worksheet(library.framework, role, (), clock.timestamp())
    )
    keeper = FileKeeper(path, stored, state_folder())
    left_behind = keeper.drafts.take_over()
    with live(asking, keeper, lambda: _go_on(role, keeper.path)):
        typed = {each.question for each in left_behind}
        places = [n for n, each in enumerate(role.questions, 1) if each.id in typed]
        _welcome(library, role, path, keeper, asking, drafts=places)
        sheet, _ = keeper.save(completed(joined(begun, people), role))
        session = Session(
            library,
            role,
            sheet,
            asking.asker,
            keeper,
            today=clock.today(),
            now=clock.timestamp,
            only=tuple(only),
            drafts=left_behind,
        )
        catch_signals(asking)
        with asking.asker.held():
            finished = session.run(at=session.first_unanswered() if at == -1 else at)
    go_on = _go_on(role, keeper.path)
    if not finished:
        raise Left(str(keeper.path), go_on)
    _farewell(session, keeper.path, go_on, asking)


def _welcome(
    library: Library,
    role: Role,
    path: Path,
    keeper: FileKeeper,
    asking: Asking,
    *,
    drafts: list[int],
) -> None:
    number = library.terms.count(len(role.questions), library.terms.question)
    asking.asker.tell(f"{role.title}: {number}. Each answer is saved in {path} as you accept it.")
    asking.asker.tell(asking.keys)
    if role.basis:
        asking.asker.tell(role.basis.note)
    if drafts:
        asking.asker.tell(
            "What you were typing when the last session ended is back in its place: "
            f"{library.terms.question.one} {ranges(drafts)}."
        )
    if keeper.drafts.reason:
        asking.asker.tell(
            f"Text you haven't accepted can't be kept ({keeper.drafts.reason}); "
            "accepted answers are saved all the same."
        )


def _farewell(session: Session, path: Path, go_on: str, asking: Asking) -> None:
    quoted = shlex.quote(str(path))
    states = session.states()
    still = [each.number for each in states if not each.reflected and not each.steps]
    steps = sum(each.steps for each in states)
    terms = session.library.terms
    done = f"{len(states) - len(still)} of {terms.count(len(states), terms.question)} answered"
    asking.asker.tell(f"\nSaved in {path}: {done}, {terms.count(steps, terms.first_step)}.")
    if still:
        open_still = f"Still open: {terms.question.one} {ranges(still)}."
        asking.asker.tell(f"{open_still} To go on:\n  {go_on}")
    asking.asker.tell(f"For a Word document of it:\n  plguide export {quoted} --to docx")
    if steps:
        later = f"To check on {terms.first_step.many} later:"
        asking.asker.tell(f"{later}\n  plguide check-in {quoted}")


def _needed_role(library: Library, role: str | None) -> Role:
    if role is None:
        raise typer.BadParameter("say which role with --role", param_hint="--role")
    return library.role(role)


def _wanted_role(library: Library, role: str | None, output: Path | None, asking: Asking) -> Role:
    if role is not None:
        return library.role(role)
    if output is not None and output.exists():
        return library.role(read_worksheet(output).worksheet.role)
    options = [(each.id, each.title) for each in library.roles if each.questions]
    if not options:
        raise NothingToAsk(library.framework.title, library.terms.question.many)
    chosen = asking.choose(f"Which {library.terms.role.one} are you thinking about?", options)
    if chosen is None:
        raise Left("", "plguide reflect")
    return library.role(chosen)


def _check_questions(library: Library, role: Role, only: list[str]) -> None:
    ids = [each.id for each in role.questions]
    for each in only:
        if each not in ids:
            noun = library.terms.question.one
            raise UnknownName(each, "question", nearest(each, ids), noun)


def _choose_beginning(
    path: Path, stored: Stored, asking: Asking, terms: Terms, role: Role, *, resume: bool
) -> tuple[Path, Stored | None, int | None]:
    """Decide how to begin where there is a worksheet: the file, what is in it, and where to start.

    The place is -1 for the first unanswered question, None for the review.
    """
    if resume:
        return path, stored, -1
    options = [
        ("continue", "Go on where the answers end"),
        ("review", terms.say("Review all {questions}")),
    ]
    beside = _free_name(path)
    if beside is not None:
        options.append(("new", f"Begin a new one beside it, {beside}"))
    chosen = asking.choose(f"{path} is there already, a worksheet for {role.title}.", options)
    if chosen is None:
        raise Left(str(path), _go_on(role, path))
    if chosen == "new" and beside is not None:
        return beside, None, 0
    return path, stored, -1 if chosen == "continue" else None


def _free_name(path: Path) -> Path | None:
    """Give a name beside a file's that is free; None where it would be too long."""
    number = 2
    try:
        while (found := path.with_stem(f"{path.stem}-{number}")).exists():
            number += 1
    except OSError:
        return None
    return found


def _go_on(role: Role, path: Path) -> str:
    return f"plguide reflect --role {role.id} -o {shlex.quote(str(path))} --resume"
