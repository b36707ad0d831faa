"""What people type of a camp on a command line, as ids of its plan; and its agenda as a plan."""

from __future__ import annotations

from collections.abc import Mapping

from camp.errors import N_, NotFound
from sessions import agenda
from sessions.mending import Damage
from sessions.models import Agenda
from sessions.planner.problem import Placement
from sessions.standing import Standing, room_id, session_id, slot_id


def damage_of(standing: Standing, closed: str, late: str, cancelled: str) -> Damage:
    """Read what happened: ROOM or ROOM:SLOT, HOST:SLOT, SESSION; each may be empty. Raises NotFound."""
    room, _, at = closed.partition(":")
    host, _, since = late.partition(":")
    return Damage(
        room=_row(_rooms(standing), room, N_("There is no room “%(name)s”; write its letter or its name.")),
        slot=_row(_slots(standing), at, _NO_SLOT),
        session=_row({str(one.id): one.id for one in standing.sessions.values()}, cancelled,
                     N_("There is no session “%(name)s”; write the number in its page's address.")),
        host=_row(_hosts(standing), host, N_("“%(name)s” holds no session; write the host's name or mail address.")),
        arrives=_row(_slots(standing), since or host and "?", _NO_SLOT))


def as_plan(version: Agenda, standing: Standing) -> tuple[Placement, ...]:
    """What a published version holds, without what has no slot of that time any more."""
    slots = {(slot.date, slot.starts): slot_id(slot.id) for slot in standing.grid.session_slots}
    return tuple(Placement(session_id(entry.session_id), room_id(entry.room_id), slots[entry.date, entry.starts])
                 for entry in agenda.entries(version)
                 if not entry.cancelled and (entry.date, entry.starts) in slots)


_NO_SLOT = N_("There is no slot at “%(name)s”; write when it begins, like 10:30 or 2027-04-24T10:30.")


def _row(known: Mapping[str, int], name: str, unknown: str) -> int | None:
    if not name:
        return None
    if name.casefold() not in known:
        raise NotFound(unknown, name=name)
    return known[name.casefold()]


def _rooms(standing: Standing) -> dict[str, int]:
    rooms = standing.grid.rooms
    return {room.name.casefold(): room.id for room in rooms} | {room.letter.casefold(): room.id for room in rooms}


def _slots(standing: Standing) -> dict[str, int]:
    """Each slot by day and time; by the time alone where the camp has one day."""
    slots = standing.grid.session_slots
    found = {f"{slot.date}t{slot.starts:%H:%M}": slot.id for slot in slots}
    if len({slot.date for slot in slots}) == 1:
        found |= {f"{slot.starts:%H:%M}": slot.id for slot in slots}
    return found


def _hosts(standing: Standing) -> dict[str, int]:
    """Each host by mail address, and by name where no other host is called so."""
    hosts = {host.participant_id: host.participant for one in standing.sessions.values() for host in one.hosts
             if host.participant_id in standing.hosts}
    names = [who.name.casefold() for who in hosts.values()]
    return {who.name.casefold(): one for one, who in hosts.items() if names.count(who.name.casefold()) == 1} \
        | {who.person.email.casefold(): one for one, who in hosts.items()}
