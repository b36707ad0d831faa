"""Tests of sessions/overflow.py."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from camp import letters, venue
from camp.db import db, writing
from camp.errors import BadInput, Conflict, NotFound
from camp.models import Mail
from sessions import overflow, planning
from sessions.standing import standing_of
from tests import make

KEY = "v" * 43


def test_the_hosts_of_a_session_without_a_cell_get_an_answer_and_a_later_one_replaces_it(app: Flask) -> None:
    overflow.register()
    camp = make.camp()
    hosts = [make.participant(camp, "Anna"), make.participant(camp, "Ben")]
    waits, other = make.session(camp, "Waits", hosts), make.session(camp, "Other")
    with writing():
        assert overflow.answer(camp, waits.id, "next", "") == 2
        assert overflow.answer(camp, waits.id, "table", " Table 3, \n 14:15 ") == 2
    rows = {one.row.session.id: one.reply and (one.reply.kind, one.reply.place) for one in overflow.waiting(camp, standing_of(camp, KEY))}
    assert rows == {waits.id: ("table", "Table 3, 14:15"), other.id: None}
    assert [(reply.kind, title) for reply, title in overflow.of_participant(hosts[0])] == [("table", "Waits")]
    told = [letters.values(row, "") for row in db.session.scalars(select(Mail).order_by(Mail.id))]
    assert told[:2] == [None, None] and [one and one["place"] for one in told[2:]] == ["Table 3, 14:15"] * 2


def test_with_a_cell_the_answer_is_over_and_none_can_be_given(app: Flask) -> None:
    overflow.register()
    camp, grid = make.camp(), None
    one = make.session(camp)
    with writing():
        overflow.answer(camp, one.id, "second", "")
        grid = venue.grid(camp)
        planning.move(camp, one.id, grid.rooms[0].id, grid.session_slots[0].id)
    assert (overflow.reply_to(one.id), overflow.replies(camp)) == (None, {})
    assert letters.values(db.session.scalars(select(Mail)).one(), "") is None
    db.session.rollback()
    with pytest.raises(Conflict, match="has a cell by now"), writing():
        overflow.answer(camp, one.id, "second", "")


@pytest.mark.parametrize(("kind", "place", "error"), [
    ("table", " ", BadInput), ("free beer", "", BadInput), ("", "", BadInput), ("second", "x" * 121, BadInput)])
def test_nonsense_is_refused(app: Flask, kind: str, place: str, error: type[Exception]) -> None:
    camp, other = make.camp(), make.camp("ecm28")
    one = make.session(camp)
    with pytest.raises(error), writing():
        overflow.answer(camp, one.id, kind, place)
    with pytest.raises(NotFound), writing():
        overflow.answer(other, one.id, "next", "")
    assert db.session.scalars(select(Mail)).all() == []
