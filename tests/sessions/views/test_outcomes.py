"""Pages of notes: public to read, written by whoever is registered, two writers lose nothing."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from camp.db import db, writing
from camp.models import Camp
from sessions.models import Outcome, Session
from tests import make
from tests.queries import count_queries
from tests.sessions import leave

EN = "?lang=en"


@pytest.fixture
def camp(app: Flask) -> Camp:
    return make.camp()


def _edit(browser: FlaskClient, session: Session, **data: object) -> object:
    return browser.post(f"/ecm27/sessions/{session.id}/notes/edit{EN}", data=data)


def test_every_session_has_a_page_for_notes_from_the_start(camp: Camp, client: FlaskClient) -> None:
    session = make.session(camp, "Returns & more")
    page = client.get(f"/ecm27/sessions/{session.id}/notes{EN}")
    assert (page.status_code, "No notes yet" in page.text, "Returns &amp; more" in page.text) == (200, True, True)
    assert f"/ecm27/sessions/{session.id}/notes/edit" in page.text


def test_somebody_not_signed_in_is_sent_to_sign_in_and_back(camp: Camp, client: FlaskClient) -> None:
    session = make.session(camp)
    answer = client.get(f"/ecm27/sessions/{session.id}/notes/edit")
    assert (answer.status_code, "sign-in?then=" in answer.location) == (303, True)


@pytest.mark.parametrize(("state", "status"), [("admitted", 303), ("waiting", 303), ("cancelled", 403)])
def test_whoever_is_registered_may_write(app: Flask, camp: Camp, state: str, status: int) -> None:
    session = make.session(camp)
    browser = make.browser(app, make.participant(camp, state=state))
    assert _edit(browser, session, edit_number="0", findings="It *works*.").status_code == status
    assert db.session.query(Outcome).count() == (status == 303)


def test_what_was_written_is_read_by_everybody_as_safe_markdown(app: Flask, camp: Camp, client: FlaskClient) -> None:
    session = make.session(camp)
    _edit(
        make.browser(app, make.participant(camp)), session, edit_number="0", findings="It *works*. <script>x</script>"
    )
    page = client.get(f"/ecm27/sessions/{session.id}/notes{EN}").text
    assert "<em>works</em>" in page
    assert "<script>x" not in page
    assert [word in page for word in ("What we found out", "What we decided")] == [True, False]


def test_empty_notes_get_a_sentence_and_nothing_is_saved(app: Flask, camp: Camp) -> None:
    answer = _edit(make.browser(app, make.participant(camp)), make.session(camp), edit_number="0", findings="  ")
    assert (answer.status_code, "All five fields are empty." in answer.text) == (422, True)
    assert db.session.query(Outcome).count() == 0


def test_overlong_notes_stay_in_the_form(app: Flask, camp: Camp) -> None:
    answer = _edit(
        make.browser(app, make.participant(camp)), make.session(camp), edit_number="0", findings="x" * 20_001
    )
    assert (answer.status_code, "at most 20000 characters" in answer.text, "x" * 20_001 in answer.text) == (
        422,
        True,
        True,
    )


def test_two_writers_lose_nothing_and_the_second_saving_goes_through(app: Flask, camp: Camp) -> None:
    session = make.session(camp)
    ada, ben = (make.browser(app, make.participant(camp, name)) for name in ("Ada", "Ben"))
    _edit(ada, session, edit_number="0", findings="Ada wrote this.", decisions="Same\r\nlines.")
    clash = _edit(ben, session, edit_number="0", findings="Ben wrote that.", decisions="Same\r\nlines.")
    assert clash.status_code == 409
    for words in (
        "Ada Krause saved these notes while you were writing.",
        "Ada wrote this.",
        "Ben wrote that.",
        'name="edit_number" type="hidden" value="1"',
        "Stands there now: What did you find out?",
    ):
        assert words in clash.text
    assert "Stands there now: What did you decide?" not in clash.text
    assert db.session.query(Outcome).one().findings == "Ada wrote this."
    db.session.rollback()
    again = _edit(ben, session, edit_number="1", findings="Ada wrote this. Ben wrote that.", decisions="Same\r\nlines.")
    assert (again.status_code, db.session.query(Outcome).one().findings) == (303, "Ada wrote this. Ben wrote that.")


def test_a_form_without_its_number_cannot_pass_the_lock(app: Flask, camp: Camp) -> None:
    session, who = make.session(camp), make.participant(camp)
    leave.outcome(camp, session, who)
    assert _edit(make.browser(app, who), session, findings="Mine.").status_code == 409


def test_the_form_begins_with_what_stands_there(app: Flask, camp: Camp) -> None:
    session, who = make.session(camp), make.participant(camp)
    leave.outcome(camp, session, who, next_steps="\nShare it")
    page = make.browser(app, who).get(f"/ecm27/sessions/{session.id}/notes/edit{EN}").text
    assert "Share it</textarea>" in page
    assert 'value="1"' in page


def test_a_withdrawn_session_is_read_and_not_written(app: Flask, camp: Camp, client: FlaskClient) -> None:
    session, who = make.session(camp), make.participant(camp)
    leave.outcome(camp, session, who)
    with writing():
        session.state = "withdrawn"
    page = client.get(f"/ecm27/sessions/{session.id}/notes{EN}").text
    assert ("It works." in page, "no longer changed" in page, "notes/edit" in page) == (True, True, False)
    answer = _edit(make.browser(app, who), session, edit_number="1", findings="Late thought.")
    assert (answer.status_code, "Late thought." in answer.text, "This session was withdrawn." in answer.text) == (
        409,
        True,
        True,
    )


@pytest.mark.parametrize("path", ["notes", "notes/edit", "project"])
def test_a_session_of_another_camp_is_not_found(app: Flask, camp: Camp, path: str) -> None:
    browser = make.browser(app, make.participant(camp))
    foreign = make.session(make.camp("other"))
    assert browser.get(f"/ecm27/sessions/{foreign.id}/{path}").status_code == 404


def test_the_list_shows_each_session_with_its_state_and_filters(camp: Camp, client: FlaskClient) -> None:
    assert "No sessions yet" in client.get(f"/ecm27/notes{EN}").text
    done = make.session(camp, "Done one")
    make.session(camp, "Open one")
    leave.outcome(camp, done, make.participant(camp))
    shown = {}
    for wanted in ("all", "documented", "empty", "nonsense"):
        page = client.get(f"/ecm27/notes{EN}&show={wanted}").text
        shown[wanted] = ("Done one" in page, "Open one" in page)
    assert shown == {"all": (True, True), "documented": (True, False), "empty": (False, True), "nonsense": (True, True)}


def test_filters_without_a_hit_say_what_to_do(camp: Camp, client: FlaskClient) -> None:
    session = make.session(camp)
    assert "Nobody has written yet" in client.get(f"/ecm27/notes{EN}&show=documented").text
    leave.outcome(camp, session, make.participant(camp))
    assert "Everything is documented" in client.get(f"/ecm27/notes{EN}&show=empty").text


def test_the_pages_need_as_many_queries_for_one_session_as_for_three(app: Flask, client: FlaskClient) -> None:
    numbers = []
    for slug, many in (("one", 1), ("three", 3)):
        camp = make.camp(slug)
        sessions = [make.session(camp, f"S{n}") for n in range(many)]
        leave.agenda(camp, *sessions)
        who = make.participant(camp)
        outcome = leave.outcome(camp, sessions[0], who)
        for n in range(many):
            leave.project(camp, outcome, who, title=f"P{n}")
        for path in ("notes", f"sessions/{sessions[0].id}/notes"):
            db.session.expunge_all()
            with count_queries() as sent:
                assert client.get(f"/{slug}/{path}").status_code == 200
            numbers.append(len(sent))
    assert numbers[:2] == numbers[2:]


def test_the_desk_tells_how_much_is_documented(app: Flask, camp: Camp) -> None:
    organiser = make.participant(camp)
    make.role(camp, organiser.person, "organiser")
    browser = make.browser(app, organiser)
    assert "as soon as an agenda is published" in browser.get(f"/ecm27/organise{EN}").text
    one, two = make.session(camp), make.session(camp)
    leave.agenda(camp, one, two)
    leave.outcome(camp, one, organiser)
    page = browser.get(f"/ecm27/organise{EN}").text
    assert '<progress value="1" max="2"' in page
    assert "/ecm27/organise/book" in page
