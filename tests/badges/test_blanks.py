from __future__ import annotations

import pytest
from flask import Flask

from badges import blanks, door, revoking
from badges.models import Badge, Device
from camp import tokens
from camp.db import db, writing
from camp.errors import BadInput, Conflict
from camp.models import Camp
from tests import make
from tests.badges.made import HOST, KEY, code, phone


def _codes(camp: Camp, number: int) -> list[str]:
    with writing():
        blanks.make(camp, number, KEY)
    return [blanks.code_of(blank, KEY) for blank in blanks.unbound(camp)]


def _verdict(camp: Camp, device: Device, nonce: str, text: str) -> str:
    with writing():
        return door.check_in(db.session.get_one(Camp, camp.id), db.session.get_one(Device, device.id), nonce, text, host=HOST).verdict


def test_blank_badges_are_numbered_on_and_the_database_keeps_only_hashes(app: Flask) -> None:
    camp = make.camp()
    first, second = _codes(camp, 2), _codes(camp, 1)
    assert ([blank.number for blank in blanks.unbound(camp)], second[:2]) == ([1, 2, 3], first)
    stored = repr(list(db.session.execute(db.text("select * from blank_badge")).mappings()))
    assert [text for text in second if text in stored or tokens.hash_of(text) not in stored] == []


def test_a_bound_blank_badge_lets_its_owner_in(app: Flask) -> None:
    camp = make.camp()
    text, (_, device), wei = _codes(camp, 1)[0], phone(camp), make.participant(camp, "Wei")
    assert _verdict(camp, device, "nonce-1-x", text) == "blank"
    with writing():
        bound = blanks.bind(camp, text.lower(), wei)
        again = blanks.bind(camp, text, wei)
    assert (bound.id, bound.participant_id) == (again.id, wei.id)
    assert (_verdict(camp, device, "nonce-2-x", text), blanks.unbound(camp)) == ("admitted", [])
    assert code(wei) == text  # a reprint carries the code of the blank badge


def test_whoever_had_a_badge_keeps_the_new_one_only(app: Flask) -> None:
    camp = make.camp()
    mai, (_, device) = make.participant(camp), phone(camp)
    old, text = code(mai), _codes(camp, 1)[0]
    with writing():
        blanks.bind(camp, text, mai)
    assert _verdict(camp, device, "nonce-1-x", old) == "revoked"
    assert _verdict(camp, device, "nonce-2-x", text) == "admitted"
    assert db.session.query(Badge).count() == 1


def test_a_badge_that_is_somebodys_a_foreign_and_an_unknown_one_are_not_bound(app: Flask) -> None:
    camp, other = make.camp(), make.camp("other")
    mai, wei = make.participant(camp), make.participant(camp, "Wei")
    for text, error in ((code(mai), Conflict), (_codes(other, 1)[0], BadInput), ("A" * 16, BadInput)):
        with pytest.raises(error), writing():
            blanks.bind(camp, text, wei)
    assert revoking.badge_for(wei) is not None  # made with Mai's; no code changed


def test_a_blank_badge_is_not_bound_anew_when_its_owner_is_gone(app: Flask) -> None:
    camp = make.camp()
    mai, wei, text = make.participant(camp), make.participant(camp, "Wei"), _codes(camp, 1)[0]
    with writing():
        blanks.bind(camp, text, mai)
    with writing():
        db.session.delete(db.session.query(Badge).filter_by(participant_id=mai.id).one())
    with pytest.raises(BadInput, match="no blank badge"), writing():
        blanks.bind(camp, text, wei)


@pytest.mark.parametrize("number", [0, -1, blanks.MOST + 1])
def test_nobody_makes_none_or_too_many(app: Flask, number: int) -> None:
    camp = make.camp()
    with pytest.raises(BadInput, match="500 blank badges"), writing():
        blanks.make(camp, number, KEY)
