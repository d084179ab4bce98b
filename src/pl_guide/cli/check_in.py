"""`check-in`: what became of first steps."""

import shlex
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from pl_guide import clock
from pl_guide.cli.options import ContentOption
from pl_guide.cli.output import say
from pl_guide.cli.worksheets import NONE_HERE, state_folder
from pl_guide.content.loading import load_library
from pl_guide.errors import Left, NeedsTerminal
from pl_guide.messages.errors import worksheet_words
from pl_guide.model import Terms
from pl_guide.session.askers.choosing import Asking, chosen_asker
from pl_guide.session.check_in import CheckInSession, Place, due_field, evidence_field
from pl_guide.session.run import before_a_session, catch_signals, live
from pl_guide.surveys.pages import shortened
from pl_guide.surveys.plan import PlannedStep, Wanted, in_order, planned_steps
from pl_guide.surveys.progress import DUE_DAYS, due_date, is_due
from pl_guide.surveys.reading import found_worksheets, markdown_files
from pl_guide.worksheet.model import Draft, FirstStep, Worksheet
from pl_guide.worksheet.storage.atomic import check_place
from pl_guide.worksheet.storage.store import FileKeeper, Stored, read_worksheet

LONGEST_QUESTION = 100
NOTHING_DUE = f"Nothing is due in the next {DUE_DAYS} days."


