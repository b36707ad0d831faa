from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.planner.grid import Grid
from sessions.planner.moves import movable, propose
from sessions.planner.rules import check
from sessions.planner.score import score_of
from sessions.planner.state import State
from tests.sessions.planner.tiny import drawn, instance, problems, random_state, small


def assert_true_to_the_score(state):
    figures = score_of(state.grid.problem, state.grid.placements(state.place))
    assert (state.attendance, state.cells) == (figures.attendance, figures.cells)
    assert state.overflow == pytest.approx(figures.overflow, abs=1e-6)
    assert state.pool == [session for session, cell in enumerate(state.place) if cell < 0]


def wander(state, rng, moves):
    movers = movable(state.grid)
    for _ in range(moves if movers else 0):
        changes = propose(state, movers, rng)
        if changes:
            state.attempt(changes, rng.choice([-50.0, -1.0, 0.0]), worth=rng.choice([0.0, 5.0]))


@pytest.mark.parametrize("name", ["barcamp-S-1", "rich-S-1", "barcamp-M-1"])
def test_the_running_score_equals_the_score_counted_anew(name):
    rng = Random(7)
    state = random_state(Grid(instance(name)), rng)
    for _ in range(10):
        wander(state, rng, 100)
        assert_true_to_the_score(state)


@given(problems(sessions=7, slots=5), st.randoms(use_true_random=False))
@drawn(100)
def test_the_running_score_holds_on_drawn_problems(problem, rng):
    state = random_state(Grid(problem), rng)
    for _ in range(5):
        wander(state, rng, 10)
        assert_true_to_the_score(state)
        assert check(problem, state.grid.placements(state.place)) == ()


@given(problems(sessions=7, slots=5), st.randoms(use_true_random=False))
@drawn(50)
def test_an_attempt_is_made_exactly_if_it_is_worth_it(problem, rng):
    state = random_state(Grid(problem), rng)
    movers = movable(state.grid)
    for _ in range(20 if movers else 0):
        changes = propose(state, movers, rng)
        if not changes:
            continue
        before, cells, place = state.score, state.cells, state.place[:]
        made = state.attempt(changes, -0.6, worth=3.0)
        if made:
            assert state.score - before + 3 * (state.cells - cells) >= -0.6 - 1e-6
            continue
        assert (state.place, state.score, state.cells) == (place, before, cells)
        if state.attempt(changes, float("-inf")):   # else a host was busy
            assert state.score - before + 3 * (state.cells - cells) < -0.6 + 1e-6
            state.load(place)


def test_attempt_weighs_a_change_of_rooms_by_seats():
    state = State(Grid(small(votes={f"p{n}": ("s1",) for n in range(6)})))   # 10 seats in room A, 2 in B
    state.load([0, -1, -1, -1])
    assert not state.attempt([(0, 1)], -3.9)
    assert state.attempt([(0, 1)], -4.1) and state.overflow == 4
    assert not state.attempt([(0, 0)], 4.1)
    assert state.attempt([(0, 0)], 3.9) and state.overflow == 0


def test_attempt_refuses_a_busy_host():
    state = State(Grid(small()))
    assert state.attempt([(0, 0)], float("-inf"))
    assert not state.attempt([(2, 1)], float("-inf"))
    assert not state.free(2, 1) and state.free(2, 2)
    assert state.place == [0, -1, -1, -1]


def test_load_weighs_a_plan_from_nothing():
    state = State(Grid(small()))
    state.load([0, 4, 2, 1])
    assert (state.attendance, state.overflow, state.cells, state.pool) == (5, 0.0, 5, [])
    assert [state.audience(session) for session in range(4)] == [1.0, 2.0, 1.0, 1.0]
