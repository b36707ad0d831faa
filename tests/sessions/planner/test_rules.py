import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.planner.problem import Breach, Pin, Placement, Room, Session
from sessions.planner.rules import RULES, Board, Names, check, sentence, why_not
from tests.sessions.planner.tiny import drawn, judge, problems, rows, small


def test_check_finds_nothing_in_a_valid_plan():
    assert check(small(), rows("s1 B t1", "s2 A t3", "s3 B t2", "s4 A t1")) == ()


@pytest.mark.parametrize(("changes", "plan", "found"), [
    ({}, rows("s9 A t1"), (Breach("unknown_session", "s9", "A", "t1"),)),
    ({}, rows("s1 Z t1"), (Breach("unknown_room", "s1", "Z", "t1"),)),
    ({}, rows("s1 A t9"), (Breach("unknown_slot", "s1", "A", "t9"),)),
    ({}, rows("s1 A t1", "s1 A t2"), (Breach("twice", "s1", "A", "t2"),)),
    ({}, rows("s4 A t3"), (Breach("end", "s4", None, "t3"),)),
    ({}, rows("s4 A t2"), (Breach("break", "s4", None, "t2"),)),
    ({}, rows("s2 B t1"), (Breach("feature", "s2", "B", None, "beamer"),)),
    ({"rooms": (Room("A", 5, closed=frozenset({"t2"})),)}, rows("s4 A t1"), (Breach("closed", "s4", "A", "t2"),)),
    ({}, rows("s4 A t1", "s1 A t2"), (Breach("taken", "s1", "A", "t2", "s4"),)),
    ({"sessions": (Session("s1", "", available=frozenset({"t2"})),)}, rows("s1 A t1"),
     (Breach("session_window", "s1", None, "t1"),)),
    ({"windows": {"ann": frozenset({"t2"})}}, rows("s1 A t1"), (Breach("host_window", "s1", None, "t1", None, "ann"),)),
    ({}, rows("s1 A t1", "s3 B t1"), (Breach("host_busy", "s3", "B", "t1", "s1", "ann"),)),
    ({"pins": (Pin("s1", "t2"),)}, rows("s1 A t1"), (Breach("pin_slot", "s1", None, "t1", "t2"),)),
    ({"pins": (Pin("s1", None, "B"),)}, rows("s1 A t1"), (Breach("pin_room", "s1", "A", None, "B"),)),
    ({"pins": (Pin("s1", "t2", "A"),)}, (), (Breach("pin_missing", "s1", "A", "t2"),)),
    ({"sessions": (Session("s1", "", must=True),)}, (), (Breach("must", "s1"),)),
])
def test_check_names_rule_and_place(changes, plan, found):
    assert check(small(**changes), plan) == found


def test_why_not_takes_the_session_out_first():
    problem, plan = small(), rows("s1 A t1", "s3 B t2", "s2 A t3")
    assert why_not(problem, plan, "s1", "A", "t1") == ()
    assert why_not(problem, plan, "s1", "A", "t3") == (Breach("taken", "s1", "A", "t3", "s2"),)
    assert why_not(problem, plan, "s1", "A", "t2") == (Breach("host_busy", "s1", "A", "t2", "s3", "ann"),)


def test_why_not_gives_every_reason_at_once():
    assert [breach.rule for breach in why_not(small(), rows("s1 B t3"), "s4", "B", "t3")] == ["end", "taken"]


def test_board_answers_for_cell_after_cell():
    board = Board(small(), rows("s1 A t1"))
    assert [len(board.breaches("s3", room, slot)) for room in "AB" for slot in ("t1", "t2", "t3")] == [2, 0, 0, 1, 0, 0]


@given(problems(pins=True), st.data())
@drawn(150)
def test_check_is_silent_exactly_when_evaluate_is(problem, data):
    ids = st.sampled_from([session.id for session in problem.sessions])
    row = st.builds(Placement, ids, st.sampled_from([room.id for room in problem.rooms]),
                    st.sampled_from([slot.id for slot in problem.slots]))
    plan = tuple(data.draw(st.lists(row, max_size=4)))
    assert (check(problem, plan) == ()) == (judge(problem, plan)[0] == [])


def test_sentence_gives_msgid_and_names():
    names = Names(sessions={"s1": "Cookies", "s2": "Kiln"}, rooms={"A": "Foyer"}, slots={"t1": "10:00"},
                  hosts={"ann": "Ann"})
    msgid, values = sentence(Breach("taken", "s1", "A", "t1", "s2"), names)
    assert msgid % values == "Foyer at 10:00 already holds Kiln."
    msgid, values = sentence(Breach("host_busy", "s1", "A", "t1", "s2", "ann"), names)
    assert msgid % values == "Ann also hosts Kiln at 10:00."
    msgid, values = sentence(Breach("together", "s1", other="s2, s3"), names)
    assert msgid % values == "Cookies must have a cell, but no plan was found that also holds Kiln, s3."


def test_every_sentence_uses_only_values_that_are_there():
    values = sentence(Breach("taken", "s1"), Names())[1]
    assert {name for rule in RULES.values() for name in re.findall(r"%\((\w+)\)s", rule.sentence)} == set(values)
