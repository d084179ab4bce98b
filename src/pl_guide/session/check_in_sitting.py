"""A check-in from its worksheet's file to the last word: which one, which steps, how it ends."""

from datetime import date
from functools import partial
from pathlib import Path

from pl_guide import clock
from pl_guide.errors import Left
from pl_guide.messages import session as messages
from pl_guide.messages.errors import error_words
from pl_guide.messages.results import NONE_HERE
from pl_guide.model import Terms
from pl_guide.records import Record
from pl_guide.session.check_in import CheckInSession
from pl_guide.session.protocol import LiveAsker
from pl_guide.session.run import before_a_session, catch_signals, live
from pl_guide.session.steps_to_check import steps_to_check
from pl_guide.surveys.plan import Wanted, in_order, planned_steps
from pl_guide.surveys.progress import DUE_DAYS, is_due
from pl_guide.surveys.reading import found_worksheets, markdown_files
from pl_guide.worksheet.model import Worksheet
from pl_guide.worksheet.storage.atomic import check_place
from pl_guide.worksheet.storage.store import FileKeeper, read_worksheet

NAME = "check-in"
"""What its drafts are kept under."""


class Waiting(Record, frozen=True):
    """The worksheets in a folder that have steps to check on, to choose from by their paths.

    `remarks` are what there is to say of the others, and where there are none.
    """

    options: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]


def waiting_worksheets(folder: Path, terms: Terms, *, all_steps: bool) -> Waiting:
    """Look in a folder for worksheets whose steps are due, or that have any at all."""
    found, remarks = [], []
    counted = partial(_counted, today=clock.today(), all_steps=all_steps)
    for file in found_worksheets(markdown_files([folder]), counted):
        if file.error is not None:
            remarks.append(error_words(file.error))
        elif file.taken is not None:
            found.append((file.path, *file.taken))
    if not found:
        remarks.append(NONE_HERE)
    elif not any(number for _, _, number in found):
        remarks.append(messages.nothing_here(terms, DUE_DAYS, all_steps=all_steps))
    options = [
        (path, f"{path} · {title} · {terms.count(number, terms.step)}")
        for path, title, number in found
        if number
    ]
    return Waiting(tuple(options), tuple(remarks))


def chosen_worksheet(waiting: Waiting, asker: LiveAsker) -> Path:
    """Return the only worksheet that has steps to check on, or ask which.

    Raises:
        Left: the person left.
    """
    if len(waiting.options) == 1:
        return Path(waiting.options[0][0])
    with before_a_session(asker, "plguide check-in"):
        chosen = asker.choose(messages.WHICH_WORKSHEET, list(waiting.options))
    if not chosen:
        raise Left("", "plguide check-in")
    return Path(chosen)


def check_in_on(path: Path, terms: Terms, asker: LiveAsker, state: Path, *, all_steps: bool) -> str:
    """Go through a worksheet's steps; return what there is to say where there are none.

    `state` is the folder for locks and drafts.

    Raises:
        Left: the person left early, or the system ended it; everything is saved.
        WorksheetError: the worksheet can't be read; or not be saved, and the person left.
    """
    today = clock.today()
    stored = read_worksheet(path)
    check_place(path)
    keeper = FileKeeper(path, stored, state, NAME)
    drafts = keeper.left_behind()
    steps = steps_to_check(stored.worksheet, drafts, today, all_steps=all_steps)
    if not steps:
        keeper.drafts.close()
        return _nothing_due(path, stored.worksheet, today.isoformat(), terms)

    def go_on() -> str:
        return messages.check_in_again(keeper.path, all_steps=all_steps)

    with live(asker, keeper, go_on):
        title, number = stored.worksheet.title, terms.count(len(steps), terms.first_step)
        asker.tell(messages.CHECK_IN_WELCOME.format(title=title, number=number, path=path))
        asker.tell(asker.opening)
        for remark in stored.upgraded(path):
            asker.tell(remark)
        session = CheckInSession(
            stored.worksheet,
            steps,
            asker,
            keeper,
            today=today,
            now=clock.timestamp,
            drafts=drafts,
            terms=terms,
        )
        catch_signals(asker)
        with asker.held():
            finished = session.run()
    if not finished:
        raise Left(str(keeper.path), go_on())
    states = [found.outcome for found in session.found.values()]
    counted = {state: states.count(state) for state in messages.EVIDENCE}
    asker.tell(messages.CHECK_IN_FAREWELL.format(path=keeper.path, **counted))
    return ""


def _counted(path: str, worksheet: Worksheet, *, today: date, all_steps: bool) -> tuple[str, int]:
    """Return a worksheet's title, and how many of its steps there are to check on."""
    del path
    steps = [step for answer in worksheet.answers for step in answer.first_steps]
    return worksheet.title, sum(all_steps or is_due(step, today) for step in steps)


def _nothing_due(path: Path, worksheet: Worksheet, today: str, terms: Terms) -> str:
    waiting = in_order(planned_steps("", worksheet, {}, Wanted(states=("open",))))
    if not waiting:
        return terms.say(messages.NO_OPEN_STEP, path=path)
    dated = [(step.due, step.step.text) for step in waiting if step.due > today]
    return messages.nothing_due(terms, path, DUE_DAYS, dated[0] if dated else None)
