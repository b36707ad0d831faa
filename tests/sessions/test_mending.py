"""Tests of sessions/mending.py."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from camp import clock, venue
from camp.db import db, writing
from camp.errors import Conflict, NotFound
from camp.models import Camp, ClosedCell, LogEntry
from sessions import mending, planning
from sessions.mending import Damage
from sessions.models import Placement, Session
from sessions.plan_models import LateHost
from sessions.standing import standing_of
from tests import make

KEY = "v" * 43


class Place:
    """A camp with rooms A and B and slots at 10, 11 and 13 o'clock; One is in A at 10, Two (pinned) and Three at 11."""

    def __init__(self, app: Flask) -> None:
        self.camp: Camp = make.camp(slots=3)
        self.one, self.two, self.three = (make.session(self.camp, title) for title in ("One", "Two", "Three"))
        make.vote(app, make.participant(self.camp), self.one, self.two, self.three)
        grid = venue.grid(self.camp)
        self.rooms, self.slots = [room.id for room in grid.rooms], [slot.id for slot in grid.session_slots]
        with writing():
            for session, room, slot in ((self.one, 0, 0), (self.two, 0, 1), (self.three, 1, 1)):
                planning.move(self.camp, session.id, self.rooms[room], self.slots[slot], pinned=session is self.two)

    def where(self, session: Session) -> tuple[int, int] | None:
        """Number of room and slot."""
        row = db.session.scalar(select(Placement).where(Placement.session_id == session.id))
        return (self.rooms.index(row.room_id), self.slots.index(row.slot_id)) if row else None

    def at(self, hours: float) -> timedelta:
        """From now to so many hours after the first slot's noon-based day began at 10."""
        return make.until_noon(self.camp) + timedelta(hours=hours - 12)


@pytest.fixture
def place(app: Flask) -> Place:
    return Place(app)


def test_a_late_host_gets_a_later_place_and_keeps_it_when_the_plan_is_made_anew(place: Place) -> None:
    host = place.two.hosts[0].participant_id
    damage = Damage(host=host, arrives=place.slots[2])
    with clock.shifted(place.at(10.5)), writing():
        taken = mending.take(place.camp, damage, "stay", mending.version_of(place.camp), key=KEY)
    assert [(move.session, move.kind) for move in taken.moves] == [(f"s{place.two.id}", "slot")]
    assert place.where(place.two) == (0, 2)
    problem = standing_of(place.camp, KEY).problem
    assert list(problem.windows.values()) == [frozenset({f"t{place.slots[2]}"})]


def test_what_a_late_host_holds_before_stays_allowed(place: Place) -> None:
    with writing():
        db.session.add(LateHost(participant_id=place.one.hosts[0].participant_id, slot_id=place.slots[2]))
    standing = standing_of(place.camp, KEY)
    assert list(standing.problem.windows.values()) == [frozenset({f"t{place.slots[0]}", f"t{place.slots[2]}"})]
    assert planning.broken(standing) == ()


def test_a_host_or_time_of_another_camp_is_not_known(place: Place) -> None:
    for damage in (Damage(host=999, arrives=place.slots[2]), Damage(host=place.two.hosts[0].participant_id, arrives=999)):
        with pytest.raises(NotFound):
            mending.offers(standing_of(place.camp, KEY), damage, clock.now(), place.camp.timezone)


def test_offers_write_nothing_and_leave_what_has_begun(place: Place) -> None:
    with clock.shifted(place.at(10.5)):
        found = mending.offers(standing_of(place.camp, KEY), Damage(place.rooms[0]), clock.now(), place.camp.timezone)
    lost, = found.lost
    assert (lost, found.lost[lost].rule) == (f"s{place.two.id}", "closed")
    assert [offer.kind for offer in found.offers][0] == "stay"
    assert all(row in offer.placements for offer in found.offers for row in found.problem and standing_of(place.camp).placed
               if row.session == f"s{place.one.id}")
    assert db.session.scalars(select(ClosedCell)).all() == [] and place.where(place.two) == (0, 1)


def test_take_closes_the_cells_moves_even_a_pinned_session_and_is_logged(place: Place) -> None:
    with clock.shifted(place.at(10.5)), writing():
        taken = mending.take(place.camp, Damage(place.rooms[0]), "stay", mending.version_of(place.camp), key=KEY)
    assert [(move.session, move.kind) for move in taken.moves] == [(f"s{place.two.id}", "slot")]
    assert (place.where(place.one), place.where(place.three), place.where(place.two)) == ((0, 0), (1, 1), (1, 2))
    assert {(cell.room_id, cell.slot_id) for cell in db.session.scalars(select(ClosedCell))} == \
        {(place.rooms[0], slot) for slot in place.slots[1:]}
    entry = db.session.scalars(select(LogEntry).where(LogEntry.verb == "mended plan")).one()
    assert entry.detail["offer"] == "stay"


def test_take_calls_a_session_off_and_keeps_the_pins_of_who_stays(place: Place) -> None:
    with clock.shifted(place.at(8)), writing():
        mending.take(place.camp, Damage(session=place.three.id), "stay", mending.version_of(place.camp), key=KEY)
    assert (place.three.state, place.where(place.three), place.where(place.two)) == ("withdrawn", None, (0, 1))
    assert db.session.scalars(select(Placement.pinned).where(Placement.session_id == place.two.id)).one() is True


def test_take_is_refused_when_the_camp_changed_meanwhile(place: Place) -> None:
    before = mending.version_of(place.camp)
    db.session.rollback()
    with writing():
        planning.move(place.camp, place.three.id, place.rooms[1], place.slots[2])
    with pytest.raises(Conflict, match="changed meanwhile"), writing():
        mending.take(place.camp, Damage(place.rooms[0], place.slots[1]), "stay", before, key=KEY)
    assert place.where(place.two) == (0, 1) and db.session.scalars(select(ClosedCell)).all() == []


@pytest.mark.parametrize("kind", ["free of charge", ""])
def test_an_offer_that_is_none_is_refused(place: Place, kind: str) -> None:
    with pytest.raises(NotFound, match="no such offer"), writing():
        mending.take(place.camp, Damage(place.rooms[0]), kind, mending.version_of(place.camp), key=KEY)


def test_what_is_not_at_this_camp_is_refused(place: Place) -> None:
    other = make.camp("ecm28")
    room, slot, session = venue.rooms(other)[0].id, venue.slots(other)[0].id, make.session(other).id
    standing = standing_of(place.camp, KEY)
    for damage in (Damage(room), Damage(place.rooms[0], slot), Damage(session=session), Damage(0)):
        with pytest.raises(NotFound):
            mending.offers(standing, damage, clock.now(), place.camp.timezone)
