import pytest

from sessions.planner import solve
from sessions.planner.problem import Pin, Placement, Room, Session
from sessions.planner.rules import Names
from sessions.planner.why import KINDS, Why, told, why
from tests.sessions.planner.tiny import instance, rows, small

NAMES = Names({f"s{n}": name for n, name in enumerate(("One", "Two", "Three", "Four"), 1)}, {"A": "Hall"}, {"t1": "10:00"})
SESSIONS = tuple(Session(f"s{n}", "", (f"h{n}",)) for n in range(1, 5))
VOTES = {**{f"a{n}": ("s1", "s2") for n in range(3)}, **{f"b{n}": ("s3",) for n in range(2)}, "c": ("s4", "s1")}


def sentences(problem, placements, only=()):
    return [msgid % values for msgid, values in (told(one, NAMES) for one in why(problem, placements, only))]


def test_each_placement_has_its_figures_and_the_best_exchange():
    problem = small(sessions=SESSIONS, votes=VOTES)
    plan = rows("s1 A t1", "s3 B t1", "s2 A t2", "s4 B t2")
    assert sentences(problem, plan, ["s1"]) == [
        "One is at 10:00 in Hall: 4 of the 4 who want it are expected, for 10 seats; it could just as well be at t3."]


def test_an_exchange_that_costs_is_told_with_its_price():
    full = (Room("A", 10), Room("B", 10))
    slots = small().slots[:2]
    problem = small(sessions=SESSIONS, votes=VOTES, rooms=full, slots=slots)
    plan = rows("s1 A t1", "s3 B t1", "s2 A t2", "s4 B t2")
    assert why(problem, plan, ["s1"]) == (Why("s1", "best", 4, 4, 1, Placement("s1", "A", "t1"), 10, "s2", "t2"),)
    assert sentences(problem, plan, ["s1"])[0].endswith(
        "; to change with Two at t2, the best exchange, would cost 1 of the wishes.")
    assert why(small(sessions=SESSIONS, votes={}, rooms=full, slots=slots), plan, ["s1"])[0].kind == "equal"
    bad = rows("s1 A t1", "s2 B t1", "s3 A t2", "s4 B t2")
    assert sentences(problem, bad, ["s1"]) == [
        "One is at 10:00 in Hall: 2 of the 4 who want it are expected, for 10 seats; "
        "to change with Four at t2 would win 3 wishes."]


def test_pins_rules_and_who_cannot_change_are_told():
    one_slot = (small().slots[0],)
    pinned = small(sessions=SESSIONS, votes=VOTES, pins=(Pin("s1", "t1", "A"),))
    assert sentences(pinned, rows("s1 A t1"), ["s1"]) == [
        "One is pinned to 10:00 in Hall: 4 of the 4 who want it are expected, for 10 seats."]
    assert sentences(small(sessions=SESSIONS, votes=VOTES, slots=one_slot), rows("s1 A t1"), ["s1"]) == [
        "One can only be at 10:00 by the rules: in Hall 4 of the 4 who want it are expected, for 10 seats."]


def test_who_has_no_cell_learns_what_it_would_cost_or_which_rule_it_is():
    rooms = (Room("A", 10),)
    problem = small(sessions=SESSIONS, votes=VOTES, rooms=rooms, slots=small().slots[:2])
    plan = rows("s1 A t1", "s2 A t2")
    assert sentences(problem, plan, ["s3", "s4"]) == [
        "No cell was left for Three, which 2 want: in the place of Two at t2, the best exchange, it would cost 1 of the "
        "wishes.",
        "No cell was left for Four, which 1 want: in the place of Two at t2, the best exchange, it would cost 2 of the "
        "wishes."]
    assert sentences(problem, rows("s4 A t1", "s2 A t2"), ["s1"]) == [
        "No cell was left for One, which 4 want: in the place of Four at 10:00 3 more wishes would fit."]
    assert sentences(problem, rows("s1 A t1"), ["s2"]) == ["Two, which 3 want, could have a free cell at t2."]
    kiln = (*SESSIONS[:3], Session("s4", "", needs=frozenset({"kiln"})))
    assert sentences(small(sessions=kiln), (), ["s4"]) == [
        "Four cannot have a cell: no room has kiln; bring it to a room, or do without."]


@pytest.mark.parametrize("name", ["rich-S-1", "tricky-overfull-a", "tricky-two-slot-a", "tricky-speaker-one-slot-a"])
def test_every_session_gets_one_sentence_and_a_good_plan_few_better_ones(name):
    problem = instance(name)
    plan = solve(problem, seed=1, moves=20_000)
    found = why(problem, plan.placements)
    assert [one.session for one in found] == [session.id for session in problem.sessions]
    assert all(told(one, NAMES)[0] % told(one, NAMES)[1] for one in found)
    assert {one.kind for one in found} <= {*KINDS, "rule"}
    if name == "rich-S-1":
        assert sum("better" in one.kind for one in found) <= 1
    assert all(one.breach is not None or one.kind.startswith("out_") for one in found if one.at is None)
