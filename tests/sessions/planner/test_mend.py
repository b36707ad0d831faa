from sessions.planner.grid import Grid
from sessions.planner.mend import Mender, prices_of
from sessions.planner.problem import Room, Session
from sessions.planner.state import State
from tests.sessions.planner.tiny import instance, small

ROOMS = (Room("A", 9), Room("B", 9))
WANTED = {f"p{n}": ("s1", "s2", "s3", "s4") for n in range(4)}


def mender(place, old, **changes):
    """A state with this plan; cells are numbered A t1, B t1, A t2, ..."""
    grid = Grid(small(rooms=ROOMS, votes=WANTED, **changes))
    state = State(grid)
    state.load(place)
    lost = [one for one, (now, was) in enumerate(zip(place, old, strict=True)) if now < 0 <= was]
    return state, Mender(state, old, lost)


def singles(*windows):
    return tuple(Session(f"s{n}", "", available=window and frozenset(window.split()))
                 for n, window in enumerate(windows, 1))


def test_prices_grow_with_the_camp_and_a_drop_is_dearer_than_two_moves():
    small_camp, large_camp = prices_of(Grid(small())), prices_of(Grid(instance("barcamp-M-1")))
    assert small_camp.slot < large_camp.slot
    for prices in (small_camp, large_camp):
        assert prices.room < prices.slot and prices.drop > 2 * prices.slot


def test_settle_uses_free_cells_and_moves_nobody_else():
    state, mend = mender([-1, 3, -1], [0, 3, -1], sessions=singles("t2 t3", "t1 t2", None))
    mend.settle()
    assert state.place[0] in (4, 5) and state.place[1] == 3     # t2 is shared with s2, t3 is not
    assert state.place[2] == 0                                  # who waited gets the cell that became free, no other


def test_settle_leaves_out_where_no_cell_is_free_and_mend_makes_one():
    sessions = singles("t1", "t1", "t1 t2")                     # s1 can only go where s2 and s3 are
    start = [-1, 1, 0]
    state, mend = mender(start, [2, 1, 0], sessions=sessions)
    mend.settle()
    assert state.place == start
    mend.mend()
    assert state.place[0] == 0 and state.place[1] == 1 and state.place[2] in (2, 3)
    assert mend.slot_moves() == 2


def test_mend_goes_on_to_three_moves_before_it_drops():
    sessions = singles("t1", "t1 t2", "t2 t3", "t2")
    rooms = (Room("A", 9),)
    grid = Grid(small(rooms=rooms, votes=WANTED, sessions=sessions[:3]))
    state = State(grid)
    state.load([-1, 0, 1])
    Mender(state, [2, 0, 1], [0]).mend()
    assert state.place == [0, 1, 2]


def test_mend_lets_the_least_wanted_go_when_one_must():
    votes = {"p1": ("s1",), "p2": ("s1",), "p3": ("s1", "s3")}
    grid = Grid(small(rooms=(Room("A", 9),), sessions=singles("t1", "t2", "t1"), votes=votes))
    state = State(grid)
    state.load([-1, 1, 0])
    Mender(state, [2, 1, 0], [0]).mend()
    assert state.place == [0, 1, -1]


def test_mend_leaves_a_plan_alone_to_which_nothing_happened():
    problem = instance("barcamp-S-1")
    grid = Grid(problem)
    place = list(range(24))
    state = State(grid)
    legal = [cell if grid.legal[session][cell] else -1 for session, cell in enumerate(place)]
    state.load(legal)
    Mender(state, legal, []).mend()
    assert state.place == legal


def test_mend_ends_when_its_effort_is_spent():
    state, mend = mender([-1, 1, 0], [2, 1, 0], sessions=singles("t1", "t1", "t1 t2"))
    mend.left = 0
    mend.mend()
    assert state.place == [-1, 1, 0]
