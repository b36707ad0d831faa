from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from camp import camps, clock
from camp.db import db, writing
from camp.models import Camp, Room, Slot
from sessions import agenda, guests, overflow
from sessions.models import Placement
from sessions.views import needs
from tests import make


@pytest.fixture
def camp(app: Flask) -> Camp:
    return make.camp()


def _found(app: Flask, camp: Camp) -> list[tuple[str, str, str]]:
    with app.test_request_context(f"/{camp.slug}/organise", headers={"Accept-Language": "en"}):
        app.preprocess_request()
        return [(todo.level, todo.text, todo.hint) for todo in needs.look(camp)]


def _over(camp: Camp, *names: str) -> None:
    with writing():
        for name in names:
            camps.set_phase(camp, name, clock.now() - timedelta(days=2), clock.now() - timedelta(days=1))


def _place(camp: Camp, number: int, slot: int = 0) -> None:
    with writing():
        rooms, slots = db.session.query(Room).all(), db.session.query(Slot).all()
        db.session.add(Placement(session_id=number, room_id=rooms[0].id, slot_id=slots[slot].id))


def test_before_the_voting_ends_nothing_is_asked_for(app: Flask, camp: Camp) -> None:
    make.session(camp)
    assert _found(app, camp) == []


def test_voting_is_over_and_nothing_is_placed(app: Flask, camp: Camp) -> None:
    make.session(camp)
    _over(camp, "voting")
    assert [row[:2] for row in _found(app, camp)] == [("warn", "Voting is over and nothing has a room yet.")]


def test_a_session_whose_host_has_no_place(app: Flask, camp: Camp) -> None:
    make.session(camp, hosts=[make.participant(camp, state="waiting")])
    assert [row[:2] for row in _found(app, camp)] == [("warn", "A session cannot be planned: none of its hosts has a place.")]


def test_the_plan_differs_from_the_agenda(app: Flask, camp: Camp) -> None:
    one, two = make.session(camp, "One"), make.session(camp, "Two")
    _place(camp, one.id)
    with writing():
        agenda.publish(camp)
    assert [row[:2] for row in _found(app, camp)] == [("info", "A host whose session has no cell has had no answer.")]
    with writing():
        overflow.answer(camp, two.id, "next", "")
    assert _found(app, camp) == []
    _place(camp, two.id, 1)
    assert [row[:2] for row in _found(app, camp)] == [("info", "The plan says something else than the agenda that is out.")]


def test_what_came_from_the_wall_is_to_be_looked_at(app: Flask, camp: Camp) -> None:
    with clock.shifted(make.until_noon(camp)):
        with writing():
            made = guests.propose(camp, "Returns", "Ada", "n")
        assert [text for _, text, _ in _found(app, camp)] == ["A proposal has come from the wall without an account, and nobody has looked at it."]
        with writing():
            guests.see(made)
        assert _found(app, camp) == []


def test_after_the_camp_the_missing_notes_are_counted(app: Flask, camp: Camp) -> None:
    _place(camp, make.session(camp).id)
    with writing():
        agenda.publish(camp)
    _over(camp, "camp")
    assert _found(app, camp) == [("info", "One session has no notes yet.", "Ask their hosts while they remember.")]
