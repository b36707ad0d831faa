from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient

from camp import guide
from camp.db import db
from camp.models import Camp
from tests import make

EN = {"Accept-Language": "en"}
SETTINGS = {"title": "Neues Camp", "slug": "neu", "capacity": "80", "venue": "Foyer", "timezone": "Europe/Berlin", "languages": "de", "hashtag": ""}
WHO = {"name": "Hochschule", "street": "Weg 1", "town": "45479 Mülheim", "represented": "Mia Muster", "email": "camp@example.org", "phone": "0208 1",
       "officer": "dsb@example.org", "land": "Nordrhein-Westfalen"}


def _on(page: str) -> str:
    """Where the button at the foot of a step leads."""
    found = re.search(r'<nav class="guide.*?role="button" class="line" href="([^"]+)"', page, re.DOTALL)
    assert found
    return found[1].replace("&amp;", "&")


def test_from_a_new_camp_over_every_step_to_the_checklist(app: Flask) -> None:
    browser = make.browser(app, make.person(administrator=True))
    assert "Step 1 of 12: Name and place" in browser.get("/camps/new", headers=EN).text
    way = browser.post("/camps/new", data=SETTINGS | {"date": "2027-05-01"}).location
    sent = {"look": {"own_colour": "y", "accent": "#22338f"}, "institution": WHO, "welcome": {"de": "Hallo", "en": ""}}
    for number, step in enumerate(guide.STEPS[1:], 2):
        page = browser.get(way, headers=EN)
        assert (page.status_code, f"Step {number} of 12: " in page.text) == (200, True), step
        if step in sent:  # a page with one form goes on when it is saved
            answer = make.save(browser, way, data=sent[step])
            assert (answer.status_code, answer.location) == (303, _on(page.text)), step
        way = _on(page.text)
    assert way == "/neu/organise/opening"
    checklist = browser.get(way, headers=EN).text
    assert ("5 of 12 steps of the guided set-up are done." in checklist, "Step" in checklist) == (True, False)


def test_a_page_with_a_list_stays_and_keeps_its_place_in_the_guide(camp: Camp, browser: FlaskClient) -> None:
    assert browser.post("/ecm27/organise/days?guide=1", data={"date": "2027-04-25"}).location == "/ecm27/organise/days?guide=1"
    page = browser.get("/ecm27/organise/days?guide=1").text
    assert f'action="/ecm27/organise/days/{camp.days[0].id}?guide=1"' in page
    assert browser.post(f"/ecm27/organise/days/{camp.days[0].id}?guide=1", data={"capacity": "7"}).location == "/ecm27/organise/days?guide=1"
    assert "Step 2 of 12" in browser.post(f"/ecm27/organise/days/{camp.days[0].id}?guide=1", data={"capacity": "0"}, headers=EN).text
    row = {"row-date": "2027-04-24", "row-start": "18:00", "row-length": "30", "row-pause": "0", "row-how_many": "2", "make": "yes"}
    assert browser.post("/ecm27/organise/slots/row?guide=1", data=row).location == "/ecm27/organise/slots?guide=1"


def test_a_refusal_stays_in_its_step_and_back_leads_back(camp: Camp, browser: FlaskClient) -> None:
    page = make.save(browser, "/ecm27/organise/look?guide=1", data={"own_colour": "y", "accent": "#ffee00"}, headers=EN)
    assert (page.status_code, "Step 3 of 12: Look" in page.text, 'href="/ecm27/organise/days?guide=1"' in page.text) == (422, True, True)


def test_another_address_of_the_camp_goes_on_under_it(app: Flask) -> None:
    camp = make.camp("alt", opened_at=None)
    who = make.person()
    make.role(camp, who, "organiser")
    assert make.save(make.browser(app, who), "/alt/organise/settings?guide=1", data=SETTINGS).location == "/neu/organise/days?guide=1"


def test_outside_the_guide_nothing_of_it_is_seen(camp: Camp, browser: FlaskClient, client: FlaskClient) -> None:
    for path in ("/ecm27/organise/days", "/ecm27/organise/texts/imprint?guide=1", "/ecm27/organise/people?guide=1", "/ecm27/?guide=1"):
        assert 'class="guide' not in browser.get(path).text, path
    assert "guide=1" not in browser.get("/ecm27/organise/opening").text
    assert client.get("/ecm27/organise/days?guide=1").status_code == 303


def test_all_steps_are_listed_with_what_is_done(camp: Camp, browser: FlaskClient) -> None:
    page = browser.get("/ecm27/organise/guide", headers=EN).text
    assert ("4 of 12 steps are done." in page, page.count("guide=1")) == (True, len(guide.STEPS) + 1)
    db.session.refresh(camp)
    assert 'role="button" href="/ecm27/organise/look?guide=1"' in page
