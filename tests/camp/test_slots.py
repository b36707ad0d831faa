from __future__ import annotations

from datetime import date, time

import pytest
from flask import Flask

from camp import rooms, slots, tenants, venue
from camp.db import db, writing
from camp.errors import BadInput, CampError, NotFound
from camp.models import Camp
from camp.slots import Span
from sessions import planning
from sessions.models import Placement
from tests import make


def _times(camp: Camp) -> list[str]:
    return [f"{slot.starts:%H:%M}-{slot.ends:%H:%M} {slot.kind}" for slot in venue.slots(camp)]


def test_a_row_has_lengths_and_pauses() -> None:
    assert slots.row(make.DAY, time(11), 45, 15, 3) == [
        Span(make.DAY, time(11), time(11, 45)), Span(make.DAY, time(12), time(12, 45)), Span(make.DAY, time(13), time(13, 45))]


def test_a_row_does_not_go_past_midnight() -> None:
    with pytest.raises(BadInput) as caught:
        slots.row(make.DAY, time(22), 45, 15, 3)
    assert caught.value.field == "how_many"
    assert len(slots.row(make.DAY, time(22), 45, 15, 2)) == 2


def test_slots_are_added_all_or_none(app: Flask) -> None:
    camp = make.camp(slots=0)
    with writing():
        slots.add(camp, slots.row(make.DAY, time(10), 45, 15, 2))
        slots.add(camp, [Span(make.DAY, time(10, 45), time(11), "break", "Kaffee")])
    assert _times(camp) == ["10:00-10:45 session", "10:45-11:00 break", "11:00-11:45 session"]
    with pytest.raises(CampError), writing():
        slots.add(camp, slots.row(make.DAY, time(8, 30), 45, 15, 2))
    assert len(_times(camp)) == 3


@pytest.mark.parametrize(("span", "field", "said"), [
    (Span(date(2027, 4, 25), time(8), time(9)), "date", "The camp has no such day."),
    (Span(make.DAY, time(8), time(8)), "ends", "It ends before it begins."),
    (Span(make.DAY, time(8), time(9), "party"), "kind", "A slot is for sessions, a break or a plenary."),
    (Span(make.DAY, time(9), time(10, 1)), "starts", "It overlaps with the slot from 10:00 to 10:45."),
    (Span(make.DAY, time(10, 44), time(11)), "starts", "It overlaps with the slot from 10:00 to 10:45.")])
def test_what_cannot_be_is_named(app: Flask, span: Span, field: str, said: str) -> None:
    camp = make.camp(slots=1)
    with pytest.raises(CampError) as caught, writing():
        slots.add(camp, [span])
    assert (caught.value.field, caught.value.sentence(), len(_times(camp))) == (field, said, 1)


def test_sessions_move_along_with_the_time_and_not_into_a_break(app: Flask) -> None:
    camp = make.camp(slots=2)
    session, grid = make.session(camp, "Quark"), venue.grid(camp)
    slot = grid.session_slots[0]
    with writing():
        planning.move(camp, session.id, grid.rooms[0].id, slot.id)
        slots.change(camp, slot.id, Span(make.DAY, time(9), time(9, 30)), tenants.of(app), to_tray=False)
    assert (_times(camp)[0], db.session.query(Placement).one().slot_id) == ("09:00-09:30 session", slot.id)
    with pytest.raises(rooms.Occupied) as caught, writing():
        slots.change(camp, slot.id, Span(make.DAY, time(9), time(9, 30), "break"), tenants.of(app), to_tray=False)
    db.session.refresh(slot)
    assert (caught.value.titles, slot.kind) == (["Quark"], "session")
    with writing():
        slots.change(camp, slot.id, Span(make.DAY, time(9), time(9, 30), "break", "Yoga"), tenants.of(app), to_tray=True)
    assert (slot.kind, slot.title, db.session.query(Placement).count()) == ("break", "Yoga", 0)


def test_a_slot_with_sessions_goes_only_with_them_back_in_the_tray(app: Flask) -> None:
    camp = make.camp(slots=2)
    session, grid = make.session(camp, "Quark"), venue.grid(camp)
    slot = grid.session_slots[0]
    with writing():
        planning.move(camp, session.id, grid.rooms[0].id, slot.id)
        rooms.close_cell(camp, grid.rooms[1].id, slot.id, "Umbau", tenants.of(app), to_tray=False)
    with pytest.raises(rooms.Occupied), writing():
        slots.remove(camp, slot.id, tenants.of(app), to_tray=False)
    with writing():
        slots.remove(camp, slot.id, tenants.of(app), to_tray=True)
    assert (len(_times(camp)), db.session.query(Placement).count(), venue.grid(camp).closed) == (1, 0, {})


def test_a_slot_of_another_camp_is_not_found(app: Flask) -> None:
    camp, other = make.camp(), make.camp("other")
    with pytest.raises(NotFound), writing():
        slots.remove(camp, venue.slots(other)[0].id, [], to_tray=True)


def test_a_slot_without_sessions_says_why(app: Flask) -> None:
    camp = make.camp(slots=0)
    with writing():
        slots.add(camp, [Span(make.DAY, time(12), time(13), "break", "Lunch", "The rooms are aired.")])
    slot = venue.slots(camp)[0]
    assert (slot.title, slot.reason) == ("Lunch", "The rooms are aired.")
    with writing():
        slots.change(camp, slot.id, Span(make.DAY, time(12), time(13), "plenary", "Talk"), [], to_tray=False)
    assert (slot.kind, slot.title, slot.reason) == ("plenary", "Talk", "")
