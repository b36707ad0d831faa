from __future__ import annotations

from flask import Flask

from camp import mail, tokens
from camp.access import BROWSER_COOKIE, SIGN_IN_COOKIE
from camp.db import db
from camp.models import Mail
from tests import make


def _token() -> str:
    return str(db.session.query(Mail).order_by(Mail.id.desc()).first().values["token"])  # type: ignore[union-attr]


def test_ask_open_press_and_be_signed_in(app: Flask) -> None:
    camp = make.camp()
    who = make.participant(camp)
    browser = make.browser(app)
    answer = browser.post("/sign-in?then=/ecm27/agenda&at=ecm27", data={"email": who.person.email.upper()})
    assert (answer.status_code, answer.location) == (303, "/sign-in/wait?at=ecm27")
    link = f"/sign-in/{_token()}"
    for _ in range(2):
        assert browser.get(link).status_code == 200
        assert browser.head(link).status_code == 200
    assert browser.get("/ecm27/me").status_code == 303
    answer = browser.post(link)
    assert (answer.status_code, answer.location) == (303, "/ecm27/agenda")
    assert browser.get("/ecm27/me").status_code == 200
    assert browser.get_cookie(BROWSER_COOKIE) is None
    assert browser.post(link).status_code == 409


def test_another_browser_sees_a_code_that_works_in_the_first(app: Flask) -> None:
    who = make.participant(make.camp())
    mine, foreign = make.browser(app), make.browser(app)
    mine.post("/sign-in?at=ecm27", data={"email": who.person.email})
    link = f"/sign-in/{_token()}"
    page = foreign.get(link).text
    code = tokens.code_for(app.config["CAMP"].secret_key, _token())
    assert f"{code[:4]} {code[4:]}" in page
    assert foreign.post(link).status_code == 422
    assert foreign.get_cookie(SIGN_IN_COOKIE) is None
    assert mine.post("/sign-in/wait?at=ecm27", data={"code": "WRONG"}).status_code == 422
    assert mine.post("/sign-in/wait?at=ecm27", data={"code": code.lower()}).status_code == 303
    assert mine.get("/ecm27/me").status_code == 200


def test_known_and_unknown_addresses_get_the_same_answer(app: Flask) -> None:
    who = make.participant(make.camp())
    answers = [make.browser(app).post("/sign-in?at=ecm27", data={"email": address}) for address in (who.person.email, "no@example.org")]
    assert len({(answer.status_code, answer.location) for answer in answers}) == 1
    assert [letter.to for letter in db.session.query(Mail)] == [who.person.email, ""]
    assert mail.outbox(make.camp("other")) == []


def test_a_bad_address_keeps_what_was_typed(app: Flask) -> None:
    page = make.browser(app).post("/sign-in", data={"email": "mai.lagerpilot.de"}, headers={"Accept-Language": "en"})
    assert page.status_code == 422
    assert "There is no @. For example: mai@lagerpilot.de" in page.text
    assert 'value="mai.lagerpilot.de"' in page.text


def test_signing_out_ends_it_here_and_in_the_database(app: Flask) -> None:
    browser = make.browser(app, make.participant(make.camp()))
    cookie = browser.get_cookie(SIGN_IN_COOKIE)
    browser.post("/sign-out")
    assert browser.get("/ecm27/me").status_code == 303
    browser.set_cookie(SIGN_IN_COOKIE, cookie.value)  # type: ignore[union-attr]
    assert browser.get("/ecm27/me").status_code == 303


def test_the_way_on_cannot_leave_the_site(app: Flask) -> None:
    who = make.participant(make.camp())
    browser = make.browser(app)
    browser.post("/sign-in?then=//evil.example/&at=ecm27", data={"email": who.person.email})
    assert browser.post(f"/sign-in/{_token()}").location == "/ecm27/"
