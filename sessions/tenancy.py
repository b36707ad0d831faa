"""Sessions as tenants of the venue: which lie in which cell, and how they go back to the tray when it is taken away."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select, tuple_

from camp.db import db
from camp.models import Camp
from camp.tenants import Lying, Tenant
from sessions.models import Placement, Session


def lying(camp: Camp) -> list[Lying]:
    """Every placed session of the camp by its cells; one of two slots is named for both."""
    rows = db.session.execute(select(Placement.room_id, Placement.slot_id, Session.title).join(
        Session, Session.id == Placement.session_id).where(Session.camp_id == camp.id).order_by(Session.title))
    return [Lying(*row) for row in rows]


def clear(camp: Camp, cells: Collection[tuple[int, int]]) -> None:
    """Take the sessions that touch one of these (room, slot) out of all their cells."""
    there = select(Placement.session_id).join(Session, Session.id == Placement.session_id).where(
        Session.camp_id == camp.id, tuple_(Placement.room_id, Placement.slot_id).in_(list(cells)))
    touched = list(db.session.scalars(there))
    db.session.execute(delete(Placement).where(Placement.session_id.in_(touched)))


def tenant() -> Tenant:
    """What the ground floor asks before a room or slot goes."""
    return Tenant(lying, clear)
