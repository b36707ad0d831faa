from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from camp import venue
from camp.db import db, writing
from camp.models import Camp, ClosedCell
from sessions import planning
from sessions.models import Placement
from tests import make

EN = {"Accept-Language": "en"}
ROW = {"row-date": "2027-04-24", "row-start": "14:00", "row-length": "45", "row-pause": "15", "row-how_many": "2"}


def test_rooms_are_added_changed_moved_and_refused(camp: Camp, browser: FlaskClient) -> None:
    assert browser.post("/ecm27/organise/rooms", data={"name": "Wiese", "seats": "80", "open_space": "y"}).status_code == 303
    first, _, made = venue.rooms(camp)
    assert (made.name, made.open_space) == ("Wiese", True)
    browser.post(f"/ecm27/organise/rooms/{made.id}/move", data={"way": "up"})
    make.save(browser, f"/ecm27/organise/rooms/{made.id}", data={"name": "Wiese 2", "seats": "90", "way": "Hinten raus"})
    assert [room.name for room in venue.rooms(camp)] == ["Room A", "Wiese 2", "Room B"]
    page = browser.post("/ecm27/organise/rooms", data={"name": "Room A", "seats": "0"}, headers=EN)
    assert (page.status_code, "At least 1, at most 100000." in page.text, 'value="Room A"' in page.text) == (422, True, True)
    page = browser.post("/ecm27/organise/rooms", data={"name": "Room A", "seats": "5"}, headers=EN)
    assert (page.status_code, "There is a room of this name." in page.text) == (422, True)
    assert browser.post(f"/ecm27/organise/rooms/{first.id}/remove").status_code == 303


def test_a_room_with_sessions_names_them_before_and_when_it_is_taken_away(camp: Camp, browser: FlaskClient) -> None:
    session, grid = make.session(camp, "Quark & Co"), venue.grid(camp)
    room, slot = grid.rooms[0], grid.session_slots[0]
    with writing():
        planning.move(camp, session.id, room.id, slot.id)
    for path in (f"rooms/{room.id}", f"slots/{slot.id}"):
        assert "Quark &amp; Co" in browser.get(f"/ecm27/organise/{path}").text
        page = browser.post(f"/ecm27/organise/{path}/remove", headers=EN)
        assert (page.status_code, "Sessions lie in it: Quark &amp; Co." in page.text) == (422, True)
    assert db.session.query(Placement).count() == 1
    assert browser.post(f"/ecm27/organise/slots/{slot.id}/remove", data={"to_tray": "y"}).status_code == 303
    assert (db.session.query(Placement).count(), len(venue.slots(camp))) == (0, 1)


def test_slots_in_a_row_are_shown_first_and_made_then(camp: Camp, browser: FlaskClient) -> None:
    page = browser.post("/ecm27/organise/slots/row", data=ROW, headers=EN)
    assert (page.status_code, "14:00–14:45" in page.text, "15:00–15:45" in page.text, "Make 2 slots" in page.text) == (200, True, True, True)
    assert len(venue.slots(camp)) == 2
    assert browser.post("/ecm27/organise/slots/row", data=ROW | {"make": "1"}).status_code == 303
    assert [slot.starts.hour for slot in venue.slots(camp)] == [10, 11, 14, 15]
    again = browser.post("/ecm27/organise/slots/row", data=ROW, headers=EN)
    assert (again.status_code, "It overlaps with the slot from 14:00 to 14:45." in again.text, "Make 2" in again.text) == (422, True, False)


def test_a_single_slot_is_added_changed_and_refused_beside_its_field(camp: Camp, browser: FlaskClient) -> None:
    data = {"date": "2027-04-24", "starts": "12:00", "ends": "13:00", "kind": "break", "title": "Mittag"}
    assert browser.post("/ecm27/organise/slots", data=data).status_code == 303
    page = browser.post("/ecm27/organise/slots", data=data | {"title": "Noch mal"}, headers=EN)
    assert (page.status_code, "It overlaps with the slot from 12:00 to 13:00." in page.text, 'value="Noch mal"' in page.text) == (422, True, True)
    lunch = venue.slots(camp)[2]
    make.save(browser, f"/ecm27/organise/slots/{lunch.id}", data=data | {"ends": "13:30"})
    assert f"{venue.slots(camp)[2].ends:%H:%M}" == "13:30"
    wrong = make.save(browser, f"/ecm27/organise/slots/{lunch.id}", data=data | {"ends": "11:00"}, headers=EN)
    assert (wrong.status_code, "It ends before it begins." in wrong.text) == (422, True)


def test_cells_are_closed_with_a_reason_and_opened(camp: Camp, browser: FlaskClient) -> None:
    room, slot = venue.rooms(camp)[0], venue.slots(camp)[0]
    data = {"cell-room": str(room.id), "cell-slot": str(slot.id), "cell-reason": "Vorlesung"}
    assert browser.post("/ecm27/organise/cells", data=data | {"cell-reason": ""}).status_code == 422
    assert browser.post("/ecm27/organise/cells", data=data).status_code == 303
    assert "Vorlesung" in browser.get("/ecm27/organise/slots").text
    assert browser.post("/ecm27/organise/cells", data=data).status_code == 422
    browser.post(f"/ecm27/organise/cells/{room.id}/{slot.id}/open")
    assert db.session.query(ClosedCell).count() == 0


def test_the_way_to_a_room_stands_on_the_first_page_of_those_who_are_registered(app: Flask, camp: Camp, client: FlaskClient) -> None:
    with writing():
        venue.rooms(camp)[0].way = "Treppe hoch"
    assert "Treppe hoch" not in client.get("/ecm27/").text
    assert "Treppe hoch" in make.browser(app, make.participant(camp)).get("/ecm27/").text


def test_a_row_that_is_not_there_is_404(camp: Camp, browser: FlaskClient) -> None:
    foreign = venue.rooms(make.camp("other"))[0]
    assert [browser.get(f"/ecm27/organise/{path}").status_code for path in (f"rooms/{foreign.id}", "slots/1234567")] == [404, 404]
