"""A check-in from its worksheet's file to the last word: which one, which steps, how it ends."""

from datetime import date
from functools import partial
from pathlib import Path

from pl_guide import clock
from pl_guide.messages import session as messages
from pl_guide.messages.errors import error_words
from pl_guide.messages.results import NONE_HERE
from pl_guide.session.check_in import CheckInSession, steps_to_check
from pl_guide.session.protocol import Asker
from pl_guide.session.run import chosen_first, live
from pl_guide.surveys.progress import DUE_DAYS, due_date, is_due
from pl_guide.surveys.reading import found_worksheets, markdown_files
from pl_guide.wording import Terms
from pl_guide.worksheet.model import Worksheet
from pl_guide.worksheet.storage.atomic import check_place
from pl_guide.worksheet.storage.store import FileKeeper, read_worksheet

NAME = "check-in"
"""What its drafts are kept under."""


def chosen_worksheet(
    folder: Path, terms: Terms, asker: Asker, *, all_steps: bool
) -> tuple[Path | None, list[str]]:
    """Look in a folder for worksheets whose steps are due, or that have any; ask which if many.

    Returns what there is to say instead where there is none.

    Raises:
        Left: the person left.
    """
    found, remarks = [], []
    counted = partial(_counted, today=clock.today(), all_steps=all_steps)
    for file in found_worksheets(markdown_files([folder]), counted):
        if file.error is not None:
            remarks.append(error_words(file.error))
        elif file.taken is not None:
            found.append((file.path, *file.taken))
    options = [
        (path, f"{path} · {title} · {terms.count(number, terms.step)}")
        for path, title, number in found
        if number
    ]
    if not options:
        none = messages.nothing_here(terms, DUE_DAYS, all_steps=all_steps) if found else NONE_HERE
        return None, [*remarks, none]
    for remark in remarks:
        asker.tell(remark)
    if len(options) == 1:
        return Path(options[0][0]), []
    which = chosen_first(asker, messages.WHICH_WORKSHEET, options, "plguide check-in")
    return Path(which), []


def check_in_on(path: Path, terms: Terms, asker: Asker, state: Path, *, all_steps: bool) -> str:
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
        return _nothing_due(path, stored.worksheet, today, terms)
    with live(asker, keeper, partial(messages.check_in_again, all_steps=all_steps)):
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
        if not session.run():
            raise KeyboardInterrupt  # However a person leaves, it ends in one way.
    states = [found.outcome for found in session.found.values()]
    counted = {state: states.count(state) for state in messages.EVIDENCE}
    asker.tell(messages.CHECK_IN_FAREWELL.format(path=keeper.path, **counted))
    return ""


def _counted(path: str, worksheet: Worksheet, *, today: date, all_steps: bool) -> tuple[str, int]:
    """Return a worksheet's title, and how many of its steps there are to check on."""
    del path
    steps = [step for answer in worksheet.answers for step in answer.first_steps]
    return worksheet.title, sum(all_steps or is_due(step, today) for step in steps)


def _nothing_due(path: Path, worksheet: Worksheet, today: date, terms: Terms) -> str:
    steps = [step for answer in worksheet.answers for step in answer.first_steps]
    waiting = [(due_date(step), step.text) for step in steps if step.state == "open"]
    if not waiting:
        return terms.say(messages.NO_OPEN_STEP, path=path)
    dated = [found for found in waiting if found[0] > today.isoformat()]
    following = min(dated, key=lambda found: found[0], default=None)
    return messages.nothing_due(terms, path, DUE_DAYS, following)
