from __future__ import annotations

import pytest
from flask import Flask

from camp import camps
from camp.db import db, writing
from camp.errors import BadInput
from sessions import hands, rounds
from sessions.pitch_models import Hands
from tests import make


def test_hands_are_kept_changed_and_taken_back_without_raising_the_change_number(app: Flask) -> None:
    camp = make.camp()
    with writing():
        camps.set_phase(camp, "pitch", None, None)
    session, other = make.session(camp, "One"), make.session(make.camp("ecm28"), "Elsewhere")
    for number, found in ((12, {session.id: 12}), (0, {session.id: 0}), (None, {}), (None, {})):
        with writing():
            hands.count(session.id, number)
            hands.count(other.id, 3)
        assert hands.counted(camp) == found
    assert camp.change_number == 0


@pytest.mark.parametrize("number", [-1, 10_000])
def test_hands_that_nobody_has_are_refused(app: Flask, number: int) -> None:
    session = make.session(make.camp())
    with pytest.raises(BadInput) as refused, writing():
        hands.count(session.id, number)
    assert (refused.value.field, db.session.query(Hands).count()) == ("hands", 0)


def test_expected_is_of_votes_and_hands_by_the_camps_factor(app: Flask) -> None:
    camp = make.camp()
    one, two, three = (make.session(camp, f"S{n}") for n in range(3))
    with writing():
        hands.count(one.id, 20)
        hands.count(two.id, 4)
    assert hands.expected(camp, {two.id: 9, three.id: 1}) == {one.id: 25, two.id: 9, three.id: 1}
    with writing():
        rounds.change(camp, seconds=60, percent=200)
    assert hands.expected(camp, {one.id: 39}) == {one.id: 40, two.id: 8}
