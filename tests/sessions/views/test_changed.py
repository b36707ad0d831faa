"""Tests of sessions/views/changed.py."""

from __future__ import annotations

import io
from datetime import timedelta

import pypdf
from flask import Flask

from camp import clock, venue
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


def test_a_time_range_is_of_sessions_or_of_when_it_changed_on_the_page_and_on_paper(app: Flask) -> None:
    camp = make.camp(rooms=2, slots=3)
    browser, grid = helper(app, camp), venue.grid(camp)
    early, late, newest = (make.session(camp, title).id for title in ("Early", "Late", "Newest"))
    day, before = f"{camp.days[0].date}", timedelta(hours=-2)
    for session, slot, ago in ((early, 0, before), (late, 2, before / 2), (newest, 1, timedelta())):
        with clock.shifted(ago), writing():
            planning.move(camp, session, grid.rooms[0].id, grid.session_slots[slot].id)
            agenda.publish(camp)
    between = clock.local(clock.now() + before * 0.75, camp.timezone).strftime("%Y-%m-%dT%H:%M")
    for asked, found in (({"since": "1"}, {"Late", "Newest"}), ({"since": "1", "begins": f"{day}T13:00"}, {"Late"}),
                         ({"since": "1", "ends": f"{day}T12:00"}, {"Newest"}), ({"changed_from": between}, {"Late", "Newest"}),
                         ({"changed_from": "2020-01-01T10:00", "changed_until": between}, {"Early"})):
        page = browser.get("/ecm27/organise/plan/changed", query_string=asked).text
        paper = browser.get("/ecm27/organise/plan/changed.pdf", query_string=asked)
        printed = pypdf.PdfReader(io.BytesIO(paper.data)).pages[0].extract_text()
        for title in ("Early", "Late", "Newest"):
            assert (f">{title}<" in page, title in printed) == (title in found,) * 2, (asked, title)
    wrong = {"begins": "yesterday"}
    assert browser.get("/ecm27/organise/plan/changed", query_string=wrong).status_code == 422
    assert browser.get("/ecm27/organise/plan/changed.pdf", query_string=wrong).status_code == 404
