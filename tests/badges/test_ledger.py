from __future__ import annotations

from dataclasses import replace

from flask import Flask

from badges import ledger
from badges.card import BadgeCard
from badges.models import Badge
from camp.db import db, writing
from tests import make
from tests.badges.made import code

CARD = BadgeCard("Mai", "Krause", "", "", "", "X")


def test_prints_are_counted_and_only_the_last_face_is_kept_as_a_hash(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    code(mai)
    badge = db.session.query(Badge).one()
    for card in (CARD, replace(CARD, name="Maja")):
        with writing():
            ledger.note(camp, "chosen", "a6", 1, [(badge.id, card)], person_id=mai.person_id)
    row = ledger.of(camp)[badge.id]
    assert (row.times, row.face, ledger.number(camp)) == (2, ledger.face(replace(CARD, name="Maja")), 1)
    assert [(run.whose, run.person_id, run.number) for run in ledger.prints(camp)] == [("chosen", mai.person_id, 1)] * 2
    assert "Maja" not in repr(list(db.session.execute(db.text("select * from printed_badge")).mappings()))
