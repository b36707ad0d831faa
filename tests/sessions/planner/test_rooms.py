import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.planner.grid import Grid
from sessions.planner.problem import Pin, Room
from sessions.planner.rooms import assign, settle_rooms
from sessions.planner.rules import check
from sessions.planner.state import State
from tests.sessions.planner.tiny import drawn, problems, random_state, small


@given(st.integers(1, 4).flatmap(lambda rows: st.integers(rows, 5).flatmap(lambda columns: st.lists(
    st.lists(st.integers(0, 9), min_size=columns, max_size=columns), min_size=rows, max_size=rows))))
@drawn(100)
def test_assign_is_as_cheap_as_the_best_of_all_ways(cost):
    columns = assign(cost)
    assert len(set(columns)) == len(cost)
    best = min(sum(row[column] for row, column in zip(cost, way, strict=True))
               for way in itertools.permutations(range(len(cost[0])), len(cost)))
    assert sum(row[column] for row, column in zip(cost, columns, strict=True)) == best


def test_assign_of_nothing_is_nothing():
    assert assign([]) == []


VOTES = {f"p{n}": ("s1",) for n in range(6)} | {"q": ("s2",)}


def test_settle_rooms_gives_the_full_session_the_large_room():
    state = State(Grid(small(votes=VOTES, rooms=(Room("A", 1, frozenset({"beamer"})), Room("B", 9)))))
    state.load([0, -1, -1, -1])
    assert state.overflow == 5
    settle_rooms(state)
    assert (state.place[0], state.overflow) == (1, 0)


def test_settle_rooms_keeps_features_and_pins():
    rooms = (Room("A", 9, frozenset({"beamer"})), Room("B", 2))
    state = State(Grid(small(votes=VOTES, rooms=rooms)))
    state.load([1, 0, -1, -1])
    settle_rooms(state)
    assert state.place == [1, 0, -1, -1]
    pinned = State(Grid(small(votes=VOTES, rooms=rooms, pins=(Pin("s1", None, "B"),))))
    pinned.load([1, -1, -1, -1])
    settle_rooms(pinned)
    assert pinned.place == [1, -1, -1, -1]


@given(problems(sessions=6), st.randoms(use_true_random=False))
@drawn(60)
def test_settle_rooms_leaves_a_valid_plan_with_no_more_people_standing(problem, rng):
    state = random_state(Grid(problem), rng)
    before, slots = state.overflow, [cell // state.grid.rooms for cell in state.place]
    attendance = state.attendance
    settle_rooms(state)
    assert check(problem, state.grid.placements(state.place)) == ()
    assert [cell // state.grid.rooms for cell in state.place] == slots
    assert state.attendance == attendance
    assert state.overflow <= before + 1e-6 or state.overflow == pytest.approx(before)
