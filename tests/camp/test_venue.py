from __future__ import annotations

from datetime import date, time

from flask import Flask

from camp import venue
from camp.db import db, writing
from camp.models import ClosedCell, Slot
from tests import make


def _slot(number: int, start: str, end: str, kind: str = "session", day: int = 24) -> Slot:
    return Slot(id=number, date=date(2027, 4, day), starts=time.fromisoformat(start), ends=time.fromisoformat(end), kind=kind)


DAY = [_slot(1, "08:30", "09:00", "break"), _slot(2, "09:00", "10:45", "plenary"), _slot(3, "11:00", "11:45"), _slot(4, "12:00", "12:45"),
       _slot(5, "12:45", "13:45", "break"), _slot(6, "13:45", "14:30"), _slot(7, "14:45", "15:30"), _slot(8, "15:30", "16:00", "break"),
       _slot(9, "16:00", "16:45"), _slot(10, "17:00", "17:45"), _slot(11, "17:45", "18:15", "plenary")]


def _parts() -> tuple[list[Slot], list[Slot]]:
    return [slot for slot in DAY if slot.kind == "session"], [slot for slot in DAY if slot.kind != "session"]


def test_breaks_end_blocks() -> None:
    assert venue.blocks(*_parts()) == {3: 0, 4: 0, 6: 1, 7: 1, 9: 2, 10: 2}


def test_a_night_ends_a_block() -> None:
    assert venue.blocks([_slot(1, "17:00", "17:45"), _slot(2, "09:00", "09:45", day=25)], []) == {1: 0, 2: 1}


def test_morning_ends_with_the_longest_break_between_sessions() -> None:
    assert venue.half_days(DAY) == {3: "morning", 4: "morning", 6: "afternoon", 7: "afternoon", 9: "afternoon", 10: "afternoon"}


def test_without_a_break_noon_divides_the_day() -> None:
    assert venue.half_days([_slot(1, "10:00", "11:00"), _slot(2, "11:00", "12:00"), _slot(3, "12:00", "13:00")]) == {
        1: "morning", 2: "morning", 3: "afternoon"}


def test_outline_keeps_the_first_of_a_run_of_session_slots() -> None:
    assert [slot.id for slot in venue.outline(DAY)] == [1, 2, 3, 5, 6, 8, 9, 11]


def test_letters_go_on_after_z() -> None:
    assert [venue.letter(n) for n in (0, 7, 25, 26, 27)] == ["A", "H", "Z", "AA", "AB"]


def test_grid_holds_rooms_slots_and_closed_cells_of_this_camp(app: Flask) -> None:
    camp, other = make.camp(rooms=2, slots=2), make.camp("other")
    grid, foreign = venue.grid(camp), venue.grid(other)
    with writing():
        for one in (grid, foreign):
            db.session.add(ClosedCell(room_id=one.rooms[0].id, slot_id=one.slots[0].id, reason="Aufbau"))
    grid = venue.grid(camp)
    assert [room.letter for room in grid.rooms] == ["A", "B"]
    assert [slot.starts.hour for slot in grid.session_slots] == [10, 11]
    assert grid.closed == {(grid.rooms[0].id, grid.slots[0].id): "Aufbau"}
