"""The plan mended on the day: a room is lost, a session called off or a host late; offers are made, one is taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from camp import camps, clock
from camp.db import db
from camp.errors import N_, Conflict, NotFound
from camp.models import Camp, ClosedCell
from sessions import planning, proposals, steps
from sessions import standing as ids
from sessions.plan_models import LateHost
from sessions.planner import replan
from sessions.planner.news import News
from sessions.planner.replan import Offer, Replan
from sessions.standing import Standing, standing_of


@dataclass(frozen=True, slots=True)
class Damage:
    """What happened: a room is lost in one slot (without one: from now on), a session is called off, a host (a
    participant) is there only from a slot on; ids or None.
    """

    room: int | None = None
    slot: int | None = None
    session: int | None = None
    host: int | None = None
    arrives: int | None = None


def offers(standing: Standing, damage: Damage, now: datetime, timezone: str) -> Replan:
    """Plans for the rest of the camp. Nothing is written. What the plan breaks already is mended too.

    Raises NotFound for what is not at this camp, and NoPlan if two sessions share a cell that is over.
    """
    return replan(standing.problem, standing.placed, _news(standing, damage, now, timezone))


def take(camp: Camp, damage: Damage, kind: str, version: int, *, key: str, person_id: int | None = None) -> Offer:
    """Write the damage and the plan of this offer. Raises Conflict if the camp changed since the offers were made."""
    camps.lock(camp)
    if version_of(camp) != version:
        raise Conflict(N_("The camp has changed meanwhile."), N_("Look at the offers again."))
    standing, now = standing_of(camp, key), clock.now()
    found = offers(standing, damage, now, camp.timezone)
    offer = next((one for one in found.offers if one.kind == kind), None)
    if offer is None:
        raise NotFound(N_("There is no such offer any more."), N_("Look at the offers again."))
    _close(standing, _cells(standing, damage, begun_of(standing, now, camp.timezone)))
    if damage.session is not None:
        proposals.call_off(standing.sessions[ids.session_id(damage.session)])
    planning.mend(camp, found.problem, offer.placements, person_id=person_id, offer=kind, room=damage.room,
                  slot=damage.slot, session=damage.session)
    if damage.host is not None:
        db.session.merge(LateHost(participant_id=damage.host, slot_id=damage.arrives))
        db.session.flush()
    return offer


def version_of(camp: Camp) -> int:
    """A number that grows with every change of the camp and with every step on its board."""
    return camp.change_number + steps.last(camp)


def begun_of(standing: Standing, now: datetime, timezone: str) -> int:
    """How many of the slots have begun."""
    return sum(clock.at(slot.date, slot.starts, timezone) <= now for slot in standing.grid.session_slots)


def _news(standing: Standing, damage: Damage, now: datetime, timezone: str) -> News:
    begun = begun_of(standing, now, timezone)
    cells = frozenset((ids.room_id(room), ids.slot_id(slot)) for room, slot in _cells(standing, damage, begun))
    off = frozenset() if damage.session is None else frozenset({ids.session_id(damage.session)})
    if not off <= set(standing.sessions):
        raise NotFound(N_("There is no such proposal at this camp."), N_("Load the plan again."))
    return News(begun, cells, _late(standing, damage), off)


def _late(standing: Standing, damage: Damage) -> dict[str, str]:
    """Who comes late, and from when on they are there, as the planner names them. Raises NotFound."""
    if damage.host is None:
        return {}
    if damage.host not in standing.hosts or damage.arrives not in {slot.id for slot in standing.grid.session_slots}:
        raise NotFound(N_("There is no such host or time at this camp."), N_("Load the plan again."))
    return {standing.hosts[damage.host]: ids.slot_id(damage.arrives)}


def _cells(standing: Standing, damage: Damage, begun: int) -> list[tuple[int, int]]:
    """The cells that are lost, as room and slot ids. Raises NotFound."""
    if damage.room is None:
        return []
    slots = [slot.id for slot in standing.grid.session_slots]
    if damage.room not in {room.id for room in standing.grid.rooms} or damage.slot not in (None, *slots):
        raise NotFound(N_("There is no such cell at this camp."), N_("Load the plan again."))
    return [(damage.room, slot) for slot in (slots[begun:] if damage.slot is None else [damage.slot])]


def _close(standing: Standing, cells: list[tuple[int, int]]) -> None:
    for room, slot in cells:
        if (room, slot) not in standing.grid.closed:
            db.session.add(ClosedCell(room_id=room, slot_id=slot))
    db.session.flush()
