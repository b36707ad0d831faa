from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from camp import camps
from camp.db import db, writing
from camp.models import Camp
from tests import make

EN = {"Accept-Language": "en"}
SENT = {"title": "Neu", "slug": "ecm27", "venue": "", "timezone": "Europe/Berlin", "capacity": "70", "languages": ["de", "en"],
        "hashtag": "neu"}


@pytest.fixture
def camp(app: Flask) -> Camp:
    return make.camp(slots=0)


@pytest.fixture
def browser(app: Flask, camp: Camp) -> FlaskClient:
    who = make.person("orga@example.org")
    make.role(camp, who, "organiser")
    return make.browser(app, who)


def test_settings_are_saved_and_shown(camp: Camp, browser: FlaskClient, client: FlaskClient) -> None:
    assert make.save(browser, "/ecm27/organise/settings", data=SENT).location == "/ecm27/organise/opening"
    db.session.refresh(camp)
    assert (camp.title, camp.hashtag, camp.capacity) == ("Neu", "#neu", 70)
    assert "<span>#neu</span>" in client.get("/ecm27/").text


def test_a_refused_setting_stands_beside_its_field_and_the_rest_stays(camp: Camp, browser: FlaskClient) -> None:
    page = make.save(browser, "/ecm27/organise/settings", data=SENT | {"slug": "anders"}, headers=EN)
    assert (page.status_code, 'value="Neu"' in page.text) == (422, True)
    assert "The camp is open: its address stays, people have it." in page.text
    db.session.refresh(camp)
    assert (camp.title, camp.slug) == ("Camp ecm27", "ecm27")


def test_a_camp_without_a_colour_has_no_style_sheet(camp: Camp, client: FlaskClient) -> None:
    assert client.get("/ecm27/accent.css").status_code == 404
    assert "accent.css" not in client.get("/ecm27/").text


def test_days_are_added_changed_and_taken_away(camp: Camp, browser: FlaskClient) -> None:
    assert browser.post("/ecm27/organise/days", data={"date": "2027-04-25", "capacity": "9"}).status_code == 303
    db.session.refresh(camp)
    first, second = camp.days
    assert second.capacity == 9
    refused = browser.post(f"/ecm27/organise/days/{first.id}", data={"capacity": "0"}, headers=EN)
    assert (refused.status_code, "At least 1, at most 100000." in refused.text, 'value="0"' in refused.text) == (422, True, True)
    browser.post(f"/ecm27/organise/days/{first.id}", data={"capacity": "8"})
    browser.post(f"/ecm27/organise/days/{second.id}/remove")
    db.session.refresh(camp)
    assert [(day.date, day.capacity) for day in camp.days] == [(make.DAY, 8)]
    again = browser.post("/ecm27/organise/days", data={"date": "2027-04-24", "capacity": "5"}, headers=EN)
    assert (again.status_code, "The camp has this day already." in again.text, 'value="5"' in again.text) == (422, True, True)


def test_phases_open_and_close_by_hand_and_by_time(camp: Camp, browser: FlaskClient, client: FlaskClient) -> None:
    assert "You have set no phase yet." in browser.get("/ecm27/organise/phases", headers=EN).text
    browser.post("/ecm27/organise/phases/call/close")
    assert (camps.open_now(camp, "call"), camps.open_now(camp, "voting")) == (False, True)
    browser.post("/ecm27/organise/phases/call/open")
    assert camps.open_now(camp, "call")
    make.save(browser, "/ecm27/organise/phases/pitch", data={"mode": "times", "opens": "2027-04-24T09:00", "closes": "2027-04-24T10:30"})
    page = browser.get("/ecm27/organise/phases", headers=EN).text
    assert "Pitch round opens next: 24 Apr, 9:00." in page
    assert "Now: Call for sessions. Next: Pitch round from 24 Apr, 9:00." in client.get("/ecm27/agenda", headers=EN).text
    wrong = make.save(browser, "/ecm27/organise/phases/pitch", data={"mode": "times", "opens": "2027-04-24T09:00", "closes": "2027-04-24T08:00"}, headers=EN)
    assert (wrong.status_code, "It closes before it opens." in wrong.text) == (422, True)
    assert browser.get("/ecm27/organise/phases/party").status_code == 404
    assert browser.post("/ecm27/organise/phases/party/open").status_code == 404


def test_an_unopened_camp_is_there_for_its_team_only(app: Flask, camp: Camp, browser: FlaskClient, client: FlaskClient) -> None:
    with writing():
        camp.opened_at = None
    guest = make.browser(app, make.participant(camp))
    for visitor in (client, guest):
        for path in ("/ecm27/", "/ecm27/imprint", "/ecm27/agenda", "/ecm27/accent.css", "/ecm27/feed/camp.ics"):
            page = visitor.get(path, headers=EN)
            assert (page.status_code, "ecm27" in page.text.lower().replace(path, "")) == (404, False), path
        assert "/ecm27/" not in visitor.get("/").text
    assert client.get("/ecm27/organise").location == "/sign-in?then=/ecm27/organise&at=ecm27"
    assert "Camp ecm27" not in client.get("/sign-in?at=ecm27").text
    assert guest.get("/ecm27/organise").status_code == 404
    assert "Camp ecm27" in browser.get("/ecm27/").text
    assert 'href="/ecm27/"' in browser.get("/").text
    assert "The camp is not open yet: only the team sees it." in browser.get("/ecm27/organise", headers=EN).text
