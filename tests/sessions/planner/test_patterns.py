from sessions.planner.grid import Grid
from sessions.planner.patterns import kinds_of, slots_of, unit_of
from sessions.planner.problem import Room
from tests.sessions.planner.tiny import instance, small


def test_slots_are_alike_when_the_same_is_allowed_in_them():
    kinds = kinds_of(Grid(small()), merged=False, seats=True)
    assert [(kind.slots, kind.most) for kind in kinds] == [((0, 1), 2), ((2,), 2)]    # s4 is long, t3 is alone
    assert [kind.case.allowed.tolist() for kind in kinds] == [[True, True, True, True], [True, True, True, False]]
    assert kinds[0].case.rooms.tolist() == [[True, True], [True, False], [True, True], [True, True]]
    assert kinds[0].case.seats.tolist() == [10, 2]


def test_merged_allows_what_is_allowed_anywhere():
    closed = (Room("A", 10, frozenset({"beamer"}), frozenset({"t1", "t2", "t3"})), Room("B", 2, frozenset(), frozenset({"t1"})))
    kind, = kinds_of(Grid(small(rooms=closed)), merged=True, seats=False)
    assert (kind.slots, kind.most, kind.case.seats.tolist()) == ((0, 1, 2), 1, [])
    assert kind.case.allowed.tolist() == [True, False, True, False]
    assert [one.slots for one in kinds_of(Grid(small(rooms=closed)), merged=False, seats=False)] == [(1, 2)]


def test_rooms_that_many_need_are_watched():
    case = kinds_of(Grid(instance("barcamp-M-1")), merged=True, seats=False)[0].case
    assert (case.within.sum(axis=0) > case.cap).all() and len(case.cap) >= 2


def test_two_slot_sessions_mark_half_a_person():
    grid = Grid(small())
    case = kinds_of(grid, merged=False, seats=False)[0].case
    assert (unit_of(grid), case.unit, case.half) == (2, 2.0, 1)
    bits = [[int(word).bit_count() for word in row] for row in case.voters]
    assert bits == [[2, 2], [2, 2], [1, 1], [0, 2]]
    assert case.long.tolist() == [False, False, False, True]
    single = Grid(small(sessions=small().sessions[:3]))
    assert (unit_of(single), kinds_of(single, merged=False, seats=False)[0].case.half) == (1, 0)


def test_slots_of_a_plan_name_a_two_slot_session_twice():
    assert slots_of(Grid(small()), [4, 5, -1, 0]) == [[3], [3], [0, 1]]
