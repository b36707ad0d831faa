from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from camp import venue
from camp.models import Camp
from sessions import paper
from tests import make


@pytest.fixture
def camp(app: Flask) -> Camp:
    """A camp."""
    return make.camp()


@pytest.fixture
def browser(app: Flask, camp: Camp) -> FlaskClient:
    """The browser of a moderator, in English."""
    who = make.person("mod@example.org")
    make.role(camp, who, "moderator")
    client = make.browser(app, who)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def test_the_page_offers_what_there_is_to_print(camp: Camp, browser: FlaskClient) -> None:
    assert "cards.pdf?size=a6&amp;which=blank" in browser.get("/ecm27/organise/paper").text
    make.session(camp, "One")
    page = browser.get("/ecm27/organise/paper").text
    assert "All 1, four on a sheet" in page and "4 cells are free now." in page and "grid.pdf?size=a0" in page


def test_each_link_of_the_page_is_a_pdf(camp: Camp, browser: FlaskClient) -> None:
    make.session(camp, "One")
    for path in ("cards.pdf", "grid.pdf?which=filled", "signs.pdf", "posters.pdf?size=nonsense"):
        answer = browser.get(f"/ecm27/organise/paper/{path}")
        assert (answer.status_code, answer.mimetype, answer.data[:5], answer.headers["Cache-Control"]) == (200, "application/pdf", b"%PDF-", "no-store")


def test_what_there_is_not_is_not_printed(camp: Camp, browser: FlaskClient) -> None:
    assert [browser.get(f"/ecm27/organise/paper/{path}").status_code for path in (
        "cards.pdf", "cards.pdf?which=nonsense", "secrets.pdf")] == [404, 404, 404]


def test_a_card_at_the_wall_asks_only_for_its_cell(app: Flask, camp: Camp, browser: FlaskClient) -> None:
    session, grid = make.session(camp, "One"), venue.grid(camp)
    address = f"/ecm27/organise/cards/{session.id}"
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
    assert browser.post(f"/ecm27/organise/cards/{session.id}", data={"cell": cell}).status_code == 422
    assert paper.filled(camp) == {}


def test_a_card_that_two_hang_at_once_is_told_to_the_second(camp: Camp, browser: FlaskClient) -> None:
    one, two, grid = make.session(camp, "One"), make.session(camp, "Two"), venue.grid(camp)
    cell = f"{grid.rooms[0].id}-{grid.session_slots[0].id}"
    assert [browser.post(f"/ecm27/organise/cards/{session.id}", data={"cell": cell}).status_code for session in (one, two)] == [303, 422]
    assert paper.filled(camp) == {(grid.rooms[0].id, grid.session_slots[0].id): "One"}
