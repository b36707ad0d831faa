"""The venue: rooms, slots and closed cells of a camp, and the grid they make as plain records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from sqlalchemy import select

from camp.camp_file import SlotRecord
from camp.db import db
from camp.models import Camp, ClosedCell, Room, Slot

_Slot = TypeVar("_Slot", Slot, SlotRecord)


@dataclass(frozen=True, slots=True)
class Grid:
    """Rooms in their order, all slots in order of time, and closed cells as (room id, slot id) → reason."""

    rooms: tuple[Room, ...]
    slots: tuple[Slot, ...]
    closed: dict[tuple[int, int], str]

    @property
    def session_slots(self) -> tuple[Slot, ...]:
        """The slots that take sessions."""
        return tuple(slot for slot in self.slots if slot.kind == "session")


def grid(camp: Camp) -> Grid:
    """The camp's grid in two queries."""
    rows = db.session.execute(
        select(Room, ClosedCell.slot_id, ClosedCell.reason).outerjoin(ClosedCell, ClosedCell.room_id == Room.id)
        .where(Room.camp_id == camp.id).order_by(Room.position, Room.id)).tuples().all()
    return Grid(tuple(dict.fromkeys(room for room, _, _ in rows)), tuple(slots(camp)),
                {(room.id, slot): reason for room, slot, reason in rows if slot is not None})


def rooms(camp: Camp) -> Sequence[Room]:
    """The camp's rooms in their order."""
    return db.session.scalars(select(Room).where(Room.camp_id == camp.id).order_by(Room.position, Room.id)).all()


def slots(camp: Camp) -> Sequence[Slot]:
    """The camp's slots in order of time."""
    return db.session.scalars(select(Slot).where(Slot.camp_id == camp.id).order_by(Slot.date, Slot.starts)).all()


def first_plenary(all_slots: Sequence[_Slot]) -> _Slot:
    """Where the pitch round is: the first plenary, or the first slot if there is none. `all_slots` is not empty."""
    return next((slot for slot in all_slots if slot.kind == "plenary"), all_slots[0])


def letter(number: int) -> str:
    """The letter of the n-th room, counted from 0: A … Z, AA, AB …"""
    head, tail = divmod(number, 26)
    return (letter(head - 1) if head else "") + chr(ord("A") + tail)


def colour(room_letter: str) -> int:
    """Which of the ten colours a letter has, counted from 0; from the eleventh letter on they repeat."""
    return (ord(room_letter[:1] or "A") - ord("A")) % 10


def outline(all_slots: Sequence[Slot]) -> list[Slot]:
    """The day in few lines: of a run of session slots only the first."""
    return [slot for before, slot in zip([None, *all_slots], all_slots, strict=False)
            if slot.kind != "session" or before is None or before.kind != "session" or before.date != slot.date]


def blocks(session_slots: Sequence[Slot], others: Sequence[Slot]) -> dict[int, int]:
    """Slot id → number of its block. A break or plenary between two session slots, or a night, ends it."""
    number, numbers = 0, {}
    previous: Slot | None = None
    for slot in session_slots:
        if previous is not None and (previous.date != slot.date or _between(previous, slot, others)):
            number += 1
        numbers[slot.id] = number
        previous = slot
    return numbers


def _between(one: Slot, other: Slot, others: Sequence[Slot]) -> bool:
    return any(gap.date == one.date and one.ends <= gap.starts < other.starts for gap in others)


def half_days(all_slots: Sequence[Slot]) -> dict[int, str]:
    """Session slot id → 'morning' or 'afternoon': before or after the longest break of its day (without one: 12:00)."""
    noon = {day: _noon([slot for slot in all_slots if slot.date == day]) for day in {slot.date for slot in all_slots}}
    return {slot.id: "morning" if slot.ends <= noon[slot.date] else "afternoon"
            for slot in all_slots if slot.kind == "session"}


def _noon(day_slots: Sequence[Slot]) -> time:
    starts = [slot.starts for slot in day_slots if slot.kind == "session"]
    pauses = [slot for slot in day_slots
              if slot.kind == "break" and starts and min(starts) <= slot.starts < max(starts)]
    if not pauses:
        return time(12, 0)
    return max(pauses, key=lambda slot: (_minutes(slot), slot.starts)).ends


def _minutes(slot: Slot) -> timedelta:
    anchor = date(2000, 1, 1)
    return datetime.combine(anchor, slot.ends) - datetime.combine(anchor, slot.starts)
