from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from camp import clock, people_export, wlan
from camp.db import writing
from camp.models import Camp
from tests import make

EN = {"Accept-Language": "en"}


def test_codes_are_added_and_their_shortage_is_told(camp: Camp, browser: FlaskClient) -> None:
    for name in ("Ana", "Bo", "Cem"):
        make.participant(camp, name)
    assert "No codes yet" in browser.get("/ecm27/organise/wlan", headers=EN).text
    assert "WLAN code" not in browser.get("/ecm27/organise", headers=EN).text.replace("WLAN codes</a>", "")
    assert browser.post("/ecm27/organise/wlan", data={"codes": "eins\nzwei"}, headers=EN).location == "/ecm27/organise/wlan"
    page = browser.get("/ecm27/organise/wlan", headers=EN).text
    assert ("2 new codes." in page, "A code is missing: there are more people with a place than codes." in page) == (True, True)
    assert "A WLAN code is missing." in browser.get("/ecm27/organise", headers=EN).text
    browser.post("/ecm27/organise/wlan", data={"codes": "drei\nvier"})
    page = browser.get("/ecm27/organise/wlan", headers=EN).text
    assert ("Everybody with a place has a code." in page, "Throw the free code away" in page) == (True, True)
    assert browser.post("/ecm27/organise/wlan/drop").status_code == 303
    assert wlan.stock(camp).codes == 3


def test_a_refused_list_stays_in_the_field(camp: Camp, browser: FlaskClient) -> None:
    page = browser.post("/ecm27/organise/wlan", data={"codes": "gut\n" + "x" * 101}, headers=EN)
    assert (page.status_code, "A WLAN code has at most 100 characters." in page.text, ">\r\ngut" in page.text or "gut\n" in page.text) == (422, True, True)
    assert wlan.stock(camp).codes == 0


def test_a_code_stands_on_my_page_during_the_camp_and_nowhere_else(app: Flask, camp: Camp, browser: FlaskClient) -> None:
    ana, bo = make.participant(camp, "Ana"), make.participant(camp, "Bo")
    with writing():
        wlan.give(camp, {ana.id: "nur-für-ana", bo.id: "nur-für-bo"})
    hers = make.browser(app, ana)
    assert "nur-für" not in hers.get("/ecm27/me").text
    with clock.shifted(make.until_noon(camp) + timedelta(minutes=1)):
        mine = make.browser(app, ana)
        page = mine.get("/ecm27/me", headers=EN).text
        assert ("WLAN for you" in page, "nur-für-ana" in page, "nur-für-bo" in page) == (True, True, False)
        assert "nur-für" not in mine.get("/ecm27/").text
    assert "nur-für-ana" in browser.get(f"/ecm27/organise/people/{ana.id}").text


def test_the_organisers_export_has_a_column_of_codes_where_there_are_any(camp: Camp, browser: FlaskClient) -> None:
    ana = make.participant(camp, "Ana")
    assert people_export.WLAN not in browser.get("/ecm27/organise/people.csv", headers=EN).text
    with writing():
        wlan.give(camp, {ana.id: "=1+1"})
    heading, row = browser.get("/ecm27/organise/people.csv", headers=EN).data.decode("utf-8-sig").splitlines()[:2]
    assert (heading.split(";")[-1], row.split(";")[-1]) == ('"WLAN code"', '"\'=1+1"')
