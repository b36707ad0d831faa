from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from camp import questions, registration, tokens
from camp.db import db
from camp.models import Camp, Participant
from camp.registration_models import Question, Reservation
from tests import make
from tests.camp.test_questions import ask
from tests.camp.views.test_places import desk

EN = {"Accept-Language": "en"}
NEW = {"kind": "choice", "label_de": "Farbe?", "purpose_de": "Deko", "options_de": "rot\nblau", "keep_days": "7"}
PERSON = {"given_name": "Mai", "email": "mai@example.org", "kind": "other", "photo": "no"}


def test_an_organiser_asks_changes_moves_and_takes_away(app: Flask) -> None:
    camp = make.camp()
    browser = desk(app, camp)
    assert "No questions of your own yet" in browser.get("/ecm27/organise/questions", headers=EN).text
    assert browser.post("/ecm27/organise/questions", data=NEW).status_code == 303
    browser.post("/ecm27/organise/questions", data=NEW | {"label_de": "Zweite"})
    wrong = browser.post("/ecm27/organise/questions", data=NEW | {"options_de": "rot", "label_de": "Dritte"}, headers=EN)
    assert (wrong.status_code, "Write 2 to 20 different options" in wrong.text, 'value="Dritte"' in wrong.text) == (422, True, True)
    first, second = db.session.query(Question).order_by(Question.position)
    browser.post(f"/ecm27/organise/questions/{second.id}/up")
    assert make.save(browser, f"/ecm27/organise/questions/{first.id}", data=NEW | {"label_de": "Welche Farbe?"}).status_code == 303
    page = browser.get("/ecm27/organise/questions", headers=EN).text
    assert page.index("Zweite") < page.index("Welche Farbe?")
    browser.post(f"/ecm27/organise/questions/{second.id}/remove")
    assert [questions.said(row, "label", "de") for row in questions.of(camp)] == ["Welche Farbe?"]
    foreign = ask(make.camp("other"))
    assert browser.get(f"/ecm27/organise/questions/{foreign.id}").status_code == 404


def test_what_is_asked_is_answered_when_registering_and_changed_on_my_page(app: Flask, client: FlaskClient) -> None:
    camp: Camp = make.camp()
    question = ask(camp, "choice", "Farbe?", options=["rot", "blau"], required=True)
    page = client.get("/ecm27/register", headers=EN).text
    assert ("Farbe? (en)" in page, "to know Erased on Saturday, 8 May 2027." in page) == (True, True)
    assert client.post("/ecm27/register", data=PERSON).status_code == 422
    assert client.post("/ecm27/register", data=PERSON | {f"q{question.id}": "rot"}).status_code == 303
    made = db.session.query(Reservation).one()
    key = app.config["CAMP"].secret_key
    client.post(f"/ecm27/register/{tokens.link(key, registration.CONFIRM, made.id, made.salt)}")
    who = db.session.query(Participant).one()
    assert questions.answers(who) == {str(question.id): ["rot"]}
    mine = make.browser(app, who)
    mine.post("/ecm27/me/edit", data={"given_name": "Mai", "kind": "other", "photo": "no", f"q{question.id}": "blau"})
    assert questions.answers(who) == {str(question.id): ["blau"]}
