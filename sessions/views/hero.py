"""The grid picture on a camp's first page: what lies on the wall, or how many proposals there are for it."""

from __future__ import annotations

from flask import render_template

from camp import venue
from camp.access import Viewer
from camp.i18n import wall
from camp.models import Camp
from sessions import agenda, proposals, timetable


def panel(camp: Camp, viewer: Viewer) -> str:
    """The real grid: the published agenda; before it nothing is filled, because nothing is placed."""
    grid = venue.grid(camp)
    slots, rooms = grid.session_slots, grid.rooms
    if not slots or not rooms:
        return ""
    entries = agenda.shown(camp)
    open_cells = [(row, column) for row, slot in enumerate(slots) for column, room in enumerate(rooms)
                  if (room.id, slot.id) not in grid.closed]
    filled = timetable.filled(slots, [room.id for room in rooms], entries)
    return render_template("sessions/hero.html", letters=[room.letter for room in rooms],
                           clocks=[wall(slot.starts) for slot in slots], filled=filled, cells=len(open_cells),
                           here=open_cells[0] if open_cells and not entries else None,
                           brought=proposals.count(camp), placed=len(entries))
