"""Registering in the browser, from the form over the mail to the place, and every link of the mails."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from camp import camps, clock, post, registration
from camp.db import db, writing
from camp.models import Mail, Participant, Person
from camp.registration_models import Reservation, Rules
from tests import make
from tests.camp.test_places import two_days
from tests.queries import count_queries

EN = {"Accept-Language": "en"}
GOOD = {"given_name": "Mai", "family_name": "Krause", "email": "mai@example.org", "kind": "start-up", "photo": "no", "hashtags": "#SEO"}


def link_in_newest_mail(app: Flask) -> str:
    """The path of the first link in the mail that went out last."""
    with app.test_request_context("/"):
        post.send_due()
    db.session.rollback()
    folder = app.config["CAMP"].mail_folder
    newest = max(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    found = re.search(r"https://localhost(/\S+)", newest.read_text("utf-8"))
    assert found
    return found[1]


def test_from_the_form_to_the_place_and_back(app: Flask, client: FlaskClient) -> None:
    make.camp()
    assert "There are free places" in client.get("/ecm27/register", headers=EN).text
    answer = client.post("/ecm27/register", data=GOOD, headers=EN)
    assert (answer.status_code, answer.location) == (303, "/ecm27/registered")
    link = link_in_newest_mail(app)
    page = client.get(link, headers=EN)
    assert ("Mai Krause" in page.text, "Do not photograph me." in page.text, page.headers["Cache-Control"]) == (True, True, "no-store")
    assert db.session.query(Participant).count() == 0
    place = client.post(link, headers=EN).location
    assert "Your place is certain" in client.get(place, headers=EN).text
    assert link_in_newest_mail(app) == place
    assert "Your place is certain" in client.get(place, headers=EN).text  # a mail scanner that only looks
    assert client.post(place, data={"answer": "leave"}).location == place
    assert "You have cancelled" in client.get(place, headers=EN).text
    assert client.post(link).status_code == 422


def test_a_free_place_is_offered_and_taken_from_the_mail_without_sign_in(app: Flask, client: FlaskClient) -> None:
    camp = make.camp(capacity=1)
    first, second, third = make.participant(camp), *(make.participant(camp, state="waiting") for _ in range(2))
    with writing():
        registration.leave(camp, first)
    link = link_in_newest_mail(app)
    assert "A place is free for you" in client.get(link, headers=EN).text
    client.post(link, data={"answer": "accept"})
    for who in (second, third):
        db.session.refresh(who)
    assert (second.state, third.state) == ("admitted", "waiting")
    key = app.config["CAMP"].secret_key
    page = client.get(f"/ecm27/place/{registration.link_of(third, key)}", headers=EN).text
    assert "You are number 1 in line." in page


def test_whose_offer_has_lapsed_comes_back_from_the_mail_at_the_end_of_the_line(app: Flask, client: FlaskClient) -> None:
    camp = make.camp(capacity=1)
    first, lapsed = make.participant(camp), make.participant(camp, state="waiting", offered_until=clock.now())
    make.participant(camp, state="waiting", registered_at=clock.now())
    with writing():
        registration.settle(camp)
    link = link_in_newest_mail(app)
    page = client.get(link, headers=EN).text
    assert ("You stand at the end of the line then" in page, first.state) == (True, "admitted")
    mine = make.browser(app, lapsed).get("/ecm27/me", headers=EN).text
    assert [("has moved on, because no answer came" in one, "You have cancelled" in one) for one in (page, mine)] == [(True, False)] * 2
    place = client.post(link, data={"answer": "again"}).location
    db.session.refresh(lapsed)
    assert (lapsed.state, place == link) == ("waiting", False)
    assert "You are number 2 in line." in client.get(place, headers=EN).text
    assert client.post(place, data={"answer": "leave"}).location == place
    assert "You have cancelled" in client.get(place, headers=EN).text
    with writing():
        camps.set_phase(camp, "registration", None, clock.now())
    assert "Registration is closed." in client.get(place, headers=EN).text
    assert client.post(place, data={"answer": "again"}).status_code == 409


def test_the_form_says_whether_there_is_room(app: Flask, client: FlaskClient) -> None:
    camp = make.camp(capacity=1)
    make.participant(camp)
    assert "All places are taken." in client.get("/ecm27/register", headers=EN).text
    with writing():
        db.session.add(Rules(camp_id=camp.id, curated=True))
    assert "The organisers choose who comes" in client.get("/ecm27/register", headers=EN).text


def test_closed_registration_says_when_it_opens(app: Flask, client: FlaskClient) -> None:
    from camp import camps
    camp = make.camp()
    with writing():
        camps.set_phase(camp, "registration", clock.now() + timedelta(days=9), None)
    page = client.get("/ecm27/register", headers=EN)
    assert ("Registration is closed" in page.text, "It opens on" in page.text, "<form method" in page.text) == (True, True, False)
    assert client.post("/ecm27/register", data=GOOD).status_code == 409


def test_days_are_asked_where_there_are_several(app: Flask, client: FlaskClient) -> None:
    two_days()
    assert client.get("/ecm27/register", headers=EN).text.count('name="days"') == 2
    assert client.post("/ecm27/register", data=GOOD, headers=EN).status_code == 422
    client.post("/ecm27/register", data=GOOD | {"days": ["2027-04-25"]})
    assert db.session.query(Reservation).one().days == ["2027-04-25"]


@pytest.mark.parametrize(("field", "text", "sentence"), [
    ("given_name", "", "This is still empty."), ("given_name", "🎉", "There is no letter and no digit in it."), ("given_name", "12", "There is no letter in it."), ("family_name", "x" * 101, "This is too long"),
    ("family_name", "Krau\u202ese", "turn text around"), ("given_name", "a" + "\u0301" * 99, "Too many accents"),
    ("email", "mai krause@example.org", "This is no mail address."), ("email", "mai@example.org\r\nBcc: jo@example.org", "This is no mail address."),
    ("email", "mai@straße.de", "xn--"), ("email", "", "This is still empty."), ("role", "organiser", "This form does not ask for “role”"),
])
def test_bad_input_is_refused_beside_its_field_the_rest_stays_and_nothing_is_saved(
        app: Flask, client: FlaskClient, field: str, text: str, sentence: str) -> None:
    make.camp()
    answer = client.post("/ecm27/register", data=GOOD | {"town": "Mülheim an der Ruhr", field: text}, headers=EN)
    assert (answer.status_code, sentence in answer.text, 'value="Mülheim an der Ruhr"' in answer.text) == (422, True, True)
    if field != "role":
        assert f'id="{field}-error"' in answer.text
    assert (db.session.query(Reservation).count(), db.session.query(Mail).count(), db.session.query(Person).count()) == (0, 0, 0)


def test_the_same_page_for_known_and_unknown_addresses(app: Flask) -> None:
    make.participant(make.camp(), address="known@example.org")
    answers = []
    for address in ("known@example.org", "unknown@example.org"):
        answer = make.browser(app).post("/ecm27/register", data=GOOD | {"email": address}, headers=EN)
        answers.append((answer.status_code, answer.location, answer.data))
    assert answers[0] == answers[1]
    assert db.session.query(Mail).count() == db.session.query(Reservation).count() == 2
    assert link_in_newest_mail(app)


def test_links_that_are_none_are_refused(app: Flask, client: FlaskClient) -> None:
    make.camp()
    for path in ("/ecm27/register/1-abc", "/ecm27/place/1-abc", "/ecm27/register/x", "/ecm27/place/x"):
        assert (client.get(path).status_code, client.post(path).status_code) == (422, 422)


def test_a14_a_known_address_costs_as_many_statements_as_an_unknown_one(app: Flask) -> None:
    make.participant(make.camp(), address="known@example.org")
    numbers = []
    for address in ("warm@example.org", "known@example.org", "unknown@example.org"):
        browser = make.browser(app)
        with count_queries() as statements:
            assert browser.post("/ecm27/register", data=GOOD | {"email": address}).status_code == 303
        numbers.append(len(statements))
    assert numbers[1] == numbers[2]
