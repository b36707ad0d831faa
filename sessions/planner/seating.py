"""The best rooms for the one-slot sessions of a slot, worked out once for each set of sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from sessions.planner.crowd import audience_of, levels_of
from sessions.planner.grid import Grid
from sessions.planner.rooms import FORBIDDEN, assign

KEPT = 100_000  # sets remembered in all before they are forgotten: some tens of megabytes, some hundreds for 20 rooms


@dataclass(frozen=True, slots=True)
class Seats:
    """Who gets which room (in this order), and how many people are left standing; endless where no rooms suit.

    While it is `rough`, the overflow is a bound from below, and audiences stand for the rooms that are not known yet.
    """

    sessions: tuple[int, ...]
    rooms: tuple[int, ...]
    overflow: float
    audience: tuple[float, ...] = ()

    @property
    def rough(self) -> bool:
        """Whether only a bound is known."""
        return bool(self.audience)


class Seating:
    """Answers for sets of sessions, given as bits, that may all be in the slot; for slots without two-slot sessions.

    `times` says by session and slot whether it may. Slots with the same open rooms share what is known.
    """

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        rows = [tuple(room for room in range(grid.rooms) if grid.open[slot * grid.rooms + room])
                for slot in range(grid.slots)]
        self._rooms = [tuple(sorted(row, key=lambda room: (-grid.seats[room], room))) for row in rows]
        kinds: dict[tuple[int, ...], dict[int, Seats]] = {}
        self._known = [kinds.setdefault(row, {}) for row in rows]
        self._most = KEPT // max(1, len(kinds))
        row = (1 << grid.rooms) - 1
        by_slot = [[starts >> slot * grid.rooms & row for slot in range(grid.slots)] for starts in grid.starts]
        self.times = [[fits > 0 for fits in one] for one in by_slot] + [[True] * grid.slots]
        self._fits = [reduce(or_, one, 0) for one in by_slot]

    def best(self, slot: int, crew: int, limit: float = float("inf")) -> Seats:
        """Return the best rooms of this slot for these sessions; above the limit any overflow above it may come."""
        known = self._known[slot]
        found = known.get(crew)
        if found is None:
            if len(known) >= self._most:
                known.clear()
            found = known[crew] = self._arrange(slot, crew)
        if found.audience and found.overflow <= limit:
            found = known[crew] = self._exact(slot, found)
        return found

    def _arrange(self, slot: int, crew: int) -> Seats:
        sessions = _members(crew)
        if len(sessions) > len(self._rooms[slot]):
            return Seats((), (), float("inf"))
        voters, owners, own = self.grid.voters, self.grid.owners, 0
        for session in sessions:
            own |= owners[session]
        groups = [(voters[session] | own) ^ own for session in sessions]
        levels = levels_of(groups)
        audience = [audience_of(group, levels) for group in groups]
        return self._quick(slot, sessions, audience)

    def _quick(self, slot: int, sessions: Sequence[int], audience: Sequence[float]) -> Seats:
        """Give each, the largest audience first, the smallest room that seats it.

        That is best if no more people stand than if every session could have every room; else that bound comes back.
        """
        seats, rooms = self.grid.seats, list(self._rooms[slot])
        order = sorted(range(len(sessions)), key=audience.__getitem__, reverse=True)
        least = sum([audience[one] - seats[room] for one, room in zip(order, rooms, strict=False)
                     if audience[one] > seats[room]])
        chosen, standing = [0] * len(sessions), 1e-9
        for one in order:
            fits, people = self._fits[sessions[one]], audience[one]
            mine = [room for room in rooms if fits >> room & 1]
            room = next((room for room in reversed(mine) if seats[room] >= people), mine[0] if mine else -1)
            if room >= 0 and people > seats[room]:
                standing += people - seats[room]
            if room < 0 or standing > least + 2e-9:
                return Seats(tuple(sessions), (), least, tuple(audience))
            rooms.remove(room)
            chosen[one] = room
        return Seats(tuple(sessions), tuple(chosen), least)

    def _exact(self, slot: int, rough: Seats) -> Seats:
        rooms = [(room, self.grid.seats[room]) for room in self._rooms[slot]]
        cost = []
        for session, people in zip(rough.sessions, rough.audience, strict=True):
            fits = self._fits[session]
            cost.append([FORBIDDEN if not fits >> room & 1 else people - seats if people > seats else 0.0
                         for room, seats in rooms])
        columns = assign(cost)
        standing = sum([row[column] for row, column in zip(cost, columns, strict=True)])
        if standing >= FORBIDDEN:
            return Seats((), (), float("inf"))
        return Seats(rough.sessions, tuple([rooms[column][0] for column in columns]), standing)


def _members(crew: int) -> list[int]:
    found = []
    while crew:
        lowest = crew & -crew
        found.append(lowest.bit_length() - 1)
        crew ^= lowest
    return found
