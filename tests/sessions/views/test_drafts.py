"""Tests of sessions/views/drafts.py."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient

from camp import jobs, venue
from camp.db import db, writing
from camp.models import ClosedCell, Job
from sessions import drafts
from sessions.models import Placement
from sessions.standing import standing_of
from tests import make
from tests.sessions.test_drafts import Proposal
from tests.sessions.views.test_planning import helper

DRAFT = "/ecm27/organise/plan/draft"


def sent(browser: FlaskClient) -> dict[str, str]:
    """What the page sends along, whatever button is pressed."""
    return dict(re.findall(r'<input type="hidden" name="(seen)" value="([^"]*)"', browser.get(DRAFT).text))


def test_an_organiser_searches_watches_and_stops(app: Flask) -> None:
    camp = make.camp()
    make.session(camp, "One")
    browser = helper(app, camp)
    assert "nothing stands in the way" in browser.get(f"{DRAFT}?lang=en").text
    answer = browser.post("/ecm27/organise/plan", data={"seconds": "10"})
    assert (answer.status_code, answer.location) == (303, DRAFT)
    job = jobs.latest(camp, "plan")[0]
    assert (job.args["seconds"], job.args["link"]) == (10, DRAFT)
    page = browser.get(DRAFT).text
    assert "Waiting for the worker" in page and "Stop, keep the best" in page
    assert f'href="{DRAFT}"' in browser.get("/ecm27/organise/plan").text
    with writing():
        db.session.get_one(Job, job.id).state = "running"
        drafts.begin(camp, job.id, 1, standing_of(camp))
        drafts.note(camp.id, job.id, [drafts.Point(0.5, 9, 3, 0, 1), drafts.Point(1.5, 99, 7, 1, 1)], 12)
    live = browser.get(DRAFT, headers={"HX-Request": "true"}).text
    assert "<html" not in live and "7 of 12 wishes fit so far." in live and "at most 5 are missing" in live
    assert "Last improvement: after 1.5 s, by 4 wishes." in live and 'data-kept="3,7"' in live
    assert browser.post(f"{DRAFT}/stop").location == DRAFT
    db.session.expire_all()
    assert jobs.latest(camp, "plan")[0].cancel_asked


def test_when_the_search_is_over_the_page_loads_anew(app: Flask) -> None:
    place = Proposal(app)
    answer = helper(app, place.camp).get(f"{DRAFT}?lang=en", headers={"HX-Request": "true"})
    assert answer.headers["HX-Refresh"] == "true" and "Proposed plan" in answer.text


def test_the_comparison_lists_what_changes_and_all_of_it_can_be_taken(app: Flask) -> None:
    place = Proposal(app)
    browser = helper(app, place.camp)
    page = browser.get(f"{DRAFT}?lang=en").text
    assert "3 sessions change" in page and "from 10:00, A · Room A to 11:00, A · Room A" in page
    assert "comes in: 10:00, B · Room B" in page
    answer = browser.post(DRAFT, data=sent(browser) | {"do": "all"})
    assert (answer.status_code, answer.location) == (303, "/ecm27/organise/plan")
    assert place.where() == {"One": (0, 1), "Two": (0, 0), "Three": (1, 0)}
    assert browser.post(f"{DRAFT}?lang=en", data={"do": "all"}).status_code == 404


def test_a_part_says_first_what_goes_along_and_is_then_taken(app: Flask) -> None:
    place = Proposal(app)
    browser = helper(app, place.camp)
    asked = browser.post(f"{DRAFT}?lang=en", data=sent(browser) | {"do": "part", "session": place.name(0)})
    assert asked.status_code == 422 and "What you ticked goes only together with more." in asked.text
    assert "“Two” goes along: it lies where “One” shall go." in asked.text
    ticked = re.findall(r'name="session" value="(\w+)" checked', asked.text)
    assert sorted(ticked) == [place.name(0), place.name(1)]
    assert place.where() == {"One": (0, 0), "Two": (0, 1)}
    taken = browser.post(DRAFT, data=sent(browser) | {"do": "part", "session": ticked})
    assert (taken.status_code, taken.location) == (303, DRAFT)
    assert place.where() == {"One": (0, 1), "Two": (0, 0)}
    assert "1 session changes" in browser.get(DRAFT).text


def test_what_a_part_would_give_is_told_and_nothing_is_taken(app: Flask) -> None:
    place = Proposal(app)
    browser = helper(app, place.camp)
    page = browser.post(f"{DRAFT}?lang=en", data=sent(browser) | {"do": "look", "session": place.name(2)})
    assert page.status_code == 200 and "1 session is ticked." in page.text and "With what is ticked" in page.text
    none = browser.post(f"{DRAFT}?lang=en", data=sent(browser) | {"do": "part"})
    assert none.status_code == 422 and "Nothing is ticked." in none.text
    assert place.where() == {"One": (0, 0), "Two": (0, 1)}


def test_what_the_camp_forbids_by_now_is_said_and_so_is_a_plan_that_changed(app: Flask) -> None:
    place = Proposal(app)
    browser = helper(app, place.camp)
    old = sent(browser)
    with writing():
        db.session.add(ClosedCell(room_id=place.rooms[1], slot_id=place.slots[0]))
    refused = browser.post(f"{DRAFT}?lang=en", data=old | {"do": "all"})
    assert refused.status_code == 409 and "Room B is closed at 10:00." in refused.text
    other = browser.post(f"{DRAFT}?lang=en", data={"do": "all", "seen": "another"})
    assert other.status_code == 409 and "The plan has changed meanwhile." in other.text
    assert place.where() == {"One": (0, 0), "Two": (0, 1)}


def test_before_a_search_the_page_says_what_leaves_no_plan(app: Flask) -> None:
    camp = make.camp()
    host = make.participant(camp, "Anna", "Richter")
    pair = [make.session(camp, title, [host]) for title in ("One", "Other")]
    make.session(camp, "Streamed", needs=["stream"])
    grid = venue.grid(camp)
    cells = [(room.id, grid.session_slots[0].id) for room in grid.rooms]
    db.session.rollback()
    with writing():
        for session, (room, slot) in zip(pair, cells, strict=True):
            db.session.add(Placement(session_id=session.id, room_id=room, slot_id=slot, pinned=True))
    page = helper(app, camp).get(f"{DRAFT}?lang=en").text
    assert "“One” and “Other” must both be held at 10:00 by Anna Richter" in page
    assert "no room has video stream" in page and "Search</button>" not in page


def test_a_search_that_failed_says_why(app: Flask) -> None:
    camp = make.camp()
    make.session(camp)
    with writing():
        job = jobs.ask(camp, "plan", {}, None)
        job.state, job.note, job.note_values = "failed", "No plan is possible: %(culprits)s", {"culprits": "Oh."}
    assert "No plan is possible: Oh." in helper(app, camp).get(f"{DRAFT}?lang=en").text


def test_a_proposal_is_thrown_away(app: Flask) -> None:
    place = Proposal(app)
    browser = helper(app, place.camp)
    assert browser.post(f"{DRAFT}/discard").location == "/ecm27/organise/plan"
    assert "Search for a plan" in browser.get(f"{DRAFT}?lang=en").text


def test_moderators_look_and_organisers_act(app: Flask) -> None:
    place = Proposal(app)
    moderator = helper(app, place.camp, "moderator")
    page = moderator.get(f"{DRAFT}?lang=en").text
    assert "Wishes that fit" in page and "Take the whole plan" not in page and "Search</button>" not in page
    for path in ("/ecm27/organise/plan", DRAFT, f"{DRAFT}/stop", f"{DRAFT}/discard"):
        assert moderator.post(path, data={"do": "all"}).status_code == 403
    organiser = helper(app, place.camp)
    assert organiser.post(DRAFT, data={"do": "half"}).status_code == 422
    assert organiser.post("/ecm27/organise/plan?lang=en", data={"seconds": "9"}).status_code == 422
