"""Tests of sessions/views/spot.py."""

from __future__ import annotations

from flask import Flask

from sessions import planning
from tests import make
from tests.sessions.views.test_board import HOSTILE, SEEN, at, cells, helper


def test_a_session_is_made_in_a_free_cell_with_title_and_host(app: Flask) -> None:
    camp = make.camp()
    make.participant(camp, "Anna", "Richter")
    browser, there = helper(app, camp), cells(camp)
    assert f"/ecm27/organise/plan/new?cell={there[1]}" in browser.get("/ecm27/organise/plan").text
    page = browser.get(f"/ecm27/organise/plan/new?cell={there[1]}&lang=en").text
    assert "10:00, B · Room B" in page and "Anna Richter" not in page  # a moderator types the name
    page = helper(app, camp, "Orga", "organiser").get(f"/ecm27/organise/plan/new?cell={there[1]}").text
    assert '<option value="Anna Richter">' in page
    answer = browser.post(f"/ecm27/organise/plan/new?cell={there[1]}", data={"cell": there[1], "title": HOSTILE, "host": "A guest"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/ecm27/organise/plan")
    assert list(at(camp).values()) == [there[1]]
    page = browser.get("/ecm27/organise/plan").text
    assert "<img" not in page
    assert "A guest" in page


def test_what_is_missing_or_taken_is_said_and_nothing_is_made(app: Flask) -> None:
    camp = make.camp()
    browser, there = helper(app, camp), cells(camp)
    first = make.session(camp, "First")
    browser.post(f"/ecm27/organise/plan/{first.id}", data=SEEN | {"cell": there[0]})
    for data, words in (({"cell": there[1], "title": "", "host": ""}, "This is still empty."),
                        ({"cell": there[0], "title": "Second", "host": "Mai"}, "Room A at 10:00 already holds “First”.")):
        answer = browser.post("/ecm27/organise/plan/new?lang=en", data=data)
        assert answer.status_code == 422 and words in answer.text
    assert browser.get("/ecm27/organise/plan/new?cell=nonsense").status_code == 422
    assert len(planning.placements(camp)) == 1
