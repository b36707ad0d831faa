"""Tests of sessions/agenda.py."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from flask import Flask

from camp import camps, clock, venue
from camp.db import db, writing
from camp.models import Camp, ClosedCell, Participant, Room
from sessions import agenda, picks, planning
from sessions.models import Host, Session
from tests import make
from tests.queries import count_queries

KEY = "v" * 43


def place(camp: Camp, session: Session, room: int, slot: int) -> None:
    """Lay a session into the n-th room and session slot."""
    with writing():
        grid = venue.grid(camp)
        planning.move(camp, session.id, grid.rooms[room].id, grid.session_slots[slot].id)


def publish(camp: Camp) -> int:
    with writing():
        return agenda.publish(camp).number


def shown(camp: Camp) -> list[tuple[Any, ...]]:
    """The present version as (title, room, starts, ends, sequence, cancelled)."""
    version = agenda.current(camp)
    assert version is not None
    return [(entry.title, entry.room_letter, entry.starts.hour, entry.ends.isoformat("minutes"), entry.sequence,
             entry.cancelled) for entry in agenda.entries(version)]


def test_publish_freezes_what_was_planned(app: Flask) -> None:
    camp = make.camp(slots=5)
    host, waits = make.participant(camp, "Anna", "Richter"), make.participant(camp, "Ben", state="waiting")
    long = make.session(camp, "Long", [host, waits], length=2, tag="SEO", description="About")
    place(camp, long, 1, 2)
    assert publish(camp) == 1
    with writing():
        db.session.get_one(Session, long.id).title = "Renamed later"
    [entry] = agenda.shown(camp)
    assert (entry.title, entry.description, entry.hosts, entry.tag, entry.room_letter, entry.room_name, entry.date,
            entry.starts, entry.ends, entry.sequence) == (
        "Long", "About", "Anna Richter", "SEO", "B", "Room B", make.DAY, time(13), time(14, 45), 0)
    assert db.session.get_one(Camp, camp.id).change_number == 1


def test_publish_refuses_an_empty_plan_and_one_that_says_the_same(app: Flask) -> None:
    camp = make.camp()
    one = make.session(camp)
    with pytest.raises(agenda.Unchanged, match="The plan is empty"), writing():
        agenda.publish(camp)
    place(camp, one, 0, 0)
    publish(camp)
    with pytest.raises(agenda.Unchanged, match="Nothing has changed since version 1") as caught, writing():
        agenda.publish(camp)
    assert caught.value.status == 409
    assert shown(camp) == [("Returns", "A", 10, "10:45", 0, False)]


def test_publish_refuses_a_plan_that_by_now_breaks_a_rule_that_does_not_bend(app: Flask) -> None:
    camp = make.camp()
    host = make.participant(camp, "Anna", "Richter")
    one, other = make.session(camp, "One", [host]), make.session(camp, "Other")
    place(camp, one, 0, 0)
    place(camp, other, 1, 0)
    with writing():
        db.session.add(Host(session_id=other.id, participant_id=host.id))
        db.session.add(ClosedCell(room_id=venue.rooms(camp)[1].id, slot_id=venue.slots(camp)[0].id))
    db.session.expire_all()
    with pytest.raises(planning.Blocked, match="Room B is closed at 2027-04-24 10:00"), writing():
        agenda.publish(camp)
    assert agenda.current(camp) is None
    db.session.rollback()
    place(camp, other, 1, 1)
    assert publish(camp) == 1


def test_what_stays_keeps_its_sequence_and_time_and_what_moves_counts_up(app: Flask) -> None:
    camp = make.camp()
    stays, moves = make.session(camp, "Stays"), make.session(camp, "Moves")
    place(camp, stays, 0, 0)
    place(camp, moves, 1, 0)
    publish(camp)
    first = {entry.title: entry.changed_at for entry in agenda.shown(camp)}
    place(camp, moves, 1, 1)
    with clock.shifted(timedelta(hours=1)):
        assert publish(camp) == 2
    assert shown(camp) == [("Stays", "A", 10, "10:45", 0, False), ("Moves", "B", 11, "11:45", 1, False)]
    again = {entry.title: entry.changed_at for entry in agenda.shown(camp)}
    assert again["Stays"] == first["Stays"] and again["Moves"] - first["Moves"] >= timedelta(hours=1)


def test_what_vanishes_stays_cancelled_and_may_come_back(app: Flask) -> None:
    camp = make.camp()
    stays, goes = make.session(camp, "Stays"), make.session(camp, "Goes")
    place(camp, stays, 0, 0)
    place(camp, goes, 1, 0)
    publish(camp)
    with writing():
        planning.take_out(camp, goes.id)
    publish(camp)
    gone = ("Goes", "B", 10, "10:45", 1, True)
    assert shown(camp) == [("Stays", "A", 10, "10:45", 0, False), gone]
    assert agenda.where_is(camp, goes.id) is None and [entry.title for entry in agenda.shown(camp)] == ["Stays"]
    place(camp, stays, 0, 1)
    publish(camp)
    assert shown(camp) == [gone, ("Stays", "A", 11, "11:45", 1, False)]
    place(camp, goes, 1, 0)
    publish(camp)
    assert shown(camp)[0] == ("Goes", "B", 10, "10:45", 2, False)


def test_a_renamed_room_and_a_host_without_a_place_are_changes(app: Flask) -> None:
    camp = make.camp()
    host = make.participant(camp)
    one, other = make.session(camp, "One", [host]), make.session(camp, "Other")
    place(camp, one, 0, 0)
    place(camp, other, 1, 0)
    publish(camp)
    with writing():
        db.session.get_one(Room, venue.rooms(camp)[1].id).name = "Library"
        db.session.get_one(Participant, host.id).state = "cancelled"
    found = agenda.changes(camp)
    assert [entry.title for entry in found.reworded] == ["Other"]
    assert [entry.title for entry in found.cancelled] == ["One"]
    db.session.rollback()
    publish(camp)
    assert shown(camp) == [("One", "A", 10, "10:45", 1, True), ("Other", "B", 10, "10:45", 1, False)]


def test_changes_name_new_and_moved_and_count_the_people_touched(app: Flask) -> None:
    camp = make.camp()
    host, fan, other = make.participant(camp), make.participant(camp), make.participant(camp)
    stays, moves, new = make.session(camp, "Stays"), make.session(camp, "Moves", [host]), make.session(camp, "New")
    assert agenda.changes(camp).empty
    db.session.rollback()
    place(camp, stays, 0, 0)
    place(camp, moves, 1, 0)
    publish(camp)
    assert agenda.changes(camp).empty
    db.session.rollback()
    with writing():
        for who, session in ((host, moves), (fan, moves), (other, stays)):
            picks.pick(camp, who, session.id)
    place(camp, moves, 1, 1)
    place(camp, new, 1, 0)
    found = agenda.changes(camp)
    assert (found.number, [entry.title for entry in found.new], found.people) == (2, ["New"], 2)
    assert [(before.starts, entry.starts) for before, entry in found.moved] == [(time(10), time(11))]
    assert (found.reworded, found.cancelled, found.empty) == ((), (), False)


def test_entries_and_publishing_take_the_same_queries_for_one_session_and_three(app: Flask) -> None:
    camp = make.camp(rooms=4)
    reading, asking = [], []
    for number in (1, 2, 3):
        place(camp, make.session(camp, f"S{number}"), number, 0)
        publish(camp)
        assert not camps.open_now(camp, "pitch")  # which reads the camp and its phases anew
        with count_queries() as counted:
            agenda.shown(camp)
        reading.append(len(counted))
        db.session.rollback()
        db.session.expunge_all()
        camp = db.session.get_one(Camp, 1)
        with count_queries() as counted:
            agenda.changes(camp)
        asking.append(len(counted))
        db.session.rollback()
    assert reading[0] == reading[2] == 2
    assert asking[0] == asking[2]


def test_entry_of_a_guid_is_found_in_its_own_camp_only(app: Flask) -> None:
    camp, other = make.camp(), make.camp("ecm28")
    one = make.session(camp)
    place(camp, one, 0, 0)
    publish(camp)
    found = agenda.entry_of(camp, one.guid)
    assert found is not None and found.session_id == one.id
    assert agenda.entry_of(other, one.guid) is None and agenda.entry_of(camp, "nothing") is None
    assert agenda.guids(camp) == {one.id: one.guid}
