"""The camp book's page, its PDF and the job that makes it."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from camp import jobs
from camp.db import db
from camp.models import Camp, Job, Participant
from sessions import book_files
from tests import make
from tests.queries import count_queries
from tests.sessions import leave

EN = "?lang=en"


@pytest.fixture
def camp(app: Flask) -> Camp:
    for path in (Path(app.config["CAMP"].folder) / "files").glob("*"):
        path.unlink()
    return make.camp()


@pytest.fixture
def organiser(camp: Camp) -> Participant:
    made = make.participant(camp)
    make.role(camp, made.person, "organiser")
    return made


def test_before_there_is_anything_the_page_says_when_it_begins(camp: Camp, client: FlaskClient) -> None:
    make.session(camp, "Proposed only")
    page = client.get(f"/ecm27/book{EN}").text
    assert ("Nothing to read yet" in page, "Proposed only" in page) == (True, False)


def test_the_page_holds_agenda_notes_projects_and_figures(
    camp: Camp, organiser: Participant, client: FlaskClient
) -> None:
    held, bare, loose = (make.session(camp, title) for title in ("Held one", "Bare one", "Loose one"))
    leave.agenda(camp, held, bare)
    leave.project(camp, leave.outcome(camp, held, organiser), organiser)
    page = client.get(f"/ecm27/book{EN}").text
    for words in (
        "Held one",
        "It works.",
        "Bare one",
        "No notes yet",
        "Proposed, without a cell",
        "Loose one",
        "Hear your invoice",
        "The grid of the camp: 2 of 4 cells are filled.",
        "10:00",
        "Room A",
    ):
        assert words in page
    assert page.index("Held one") < page.index("Loose one")
    assert "/ecm27/book.pdf" not in page
    assert loose.state == "proposed"


def test_the_book_names_nobody_who_only_came_or_voted(app: Flask, camp: Camp, client: FlaskClient) -> None:
    quiet = make.participant(camp, "Quentin", "Quiet", organisation="Silent Ltd", town="Nowhere", arrived_at=make.EARLY)
    session = make.session(camp)
    leave.agenda(camp, session)
    make.vote(app, quiet, session)
    page = client.get("/ecm27/book").text
    assert [word in page for word in ("Quentin", "Quiet", "Silent Ltd", "Nowhere")] == [False] * 4


def test_the_pdf_that_was_not_made_is_a_404_with_a_sentence(camp: Camp, client: FlaskClient) -> None:
    answer = client.get(f"/ecm27/book.pdf{EN}")
    assert (answer.status_code, "has not been made yet" in answer.text) == (404, True)


def test_an_organiser_has_it_made_and_everybody_reads_it(
    app: Flask, camp: Camp, organiser: Participant, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book_files, "pdf_file", lambda book, language: f"%PDF {language}".encode())
    leave.agenda(camp, make.session(camp))
    answer = make.browser(app, organiser).post("/ecm27/organise/book")
    job = db.session.query(Job).one()
    assert (answer.status_code, answer.location, job.name) == (303, f"/ecm27/organise/jobs/{job.id}", "book")
    db.session.rollback()
    assert jobs.run_next()
    db.session.expire_all()
    assert (job.state, job.result) == ("done", {"link": "/ecm27/book.pdf", "label": "Open the camp book"})
    for language in ("de", "en"):
        file = client.get(f"/ecm27/book.pdf?lang={language}")
        assert (file.status_code, file.mimetype, file.data) == (200, "application/pdf", f"%PDF {language}".encode())
    assert "/ecm27/book.pdf" in client.get("/ecm27/book").text


def test_the_job_sets_a_real_pdf(app: Flask, camp: Camp, organiser: Participant, client: FlaskClient) -> None:
    camp_languages = camp.languages
    assert camp_languages == ["de", "en"]
    leave.agenda(camp, make.session(camp))
    make.browser(app, organiser).post("/ecm27/organise/book")
    db.session.rollback()
    assert jobs.run_next()
    assert client.get("/ecm27/book.pdf").data.startswith(b"%PDF-1.7")


def test_an_empty_book_is_not_printed(app: Flask, camp: Camp, organiser: Participant) -> None:
    answer = make.browser(app, organiser).post(f"/ecm27/organise/book{EN}")
    assert (answer.status_code, "There is nothing to print yet." in answer.text, db.session.query(Job).count()) == (
        409,
        True,
        0,
    )


def test_only_organisers_have_it_made(app: Flask, camp: Camp) -> None:
    assert make.browser(app, make.participant(camp)).post("/ecm27/organise/book").status_code == 403


def test_the_page_needs_as_many_queries_for_one_session_as_for_three(camp: Camp, client: FlaskClient) -> None:
    numbers = []
    for slug, many in (("one", 1), ("three", 3)):
        other = make.camp(slug)
        sessions = [make.session(other, f"S{n}") for n in range(many)]
        leave.agenda(other, *sessions)
        for session in sessions:
            mai = make.participant(other)
            leave.project(other, leave.outcome(other, session, mai), mai)
        db.session.expunge_all()
        with count_queries() as sent:
            assert client.get(f"/{slug}/book").status_code == 200
        numbers.append(len(sent))
    assert numbers[0] == numbers[1]
