"""Free cells for a pitch: the first that fits by seats and rules, and what else there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from camp.models import Room, Slot
from sessions import standing as ids
from sessions.models import Session
from sessions.planner import problem as records
from sessions.planner.rules import Board
from sessions.standing import Standing

_NEW = "s0"  # what the problem calls a session that has no row yet


@dataclass(frozen=True, slots=True)
class Offer:
    """A free cell that breaks no rule; whether the room has a seat for everybody who is expected."""

    room: Room
    slot: Slot
    fits: bool

    @property
    def key(self) -> str:
        """What a form sends for it."""
        return f"{self.room.id}-{self.slot.id}"


def offers(standing: Standing, session: Session | None, hosts: Sequence[int], people: int,
           moment: datetime) -> list[Offer]:
    """The best room of each slot that is not over at the local time `moment`: the cell to suggest first.

    In a slot the smallest room that has the seats, else the largest that is free; slots whose room fits come first, in
    order of time, then the others, the larger room first. Open spaces are left to people. `hosts`: participant ids of
    who holds it, for a session without a row.
    """
    board, name = _board(standing, session, hosts)
    rooms = [room for room in standing.grid.rooms if not room.open_space]
    found = []
    for slot in standing.grid.session_slots:
        if (slot.date, slot.ends) <= (moment.date(), moment.time()):
            continue
        free = [room for room in rooms if not board.breaches(name, ids.room_id(room.id), ids.slot_id(slot.id))]
        enough = [room for room in free if room.seats >= people]
        if enough:
            found.append(Offer(min(enough, key=lambda room: room.seats), slot, True))
        elif free:
            found.append(Offer(max(free, key=lambda room: room.seats), slot, False))
    return sorted(found, key=lambda offer: (not offer.fits, 0 if offer.fits else -offer.room.seats))


def _board(standing: Standing, session: Session | None, hosts: Sequence[int]) -> tuple[Board, str]:
    name = ids.session_id(session.id) if session is not None else _NEW
    problem = replace(ids.open_to_hands(standing), pins=())
    if name not in standing.sessions:
        title, length, needs = (session.title, session.length, session.needs) if session else ("", 1, [])
        candidate = records.Session(name, title, tuple(f"p{one}" for one in hosts), length, frozenset(needs))
        problem = replace(problem, sessions=(*problem.sessions, candidate))
    return Board(problem, [row for row in standing.placed if row.session != name]), name
