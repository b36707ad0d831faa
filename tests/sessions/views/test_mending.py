"""Tests of sessions/views/mending.py."""

from __future__ import annotations

import re

from flask import Flask

from camp import clock
from tests import make
from tests.sessions.test_mending import Place
from tests.sessions.views.test_planning import helper

MEND = "/ecm27/organise/plan/mend"


def test_an_organiser_sees_the_offers_and_takes_one(app: Flask) -> None:
    place = Place(app)
    with clock.shifted(place.at(10.5)):
        browser = helper(app, place.camp)
        page = browser.get(f"{MEND}?lang=en").text
        assert "Choose above what happened." in page, page[page.index("<main"):]
        page = browser.get(f"{MEND}?lang=en&room={place.rooms[0]}&slot={place.slots[1]}").text
        assert "1 session loses its cell." in page and "Nothing else moves" in page
        assert "“Two” moves from" in page and "is closed at" in page
        assert place.where(place.two) == (0, 1)
        sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
        taken = browser.post(MEND, data=sent | {"kind": "stay"})
        assert "The plan is mended." in browser.get("/ecm27/organise/plan?lang=en").text
    assert (taken.status_code, taken.location) == (303, "/ecm27/organise/plan")
    assert place.where(place.two) != (0, 1) and place.where(place.one) == (0, 0)


def test_nothing_lost_nothing_offered(app: Flask) -> None:
    place = Place(app)
    page = helper(app, place.camp).get(f"{MEND}?lang=en&room={place.rooms[1]}&slot={place.slots[2]}").text
    assert "Nothing has to move" in page and 'name="kind"' not in page


def test_the_plan_leads_there_and_a_wrong_choice_is_said(app: Flask) -> None:
    place = Place(app)
    browser = helper(app, place.camp)
    assert f'href="{MEND}"' in browser.get("/ecm27/organise/plan").text
    answer = browser.get(f"{MEND}?lang=en&room=99999")
    assert answer.status_code == 422 and "Choose one of the list." in answer.text


def test_an_old_offer_and_none_at_all_are_refused(app: Flask) -> None:
    place = Place(app)
    browser = helper(app, place.camp)
    data = {"room": str(place.rooms[0]), "slot": "", "session": "", "kind": "stay"}
    assert browser.post(MEND, data=data | {"version": "0"}).status_code == 409
    assert browser.post(MEND, data=data | {"version": ""}).status_code == 422
    assert place.where(place.two) == (0, 1)


def test_only_organisers_mend(app: Flask) -> None:
    place = Place(app)
    assert helper(app, place.camp, "moderator").get(MEND).status_code == 403
    assert make.browser(app, make.participant(place.camp)).post(MEND).status_code == 403
