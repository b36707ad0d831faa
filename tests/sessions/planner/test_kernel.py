from random import Random

import numpy as np
import pytest

from sessions.planner.crowd import audience_of, levels_of
from sessions.planner.grid import Grid
from sessions.planner.kernel import BARRED, standing
from sessions.planner.patterns import kinds_of
from sessions.planner.rooms import assign
from tests.sessions.planner.tiny import instance


@pytest.mark.parametrize("name", ["barcamp-M-1", "rich-S-1"])
def test_standing_is_the_cheapest_assignment_of_rooms_to_the_expected_audiences(name):
    grid, rng = Grid(instance(name)), Random(3)
    checked = 0
    for kind in kinds_of(grid, merged=False, seats=True):
        may = [one for one in range(grid.count) if kind.case.allowed[one]]
        for _ in range(20):
            chosen = rng.sample(may, rng.randint(1, kind.most))
            own = 0
            for one in chosen:
                own |= grid.owners[one]
            groups = [grid.voters[one] & ~own for one in chosen]
            people = [audience_of(group, levels_of(groups)) for group in groups]
            cost = [[BARRED if not kind.case.rooms[one, room] else 0.0 if grid.length[one] == 2 else
                     max(0.0, some - grid.seats[room]) for room in range(grid.rooms)]
                    for one, some in zip(chosen, people, strict=True)]
            least = sum(row[column] for row, column in zip(cost, assign(cost), strict=True))
            found = standing(kind.case, np.array(chosen, np.int32), len(chosen))
            if least >= BARRED:
                assert found >= BARRED or found == 0.0      # without anybody standing, rooms are left to `within`
            else:
                assert found == pytest.approx(least, abs=1e-6)
                checked += least > 0
    assert checked > 5


def test_nobody_stands_where_seats_do_not_count_or_nobody_is():
    grid = Grid(instance("barcamp-M-1"))
    without, = kinds_of(grid, merged=True, seats=False)
    assert standing(without.case, np.arange(8, dtype=np.int32), 8) == 0
    with_seats, = kinds_of(grid, merged=True, seats=True)
    assert standing(with_seats.case, np.arange(8, dtype=np.int32), 0) == 0
