from __future__ import annotations

from flask import Flask

from camp.camps import by_slug
from camp.db import db
from camp.models import Camp
from tests import make

EN = {"Accept-Language": "en"}
FORM = {"title": "Camp 2028", "slug": "ecm28", "date": "2028-04-22", "hashtag": "#ecm28"}


def test_whoever_runs_the_installation_makes_the_next_camp_after_one_they_organise(app: Flask) -> None:
    camp, who = make.camp(hashtag="#ecm27"), make.person(administrator=True)
    make.role(camp, who, "organiser")
    browser = make.browser(app, who)
    assert 'href="/camps/new/from/ecm27"' in browser.get("/camps/new", headers=EN).text
    page = browser.get("/camps/new/from/ecm27", headers=EN).text
    assert ('value="Camp ecm28"' in page, 'value="ecm28"' in page, 'value="#ecm28"' in page, 'value="2028-04-22"' in page) == (True,) * 4
    assert browser.post("/camps/new/from/ecm27", data=FORM, headers=EN).location == "/ecm28/organise/opening"
    page = browser.get("/ecm28/organise/opening", headers=EN).text
    assert ("look through its texts first" in page, page.count("to be checked"), "4 texts are missing" in page) == (True, 4, True)
    text = browser.get("/ecm28/organise/texts/imprint", headers=EN).text
    assert "This text comes from another camp." in text
    make.save(browser, "/ecm28/organise/texts/imprint", data={"de": "I", "en": ""})
    assert browser.get("/ecm28/organise/opening", headers=EN).text.count("to be checked") == 3


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_made(app: Flask) -> None:
    camp, who = make.camp(), make.person(administrator=True)
    make.role(camp, who, "organiser")
    browser = make.browser(app, who)
    page = browser.post("/camps/new/from/ecm27", data=FORM | {"slug": "ecm27"}, headers=EN)
    assert (page.status_code, "The short name “ecm27” is taken." in page.text, 'value="Camp 2028"' in page.text) == (422, True, True)
    page = browser.post("/camps/new/from/ecm27", data=FORM | {"date": "gestern", "title": ""}, headers=EN)
    assert (page.status_code, "This is no day." in page.text, "This is still empty." in page.text) == (422, True, True)
    assert db.session.query(Camp).count() == 1


def test_nobody_clones_a_camp_that_they_do_not_organise(app: Flask) -> None:
    camp, other = make.camp(), make.camp("fremd")
    runs, organises = make.person(administrator=True), make.person()
    make.role(camp, organises, "organiser")
    make.role(other, runs, "moderator")
    assert [make.browser(app, runs).post(f"/camps/new/from/{slug}", data=FORM).status_code for slug in ("ecm27", "fremd", "keins")] == [404] * 3
    assert make.browser(app, organises).post("/camps/new/from/ecm27", data=FORM).status_code == 403
    assert by_slug("ecm28") is None
    assert "Pattern" not in make.browser(app, runs).get("/camps/new", headers=EN).text


def test_without_the_second_factor_that_a_camp_demands_it_is_no_pattern(app: Flask) -> None:
    camp, who = make.camp(second_factor_required=True), make.person(administrator=True)
    make.role(camp, who, "organiser")
    assert make.browser(app, who).get("/camps/new/from/ecm27").status_code == 404
