from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from camp import places
from camp.db import db, writing
from camp.models import Camp
from camp.registration_models import Rules
from tests import make

EN = {"Accept-Language": "en"}
RULES = {"answer_hours": "24", "admit_more": "0", "keep_days": "30"}


def desk(app: Flask, camp: Camp) -> FlaskClient:
    who = make.person()
    make.role(camp, who, "organiser")
    return make.browser(app, who)


def test_rules_are_set_and_what_is_wrong_stands_beside_its_field(app: Flask) -> None:
    camp = make.camp()
    browser = desk(app, camp)
    assert make.save(browser, "/ecm27/organise/places", data=RULES | {"curated": "y", "admit_more": "3"}).status_code == 303
    kept = db.session.query(Rules).one()
    assert (kept.curated, kept.answer_hours, kept.admit_more, kept.keep_days) == (True, 24, 3, 30)
    wrong = make.save(browser, "/ecm27/organise/places", data=RULES | {"answer_hours": "0", "admit_more": "x"}, headers=EN)
    assert (wrong.status_code, "From 1 to 336." in wrong.text, "This is no number." in wrong.text, 'value="30"' in wrong.text) == (422, True, True, True)
    assert db.session.query(Rules).one().admit_more == 3


def test_the_adviser_gives_a_number_a_plot_and_a_table(app: Flask) -> None:
    browser = desk(app, make.camp(capacity=100))
    empty = browser.get("/ecm27/organise/places", headers=EN).text
    assert ("nothing is known from here" in empty, "<polyline" in empty) == (True, False)
    page = browser.get("/ecm27/organise/places?rate=75", headers=EN).text
    assert "Admit 123 people to 100 seats" in page
    assert ("The setting above would then be 23." in page, "<polyline" in page, "<th scope=\"row\" class=\"num\">123</th>" in page) == (True, True, True)
    assert "<polyline" not in browser.get("/ecm27/organise/places?rate=-3", headers=EN).text


def test_one_or_all_shown_are_admitted_and_a_page_of_yesterday_admits_nobody(app: Flask) -> None:
    camp = make.camp(capacity=3)
    with writing():
        db.session.add(Rules(camp_id=camp.id, curated=True))
    line = [make.participant(camp, f"P{n}", state="waiting", kind="start-up" if n < 2 else "industry") for n in range(4)]
    browser = desk(app, camp)
    page = browser.get("/ecm27/organise/waiting?kind=start-up", headers=EN).text
    assert ("P0" in page, "P3" in page, "Give these 2 people a place" in page) == (True, False, True)
    assert browser.post("/ecm27/organise/waiting", data={"who": line[3].id}).status_code == 303
    assert browser.post("/ecm27/organise/waiting", data={"kind": "start-up", "number": "3"}).status_code == 409
    assert browser.post("/ecm27/organise/waiting", data={"kind": "start-up", "number": "2"}).status_code == 303
    assert browser.post("/ecm27/organise/waiting", data={"who": line[2].id}).status_code == 409
    assert browser.post("/ecm27/organise/waiting", data={"kind": "university", "number": "0"}).status_code == 422
    for who in line:
        db.session.refresh(who)
    assert ([who.state for who in line], places.free(camp)) == (["admitted", "admitted", "waiting", "admitted"], {make.DAY.isoformat(): 0})
