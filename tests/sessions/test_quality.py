"""Tests of sessions/quality.py."""

from __future__ import annotations

from flask import Flask

from camp.db import db, writing
from camp.models import Participant
from sessions import agenda, planning, quality
from sessions.quality import Kept
from sessions.standing import standing_of
from tests import make
from tests.sessions.test_drafts import KEY, Proposal


def kept(place: Proposal, who: Participant) -> Kept | None:
    found = quality.kept_by(place.camp, who, KEY)
    db.session.rollback()
    return found


def publish(place: Proposal) -> None:
    with writing():
        agenda.publish(place.camp)


def test_the_plan_is_held_against_the_pin_board(app: Flask) -> None:
    place = Proposal(app)
    found = quality.of(standing_of(place.camp, KEY))
    assert (found.figures.attendance, found.figures.bound) == (2, 2)
    assert found.pin_board is not None and found.pin_board.attendance == 2
    assert [(use.cells, use.open) for use in found.use] == [(2, 2), (0, 2)]


def test_a_pin_board_that_leads_to_no_plan_has_no_figures(app: Flask) -> None:
    place = Proposal(app)
    with writing():
        for session in place.sessions[:2]:
            planning.pin(place.camp, session.id, True)
            db.session.get_one(type(session), session.id).needs = ["stream"]
    assert quality.of(standing_of(place.camp, KEY)).pin_board is None


def test_everybody_has_a_number_of_their_own_from_the_public_agenda(app: Flask) -> None:
    place = Proposal(app)
    who, idle = make.participant(place.camp), make.participant(place.camp)
    make.vote(app, who, *place.sessions)
    assert kept(place, who) is None, "nothing is public"
    publish(place)
    assert kept(place, who) == Kept(2, 3, 1)
    assert kept(place, idle) is None
    place.take(2)
    publish(place)
    assert kept(place, who) == Kept(2, 3, 0), "One and Three run at the same time"


def test_what_runs_while_somebody_holds_a_session_cannot_be_kept_and_ones_own_is_no_wish(app: Flask) -> None:
    place = Proposal(app)
    host = place.sessions[2].hosts[0].participant
    make.vote(app, host, *place.sessions)
    place.take(2)
    publish(place)
    assert kept(place, host) == Kept(1, 2, 0)


def test_a_session_of_two_slots_overlaps_both(app: Flask) -> None:
    camp = make.camp(rooms=2, slots=2)
    place = Proposal.__new__(Proposal)
    place.camp = camp
    long, first, second = make.session(camp, "Long", length=2), make.session(camp, "First"), make.session(camp, "Second")
    who = make.participant(camp)
    make.vote(app, who, long, first, second)
    grid = standing_of(camp).grid
    rooms, slots = [room.id for room in grid.rooms], [slot.id for slot in grid.session_slots]
    db.session.rollback()
    with writing():
        planning.move(camp, long.id, rooms[0], slots[0])
        planning.move(camp, first.id, rooms[1], slots[0])
        planning.move(camp, second.id, rooms[1], slots[1])
        agenda.publish(camp)
    assert kept(place, who) == Kept(2, 3, 0)
