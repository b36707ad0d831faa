from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from flask import Flask

from camp import clock, second_factor
from camp.db import db, writing
from camp.errors import BadInput, Conflict
from camp.models import Person, SecondFactor
from tests import make

KEY = "k" * 40
STEP = timedelta(seconds=30)


@pytest.fixture
def who(write: None) -> Person:
    person = Person(email="mai@example.org")
    db.session.add(person)
    db.session.flush()
    return person


def _on(who: Person) -> tuple[pyotp.TOTP, list[str]]:
    salt = second_factor.draw_salt()
    totp = pyotp.TOTP(second_factor.secret(KEY, who.id, salt))
    return totp, second_factor.set_up(who, salt, totp.at(clock.now()), KEY)


def test_it_is_on_after_a_first_code_and_off_after_another(who: Person) -> None:
    assert not second_factor.has(who.id)
    totp, _ = _on(who)
    assert second_factor.has(who.id)
    with clock.shifted(STEP):
        with pytest.raises(BadInput):
            second_factor.turn_off(who.id, "000000", KEY)
        second_factor.turn_off(who.id, totp.at(clock.now()), KEY)
    assert not second_factor.has(who.id)


def test_a_wrong_first_code_switches_nothing_on(who: Person) -> None:
    with pytest.raises(BadInput, match="not the code"):
        second_factor.set_up(who, second_factor.draw_salt(), "000000", KEY)
    assert not second_factor.has(who.id)


def test_a_second_one_is_refused(who: Person) -> None:
    _on(who)
    with pytest.raises(Conflict):
        _on(who)


def test_each_step_counts_once_and_no_earlier_one_after_it(who: Person) -> None:
    totp, _ = _on(who)
    used = totp.at(clock.now())
    with pytest.raises(BadInput, match="has been used"):
        second_factor.check(who.id, used, KEY)
    with clock.shifted(2 * STEP):
        now, before = totp.at(clock.now()), totp.at(clock.now() - STEP)
        second_factor.check(who.id, f" {now[:3]} {now[3:]} ", KEY)
        for code in (now, before):
            with pytest.raises(BadInput):
                second_factor.check(who.id, code, KEY)


def test_a_phone_may_be_off_by_one_step(who: Person) -> None:
    totp, _ = _on(who)
    with clock.shifted(10 * STEP):
        for steps in (-2, 2):
            with pytest.raises(BadInput):
                second_factor.check(who.id, totp.at(clock.now() + steps * STEP), KEY)
        for steps in (-1, 0, 1):
            second_factor.check(who.id, totp.at(clock.now() + steps * STEP), KEY)


def test_each_recovery_code_opens_once_however_it_is_typed(who: Person) -> None:
    _, codes = _on(who)
    assert len(set(codes)) == 8
    second_factor.check(who.id, codes[0].lower().replace("-", " "), KEY)
    with pytest.raises(BadInput):
        second_factor.check(who.id, codes[0], KEY)
    second_factor.check(who.id, codes[1], KEY)
    assert len(db.session.get_one(SecondFactor, who.id).recovery) == 6


def test_a_copy_of_the_database_makes_no_codes(who: Person) -> None:
    totp, codes = _on(who)
    row = db.session.get_one(SecondFactor, who.id)
    kept = " ".join([row.salt, *row.recovery])
    assert totp.secret not in kept
    assert not any(code in kept for code in codes)
    assert second_factor.secret("other" * 9, who.id, row.salt) != totp.secret
    assert second_factor.secret(KEY, who.id + 1, row.salt) != totp.secret


def test_recovery_codes_open_under_another_secret_key_too(who: Person) -> None:
    totp, codes = _on(who)
    with clock.shifted(STEP), pytest.raises(BadInput):
        second_factor.check(who.id, totp.at(clock.now()), "other" * 9)
    second_factor.check(who.id, codes[0], "other" * 9)


def test_codes_of_somebody_without_a_second_factor_are_refused(who: Person) -> None:
    with pytest.raises(BadInput):
        second_factor.check(who.id, "000000", KEY)


def test_a_salt_that_was_never_drawn_here_is_refused() -> None:
    with pytest.raises(BadInput):
        second_factor.secret(KEY, 1, "short")


def test_what_the_qr_holds() -> None:
    assert second_factor.app_address("ABCDEFGH" * 4, "mai@example.org", "camp.example") == (
        "otpauth://totp/camp.example:mai%40example.org?secret=ABCDEFGHABCDEFGHABCDEFGHABCDEFGH&issuer=camp.example")


def test_how_many_organisers_have_one(app: Flask) -> None:
    camp = make.camp()
    people = [make.person() for _ in range(3)]
    for who, role in zip(people, ("organiser", "organiser", "moderator"), strict=True):
        make.role(camp, who, role)
    assert second_factor.share(camp.id) == (0, 2)
    with writing():
        for who in people[1:]:
            _on(who)
    assert second_factor.share(camp.id) == (1, 2)
    with writing():
        second_factor.forget(people[1].id)
    assert second_factor.share(camp.id) == (0, 2)
