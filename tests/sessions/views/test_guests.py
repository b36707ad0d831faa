"""Tests of sessions/views/guests.py."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from camp import camps, clock
from camp.db import db, writing
from camp.models import Camp
from sessions import guests, pitches, proposals
from tests import make

KEY = "s" * 43
EN = {"Accept-Language": "en"}
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def camp(app: Flask) -> Iterator[Camp]:
    """A camp on its day."""
    made = make.camp()
    with clock.shifted(make.until_noon(made)):
        yield made


def staff(app: Flask, camp: Camp, role: str) -> FlaskClient:
    who = make.person()
    make.role(camp, who, role)
    return make.browser(app, who)


def wall(camp: Camp) -> str:
    db.session.rollback()
    return f"/ecm27/wall/{guests.code_of(camp, KEY)}"


def test_a_phone_without_an_account_puts_a_topic_on_the_wall_and_keeps_the_way_to_it(app: Flask, camp: Camp, client: FlaskClient) -> None:
    page = client.get(wall(camp), headers=EN).text
    assert page.count('type="text"') == 2 and 'name="email"' not in page
    answer = client.post(wall(camp), data={"title": HOSTILE, "name": "Ada <b>"})
    mine = answer.headers["Location"]
    page = client.get(mine, headers=EN).text
    assert "It is on the wall." in page and "<img src=x" not in page and "Ada &lt;b&gt;" in page and f"https://localhost{mine}" in page
    assert client.get(mine).headers["Cache-Control"] == "no-store"
    assert [(one.title, one.guest) for one in proposals.open_proposals(camp)] == [(HOSTILE, "Ada <b>")]
    assert client.post(f"{mine}/withdraw").status_code == 303
    assert "It is off the wall." in client.get(mine, headers=EN).text
    assert proposals.open_proposals(camp) == []


def test_what_is_missing_is_said_and_what_was_typed_stays(camp: Camp, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = client.post(wall(camp), data={"title": "", "name": "Ada"}, headers=EN)
    assert (answer.status_code, 'value="Ada"' in answer.text, "This is still empty." in answer.text) == (422, True, True)
    monkeypatch.setattr(guests, "NETWORK", 0)
    answer = client.post(wall(camp), data={"title": "Returns", "name": "Ada"}, headers=EN)
    assert (answer.status_code, 'value="Returns"' in answer.text) == (429, True)
    assert client.get("/ecm27/wall/ABCD2345").status_code == 404


def test_whoever_is_signed_in_proposes_as_themselves_and_stands_in_line(app: Flask, camp: Camp) -> None:
    with writing():
        camps.set_phase(camp, "pitch", None, None)
    mai = make.participant(camp)
    browser = make.browser(app, mai)
    assert 'name="name"' not in browser.get(wall(camp)).text
    assert browser.post(wall(camp), data={"title": "Returns", "name": "Somebody else", "pitch": "y"}).status_code == 303
    found = proposals.open_proposals(camp)
    assert [([host.participant_id for host in one.hosts], one.guest) for one in found] == [([mai.id], "")]
    assert [turn.session_id for turn in pitches.line(camp)] == [found[0].id]


def test_a_moderator_sees_what_is_new_lets_it_stand_in_line_and_joins_it_to_an_account(app: Flask, camp: Camp, client: FlaskClient) -> None:
    with writing():
        camps.set_phase(camp, "pitch", None, None)
    client.post(wall(camp), data={"title": "Returns", "name": "Ada"})
    client.post(wall(camp), data={"title": "Phishing", "name": "Ben"})
    phishing, returns = (row for row, _ in guests.listed(camp))
    mai, browser = make.participant(camp), staff(app, camp, "moderator")
    desk = browser.get("/ecm27/organise/pitch", headers=EN).text
    assert "New from the wall" in desk and "Phishing" in desk
    assert browser.get("/ecm27/organise/wall", headers=EN).text.count("</svg> new</span>") == 2
    browser.post(f"/ecm27/organise/wall/{returns.id}/line")
    browser.post(f"/ecm27/organise/wall/{phishing.id}/seen")
    client.post(wall(camp), data={"title": "Phones", "name": "Cem", "pitch": "y"})
    desk = browser.get("/ecm27/organise/pitch", headers=EN).text
    assert "New from the wall" not in desk and desk.partition("Phones</b>")[2].partition("</small>")[0].count("</svg> new</span>") == 1
    assert [turn.name for turn in pitches.line(camp)] == ["Ada", "Cem"]
    assert browser.post(f"/ecm27/organise/wall/{returns.id}/host", data={"who": "Nobody"}, headers=EN).status_code == 422
    browser.post(f"/ecm27/organise/wall/{returns.id}/host", data={"who": mai.name})
    assert [turn.participant_id for turn in pitches.line(camp)] == [mai.id, None]
    assert browser.post("/ecm27/organise/wall/off").status_code == 403


def test_a_guest_joins_it_to_the_account_with_which_they_sign_in_later(app: Flask, camp: Camp, client: FlaskClient) -> None:
    mine = client.post(wall(camp), data={"title": "Returns", "name": "Ada"}).headers["Location"]
    assert client.post(f"{mine}/join").headers["Location"].startswith("/sign-in?")
    ada = make.participant(camp, "Ada")
    browser = make.browser(app, ada)
    assert browser.post(f"{mine}/join").status_code == 303
    assert [[host.participant_id for host in one.hosts] for one in proposals.open_proposals(camp)] == [[ada.id]]
    assert client.get(mine).status_code == 404


def test_an_organiser_switches_it_off_and_throws_the_code_away(app: Flask, camp: Camp, client: FlaskClient) -> None:
    browser, old = staff(app, camp, "organiser"), wall(camp)
    browser.post("/ecm27/organise/wall/off")
    assert client.post(old, data={"title": "Returns", "name": "Ada"}).status_code == 409
    assert "Switched off" in browser.get("/ecm27/organise/wall", headers=EN).text
    browser.post("/ecm27/organise/wall/on")
    browser.post("/ecm27/organise/wall/renew")
    assert (client.get(old).status_code, client.get(wall(camp)).status_code) == (404, 200)
