"""Tests of sessions/standing.py."""

from __future__ import annotations

from random import Random

from flask import Flask

from camp import tokens, venue
from camp.db import db, writing
from camp.models import Camp, ClosedCell, Participant, Room
from sessions import planning
from sessions.models import Placement, Session
from sessions.planner import solve
from sessions.planner.problem import Pin
from sessions.standing import ALL_WAIT, NO_HOST, anonymous, standing_of
from tests import make

KEY = "v" * 43


def pseudonym(camp: Camp, who: Participant) -> str:
    return tokens.vote_pseudonym(KEY, camp.id, who.id)


def test_hosts_votes_and_windows_of_admitted_people_count_alone(app: Flask) -> None:
    camp = make.camp(slots=3)
    anna, ben = make.participant(camp, "Anna"), make.participant(camp, "Ben")
    waits, gone = make.participant(camp, state="waiting"), make.participant(camp, state="cancelled")
    shared = make.session(camp, "Shared", [anna, waits], away="morning")
    plain = make.session(camp, "Plain", [ben], length=2, needs=["beamer"], tag="SEO")
    for who in (anna, ben, waits, gone):
        make.vote(app, who, shared)
    make.vote(app, ben, plain)
    standing = standing_of(camp, KEY)
    slots = [slot.id for slot in standing.grid.session_slots]
    told = {one.title: (one.hosts, one.length, one.needs, one.track) for one in standing.problem.sessions}
    assert told == {"Shared": ((pseudonym(camp, anna),), 1, frozenset(), None),
                    "Plain": ((pseudonym(camp, ben),), 2, frozenset({"beamer"}), "SEO")}
    assert dict(standing.problem.windows) == {pseudonym(camp, anna): frozenset({f"t{slots[2]}"})}
    assert dict(standing.problem.votes) == {pseudonym(camp, anna): (f"s{shared.id}",),
                                         pseudonym(camp, ben): (f"s{shared.id}", f"s{plain.id}")}
    assert [slot.block for slot in standing.problem.slots] == ["b0", "b0", "b1"]


def test_away_in_two_sessions_adds_up(app: Flask) -> None:
    camp = make.camp(slots=3)
    anna = make.participant(camp)
    make.session(camp, "One", [anna], away="morning")
    make.session(camp, "Two", [anna], away="afternoon")
    assert dict(standing_of(camp, KEY).problem.windows) == {pseudonym(camp, anna): frozenset()}


def test_proposals_that_nobody_can_hold_are_left_out_with_the_reason(app: Flask) -> None:
    camp = make.camp()
    waits, gone = make.participant(camp, state="waiting"), make.participant(camp, state="cancelled")
    lost = make.session(camp, "All wait", [waits])
    fan = make.participant(camp)
    make.vote(app, fan, lost)
    make.session(camp, "Mixed", [waits, gone])
    make.session(camp, "Withdrawn", state="withdrawn")
    make.session(camp, "Stays")
    standing = standing_of(camp, KEY)
    assert [(one.title, why) for one, why in standing.left_out] \
        == [("All wait", ALL_WAIT), ("Mixed", NO_HOST)]
    assert [one.title for one in standing.problem.sessions] == ["Stays"]
    assert dict(standing.problem.votes) == {pseudonym(camp, fan): (f"s{lost.id}",)}
    told = anonymous(standing.problem, Random(1))
    assert {vote for votes in told.votes.values() for vote in votes}.isdisjoint(one.id for one in told.sessions)


