"""Annealing on the exact score: rules always kept, then cells filled, then attendance minus overflow."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from sessions.planner.moves import movable, propose
from sessions.planner.rooms import settle_rooms
from sessions.planner.state import State

HOT, COLD = 0.03, 0.004   # temperatures as shares of the mean votes a session, found by trying
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
    _start: float = field(default_factory=time.monotonic)
    _told: float = field(default_factory=time.monotonic)

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
    movers = movable(state.grid)
    mean = sum(state.grid.popular) / max(1, state.grid.count)
    worth = 1.0 + max(state.grid.popular) + 8 * HOT * mean
    while movers and (share := budget.spent()) < 1:
        _pulse(state, movers, rng, best, mean * HOT * (COLD / HOT) ** share, worth)
        budget.done += PULSE
    state.load(best.place)
    settle_rooms(state)
    best.update(state)
    state.load(best.place)


def _pulse(state: State, movers: list[int], rng: Random, best: Best, heat: float, worth: float) -> None:
    """Try a few moves at one temperature: one that costs c is taken with probability exp(-c / heat)."""
    for _ in range(PULSE):
        changes = propose(state, movers, rng)
        if changes and state.attempt(changes, heat * math.log(1.0 - rng.random()) - 1e-9, worth):
            best.update(state)
