from sessions.planner.grid import Grid
from sessions.planner.problem import Pin, Room
from tests.sessions.planner.tiny import rows, small


def test_places_follow_features_breaks_pins_and_closed_cells():
    grid = Grid(small(pins=(Pin("s1", "t2"), Pin("s3", None, "B"))))
    assert grid.places == [[2, 3], [0, 2, 4], [1, 3, 5], [0, 1]]
    closed = Grid(small(rooms=(Room("A", 10, frozenset({"beamer"}), frozenset({"t2"})), Room("B", 2))))
    assert closed.places == [[0, 1, 3, 4, 5], [0, 4], [0, 1, 3, 4, 5], [1]]


def test_lists_flags_and_bits_of_places_agree():
    grid = Grid(small())
    for session, cells in enumerate(grid.places):
        assert [cell for cell, flag in enumerate(grid.legal[session]) if flag] == cells
        assert sum(1 << cell for cell in cells) == grid.starts[session]


def test_voters_owners_and_clashes_are_bits_and_sets():
    grid = Grid(small())
    assert grid.popular == [2, 2, 1, 2, 0]          # p1, p2, ben; ben's vote for his own session is nothing
    assert [owners.bit_count() for owners in grid.owners] == [0, 1, 0, 0, 0]
    assert grid.clash[0] == {2} and grid.clash[1] == frozenset()


def test_forced_are_the_pinned_and_the_must():
    assert Grid(small(pins=(Pin("s2"),))).forced == {1}


def test_lost_strikes_the_cell_the_way_in_and_the_slots_of_shared_hosts():
    grid = Grid(small())
    assert grid.lost(1, 2, 0) == 1 << 2                      # s2 at A t2 takes that cell from s1
    assert grid.lost(1, 2, 3) == 1 << 2 | 1 << 0             # and A t1 from s4, which needs t2 too
    assert grid.lost(0, 2, 2) == 1 << 2 | 1 << 3             # s1 and s3 share a host: all of t2


def test_place_is_the_way_back_from_placements():
    grid = Grid(small())
    assert grid.place(grid.placements([3, -1, 4, 0])) == [3, -1, 4, 0]
    assert grid.place(()) == [-1, -1, -1, -1]


def test_placements_come_in_order_of_time_and_room():
    assert Grid(small()).placements([3, -1, 4, 0]) == rows("s4 A t1", "s1 B t2", "s3 A t3")
