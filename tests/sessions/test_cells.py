from __future__ import annotations

from datetime import datetime, time

from flask import Flask

from camp import venue
from camp.db import db, writing
from camp.models import Camp
from sessions import cells
from sessions.models import Placement, Session
from sessions.standing import standing_of
from tests import make

MORNING = datetime.combine(make.DAY, time(9))


def _camp() -> Camp:
    """Rooms with 10, 20 and 30 seats, slots at 10 and 11."""
    camp = make.camp(rooms=3)
    with writing():
        for number, room in enumerate(venue.rooms(camp)):
            room.seats = 10 * (number + 1)
    return camp


def _lie(camp: Camp, session: Session, room: int, slot: int) -> None:
    grid = venue.grid(camp)
    with writing():
        db.session.add(Placement(session_id=session.id, room_id=grid.rooms[room].id, slot_id=grid.session_slots[slot].id))


def _said(camp: Camp, session: Session | None, hosts: list[int], people: int, moment: datetime = MORNING) -> list[str]:
    return [f"{offer.slot.starts.hour} {offer.room.letter}{'' if offer.fits else '!'}"
            for offer in cells.offers(standing_of(camp), session, hosts, people, moment)]


def test_the_smallest_room_that_has_the_seats_in_the_first_slot_comes_first(app: Flask) -> None:
    camp = _camp()
    assert [_said(camp, None, [], people) for people in (0, 10, 11, 30)] == [["10 A", "11 A"], ["10 A", "11 A"], ["10 B", "11 B"], ["10 C", "11 C"]]


def test_a_slot_whose_rooms_are_too_small_comes_after_one_that_fits(app: Flask) -> None:
    camp = _camp()
    _lie(camp, make.session(camp, "Large"), 2, 0)
    assert _said(camp, None, [], 25) == ["11 C", "10 B!"]


def test_a_slot_in_which_the_host_is_busy_is_left_out(app: Flask) -> None:
    camp = _camp()
    host = make.participant(camp)
    _lie(camp, make.session(camp, "One", [host]), 0, 0)
    two = make.session(camp, "Two", [host])
    assert (_said(camp, two, [], 0), _said(camp, None, [host.id], 0), _said(camp, None, [], 0)) == (["11 A"], ["11 A"], ["10 B", "11 A"])


def test_what_is_over_or_left_to_people_is_not_offered(app: Flask) -> None:
    camp = _camp()
    with writing():
        venue.rooms(camp)[0].open_space = True
    assert _said(camp, None, [], 0, datetime.combine(make.DAY, time(10, 45))) == ["11 B"]


def test_a_session_with_a_cell_is_offered_as_if_it_had_none(app: Flask) -> None:
    camp = _camp()
    session = make.session(camp, "One")
    _lie(camp, session, 0, 0)
    assert _said(camp, session, [], 0) == ["10 A", "11 A"]
