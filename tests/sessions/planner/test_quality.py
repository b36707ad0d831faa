"""Tests of sessions/planner/quality.py."""

from sessions.planner.problem import Placement, Problem, Room, Session, Slot
from sessions.planner.quality import Pair, Use, heat_of, use_of

P = Placement
ROOMS = (Room("r1", 3), Room("r2", 10, closed=frozenset({"t2"})))
SLOTS = (Slot("t1", "9", "10", "b"), Slot("t2", "10", "11", "b"))
SESSIONS = (Session("a", "A", ("ann",)), Session("b", "B", ("ben",)), Session("c", "C", ("cem",), length=2))
VOTES = {f"p{n}": ("a", "b") if n < 4 else ("b", "c") for n in range(6)}
PROBLEM = Problem(ROOMS, SLOTS, SESSIONS, votes=VOTES)
PLACED = (P("c", "r1", "t1"), P("b", "r2", "t1"))


def test_pairs_are_told_with_whether_they_run_at_the_same_time_and_small_numbers_are_not():
    whole = (P("b", "r2", "t1"), P("a", "r1", "t1"))
    found = heat_of(PROBLEM, whole, 4, 60)
    assert (found.order, found.slots) == (("a", "b"), ("t1", "t1"))
    assert (found.counts, found.pairs) == (((0, 4), (4, 0)), (Pair("b", "a", 4, True),))
    assert heat_of(PROBLEM, whole, 5, 60).pairs == ()


def test_a_session_of_two_slots_meets_those_of_both_and_only_the_most_wanted_are_drawn():
    problem = Problem(ROOMS[:1] + (Room("r2", 10),), SLOTS, SESSIONS, votes=VOTES)
    placed = (P("c", "r1", "t1"), P("b", "r2", "t2"))
    assert heat_of(problem, placed, 1, 60).pairs == (Pair("b", "c", 2, True),) or \
        heat_of(problem, placed, 1, 60).pairs == (Pair("c", "b", 2, True),)
    assert heat_of(problem, placed, 1, 1).order == ("b",)


def test_rooms_tell_cells_seats_and_the_fullest_session():
    assert use_of(PROBLEM, PLACED) == [Use("r1", 2, 2, 1.0, 3, "c"), Use("r2", 1, 1, 5.0, 10, "b")]
    assert [one.percent for one in use_of(PROBLEM, PLACED)] == [33, 50]
    assert use_of(PROBLEM, ()) == [Use("r1", 0, 2, 0, 0), Use("r2", 0, 1, 0, 0)]
