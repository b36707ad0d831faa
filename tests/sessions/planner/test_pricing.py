import time
from itertools import combinations
from random import Random

import numpy as np
import pytest

from sessions.planner import prove
from sessions.planner.grid import Grid
from sessions.planner.kernel import standing
from sessions.planner.master import Master
from sessions.planner.patterns import kinds_of
from sessions.planner.pricing import climb, open_desk, search, warm
from tests.sessions.planner.tiny import instance

STOP = np.zeros(1, np.bool_)


def prices(grid, seed=1):
    rng = Random(seed)
    return np.array([bits.bit_count() * rng.uniform(0.4, 0.9) for bits in grid.voters[:grid.count]])


def fits(kind, pattern):
    case = kind.case
    return all(case.allowed[one] for one in pattern) and (case.within[list(pattern)].sum(axis=0) <= case.cap).all() and \
        not any(case.clash[one, other] for one, other in combinations(pattern, 2))


def best_by_hand(grid, kinds, number, price):
    """The best pattern of up to three sessions, by trying all."""
    master, best = Master(grid, kinds), 0.0
    for size in range(1, 4):
        for pattern in combinations(range(grid.count), size):
            if fits(kinds[number], pattern):
                master.add(number, pattern)
                best = max(best, master.values[number, pattern] - price[list(pattern)].sum())
    return best


def searched(grid, kind, price, least, most=3):
    bits = np.array([(case_bits := int(kind.case.unit)) and bits.bit_count() * (case_bits if grid.length[one] == 1 else 1)
                     for one, bits in enumerate(grid.voters[:grid.count])], float)
    gains = np.where(kind.case.allowed, bits - price, 0.0)
    order = np.argsort(-gains, kind="stable")
    order = order[gains[order] > 0].astype(np.int32)
    mark, patterns = np.array([least]), []
    for first in range(len(order)):
        desk = open_desk(kind.case, most)
        desk.cand[0, :len(order)], desk.gains[0, :len(order)], desk.size[0] = order, gains[order], len(order)
        found = np.full((8, most), -1, np.int32)
        hits = search(kind.case, price, desk, first, most, mark, STOP, found)
        patterns += [tuple(int(one) for one in row if one >= 0) for row in found[:hits]]
    return mark[0], patterns


@pytest.mark.parametrize("name", ["barcamp-S-1", "rich-S-1"])
@pytest.mark.parametrize("seats", [False, True])
def test_search_finds_the_best_pattern_and_proves_that_there_is_no_other(name, seats):
    grid = Grid(instance(name))
    kinds = kinds_of(grid, merged=False, seats=seats)
    price = prices(grid) * kinds[0].case.unit
    best = best_by_hand(grid, kinds, 0, price)
    worth, patterns = searched(grid, kinds[0], price, 0.0)
    assert worth == pytest.approx(best, abs=1e-6) and patterns
    assert all(fits(kinds[0], pattern) for pattern in patterns)
    assert searched(grid, kinds[0], price, best + 0.1) == (best + 0.1, [])


def test_warming_up_compiles_for_the_very_arrays_of_the_proof():
    warm(kinds_of(Grid(instance("barcamp-S-1")), merged=True, seats=False)[0].case)
    kept = [len(one.signatures) for one in (climb, search, open_desk, standing)]
    prove(instance("rich-S-1"), deadline=time.monotonic() + 0.4)
    assert kept == [1, 1, 1, 1] == [len(one.signatures) for one in (climb, search, open_desk, standing)]


def test_climb_gives_patterns_that_fit_and_says_what_they_are_worth():
    grid = Grid(instance("rich-S-1"))
    kinds = kinds_of(grid, merged=False, seats=True)
    price, kind = prices(grid), kinds[0]
    sets, worth = np.full((40, kind.most), -1, np.int32), np.zeros(40)
    climb(kind.case, price, kind.most, 0.4, 7, sets, worth)
    master = Master(grid, kinds)
    for row, value in zip(sets, worth, strict=True):
        pattern = tuple(sorted(int(one) for one in row if one >= 0))
        assert fits(kind, pattern)
        master.add(0, pattern)
        assert value == pytest.approx(master.values[0, pattern] - price[list(pattern)].sum(), abs=1e-6)
    best, _ = searched(grid, kind, price, 0.0, kind.most)
    assert best - 3 < max(worth) <= best + 1e-6
