from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from badges import blanks, door, private_codes, revoking
from badges.models import Badge, Device
from camp import tokens
from camp.db import db, writing
from camp.errors import Conflict
from camp.models import Camp, LogEntry, Participant
from tests import make
from tests.badges.made import HOST, KEY, code, phone


def _verdict(camp: Camp, device: Device, nonce: str, text: str) -> tuple[str, str]:
    with writing():
        found = door.check_in(db.session.get_one(Camp, camp.id), db.session.get_one(Device, device.id), nonce, text, host=HOST)
        return found.verdict, found.participant.given_name if found.participant else ""


def _badge(who: Participant) -> Badge:
    return revoking.of_participant(db.session.get_one(Participant, who.id))


def test_a_revoked_code_is_turned_away_by_name_and_noted_once(app: Flask) -> None:
    camp = make.camp()
    mai, (_, device) = make.participant(camp), phone(camp)
    text = code(mai)
    for _ in range(2):
        with writing():
            revoking.revoke(camp, _badge(mai), person_id=mai.person_id)
    assert _verdict(camp, device, "nonce-1-x", text) == ("revoked", "Mai")
    assert revoking.counts(_badge(mai)) is False
    assert db.session.query(LogEntry).filter_by(verb="revoked a badge").count() == 1


def test_a_renewed_badge_opens_with_its_new_code_only(app: Flask) -> None:
    camp = make.camp()
    mai, (_, device) = make.participant(camp), phone(camp)
    old = code(mai)
    with writing():
        revoking.renew(camp, _badge(mai), KEY)
    badge = _badge(mai)
    new = tokens.badge_code(KEY, badge.uid, 2)
    assert (badge.issue, badge.code_hash, revoking.counts(badge)) == (2, tokens.hash_of(new), True)
    assert _verdict(camp, device, "nonce-1-x", old) == ("revoked", "")
    assert _verdict(camp, device, "nonce-2-x", new) == ("admitted", "Mai")
    assert code(mai) == new


def test_renewing_makes_a_revoked_badge_good_again(app: Flask) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    code(mai)
    with writing():
        revoking.revoke(camp, _badge(mai))
        revoking.renew(camp, _badge(mai), KEY)
    assert (revoking.counts(_badge(mai)), _badge(mai).issue) == (True, 2)


def _take_a_blank_one(camp: Camp, badge: Badge) -> None:
    blanks.make(camp, 1, KEY)
    blanks.bind(camp, blanks.code_of(blanks.unbound(camp)[0], KEY), badge.participant)


@pytest.mark.parametrize("lost", [revoking.revoke, lambda camp, badge: revoking.renew(camp, badge, KEY), _take_a_blank_one])
def test_the_private_code_of_a_lost_badge_ends_with_it(app: Flask, lost: Callable[[Camp, Badge], None]) -> None:
    camp = make.camp()
    mai = make.participant(camp)
    code(mai)
    with writing():
        private_codes.ensure(camp, [mai.id], KEY)
        lost(camp, _badge(mai))
    assert private_codes.addresses(camp, KEY, "h") == {}


def test_who_has_no_badge_has_none_to_revoke(app: Flask) -> None:
    with pytest.raises(Conflict, match="no badge yet"):
        revoking.of_participant(make.participant(make.camp()))
