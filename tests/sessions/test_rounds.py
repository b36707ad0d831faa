from __future__ import annotations

import pytest
from flask import Flask

from camp import camps, clock
from camp.db import db, writing
from camp.errors import BadInput, NotOpen
from camp.models import Camp, LogEntry
from sessions import agenda, live, rounds
from sessions.models import Agenda, Placement
from tests import make


def _open(app: Flask, **values: int) -> Camp:
    camp = make.camp(**values)
    with writing():
        camps.set_phase(camp, "pitch", None, None)
    return camp


def _place(camp: Camp, title: str, room: int, slot: int) -> None:
    from camp import venue
    grid = venue.grid(camp)
    session = make.session(camp, title)
    with writing():
        db.session.add(Placement(session_id=session.id, room_id=grid.rooms[room].id, slot_id=grid.session_slots[slot].id))


def test_closing_makes_the_grid_a_version_once_and_ends_the_phase(app: Flask) -> None:
    camp = _open(app)
    _place(camp, "Returns", 0, 0)
    assert [entry.title for entry in agenda.shown(camp)] == ["Returns"] and agenda.current(camp) is None
    with writing():
        made = rounds.close(camp)
    assert made is not None and (made.number, live.is_live(camp), [entry.title for entry in agenda.shown(camp)]) == (1, False, ["Returns"])
    with pytest.raises(NotOpen), writing():
        rounds.close(camp)
    assert db.session.query(Agenda).count() == 1
    assert [row.verb for row in db.session.query(LogEntry)] == ["published agenda", "closed pitch round"]


def test_closing_an_empty_grid_ends_the_round_without_a_version(app: Flask) -> None:
    camp = _open(app)
    with writing():
        assert rounds.close(camp) is None
    assert (live.is_live(camp), db.session.query(Agenda).count()) == (False, 0)


def test_closing_a_grid_that_says_what_is_out_keeps_the_version(app: Flask) -> None:
    camp = _open(app)
    _place(camp, "Returns", 0, 0)
    with writing():
        agenda.publish(camp)
    with writing():
        made = rounds.close(camp)
    assert made is not None and (made.number, db.session.query(Agenda).count()) == (1, 1)


def test_what_breaks_a_rule_goes_out_too(app: Flask) -> None:
    camp = _open(app)
    host = make.participant(camp)
    for room in (0, 1):
        _place(camp, f"Twice {room}", room, 0)
    with writing():
        for row in db.session.query(Placement):
            session = agenda.Session
            db.session.query(session).filter_by(id=row.session_id).one().hosts[0].participant_id = host.id
        db.session.flush()
        db.session.expire_all()
        made = rounds.close(camp)
    assert made is not None and len(agenda.shown(camp)) == 2


def test_a_round_opened_again_begins_anew(app: Flask) -> None:
    camp = _open(app)
    with writing():
        rounds.begun(camp)
        rounds.close(camp)
    assert rounds.is_closed(rounds.of(camp))
    with writing():
        camps.set_phase(camp, "pitch", clock.now(), None)
        rounds.begun(camp)
    assert (live.is_live(camp), rounds.is_closed(rounds.of(camp))) == (True, False)


def test_settings_are_kept_within_their_bounds(app: Flask) -> None:
    camp = _open(app)
    assert (rounds.of(camp).seconds, rounds.of(camp).percent) == (60, 125)
    with writing():
        rounds.change(camp, seconds=30, percent=150)
    found = rounds.of(camp)
    assert (found.seconds, found.percent, found.left) == (30, 150, 30)
    for seconds, percent, field in ((9, 125, "seconds"), (601, 125, "seconds"), (60, 49, "percent"), (60, 401, "percent")):
        with pytest.raises(BadInput) as refused, writing():
            rounds.change(camp, seconds=seconds, percent=percent)
        assert refused.value.field == field
