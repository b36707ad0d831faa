"""Tests of sessions/planner/pinboard.py."""

import pytest

from sessions.planner import NoPlan, check, score_of
from sessions.planner.pinboard import pin_board
from sessions.planner.problem import Pin, Placement, Problem, Room, Session, Slot
from tests.sessions.planner.tiny import instance


def test_the_most_wanted_come_first_into_the_emptiest_slot_and_the_largest_room():
    sessions = tuple(Session(f"s{n}", f"S{n}", (f"h{n}",)) for n in range(4))
    votes = {f"p{n}": ("s0", "s1", "s2", "s3")[:4 - n // 2] for n in range(8)}  # wanted by 8, 6, 4 and 2 people
    problem = Problem((Room("small", 5), Room("large", 9)), (Slot("t1", "9", "10", "b"), Slot("t2", "10", "11", "b")), sessions, votes=votes)
    assert set(pin_board(problem)) == {Placement("s0", "large", "t1"), Placement("s3", "small", "t1"),
                                       Placement("s1", "large", "t2"), Placement("s2", "small", "t2")}


@pytest.mark.parametrize(("name", "attendance"), [("barcamp-S-1", 410), ("rich-S-1", 378), ("barcamp-M-1", 1524), ("rich-M-1", 1459)])
def test_its_plans_are_valid_and_about_as_good_as_those_measured_for_the_pin_board(name, attendance):
    problem = instance(name)
    placements = pin_board(problem)
    assert check(problem, placements) == ()
    assert abs(score_of(problem, placements).attendance / attendance - 1) < 0.03


def test_pins_hold_and_contradictions_are_named():
    sessions = (Session("s0", "S0", ("a",)), Session("s1", "S1", ("b",)))
    rooms, slots = (Room("r", 5),), (Slot("t1", "9", "10", "b"), Slot("t2", "10", "11", "b"))
    pinned = Problem(rooms, slots, sessions, votes={"p": ("s1",)}, pins=(Pin("s0", "t1", "r"),))
    assert set(pin_board(pinned)) == {Placement("s0", "r", "t1"), Placement("s1", "r", "t2")}
    with pytest.raises(NoPlan):
        pin_board(Problem(rooms, slots, sessions, pins=(Pin("s0", "t1", "r"), Pin("s1", "t1", "r"))))
