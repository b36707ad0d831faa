"""Tests of sessions/proofs.py."""

from __future__ import annotations

from flask import Flask

from camp.db import db, writing
from sessions import planning, proofs
from sessions.standing import standing_of
from tests import make
from tests.sessions.test_drafts import KEY, Proposal


def bound_of(place: Proposal) -> float | None:
    found = proofs.of(place.camp, standing_of(place.camp, KEY))
    db.session.rollback()
    return found.bound if found else None


def keep(place: Proposal, bound: float) -> None:
    mark = proofs.mark_of(standing_of(place.camp, KEY))
    with writing():
        proofs.keep(place.camp.id, mark, bound, True)


def test_a_proof_belongs_to_the_plan_and_only_gets_better(app: Flask) -> None:
    place = Proposal(app)
    assert bound_of(place) is None
    keep(place, 3.0)
    keep(place, 2.5)
    keep(place, 2.9)
    found = proofs.of(place.camp, standing_of(place.camp, KEY))
    assert found is not None and (found.bound, found.closer, found.percent) == (2.5, True, 20.0)


def test_it_is_void_when_a_session_moves_and_holds_again_when_it_is_back(app: Flask) -> None:
    place = Proposal(app)
    keep(place, 2.0)
    with writing():
        planning.move(place.camp, place.sessions[1].id, place.rooms[1], place.slots[1])
    assert bound_of(place) is None
    with writing():
        planning.move(place.camp, place.sessions[1].id, place.rooms[0], place.slots[1])
    assert bound_of(place) == 2.0


def test_it_is_void_when_votes_change_and_a_new_one_takes_its_place(app: Flask) -> None:
    place = Proposal(app)
    keep(place, 2.0)
    make.vote(app, make.participant(place.camp), place.sessions[0])
    assert bound_of(place) is None
    keep(place, 4.0)
    assert bound_of(place) == 4.0
