from __future__ import annotations

import re

from flask.testing import FlaskClient

from camp.db import db, writing
from camp.models import Camp, Needs
from tests import make

EN = {"Accept-Language": "en"}


def test_files_have_a_name_and_are_kept_nowhere(camp: Camp, browser: FlaskClient) -> None:
    for kind, mime in (("csv", "text/csv; charset=utf-8"), ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")):
        headers = browser.get(f"/ecm27/organise/people.{kind}").headers
        assert re.fullmatch(rf'attachment; filename="people-ecm27-\d{{4}}-\d\d-\d\d\.{kind}"', headers["Content-Disposition"])
        assert (headers["Content-Type"], headers["Cache-Control"]) == (mime, "no-store")
    assert browser.get("/ecm27/organise/people.exe").status_code == 404


def test_the_list_of_people_leads_to_files_of_what_it_shows(camp: Camp, browser: FlaskClient) -> None:
    make.participant(camp, "Mai", state="waiting")
    make.participant(camp, "Ben")
    page = browser.get("/ecm27/organise/people?q=m&group=waiting", headers=EN).text
    assert 'href="/ecm27/organise/people.csv?q=m&amp;group=waiting"' in page
    assert ("Mai" in page, "Ben" in page) == (True, False)
    assert '<option value="waiting" selected>are waiting</option>' in page


def test_the_catering_sheet_counts_for_a_show_rate(camp: Camp, browser: FlaskClient) -> None:
    assert "Nobody eats yet" in browser.get("/ecm27/organise/catering", headers=EN).text
    for number in range(10):
        who = make.participant(camp, f"Name{number}")
        if number < 3:
            with writing():
                db.session.add(Needs(participant_id=who.id, diet="<b>vegan</b>"))
    page = " ".join(browser.get("/ecm27/organise/catering?rate=75", headers=EN).text.split())
    assert "<dt>Have a place</dt><dd>10</dd></div><div><dt>Expected to eat</dt><dd>8</dd></div><div><dt>To order</dt><dd>9</dd>" in page
    assert '<bdi>&lt;b&gt;vegan&lt;/b&gt;</bdi></th><td class="num">3</td><td class="num">2.25</td><td class="num">3</td>' in page
    assert "Name3" not in page
    assert "everybody is expected until you say otherwise" in page
    assert make.save(browser, "/ecm27/organise/catering", data={"order_by": "", "percent": "80"}).status_code == 303
    page = " ".join(browser.get("/ecm27/organise/catering", headers=EN).text.split())
    assert ("You have set that 80 % of those with a place come." in page, "everybody is expected" in page) == (True, False)
    for rate in ("0", "101", "x"):
        assert browser.get(f"/ecm27/organise/catering?rate={rate}").status_code == 200
