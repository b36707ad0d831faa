"""Tests of sessions/views/quality.py."""

from __future__ import annotations

import pytest
from flask import Flask

from camp import jobs
from camp.db import db, writing
from sessions import agenda, proofs
from sessions.standing import standing_of
from sessions.views import quality
from tests import make
from tests.queries import count_queries
from tests.sessions.test_drafts import KEY, Proposal
from tests.sessions.views.test_planning import helper

QUALITY = "/ecm27/organise/plan/quality"


def test_the_page_says_what_is_kept_and_draws_who_wants_what(app: Flask) -> None:
    place = Proposal(app)
    for _ in range(5):
        make.vote(app, make.participant(place.camp), *place.sessions)
    place.take(2)
    page = helper(app, place.camp).get(f"{QUALITY}?lang=en").text
    assert "Of 12 wishes that fit into these slots, 12 can be kept." in page and "The pin-board way would keep 12." in page
    assert "The pair most wanted at the same time: “Three” and “One”, by 6 people" in page or "“One” and “Three”, by 6 people" in page
    assert page.count('class="heat heat-5"') == 1 and page.count('class="frame"') == 2
    assert "A · Room A" in page and "Nothing is proven of this plan yet." in page


def test_few_people_are_not_drawn_and_an_empty_plan_says_so(app: Flask) -> None:
    place = Proposal(app)
    assert 'class="heat' not in helper(app, place.camp).get(QUALITY).text
    assert "No plan yet" in helper(app, make.camp("ecm28")).get("/ecm28/organise/plan/quality?lang=en").text


def test_what_is_proven_is_said_here_and_on_the_plan(app: Flask) -> None:
    place = Proposal(app)
    mark = proofs.mark_of(standing_of(place.camp, KEY))
    with writing():
        proofs.keep(place.camp.id, mark, 2.5, True)
    browser = helper(app, place.camp)
    for path in (QUALITY, "/ecm27/organise/plan"):
        assert "At most 20 % below the best possible (proven)." in browser.get(f"{path}?lang=en").text
    assert f'href="{QUALITY}"' in browser.get("/ecm27/organise/plan").text


def test_the_button_asks_for_a_job_and_without_the_extra_says_how_to_get_it(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    place = Proposal(app)
    browser = helper(app, place.camp)
    answer = browser.post("/ecm27/organise/plan/proof")
    job = jobs.latest(place.camp, "proof")[0]
    assert (answer.status_code, answer.location) == (303, f"/ecm27/organise/jobs/{job.id}")
    assert (job.args["seconds"], job.args["link"]) == (60, QUALITY)
    assert "The plan is being proven" in browser.get(f"/ecm27/organise/jobs/{job.id}?lang=en").text
    assert "A proof is being looked for." in browser.get(f"{QUALITY}?lang=en").text
    with writing():
        db.session.delete(db.session.get_one(type(job), job.id))
    monkeypatch.setattr(quality, "available", lambda: False)
    page = browser.get(f"{QUALITY}?lang=en").text
    assert "barcamp-toolkit[proof]" in page and "Prove it" not in page
    assert helper(app, place.camp, "moderator").post("/ecm27/organise/plan/proof").status_code == 403


def test_my_page_has_my_own_number(app: Flask) -> None:
    place = Proposal(app)
    who = make.participant(place.camp)
    make.vote(app, who, *place.sessions)
    mine = make.browser(app, who)
    assert "can be kept" not in mine.get("/ecm27/me?lang=en").text
    with writing():
        agenda.publish(place.camp)
    page = mine.get("/ecm27/me?lang=en").text
    assert "2 of your 3 wishes can be kept." in page and "1 of them has no cell." in page
    assert "can be kept" not in make.browser(app, make.participant(place.camp)).get("/ecm27/me?lang=en").text


def test_the_page_takes_the_same_number_of_queries_whatever_it_shows(app: Flask) -> None:
    place = Proposal(app)
    browser = helper(app, place.camp)
    numbers = []
    for _ in range(2):
        with count_queries() as counted:
            assert browser.get(QUALITY).status_code == 200
        numbers.append(len(counted))
        make.vote(app, make.participant(place.camp), *place.sessions)
        make.session(place.camp, "More")
    assert numbers[0] == numbers[1]
