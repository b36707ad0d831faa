"""The planner: sessions into rooms and slots, so that as many wishes as possible come true."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random

from sessions.planner import bound
from sessions.planner.bound import NoProof
from sessions.planner.construct import construct
from sessions.planner.diff import compare
from sessions.planner.explain import reason
from sessions.planner.grid import Grid
from sessions.planner.problem import Figures, NoPlan, Placement, Plan, Problem, ProblemError
from sessions.planner.replan import replan
from sessions.planner.rules import check, why_not
from sessions.planner.score import score_of
from sessions.planner.search import Best, Budget, improve
from sessions.planner.what_if import what_if
from sessions.planner.why import why

__all__ = ["NoPlan", "NoProof", "Plan", "Problem", "ProblemError", "check", "compare", "prove", "replan",
           "score_of", "solve", "what_if", "why", "why_not"]

MOVES = 200_000  # when neither moves nor a deadline are given: a few seconds for a day with 50 sessions


def solve(problem: Problem, *, seed: int, moves: int | None = None, deadline: float | None = None,
          cancelled: Callable[[], bool] | None = None,
          progress: Callable[[int, Figures], None] | None = None) -> Plan:
    """Return the best plan found, valid by every rule; raises NoPlan with the culprits when none is possible.

    `deadline` is a time.monotonic() value. With `moves` alone the plan depends on problem and seed only.
    `progress` is told the moves done and the best figures so far, at most five times a second.
    """
    grid = Grid(problem)
    state = construct(grid)
    best = Best(state.cells, state.score, state.place[:], state.served)
    if moves is None and deadline is None:
        moves = MOVES

    def report(done: int) -> None:
        if progress is not None:
            progress(done, score_of(problem, grid.placements(best.place)))

    budget = Budget(moves, deadline, cancelled, report if progress else None)
    improve(state, budget, Random(seed), best)
    placements = grid.placements(best.place)
    unplaced = tuple((problem.sessions[session].id, reason(grid, session, best.place))
                     for session, cell in enumerate(best.place) if cell < 0)
    return Plan(placements, unplaced, score_of(problem, placements))


def prove(problem: Problem, placements: Iterable[Placement] | None = None, *, deadline: float, seed: int = 1,
          cancelled: Callable[[], bool] | None = None,
          progress: Callable[[bound.Proof], None] | None = None) -> bound.Proof:
    """Return how far this plan, or one made in a quarter of the time, is from the best possible, as far as proven.

    See sessions/planner/bound.py. Raises NoProof without the extra, NoPlan if the plan breaks a rule or there is none.
    """
    bound.searches()
    given = None if placements is None else tuple(placements)
    if given is not None and (breaches := check(problem, given)):
        raise NoPlan(breaches)
    own = solve(problem, seed=seed, deadline=bound.share_of(deadline), cancelled=cancelled).placements
    return bound.prove(problem, own, given, deadline=deadline, seed=seed, cancelled=cancelled, progress=progress)
