from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.planner.grid import Grid
from sessions.planner.moves import movable
from sessions.planner.problem import Room, Session
from sessions.planner.pulse import Pulse
from sessions.planner.rules import check
from sessions.planner.state import State
from tests.sessions.planner.test_state import assert_true_to_the_score
from tests.sessions.planner.tiny import drawn, instance, problems, random_state, small


@pytest.mark.parametrize("name", ["barcamp-S-1", "rich-S-1", "barcamp-M-1"])
@pytest.mark.parametrize("heat", [0.1, 20.0])
def test_the_score_stays_true_and_the_plan_valid(name, heat):
    state = random_state(Grid(instance(name)), Random(7))
    pulse = Pulse(state, movable(state.grid), Random(8), 100.0)
    for _ in range(10):
        pulse.beat(200, heat, lambda one: None)
        assert_true_to_the_score(state)
        rules = {breach.rule for breach in check(state.grid.problem, state.grid.placements(state.place))}
        assert rules <= {"pin_missing", "must"}       # a random plan may lack them; none is ever put out


@given(problems(sessions=7, slots=5, pins=True), st.randoms(use_true_random=False), st.sampled_from([0.1, 3.0]))
@drawn(150)
def test_the_score_stays_true_on_drawn_problems(problem, rng, heat):
    state = random_state(Grid(problem), rng)
    movers = movable(state.grid)
    if not movers:
        return
    pulse = Pulse(state, movers, rng, 10.0)
    forced = {one for one in state.grid.forced if state.place[one] >= 0}
    for _ in range(5):
        pulse.beat(10, heat, lambda one: None)
        assert_true_to_the_score(state)
        assert check(problem, state.grid.placements(state.place)) == tuple(
            one for one in check(problem, state.grid.placements(state.place)) if one.rule in ("pin_missing", "must"))
        assert all(state.place[one] >= 0 for one in forced)


def test_a_cold_pulse_never_loses_and_tells_of_each_move():
    state = random_state(Grid(instance("rich-S-1")), Random(1))
    pulse = Pulse(state, movable(state.grid), Random(2), 1000.0)
    told = [(state.cells, state.score)]
    pulse.beat(3000, 1e-9, lambda one: told.append((one.cells, round(one.score, 6))))
    assert len(told) > 10 and told[-1] == (state.cells, round(state.score, 6))
    assert all(later >= before for before, later in zip(told[1:], told[2:], strict=False))


def test_sessions_change_slots_though_neither_room_would_suit_the_other():
    """Ann's must have the beamer, in the small room; swapping cells is forbidden, changing slots is not."""
    rooms = (Room("A", 9), Room("B", 9, frozenset({"beamer"})))
    sessions = (Session("s1", "", needs=frozenset({"beamer"})), Session("s2", ""), Session("s3", ""))
    votes = {**{f"p{n}": ("s1", "s3") for n in range(5)}, **{f"q{n}": ("s1", "s2") for n in range(2)}}
    state = State(Grid(small(rooms=rooms, sessions=sessions, votes=votes)))
    state.load([1, 2, 0])                             # s1 and s3 side by side: five lose a wish
    assert state.attendance == 9
    Pulse(state, [0, 1, 2], Random(1), 10.0).beat(200, 1e-9, lambda one: None)
    assert state.attendance == 14 and check(state.grid.problem, state.grid.placements(state.place)) == ()
