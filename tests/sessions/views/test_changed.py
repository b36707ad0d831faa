"""Tests of sessions/views/changed.py."""

from __future__ import annotations

from flask import Flask

from camp import venue
from camp.db import writing
from sessions import agenda, planning
from tests import make
from tests.sessions.views.test_board import helper


def test_the_page_lists_what_is_moved_cancelled_and_new_since_a_version(app: Flask) -> None:
    camp = make.camp(rooms=3)
    browser, grid = helper(app, camp), venue.grid(camp)
    sessions = {title: make.session(camp, title).id for title in ("Moves", "Goes", "Stays", "Comes")}
    cells = [(room.id, slot.id) for slot in grid.session_slots for room in grid.rooms]
    assert "No agenda is out yet" in browser.get("/ecm27/organise/plan/changed?lang=en").text
    with writing():
        for number, title in enumerate(("Moves", "Goes", "Stays")):
            planning.move(camp, sessions[title], *cells[number])
    with writing():
        agenda.publish(camp)
    with writing():
        planning.move(camp, sessions["Moves"], *cells[4])
        planning.take_out(camp, sessions["Goes"])
        planning.move(camp, sessions["Comes"], *cells[5])
    with writing():
        agenda.publish(camp)
    page = browser.get("/ecm27/organise/plan/changed?lang=en").text
    head, *parts = page.split("<section")
    assert ["Goes" in parts[0], "Moves" in parts[1], "Comes" in parts[2], "Stays" in page] == [True, True, True, False]
    assert "11:00" in parts[1] and "10:00" in parts[1] and "Room B" in parts[1]
    assert "Nothing has changed since then." in browser.get("/ecm27/organise/plan/changed?since=2&lang=en").text
    for odd in ("0", "-5", "99", "x"):
        assert browser.get(f"/ecm27/organise/plan/changed?since={odd}").status_code == 200
