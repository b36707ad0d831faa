from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from badges import pairing
from badges.views.phones import COOKIE
from camp import clock, jobs, printed, venue
from camp.db import writing
from camp.models import Camp
from sessions import paper, paper_jobs
from tests import make
from tests.sessions.pitching import in_english


@pytest.fixture
def camp(app: Flask) -> Camp:
    """A camp."""
    return make.camp()


@pytest.fixture
def browser(app: Flask, camp: Camp) -> FlaskClient:
    """The browser of a moderator, in English."""
    return in_english(app, camp, "moderator")


def test_the_page_offers_what_there_is_to_print(camp: Camp, browser: FlaskClient) -> None:
    assert "cards.pdf?size=a6" in browser.get("/ecm27/organise/paper").text
    make.session(camp, "One")
    page = browser.get("/ecm27/organise/paper").text
    assert "All 1, four on a sheet" in page and "4 cells are free now." in page and "grid.pdf?size=a0" in page


def test_each_link_of_the_page_is_a_pdf(camp: Camp, browser: FlaskClient) -> None:
    for path in ("cards.pdf", "grid.pdf?which=filled", "signs.pdf", "posters.pdf?size=nonsense"):
        answer = browser.get(f"/ecm27/organise/paper/{path}")
        assert (answer.status_code, answer.mimetype, answer.data[:5], answer.headers["Cache-Control"]) == (200, "application/pdf", b"%PDF-", "no-store")


def test_what_there_is_not_is_not_printed(camp: Camp, browser: FlaskClient) -> None:
    assert browser.get("/ecm27/organise/paper/secrets.pdf").status_code == 404
    for data in ({"which": "blank", "size": "a6"}, {"which": "all", "size": "a0"}, {}):
        assert browser.post("/ecm27/organise/paper/cards", data=data).status_code == 422
    answer = browser.post("/ecm27/organise/paper/cards", data={"which": "all", "size": "a6"})
    jobs.run_next()
    page = browser.get(answer.headers["Location"]).text
    assert "The cards were not printed" in page and "There is no such card to print." in page


def test_cards_are_printed_by_a_job_and_fetched_by_moderators_while_they_are_kept(app: Flask, camp: Camp, browser: FlaskClient) -> None:
    make.session(camp, "One")
    ask = {"which": "all", "size": "a6"}
    answer = browser.post("/ecm27/organise/paper/cards", data=ask)
    assert browser.post("/ecm27/organise/paper/cards", data=ask).headers["Location"] == answer.headers["Location"]
    assert browser.post("/ecm27/organise/paper/cards", data=ask | {"size": "a5"}).status_code == 409
    assert "The cards are being printed" in browser.get("/ecm27/organise/paper").text
    jobs.run_next()
    page = browser.get(answer.headers["Location"]).text
    assert "Cards: 1, sheets: 1." in page
    way = re.search(r'href="(/ecm27/organise/paper/\d+\.pdf)"', page)
    assert way is not None and way[1] in browser.get("/ecm27/organise/paper").text
    found = browser.get(way[1])
    assert (found.mimetype, found.data[:5], found.headers["Cache-Control"]) == ("application/pdf", b"%PDF-", "no-store")
    for file in printed.of_camp(app.config["CAMP"].folder, camp, paper_jobs.NAME):
        file.unlink()
    assert browser.get(way[1]).status_code == 404


def test_a_card_at_the_wall_asks_only_for_its_cell(app: Flask, camp: Camp, browser: FlaskClient) -> None:
    session, grid = make.session(camp, "One"), venue.grid(camp)
    address = f"/ecm27/door/cards/{session.id}"
    page = browser.get(address).text
    assert page.count("<select") == 1 and "10:00 · A · Room A, 30" in page
    cell = f"{grid.rooms[1].id}-{grid.session_slots[1].id}"
    assert browser.post(address, data={"cell": cell}).status_code == 303
    page = browser.get(address).text
    assert "It hangs at 11:00 in Room B." in page
    assert (grid.rooms[1].id, grid.session_slots[1].id) in paper.filled(camp)


@pytest.mark.parametrize("cell", ["", "nowhere", "9-9", "1-2-3"])
def test_a_cell_that_is_none_is_refused(camp: Camp, browser: FlaskClient, cell: str) -> None:
    session = make.session(camp, "One")
    assert browser.post(f"/ecm27/door/cards/{session.id}", data={"cell": cell}).status_code == 422
    assert paper.filled(camp) == {}


def test_a_card_that_two_hang_at_once_is_told_to_the_second(camp: Camp, browser: FlaskClient) -> None:
    one, two, grid = make.session(camp, "One"), make.session(camp, "Two"), venue.grid(camp)
    cell = f"{grid.rooms[0].id}-{grid.session_slots[0].id}"
    assert [browser.post(f"/ecm27/door/cards/{session.id}", data={"cell": cell}).status_code for session in (one, two)] == [303, 422]
    assert paper.filled(camp) == {(grid.rooms[0].id, grid.session_slots[0].id): "One"}


def test_a_paired_phone_hangs_a_card_up_and_others_are_shown_the_way_to_the_topic(app: Flask, camp: Camp, client: FlaskClient) -> None:
    session, grid = make.session(camp, "One"), venue.grid(camp)
    address, cell = f"/ecm27/door/cards/{session.id}", f"{grid.rooms[0].id}-{grid.session_slots[0].id}"
    page = client.get(f"{address}?lang=en").text
    assert "<select" not in page and f'href="/ecm27/proposals/{session.id}"' in page and f"{address}?again=1" in page
    assert client.post(address, data={"cell": cell}).headers["Location"].startswith("/sign-in?")
    assert make.browser(app, make.participant(camp)).post(address, data={"cell": cell}).status_code == 403
    with clock.shifted(make.until_noon(camp)), writing():
        token, device = pairing.pair(camp, pairing.offer(camp, "Main entrance"))
    client.set_cookie(COOKIE, token, path="/ecm27/door", secure=True)
    with clock.shifted(make.until_noon(camp)):
        assert client.get(address).text.count("<select") == 1
        assert client.post(address, data={"cell": cell}).status_code == 303
        assert paper.filled(camp) == {(grid.rooms[0].id, grid.session_slots[0].id): "One"}
        with writing():
            pairing.revoke(camp, device.id)
        assert "<select" not in client.get(address).text
