"""Tests of sessions/views/overflow.py."""

from __future__ import annotations

from flask import Flask

from camp.db import db
from camp.models import Mail
from tests import make
from tests.queries import count_queries
from tests.sessions.views.test_board import HOSTILE, helper


def test_the_list_answers_and_the_host_reads_it_on_their_page_and_everybody_on_the_sessions(app: Flask) -> None:
    camp = make.camp()
    host = make.participant(camp)
    one, browser = make.session(camp, HOSTILE, [host]), helper(app, camp)
    page = browser.get("/ecm27/organise/plan/overflow?lang=en").text
    assert "0 of 1 have one" in page and "&lt;img" in page and "<img" not in page
    answer = browser.post(f"/ecm27/organise/plan/{one.id}/answer", data={"kind": "table", "place": "Table 3 <b>"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/ecm27/organise/plan/overflow")
    for who, path in ((browser, "organise/plan/overflow"), (make.browser(app, host), "me"), (make.browser(app), f"proposals/{one.id}")):
        assert "An open table is kept for it: Table 3 &lt;b&gt;." in who.get(f"/ecm27/{path}?lang=en").text
    assert [(row.template, row.to) for row in db.session.query(Mail)] == [("session_answer", host.person.email)]


def test_a_table_without_a_place_is_refused_beside_its_field(app: Flask) -> None:
    camp = make.camp()
    one, browser = make.session(camp), helper(app, camp)
    answer = browser.post(f"/ecm27/organise/plan/{one.id}/answer?lang=en", data={"kind": "table", "place": ""})
    assert answer.status_code == 422 and "Say which table, and from when." in answer.text and 'aria-invalid="true"' in answer.text
    assert browser.post(f"/ecm27/organise/plan/{one.id}/answer", data={"kind": "beer"}).status_code == 422
    assert "Everything has a cell." in helper(app, make.camp("ecm28")).get("/ecm28/organise/plan/overflow?lang=en").text


def test_the_list_takes_the_same_number_of_queries_for_one_session_and_for_three(app: Flask) -> None:
    camp = make.camp()
    browser, numbers = helper(app, camp), []
    for number in range(3):
        one = make.session(camp, f"S{number}")
        browser.post(f"/ecm27/organise/plan/{one.id}/answer", data={"kind": "next"})
        with count_queries() as counted:
            assert browser.get("/ecm27/organise/plan/overflow").status_code == 200
        numbers.append(len(counted))
    assert numbers[0] == numbers[2]
