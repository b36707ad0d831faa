from __future__ import annotations

import json
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from camp import clock
from camp.db import db
from camp.models import Participant, Person
from tests import make
from tests.camp import lived

EN = {"Accept-Language": "en"}
GOOD = {"given_name": "Mai", "family_name": "Krause", "kind": "industry", "photo": "no", "hashtags": "#SEO", "organisation": "Neu"}


def test_i_change_what_i_wrote_and_what_is_wrong_stands_beside_its_field(app: Flask) -> None:
    who = make.participant(make.camp(), organisation="Alt", hashtags=["Segeln"])
    browser = make.browser(app, who)
    page = browser.get("/ecm27/me/edit", headers=EN).text
    assert ('value="Alt"' in page, 'value="#Segeln"' in page, 'name="email"' in page) == (True, True, False)
    wrong = browser.post("/ecm27/me/edit", data=GOOD | {"hashtags": "a b c d", "state": "admitted"}, headers=EN)
    assert (wrong.status_code, "At most three hashtags." in wrong.text, 'value="Neu"' in wrong.text, "does not ask for “state”" in wrong.text) == (422, True, True, True)
    assert browser.post("/ecm27/me/edit", data=GOOD | {"listed": "y"}).location == "/ecm27/me"
    db.session.refresh(who)
    assert (who.organisation, who.hashtags, who.listed, who.photo_wording) == ("Neu", ["SEO"], True, "Fotografiert mich nicht.")


def test_who_comes_shows_only_those_who_want_to_be_seen(app: Flask, client: FlaskClient) -> None:
    camp = make.camp()
    assert "Nobody shows themselves yet" in client.get("/ecm27/people", headers=EN).text
    make.participant(camp, "Seen", "Person", listed=True, hashtags=["SEO"], town="Secrettown")
    make.participant(camp, "Hidden", "Person")
    page = client.get("/ecm27/people", headers=EN).text
    assert ("Seen Person" in page, "#SEO" in page, "Hidden" in page, "Secrettown" in page, "@" in page) == (True, True, False, False, False)
    assert "is erased on Friday, 23 July 2027" in page


def test_what_is_stored_about_me_is_told_in_figures_and_taken_along(app: Flask) -> None:
    _, who, mai = lived.fill(app)
    browser = make.browser(app, who)
    page = browser.get("/ecm27/me/data", headers=EN).text
    assert ("Until Friday, 23 July 2027." in page, "Sessions that you host" in page) == (True, True)
    answer = browser.get("/ecm27/me/data.json")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ecm27-me.json"'
    taken = json.loads(answer.data)
    assert (taken["person"], len(taken["hosted"])) == ([{"email": lived.ADDRESS, "language": "de"}], 2)
    assert mai.person.email not in answer.text
    stranger = make.browser(app, make.person())
    assert (stranger.get("/ecm27/me/data.json").json, "Nothing at this camp" in stranger.get("/ecm27/me/data", headers=EN).text) == ({}, True)


def test_i_erase_myself_by_typing_my_address_and_am_signed_out(app: Flask) -> None:
    camp = make.camp()
    who, other = make.participant(camp), make.participant(camp)
    browser, address, number = make.browser(app, who), who.person.email, who.id
    wrong = browser.post("/ecm27/me/erase", data={"email": other.person.email}, headers=EN)
    assert (wrong.status_code, "This is not your address" in wrong.text) == (422, True)
    assert browser.post("/ecm27/me/erase", data={"email": f" {address.upper()} "}).location == "/ecm27/"
    db.session.expire_all()
    assert (db.session.get(Participant, number), db.session.query(Person).filter_by(email=address).count(), db.session.query(Participant).count()) == (None, 0, 1)
    assert browser.get("/ecm27/me").status_code == 303
    stranger = make.browser(app, make.person())
    assert ("Nothing at this camp" in stranger.get("/ecm27/me/erase", headers=EN).text, stranger.post("/ecm27/me/erase").status_code) == (True, 422)


def test_a_freed_place_of_somebody_erased_moves_on(app: Flask) -> None:
    camp = make.camp(capacity=1)
    who, waits = make.participant(camp), make.participant(camp, state="waiting")
    make.browser(app, who).post("/ecm27/me/erase", data={"email": who.person.email})
    db.session.refresh(waits)
    assert waits.offered_until is not None and waits.offered_until > clock.now() + timedelta(hours=47)
