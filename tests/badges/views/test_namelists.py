from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from camp import clock, jobs
from camp.db import db
from camp.models import Camp, Job
from tests import make
from tests.badges.made import english

LIST, MAKE = "/ecm27/organise/arrivals/names.pdf", "/ecm27/organise/arrivals/names"


def test_an_organiser_has_the_list_made_and_fetches_it_from_arrivals_and_desk(camp: Camp, organiser: FlaskClient) -> None:
    make.participant(camp)
    none = organiser.get(LIST)
    assert (none.status_code, "There is no list of names at the moment." in none.text) == (404, True)
    assert [LIST in organiser.get(f"/ecm27/organise{page}").text for page in ("", "/arrivals")] == [False, False]
    asked = organiser.post(MAKE)
    job = db.session.query(Job).one()
    assert (asked.status_code, asked.headers["Location"], job.args) == (303, f"/ecm27/organise/jobs/{job.id}", {"day": "2027-04-24"})
    assert jobs.run_next()
    assert [LIST in organiser.get(f"/ecm27/organise{page}").text for page in ("", "/arrivals")] == [True, True]
    answer = organiser.get(LIST)
    assert (answer.status_code, answer.mimetype, answer.headers["Cache-Control"], answer.data[:5]) == (200, "application/pdf", "no-store", b"%PDF-")
    assert "names-ecm27-2027-04-24.pdf" in answer.headers["Content-Disposition"]


def test_after_the_camp_no_list_is_made(app: Flask, camp: Camp) -> None:
    person = make.person()
    make.role(camp, person, "organiser")
    with clock.shifted(make.until_noon(camp) + timedelta(days=1)):
        answer = english(make.browser(app, person)).post(MAKE)
    assert (answer.status_code, "The camp is over" in answer.text, db.session.query(Job).count()) == (409, True, 0)
