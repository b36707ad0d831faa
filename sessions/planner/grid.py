"""The problem as numbers and big-int bitsets, one bit a voter: what the search looks up and never changes."""

from __future__ import annotations

from collections.abc import Iterable

from sessions.planner.problem import Placement, Problem
from sessions.planner.rules import room_breaches, time_breaches
from sessions.planner.score import wanted_sessions
from sessions.planner.wishes import soft_wishes

Change = tuple[int, int]  # session number, its new first cell or -1 for the pool


class Grid:
    """Sessions, rooms and slots by number; cell number = slot number * number of rooms + room number.

    Session -1 stands for nobody: the last entry of each list by session is its, and saves the inner loops a branch.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.rooms, self.slots, self.count = len(problem.rooms), len(problem.slots), len(problem.sessions)
        self.seats = [room.seats for room in problem.rooms]
        self.length = [session.length for session in problem.sessions] + [1]
        self.bit = [1 << session for session in range(self.count)] + [0]
        pinned = {pin.session for pin in problem.pins}
        self.forced = frozenset(number for number, session in enumerate(problem.sessions)
                                if session.must or session.id in pinned)
        self._read_people()
        self._read_places()
        self.soft = soft_wishes(problem, self.rooms, self.bits)

    def span(self, session: int, cell: int) -> range:
        """Return the cells that the session covers when it starts in this one."""
        return range(cell, cell + self.rooms * self.length[session], self.rooms)

    def lost(self, session: int, cell: int, other: int) -> int:
        """Return, one bit a cell, where the other session can no longer start once this one is at the cell."""
        starts = 0
        if other in self.clash[session]:
            first = cell // self.rooms
            for slot in range(first, first + self.length[session]):
                starts |= ((1 << self.rooms) - 1) << slot * self.rooms
        else:
            for one in self.span(session, cell):
                starts |= 1 << one
        return starts if self.length[other] == 1 else starts | starts >> self.rooms

    def placements(self, place: Iterable[int]) -> tuple[Placement, ...]:
        """Return as records, in order of time and room, a plan given as the first cell of each session (-1: none)."""
        problem = self.problem
        order = sorted((cell, session) for session, cell in enumerate(place) if cell >= 0)
        return tuple(Placement(problem.sessions[session].id, problem.rooms[cell % self.rooms].id,
                               problem.slots[cell // self.rooms].id) for cell, session in order)

    def place(self, placements: Iterable[Placement]) -> list[int]:
        """Return the first cell of each session (-1: none); the other way round as `placements`."""
        problem = self.problem
        row = {slot.id: number * self.rooms for number, slot in enumerate(problem.slots)}
        column = {room.id: number for number, room in enumerate(problem.rooms)}
        cells = {one.session: row[one.slot] + column[one.room] for one in placements}
        return [cells.get(session.id, -1) for session in problem.sessions]

    def _read_people(self) -> None:
        """Set `voters` and `owners` (hosts who vote) by session, and `clash`: the sessions with a host in common.

        `firsts` are the hosts by session, by number, if the camp wants everybody's first before a second.
        """
        number = {session.id: index for index, session in enumerate(self.problem.sessions)}
        self.voters, self.owners = [0] * (self.count + 1), [0] * (self.count + 1)
        self.bits: dict[str, int] = {}
        bits = self.bits
        for person, wanted in wanted_sessions(self.problem).items():
            if wanted:
                bits[person] = 1 << len(bits)
            for vote in wanted:
                self.voters[number[vote]] |= bits[person]
        by_host: dict[str, list[int]] = {}
        for index, session in enumerate(self.problem.sessions):
            for host in session.hosts:
                self.owners[index] |= bits.get(host, 0)
                by_host.setdefault(host, []).append(index)
        hosts = {host: number for number, host in enumerate(by_host)} if self.problem.wants.firsts else {}
        self.hosts = len(hosts)
        self.firsts = [tuple(hosts[host] for host in session.hosts if host in hosts)
                       for session in self.problem.sessions] + [()]
        self.popular = [voters.bit_count() for voters in self.voters]
        self.clash = [frozenset(other for host in session.hosts for other in by_host[host]) - {index}
                      for index, session in enumerate(self.problem.sessions)] + [frozenset[int]()]

    def _read_places(self) -> None:
        """Set `open` by cell and, by session, the cells where it may start as far as room, time and pins go.

        The same three times, for three uses: `places` lists, `legal` flags, `starts` bits.
        """
        problem, rooms = self.problem, self.rooms
        self.open = [slot.id not in room.closed for slot in problem.slots for room in problem.rooms]
        self.places: list[list[int]] = []
        self.legal: list[bytearray] = []
        self.starts: list[int] = []
        for number, session in enumerate(problem.sessions):
            fits = [index for index, room in enumerate(problem.rooms)
                    if next(room_breaches(problem, session, room), None) is None]
            starts = [first for first in range(self.slots)
                      if next(time_breaches(problem, session, first), None) is None]
            cells = [first * rooms + room for first in starts for room in fits
                     if all(self.open[cell] for cell in self.span(number, first * rooms + room))]
            self.places.append(cells)
            legal = bytearray(rooms * self.slots)
            for cell in cells:
                legal[cell] = 1
            self.starts.append(sum(1 << cell for cell in cells))
            self.legal.append(legal)
        self.legal.append(bytearray(b"\1" * (rooms * self.slots)))
