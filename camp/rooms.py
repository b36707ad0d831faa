"""Rooms set up by hand: made, changed, put in order and taken away, without losing a session that lies in one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import delete

from camp import camps, log, pictures, venue
from camp.camp_file import FEATURES
from camp.db import db
from camp.errors import N_, BadInput, Conflict, NotFound
from camp.models import Camp, ClosedCell, Room, Slot
from camp.tenants import Lying, Tenant


class Occupied(Conflict):
    """Sessions lie there: they are named, and go to the tray only if somebody says so."""

    def __init__(self, lying: Sequence[Lying]) -> None:
        titles = list(dict.fromkeys(one.title for one in lying))
        super().__init__(N_("Sessions lie in it: %(titles)s."), N_("Move them first, or let them go back to the tray."),
                         field="to_tray", titles=" · ".join(titles))
        self.titles = titles


def of(camp: Camp, room_id: int) -> Room:
    """A room of this camp. Raises NotFound."""
    for room in venue.rooms(camp):
        if room.id == room_id:
            return room
    raise NotFound(N_("There is no such room at this camp."), N_("Load the page again."))


def free_letters(there: Sequence[Room], most: int = 26) -> list[str]:
    """Letters that no room has, in order; each has a colour, and they repeat from the eleventh on."""
    used = {room.letter for room in there}
    return [letter for letter in map(venue.letter, range(most + len(used))) if letter not in used][:most]


def add(camp: Camp, *, name: str, seats: int, features: Sequence[str], way: str, open_space: bool, letter: str = "",
        person_id: int | None = None) -> Room:
    """One more room, last in order, with a letter or the next free one. Raises BadInput or Conflict."""
    camps.lock(camp)
    there = venue.rooms(camp)
    _check(there, name, features)
    free = free_letters(there)
    if letter and letter not in free:
        raise Conflict(N_("Another room has this letter."), field="letter")
    made = Room(camp_id=camp.id, letter=letter or free[0], name=name, seats=seats, features=list(features), way=way,
                open_space=open_space, position=max((room.position for room in there), default=-1) + 1)
    db.session.add(made)
    _note(camp, person_id)
    return made


def change(camp: Camp, room_id: int, *, name: str, seats: int, features: Sequence[str], way: str, open_space: bool,
           letter: str = "", tenants: Sequence[Tenant] = (), person_id: int | None = None) -> None:
    """Change a room; what lies in it stays. Raises NotFound, BadInput or Conflict.

    Another letter, and with it another colour, is for the time before sessions lie anywhere: then people know it.
    """
    camps.lock(camp)
    room = of(camp, room_id)
    others = [other for other in venue.rooms(camp) if other is not room]
    _check(others, name, features)
    if letter and letter != room.letter:
        if letter not in free_letters(others):
            raise Conflict(N_("Another room has this letter."), field="letter")
        if lying(camp, tenants):
            raise Conflict(N_("Sessions have their rooms already; letters and colours stay."), field="letter")
        room.letter = letter
    room.name, room.seats, room.features, room.way, room.open_space = name, seats, list(features), way, open_space
    _note(camp, person_id)


def move(camp: Camp, room_id: int, by: int, *, person_id: int | None = None) -> None:
    """Put a room one place up (-1) or down (1) in lists and on the wall."""
    camps.lock(camp)
    order = list(venue.rooms(camp))
    here = order.index(of(camp, room_id))
    there = min(max(here + by, 0), len(order) - 1)
    order.insert(there, order.pop(here))
    for position, room in enumerate(order):
        room.position = position
    _note(camp, person_id)


def remove(camp: Camp, room_id: int, tenants: Sequence[Tenant], *, to_tray: bool, person_id: int | None = None) -> None:
    """Take a room away. Raises Occupied while sessions lie in it, unless they may go back to the tray."""
    camps.lock(camp)
    room = of(camp, room_id)
    vacate(camp, tenants, lambda one: one.room_id == room.id, to_tray=to_tray)
    db.session.execute(delete(ClosedCell).where(ClosedCell.room_id == room.id))
    pictures.forget(room)
    db.session.delete(room)
    _note(camp, person_id)


def close_cell(camp: Camp, room_id: int, slot_id: int, reason: str, tenants: Sequence[Tenant], *, to_tray: bool,
               person_id: int | None = None) -> None:
    """Let a cell take no session, and say why. Raises NotFound, Conflict or Occupied."""
    camps.lock(camp)
    room = of(camp, room_id)
    slot = db.session.get(Slot, slot_id)
    if slot is None or slot.camp_id != camp.id or slot.kind != "session":
        raise NotFound(N_("There is no such slot for sessions at this camp."), N_("Load the page again."))
    if (room.id, slot.id) in venue.grid(camp).closed:
        raise Conflict(N_("This cell is closed already."), field="room")
    vacate(camp, tenants, lambda one: (one.room_id, one.slot_id) == (room.id, slot.id), to_tray=to_tray)
    db.session.add(ClosedCell(room_id=room.id, slot_id=slot.id, reason=reason))
    _note(camp, person_id)


def open_cell(camp: Camp, room_id: int, slot_id: int, *, person_id: int | None = None) -> None:
    """Let a closed cell take sessions again."""
    camps.lock(camp)
    room = of(camp, room_id)
    db.session.execute(delete(ClosedCell).where(ClosedCell.room_id == room.id, ClosedCell.slot_id == slot_id))
    _note(camp, person_id)


def lying(camp: Camp, tenants: Sequence[Tenant]) -> list[Lying]:
    """Everything that lies in the camp's cells."""
    return [one for tenant in tenants for one in tenant.lying(camp)]


def vacate(camp: Camp, tenants: Sequence[Tenant], inside: Callable[[Lying], bool], *, to_tray: bool) -> None:
    """Make sure that nothing lies where `inside` says. Raises Occupied, unless it may go back to the tray."""
    found = [one for one in lying(camp, tenants) if inside(one)]
    if not found:
        return
    if not to_tray:
        raise Occupied(found)
    for tenant in tenants:
        tenant.clear(camp, {(one.room_id, one.slot_id) for one in found})


def _check(others: Sequence[Room], name: str, features: Sequence[str]) -> None:
    if any(other.name == name for other in others):
        raise Conflict(N_("There is a room of this name."), N_("Choose another one."), field="name")
    if not set(features) <= set(FEATURES):
        raise BadInput(N_("There is no such feature."), field="features")


def _note(camp: Camp, person_id: int | None) -> None:
    db.session.flush()
    camps.changed(camp)
    log.note("changed venue", camp_id=camp.id, person_id=person_id)
