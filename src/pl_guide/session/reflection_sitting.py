"""A reflection from its worksheet's file to the last word: how it begins, runs and ends."""

from functools import partial
from itertools import count
from pathlib import Path

from pl_guide import clock
from pl_guide.errors import NothingToAsk
from pl_guide.library import Library
from pl_guide.messages import session as messages
from pl_guide.model import Role
from pl_guide.session.protocol import Asker
from pl_guide.session.reflection import Session
from pl_guide.session.run import chosen_first, live
from pl_guide.text import ranges
from pl_guide.worksheet.model import blank_worksheet, completed, joined
from pl_guide.worksheet.storage.atomic import check_place
from pl_guide.worksheet.storage.store import FileKeeper, Stored

NAME = "reflect"
"""What its drafts are kept under."""


def reflect_in(  # noqa: PLR0913 - what a reflection is made of
    path: Path,
    stored: Stored | None,
    library: Library,
    role: Role,
    asker: Asker,
    *,
    state: Path,
    people: list[str],
    only: list[str],
    resume: bool,
) -> None:
    """Ask a role's questions into a worksheet, which is `stored` unless it is to be new.

    `people` take part from now on; `only` are the ids of questions to ask, all if there are none;
    `resume` goes on at the first unanswered one unasked; `state` is for locks and drafts.

    Raises:
        Left: the person left early, or the system ended it; everything is saved.
        WorksheetError: the worksheet can't be saved, and the person left.
    """
    go_on = partial(messages.reflect_again, role)
    how = "continue"
    if stored and not resume:
        beside = _free_name(path)
        there = messages.ALREADY_THERE.format(path=path, title=role.title)
        ways = messages.beginnings(library.terms, beside)
        how = chosen_first(asker, there, ways, go_on(path), str(path))
        if beside and how == "new":
            path, stored = beside, None
    check_place(path)
    blank = blank_worksheet(library.framework, role, (), clock.timestamp())
    begun = stored.worksheet if stored else blank
    keeper = FileKeeper(path, stored, state, NAME)
    drafts = keeper.left_behind()
    with live(asker, keeper, go_on):
        _welcome(library, role, keeper, asker, {draft.question for draft in drafts})
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
        if not session.run(at=None if how == "review" else session.first_unanswered()):
            raise KeyboardInterrupt  # However a person leaves, it ends in one way.
    done = [(state.reflected, state.steps) for state in session.states()]
    for words in messages.farewell(library.terms, keeper.path, go_on(keeper.path), done):
        asker.tell(words)


def chosen_role(library: Library, asker: Asker) -> Role:
    """Ask which role to think about.

    Raises:
        NothingToAsk: no role has questions.
        Left: the person left.
    """
    options = [(role.id, role.title) for role in library.roles if role.questions]
    if not options:
        raise NothingToAsk(library.framework.title, library.terms.question.many)
    which = library.terms.say(messages.WHICH_ROLE)
    return library.role(chosen_first(asker, which, options, "plguide reflect"))


def _welcome(
    library: Library, role: Role, keeper: FileKeeper, asker: Asker, typed: set[str]
) -> None:
    """Say what comes; `typed` are the questions under which text was being typed before."""
    terms = library.terms
    number = terms.count(len(role.questions), terms.question)
    asker.tell(messages.WELCOME.format(title=role.title, number=number, path=keeper.path))
    asker.tell(asker.opening)
    if role.basis:
        asker.tell(role.basis.note)
    numbers = ranges(n for n, question in enumerate(role.questions, 1) if question.id in typed)
    if numbers:
        asker.tell(terms.say(messages.BACK_AGAIN, numbers=numbers))
    if keeper.drafts.reason:
        asker.tell(messages.NO_DRAFTS.format(reason=keeper.drafts.reason))


def _free_name(path: Path) -> Path | None:
    """Return a name beside a file's that is free; None where it would be too long."""
    names = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    try:
        return next(name for name in names if not name.exists())
    except OSError:
        return None
