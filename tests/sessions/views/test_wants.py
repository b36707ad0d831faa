"""Tests of sessions/views/wants.py."""

from __future__ import annotations

from flask import Flask

from sessions import wants
from sessions.planner.problem import Wants
from tests import make
from tests.sessions.views.test_planning import helper

WANTS = "/ecm27/organise/plan/wants"


def test_organisers_say_what_counts_and_the_search_names_it(app: Flask) -> None:
    camp = make.camp()
    make.session(camp)
    browser = helper(app, camp)
    assert "checked" not in browser.get(WANTS).text
    answer = make.save(browser, WANTS, data={"firsts": "y", "apart": "y"})
    assert (answer.status_code, answer.location) == (303, "/ecm27/organise/plan/draft")
    assert wants.of(camp) == Wants(firsts=True, apart=True)
    assert browser.get(WANTS).text.count("checked") == 2
    assert f'href="{WANTS}"' in browser.get("/ecm27/organise/plan/draft").text
    assert helper(app, camp, "moderator").get(WANTS).status_code == 403
