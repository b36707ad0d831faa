"""What the badges wing forgets: badge and admission; the scans stay, and are nobody's."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from badges import door, erasing, pairing
from badges.models import Admission, Badge, Device, PairingCode, Scan
from camp.db import db, writing
from camp.models import Camp
from tests import make
from tests.badges import made


def test_scans_keep_their_verdicts_and_are_nobodys(app: Flask) -> None:
    camp = make.camp()
    who, other = make.participant(camp), make.participant(camp, "Bo")
    codes = [made.code(who), made.code(other)]
    _, device = made.phone(camp)
    with writing():
        for number, code in enumerate([*codes, codes[0]]):
            door.check_in(db.session.get_one(Camp, camp.id), db.session.get_one(Device, device.id), f"nonce-{number:03}", code, host=made.HOST)
    db.session.rollback()
    assert erasing.numbers(camp, who, "") == {"badges": 1, "admissions": 1, "cards": 0}
    with writing():
        erasing.forget(camp, who, "")
    db.session.rollback()
    kept = db.session.scalars(select(Badge)).one()
    assert kept.participant_id == other.id
    scans = db.session.scalars(select(Scan).order_by(Scan.id)).all()
    assert [(scan.verdict, scan.badge_id, scan.participant_id, scan.admission_id is None) for scan in scans] == [
        ("admitted", None, None, True), ("admitted", kept.id, other.id, False), ("already", None, None, True)]
    assert list(db.session.scalars(select(Admission.participant_id))) == [other.id]
    assert erasing.numbers(camp, who, "") == {"badges": 0, "admissions": 0, "cards": 0}


def test_after_a_restore_no_phone_scans_and_no_code_pairs(app: Flask) -> None:
    camp = make.camp()
    _, device = made.phone(camp)
    with writing():
        pairing.offer(camp, "side")
    with writing():
        erasing.end_devices()
    db.session.rollback()
    assert pairing.standing(db.session.scalars(select(Device).execution_options(populate_existing=True)).one()) == "device-revoked"
    assert list(db.session.scalars(select(PairingCode.id).where(PairingCode.used_at.is_(None)))) == []
