from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from camp import clock, signing_in, tokens
from camp.db import db
from camp.errors import BadInput, Conflict
from camp.models import Mail, SignInLink
from tests import make

KEY = "k" * 40


def _ask(address: str, browser: str = "mine") -> str:
    signing_in.ask(address, browser=browser, key=KEY, then="/ecm27/me", language="de", camp_id=None)
    db.session.flush()
    mail = db.session.scalars(select(Mail).order_by(Mail.id.desc())).first()
    return str(mail.values["token"]) if mail else ""


def test_the_browser_that_asked_is_signed_in_once(app: Flask, write: None) -> None:
    who = make_person(app)
    token = _ask(who.email)
    assert signing_in.look(token, "mine", KEY).same_browser
    entry, then = signing_in.enter(token, "mine")
    assert then == "/ecm27/me"
    assert signing_in.person_of(entry) is who
    with pytest.raises(Conflict):
        signing_in.enter(token, "mine")


def make_person(app: Flask) -> object:
    from camp.models import Person
    person = Person(email="mai@example.org")
    db.session.add(person)
    db.session.flush()
    return person


def test_another_browser_is_not_signed_in_and_spends_nothing(app: Flask, write: None) -> None:
    token = _ask(make_person(app).email)
    assert not signing_in.look(token, "foreign", KEY).same_browser
    for browser in ("foreign", None):
        with pytest.raises(BadInput):
            signing_in.enter(token, browser)
    assert signing_in.enter(token, "mine")[1] == "/ecm27/me"


def test_the_code_of_the_link_signs_in_the_asking_browser_only(app: Flask, write: None) -> None:
    token = _ask(make_person(app).email)
    code = signing_in.look(token, "foreign", KEY).code
    with pytest.raises(BadInput):
        signing_in.enter_by_code(code, "foreign")
    assert signing_in.enter_by_code(f" {code[:4].lower()}-{code[4:]} ", "mine")[1] == "/ecm27/me"
    with pytest.raises(BadInput):
        signing_in.enter_by_code(code, "mine")


def test_after_five_wrong_codes_the_right_one_is_dead(app: Flask, write: None) -> None:
    token = _ask(make_person(app).email)
    for _ in range(5):
        with pytest.raises(BadInput, match="not the code"):
            signing_in.enter_by_code("00000000", "mine")
    with pytest.raises(BadInput, match="No code"):
        signing_in.enter_by_code(signing_in.look(token, None, KEY).code, "mine")


def test_an_unknown_address_gets_no_mail_and_no_error(app: Flask, write: None) -> None:
    assert _ask("nobody@example.org") == ""
    with pytest.raises(BadInput):
        _ask("nonsense")


def test_links_age(app: Flask, write: None) -> None:
    token = _ask(make_person(app).email)
    with clock.shifted(timedelta(minutes=31)), pytest.raises(BadInput, match="too old"):
        signing_in.enter(token, "mine")


def test_a_double_tap_sends_one_mail(app: Flask, write: None) -> None:
    who = make_person(app)
    _ask(who.email)
    _ask(who.email)
    assert len(db.session.scalars(select(Mail.id)).all()) == 1


def test_the_operators_link_works_in_any_browser_once_for_15_minutes(app: Flask, write: None) -> None:
    who = make_person(app)
    token = signing_in.operator_link(who, "/")
    db.session.flush()
    assert signing_in.look(token, None, KEY).same_browser
    with clock.shifted(timedelta(minutes=16)), pytest.raises(BadInput):
        signing_in.enter(token, None)
    assert signing_in.enter(token, None)[1] == "/"
    with pytest.raises(Conflict):
        signing_in.enter(token, None)


def test_leaving_ends_the_sign_in_at_once(app: Flask, write: None) -> None:
    token, _ = signing_in.enter(_ask(make_person(app).email), "mine")
    signing_in.leave(token)
    assert signing_in.person_of(token) is None


def test_secrets_lie_in_the_database_as_hashes(app: Flask, write: None) -> None:
    token = _ask(make_person(app).email)
    link = db.session.scalars(select(SignInLink)).one()
    assert (link.token_hash, link.browser_hash) == (tokens.hash_of(token), tokens.hash_of("mine"))


def test_a_sign_in_lasts_14_days(app: Flask) -> None:
    who = make.person()
    browser = make.browser(app, who)
    assert browser.get("/", headers={"Accept-Language": "en"}).text.count("Sign out") == 1
    with clock.shifted(timedelta(days=15)):
        assert browser.get("/", headers={"Accept-Language": "en"}).text.count("Sign out") == 0
