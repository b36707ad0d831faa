from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from camp import venue
from camp.db import db, writing
from camp.models import ClosedCell
from sessions import agenda
from sessions.models import Placement
from tests import make

EN = {"Accept-Language": "en"}


def _cells(page: str, kind: str) -> int:
    return page.split("<figure>")[1].split("</figure>")[0].count(f'class="{kind}"')


def test_before_the_plan_no_cell_is_filled_and_one_is_offered(app: Flask, client: FlaskClient) -> None:
    camp = make.camp(rooms=2, slots=2)
    grid = venue.grid(camp)
    with writing():
        db.session.add(ClosedCell(room_id=grid.rooms[1].id, slot_id=grid.slots[1].id))
    make.session(camp)
    page = client.get("/ecm27/", headers=EN).text
    assert "1 proposal for 3 cells." in page
    assert (_cells(page, "room-a"), _cells(page, "here"), _cells(page, "open")) == (0, 1, 3)


def test_a_published_agenda_is_shown_as_it_is(app: Flask, client: FlaskClient) -> None:
    camp = make.camp(rooms=2, slots=2)
    grid, session = venue.grid(camp), make.session(camp, length=2)
    with writing():
        db.session.add_all(Placement(session_id=session.id, part=part, room_id=grid.rooms[1].id, slot_id=grid.slots[part - 1].id) for part in (1, 2))
    with writing():
        agenda.publish(camp)
    page = client.get("/ecm27/", headers=EN).text
    assert "1 session on the wall, in 4 cells." in page
    assert (_cells(page, "room-b"), _cells(page, "here"), _cells(page, "open")) == (2, 0, 2)


def test_a_camp_without_rooms_shows_no_grid(app: Flask, client: FlaskClient) -> None:
    make.camp(rooms=0)
    assert "<figure>" not in client.get("/ecm27/").text