def test_closed_cells_placements_and_pins_are_read(app: Flask) -> None:
    camp, other = make.camp(), make.camp("ecm28")
    free, pinned, gone = make.session(camp, "Free"), make.session(camp, "Pinned"), make.session(camp, "Gone")
    make.session(other, "Elsewhere")
    with writing():
        rooms, slots = venue.rooms(camp), venue.slots(camp)
        r, t = [room.id for room in rooms], [slot.id for slot in slots]
        db.session.add(ClosedCell(room_id=r[1], slot_id=t[1]))
        db.session.get_one(Room, r[0]).features = ["beamer"]
        db.session.add_all([Placement(session_id=free.id, room_id=r[0], slot_id=t[1]),
                            Placement(session_id=pinned.id, room_id=r[0], slot_id=t[0], pinned=True),
                            Placement(session_id=gone.id, room_id=r[1], slot_id=t[0], pinned=True)])
        db.session.get_one(Session, gone.id).state = "withdrawn"
    standing = standing_of(camp, KEY)
    assert [(room.id, room.features, room.closed) for room in standing.problem.rooms] \
        == [(f"r{r[0]}", frozenset({"beamer"}), frozenset()), (f"r{r[1]}", frozenset(), frozenset({f"t{t[1]}"}))]
    assert [(row.session, row.slot) for row in standing.placed] \
        == [(f"s{pinned.id}", f"t{t[0]}"), (f"s{free.id}", f"t{t[1]}")]
    assert standing.problem.pins == (Pin(f"s{pinned.id}", f"t{t[0]}", f"r{r[0]}"),)
    assert standing.pinned == {f"s{pinned.id}"}


def test_names_say_slots_in_iso_8601(app: Flask) -> None:
    camp = make.camp()
    slots = venue.slots(camp)
    assert dict(standing_of(camp).names.slots) == {f"t{slots[0].id}": "2027-04-24 10:00", f"t{slots[1].id}": "2027-04-24 11:00"}


def test_without_a_key_there_are_no_votes_and_hosts_keep_apart(app: Flask) -> None:
    camp = make.camp()
    anna, ben = make.participant(camp, "Anna"), make.participant(camp, "Ben")
    make.session(camp, "One", [anna, ben])
    two = make.session(camp, "Two", [anna])
    make.vote(app, ben, two)
    problem = standing_of(camp).problem
    assert dict(problem.votes) == {}
    assert [one.hosts for one in problem.sessions] == [(f"p{anna.id}", f"p{ben.id}"), (f"p{anna.id}",)]


def test_anonymous_is_another_order_with_the_same_meaning(app: Flask) -> None:
    camp = make.camp(slots=3)
    host = make.participant(camp)
    sessions = [make.session(camp, f"S{n}", [host] if n < 2 else None) for n in range(8)]
    make.vote(app, host, *sessions)
    original = standing_of(camp, KEY).problem
    one, other = anonymous(original, Random(1)), anonymous(original, Random(2))
    assert [session.title for session in one.sessions] != [session.title for session in other.sessions]
    assert [session.id for session in one.sessions] == [f"s{n}" for n in range(1, 9)]
    for told in (one, other):
        assert sorted(session.title for session in told.sessions) == [session.title for session in sessions]
        assert len({session.hosts for session in told.sessions if session.title in ("S0", "S1")}) == 1
        assert not set(told.votes) & set(original.votes)


def test_an_open_space_is_filled_by_hand_and_closed_to_the_planner(app: Flask) -> None:
    camp = make.camp(rooms=2, slots=2)
    with writing():
        room = venue.rooms(camp)[1]
        room.open_space = True
    inside, outside = make.session(camp, "Drinnen"), make.session(camp, "Draußen")
    grid = venue.grid(camp)
    one, two = grid.session_slots
    with writing():
        planning.move(camp, inside.id, room.id, one.id)
    standing = standing_of(camp)
    assert [room.closed for room in standing.problem.rooms] == [frozenset(), frozenset({f"t{two.id}"})]
    assert (standing.by_hand, standing.pinned) == (frozenset({f"s{inside.id}"}), frozenset())
    assert planning.broken(standing) == ()
    plan = solve(standing.problem, seed=1, moves=200)
    where = {row.session: (row.room, row.slot) for row in plan.placements}
    assert where[f"s{inside.id}"] == (f"r{room.id}", f"t{one.id}")
    assert where[f"s{outside.id}"][0] == f"r{grid.rooms[0].id}"
    with writing():
        planning.apply(camp, plan.placements)
        planning.move(camp, outside.id, room.id, two.id)
        planning.move(camp, inside.id, grid.rooms[0].id, two.id)
    assert {row.session_id: (row.room_id, row.pinned) for row in planning.placements(camp)} == {
        inside.id: (grid.rooms[0].id, False), outside.id: (room.id, False)}
