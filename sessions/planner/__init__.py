"""The planner: sessions into rooms and slots, so that as many wishes as possible come true."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from sessions.planner.construct import construct
from sessions.planner.diff import compare
from sessions.planner.explain import reason
from sessions.planner.grid import Grid
from sessions.planner.problem import Figures, NoPlan, Plan, Problem, ProblemError
from sessions.planner.replan import replan
from sessions.planner.rules import check, why_not
from sessions.planner.score import score_of
from sessions.planner.search import Best, Budget, improve

__all__ = ["NoPlan", "Plan", "Problem", "ProblemError", "check", "compare", "replan", "score_of", "solve", "why_not"]

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
    best = Best(state.cells, state.score, state.place[:])
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
