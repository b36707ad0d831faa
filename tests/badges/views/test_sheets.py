from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from badges import jobs as badge_jobs
from camp import jobs
from camp.db import db
from camp.models import Camp, Job
from tests import make
from tests.badges.made import english


@pytest.fixture
def camp(app: Flask) -> Camp:
    return make.camp()


@pytest.fixture
def organiser(app: Flask, camp: Camp) -> FlaskClient:
    person = make.person()
    make.role(camp, person, "organiser")
    return english(make.browser(app, person))


@pytest.fixture
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(badge_jobs.sheet, "render", lambda *_, **__: b"%PDF-1.7 badges")


def test_without_people_there_is_nothing_to_print_and_the_page_says_so(camp: Camp, organiser: FlaskClient) -> None:
    page = organiser.get("/ecm27/organise/badges?lang=en").get_data(as_text=True)
    assert ("Nobody has a place yet" in page, "<form" in page) == (True, False)
    answer = organiser.post("/ecm27/organise/badges")
    assert (answer.status_code, "Nobody has a place yet" in answer.get_data(as_text=True)) == (409, True)
    assert db.session.query(Job).count() == 0


@pytest.mark.usefixtures("_quick")
def test_a_print_is_asked_for_made_and_fetched(app: Flask, camp: Camp, organiser: FlaskClient) -> None:
    make.participant(camp)
    assert "Print one badge" in organiser.get("/ecm27/organise/badges?lang=en").get_data(as_text=True)
    asked = organiser.post("/ecm27/organise/badges")
    job = db.session.query(Job).one()
    assert (asked.status_code, asked.headers["Location"]) == (303, f"/ecm27/organise/jobs/{job.id}")
    assert "How far it is" in organiser.get("/ecm27/organise/badges").get_data(as_text=True)
    assert organiser.get(f"/ecm27/organise/badges/{job.id}.pdf").status_code == 404
    assert jobs.run_next()
    done = organiser.get(f"/ecm27/organise/jobs/{job.id}").get_data(as_text=True)
    assert (f'href="/ecm27/organise/badges/{job.id}.pdf"' in done, "Download the badges" in done) == (True, True)
    listed = organiser.get("/ecm27/organise/badges").get_data(as_text=True)
    assert f'href="/ecm27/organise/badges/{job.id}.pdf"' in listed
    file = organiser.get(f"/ecm27/organise/badges/{job.id}.pdf")
    assert (file.data, file.mimetype) == (b"%PDF-1.7 badges", "application/pdf")
    assert file.headers["Cache-Control"] == "no-store"
    assert file.headers["Content-Disposition"] == f"attachment; filename=badges-ecm27-{job.id}.pdf"


@pytest.mark.usefixtures("_quick")
def test_the_file_is_for_the_organisers_of_its_camp(app: Flask, camp: Camp, organiser: FlaskClient) -> None:
    make.participant(camp)
    organiser.post("/ecm27/organise/badges")
    jobs.run_next()
    job, other = db.session.query(Job).one(), make.camp("other")
    stranger = make.person()
    make.role(other, stranger, "organiser")
    path = f"organise/badges/{job.id}.pdf"
    assert make.browser(app, stranger).get(f"/other/{path}").status_code == 404
    assert make.browser(app, stranger).get(f"/ecm27/{path}").status_code == 403
    assert make.browser(app).get(f"/ecm27/{path}").status_code == 303
    with app.app_context():
        badge_jobs.stored(app.config["CAMP"], job).unlink()  # type: ignore[union-attr]
    assert organiser.get(f"/ecm27/{path}").status_code == 404
    assert "no longer kept" in organiser.get("/ecm27/organise/badges?lang=en").get_data(as_text=True)
