from sessions.planner import solve
from sessions.planner.columns import bounds
from sessions.planner.grid import Grid
from tests.sessions.planner.tiny import instance, small


def run(problem, seconds=250, cancelled=lambda: False, seed=1):
    grid = Grid(problem)
    place = grid.place(solve(problem, seed=1, moves=3_000).placements)
    return list(bounds(grid, [place], seed=seed, seconds=seconds, cancelled=cancelled))


def test_bounds_fall_for_attendance_and_then_for_seats():
    found = run(instance("barcamp-S-1"))
    start = next(number for number, bound in enumerate(found) if bound % 1)
    attendance, seats = found[:start], found[start:]
    assert attendance == sorted(attendance, reverse=True) and attendance[-1] == 447
    assert seats == sorted(seats, reverse=True) and 445.76 < seats[-1] < 445.78


def test_the_last_bound_does_not_depend_on_the_seed():
    one, two = (run(instance("rich-S-1"), seed=seed)[-1] for seed in (1, 2))
    assert abs(one - two) < 0.01 and 426 <= one <= 427.7


def test_it_ends_when_cancelled_or_out_of_time():
    assert run(instance("barcamp-S-1"), cancelled=lambda: True) == []
    assert all(bound % 1 == 0 for bound in run(instance("barcamp-M-1"), seconds=0.5))  # it did not come to the seats


def test_a_camp_without_rooms_slots_or_votes_is_worth_nothing():
    for changes in ({"rooms": ()}, {"slots": ()}, {"sessions": (), "votes": {}}, {"votes": {}}):
        assert max(run(small(**{"votes": {}, **changes}))) < 1e-5
