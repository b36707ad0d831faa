from __future__ import annotations

from flask import Flask

from badges import blanks, door, known, revoking
from badges.events import Event
from badges.models import Scan
from camp.db import db, writing
from tests import make
from tests.badges.made import HOST, KEY, code, phone
from tests.queries import count_queries

NOBODY = "AAAAAAAAAAAAAAAA"


def test_whose_codes_are_and_which_are_revoked_is_read_at_once(app: Flask) -> None:
    camp, other = make.camp(), make.camp("other")
    mai, wei, far = make.participant(camp), make.participant(camp), make.participant(other)
    texts = [code(mai), code(wei), code(far), NOBODY]
    _, device = phone(camp)
    with writing():
        badge = revoking.of_participant(wei)
        revoking.renew(camp, badge, KEY)
    with writing():
        found = known.of(camp, device, ["nonce-0001"], texts)
        seen = [(badge.participant_id if badge else None, revoked) for badge, revoked in map(found.badge, texts)]
    assert seen == [(mai.id, False), (None, True), (far.id, False), (None, False)]
    assert found.scans == {}


def test_a_batch_of_scans_costs_no_statement_for_each_ones_code(app: Flask) -> None:
    camp = make.camp()
    texts = [code(make.participant(camp, f"Mai{number}")) for number in range(9)]
    _, device = phone(camp)
    numbers = []
    for some in (texts[:2], texts[2:]):
        reported = [Event(f"nonce-{text}", text=text, live=False, decision="admitted") for text in some]
        with writing(), count_queries() as statements:
            before = door.known_of(camp, device, reported, host=HOST)
            assert {door.take(camp, device, event, host=HOST, before=before).verdict for event in reported} == {"admitted"}
            before.save()
        numbers.append(len(statements) - 2 * len(some))  # but those that let each in and note when they arrived
    assert numbers[0] == numbers[1]
    assert db.session.query(Scan).count() == 9


def test_a_code_that_a_walk_in_was_given_before_it_in_the_batch_is_theirs(app: Flask) -> None:
    camp = make.camp()
    _, device = phone(camp)
    with writing():
        blanks.make(camp, 1, KEY)
        text = blanks.code_of(blanks.unbound(camp)[0], KEY)
        reported = [Event("nonce-0001", text=text), Event("nonce-0002", "walk-in", given="Özlem", text=text, live=False, decision="admitted"),
                    Event("nonce-0003", text=text)]
        before = door.known_of(camp, device, reported, host=HOST)
        assert [door.take(camp, device, event, host=HOST, before=before).verdict for event in reported] == ["blank", "admitted", "already"]
