"""Column generation over slot patterns: prices from the linear program, patterns from searches, bounds as they fall."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Timer
from typing import Any

import numpy as np

from sessions.planner.grid import Grid
from sessions.planner.master import Master, Prices
from sessions.planner.patterns import Kind, kinds_of, slots_of, unit_of
from sessions.planner.pricing import climb, open_desk, search, warm

# What a slot's price is raised by before the exact search, as shares of the mean worth of a slot: the search that
# only has to prove little is quick, and each step that ends is a bound of its own.
SLACK = (0.06, 0.035, 0.025, 0.018, 0.012, 0.008, 0.004, 0.001, 0.0)
LARGE = 80        # sessions from which all slots are first taken for alike
STARTS = 160      # sets that one round of climbing begins with, for each kind of slot
STALE = 2         # rounds without a new pattern before the exact search
_SMOOTH = 0.6     # how much of the last prices stays in the smoothed ones


def bounds(grid: Grid, places: Iterable[Sequence[int]], *, seed: int, seconds: float,
           cancelled: Callable[[], bool]) -> Iterator[float]:
    """Yield what no plan exceeds (attendance, in the end attendance minus overflow), better and better ones.

    `places` are plans (first cells by session) whose slots are the first patterns. Ends when nothing is left to prove,
    after these seconds, or when `cancelled` says so, asked between two searches. What compiles once on a machine does
    so before the seconds begin.
    """
    for kind in kinds_of(grid, merged=True, seats=False):
        warm(kind.case)
    patterns = [slots_of(grid, place) for place in places]
    stages = [(True, False)] if grid.count > LARGE else []
    stop = np.zeros(1, np.bool_)
    timer = Timer(seconds, lambda: stop.fill(True))
    timer.daemon = True
    timer.start()
    try:
        for merged, seats in [*stages, (False, False), (False, True)]:
            work = _Work(grid, kinds_of(grid, merged=merged, seats=seats), Random(seed), stop, cancelled)
            work.begin(patterns)
            for bound in work.run():
                yield bound if seats else _whole(bound)
            patterns = patterns + work.patterns()
    finally:
        timer.cancel()
        stop.fill(True)


def _whole(bound: float) -> float:
    """Attendance is a whole number."""
    return float(np.floor(bound))


class _Work:
    """One stage: kinds of slots, their patterns, and the searches."""

    def __init__(self, grid: Grid, kinds: Sequence[Kind], rng: Random, stop: Any,
                 cancelled: Callable[[], bool]) -> None:
        self.grid, self.kinds, self.rng, self.stop, self.cancelled = grid, kinds, rng, stop, cancelled
        self.master = Master(grid, kinds)
        self.smooth: Any = None
        self.best = float("inf")
        self.bits = np.array([(bits.bit_count() * (2 if unit_of(grid) == 2 and length == 1 else 1))
                              for bits, length in zip(grid.voters, grid.length, strict=True)][:grid.count], np.float64)

    def begin(self, patterns: Iterable[Sequence[Sequence[int]]]) -> None:
        """Take in the patterns of plans, slot by slot, wherever a kind of slot allows them."""
        for slots in patterns:
            for number, kind in enumerate(self.kinds):
                for slot in kind.slots:
                    if slot < len(slots):
                        self.master.add(number, slots[slot])

    def patterns(self) -> list[list[list[int]]]:
        """Return the patterns in the way that `begin` takes them: one list by slot for each."""
        found = []
        for kind, pattern in self.master.values:
            slots: list[list[int]] = [[] for _ in range(self.grid.slots)]
            for slot in self.kinds[kind].slots:
                slots[slot] = list(pattern)
            found.append(slots)
        return found

    def over(self) -> bool:
        """Say whether it is time to end."""
        return bool(self.stop[0]) or self.cancelled()

    def run(self) -> Iterator[float]:
        """Climb until nothing new is found, prove, and begin again with what the proof found; yield better bounds."""
        while not self.over():
            prices = self._settled()
            for share in SLACK if self.grid.count > LARGE else SLACK[2:]:
                if self.over():
                    return
                slack = share * prices.worth / max(1, sum(len(kind.slots) for kind in self.kinds))
                if self.master.bound(prices.sessions, prices.kinds + slack) >= self.best:
                    continue
                marks, new = self._prove(prices, slack)
                if marks is None:
                    return
                bound = self.master.bound(prices.sessions, marks)
                if bound < self.best:
                    self.best = bound
                    yield bound
                if new:
                    break
            else:
                return

    def _settled(self) -> Prices:
        """Climb at the program's prices, and at smoothed ones, until that finds nothing new."""
        idle = 0
        prices = self.master.prices()
        while idle < STALE and not self.over():
            self.smooth = prices.sessions if self.smooth is None else \
                _SMOOTH * self.smooth + (1 - _SMOOTH) * prices.sessions
            new = sum(self._climb(number, at, prices) for number in range(len(self.kinds))
                      for at in (self.smooth, prices.sessions))
            idle = idle + 1 if new <= len(self.kinds) else 0
            if new:
                prices = self.master.prices()
        return prices

    def _climb(self, number: int, at: Any, prices: Prices) -> int:
        kind = self.kinds[number]
        sets = np.full((STARTS, kind.most), -1, np.int32)
        for row in range(STARTS // 2 if prices.basis else 0):
            some = self._part_of(kind, self.rng.choice(prices.basis))
            sets[row, :len(some)] = some
        worth = np.zeros(STARTS)
        climb(kind.case, at, kind.most, 0.4, self.rng.getrandbits(31), sets, worth)
        own = worth + np.array([at[row[row >= 0]].sum() - prices.sessions[row[row >= 0]].sum() for row in sets])
        better = [row for row in np.argsort(-own, kind="stable") if own[row] > prices.kinds[number] + 1e-6]
        return sum(self.master.add(number, [int(one) for one in sets[row] if one >= 0]) for row in better)

    def _part_of(self, kind: Kind, pattern: Sequence[int]) -> list[int]:
        """Return two thirds of a pattern, as far as this kind of slot allows them together."""
        case, some, used = kind.case, list[int](), np.zeros(len(kind.case.cap), np.int32)
        for one in self.rng.sample(pattern, len(pattern) * 2 // 3):
            if case.allowed[one] and (used + case.within[one] <= case.cap).all() and len(some) < kind.most:
                some.append(one)
                used += case.within[one]
        return some

    def _prove(self, prices: Prices, slack: float) -> tuple[Any, int]:
        """Search exactly; return what no pattern of each kind exceeds (None if stopped), and how many were new."""
        marks = [np.array([max(0.0, float(price)) + slack]) for price in prices.kinds]
        tasks = [(number, order, gains, first) for number, kind in enumerate(self.kinds)
                 for order, gains in [self._roots(kind, prices)] for first in range(len(order))]

        def work(task: tuple[int, Any, Any, int]) -> Any:
            number, order, gains, first = task
            if self.stop[0]:
                return number, -1, None
            kind, desk = self.kinds[number], open_desk(self.kinds[number].case, self.kinds[number].most)
            desk.cand[0, :len(order)], desk.gains[0, :len(order)], desk.size[0] = order, gains, len(order)
            found = np.full((32, kind.most), -1, np.int32)
            hits = search(kind.case, prices.sessions, desk, first, kind.most, marks[number], self.stop, found)
            return number, hits, found

        new = 0
        with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
            try:
                for number, hits, found in pool.map(work, tasks):
                    if hits < 0 or self.over():
                        self.stop.fill(True)
                        return None, new
                    new += sum(self.master.add(number, [int(one) for one in row if one >= 0]) for row in found[:hits])
            except BaseException:   # Ctrl-C: the threads must not go on
                self.stop.fill(True)
                raise
        return np.array([float(mark[0]) for mark in marks]), new

    def _roots(self, kind: Kind, prices: Prices) -> tuple[Any, Any]:
        """Return the sessions that gain anything alone, by falling gain, and their gains."""
        gains = np.where(kind.case.allowed, self.bits - prices.sessions, 0.0)
        order = np.argsort(-gains, kind="stable")
        order = order[gains[order] > 0].astype(np.int32)
        return order, gains[order]
