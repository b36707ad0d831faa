"""Tests of sessions/planning.py."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from sqlalchemy import select

from camp import venue
from camp.db import db, writing
from camp.errors import Conflict, NotFound
from camp.models import Camp, ClosedCell, LogEntry
from sessions import planning, steps
from sessions.board_models import Step
from sessions.models import Session
from sessions.planner import Plan, check, solve
from sessions.planner.files import read_problem
from sessions.standing import standing_of
from tests import make
from tests.queries import count_queries

KEY = "v" * 43


def cells(camp: Camp) -> list[tuple[int, int, str, int, bool]]:
    """Placements as (session, part, room letter, hour, pinned)."""
    rooms = {room.id: room.letter for room in venue.rooms(camp)}
    slots = {slot.id: slot.starts.hour for slot in venue.slots(camp)}
    found = [(row.session_id, row.part, rooms[row.room_id], slots[row.slot_id], row.pinned)
             for row in planning.placements(camp)]
    db.session.rollback()
    return found


def solved(camp: Camp, seed: int = 1) -> Plan:
    plan = solve(planning.problem_of(camp, KEY), seed=seed, moves=2000)
    db.session.rollback()
    return plan


def ids(camp: Camp) -> tuple[list[int], list[int]]:
    grid = venue.grid(camp)
    found = [room.id for room in grid.rooms], [slot.id for slot in grid.session_slots]
    db.session.rollback()
    return found


def test_apply_fills_the_cells_in_one_step_and_while_it_is_a_draft_no_change_counts(app: Flask) -> None:
    camp = make.camp()
    sessions = [make.session(camp, f"S{n}") for n in range(3)]
    plan = solved(camp)
    with writing():
        assert planning.apply(camp, plan.placements) == 3
    assert {row[0] for row in cells(camp)} == {one.id for one in sessions}
    assert db.session.get_one(Camp, camp.id).change_number == 0
    [step] = db.session.scalars(select(Step))
    assert (step.verb, step.touched) == ("made plan", {one.id for one in sessions})
    [entry] = db.session.scalars(select(LogEntry))
    assert (entry.verb, entry.detail) == ("made plan", {"sessions": 3})


def test_apply_keeps_a_pinned_two_slot_session_and_moves_the_rest(app: Flask) -> None:
    camp = make.camp(slots=5)
    long, short = make.session(camp, "Long", length=2), make.session(camp, "Short")
    rooms, slots = ids(camp)
    with writing():
        planning.move(camp, long.id, rooms[1], slots[2], pinned=True)
        planning.move(camp, short.id, rooms[0], slots[0])
    plan = solved(camp)
    with writing():
        planning.apply(camp, plan.placements)
    assert [row for row in cells(camp) if row[0] == long.id] \
        == [(long.id, 1, "B", 13, True), (long.id, 2, "B", 14, True)]
    assert [row[4] for row in cells(camp) if row[0] == short.id] == [False]


def test_apply_refuses_a_plan_that_a_later_pin_contradicts(app: Flask) -> None:
    camp = make.camp(rooms=1, slots=2)
    one, other = make.session(camp, "One"), make.session(camp, "Other")
    plan = solved(camp)
    at = {row.session: row.slot for row in plan.placements}
    rooms, slots = ids(camp)
    taken = next(slot for slot in slots if f"t{slot}" != at[f"s{one.id}"])
    with writing():
        planning.move(camp, one.id, rooms[0], taken, pinned=True)
    with pytest.raises(planning.Blocked, match="One is pinned to"), writing():
        planning.apply(camp, plan.placements)
    assert [row[0] for row in cells(camp)] == [one.id]
    assert other.id


def test_apply_leaves_out_what_was_withdrawn_meanwhile(app: Flask) -> None:
    camp = make.camp()
    stays, goes = make.session(camp, "Stays"), make.session(camp, "Goes")
    plan = solved(camp)
    with writing():
        db.session.get_one(Session, goes.id).state = "withdrawn"
    with writing():
        assert planning.apply(camp, plan.placements) == 1
    assert [row[0] for row in cells(camp)] == [stays.id]


def test_move_refuses_a_taken_cell_unless_it_may_exchange(app: Flask) -> None:
    camp = make.camp()
    first, second = make.session(camp, "First"), make.session(camp, "Second")
    rooms, slots = ids(camp)
    with writing():
        planning.move(camp, first.id, rooms[0], slots[0])
        planning.move(camp, second.id, rooms[1], slots[1])
    before = cells(camp)
    with pytest.raises(planning.Blocked) as caught, writing():
        planning.move(camp, second.id, rooms[0], slots[0])
    assert [breach.rule for breach in caught.value.breaches] == ["taken"]
    assert caught.value.sentence() == "Room A at 2027-04-24 10:00 already holds First."
    assert cells(camp) == before
    with writing():
        planning.move(camp, second.id, rooms[0], slots[0], exchange=True)
    assert cells(camp) == [(first.id, 1, "B", 11, False), (second.id, 1, "A", 10, False)]


def test_move_from_the_tray_sends_who_lies_there_back_unless_it_is_pinned(app: Flask) -> None:
    camp = make.camp()
    first, second = make.session(camp, "First"), make.session(camp, "Second")
    rooms, slots = ids(camp)
    with writing():
        planning.move(camp, first.id, rooms[0], slots[0])
        made = planning.move(camp, second.id, rooms[0], slots[0], exchange=True)
    assert made.others == ((f"s{first.id}", None),)
    assert cells(camp) == [(second.id, 1, "A", 10, False)]
    with writing():
        planning.pin(camp, second.id, True)
    with pytest.raises(planning.Blocked, match="Second is pinned to 2027-04-24 10:00"), writing():
        planning.move(camp, first.id, rooms[0], slots[0], exchange=True)


def test_move_goes_over_the_rules_that_bend_before_a_hand(app: Flask) -> None:
    camp = make.camp()
    host = make.participant(camp, "Anna", "Richter")
    first, second = make.session(camp, "First", [host]), make.session(camp, "Second", [host], needs=["beamer"])
    rooms, slots = ids(camp)
    with writing():
        planning.move(camp, first.id, rooms[0], slots[0])
        made = planning.move(camp, second.id, rooms[1], slots[0])
    assert [breach.rule for breach in made.breaches] == ["feature", "host_busy"]
    assert len(cells(camp)) == 2


def test_move_and_pin_refuse_whoever_comes_second(app: Flask) -> None:
    camp = make.camp()
    one, other, third = (make.session(camp, title) for title in ("One", "Other", "Third"))
    rooms, slots = ids(camp)
    with writing():
        planning.move(camp, one.id, rooms[0], slots[0], seen=0)
        planning.move(camp, other.id, rooms[1], slots[0], seen=0)
    before = cells(camp)
    for late in (lambda: planning.move(camp, one.id, rooms[1], slots[1], seen=0), lambda: planning.take_out(camp, one.id, seen=0),
                 lambda: planning.move(camp, third.id, rooms[0], slots[0], seen=0, exchange=True), lambda: planning.pin(camp, one.id, True, seen=0)):
        with pytest.raises(steps.Stale) as caught, writing():
            late()
        assert [step.session_id for step in caught.value.steps] == [one.id]
    assert cells(camp) == before


def test_move_goes_against_its_own_pin_but_not_into_a_closed_cell(app: Flask) -> None:
    camp = make.camp()
    one = make.session(camp)
    rooms, slots = ids(camp)
    with writing():
        db.session.add(ClosedCell(room_id=rooms[1], slot_id=slots[1]))
        planning.move(camp, one.id, rooms[0], slots[0], pinned=True)
        planning.move(camp, one.id, rooms[1], slots[0], pinned=True)
    assert cells(camp) == [(one.id, 1, "B", 10, True)]
    with pytest.raises(planning.Blocked, match="Room B is closed at 2027-04-24 11:00"), writing():
        planning.move(camp, one.id, rooms[1], slots[1])


def test_move_lays_a_two_slot_session_in_one_block_only(app: Flask) -> None:
    camp = make.camp(slots=3)  # 10, 11, lunch, 13
    long = make.session(camp, "Long", length=2)
    rooms, slots = ids(camp)
    with pytest.raises(planning.Blocked, match="over the break after 2027-04-24 11:00"), writing():
        planning.move(camp, long.id, rooms[0], slots[1])
    with writing():
        planning.move(camp, long.id, rooms[0], slots[0])
    assert cells(camp) == [(long.id, 1, "A", 10, False), (long.id, 2, "A", 11, False)]


def test_move_takes_over_the_cell_of_a_withdrawn_session(app: Flask) -> None:
    camp = make.camp()
    gone, new = make.session(camp, "Gone"), make.session(camp, "New")
    rooms, slots = ids(camp)
    with writing():
        planning.move(camp, gone.id, rooms[0], slots[0])
        db.session.get_one(Session, gone.id).state = "withdrawn"
    with writing():
        planning.move(camp, new.id, rooms[0], slots[0])
    assert cells(camp) == [(new.id, 1, "A", 10, False)]


def test_move_refuses_who_waits_and_other_camps(app: Flask) -> None:
    camp, other = make.camp(), make.camp("ecm28")
    waits = make.session(camp, "Waits", [make.participant(camp, state="waiting")])
    strange, here = make.session(other, "Strange"), make.session(camp, "Here")
    rooms, slots = ids(camp)
    with pytest.raises(Conflict, match="on the waiting list"), writing():
        planning.move(camp, waits.id, rooms[0], slots[0])
    with pytest.raises(NotFound, match="no such proposal"), writing():
        planning.move(camp, strange.id, rooms[0], slots[0])
    with pytest.raises(planning.Blocked, match="is not known"), writing():
        planning.move(camp, here.id, venue.rooms(other)[0].id, slots[0])


def test_take_out_and_pin_answer_for_placed_sessions_only(app: Flask) -> None:
    camp = make.camp()
    one = make.session(camp)
    rooms, slots = ids(camp)
    with pytest.raises(NotFound, match="in no cell"), writing():
        planning.pin(camp, one.id, True)
    with writing():
        planning.move(camp, one.id, rooms[0], slots[0])
        planning.pin(camp, one.id, True)
    assert cells(camp)[0][4] is True
    with writing():
        planning.take_out(camp, one.id)
    assert cells(camp) == []
    with pytest.raises(NotFound, match="in no cell"), writing():
        planning.take_out(camp, one.id)
    assert [row.verb for row in db.session.scalars(select(LogEntry).order_by(LogEntry.id))] \
        == ["moved session", "pinned session", "took session out"]


def test_tray_says_why_most_wanted_first(app: Flask) -> None:
    camp = make.camp(rooms=1, slots=1)
    placed, wanted = make.session(camp, "Placed"), make.session(camp, "Wanted")
    hard = make.session(camp, "Hard", needs=["stream"])
    make.vote(app, make.participant(camp), wanted)
    rooms, slots = ids(camp)
    standing = standing_of(camp, KEY)
    assert [(row.session.title, row.votes, row.breach and row.breach.rule) for row in planning.tray(standing)] \
        == [("Wanted", 1, None), ("Hard", 0, "no_room_with"), ("Placed", 0, None)]
    with writing():
        planning.move(camp, placed.id, rooms[0], slots[0])
    standing = standing_of(camp, KEY)
    assert [(row.session.title, row.breach and row.breach.rule) for row in planning.tray(standing)] \
        == [("Wanted", "no_cell_left"), ("Hard", "no_room_with")]
    assert hard.id


def test_cards_say_where_when_and_how_many_would_come(app: Flask) -> None:
    camp = make.camp(slots=3)
    host = make.participant(camp)
    long, short = make.session(camp, "Long", [host], length=2), make.session(camp, "Short", [host])
    make.vote(app, host, long)
    make.vote(app, make.participant(camp), long, short)
    make.vote(app, make.participant(camp, state="waiting"), long)
    rooms, slots = ids(camp)
    with writing():
        planning.move(camp, long.id, rooms[1], slots[0], pinned=True)
        planning.move(camp, short.id, rooms[0], slots[2])
    standing = standing_of(camp, KEY)
    assert [(card.session_id, card.room.letter, card.date, card.starts.hour, card.ends.isoformat("minutes"), card.pinned,
             card.votes) for card in planning.cards(standing)] \
        == [(long.id, "B", make.DAY, 10, "11:45", True, 1), (short.id, "A", make.DAY, 13, "13:45", False, 1)]
    assert planning.popularity(standing) == {long.id: 1, short.id: 1}


def test_export_says_the_same_under_new_ids_and_no_names(app: Flask) -> None:
    camp = make.camp(slots=3)
    host = make.participant(camp, "Zoë", "Hoffmann", address="zoe@example.org")
    own = make.session(camp, "Own", [host], length=2, away="morning")
    other = make.session(camp, "Other", needs=["beamer"])
    pinned = make.session(camp, "Pinned")
    make.vote(app, host, own, other)
    rooms, slots = ids(camp)
    with writing():
        planning.move(camp, pinned.id, rooms[0], slots[2], pinned=True)
    text = planning.export_problem(camp, KEY)
    told, original = read_problem(text), planning.problem_of(camp, KEY)
    assert "Hoffmann" not in text and "example.org" not in text
    assert not set(original.votes) & set(told.votes)
    titles = {one.id: one.title for one in told.sessions}
    [(voter, votes)] = told.votes.items()
    assert sorted(titles[vote] for vote in votes) == ["Other", "Own"]
    assert next(one for one in told.sessions if one.title == "Own").hosts == (voter,)
    assert told.windows == {voter: frozenset({"t3"})}
    assert [titles[pin.session] for pin in told.pins] == ["Pinned"]
    assert set(json.loads(text)) == {"format", "name", "rooms", "slots", "speakers", "sessions", "votes", "pins"}
    plan = solve(told, seed=1, moves=500)
    assert check(told, plan.placements) == ()


def test_standing_takes_the_same_number_of_queries_for_one_session_and_for_six(app: Flask) -> None:
    camp = make.camp(slots=3)
    make.vote(app, make.participant(camp), make.session(camp))
    numbers = []
    for _ in range(2):
        with count_queries() as counted:
            standing_of(db.session.get_one(Camp, camp.id), KEY)
        numbers.append(len(counted))
        db.session.rollback()
        for n in range(5):
            make.vote(app, make.participant(camp), make.session(camp, f"S{n}"))
        with writing():
            planning.apply(camp, solve(planning.problem_of(camp, KEY), seed=1, moves=100).placements)
    assert numbers[0] == numbers[1]
