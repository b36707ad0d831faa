import sys
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.planner import NoPlan, bound, check, prove, score_of, solve
from sessions.planner.bound import NoProof, Proof, told
from sessions.planner.grid import Grid
from sessions.planner.problem import Pin, Plan, Room, Session
from tests.sessions.planner.tiny import all_plans, compile_proof, drawn, instance, problems, rows, small


def soon(seconds):
    return time.monotonic() + seconds


def bounds_of(problem, *plans):
    """All bounds until nothing is left to prove."""
    grid = Grid(problem)
    return list(bound.searches()(grid, [grid.place(plan) for plan in plans], seed=1, seconds=250, cancelled=lambda: False))


@given(problems(sessions=4, slots=3))
@drawn(15)
def test_no_plan_of_a_tiny_problem_beats_the_bound(problem):
    best = max(score_of(problem, plan).score for plan in all_plans(problem) if check(problem, plan) == ())
    assert min(bounds_of(problem)) >= best - 1e-9


@given(problems(sessions=6, slots=4), st.integers(0, 9))
@drawn(30)
def test_a_bound_is_never_below_a_plan_found(problem, seed):
    figures = solve(problem, seed=seed, moves=300).figures
    assert min(bounds_of(problem)) >= figures.score - 1e-6


def test_seats_are_counted_in_the_end():
    problem = small(rooms=(Room("A", 3),), sessions=(Session("s1", ""),), votes={f"p{n}": ("s1",) for n in range(5)})
    found = bounds_of(problem)
    assert found[0] >= 5 and found[-1] == pytest.approx(3, abs=1e-5)


def test_hosts_windows_features_and_closed_rooms_tighten_it():
    sessions = tuple(Session(f"s{n}", "", ("ann",)) for n in range(3))
    votes = {"p": ("s0", "s1", "s2")}
    assert bounds_of(small(sessions=sessions, votes=votes))[-1] == pytest.approx(3, abs=1e-5)
    assert bounds_of(small(sessions=sessions, votes=votes, windows={"ann": frozenset({"t1", "t2"})}))[-1] == \
        pytest.approx(2, abs=1e-5)
    beamer = tuple(replace(one, needs=frozenset({"beamer"}), hosts=()) for one in sessions)
    closed = (Room("A", 9, frozenset({"beamer"}), frozenset({"t2", "t3"})), Room("B", 9))
    assert bounds_of(small(rooms=closed, sessions=beamer, votes=votes))[-1] == pytest.approx(1, abs=1e-5)
    assert bounds_of(small(sessions=sessions[:1], pins=(Pin("s0", "t1"),), votes={"ann": ("s0",)}))[-1] == \
        pytest.approx(0, abs=1e-5)


@pytest.mark.parametrize(("name", "best", "proven"), [("barcamp-S-1", 445, 445.78), ("rich-S-1", 426, 427.7)])
def test_the_known_optimum_is_nearly_proven(name, best, proven):
    problem = instance(name)
    plan = solve(problem, seed=1, moves=30_000)
    found = bounds_of(problem, plan.placements)
    assert best <= min(found) <= proven
    assert plan.figures.score <= min(found)


def test_prove_tells_better_and_better_bounds_and_keeps_the_plan_it_was_given(monkeypatch):
    monkeypatch.setattr(bound, "_LONGEST", 1)
    compile_proof()
    problem = instance("barcamp-S-1")
    plan = solve(problem, seed=1, moves=10_000)
    heard = []
    proof = prove(problem, plan.placements, deadline=soon(250), progress=heard.append)
    assert proof.plan.placements == plan.placements and proof.plan.figures == score_of(problem, plan.placements)
    assert [one.bound for one in heard] == sorted((one.bound for one in heard), reverse=True)
    assert heard[0] == Proof(plan, 480.0, False) and heard[-1] == proof
    assert proof.closer and proof.bound <= 445.78


def test_prove_makes_a_plan_where_none_is_given_and_ends_when_it_is_the_best(monkeypatch):
    monkeypatch.setattr(bound, "_LONGEST", 1)
    compile_proof()
    problem = instance("tricky-all-want-all-a")
    proof = prove(problem, deadline=soon(10_000))
    assert proof.best and (proof.plan.figures.score, proof.percent) == (80, 0)


def test_prove_stops_at_its_deadline_and_when_cancelled():
    problem = instance("barcamp-M-1")
    plan = solve(problem, seed=1, moves=1_000).placements
    compile_proof()
    assert prove(problem, plan, deadline=soon(2)).bound <= 1800
    assert prove(problem, plan, deadline=soon(10_000), cancelled=lambda: True).closer is False


def test_prove_refuses_a_plan_that_breaks_a_rule():
    with pytest.raises(NoPlan) as caught:
        prove(small(), rows("s2 B t1"), deadline=soon(1))
    assert [breach.rule for breach in caught.value.breaches] == ["feature"]


def test_without_the_extra_it_says_how_to_get_it(monkeypatch):
    monkeypatch.delitem(sys.modules, "sessions.planner.columns", raising=False)
    monkeypatch.setitem(sys.modules, "numba", None)
    for name in ("kernel", "pricing", "patterns", "master"):
        monkeypatch.delitem(sys.modules, f"sessions.planner.{name}", raising=False)
    with pytest.raises(NoProof) as caught:
        prove(small(), deadline=soon(1))
    assert str(caught.value) == ("The proof needs SciPy and numba; "
                                 "install them with: pip install \"barcamp-toolkit[proof]\"")


@pytest.mark.parametrize(("score", "limit", "closer", "sentence"), [
    (445.0, 445.77, True, "At most 0.2 % below the best possible (proven)."),
    (400.0, 402.0, True, "At most 0.5 % below the best possible (proven)."),
    (399.0, 402.0, True, "At most 0.8 % below the best possible (proven)."),
    (219.0, 219.0, True, "No plan can be better (proven)."),
    (410.0, 480.0, False, "No plan can keep more than 480 wishes; nothing closer was proven in this time."),
    (0.0, 0.0, False, "No plan can be better (proven)."),
])
def test_what_is_proven_is_told_and_rounded_up(score, limit, closer, sentence):
    figures = replace(score_of(small(), ()), score=score)
    msgid, values = told(Proof(Plan((), (), figures), limit, closer))
    assert msgid % values == sentence
