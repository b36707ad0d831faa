"""The grid picture on a camp's first page: how far the wall is filled."""

from __future__ import annotations

from flask import render_template

from camp import venue
from camp.access import Viewer
from camp.i18n import wall
from camp.models import Camp
from camp.venue import Grid
from sessions import agenda, proposals
from sessions.models import Entry


def panel(camp: Camp, viewer: Viewer) -> str:
    """The real grid: the published agenda, or before it as many cells as there are proposals."""
    grid = venue.grid(camp)
    slots, rooms = grid.session_slots, grid.rooms
    if not slots or not rooms:
        return ""
    entries = [entry for entry in agenda.shown(camp) if not entry.cancelled]
    open_cells = [(row, column) for row, slot in enumerate(slots) for column, room in enumerate(rooms)
                  if (room.id, slot.id) not in grid.closed]
    brought = proposals.count(camp)
    filled = _cells(grid, entries) if entries else frozenset(open_cells[:brought])
    free = [cell for cell in open_cells if cell not in filled]
    return render_template("sessions/hero.html", letters=[room.letter for room in rooms],
                           clocks=[wall(slot.starts) for slot in slots], filled=filled, cells=len(open_cells),
                           here=free[0] if free and not entries else None, brought=brought, placed=len(entries))


def _cells(grid: Grid, entries: list[Entry]) -> frozenset[tuple[int, int]]:
    columns = {room.id: column for column, room in enumerate(grid.rooms)}
    return frozenset((row, columns[entry.room_id]) for entry in entries if entry.room_id in columns
                     for row, slot in enumerate(grid.session_slots)
                     if slot.date == entry.date and entry.starts <= slot.starts < entry.ends)