def check_in(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="A worksheet; without it, those in this folder."),
    ] = None,
    all_steps: Annotated[
        bool, typer.Option("--all", help="Go through all steps, not only those that are due.")
    ] = False,
    plain: Annotated[
        bool,
        typer.Option("--plain", help="Line by line and in words, for screen readers."),
    ] = False,
    content: ContentOption = None,
) -> None:
    """Go through the first steps that are due: what became of each, what shows it, what next.

    What you say is written under the step, with its date. A step is due from two weeks before
    its date.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise NeedsTerminal(
            "Run it in a terminal; or tick the steps' boxes in the file with any editor.\n"
            "To see what is due: plguide plan --open --due-before +2w"
        )
    today = clock.today()
    terms = load_library(content).terms
    asking = chosen_asker(plain=plain, describe=worksheet_words)
    with before_a_session(asking, "plguide check-in"):
        path = file or _chosen_file(asking, today, terms, all_steps=all_steps)
    if path is None:
        return
    stored = read_worksheet(path)
    check_place(path)
    keeper = FileKeeper(path, stored, state_folder())
    left_behind = keeper.drafts.take_over()
    places = _places(path, stored, left_behind, today, all_steps=all_steps)
    if not places:
        keeper.drafts.close()
        _nothing_due(path, stored.worksheet, today, terms)
        return

    def go_on() -> str:
        return _go_on(keeper.path, all_steps=all_steps)

    finished = _check(stored.worksheet, places, asking, keeper, left_behind, today, terms, go_on)
    if not finished:
        raise Left(str(keeper.path), go_on())


def _check(
    worksheet: Worksheet,
    places: list[Place],
    asking: Asking,
    keeper: FileKeeper,
    drafts: tuple[Draft, ...],
    today: date,
    terms: Terms,
    go_on: Callable[[], str],
) -> bool:
    with live(asking, keeper, go_on):
        steps = terms.count(len(places), terms.first_step)
        asking.asker.tell(f"{worksheet.title}: {steps}. Saved in {keeper.path} as you go.")
        asking.asker.tell(asking.keys)
        session = CheckInSession(
            worksheet,
            places,
            asking.asker,
            keeper,
            today=today,
            now=clock.timestamp,
            describe=partial(_described, worksheet=worksheet, today=today),
            drafts=drafts,
            terms=terms,
        )
        catch_signals(asking)
        with asking.asker.held():
            finished = session.run()
    if finished:
        states = [found.outcome for found in session.found.values()]
        asking.asker.tell(
            f"\nSaved in {keeper.path}: {states.count('done')} done, {states.count('open')} still "
            f"open, {states.count('dropped')} dropped."
        )
    return finished


def _places(
    path: Path, stored: Stored, drafts: tuple[Draft, ...], today: date, *, all_steps: bool
) -> list[Place]:
    """Give the steps to go through: by their dates, those first whose evidence was being typed."""
    typed = {(draft.question, draft.field) for draft in drafts}
    places = []
    for each in in_order(planned_steps(str(path), stored.worksheet, {}, Wanted())):
        answer = stored.worksheet.answer(each.question)
        step = answer.first_steps[each.place] if answer else FirstStep(text=each.text)
        fields = {(each.question, field(step)) for field in (evidence_field, due_field)}
        begun = bool(fields & typed)
        if begun or all_steps or is_due(step, today):
            # The line of a check-in that was cut short is said anew, if nothing was said in it.
            last = step.history[-1] if begun and step.history else ""
            places.append((not begun, Place(each.question, step, last)))
    return [place for _, place in sorted(places, key=lambda found: found[0])]


def _described(place: Place, worksheet: Worksheet, today: date) -> str:
    step = place.step
    late = "overdue since " if "" < due_date(step) < today.isoformat() else "due "
    facts = [step.owner, f"{late}{step.due}" if step.due else ""]
    answer = worksheet.answer(place.question)
    question = shortened(answer.wording, LONGEST_QUESTION) if answer else ""
    lines = [step.text, " · ".join(filter(None, facts))]
    lines += [f"Checked {each}" for each in step.history]
    lines += [f"Planned evidence: {step.evidence}" if step.evidence else "", f"From: {question}"]
    return "\n".join(filter(None, lines))


def _chosen_file(asking: Asking, today: date, terms: Terms, *, all_steps: bool) -> Path | None:
    """Find the worksheet to check on: the only one with such steps, or the one that is chosen."""
    found = []
    for each in found_worksheets(markdown_files([Path()]), partial(_waiting, today=today)):
        if each.error is not None:
            say(worksheet_words(each.error))
        elif each.taken is not None:
            found.append((each.path, *each.taken))
    ready = [(path, title, due if not all_steps else every) for path, title, due, every in found]
    ready = [row for row in ready if row[2]]
    if not found:
        say(NONE_HERE)
        return None
    if not ready:
        every = "" if all_steps else f" For all {terms.step.many}: plguide check-in --all"
        what = f"There is no {terms.first_step.one} here yet." if all_steps else NOTHING_DUE
        say(f"{what}{every}")
        return None
    if len(ready) == 1:
        return Path(ready[0][0])
    options = [
        (path, f"{path} · {title} · {terms.count(number, terms.step)}")
        for path, title, number in ready
    ]
    chosen = asking.choose("Which worksheet?", options)
    if chosen is None:
        raise Left("", "plguide check-in")
    return Path(chosen)


def _waiting(path: str, worksheet: Worksheet, today: date) -> tuple[str, int, int]:
    """Give a worksheet's title, how many of its steps are due, and how many there are."""
    del path
    steps = [step for answer in worksheet.answers for step in answer.first_steps]
    return worksheet.title, sum(is_due(step, today) for step in steps), len(steps)


def _nothing_due(path: Path, worksheet: Worksheet, today: date, terms: Terms) -> None:
    waiting: list[PlannedStep] = in_order(
        planned_steps(str(path), worksheet, {}, Wanted(states=("open",)))
    )
    if not waiting:
        say(f"{path} has no open {terms.first_step.one}.")
        return
    dated = [step for step in waiting if step.due > today.isoformat()]
    following = f" Next, on {dated[0].due}: {dated[0].text}." if dated else ""
    say(f"{NOTHING_DUE}{following}")
    say(f"To go through all {terms.step.many}: {_go_on(path, all_steps=True)}")


def _go_on(path: Path, *, all_steps: bool) -> str:
    return f"plguide check-in {shlex.quote(str(path))}{' --all' if all_steps else ''}"
