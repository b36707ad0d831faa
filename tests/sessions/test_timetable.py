"""Tests of sessions/timetable.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from sessions import timetable
from sessions.timetable import Cell, Now, Row

SATURDAY, SUNDAY = date(2027, 4, 24), date(2027, 4, 25)


@dataclass(frozen=True)
class Slot:
    starts: time
    ends: time
    kind: str = "session"
    title: str = ""
    date: date = SATURDAY


@dataclass(frozen=True)
class Talk:
    session_id: int
    room_id: int
    starts: time
    ends: time
    date: date = SATURDAY


SLOTS = [Slot(time(9), time(10), "plenary", "Hello"), Slot(time(10), time(10, 45)), Slot(time(11), time(11, 45)),
         Slot(time(12), time(13), "break", "Lunch"), Slot(time(13), time(13, 45))]
LONG = Talk(1, 7, time(10), time(11, 45))
SHORT = Talk(2, 8, time(11), time(11, 45))
LATE = Talk(3, 7, time(13), time(13, 45))


def test_rows_hold_what_begins_then() -> None:
    told = timetable.rows(SLOTS, [LATE, LONG, SHORT])
    assert [(row.starts, row.title, [one.session_id for one in row.pieces]) for row in told] == [
        (time(9), "Hello", []), (time(10), "", [1]), (time(11), "", [2]), (time(12), "Lunch", []), (time(13), "", [3])]


def test_rows_keep_a_piece_whose_slot_is_gone() -> None:
    lost = Talk(9, 7, time(15), time(16))
    assert timetable.rows(SLOTS[:1], [lost]) == [
        Row(SATURDAY, time(9), time(10), "plenary", "Hello"), Row(SATURDAY, time(15), time(16), "session", "", (lost,))]


def test_rows_know_what_runs_and_what_is_over() -> None:
    def told(*moment: int) -> list[tuple[bool, bool]]:
        return [(row.live, row.past) for row in timetable.rows(SLOTS, [LONG], datetime(2027, 4, *moment))]

    no, live, past = (False, False), (True, False), (False, True)
    assert told(24, 10, 44, 59) == [past, live, no, no, no]
    assert told(24, 10, 50) == [past, past, no, no, no]
    assert (told(23, 10, 15), told(25, 10, 15)) == ([no] * 5, [past] * 5)
    assert [(row.live, row.past) for row in timetable.rows(SLOTS, [LONG])] == [no] * 5


def test_of_two_rows_at_a_time_the_later_one_is_live() -> None:
    timeline = timetable.rows([Slot(time(9), time(12)), Slot(time(10), time(11))], [], datetime(2027, 4, 24, 10, 30))
    assert [row.live for row in timeline] == [False, True]


def test_filled_names_every_cell_that_a_piece_covers_and_leaves_out_rooms_that_are_gone() -> None:
    lost = Talk(4, 99, time(10), time(10, 45))
    assert timetable.filled(SLOTS, [7, 8], [LONG, SHORT, lost]) == {(1, 0), (2, 0), (2, 1)}
    assert timetable.filled([Slot(time(10), time(11), date=SUNDAY)], [7], [LONG]) == frozenset()


def test_wall_lets_a_long_piece_cover_the_cell_below() -> None:
    told = timetable.wall(timetable.rows(SLOTS, [LONG, SHORT, LATE]), [7, 8])
    assert [cells for _, cells in told] == [
        [], [Cell(7, LONG, 2), Cell(8)], [Cell(8, SHORT)], [], [Cell(7, LATE), Cell(8)]]


def test_wall_ends_a_long_piece_at_a_break_and_at_night() -> None:
    over = Talk(1, 7, time(11), time(14))
    told = timetable.wall(timetable.rows(SLOTS, [over]), [7])
    assert [cells for _, cells in told] == [[], [Cell(7)], [Cell(7, over, 1)], [], [Cell(7)]]
    late = Slot(time(22), time(23)), Slot(time(9), time(10), date=SUNDAY)
    assert [cells for _, cells in timetable.wall(timetable.rows(late, [Talk(1, 7, time(22), time(23, 45))]), [7])] \
        == [[Cell(7, Talk(1, 7, time(22), time(23, 45)), 1)], [Cell(7)]]


def test_now_counts_minutes_and_knows_what_follows() -> None:
    timeline = timetable.rows(SLOTS, [LONG])
    at = datetime(2027, 4, 24, 10, 12, 59)
    assert timetable.now(timeline, at) == Now(timeline[1], 12, 33, timeline[2])
    assert timetable.now(timeline, at.replace(minute=50)) == Now(None, 5, 10, timeline[2])
    assert timetable.now(timeline, at.replace(hour=8, minute=0)) == Now(None, 0, 60, timeline[0])
    assert timetable.now(timeline, at.replace(hour=13, minute=45)) is None
    assert timetable.now(timeline, at.replace(day=25)) is None


def test_at_finds_a_long_piece_in_its_second_slot() -> None:
    assert timetable.at([LONG, SHORT, LATE], datetime(2027, 4, 24, 11, 10)) == [LONG, SHORT]
    assert timetable.at([LONG, SHORT, LATE], datetime(2027, 4, 25, 11, 10)) == []
