"""The table of each session's moves: whole, without two meanings for one key."""

from collections import Counter
from typing import get_args

import pytest

from pl_guide.session.moves import (
    CHECK_IN,
    DETAILS,
    FIRST_STEPS,
    REFLECTION,
    TEXTS,
    Aid,
    AidName,
    CheckInMove,
    ReflectionMove,
    listed_commands,
    listed_keys,
)

both = pytest.mark.parametrize(
    ("rows", "moves"), [(REFLECTION, ReflectionMove), (CHECK_IN, CheckInMove)]
)


@both
def test_every_move_that_a_session_answers_has_one_line_in_its_table(rows, moves):
    assert sorted(row.name for row in rows if not isinstance(row, Aid)) == sorted(get_args(moves))


def test_every_aid_is_offered_in_some_session():
    offered = {row.name for row in (*REFLECTION, *CHECK_IN) if isinstance(row, Aid)}
    assert offered == set(get_args(AidName))


@both
@pytest.mark.parametrize("field", [*TEXTS, FIRST_STEPS, *DETAILS, "evidence of Call"])
def test_no_key_and_no_command_means_two_things_in_a_field(rows, moves, field):
    counting = [row for row in rows if row.counts_in(field)]
    commands = Counter(command for row in counting for command in row.commands)
    # Tab completes a name; where there is none to complete, it goes on.
    keys = Counter(key for row in counting for key in row.keys if key != "tab")
    assert set(commands.values()) == set(keys.values()) == {1}


@both
def test_whatever_can_be_done_is_listed(rows, moves):
    keys, commands = dict(listed_keys(rows)), dict(listed_commands(rows))
    for row in rows:
        assert not row.keys or row.pressed in keys or row.commands[0] in commands
        assert not any(row.commands) or commands[row.commands[0]]
    assert all(does for does in keys.values())
