from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from badges import drill
from badges import jobs as badge_jobs
from camp import jobs, printed
from camp.db import db
from camp.models import Camp, Job
from tests import make

NEW = {"whose": "new", "layout": "a4-10", "start": "1"}


@pytest.fixture
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(badge_jobs.setting, "pdf", lambda *_, **__: b"%PDF-1.7 badges")


def test_without_people_there_is_nothing_to_print_and_the_page_says_so(camp: Camp, organiser: FlaskClient) -> None:
    page = organiser.get("/ecm27/organise/badges?lang=en").get_data(as_text=True)
    assert ("Nobody has a place yet" in page, "Print badges" in page) == (True, False)
    answer = organiser.post("/ecm27/organise/badges", data=NEW)
    assert (answer.status_code, "Nobody has a place yet" in answer.get_data(as_text=True)) == (409, True)
    assert db.session.query(Job).count() == 0


@pytest.mark.usefixtures("_quick")
def test_a_print_is_asked_for_made_and_fetched(app: Flask, camp: Camp, organiser: FlaskClient) -> None:
    make.participant(camp)
    assert "Print badges" in organiser.get("/ecm27/organise/badges?lang=en").get_data(as_text=True)
    asked = organiser.post("/ecm27/organise/badges", data=NEW)
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
    organiser.post("/ecm27/organise/badges", data=NEW)
    jobs.run_next()
    job, other = db.session.query(Job).one(), make.camp("other")
    stranger = make.person()
    make.role(other, stranger, "organiser")
    path = f"organise/badges/{job.id}.pdf"
    assert make.browser(app, stranger).get(f"/other/{path}").status_code == 404
    assert make.browser(app, stranger).get(f"/ecm27/{path}").status_code == 403
    assert make.browser(app).get(f"/ecm27/{path}").status_code == 303
    with app.app_context():
        printed.stored(app.config["CAMP"], job).unlink()  # type: ignore[union-attr]
    assert organiser.get(f"/ecm27/{path}").status_code == 404
    assert "no longer kept" in organiser.get("/ecm27/organise/badges?lang=en").get_data(as_text=True)


@pytest.mark.usefixtures("_quick")
def test_a_reprint_asks_first(camp: Camp, organiser: FlaskClient) -> None:
    mai = make.participant(camp)
    organiser.post("/ecm27/organise/badges", data=NEW)
    jobs.run_next()
    for wish in ({"whose": "all"}, {"whose": ["new", "chosen"], "who": str(mai.id)}):
        asked = organiser.post("/ecm27/organise/badges", data=NEW | wish)
        assert (asked.status_code, "has been printed already" in asked.text) == (422, True)
        again = organiser.post("/ecm27/organise/badges", data=NEW | wish | {"again": "y"})
        assert (again.status_code, jobs.run_next()) == (303, True)
    assert "Those chosen below" in organiser.get("/ecm27/organise/badges").text.rpartition("What has been printed")[2]
    assert "There are no badges of this choice." in organiser.post("/ecm27/organise/badges", data=NEW).text


@pytest.mark.parametrize(("wish", "sentence"), [
    ({"start": "11"}, "This sheet has 10 places."), ({"whose": "chosen"}, "Choose somebody at least."), ({"layout": "a3"}, "Not a valid choice")])
def test_a_wish_that_makes_no_sense_is_refused(camp: Camp, organiser: FlaskClient, wish: dict[str, str], sentence: str) -> None:
    make.participant(camp)
    answer = organiser.post("/ecm27/organise/badges", data=NEW | wish)
    assert (answer.status_code, sentence in answer.text, db.session.query(Job).count()) == (422, True, 0)


def test_while_one_print_runs_another_one_waits(camp: Camp, organiser: FlaskClient) -> None:
    make.participant(camp)
    assert [organiser.post("/ecm27/organise/badges", data=NEW).status_code for _ in range(2)] == [303, 303]
    assert organiser.post("/ecm27/organise/badges", data=NEW | {"layout": "a6"}).status_code == 409
    assert db.session.query(Job).count() == 1


@pytest.mark.usefixtures("_quick")
def test_blank_badges_are_made_and_printed(camp: Camp, organiser: FlaskClient) -> None:
    assert organiser.post("/ecm27/organise/badges/blank", data={"number": "0", "layout": "a4-10"}).status_code == 422
    assert organiser.post("/ecm27/organise/badges/blank", data={"number": "12", "layout": "a4-10"}).status_code == 303
    jobs.run_next()
    assert db.session.query(Job).one().result["number"] == 12


@pytest.mark.usefixtures("_quick")
def test_badges_for_a_drill_are_asked_for(camp: Camp, organiser: FlaskClient) -> None:
    assert organiser.post("/ecm27/organise/badges/drill", data={"layout": "a3"}).status_code == 422
    assert organiser.post("/ecm27/organise/badges/drill", data={"layout": "a6"}).status_code == 303
    jobs.run_next()
    assert (db.session.query(Job).one().result["number"], db.session.query(Job).one().args["layout"]) == (drill.PEOPLE, "a6")
    assert "Badges for a drill" in organiser.get("/ecm27/organise/badges").text.rpartition("What has been printed")[2]


def test_the_page_says_how_to_print_on_both_sides(camp: Camp, organiser: FlaskClient) -> None:
    make.participant(camp)
    assert "turned over the short edge" in organiser.get("/ecm27/organise/badges").text


def test_every_field_of_both_forms_has_its_own_label(camp: Camp, organiser: FlaskClient) -> None:
    make.participant(camp)
    page = organiser.get("/ecm27/organise/badges").text
    assert [page.count(f'for="{name}"') == page.count(f' id="{name}"') == 1 for name in ("layout", "blank-layout", "blank-number", "start")] == [True] * 4


def test_the_test_page_is_a_pdf_for_each_sheet_there_is(organiser: FlaskClient) -> None:
    page = organiser.get("/ecm27/organise/badges/test-avery-l4785.pdf")
    assert (page.mimetype, page.data[:5]) == ("application/pdf", b"%PDF-")
    assert organiser.get("/ecm27/organise/badges/test-nothing.pdf").status_code == 404
