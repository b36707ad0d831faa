"""A-25: one account for each address however it is written, no account for its look-alike, and mail goes to what was typed."""

from __future__ import annotations

import pytest
from flask import Flask

from camp import registration, tokens
from camp.db import db
from camp.models import Mail, Participant, Person
from camp.registration_models import Reservation
from tests import make

GOOD = {"given_name": "Mallory", "kind": "other", "photo": "no"}
SAME = ("mai@müller.example", " MAI@MÜLLER.EXAMPLE ", "mai@mu\u0308ller.example", "mai@xn--mller-kva.example", "Mai@xn--mller-kva.example.", "\tmai@müller.example")
OTHERS = ("mаi@müller.example", "\u212aai@example.org", "ﬁ@example.org", "mai@ma\u200bil.example", "maİ@example.org", "ｍａｉ@example.org", "mai @example.org",
          "mai@\u202eexample.org", "mai@straße.example", "mai@exam\xadple.org")


def _confirm(app: Flask, address: str) -> int:
    made = db.session.query(Reservation).filter_by(email=address).one()
    token = tokens.link(app.config["CAMP"].secret_key, registration.CONFIRM, made.id, made.salt)
    return make.browser(app).post(f"/ecm27/register/{token}").status_code


@pytest.mark.parametrize("typed", SAME)
def test_a25_however_it_is_written_it_is_the_same_account(app: Flask, typed: str) -> None:
    make.camp()
    owner = make.person("mai@xn--mller-kva.example")
    assert make.browser(app).post("/ecm27/register", data=GOOD | {"email": typed}).status_code == 303
    assert [letter.to for letter in db.session.query(Mail)] == [owner.email]
    assert _confirm(app, owner.email) == 303
    assert [(who.person_id, person.email) for who, person in db.session.query(Participant, Person).join(Person)] == [(owner.id, owner.email)]


@pytest.mark.parametrize("typed", OTHERS)
def test_a25_what_only_looks_like_an_address_is_none(app: Flask, typed: str) -> None:
    make.camp()
    for path, data in (("/ecm27/register", GOOD), ("/sign-in", {})):
        assert make.browser(app).post(path, data={**data, "email": typed}).status_code == 422
    assert (db.session.query(Mail).count(), db.session.query(Person).count()) == (0, 0)


def test_a25_a_domain_that_only_looks_the_same_is_another_account_and_gets_its_own_mail(app: Flask) -> None:
    camp = make.camp()
    owner = make.participant(camp, address="mai@example.org")
    assert make.browser(app).post("/ecm27/register", data=GOOD | {"email": "mai@ехample.org"}).status_code == 303  # the first two are Cyrillic
    [letter] = db.session.query(Mail)
    assert letter.to.startswith("mai@xn--") and letter.to != owner.person.email
    assert _confirm(app, letter.to) == 303
    assert (db.session.query(Person).count(), db.session.get_one(Participant, owner.id).given_name) == (2, "Mai")
