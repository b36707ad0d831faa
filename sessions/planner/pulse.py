"""The inner loop of the search: draw moves, dismiss most of them by attendance alone, weigh the rest fully."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log
from random import Random

from sessions.planner.moves import change
from sessions.planner.seating import Seating, Seats
from sessions.planner.state import State


class Pulse:
    """Tries moves on a state. One-slot sessions change slots with the best rooms for all who are in these slots."""

    def __init__(self, state: State, movers: Sequence[int], rng: Random, worth: float) -> None:
        self.state, self.movers, self.rng, self.worth = state, movers, rng, worth
        self._seating = Seating(state.grid)
        self._rivals = [sum(1 << other for other in clash) for clash in state.grid.clash]

    def beat(self, moves: int, heat: float, better: Callable[[State], object]) -> None:
        """Try so many moves at one temperature: one that costs c is taken with probability exp(-c / heat).

        `better` hears of each state after a move.
        """
        state, random, movers, many = self.state, self.rng.random, self.movers, len(self.movers)
        places, length, rooms, forced = state.grid.places, state.grid.length, state.grid.rooms, state.grid.forced
        at, place, links, times = state.at, state.place, state.links, self._seating.times
        for _ in range(moves):
            session = movers[int(random() * many)]
            target = places[session][int(random() * len(places[session]))]
            here, other = place[session], at[target]
            least = heat * log(1.0 - random()) - 1e-9
            left, right = here // rooms, target // rooms
            if length[session] == length[other] == 1 and not (links[right] or links[right - 1]) \
                    and (here < 0 or not (links[left] or links[left - 1])):
                if left != right and (times[other][left] if here >= 0 else other not in forced) \
                        and self._exchange(session, other, left, right, least):
                    better(state)
                continue
            changes = change(state, self.rng, session, target)
            if changes and state.attempt(changes, least, self.worth):
                better(state)

    def _exchange(self, session: int, other: int, left: int, right: int, least: float) -> bool:
        """Let two one-slot sessions change slots if that is good enough; one of them may be nobody (-1).

        Slot -1 is the pool. Most moves end with the second test: attendance alone, as if everybody found a seat.
        """
        state, bit = self.state, self.state.grid.bit
        comes = state.exchanged(right, other, session)
        slack = comes + state.spilt[right] - least
        goes = 0
        if left < 0:
            slack += self._entry(session, other)
        else:
            goes = state.exchanged(left, session, other)
            slack += goes + state.spilt[left]
        if slack < 0:
            return False
        crew = state.crew[right] ^ bit[other]
        if crew & self._rivals[session]:
            return False
        there = self._seating.best(right, crew | bit[session], slack)
        slack -= there.overflow
        if slack < 0:
            return False
        if left < 0:
            self._take_over([session, other], {right: (comes, there)}, int(other < 0))
            return True
        crew = state.crew[left] ^ bit[session]
        if crew & self._rivals[other]:
            return False
        behind = self._seating.best(left, crew | bit[other], slack)
        if slack < behind.overflow:
            return False
        self._take_over([session, other], {left: (goes, behind), right: (comes, there)})
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

    def _take_over(self, moved: Sequence[int], slots: dict[int, tuple[int, Seats]], cells: int = 0) -> None:
        """Write down who has which room in these slots now."""
        state, rooms = self.state, self.state.grid.rooms
        for session in moved:
            if session >= 0:
                state.hold(session, 1 if state.place[session] < 0 else -1 if len(slots) == 1 else 0)
                state.place[session] = -1
        for slot, (_, seats) in slots.items():
            state.at[slot * rooms:(slot + 1) * rooms] = [-1] * rooms
            for session, room in zip(seats.sessions, seats.rooms, strict=True):
                state.at[slot * rooms + room] = session
                state.place[session] = slot * rooms + room
        state.cells += cells
        state.refresh({slot: (gain + state.seated[slot], seats.overflow) for slot, (gain, seats) in slots.items()})
