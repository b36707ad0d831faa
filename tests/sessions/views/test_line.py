from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from camp import clock
from camp.db import writing
from sessions import introductions, pitches
from tests import make
from tests.sessions.pitching import live_camp, titles


def test_a_host_stands_in_line_by_phone_and_steps_out(app: Flask) -> None:
    camp = live_camp()
    who = make.participant(camp)
    session = make.session(camp, "Returns", [who])
    browser = make.browser(app, who)
    assert "Returns" in browser.get("/ecm27/pitch").text
    assert browser.post("/ecm27/pitch", data={"session": session.id}).status_code == 303
    turn = pitches.line(camp)[0]
    assert (turn.title, turn.participant_id) == ("Returns", who.id)
    assert browser.post("/ecm27/pitch", data={"session": session.id}).status_code == 422
    assert make.browser(app, make.participant(camp, "Ben")).post(f"/ecm27/pitch/{turn.id}/leave").status_code == 404
    assert browser.post(f"/ecm27/pitch/{turn.id}/leave").status_code == 303
    assert titles(camp) == []


def test_a_new_topic_stands_in_line_by_phone(app: Flask) -> None:
    camp = live_camp()
    browser = make.browser(app, make.participant(camp))
    assert [browser.post("/ecm27/pitch", data={"title": title}).status_code for title in ("Neu", " ")] == [303, 422]
    assert titles(camp) == ["Neu"]


def test_everybody_sees_the_line_and_how_to_get_into_it(app: Flask, client: FlaskClient) -> None:
    camp = live_camp()
    with writing():
        pitches.join(camp, name="Mai", title="Returns")
    page = client.get("/ecm27/pitch?lang=en").text
    assert "Returns" in page and "Sign in to stand in line" in page
    assert "In line for the stage" in client.get("/ecm27/?lang=en").text
    make.camp("ecm28")
    assert "No pitch round now" in client.get("/ecm28/pitch?lang=en").text


def test_wishes_for_the_first_hour_are_kept_and_buddies_see_each_other(app: Flask) -> None:
    camp = live_camp()
    new, guide = make.participant(camp, "New", hashtags=["#KI"]), make.participant(camp, "Gudrun", "Ode", hashtags=["ki"])
    with writing():
        introductions.wish(guide, cloud=False, buddy="guide")
    with clock.shifted(make.until_noon(camp)):
        browser = make.browser(app, new)
        assert "Gudrun" not in browser.get("/ecm27/me").text
        assert browser.post("/ecm27/me/introduction", data={"cloud": "yes", "buddy": "newcomer"}).status_code == 303
        page = browser.get("/ecm27/me?lang=en").text
        assert "Gudrun Ode" in page and "You share #ki." in page
        assert browser.post("/ecm27/me/introduction", data={"buddy": "boss"}).status_code == 422
    assert (introductions.of(new).cloud, introductions.of(new).buddy) == (True, "newcomer")
