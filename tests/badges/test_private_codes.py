from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from flask import Flask

from badges import private_codes
from camp import clock, second_factor, sign_ins, tokens
from camp.db import db, writing
from camp.errors import CampError, Conflict, NotAllowed, NotFound, NotOpen
from camp.models import Camp, Participant
from tests import make
from tests.badges.made import KEY


def _code(camp: Camp, who: Participant) -> str:
    with writing():
        private_codes.ensure(camp, [who.id], KEY)
    return private_codes.addresses(camp, KEY, "camp.example")[who.id].rpartition("/")[2]


def _enter(code: str, browser: str = "b" * 32) -> private_codes.Entered:
    with writing():
        return private_codes.enter(code, browser)


def test_a_code_is_128_bits_kept_as_a_hash_and_stays_for_a_reprint(app: Flask) -> None:
    camp = make.camp()
    mai, wei = make.participant(camp), make.participant(camp, "Wei")
    first = _code(camp, mai)
    assert (len(first), _code(camp, mai), _code(camp, wei) == first) == (26, first, False)
    stored = repr(list(db.session.execute(db.text("select * from private_code")).mappings()))
    assert (first in stored, tokens.hash_of(first) in stored) == (False, True)


def test_on_the_day_it_signs_its_owner_in_where_it_was_used_first(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    code = _code(camp, mai)
    with clock.shifted(make.until_noon(camp)):
        signed = sign_ins.of(_enter(code.lower()).token)
        assert signed is not None and (signed.person.id, signed.record.half_open) == (mai.person_id, False)
        assert _enter(code).camp.id == camp.id
        for browser in ("c" * 32, None):
            with pytest.raises(Conflict, match="another browser"):
                private_codes.look(code, browser)
        with pytest.raises(Conflict, match="another browser"):
            _enter(code, "c" * 32)


@pytest.mark.parametrize("days", [-1, 1])
def test_before_and_after_the_camp_it_opens_nothing(app: Flask, days: int) -> None:
    camp = make.camp()
    code = _code(camp, make.participant(camp))
    with clock.shifted(make.until_noon(camp) + timedelta(days=days)), pytest.raises(NotOpen):
        _enter(code)


def test_a_revoked_code_ends_the_sign_in_it_made_and_a_reprint_has_another(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    code = _code(camp, mai)
    with clock.shifted(make.until_noon(camp)):
        token = _enter(code).token
        with writing():
            private_codes.revoke(camp, db.session.get_one(Participant, mai.id))
        assert sign_ins.of(token) is None
        with pytest.raises(Conflict, match="counts no more"):
            _enter(code)
        with pytest.raises(Conflict, match="no private code"), writing():
            private_codes.revoke(camp, db.session.get_one(Participant, mai.id))
        again = _code(camp, mai)
        assert again != code and _enter(again, "d" * 32).token


def test_who_has_lost_the_place_and_who_guesses_are_refused(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    code = _code(camp, mai)
    with writing():
        mai.state = "cancelled"
        db.session.add(mai)
    with clock.shifted(make.until_noon(camp)):
        for text, error in ((code, Conflict), ("A" * 26, NotFound), ("", NotFound)):
            with pytest.raises(CampError) as refused:
                _enter(text)
            assert refused.type is error


def test_organisers_need_a_second_factor_are_asked_for_it_and_signed_out_with_the_code(app: Flask) -> None:
    camp, other = make.camp(), make.camp("other")
    mai = make.participant(camp)
    make.role(other, mai.person, "organiser")
    code, key = _code(camp, mai), app.config["CAMP"].secret_key
    with clock.shifted(make.until_noon(camp)):
        with pytest.raises(NotAllowed, match="signs in by mail"):
            _enter(code)
        with writing():
            salt = second_factor.draw_salt()
            totp = pyotp.TOTP(second_factor.secret(key, mai.person_id, salt))
            second_factor.set_up(mai.person, salt, totp.at(clock.now()), key)
        entered = _enter(code)
        assert entered.half_open is True
        with writing():
            signed = sign_ins.of(entered.token)
            assert signed is not None
            sign_ins.renew(signed.record)  # as the right code of the second factor does
        assert len(sign_ins.of_person(mai.person_id)) == 1
        with writing():
            private_codes.revoke(camp, mai)
        assert sign_ins.of_person(mai.person_id) == []
