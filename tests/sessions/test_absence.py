"""Tests of sessions/absence.py."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from camp import clock, letters, venue
from camp.db import db, writing
from camp.errors import Conflict, NotFound
from camp.models import Camp, Mail, Participant
from sessions import absence, absence_letters, agenda, calendars, picks, planning, steps
from sessions.models import Session
from tests import make

KEY = "v" * 43


class Day:
    """A camp with version 1 out: One in A at 10, Two in B at 10; somebody has picked One. Rooms A, B; 10, 11, 13 o'clock."""

    def __init__(self) -> None:
        absence_letters.register()
        self.camp: Camp = make.camp(slots=3)
        self.one, self.two = make.session(self.camp, "One"), make.session(self.camp, "Two")
        self.fan: Participant = make.participant(self.camp, "Fan", address="fan@example.org")
        grid = venue.grid(self.camp)
        self.rooms, self.slots = [room.id for room in grid.rooms], [slot.id for slot in grid.session_slots]
        with writing():
            planning.move(self.camp, self.one.id, self.rooms[0], self.slots[0])
            planning.move(self.camp, self.two.id, self.rooms[1], self.slots[0])
        with writing():
            agenda.publish(self.camp)
            picks.pick(self.camp, self.fan, self.one.id)

    def before(self, hours: float = 9.8) -> timedelta:
        """From now to this hour of the camp's day."""
        return make.until_noon(self.camp) + timedelta(hours=hours - 12)

    def out(self) -> dict[str, tuple[int, str, bool]]:
        """Title → version, hour and whether it is cancelled, as published."""
        version = agenda.current(self.camp)
        assert version is not None
        found = {entry.title: (version.number, f"{entry.room_letter}{entry.starts.hour}", entry.cancelled) for entry in agenda.entries(version)}
        db.session.rollback()
        return found

    def mails(self) -> list[tuple[str, str]]:
        """Who is written to, and what it says now."""
        rows = db.session.scalars(select(Mail).where(Mail.state == "queued").order_by(Mail.id)).all()
        found = [(row.to.partition("@")[0], row.template) for row in rows if letters.values(row, "") is not None]
        db.session.rollback()
        return found


@pytest.fixture
def day(app: Flask) -> Day:
    return Day()


def test_a_session_called_off_is_cancelled_for_everybody_at_once_and_nothing_else_goes_out(day: Day) -> None:
    with writing():
        planning.move(day.camp, day.two.id, day.rooms[1], day.slots[1])  # a draft that stays one
    with clock.shifted(day.before()), writing():
        assert absence.call_off(day.camp, day.one.id) == 2
    assert day.out() == {"One": (2, "A10", True), "Two": (2, "B10", False)}
    assert [(who == "fan", template) for who, template in day.mails()] == [(False, "session_cancelled"), (True, "session_cancelled")]
    assert db.session.get_one(Session, day.one.id).state == "withdrawn"
    feed = calendars.of_participant(day.camp, day.fan, "example.org", lambda number: f"https://example.org/{number}").decode()
    assert "STATUS:CANCELLED" in feed and "SEQUENCE:1" in feed
    db.session.rollback()
    with pytest.raises(NotFound), writing():
        absence.call_off(day.camp, day.one.id)


def test_taken_back_at_once_it_takes_place_and_nobody_gets_a_mail(day: Day) -> None:
    with writing():
        absence.call_off(day.camp, day.one.id)
    with writing():
        absence.undo(day.camp, steps.last(day.camp))
    assert day.out()["One"] == (3, "A10", False) and day.mails() == []
    assert db.session.get_one(Session, day.one.id).state == "proposed"
    db.session.rollback()
    with writing():
        _, step = steps.to_turn(day.camp)
        assert step is not None
        absence.redo(day.camp, step.id)
    assert day.out()["One"] == (4, "A10", True) and len(day.mails()) == 2
    with writing():
        db.session.execute(Mail.__table__.update().values(state="sent"))
    with writing():
        step, _ = steps.to_turn(day.camp)
        assert step is not None
        absence.undo(day.camp, step.id)
    assert [template for _, template in day.mails()] == ["session_moved"] * 2  # they had the other mail, so they are told


def test_a_session_put_off_goes_to_the_best_free_later_cell_and_people_are_told(day: Day) -> None:
    with clock.shifted(day.before(10.2)), writing():
        to, told = absence.put_off(day.camp, day.one.id, KEY)
    assert (to.slot, told) == (f"t{day.slots[1]}", 2)
    assert day.out()["One"] == (2, f"{'AB'[day.rooms.index(int(to.room[1:]))]}11", False)
    assert [template for _, template in day.mails()] == ["session_moved"] * 2
    letter = db.session.scalars(select(Mail).where(Mail.to == "fan@example.org")).one()
    said = letters.values(letter, "")
    assert said is not None and (said["title"], said["time"].hour) == ("One", 11)


def test_nothing_that_has_begun_or_is_taken_is_offered(day: Day) -> None:
    with clock.shifted(day.before(12.5)):
        found = absence.later(day.camp, day.one.id, KEY)
        assert found is not None and found.slot == f"t{day.slots[2]}"
        db.session.rollback()
    with clock.shifted(day.before(14)), pytest.raises(Conflict, match="No later cell is free"), writing():
        absence.put_off(day.camp, day.one.id, KEY)
    assert day.out()["One"] == (1, "A10", False)


def test_before_a_version_is_out_nobody_is_told(app: Flask) -> None:
    camp = make.camp()
    one, grid = make.session(camp), venue.grid(camp)
    with writing():
        planning.move(camp, one.id, grid.rooms[0].id, grid.session_slots[0].id)
    with writing():
        assert absence.call_off(camp, one.id) == 0
    assert agenda.current(camp) is None and db.session.scalars(select(Mail)).all() == []
