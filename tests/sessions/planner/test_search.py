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


class Clock:
    """A clock that goes on by a sixteenth of a second whenever the search asks whether it is cancelled."""

    now = 0.0

    def monotonic(self):
        return self.now

    def beat(self):
        self.now += 1 / 16
        return False


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr("sessions.planner.search.time", made)
    return made


def test_budget_ends_at_the_deadline_even_in_the_past(clock):
    assert Budget(deadline=-1.0).spent() == 1
    state, best = start("barcamp-M-1")
    budget = Budget(deadline=1.0, cancelled=clock.beat)
    improve(state, budget, Random(1), best)
    assert budget.done == 16 * PULSE


def test_search_stops_when_it_is_cancelled():
    state, best = start("barcamp-S-1")
    answers = iter([False, False, True])
    budget = Budget(moves=10**9, cancelled=lambda: next(answers))
    improve(state, budget, Random(1), best)
    assert budget.done == 2 * PULSE


def test_reports_come_at_most_five_times_a_second(clock):
    state, best = start("barcamp-S-1")
    told = []
    improve(state, Budget(deadline=1.0, cancelled=clock.beat, report=told.append), Random(1), best)
    assert told == [4 * PULSE, 8 * PULSE, 12 * PULSE, 16 * PULSE]


def test_reports_that_take_long_come_seldom(clock):
    state, best = start("barcamp-S-1")
    told = []

    def slow(done):
        told.append(done)
        clock.now += 1 / 32

    improve(state, Budget(deadline=1.0, cancelled=clock.beat, report=slow), Random(1), best)
    assert told == [4 * PULSE, 14 * PULSE]     # after 0.2 s, and not before twenty times what it took
