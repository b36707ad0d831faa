from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from camp import rooms, tenants, venue
from camp.db import db, writing
from camp.errors import CampError, Conflict, NotFound
from camp.models import Camp, ClosedCell, LogEntry, Room
from sessions import planning
from sessions.models import Placement
from tests import make

GOOD: dict[str, Any] = {"name": "Halle", "seats": 40, "features": ["beamer"], "way": "Treppe hoch", "open_space": False}


def _names(camp: Camp) -> list[str]:
    return [f"{room.letter} {room.name}" for room in venue.rooms(camp)]


def test_rooms_come_with_the_next_free_letter_and_move_in_order(app: Flask) -> None:
    camp, who = make.camp(rooms=2), make.person()
    with writing():
        made = rooms.add(camp, **GOOD, person_id=who.id)
    assert (made.letter, made.seats, made.features, made.way) == ("C", 40, ["beamer"], "Treppe hoch")
    with writing():
        rooms.move(camp, made.id, -1)
        rooms.move(camp, made.id, -1)
        rooms.move(camp, made.id, -1)
    assert _names(camp) == ["C Halle", "A Room A", "B Room B"]
    with writing():
        rooms.change(camp, made.id, **GOOD | {"name": "Saal", "open_space": True})
        rooms.move(camp, made.id, 1)
    assert _names(camp) == ["A Room A", "C Saal", "B Room B"]
    assert made.open_space
    assert db.session.query(LogEntry).first().person_id == who.id  # type: ignore[union-attr]


def test_a_room_takes_a_free_letter_with_its_colour_until_sessions_have_rooms(app: Flask) -> None:
    camp = make.camp(rooms=2)
    with writing():
        made = rooms.add(camp, **GOOD, letter="F")
    assert (made.letter, rooms.free_letters(venue.rooms(camp))[:4]) == ("F", ["C", "D", "E", "G"])
    for verb in (lambda: rooms.add(camp, **GOOD | {"name": "Saal"}, letter="F"), lambda: rooms.change(camp, made.id, **GOOD, letter="A")):
        with pytest.raises(Conflict, match="Another room has this letter.") as caught, writing():
            verb()
        assert caught.value.field == "letter"
    with writing():
        rooms.change(camp, made.id, **GOOD, letter="C", tenants=tenants.of(app))
    assert _names(camp) == ["A Room A", "B Room B", "C Halle"]
    session = make.session(camp)
    with writing():
        planning.move(camp, session.id, venue.rooms(camp)[0].id, venue.grid(camp).session_slots[0].id)
    with pytest.raises(Conflict, match="letters and colours stay"), writing():
        rooms.change(camp, made.id, **GOOD, letter="D", tenants=tenants.of(app))
    with writing():
        rooms.change(camp, made.id, **GOOD | {"seats": 9}, letter="C", tenants=tenants.of(app))
    assert (made.letter, made.seats) == ("C", 9)


@pytest.mark.parametrize(("values", "field"), [({"name": "Room A"}, "name"), ({"features": ["pool"]}, "features")])
def test_a_taken_name_and_odd_features_are_refused(app: Flask, values: dict[str, Any], field: str) -> None:
    camp = make.camp(rooms=2)
    for verb in (lambda: rooms.add(camp, **GOOD | values), lambda: rooms.change(camp, venue.rooms(camp)[1].id, **GOOD | values)):
        with pytest.raises(CampError) as caught, writing():
            verb()
        assert caught.value.field == field
    assert _names(camp) == ["A Room A", "B Room B"]


def test_a_room_with_sessions_goes_only_with_them_back_in_the_tray(app: Flask) -> None:
    camp = make.camp(rooms=2)
    session, grid = make.session(camp, "Quark"), venue.grid(camp)
    with writing():
        planning.move(camp, session.id, grid.rooms[0].id, grid.session_slots[0].id)
        rooms.close_cell(camp, grid.rooms[0].id, grid.session_slots[1].id, "Umbau", tenants.of(app), to_tray=False)
    with pytest.raises(rooms.Occupied) as caught, writing():
        rooms.remove(camp, grid.rooms[0].id, tenants.of(app), to_tray=False)
    assert (caught.value.titles, caught.value.sentence()) == (
        ["Quark"], "Sessions lie in it: Quark. Move them first, or let them go back to the tray.")
    assert db.session.query(Placement).count() == 1
    with writing():
        rooms.remove(camp, grid.rooms[0].id, tenants.of(app), to_tray=True)
    assert (_names(camp), db.session.query(Placement).count(), db.session.query(ClosedCell).count()) == (["B Room B"], 0, 0)


def test_a_cell_is_closed_with_its_reason_and_opened_again(app: Flask) -> None:
    camp = make.camp(slots=3)
    session, grid = make.session(camp, "Quark"), venue.grid(camp)
    room, slot = grid.rooms[0], grid.session_slots[0]
    with writing():
        planning.move(camp, session.id, room.id, slot.id)
    with pytest.raises(rooms.Occupied), writing():
        rooms.close_cell(camp, room.id, slot.id, "Umbau", tenants.of(app), to_tray=False)
    with writing():
        rooms.close_cell(camp, room.id, slot.id, "Umbau", tenants.of(app), to_tray=True)
    assert (venue.grid(camp).closed, db.session.query(Placement).count()) == ({(room.id, slot.id): "Umbau"}, 0)
    with pytest.raises(Conflict), writing():
        rooms.close_cell(camp, room.id, slot.id, "Noch mal", tenants.of(app), to_tray=False)
    with writing():
        rooms.open_cell(camp, room.id, slot.id)
    assert venue.grid(camp).closed == {}


def test_rooms_and_slots_of_others_and_breaks_are_not_found(app: Flask) -> None:
    camp, other = make.camp(slots=3), make.camp("other")
    foreign_room, foreign_slot = venue.rooms(other)[0], venue.slots(other)[0]
    lunch = next(slot for slot in venue.slots(camp) if slot.kind == "break")
    room = venue.rooms(camp)[0]
    for verb in (lambda: rooms.remove(camp, foreign_room.id, [], to_tray=True),
                 lambda: rooms.close_cell(camp, room.id, foreign_slot.id, "x", [], to_tray=True),
                 lambda: rooms.close_cell(camp, room.id, lunch.id, "x", [], to_tray=True)):
        with pytest.raises(NotFound), writing():
            verb()
    assert db.session.query(Room).count() == 4
