"""The inner loop of the search: draw moves, dismiss most of them by attendance alone, weigh the rest fully."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log
from random import Random

from sessions.planner.hopeless import gain_of_two, lets_two_in
from sessions.planner.moves import change
from sessions.planner.seating import Seating, Seats
from sessions.planner.state import State

PAIRS = 50_000  # exchanges of a two-slot session remembered before all are forgotten: some ten megabytes


class Pulse:
    """Tries moves on a state. One-slot sessions change slots with the best rooms for all who are in these slots."""

    def __init__(self, state: State, movers: Sequence[int], rng: Random, worth: float) -> None:
        self.state, self.movers, self.rng, self.worth = state, movers, rng, worth
        self._seating = Seating(state.grid)
        self._open = sum(state.grid.open)
        self._pairs: dict[tuple[int, ...], int] = {}
        self._rivals = [sum(1 << other for other in clash) for clash in state.grid.clash]

    def beat(self, moves: int, heat: float, better: Callable[[State], object]) -> None:
        """Try so many moves at one temperature: one that costs c is taken with probability exp(-c / heat).

        `better` hears of each state after a move. Most moves end with the second test in here: attendance alone, as if
        everybody found a seat. Slot -1 is the pool, session -1 nobody.
        """
        state, random, movers, many = self.state, self.rng.random, self.movers, len(self.movers)
        places, length, rooms, forced = state.grid.places, state.grid.length, state.grid.rooms, state.grid.forced
        at, place, links, times = state.at, state.place, state.links, self._seating.times
        crew, spilt, gain_of, step = state.crew, state.spilt, state.crews.gain, state.crews.step
        for _ in range(moves):
            session = movers[int(random() * many)]
            cells = places[session]
            target = cells[int(random() * len(cells))]
            here, other = place[session], at[target]
            left, right = here // rooms, target // rooms
            if length[session] == 2 or length[other] == 2 or links[right] or links[right - 1] \
                    or (here >= 0 and (links[left] or links[left - 1])):
                least = heat * log(1.0 - random()) - 1e-9
                if here < 0 and length[session] == 2 and self._vain(session, target, least):
                    continue
                changes = change(state, self.rng, session, target)
                if changes and state.attempt(changes, least, self.worth):
                    better(state)
                continue
            if left == right or not (times[other][left] if here >= 0 else other not in forced):
                continue
            comes = crew[right].gains.get(other * step + session)
            if comes is None:
                comes = gain_of(crew[right], other, session)
            slack = comes + spilt[right] - heat * log(1.0 - random()) + 1e-9
            goes = 0
            if here < 0:
                slack += self._entry(session, other)
            else:
                found = crew[left].gains.get(session * step + other)
                goes = gain_of(crew[left], session, other) if found is None else found
                slack += goes + spilt[left]
            if slack >= 0 and self._exchange(session, other, (left, right), (goes, comes), slack):
                better(state)

    def _vain(self, session: int, target: int, least: float) -> bool:
        """Say of a two-slot session that would come in for two others, with no free cell left, that it cannot pay."""
        state, rooms = self.state, self.state.grid.rooms
        slot, one, two = target // rooms, state.at[target], state.at[target + rooms]
        if state.cells < self._open or not lets_two_in(state, slot):
            return False
        key = state.crew[slot].bits, state.crew[slot + 1].bits, session, one, two
        gain = self._pairs.get(key)
        if gain is None:
            if len(self._pairs) >= PAIRS:
                self._pairs.clear()
            gain = self._pairs[key] = gain_of_two(state, session, target)
        return gain + state.spilt[slot] + state.spilt[slot + 1] < least

    def _exchange(self, session: int, other: int, slots: tuple[int, int], gains: tuple[int, int],
                  slack: float) -> bool:
        """Let two one-slot sessions change slots if no host is then in two rooms and no more people stand than that."""
        state, bit = self.state, self.state.grid.bit
        left, right = slots
        crew = state.crew[right].bits ^ bit[other]
        if crew & self._rivals[session]:
            return False
        there = crew | bit[session]
        seats = self._seating.best(right, there, slack)
        slack -= seats.overflow
        if slack < 0:
            return False
        if left < 0:
            self._leave(session, other)
            self._enter(right, there, gains[1], seats)
            state.cells += other < 0
            state.note_pool()
            return True
        crew = state.crew[left].bits ^ bit[session]
        if crew & self._rivals[other]:
            return False
        here = crew | bit[other]
        rest = self._seating.best(left, here, slack)
        if slack < rest.overflow:
            return False
        state.place[session] = -1
        self._enter(left, here, gains[0], rest)
        self._enter(right, there, gains[1], seats)
        return True

    def _entry(self, session: int, other: int) -> float:
        """Return what it is worth, beside the score, that the session comes in from the pool and the other leaves."""
        state, worth = self.state, self.worth if other < 0 else 0.0
        if not state.held:
            return worth
        served = state.served
        state.hold(other, -1)
        state.hold(session, 1)
        gain = state.served - served
        state.hold(session, -1)
        state.hold(other, 1)
        return worth + state.prize * gain

    def _leave(self, session: int, other: int) -> None:
        """Count who holds something when the session comes in from the pool and the other goes there."""
        state = self.state
        state.hold(session, 1)
        if other >= 0:
            state.hold(other, -1)
            state.place[other] = -1

    def _enter(self, slot: int, crew: int, gain: int, seats: Seats) -> None:
        """Write down who is in the slot now, and where."""
        state, rooms = self.state, self.state.grid.rooms
        base = slot * rooms
        row = [-1] * rooms
        for session, room in zip(seats.sessions, seats.rooms, strict=True):
            row[room] = session
            state.place[session] = base + room
        state.at[base:base + rooms] = row
        state.refresh(slot, crew, gain, seats.overflow)
