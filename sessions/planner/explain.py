"""Why a session has no place in a plan."""

from __future__ import annotations

from collections.abc import Sequence

from sessions.planner.grid import Grid
from sessions.planner.problem import Breach, Session
from sessions.planner.rules import time_breaches


def reason(grid: Grid, session: int, place: Sequence[int]) -> Breach:
    """Return the reason why this session has no place; `place` is the plan, empty if it does not matter."""
    record = grid.problem.sessions[session]
    if not grid.places[session]:
        return _room_reason(grid, record) or _time_reason(grid, record) or Breach("no_open_room", record.id)
    return _busy_host(grid, session, place) or Breach("no_cell_left", record.id)


def _room_reason(grid: Grid, record: Session) -> Breach | None:
    """Name the features that no room has, or has not together."""
    if any(record.needs <= room.features for room in grid.problem.rooms):
        return None
    nowhere = record.needs - frozenset().union(*(room.features for room in grid.problem.rooms))
    rule = "no_room_with" if nowhere else "no_room_with_all"
    return Breach(rule, record.id, other=", ".join(sorted(nowhere or record.needs)))


def _time_reason(grid: Grid, record: Session) -> Breach | None:
    """Say whose window, or that the want of two slots in a row, leaves no time at all."""
    problem = grid.problem
    if any(next(time_breaches(problem, record, first), None) is None for first in range(grid.slots)):
        return None
    for host in record.hosts:
        if not problem.windows.get(host, frozenset({""})):
            return Breach("no_host_slot", record.id, host=host)
    return Breach("no_two_slots" if record.length == 2 else "no_slot", record.id)


def _busy_host(grid: Grid, session: int, place: Sequence[int]) -> Breach | None:
    """Name a host who holds other sessions in every slot in which this one could start."""
    record, rooms = grid.problem.sessions[session], grid.rooms
    times = {cell // rooms for cell in grid.places[session]}
    for host in record.hosts:
        busy = {one // rooms for other in grid.clash[session] if place and place[other] >= 0
                and host in grid.problem.sessions[other].hosts for one in grid.span(other, place[other])}
        if busy and all(not busy.isdisjoint(range(first, first + record.length)) for first in times):
            return Breach("no_host_slot", record.id, host=host)
    return None
