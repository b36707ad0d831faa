from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from badges import pairing
from badges.models import Device, PairingCode
from camp import clock, tokens
from camp.db import db, writing
from camp.errors import BadInput, NotFound, NotOpen
from tests import make
from tests.badges.made import phone
from tests.queries import count_queries


def test_a_code_makes_one_phone_a_door_until_the_day_after_the_camp(app: Flask) -> None:
    camp = make.camp()
    with writing():
        code = pairing.offer(camp, "  main \n entrance ")
        token, device = pairing.pair(camp, f" {code[:4].lower()}-{code[4:]} ")
    assert (len(code), len(token) >= 43) == (8, True)
    assert (device.door, device.token_hash) == ("main entrance", tokens.hash_of(token))
    assert device.expires_at == datetime(2027, 4, 25, 22, tzinfo=UTC)  # midnight in Berlin after 25 April
    assert pairing.device_of(camp, token) is device
    assert pairing.standing(device) == "paired"
    kept = db.session.query(PairingCode).one()
    assert (code in kept.code_hash, kept.used_at is not None) == (False, True)


def test_a_code_works_once(app: Flask) -> None:
    camp = make.camp()
    with writing():
        code = pairing.offer(camp, "A")
        pairing.pair(camp, code)
        with pytest.raises(BadInput, match="has used this code"):
            pairing.pair(camp, code)
    assert db.session.query(Device).count() == 1


def test_a_code_works_for_ten_minutes(app: Flask) -> None:
    camp = make.camp()
    with writing():
        code = pairing.offer(camp, "A")
        with clock.shifted(timedelta(minutes=10)), pytest.raises(BadInput, match="ten minutes old"):
            pairing.pair(camp, code)
        with clock.shifted(timedelta(minutes=9)):
            pairing.pair(camp, code)


def test_a_code_is_of_no_use_at_another_camp(app: Flask) -> None:
    camp, other = make.camp(), make.camp("other")
    with writing():
        code = pairing.offer(camp, "A")
        for text in (code, "ABCDEFGH", ""):
            with pytest.raises(BadInput, match="do not know this code"):
                pairing.pair(other, text)


def test_a_door_needs_a_name(app: Flask) -> None:
    camp = make.camp()
    with writing(), pytest.raises(BadInput, match="needs a name"):
        pairing.offer(camp, " \x00 ")


def test_after_the_camp_no_phone_is_paired_and_paired_ones_end(app: Flask) -> None:
    camp = make.camp()
    _, device = phone(camp)
    with writing():
        code = pairing.offer(camp, "A")
    noon = make.until_noon(camp)
    with clock.shifted(noon + timedelta(days=1)):
        assert pairing.standing(device) == "paired"
    with clock.shifted(noon + timedelta(days=2)), writing():
        assert pairing.standing(device) == "device-expired"
        with pytest.raises(NotOpen, match="camp is over"):
            pairing.offer(camp, "A")
        with pytest.raises(BadInput, match="ten minutes old"):
            pairing.pair(camp, code)


def test_a_token_opens_its_own_camp_only(app: Flask) -> None:
    camp, other = make.camp(), make.camp("other")
    token, _ = phone(camp)
    assert [pairing.device_of(*ask) for ask in ((other, token), (camp, "x"), (camp, ""), (camp, None))] == [None] * 4


def test_a_revoked_phone_is_known_and_locked_out(app: Flask) -> None:
    camp = make.camp()
    token, device = phone(camp)
    with writing():
        pairing.revoke(camp, device.id)
    found = pairing.device_of(camp, token)
    assert found is not None
    assert pairing.standing(found) == "device-revoked"


def test_a_camp_revokes_its_own_phones_only(app: Flask) -> None:
    _, device = phone(make.camp())
    other = make.camp("other")
    with writing(), pytest.raises(NotFound):
        pairing.revoke(other, device.id)
    assert pairing.standing(device) == "paired"


def test_the_list_of_doors_takes_one_query(app: Flask) -> None:
    camp = make.camp()
    phone(camp, "A")
    phone(camp, "B")
    db.session.rollback()
    db.session.refresh(camp)
    with count_queries() as seen:
        found = pairing.doors(camp)
    assert [(one.device.door, one.standing, one.last_scan) for one in found] == [
        ("B", "paired", None), ("A", "paired", None)]
    assert (len(seen), pairing.paired(found)) == (1, 2)
