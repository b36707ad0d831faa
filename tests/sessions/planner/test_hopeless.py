from hypothesis import given
from hypothesis import strategies as st

from sessions.planner.grid import Grid
from sessions.planner.hopeless import hopeless
from sessions.planner.moves import movable, propose
from sessions.planner.problem import Room, Session
from sessions.planner.state import State
from tests.sessions.planner.tiny import drawn, problems, random_state, small


@given(problems(sessions=7, slots=5), st.randoms(use_true_random=False), st.sampled_from([-3.0, -0.6, 0.0, 1.0]))
@drawn(150)
def test_what_is_called_hopeless_would_not_have_been_good_enough(problem, rng, least):
    state = random_state(Grid(problem), rng)
    movers = movable(state.grid)
    for _ in range(30 if movers else 0):
        changes = propose(state, movers, rng)
        if not changes or not hopeless(state, changes, least, 2.0):
            continue
        place, score, cells = state.place[:], state.score, state.cells
        if state.attempt(changes, float("-inf")):   # else a host was busy
            assert state.score - score + 2 * (state.cells - cells) < least + 1e-6
            state.load(place)


def test_a_two_slot_session_that_nobody_wants_is_refused_without_a_look_at_the_seats():
    sessions = (Session("s1", ""), Session("s2", ""), Session("long", "", length=2))
    votes = {f"p{n}": ("s1", "s2") for n in range(4)}
    state = State(Grid(small(rooms=(Room("A", 9),), sessions=sessions, votes=votes)))
    state.load([0, 1, -1])
    comes = [(2, 0), (0, -1), (1, -1)]
    assert state.attendance == 8
    assert hopeless(state, comes, -7.9, 0.0) and not hopeless(state, comes, -8.0, 0.0)
    assert not state.attempt(comes, -7.9) and state.place == [0, 1, -1]
    assert state.attempt(comes, -8.0) and state.place == [-1, -1, 0]
