from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from camp import camps, venue
from camp.db import writing
from camp.models import Camp
from sessions import planning
from tests import make
from tests.queries import count_queries


def _live(app: Flask) -> Camp:
    camp = make.camp()
    with writing():
        camps.set_phase(camp, "pitch", None, None)
    return camp


def _moderator(app: Flask, camp: Camp) -> FlaskClient:
    who = make.person("mod@example.org")
    make.role(camp, who, "moderator")
    return make.browser(app, who)


def test_a_poll_is_204_while_nothing_changed_and_then_the_new_mark(app: Flask, client: FlaskClient) -> None:
    camp = _live(app)
    answer = client.get("/ecm27/changes?mark=0-live")
    assert (answer.status_code, answer.data, answer.headers["Camp-Every"], answer.headers["Cache-Control"]) == (204, b"", "2", "public, max-age=1")
    assert "Cookie" not in answer.headers.get("Vary", "") and "Set-Cookie" not in answer.headers
    with writing():
        camps.changed(camp)
    answer = client.get("/ecm27/changes?mark=0-live")
    assert (answer.status_code, answer.text) == (200, "1-live")
    assert client.get("/nowhere/changes").status_code == 404


def test_a_poll_takes_one_query_whoever_asks(app: Flask) -> None:
    browser = _moderator(app, _live(app))
    with count_queries() as queries:
        browser.get("/ecm27/changes?mark=0-live")
    assert len(queries) == 1


def test_a_placement_is_on_the_agenda_pages_at_once_and_in_feeds_only_when_the_round_is_closed(app: Flask, client: FlaskClient) -> None:
    camp = _live(app)
    session, grid = make.session(camp, "Returns"), venue.grid(camp)
    before = client.get("/ecm27/agenda").text
    assert "Returns" not in before and 'data-mark="0-live"' in before
    with writing():
        planning.move(camp, session.id, grid.rooms[0].id, grid.session_slots[0].id)
    for path in ("agenda?view=list", "agenda?view=grid"):
        page = client.get(f"/ecm27/{path}&lang=en").text
        assert "Returns" in page and "being made now" in page and 'data-mark="1-live"' in page
    assert "Returns" not in client.get("/ecm27/agenda.ics").text
    answer = _moderator(app, camp).post("/ecm27/organise/pitch/close")
    assert (answer.status_code, answer.location) == (303, "/ecm27/agenda?view=grid")
    assert "Returns" in client.get("/ecm27/agenda.ics").text
    assert "version 1" in client.get("/ecm27/agenda?lang=en").text


def test_a_session_in_the_growing_grid_can_be_starred(app: Flask) -> None:
    camp = _live(app)
    session, grid = make.session(camp, "Returns"), venue.grid(camp)
    with writing():
        planning.move(camp, session.id, grid.rooms[0].id, grid.session_slots[0].id)
    browser = make.browser(app, make.participant(camp))
    browser.post(f"/ecm27/agenda/{session.id}/pick", data={"wanted": "yes"})
    assert "Returns" in browser.get("/ecm27/agenda?mine=1").text
    assert "Returns" in browser.get("/ecm27/me").text


def test_the_round_is_closed_once(app: Flask) -> None:
    browser = _moderator(app, _live(app))
    assert [browser.post("/ecm27/organise/pitch/close").status_code for _ in range(2)] == [303, 409]


def test_the_desk_offers_to_close_the_round_while_it_goes_on(app: Flask) -> None:
    camp = _live(app)
    organiser = make.person("orga@example.org")
    make.role(camp, organiser, "organiser")
    browser, button = make.browser(app, organiser), 'action="/ecm27/organise/pitch/close"'
    assert button in browser.get("/ecm27/organise").text
    browser.post("/ecm27/organise/pitch/close")
    page = browser.get("/ecm27/organise").text
    assert button not in page and 'href="/ecm27/organise/paper"' in page
