from random import Random

from sessions.planner.grid import Grid
from sessions.planner.moves import change, movable, propose
from sessions.planner.problem import Pin
from sessions.planner.state import State
from tests.sessions.planner.tiny import instance, random_state, small


def test_movable_leaves_out_what_is_pinned_to_a_cell_or_has_no_place():
    assert movable(Grid(small(pins=(Pin("s1", "t1", "A"),)))) == [1, 2, 3]
    assert movable(Grid(instance("tricky-feature-nowhere-a"))) == [0, 2, 3, 4]


def kinds(state, draws):
    """Return which kinds of change are drawn: (length of the mover, from the pool, lengths that leave)."""
    rng, movers, grid = Random(3), movable(state.grid), state.grid
    found = set()
    for _ in range(draws):
        changes = propose(state, movers, rng)
        if changes:
            mover = next(session for session, cell in changes if cell >= 0)
            leaving = tuple(sorted(grid.length[session] for session, cell in changes if cell < 0))
            found.add((grid.length[mover], state.place[mover] < 0, leaving))
    return found


def test_propose_draws_swaps_exchanges_and_two_short_for_one_long():
    state = random_state(Grid(instance("rich-S-1")), Random(1))
    grid = state.grid
    long = [session for session in range(grid.count) if grid.length[session] == 2]
    assert any(state.place[session] >= 0 for session in long)
    found = kinds(state, 5000)
    assert {(1, False, ()), (1, True, (1,)), (1, True, (2,)), (2, False, ())} <= found
    place = state.place[:]
    for session in long:
        place[session] = -1
    state.load(place)
    assert (2, True, ()) in kinds(state, 5000)


def test_propose_never_breaks_a_static_rule_or_a_cell():
    state = random_state(Grid(instance("rich-S-1")), Random(2))
    grid, rng, movers = state.grid, Random(5), movable(state.grid)
    for _ in range(5000):
        changes = propose(state, movers, rng)
        moved = {session for session, _ in changes}
        cells = [one for session, cell in changes if cell >= 0 for one in grid.span(session, cell)]
        assert all(grid.legal[session][cell] for session, cell in changes if cell >= 0)
        assert len(cells) == len(set(cells))
        assert all(state.at[cell] in moved or state.at[cell] < 0 for cell in cells)
        assert not any(session in grid.forced for session, cell in changes if cell < 0)


def test_propose_is_repeatable():
    state = State(Grid(instance("barcamp-S-1")))
    movers = movable(state.grid)
    one, other = Random(4), Random(4)
    assert [propose(state, movers, one) for _ in range(50)] == [propose(state, movers, other) for _ in range(50)]


def test_change_lets_a_third_session_give_up_its_room():
    """One moves to Two's cell; Two needs the beamer, which Three has in One's slot, and takes Three's room."""
    state = State(Grid(small()))
    state.load([1, 2, -1, -1])                       # s1 at B t1, s2 at A t2
    assert change(state, Random(1), 0, 2) == [(0, 2), (1, 0)]
    state.load([3, 0, 2, -1])                        # s1 at B t2, s2 at A t1, s3 at A t2
    assert change(state, Random(1), 0, 0) == [(0, 0), (1, 2), (2, 3)]
    pinned = State(Grid(small(pins=(Pin("s3", None, "A"),))))
    pinned.load([3, 0, 2, -1])
    assert change(pinned, Random(1), 0, 0) == []
