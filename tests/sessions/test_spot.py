"""Tests of sessions/spot.py."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from camp import venue
from camp.db import db, writing
from camp.errors import BadInput
from camp.models import Camp
from sessions import agenda, planning, spot
from sessions.models import Session
from tests import make


def cell(camp: Camp, number: int = 0) -> tuple[int, int]:
    grid = venue.grid(camp)
    found = grid.rooms[number].id, grid.session_slots[0].id
    db.session.rollback()
    return found


def test_title_and_host_are_enough_and_a_known_name_is_that_person(app: Flask) -> None:
    camp = make.camp(rooms=3)
    anna = make.participant(camp, "Anna", "Richter", organisation="HRW")
    for name in ("Ben", "Ben"):
        make.participant(camp, name, "Wolf")
    with writing():
        made = [spot.make(camp, f" Title {number} ", host, *cell_, public=False).id for number, (host, cell_) in enumerate(
            zip(("anna richter, hrw", "Ben Wolf", "A guest"), [(room.id, venue.grid(camp).session_slots[0].id) for room in venue.rooms(camp)], strict=True))]
    rows = db.session.scalars(select(Session).order_by(Session.id)).all()
    assert [(row.title, [host.participant_id for host in row.hosts], row.guest) for row in rows] == [
        ("Title 0", [anna.id], ""), ("Title 1", [], "Ben Wolf"), ("Title 2", [], "A guest")]
    assert [row.session_id for row in planning.placements(camp)] == made


def test_it_is_public_at_once_if_that_is_wanted_and_nothing_else_goes_out(app: Flask) -> None:
    camp = make.camp(rooms=4)
    first, draft = make.session(camp, "First"), make.session(camp, "Draft")
    cells = [cell(camp, number) for number in range(4)]
    with writing():
        planning.move(camp, first.id, *cells[0])
    with writing():
        agenda.publish(camp)
    with writing():
        planning.move(camp, draft.id, *cells[1])
        spot.make(camp, "Quiet", "A guest", *cells[2], public=False)
        spot.make(camp, "Loud", "A guest", *cells[3], public=True)
    assert {(entry.title, entry.hosts) for entry in agenda.shown(camp)} == {("First", "Host of First Krause"), ("Loud", "A guest")}


def test_a_taken_cell_an_empty_title_or_host_are_refused(app: Flask) -> None:
    camp = make.camp()
    first, there = make.session(camp, "First"), cell(camp)
    with writing():
        planning.move(camp, first.id, *there)
    with pytest.raises(planning.Blocked, match="already holds First"), writing():
        spot.make(camp, "Second", "A guest", *there, public=True)
    free = cell(camp, 1)
    for title, host in (("", "A guest"), ("x" * 151, "A guest"), ("Title", " "), ("Title", "x" * 201)):
        with pytest.raises(BadInput), writing():
            spot.make(camp, title, host, *free, public=False)
    assert db.session.scalars(select(Session.title)).all() == ["First"]
