import pytest

from sessions.planner.forced import place_forced
from sessions.planner.grid import Grid
from sessions.planner.problem import Breach, NoPlan, Pin, Session
from sessions.planner.rules import Names, sentence
from tests.beside import timed
from tests.sessions.planner.tiny import instance, small


def culprits(problem):
    with pytest.raises(NoPlan) as caught:
        place_forced(Grid(problem))
    return caught.value.breaches


def test_place_forced_finds_a_place_for_each_pin():
    grid = Grid(small(pins=(Pin("s4", "t1", "A"), Pin("s1", "t1"), Pin("s2"))))
    assert place_forced(grid) == {3: 0, 0: 1, 1: 4}


@pytest.mark.parametrize(("name", "found"), [
    ("tricky-pin-same-place-a", (Breach("taken", "s1", "r1", "t2", "s3"), Breach("taken", "s3", "r1", "t2", "s1"))),
    ("tricky-pin-same-speaker-a", (Breach("host_busy", "s1", "r1", "t1", "s3", "x1"),
                                   Breach("host_busy", "s3", "r2", "t1", "s1", "x1"))),
    ("tricky-pin-unavailable-a", (Breach("host_window", "s2", None, "t1", None, "x2"),)),
])
def test_contradicting_pins_are_named_quickly(name, found):
    with timed() as spent:
        assert culprits(instance(name)) == found
    assert spent.pieces < 200


def test_two_pins_of_one_session_contradict_each_other():
    assert culprits(small(pins=(Pin("s1", "t1"), Pin("s1", "t2")))) == \
        (Breach("pin_slot", "s1", None, "t1", "t2"), Breach("pin_slot", "s1", None, "t2", "t1"))


def test_a_pin_to_a_room_without_the_feature_is_named():
    assert culprits(small(pins=(Pin("s2", None, "B"),))) == (Breach("feature", "s2", "B", None, "beamer"),)


def test_a_must_session_that_fits_nowhere_gets_its_reason():
    problem = small(sessions=(Session("s1", "Kiln", needs=frozenset({"kiln"}), must=True),))
    breach, = culprits(problem)
    msgid, values = sentence(breach, Names())
    assert msgid % values == "No room has kiln."


def test_more_must_sessions_than_cells_are_named_without_a_long_search():
    many = tuple(Session(f"s{n}", "", must=True) for n in range(12))
    with timed() as spent:
        found = culprits(small(sessions=many))
    assert [breach.rule for breach in found] == ["together"] * 7
    assert spent.pieces < 500


def test_only_those_who_quarrel_are_named():
    sessions = (*(Session(f"s{n}", "", ("ann",), must=True) for n in range(4)), Session("s9", "", ("ben",), must=True))
    assert [breach.session for breach in culprits(small(sessions=sessions))] == ["s0", "s1", "s2", "s3"]
