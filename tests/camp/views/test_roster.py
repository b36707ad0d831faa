"""The page of the roster, its form, the line on the team's pages, and my shifts on my page."""

from __future__ import annotations

import re
from datetime import time, timedelta

from flask import Flask
from flask.testing import FlaskClient

from camp import clock, roster
from camp.db import db, writing
from camp.models import Camp, Shift
from camp.roster import Duty
from tests import make
from tests.queries import count_queries

EN = {"Accept-Language": "en"}
FORM = {"task": "lead", "title": "", "date": "2027-04-24", "starts": "09:00", "ends": "11:00", "who": "Mai Krause", "phone": "0151 23"}


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split()).replace(" .", ".")


def test_a_shift_is_written_by_organisers_and_read_by_helpers_with_its_number(app: Flask, camp: Camp, browser: FlaskClient) -> None:
    helper = make.person("hilfe@example.org")
    make.role(camp, helper, "helper")
    assert browser.post("/ecm27/organise/roster", data=FORM).headers["Location"] == "/ecm27/roster"
    page = make.browser(app, helper).get("/ecm27/roster", headers=EN).text
    assert "9:00 to 11:00 In charge Mai Krause 0151 23" in words(page)
    assert ('href="tel:015123"' in page, "Add a shift" in page) == (True, False)
    other = make.browser(app, make.participant(camp))
    assert other.get("/ecm27/roster").status_code == 403


def test_open_hours_lead_to_the_form_with_their_times(camp: Camp, browser: FlaskClient) -> None:
    browser.post("/ecm27/organise/roster", data=FORM | {"ends": "10:15"})
    page = browser.get("/ecm27/roster", headers=EN).text
    assert "10:15 to 11:45 In charge open" in words(page)
    way = re.search(r'href="([^"]+starts=10:15[^"]+)"', page)
    assert way is not None
    form = browser.get(way[1].replace("&amp;", "&")).text
    assert ('value="10:15"' in form, 'value="11:45"' in form) == (True, True)
    assert browser.get("/ecm27/organise/roster?starts=x&date=y&task=z").status_code == 200


def test_save_and_add_the_next_goes_on_where_the_last_ended(camp: Camp, browser: FlaskClient) -> None:
    answer = browser.post("/ecm27/organise/roster", data=FORM | {"more": "yes", "task": "door"})
    assert answer.headers["Location"] == "/ecm27/organise/roster?date=2027-04-24&starts=11:00&task=door"


def test_an_overlap_is_refused_in_words_and_the_rest_stays(camp: Camp, browser: FlaskClient) -> None:
    browser.post("/ecm27/organise/roster", data=FORM)
    answer = browser.post("/ecm27/organise/roster", data=FORM | {"starts": "10:00", "ends": "12:00", "task": "door"}, headers=EN)
    assert (answer.status_code, "Mai Krause has another shift then, from 09:00 to 11:00." in answer.text, 'value="12:00"' in answer.text) == (422, True, True)
    assert db.session.query(Shift).count() == 1


def test_a_shift_is_changed_and_taken_away(camp: Camp, browser: FlaskClient) -> None:
    browser.post("/ecm27/organise/roster", data=FORM)
    one = roster.shifts(camp)[0]
    assert 'value="0151 23"' in browser.get(f"/ecm27/organise/roster/{one.id}").text
    assert make.save(browser, f"/ecm27/organise/roster/{one.id}", data=FORM | {"ends": "12:30"}).status_code == 303
    assert roster.shifts(camp)[0].ends == time(12, 30)
    assert browser.post(f"/ecm27/organise/roster/{one.id}/remove").status_code == 303
    assert roster.shifts(camp) == []


def test_on_the_day_every_page_of_the_team_names_who_is_in_charge(app: Flask, camp: Camp, browser: FlaskClient) -> None:
    moderator, guest = make.participant(camp, "Mo"), make.participant(camp, "Gast")
    make.role(camp, moderator.person, "moderator")
    with writing():
        roster.put(camp, None, Duty("lead", "", make.DAY, time(9), time(13), "Mai Krause", "0151 23"))
        roster.put(camp, None, Duty("lead", "", make.DAY, time(14), time(16), "Ben"))
        roster.put(camp, None, Duty("lead", "", make.DAY, time(16), time(18), "Ada", "0151 5"))
    told = "In charge now: Mai Krause 0151 23 until 13:00. From 14:00: Ben. From 16:00: Ada 0151 5."
    with clock.shifted(make.until_noon(camp)):
        mine, other = make.browser(app, moderator), make.browser(app, guest)
        for path in ("organise/plan", "roster", "", "agenda", "me"):
            assert told in words(mine.get(f"/ecm27/{path}", headers=EN).text), path
        for path in ("", "agenda", "me"):
            assert "In charge now" not in other.get(f"/ecm27/{path}", headers=EN).text
    assert "In charge now" not in make.browser(app, moderator).get("/ecm27/roster", headers=EN).text


def test_the_day_before_it_is_named_only_if_somebody_is(app: Flask, camp: Camp, browser: FlaskClient) -> None:
    before = make.until_noon(camp) - timedelta(days=1)
    with clock.shifted(before):
        assert "in charge now" not in browser.get("/ecm27/roster", headers=EN).text
    with writing():
        roster.put(camp, None, Duty("lead", "", make.DAY - timedelta(days=1), time(8), time(20), "Ben"))
    helper = make.person()
    make.role(camp, helper, "helper")
    with clock.shifted(before):
        assert "In charge now: Ben until 20:00" in words(make.browser(app, helper).get("/ecm27/roster", headers=EN).text)


def test_my_shifts_stand_on_my_page(app: Flask, camp: Camp) -> None:
    mai = make.participant(camp, "Mai", "Krause")
    with writing():
        roster.put(camp, None, Duty("door", "main entrance", make.DAY, time(9), time(11), "Mai Krause"))
    page = words(make.browser(app, mai).get("/ecm27/me", headers=EN).text)
    assert "Saturday, 24 April 2027 , 9:00 to 11:00 : Door · main entrance" in page.replace("2027,", "2027 ,").replace("11:00:", "11:00 :")


def test_the_page_asks_as_much_for_many_shifts_as_for_one(app: Flask, camp: Camp, browser: FlaskClient) -> None:
    def shifts(first: int, last: int) -> int:
        for hour in range(first, last):
            who = make.participant(camp, f"Name{hour}")
            with writing():
                roster.put(camp, None, Duty("door", "", make.DAY, time(hour), time(hour + 1), who.name))
        with count_queries() as asked:
            browser.get("/ecm27/roster")
        return len(asked)
    assert shifts(8, 9) == shifts(9, 12)
