from random import Random

import pytest

from sessions.planner import crews
from sessions.planner.crews import Crews
from sessions.planner.grid import Grid
from sessions.planner.score import score_of
from tests.sessions.planner.tiny import instance, small


def members(bits):
    return [number for number in range(bits.bit_length()) if bits >> number & 1]


def attendance(grid, sessions):
    """What the score says of a plan that holds these sessions in the first slot, with as many rooms as it takes."""
    problem = grid.problem
    rows = tuple(type(row)(row.session, problem.rooms[0].id, problem.slots[0].id)
                 for row in grid.placements(0 if one in sessions else -1 for one in range(grid.count)))
    return score_of(problem, rows).attendance


@pytest.mark.parametrize("kept", [crews.KEPT, 3])
def test_what_an_exchange_gains_is_what_the_score_says_though_much_is_forgotten(monkeypatch, kept):
    monkeypatch.setattr(crews, "KEPT", kept)
    grid, rng = Grid(instance("barcamp-S-1")), Random(4)
    found = Crews(grid)
    for _ in range(300):
        chosen = [one for one in rng.sample(range(grid.count), 4) if not grid.clash[one]]
        crew = found.of(sum(1 << one for one in chosen))
        leaves = rng.choice([-1, *chosen])
        comes = rng.choice([-1, *(one for one in range(grid.count) if one not in chosen and not grid.clash[one])])
        after = {*chosen, comes} - {leaves, -1}
        assert crew.seated == attendance(grid, set(chosen))
        assert found.gain(crew, leaves, comes) == attendance(grid, after) - crew.seated
        assert crew.gains[leaves * found.step + comes] == found.gain(crew, leaves, comes)


def test_a_host_who_votes_sits_in_no_other_session():
    grid = Grid(small())
    found = Crews(grid)
    two = found.of(0b10)                            # Ben, who wants One, holds Two
    assert members(two.bits) == [1] and two.seated == 2
    assert found.gain(two, -1, 0) == 0              # p1 sits in Two already, and Ben holds it
    assert found.gain(found.of(0b1), 0, 1) == 0     # One keeps p1 and Ben, Two keeps p1 and p2
