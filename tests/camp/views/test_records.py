"""The catalogue of jobs and the log: what organisers read there, and running again what ended."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from camp import clock, jobs, log
from camp.db import db, writing
from camp.models import Camp, Job, Person
from tests import make
from tests.queries import count_queries

EN = {"Accept-Language": "en"}


@pytest.fixture
def camp(app: Flask) -> Camp:
    return make.camp()


@pytest.fixture
def who(camp: Camp) -> Person:
    person = make.person("orga@example.org")
    make.role(camp, person, "organiser")
    return person


@pytest.fixture
def browser(app: Flask, who: Person) -> FlaskClient:
    return make.browser(app, who)


def _job(camp: Camp, **values: object) -> int:
    with writing():
        job = Job(**{"camp_id": camp.id, "name": "badges", "args": {"only": "new"}, "asked_at": clock.now()} | values)
        db.session.add(job)
        db.session.flush()
        return job.id


def test_each_job_stands_there_with_state_progress_message_and_a_button(camp: Camp, browser: FlaskClient) -> None:
    assert "No job yet" in browser.get("/ecm27/organise/jobs", headers=EN).text
    running = _job(camp, state="running", percent=40, note="Round %(number)d", note_values={"number": 7})
    failed = _job(camp, state="failed", note="The work was broken off three times.")
    page = browser.get("/ecm27/organise/jobs", headers=EN).text
    assert ("40 %" in page, "Round 7" in page, "The work was broken off three times." in page) == (True, True, True)
    assert f"/organise/jobs/{running}/cancel" in page and f"/organise/jobs/{running}/again" not in page
    assert f"/organise/jobs/{failed}/again" in page and f"/organise/jobs/{failed}/cancel" not in page


def test_what_ended_runs_again_once_and_what_runs_does_not(camp: Camp, who: Person, browser: FlaskClient) -> None:
    failed = _job(camp, state="failed")
    answer = browser.post(f"/ecm27/organise/jobs/{failed}/again")
    fresh = db.session.query(Job).filter(Job.id != failed).one()
    assert (answer.status_code, answer.location) == (303, f"/ecm27/organise/jobs/{fresh.id}")
    assert (fresh.name, fresh.args, fresh.state, fresh.asked_by) == ("badges", {"only": "new"}, "queued", who.id)
    assert browser.post(f"/ecm27/organise/jobs/{failed}/again").location == answer.location  # it waits already
    assert browser.post(f"/ecm27/organise/jobs/{fresh.id}/again").status_code == 409
    assert db.session.query(Job).count() == 2


def test_the_log_says_who_did_what_newest_first(camp: Camp, who: Person, browser: FlaskClient) -> None:
    assert "Nothing was done yet" in browser.get("/ecm27/organise/log", headers=EN).text
    mai = make.participant(camp, "Mai", "Krause")
    with writing():
        log.note("proposed session", camp_id=camp.id, person_id=mai.person_id)
        log.note("role", camp_id=camp.id, person_id=who.id)
    page = browser.get("/ecm27/organise/log", headers=EN).text
    assert page.index("changed a role") < page.index("Mai Krause") < page.index("made a proposal")
    assert "orga@example.org" in page
    with writing(), log.by_command("camp import"):
        log.note("imported people", camp_id=camp.id, person_id=who.id)
    assert "command “camp import”" in browser.get("/ecm27/organise/log", headers=EN).text
    assert "Rolle" in browser.get("/ecm27/organise/log", headers={"Accept-Language": "de"}).text


def test_both_pages_need_no_query_a_row(camp: Camp, browser: FlaskClient) -> None:
    for path, add in (("jobs", lambda: _job(camp, state="done")), ("log", lambda: _noted(camp))):
        counts = []
        for more in (1, 3):
            for _ in range(more):
                add()
            with count_queries() as queries:
                browser.get(f"/ecm27/organise/{path}")
            counts.append(len(queries))
        assert counts[0] == counts[1], path


def _noted(camp: Camp) -> None:
    with writing():
        log.note("made book", camp_id=camp.id)


def test_a_page_of_the_catalogue_holds_fifty(camp: Camp, browser: FlaskClient) -> None:
    for _ in range(51):
        _job(camp, state="done")
    assert jobs.count(camp) == 51
    assert browser.get("/ecm27/organise/jobs").text.count("/again") == 50
    assert browser.get("/ecm27/organise/jobs?page=2").text.count("/again") == 1
