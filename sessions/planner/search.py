"""Annealing on the exact score: rules always kept, then cells filled, then attendance minus overflow."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from sessions.planner.grid import Grid
from sessions.planner.moves import movable
from sessions.planner.pulse import Pulse
from sessions.planner.rooms import settle_rooms
from sessions.planner.state import State

HOT, COLD = 0.3, 0.055    # temperatures, times the square root of the mean votes a session; found by trying
CROWD = 56                # more votes a session make it no hotter
LONG = 50                 # moves for each session and cell from hot to cold; more time is spent on doing it again
WARM = 0.01               # share of the budget in which the speed shows
PULSE = 64                # moves between two looks at the clock
REPORT = 0.2              # seconds between two reports


@dataclass(slots=True)
class Best:
    """The best plan so far: cells filled first, then the score."""

    cells: int
    score: float
    place: list[int]

    def update(self, state: State) -> bool:
        """Take the state over if it is better."""
        if state.cells < self.cells or (state.cells == self.cells and state.score <= self.score + 1e-9):
            return False
        self.cells, self.score, self.place = state.cells, state.score, state.place[:]
        return True


@dataclass(slots=True)
class Budget:
    """How long to search: by moves (repeatable), until a time.monotonic() value, or until somebody cancels."""

    moves: int | None = None
    deadline: float | None = None
    cancelled: Callable[[], bool] | None = None
    report: Callable[[int], None] | None = None
    done: int = 0
    _start: float = field(default_factory=lambda: time.monotonic())
    _told: float = field(default_factory=lambda: time.monotonic())

    def spent(self) -> float:
        """Return the share of the budget that is used up, 1 or more when it is time to stop."""
        share = self.done / self.moves if self.moves else float(self.moves == 0)
        now = time.monotonic()
        if self.deadline is not None:
            whole = self.deadline - self._start
            share = max(share, (now - self._start) / whole if whole > 0 else 1.0)
        if self.report is not None and now - self._told >= REPORT:
            self._told = now
            self.report(self.done)
        if self.cancelled is not None and self.cancelled():
            return 1.0
        return share


def improve(state: State, budget: Budget, rng: Random, best: Best) -> None:
    """Search from this plan until the budget is spent; `best` follows, the state ends as the best plan."""
    grid = state.grid
    movers = movable(grid)
    scale = math.sqrt(min(CROWD, sum(grid.popular) / max(1, grid.count)))
    worth = 1.0 + max(grid.popular) + 8 * HOT * scale
    settle_rooms(state)
    best.update(state)
    pulse = Pulse(state, movers, rng, worth)
    begin, end = 0.0, WARM
    while movers and (share := budget.spent()) < 1:
        if share >= end:
            begin, end = share, share + (1 - share) / _rounds(grid, budget.done, share)
        cooled = (share - begin) / (end - begin) if begin else 0.0
        pulse.beat(PULSE, scale * HOT * (COLD / HOT) ** cooled, best.update)
        budget.done += PULSE
    state.load(best.place)
    settle_rooms(state)
    best.update(state)
    state.load(best.place)


def _rounds(grid: Grid, done: int, share: float) -> int:
    """Return how many times to cool down in the rest of the budget: several good plans are better than one chance."""
    left = done * (1 - share) / share
    return max(1, round(left / (LONG * grid.count * grid.rooms * grid.slots)))
