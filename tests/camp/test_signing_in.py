from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select

from camp import clock, post, second_factor, sign_ins, signing_in, tokens
from camp.db import db, writing
from camp.errors import BadInput, Conflict
from camp.models import Mail, Person, SignInLink

KEY = "k" * 40


def _ask(address: str, browser: str = "mine") -> str:
    signing_in.ask(address, browser=browser, key=KEY, then="/ecm27/me", language="de", camp_id=None)
    db.session.flush()
    return str(db.session.scalars(select(Mail).order_by(Mail.id.desc())).one_or_none().values["token"])  # type: ignore[union-attr]


def test_the_browser_that_asked_is_signed_in_once(app: Flask, write: None) -> None:
    who = make_person(app)
    token = _ask(who.email)
    assert signing_in.look(token, "mine", KEY).same_browser
    entered = signing_in.enter(token, "mine")
    assert (entered.then, entered.half_open) == ("/ecm27/me", False)
    assert sign_ins.of(entered.token).person is who  # type: ignore[union-attr]
    with pytest.raises(Conflict):
        signing_in.enter(token, "mine")


def make_person(app: Flask) -> Person:
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
    assert signing_in.enter(token, "mine").then == "/ecm27/me"


def test_the_code_of_the_link_signs_in_the_asking_browser_only(app: Flask, write: None) -> None:
    token = _ask(make_person(app).email)
    code = signing_in.look(token, "foreign", KEY).code
    with pytest.raises(BadInput):
        signing_in.enter_by_code(code, "foreign")
    assert signing_in.enter_by_code(f" {code[:4].lower()}-{code[4:]} ", "mine").then == "/ecm27/me"
    with pytest.raises(BadInput):
        signing_in.enter_by_code(code, "mine")


def test_after_five_wrong_codes_the_right_one_is_dead(app: Flask, write: None) -> None:
    token = _ask(make_person(app).email)
    for _ in range(5):
        with pytest.raises(BadInput, match="not the code"):
            signing_in.enter_by_code("00000000", "mine")
    with pytest.raises(BadInput, match="No code"):
        signing_in.enter_by_code(signing_in.look(token, None, KEY).code, "mine")


def test_an_unknown_address_leaves_the_same_rows_but_nobody_holds_the_link_and_the_mail_is_void(app: Flask) -> None:
    with writing():
        assert _ask("nobody@example.org") == ""
        with pytest.raises(BadInput, match="no @"):
            _ask("nonsense")
    assert post.send_due() == 0
    link, letter = db.session.scalars(select(SignInLink)).one(), db.session.scalars(select(Mail)).one()
    assert (link.person_id, link.code_hash, letter.to, letter.state) == (None, None, "", "void")


def test_a_wrong_code_says_the_same_for_known_and_unknown_addresses(app: Flask, write: None) -> None:
    said = []
    for browser, address in (("mine", make_person(app).email), ("other", "nobody@example.org")):
        signing_in.ask(address, browser=browser, key=KEY, then="/", language="de", camp_id=None)
        for _ in range(6):
            with pytest.raises(BadInput) as refused:
                signing_in.enter_by_code("00000000", browser)
            said.append(refused.value.sentence())
    assert said[:6] == said[6:]
    assert len(set(said)) == 2


def test_a_mistyped_address_afterwards_does_not_bury_the_code_of_the_right_one(app: Flask, write: None) -> None:
    token = _ask(make_person(app).email)
    signing_in.ask("mistyped@example.org", browser="mine", key=KEY, then="/", language="de", camp_id=None)
    assert signing_in.enter_by_code(signing_in.look(token, None, KEY).code, "mine").then == "/ecm27/me"


def test_with_a_second_factor_the_link_opens_half_and_five_wrong_codes_end_it(app: Flask, write: None) -> None:
    who = make_person(app)
    salt = second_factor.draw_salt()
    totp = pyotp.TOTP(second_factor.secret(KEY, who.id, salt))
    second_factor.set_up(who, salt, totp.at(clock.now()), KEY)
    entered = signing_in.enter(_ask(who.email), "mine")
    half = sign_ins.of(entered.token)
    assert half is not None
    assert (entered.half_open, half.record.half_open) == (True, True)
    with clock.shifted(timedelta(seconds=30)):
        token = signing_in.pass_second_factor(half.record, totp.at(clock.now()), KEY)
    assert sign_ins.of(entered.token) is None
    assert sign_ins.of(token).record.half_open is False  # type: ignore[union-attr]
    again = sign_ins.of(sign_ins.start(who.id, half_open=True))
    for number in range(5):
        with pytest.raises(BadInput, match="fifth" if number == 4 else "not the code"):
            signing_in.pass_second_factor(again.record, "000000", KEY)  # type: ignore[union-attr]
    with clock.shifted(timedelta(seconds=60)), pytest.raises(BadInput, match="has ended"):
        signing_in.pass_second_factor(again.record, totp.at(clock.now()), KEY)  # type: ignore[union-attr]


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
    assert signing_in.enter(token, None).then == "/"
    with pytest.raises(Conflict):
        signing_in.enter(token, None)


def test_secrets_lie_in_the_database_as_hashes(app: Flask, write: None) -> None:
    token = _ask(make_person(app).email)
    link = db.session.scalars(select(SignInLink)).one()
    assert (link.token_hash, link.browser_hash) == (tokens.hash_of(token), tokens.hash_of("mine"))
