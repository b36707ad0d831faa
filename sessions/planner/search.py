"""Annealing on the exact score: rules always kept, then cells filled, then attendance minus overflow."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from sessions.planner.grid import Grid
from sessions.planner.moves import change, movable
from sessions.planner.pulse import Pulse
from sessions.planner.rooms import settle_rooms
from sessions.planner.state import State
from sessions.planner.wishes import Points

HOT, COLD = 0.3, 0.065    # temperatures, times the square root of the mean votes a session; found by trying
AGAIN = 0.2               # as hot is it when the search cools down again: what is good in the plan stays
CROWD = 56                # more votes a session make it no hotter
LONG = 50                 # moves for each session and cell from hot to cold; more time is spent on doing it again
TIDY = 0.1                # share of the budget for the soft wishes, if there are any
WARM = 0.01               # share of the budget in which the speed shows
PULSE = 64                # moves between two looks at the clock
REPORT = 0.2              # seconds between two reports
COSTLY = 20               # or so many times what the last one took: to weigh a plan of thousands of people takes long


@dataclass(slots=True)
class Best:
    """The best plan so far: cells filled first, then hosts who hold something, the score, and the soft wishes."""

    cells: int
    score: float
    place: list[int]
    served: int = 0
    points: int | None = None

    def update(self, state: State) -> bool:
        """Take the state over if it is better."""
        gain = (state.cells - self.cells, state.served - self.served)
        lead = state.score - self.score
        points = state.grid.soft
        if gain < (0, 0) or (gain == (0, 0) and lead < (1e-9 if points is None else -1e-9)):
            return False
        soft = points(state.place) if points is not None else None
        if gain == (0, 0) and soft is not None and lead <= 1e-9 and soft <= self._known(points):
            return False
        self.cells, self.served, self.score, self.points = state.cells, state.served, state.score, soft
        self.place = state.place[:]
        return True

    def _known(self, points: Points | None) -> int:
        """Return the points of the best plan, which may not have been counted yet."""
        if self.points is None and points is not None:
            self.points = points(self.place)
        return self.points or 0


@dataclass(slots=True)
class Budget:
    """How long to search: by moves (repeatable), until a time.monotonic() value, or until somebody cancels."""

    moves: int | None = None
    deadline: float | None = None
    cancelled: Callable[[], bool] | None = None
    report: Callable[[int], None] | None = None
    done: int = 0
    _start: float = field(default_factory=lambda: time.monotonic())
    _next: float = field(default_factory=lambda: time.monotonic() + REPORT)

    def spent(self) -> float:
        """Return the share of the budget that is used up, 1 or more when it is time to stop."""
        share = self.done / self.moves if self.moves else float(self.moves == 0)
        now = time.monotonic()
        if self.deadline is not None:
            whole = self.deadline - self._start
            share = max(share, (now - self._start) / whole if whole > 0 else 1.0)
        if self.report is not None and now >= self._next:
            self.report(self.done)
            told = time.monotonic()
            self._next = told + max(REPORT, COSTLY * (told - now))
        if self.cancelled is not None and self.cancelled():
            return 1.0
        return share


def improve(state: State, budget: Budget, rng: Random, best: Best) -> None:
    """Search from this plan until the budget is spent; `best` follows, the state ends as the best plan."""
    grid = state.grid
    movers = movable(grid)
    scale = math.sqrt(min(CROWD, sum(grid.popular) / max(1, grid.count)))
    state.prize = 1.0 + max(grid.popular) + 8 * HOT * scale
    worth = state.prize * (1 + 2 * max(len(hosts) for hosts in grid.firsts)) * (2 if grid.hosts else 1)
    settle_rooms(state)
    best.update(state)
    pulse = Pulse(state, movers, rng, worth)
    begin, end, hot = 0.0, WARM, HOT
    last = 1.0 if grid.soft is None else 1 - TIDY
    while movers and (share := budget.spent() / last) < 1:
        if share >= end:
            hot = AGAIN if begin else HOT
            begin, end = share, share + (1 - share) / _rounds(grid, budget.done, share)
        cooled = (share - begin) / (end - begin) if begin else 0.0
        pulse.beat(PULSE, scale * hot * (COLD / hot) ** cooled, best.update)
        budget.done += PULSE
    state.load(best.place)
    settle_rooms(state)
    best.update(state)
    state.load(best.place)
    if grid.soft is not None and movers:
        _tidy(state, grid.soft, movers, budget, rng, best)
        state.load(best.place)


def _tidy(state: State, points: Points, movers: Sequence[int], budget: Budget, rng: Random, best: Best) -> None:
    """Walk among plans of the same score and take what serves the soft wishes, until the budget is spent."""
    grid, now = state.grid, points(state.place)
    while budget.spent() < 1:
        for _ in range(PULSE):
            session = movers[int(rng.random() * len(movers))]
            changes = change(state, rng, session, grid.places[session][int(rng.random() * len(grid.places[session]))])
            back = [(one, state.place[one]) for one, _ in changes]
            if changes and state.attempt(changes, -1e-9, 1e9):
                found = points(state.place)
                if found < now and rng.random() > 0.01:
                    state.attempt(back, float("-inf"))
                    continue
                now = found
                best.update(state)
        budget.done += PULSE


def _rounds(grid: Grid, done: int, share: float) -> int:
    """Return how many times to cool down in the rest of the budget: several good plans are better than one chance."""
    left = done * (1 - share) / share
    return max(1, round(left / (LONG * grid.count * grid.rooms * grid.slots)))
