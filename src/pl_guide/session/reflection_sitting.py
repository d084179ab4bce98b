"""A reflection from its worksheet's file to the last word: how it begins, runs and ends."""

from pathlib import Path

from pl_guide import clock
from pl_guide.errors import Left, NothingToAsk
from pl_guide.library import Library
from pl_guide.messages import session as messages
from pl_guide.model import Role
from pl_guide.session.protocol import LiveAsker
from pl_guide.session.reflection import Session
from pl_guide.session.run import before_a_session, catch_signals, live
from pl_guide.text import ranges
from pl_guide.worksheet.model import Draft, blank_worksheet, completed, joined
from pl_guide.worksheet.storage.atomic import check_place
from pl_guide.worksheet.storage.store import FileKeeper, Stored

NAME = "reflect"
"""What its drafts are kept under."""


def reflect_in(  # noqa: PLR0913 - what a reflection is made of
    path: Path,
    stored: Stored | None,
    library: Library,
    role: Role,
    asker: LiveAsker,
    *,
    state: Path,
    people: list[str],
    only: list[str],
    resume: bool,
) -> None:
    """Ask a role's questions into a worksheet, which is `stored` unless it is to be new.

    `people` take part from now on; `only` are the ids of the questions to ask, all if there are
    none; `resume` goes on at the first unanswered question without asking; `state` is the folder
    for locks and drafts.

    Raises:
        Left: the person left early, or the system ended it; everything is saved.
        WorksheetError: the worksheet can't be saved, and the person left.
    """
    path, stored, at = _beginning(path, stored, asker, library, role, resume=resume)
    check_place(path)
    begun = (
        stored.worksheet
        if stored
        else blank_worksheet(library.framework, role, (), clock.timestamp())
    )
    keeper = FileKeeper(path, stored, state, NAME)
    drafts = keeper.left_behind()
    with live(asker, keeper, lambda: messages.reflect_again(role, keeper.path)):
        _welcome(library, role, keeper, asker, drafts)
        sheet, _ = keeper.save(completed(joined(begun, people), role))
        for remark in stored.upgraded(path) if stored else ():
            asker.tell(remark)
        session = Session(
            library,
            role,
            sheet,
            asker,
            keeper,
            today=clock.today(),
            now=clock.timestamp,
            only=tuple(only),
            drafts=drafts,
        )
        catch_signals(asker)
        with asker.held():
            finished = session.run(at=session.first_unanswered() if at == -1 else at)
    go_on = messages.reflect_again(role, keeper.path)
    if not finished:
        raise Left(str(keeper.path), go_on)
    _farewell(session, keeper.path, go_on, asker)


def chosen_role(library: Library, asker: LiveAsker) -> Role:
    """Ask which role to think about.

    Raises:
        NothingToAsk: no role has questions.
        Left: the person left.
    """
    options = [(role.id, role.title) for role in library.roles if role.questions]
    if not options:
        raise NothingToAsk(library.framework.title, library.terms.question.many)
    with before_a_session(asker, "plguide reflect"):
        chosen = asker.choose(library.terms.say(messages.WHICH_ROLE), options)
    if not chosen:
        raise Left("", "plguide reflect")
    return library.role(chosen)


def _welcome(
    library: Library, role: Role, keeper: FileKeeper, asker: LiveAsker, drafts: tuple[Draft, ...]
) -> None:
    terms = library.terms
    number = terms.count(len(role.questions), terms.question)
    asker.tell(messages.WELCOME.format(title=role.title, number=number, path=keeper.path))
    asker.tell(asker.opening)
    if role.basis:
        asker.tell(role.basis.note)
    typed = {draft.question for draft in drafts}
    numbers = ranges(n for n, question in enumerate(role.questions, 1) if question.id in typed)
    if numbers:
        asker.tell(terms.say(messages.BACK_AGAIN, numbers=numbers))
    if keeper.drafts.reason:
        asker.tell(messages.NO_DRAFTS.format(reason=keeper.drafts.reason))


def _farewell(session: Session, path: Path, go_on: str, asker: LiveAsker) -> None:
    states = session.states()
    unanswered = [state.number for state in states if not state.reflected and not state.steps]
    steps = sum(state.steps for state in states)
    for words in messages.farewell(
        session.library.terms,
        path,
        go_on,
        total=len(states),
        unanswered=unanswered,
        steps=steps,
    ):
        asker.tell(words)


def _beginning(  # noqa: PLR0913 - what there is to choose from
    path: Path,
    stored: Stored | None,
    asker: LiveAsker,
    library: Library,
    role: Role,
    *,
    resume: bool,
) -> tuple[Path, Stored | None, int | None]:
    """Decide how to begin where there is a worksheet: the file, what is in it, and where to start.

    The start is -1 for the first unanswered question, None for the review.
    """
    if stored is None:
        return path, None, 0
    if resume:
        return path, stored, -1
    beside = _free_name(path)
    there = messages.ALREADY_THERE.format(path=path, title=role.title)
    go_on = messages.reflect_again(role, path)
    with before_a_session(asker, go_on):
        chosen = asker.choose(there, messages.beginnings(library.terms, beside))
    if not chosen:
        raise Left(str(path), go_on)
    if chosen == "new" and beside is not None:
        return beside, None, 0
    return path, stored, -1 if chosen == "continue" else None


def _free_name(path: Path) -> Path | None:
    """Return a name beside a file's that is free; None where it would be too long."""
    number = 2
    try:
        while (found := path.with_stem(f"{path.stem}-{number}")).exists():
            number += 1
    except OSError:
        return None
    return found
