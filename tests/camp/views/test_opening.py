from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from camp import texts
from camp.db import db
from camp.models import Camp
from tests import make
from tests.camp.test_institution import GOOD

EN = {"Accept-Language": "en"}


@pytest.fixture
def camp(app: Flask) -> Camp:
    return make.camp(opened_at=None, **dict.fromkeys(("imprint", "privacy", "terms", "accessibility"), ""))


@pytest.fixture
def browser(app: Flask, camp: Camp) -> FlaskClient:
    who = make.person("orga@example.org")
    make.role(camp, who, "organiser")
    return make.browser(app, who)


def test_opening_is_refused_with_a_link_to_each_text_until_they_are_there(camp: Camp, browser: FlaskClient, client: FlaskClient) -> None:
    page = browser.post("/ecm27/organise/opening", headers=EN)
    summary = page.text.partition('role="alert"')[2].partition("</div>")[0]
    assert page.status_code == 422
    assert [f'href="/ecm27/organise/texts/{name}"' in summary for name in ("imprint", "privacy", "terms", "accessibility", "rules")] == [
        True, True, True, True, False]
    assert client.get("/ecm27/").status_code == 404
    for name in ("imprint", "privacy", "terms", "accessibility"):
        assert make.save(browser, f"/ecm27/organise/texts/{name}", data={"de": f"Text {name}", "en": ""}).location == "/ecm27/organise/opening"
    assert browser.post("/ecm27/organise/opening").location == "/ecm27/organise/opening"
    assert "Text terms" in client.get("/ecm27/terms").text
    foot = client.get("/ecm27/", headers=EN).text
    assert [f'href="/ecm27/{name}"' in foot for name in ("imprint", "privacy", "terms", "accessibility", "simple")] == [True] * 4 + [False]
    assert '<div lang="de"><p>Text terms</p>' in client.get("/ecm27/terms", headers=EN).text


def test_templates_fill_the_fields_and_only_the_button_saves(camp: Camp, browser: FlaskClient) -> None:
    first = make.save(browser, "/ecm27/organise/institution", data=GOOD | {"email": "keine"}, headers=EN)
    assert (first.status_code, "There is no @." in first.text, 'value="Weg 1"' in first.text) == (422, True, True)
    assert make.save(browser, "/ecm27/organise/institution", data=GOOD).status_code == 303
    page = browser.get("/ecm27/organise/texts/imprint?template=1", headers=EN).text
    assert "This is the template." in page and "Hochschule wird vertreten durch: P. Beispiel" in page
    assert texts.every(camp) == {}
    gaps = browser.get("/ecm27/organise/texts/privacy?template=1", headers=EN).text
    assert "Still open, marked by double brackets: Vorschrift des Landeshochschulgesetzes" in gaps


def test_a_text_with_gaps_is_kept_and_the_camp_stays_closed(camp: Camp, browser: FlaskClient) -> None:
    answer = make.save(browser, "/ecm27/organise/texts/imprint", data={"de": "[[Name]]", "en": ""})
    assert answer.location == "/ecm27/organise/texts/imprint"
    page = browser.get("/ecm27/organise/opening", headers=EN).text
    assert "1 gap: Name" in page and "has gaps" in page
    assert browser.post("/ecm27/organise/opening").status_code == 422


def test_a_text_that_is_none_is_404(camp: Camp, browser: FlaskClient) -> None:
    assert browser.get("/ecm27/organise/texts/secrets").status_code == 404
    assert browser.post("/ecm27/organise/texts/secrets", data={"de": "x"}).status_code == 404


def test_an_open_camp_cannot_lose_its_imprint(app: Flask) -> None:
    camp, who = make.camp("offen", imprint="Wir"), make.person()
    make.role(camp, who, "organiser")
    page = make.save(make.browser(app, who), "/offen/organise/texts/imprint", data={"de": "", "en": ""}, headers=EN)
    assert (page.status_code, "The camp is open, and the law asks for this text." in page.text) == (422, True)
    db.session.refresh(camp)
    assert texts.by_language(camp, "imprint") == {"de": "Wir"}


def test_too_long_a_text_is_refused_beside_its_field(camp: Camp, browser: FlaskClient) -> None:
    page = make.save(browser, "/ecm27/organise/texts/rules", data={"de": "kurz", "en": "x" * 20_001}, headers=EN)
    assert (page.status_code, "at most 20000 characters" in page.text, ">\r\nkurz</textarea>" in page.text) == (422, True, True)


def test_greeting_for_all_wlan_and_emergency_for_those_who_are_registered(app: Flask, client: FlaskClient) -> None:
    camp = make.camp("offen")
    who = make.participant(camp)
    from camp.db import writing
    with writing():
        for name in ("welcome", "wlan", "emergency"):
            texts.put(camp, name, "de", f"Text {name}")
    page, mine = client.get("/offen/").text, make.browser(app, who).get("/offen/").text
    assert [f"Text {name}" in page for name in ("welcome", "wlan", "emergency")] == [True, False, False]
    assert [f"Text {name}" in mine for name in ("welcome", "wlan", "emergency")] == [True, True, True]
