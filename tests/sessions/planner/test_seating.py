import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.planner import seating
from sessions.planner.grid import Grid
from sessions.planner.problem import Room, Session
from sessions.planner.rules import check
from sessions.planner.score import score_of
from sessions.planner.seating import Seating
from tests.sessions.planner.tiny import drawn, problems, small


def overflows(grid, slot, sessions):
    """Yield what every valid way to give these sessions rooms of the slot leaves standing."""
    for rooms in itertools.permutations(range(grid.rooms), len(sessions)):
        place = [-1] * grid.count
        for session, room in zip(sessions, rooms, strict=True):
            place[session] = slot * grid.rooms + room
        placements = grid.placements(place)
        if not [one for one in check(grid.problem, placements) if one.rule not in ("must", "pin_missing")]:
            yield score_of(grid.problem, placements).overflow


@given(problems(sessions=4, slots=3, pins=True), st.data())
@drawn(150)
def test_no_other_rooms_leave_fewer_people_standing(problem, data):
    grid = Grid(problem)
    seats = Seating(grid)
    slot = data.draw(st.integers(0, grid.slots - 1))
    short = [one for one in range(grid.count) if grid.length[one] == 1 and seats.times[one][slot]]
    crew = [one for one in short if data.draw(st.booleans())]
    if any(grid.clash[one] & set(crew) for one in crew):
        return
    found = seats.best(slot, sum(grid.bit[one] for one in crew))
    ways = list(overflows(grid, slot, crew))
    assert found.overflow == (pytest.approx(min(ways), abs=1e-6) if ways else float("inf"))
    if ways:
        assert found.sessions == tuple(crew) and len(set(found.rooms)) == len(crew)


def test_above_the_limit_a_bound_is_enough_and_is_made_exact_when_asked_again():
    rooms = (Room("A", 9), Room("B", 1, frozenset({"beamer"})))
    sessions = (Session("s1", "", needs=frozenset({"beamer"})), Session("s2", "", needs=frozenset({"beamer"})))
    grid = Grid(small(rooms=rooms, sessions=sessions[:1], votes={f"p{n}": ("s1",) for n in range(5)}))
    seats = Seating(grid)
    assert not seats.best(0, 1, limit=-1).overflow > 0 and seats.best(0, 1, limit=-1).rough
    assert (seats.best(0, 1).rooms, seats.best(0, 1).overflow, seats.best(0, 1).rough) == ((1,), 4.0, False)
    assert Seating(Grid(small(rooms=rooms, sessions=sessions))).best(0, 3).overflow == float("inf")


def test_what_is_known_stays_small(monkeypatch):
    monkeypatch.setattr(seating, "KEPT", 2)
    grid = Grid(small())
    seats = Seating(grid)
    assert [seats.best(0, crew).overflow for crew in (1, 2, 3, 1)] == [0.0, 0.0, 0.0, 0.0]
    assert len(seats._known[0]) <= 2
