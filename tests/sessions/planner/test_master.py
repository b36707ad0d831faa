import numpy as np
import pytest

from sessions.planner import solve
from sessions.planner.grid import Grid
from sessions.planner.master import Master
from sessions.planner.patterns import kinds_of, slots_of
from tests.sessions.planner.tiny import instance, small


@pytest.mark.parametrize("name", ["barcamp-S-1", "barcamp-M-1"])
def test_the_slots_of_a_plan_are_worth_its_score_and_the_program_finds_them(name):
    problem = instance(name)
    grid = Grid(problem)
    plan = solve(problem, seed=1, moves=2_000)
    kinds = kinds_of(grid, merged=False, seats=True)
    master = Master(grid, kinds)
    for slot, sessions in enumerate(slots_of(grid, grid.place(plan.placements))):
        master.add(next(number for number, kind in enumerate(kinds) if slot in kind.slots), sessions)
    prices = master.prices()
    assert prices.worth == pytest.approx(sum(master.values.values()))
    assert prices.worth >= plan.figures.score - 1e-6            # rooms may be settled better than in the plan
    assert master.bound(prices.sessions, prices.kinds) == pytest.approx(prices.worth, abs=1e-4)
    assert len(prices.basis) == grid.slots and (prices.sessions >= 0).all()


def test_a_pattern_is_taken_in_once_and_an_empty_one_never():
    grid = Grid(small())
    master = Master(grid, kinds_of(grid, merged=False, seats=False))
    assert [master.add(0, pattern) for pattern in ([0, 3], [3, 0], [])] == [True, False, False]
    assert master.values == {(0, (0, 3)): 4.0}       # p1 and ben want both: two bits each, as for s1 alone


def test_without_patterns_everything_is_free():
    grid = Grid(small())
    master = Master(grid, kinds_of(grid, merged=False, seats=False))
    prices = master.prices()
    assert (prices.worth, prices.basis, prices.sessions.tolist(), prices.kinds.tolist()) == (0, (), [0] * 4, [0] * 2)


def test_the_bound_adds_sessions_by_length_and_slots_in_wishes():
    grid = Grid(small())
    master = Master(grid, kinds_of(grid, merged=False, seats=False))
    assert master.bound(np.array([1.0, 0, 0, 2.0]), np.array([3.0, -1.0])) == pytest.approx((1 + 2 * 2 + 2 * 3) / 2, abs=1e-5)
