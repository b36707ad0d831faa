from __future__ import annotations

import json

from flask import Flask

from camp import erasers, own_data
from tests import make
from tests.camp import lived

KEY = "v" * 43


def test_everything_of_a_person_is_told_and_nothing_of_others(app: Flask) -> None:
    camp, who, mai = lived.fill(app)
    found = own_data.gather(camp, who, KEY, [eraser.tell for eraser in erasers.of(app)])
    assert {name: len(rows) for name, rows in found.items()} == {
        "pitches": 1, "introduction": 1,
        "person": 1, "registration": 1, "needs": 1, "roles": 1, "invitations": 1, "shifts": 1, "sign_ins": 1, "mails": 2, "log": 5, "unconfirmed": 0, "answers": 0,
        "wlan": 0, "hosted": 2, "begun": 0, "votes": 1, "judged": 0, "late": 0, "picks": 1, "projects": 2, "badges": 1, "cards": 1, "private_codes": 1,
        "admissions": 1, "handouts": 0, "door_note": 0}
    assert set(found) <= set(own_data.LABELS)
    text = json.dumps(found)
    assert (lived.ADDRESS in text, "Reefs at night" in text, "signin" in text, mai.person.email in text) == (True, True, False, False)


def test_who_has_done_nothing_has_nothing(app: Flask) -> None:
    camp = make.camp()
    other = make.participant(camp)
    make.vote(app, other, make.session(camp, "One", [other]))
    found = own_data.gather(camp, make.participant(camp), KEY, [eraser.tell for eraser in erasers.of(app)])
    assert [name for name, rows in found.items() if rows] == ["person", "registration"]
