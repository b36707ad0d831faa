import pytest

from sessions.planner.foresee import ADVICE, advice, contradictions, once, shortages
from sessions.planner.problem import Breach, Pin, Room, Session
from sessions.planner.rules import RULES, Names
from tests.beside import timed
from tests.sessions.planner.tiny import instance, small

NAMES = Names({"s1": "One", "s2": "Two", "s3": "Three"}, {"A": "Hall"}, {}, {"x2": "Xenia", "ann": "Ann"})


def told(breaches):
    return [msgid % values for msgid, values in (advice(breach, NAMES) for breach in breaches)]


@pytest.mark.parametrize(("name", "sentences"), [
    ("pin-same-place", ["One and Three must both be in r1 at t2; move one of the two pins."]),
    ("pin-same-speaker", ["One and Three must both be held at t1 by x1; move one of them, or let somebody else "
                          "hold it."]),
    ("pin-unavailable", ["Two must be at t1, when its host Xenia is not there; move the pin or change when Xenia is "
                         "there."]),
])
def test_tricky_pins_are_named_with_culprits_and_remedy(name, sentences):
    with timed() as spent:
        assert told(contradictions(instance(f"tricky-{name}-a"))) == sentences
    assert spent.pieces < 200


@pytest.mark.parametrize(("pins", "sentence"), [
    ((Pin("s2", None, "B"),), "Two needs beamer and must be in B, which does not have it; move the pin or bring it there."),
    ((Pin("s4", "t3"),), "s4 needs two slots and must begin in the last one, t3; move the pin one slot forward."),
    ((Pin("s4", "t2"),), "s4 must begin at t2 and would run over the break; move the pin or make it shorter."),
    ((Pin("s1", "t1"), Pin("s1", "t2")), "One must be at t1 and at t2; remove one of the two pins."),
    ((Pin("s1", None, "B"), Pin("s1", None, "A")), "One must be in B and in Hall; remove one of the two pins."),
])
def test_pins_against_the_grid_are_named_with_a_remedy(pins, sentence):
    assert sentence in told(contradictions(small(pins=pins)))


def test_a_closed_cell_and_a_session_s_own_times_are_named():
    rooms = (Room("A", 10, frozenset({"beamer"}), frozenset({"t1"})), Room("B", 2))
    assert told(contradictions(small(rooms=rooms, pins=(Pin("s2", "t1", "A"),)))) == [
        "Two must be in Hall at t1, when it is closed; move the pin or open the room."]
    sessions = (Session("s1", "", available=frozenset({"t2"})),)
    assert told(contradictions(small(sessions=sessions, pins=(Pin("s1", "t1"),)))) == [
        "One must be at t1, when it cannot take place; move the pin or change its times."]


@pytest.mark.parametrize(("name", "found"), [
    ("all-want-all", ()), ("empty", ()), ("seats", ()), ("speaker-votes", ()),
    ("feature-nowhere", (Breach("no_room_with", "s2", other="kiln"),)),
    ("overfull", (Breach("too_many", "", other="12 > 6"),)),
    ("room-closed", (Breach("too_many", "", other="5 > 4"),)),
    ("speaker-one-slot", (Breach("host_full", "s1", other="s1, s2", host="x1"),)),
])
def test_what_no_plan_can_mend_is_told_before(name, found):
    problem = instance(f"tricky-{name}-a")
    with timed() as spent:
        assert (contradictions(problem), shortages(problem)) == ((), found)
    assert spent.pieces < 200


def test_a_feature_that_too_many_need_is_named():
    sessions = tuple(Session(f"s{n}", "", needs=frozenset({"beamer"})) for n in range(1, 5))
    assert told(shortages(small(sessions=sessions))) == [
        "More sessions need beamer than fit into the rooms that have it: some stay without a cell; "
        "bring it to another room."]


def test_once_leaves_out_the_other_way_round():
    pair = Breach("taken", "s1", "A", "t1", "s2"), Breach("taken", "s2", "A", "t1", "s1")
    other = Breach("taken", "s1", "A", "t1", "s3"), Breach("together", "s1", other="s2"), Breach("together", "s2", other="s1")
    assert once((*pair, *other)) == (pair[0], *other)


def test_each_advice_belongs_to_a_rule():
    assert set(ADVICE) <= set(RULES)
