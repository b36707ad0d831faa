"""Tests of sessions/picks.py."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from flask import Flask

from camp import clock, sign_ins
from camp.db import db, writing
from camp.errors import NotFound
from camp.models import Participant
from sessions import agenda, picks, planning
from sessions.models import Entry
from sessions.picks import Reader
from tests import make
from tests.queries import count_queries
from tests.sessions.leave import published


def test_pick_and_unpick_are_idempotent_and_know_the_camp(app: Flask) -> None:
    camp, other = make.camp(), make.camp("ecm28")
    me, one, hidden = make.participant(camp), make.session(camp, "One"), make.session(camp, "Not placed")
    strange = make.session(other)
    published(camp, (one, 0, 0))
    published(other, (strange, 0, 0))
    with writing():
        picks.pick(camp, me, one.id)
        picks.pick(camp, me, one.id)
    assert picks.of(me) == {one.id}
    for wrong in (hidden, strange):
        with pytest.raises(NotFound, match="not on the agenda"), writing():
            picks.pick(camp, me, wrong.id)
    with writing():
        picks.unpick(camp, me, one.id)
        picks.unpick(camp, me, one.id)
    assert picks.of(me) == frozenset()


def test_my_agenda_keeps_what_was_cancelled_and_names_clashes(app: Flask) -> None:
    camp = make.camp(rooms=3)
    me = make.participant(camp)
    one, twin, late = (make.session(camp, title) for title in ("One", "Twin", "Late"))
    published(camp, (one, 0, 0), (twin, 1, 0), (late, 2, 1))
    with writing():
        for session in (one, twin, late):
            picks.pick(camp, me, session.id)
    mine = picks.entries(camp, me)
    assert [entry.title for entry in mine] == ["One", "Twin", "Late"]
    assert {session: entry.title for session, entry in picks.clashes(mine).items()} == {one.id: "Twin", twin.id: "One"}
    db.session.rollback()
    with writing():
        planning.take_out(camp, twin.id)
        agenda.publish(camp)
    mine = picks.entries(camp, me)
    assert [(entry.title, entry.cancelled) for entry in mine] == [("One", False), ("Twin", True), ("Late", False)]
    assert picks.clashes(mine) == {}


def test_clashes_of_a_two_slot_session_reach_its_second_slot() -> None:
    def entry(session: int, starts: int, ends: int) -> Entry:
        return Entry(session_id=session, date=make.DAY, starts=time(starts), ends=time(ends), cancelled=False)

    long, second, after = entry(1, 10, 12), entry(2, 11, 12), entry(3, 12, 13)
    assert picks.clashes([long, second, after]) == {1: second, 2: long}


def _read(camp_id: int, token: str | None) -> Reader:
    """What a new request would see."""
    db.session.rollback()
    return picks.reader(camp_id, token)


def test_a_reader_is_anybody_until_signed_in_and_takes_part_with_picks_until_cancelled(app: Flask) -> None:
    camp, other = make.camp(), make.camp("ecm28")
    me, one = make.participant(camp), make.session(camp, "One")
    published(camp, (one, 0, 0))
    here, there, person_id, picked = camp.id, other.id, me.person_id, Reader(True, True, frozenset({one.id}))
    assert [_read(here, token) for token in (None, "", "wrong")] == [Reader()] * 3
    with writing():
        picks.pick(camp, me, one.id)
        half, token = sign_ins.start(person_id, half_open=True), sign_ins.start(person_id)
    assert _read(here, half) == Reader()
    with count_queries() as asked:
        assert _read(here, token) == picked
    assert len(asked) == 1
    assert _read(there, token) == Reader(True)
    with writing():
        db.session.get_one(Participant, me.id).state = "cancelled"
    assert _read(here, token) == Reader(True)
    with clock.shifted(sign_ins.AGE + timedelta(minutes=1)):
        assert _read(here, token) == Reader()
    with writing():
        sign_ins.end_all(person_id)
    assert _read(here, token) == Reader()
