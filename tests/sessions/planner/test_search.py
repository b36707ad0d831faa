import time
from random import Random

import pytest

from sessions.planner.construct import construct
from sessions.planner.grid import Grid
from sessions.planner.problem import Room
from sessions.planner.score import score_of
from sessions.planner.search import PULSE, Best, Budget, improve
from sessions.planner.state import State
from tests.sessions.planner.tiny import instance, small


def start(name):
    state = construct(Grid(instance(name)))
    return state, Best(state.cells, state.score, state.place[:])


def test_improve_wins_much_and_ends_as_the_best_plan():
    state, best = start("barcamp-S-1")
    before = best.score
    improve(state, Budget(moves=20_000), Random(1), best)
    assert (best.cells, best.place) == (24, state.place)
    assert before + 10 < best.score == state.score
    assert score_of(state.grid.problem, state.grid.placements(best.place)).score == pytest.approx(best.score)


def test_improve_settles_the_rooms_even_without_a_move():
    rooms = (Room("A", 1, frozenset({"beamer"})), Room("B", 9))
    state = State(Grid(small(rooms=rooms, votes={f"p{n}": ("s1",) for n in range(6)})))
    state.load([0, -1, -1, -1])
    best = Best(state.cells, state.score, state.place[:])
    improve(state, Budget(moves=0), Random(1), best)
    assert (best.place, best.score) == ([1, -1, -1, -1], 6.0)


def test_best_prefers_filled_cells_to_score():
    state = State(Grid(small(votes={"p1": ("s1",), "ben": ("s1",)})))
    state.load([0, -1, -1, -1])
    best = Best(0, 99.0, [-1, -1, -1, -1])
    assert best.update(state) and best.score == 2
    assert not best.update(state)
    state.load([-1, 0, -1, -1])
    assert not best.update(state)
    assert best.place == [0, -1, -1, -1]


def test_budget_counts_moves():
    budget = Budget(moves=1000)
    assert budget.spent() == 0
    budget.done = 500
    assert budget.spent() == 0.5
    assert Budget(moves=0).spent() == 1


def test_budget_ends_at_the_deadline_even_in_the_past():
    assert Budget(deadline=time.monotonic() - 1).spent() == 1
    state, best = start("barcamp-M-1")
    began, busy = time.monotonic(), time.process_time()
    improve(state, Budget(deadline=began + 0.2), Random(1), best)
    assert time.monotonic() - began > 0.15
    assert time.process_time() - busy < 1.5


def test_search_stops_when_it_is_cancelled():
    state, best = start("barcamp-S-1")
    answers = iter([False, False, True])
    budget = Budget(moves=10**9, cancelled=lambda: next(answers))
    improve(state, budget, Random(1), best)
    assert budget.done == 2 * PULSE


def test_reports_come_at_most_five_times_a_second():
    state, best = start("barcamp-S-1")
    told = []
    improve(state, Budget(deadline=time.monotonic() + 0.7, report=told.append), Random(1), best)
    assert 1 <= len(told) <= 3
    assert told == sorted(told)


def test_reports_that_take_long_come_seldom():
    state, best = start("barcamp-S-1")
    told = []

    def slow(done):
        told.append(done)
        time.sleep(0.03)

    improve(state, Budget(deadline=time.monotonic() + 1.0, report=slow), Random(1), best)
    assert len(told) in (1, 2)     # after 0.2 s, and not before 0.6 s more
