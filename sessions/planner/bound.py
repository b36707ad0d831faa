"""How far a plan is from the best possible one, proven: an upper bound that only improves while people wait."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec

from camp.errors import N_
from sessions.planner.explain import reason
from sessions.planner.grid import Grid
from sessions.planner.problem import Placement, Plan, Problem
from sessions.planner.score import score_of

_SHARE = 0.25   # of the time goes into a plan of our own, whose slots begin the proof; at most
_LONGEST = 12   # seconds


class NoProof(Exception):
    """The proof cannot be done here: one English sentence, `msgid` to translate it."""

    msgid = N_("The proof needs SciPy and numba; install them with: pip install \"barcamp-toolkit[proof]\"")

    def __init__(self) -> None:
        super().__init__(self.msgid)


@dataclass(frozen=True, slots=True)
class Proof:
    """A plan, and what no plan of the problem exceeds in score (wishes that get a seat).

    `closer` says that the bound is better than counting each person's wishes and slots.
    """

    plan: Plan
    bound: float
    closer: bool

    @property
    def percent(self) -> float:
        """How far the plan is below the bound at most, in percent, rounded up to a tenth."""
        if self.bound <= 0:
            return 0.0
        return max(0, math.ceil(1000 * (1 - self.plan.figures.score / self.bound) - 1e-7)) / 10

    @property
    def best(self) -> bool:
        """Whether no plan can be better."""
        return self.plan.figures.score >= self.bound - 1e-5


def available() -> bool:
    """Whether the extra is there; without loading it, which takes seconds."""
    return all(find_spec(name) is not None for name in ("scipy", "numba"))


def searches() -> Callable[..., Iterator[float]]:
    """Return the search for bounds; raises NoProof."""
    try:  # SciPy and numba are an extra, and take their time to load
        from sessions.planner.columns import bounds
    except ImportError as error:
        raise NoProof from error
    return bounds


def share_of(deadline: float) -> float:
    """Return until when to search for a plan whose slots begin the proof."""
    now = time.monotonic()
    return now + min(_LONGEST, _SHARE * (deadline - now))


def prove(problem: Problem, own: Iterable[Placement], given: Iterable[Placement] | None = None, *, deadline: float,
          seed: int = 1, cancelled: Callable[[], bool] | None = None,
          progress: Callable[[Proof], None] | None = None) -> Proof:
    """Return the best bound proven until the deadline (a time.monotonic() value) for a plan: `given`, else `own`.

    The slots of both begin the proof: the better the plan `own`, the sooner the bound falls. `progress` hears of every
    better bound. Ends early when nothing is left to prove. The bound holds for every valid plan, also for one that
    leaves sessions out. Raises NoProof without SciPy and numba.
    """
    bounds = searches()
    grid, own = Grid(problem), tuple(own)
    given = own if given is None else tuple(given)
    place = grid.place(given)
    proof = Proof(_plan(grid, place), float(score_of(problem, ()).bound), False)
    if progress is not None:
        progress(proof)
    for bound in bounds(grid, [place, grid.place(own)], seed=seed, seconds=deadline - time.monotonic(),
                        cancelled=cancelled or (lambda: False)):
        if bound < proof.bound:
            proof = replace(proof, bound=bound, closer=True)
            if progress is not None:
                progress(proof)
        if proof.best:
            break
    return proof


def told(proof: Proof) -> tuple[str, dict[str, object]]:
    """Return in words, as an English msgid with its values, what is proven."""
    if proof.best:
        return N_("No plan can be better (proven)."), {}
    if proof.closer:
        return N_("At most %(percent)s %% below the best possible (proven)."), {"percent": proof.percent}
    return (N_("No plan can keep more than %(bound)s wishes; nothing closer was proven in this time."),
            {"bound": math.floor(proof.bound)})


def _plan(grid: Grid, place: list[int]) -> Plan:
    placements = grid.placements(place)
    unplaced = tuple((grid.problem.sessions[session].id, reason(grid, session, place))
                     for session, cell in enumerate(place) if cell < 0)
    return Plan(placements, unplaced, score_of(grid.problem, placements))
