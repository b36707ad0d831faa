from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from camp.db import db, writing
from camp.models import Camp, Partner
from tests import make
from tests.queries import count_queries

EN = {"Accept-Language": "en"}


def test_the_installation_shows_its_camps_or_says_that_there_is_none(app: Flask, client: FlaskClient) -> None:
    assert "No camp yet" in client.get("/", headers=EN).text
    make.camp(title="E-Commerce-Camp")
    assert 'href="/ecm27/"' in client.get("/", headers=EN).text


def test_home_shows_the_day_the_phases_and_the_partners(app: Flask, client: FlaskClient) -> None:
    camp = make.camp(slots=3, venue="Campus Mülheim")
    with writing():
        db.session.add(Partner(camp_id=camp.id, name="Ruhr:Hub", tier="supporter"))
    page = client.get("/ecm27/", headers=EN).text
    for text in ("Saturday, 24 April 2027", "Campus Mülheim", "Lunch", "Supported by Ruhr:Hub.", "Call for sessions", "100 places"):
        assert text in page


def test_home_needs_as_many_queries_for_three_rooms_as_for_one(app: Flask, client: FlaskClient) -> None:
    make.camp("one", rooms=1, slots=1)
    make.camp("three", rooms=3, slots=3)
    counts = []
    for slug in ("one", "three"):
        with count_queries() as queries:
            client.get(f"/{slug}/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 16


def test_a_legal_text_that_is_not_there_is_404(app: Flask, client: FlaskClient) -> None:
    make.camp(privacy="")
    assert [client.get(f"/ecm27/{name}").status_code for name in ("imprint", "privacy", "secrets")] == [200, 404, 404]


def test_an_administrator_makes_a_camp_and_organises_it(app: Flask) -> None:
    browser = make.browser(app, make.person(administrator=True))
    data = {"title": "Neues Camp", "slug": "neu", "date": "2027-05-01", "capacity": "80", "venue": "Foyer", "timezone": "Europe/Vienna",
            "languages": "de", "hashtag": "neu27"}
    assert browser.post("/camps/new", data=data).location == "/neu/organise/days?guide=1"
    assert browser.get("/neu/organise").status_code == 200
    page = browser.post("/camps/new", data=data | {"title": "Zweites"}, headers=EN)
    assert page.status_code == 422
    assert "The short name “neu” is taken. Choose another one." in page.text
    assert 'value="Zweites"' in page.text
    page = browser.post("/camps/new", data=data | {"slug": "zwei", "timezone": "Mars"}, headers=EN)
    assert (page.status_code, 'id="timezone-error"' in page.text) == (422, True)
    assert [(camp.title, camp.timezone, camp.languages, camp.hashtag) for camp in db.session.query(Camp)] == [
        ("Neues Camp", "Europe/Vienna", ["de"], "#neu27")]


def test_licences_name_every_vendored_package(client: FlaskClient) -> None:
    page = client.get("/licences").text
    assert all(name in page for name in ("htmx.org", "@picocss/pico", "zxing-wasm", "lucide-static", "hanken-grotesk"))
