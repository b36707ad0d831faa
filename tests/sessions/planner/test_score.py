from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.planner.grid import Grid
from sessions.planner.score import kept_by_person, score_of, wanted_sessions
from tests.sessions.planner.tiny import drawn, instance, judge, problems, random_state, rows, small


def assert_as_evaluated(problem, plan):
    mine, (_, theirs) = score_of(problem, plan), judge(problem, plan)
    assert (mine.attendance, mine.wishes, mine.bound, mine.placed) == \
        tuple(theirs[key] for key in ("attendance", "wishes", "bound", "placed"))
    assert (mine.overflow, mine.score) == pytest.approx((theirs["overflow"], theirs["score"]), abs=0.00501)


def test_score_counts_hosts_overlaps_and_seats():
    figures = score_of(small(), rows("s1 A t1", "s3 A t2", "s4 B t1", "s2 A t3"))
    # p1: s1 or s4, then s2; p2: s3, s2; ben: s1 or s4, then his own. 2 people half in s4: nobody stands
    assert (figures.attendance, figures.overflow, figures.wishes, figures.bound) == (5, 0.0, 7, 7)
    assert (figures.placed, figures.cells) == (4, 5)


def test_score_counts_people_without_a_seat():
    problem = small(votes={f"p{n}": ("s1",) for n in range(5)})
    assert score_of(problem, rows("s1 B t1")).score == 2
    assert score_of(problem, rows("s1 A t1")).score == 5


def test_votes_for_unknown_or_own_sessions_and_doubles_count_for_nothing():
    problem = small(votes={"ann": ("s1", "s2", "s2", "s9")})
    assert wanted_sessions(problem) == {"ann": ("s2",)}


@pytest.mark.parametrize("name", ["barcamp-S-1", "rich-S-1", "barcamp-M-1", "tricky-speaker-votes-a"])
def test_score_equals_evaluate_on_random_plans(name):
    problem = instance(name)
    grid, rng = Grid(problem), Random(name)
    for _ in range(5):
        assert_as_evaluated(problem, grid.placements(random_state(grid, rng).place))


@given(problems(sessions=6), st.randoms(use_true_random=False))
@drawn(100)
def test_score_equals_evaluate_on_drawn_problems(problem, rng):
    grid = Grid(problem)
    assert_as_evaluated(problem, grid.placements(random_state(grid, rng).place))


def test_kept_by_person_adds_up_to_the_attendance():
    plan = rows("s1 A t1", "s3 A t2", "s4 B t1", "s2 A t3")
    assert kept_by_person(small(), plan) == {"p1": 2, "p2": 2, "ben": 1}
    assert kept_by_person(small(votes={"p1": (), "p2": ("s1",)}), plan) == {"p2": 1}
