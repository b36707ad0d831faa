"""Tests of sessions/marks.py."""

from __future__ import annotations

from flask import Flask

from camp import venue
from camp.db import db, writing
from camp.models import ClosedCell
from sessions import marks, planning
from sessions.standing import standing_of
from tests import make


def test_marks_name_every_rule_and_a_host_in_two_rooms_at_both_sessions(app: Flask) -> None:
    camp = make.camp(rooms=3)
    anna, ben = make.participant(camp, "Anna", "Richter"), make.participant(camp, "Ben", "Wolf")
    first = make.session(camp, "First", [anna])
    second = make.session(camp, "Second", [anna], needs=["beamer"])
    away = make.session(camp, "Away", [ben], away="morning")
    fine = make.session(camp, "Fine")
    grid = venue.grid(camp)
    with writing():
        for number, session in enumerate((first, second, away)):
            planning.move(camp, session.id, grid.rooms[number].id, grid.session_slots[0].id)
        planning.move(camp, fine.id, grid.rooms[0].id, grid.session_slots[1].id)
        db.session.add(ClosedCell(room_id=grid.rooms[2].id, slot_id=grid.session_slots[0].id))
    found = {session: [(breach.rule, breach.other) for breach in breaches] for session, breaches in marks.marks(standing_of(camp)).items()}
    assert found == {first.id: [("host_busy", f"s{second.id}")], second.id: [("feature", "beamer"), ("host_busy", f"s{first.id}")],
                     away.id: [("host_window", None), ("closed", None)]}
