"""The plan: put a solved one in, correct it by hand, export it; the planner's rules decide what goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from random import SystemRandom
from typing import Any

from sqlalchemy import ColumnElement, delete, select

from camp import camps
from camp.db import LARGEST_ID, db
from camp.errors import N_, Conflict, NotFound
from camp.models import Camp, Room, Slot
from sessions import standing as ids
from sessions import steps
from sessions.models import Placement, Session
from sessions.planner import Problem, check
from sessions.planner import problem as records
from sessions.planner.exchange import Lay, lay
from sessions.planner.explain import reason
from sessions.planner.files import write_problem
from sessions.planner.grid import Grid as Numbers
from sessions.planner.problem import Breach
from sessions.planner.rules import Board, Names, sentence
from sessions.planner.score import wanted_sessions
from sessions.standing import Standing, standing_of


class Blocked(Conflict):
    """A rule of the plan forbids it; `breaches` says each rule."""

    def __init__(self, breaches: Sequence[Breach], names: Names) -> None:
        text, values = sentence(breaches[0], names)
        super().__init__(text, **values)
        self.breaches = tuple(breaches)


@dataclass(frozen=True, slots=True)
class Card:
    """A placed session as the plan and the next agenda show it: where, when, and how many would come."""

    session: Session
    room: Room
    slots: tuple[Slot, ...]
    pinned: bool
    votes: int

    @property
    def session_id(self) -> int:
        """The session's id."""
        return self.session.id

    @property
    def room_id(self) -> int:
        """The room's id."""
        return self.room.id

    @property
    def date(self) -> date:
        """Its day."""
        return self.slots[0].date

    @property
    def starts(self) -> time:
        """When its first slot begins."""
        return self.slots[0].starts

    @property
    def ends(self) -> time:
        """When its last slot ends."""
        return self.slots[-1].ends


@dataclass(frozen=True, slots=True)
class InTray:
    """A session without a cell: how many would come, and why it has none (nothing while a cell is free for it)."""

    session: Session
    votes: int
    breach: Breach | None


def problem_of(camp: Camp, key: str) -> Problem:
    """What the planner has to solve for this camp; see sessions/standing.py."""
    return standing_of(camp, key).problem


def export_problem(camp: Camp, key: str) -> str:
    """The problem as JSON text (format barcamp-schedule-1), with ids drawn anew and without names and addresses."""
    return write_problem(ids.anonymous(problem_of(camp, key), SystemRandom()))


def placements(camp: Camp) -> Sequence[Placement]:
    """Every placement of the camp, one row for each cell, in one query."""
    return db.session.scalars(select(Placement).join(Session, Session.id == Placement.session_id)
                              .where(Session.camp_id == camp.id).order_by(Placement.session_id, Placement.part)).all()


def popularity(standing: Standing) -> Counter[int]:
    """Session id → how many people who count would come; hosts' votes for their own sessions are left out."""
    return Counter(ids.row_id(vote) for wanted in wanted_sessions(standing.problem).values() for vote in wanted)


def cards(standing: Standing) -> list[Card]:
    """The placed sessions in order of time and room."""
    slots, votes = standing.grid.session_slots, popularity(standing)
    rooms = {ids.room_id(room.id): room for room in standing.grid.rooms}
    index = {ids.slot_id(slot.id): number for number, slot in enumerate(slots)}
    found = []
    for row in standing.placed:
        session, first = standing.sessions[row.session], index[row.slot]
        found.append(Card(session, rooms[row.room], slots[first:first + session.length],
                          row.session in standing.pinned, votes[session.id]))
    return found


def card_of(camp: Camp, session_id: int) -> Card | None:
    """One placed session as `cards` has it, without its votes and without reading the whole plan; None if unplaced."""
    rows = db.session.execute(
        select(Session, Room, Slot, Placement.pinned).join(Placement, Placement.session_id == Session.id)
        .join(Room, Room.id == Placement.room_id).join(Slot, Slot.id == Placement.slot_id)
        .where(Session.camp_id == camp.id, Session.id == session_id, Session.state == "proposed")
        .order_by(Placement.part)).tuples().all()
    if not rows:
        return None
    session, room, _, pinned = rows[0]
    if not session.guest and all(host.participant.state != "admitted" for host in session.hosts):
        return None
    return Card(session, room, tuple(slot for _, _, slot, _ in rows), pinned, 0)


def cell_of(camp: Camp, session_id: int) -> tuple[str, time] | None:
    """The name of the room in which a session lies, and when it begins there; None if unplaced."""
    return db.session.execute(
        select(Room.name, Slot.starts).join(Placement, Placement.room_id == Room.id)
        .join(Slot, Slot.id == Placement.slot_id)
        .where(Room.camp_id == camp.id, Placement.session_id == session_id, Placement.part == 1)).tuples().first()


def tray(standing: Standing) -> list[InTray]:
    """The sessions without a cell, most wanted first."""
    numbers, board = Numbers(standing.problem), Board(standing.problem, standing.placed)
    place, votes = numbers.place(standing.placed), popularity(standing)
    rows = []
    for number, one in enumerate(standing.problem.sessions):
        if place[number] < 0:
            session = standing.sessions[one.id]
            why = None if _has_cell(board, one.id) else reason(numbers, number, place)
            rows.append(InTray(session, votes[session.id], why))
    return sorted(rows, key=lambda row: (-row.votes, row.session.title))


def broken(standing: Standing) -> tuple[Breach, ...]:
    """The rules that the plan breaks as it stands: the camp may have changed since sessions were placed."""
    return check(standing.problem, standing.placed)


def session_of(standing: Standing, session: int) -> tuple[Session, str]:
    """A proposal of the camp, and why it cannot be planned (a msgid; empty if it can). Raises NotFound."""
    for one in standing.sessions.values():
        if one.id == session:
            return one, ""
    for one, why in standing.left_out:
        if one.id == session:
            return one, why
    raise NotFound(N_("There is no such proposal at this camp."), N_("Load the plan again."))


def apply(camp: Camp, rows: Iterable[records.Placement], *, person_id: int | None = None) -> int:
    """Put a solved plan in the place of the present one; pins stay. Gives how many sessions are placed.

    Raises Blocked if the camp changed since the plan was begun so that it breaks a rule now.
    """
    camps.lock(camp)
    standing = standing_of(camp)
    rows = [row for row in rows if row.session in standing.sessions]
    breaches = check(standing.problem, rows)
    if breaches:
        raise Blocked(breaches, standing.names)
    with steps.noted(camp, "made plan", person_id, sessions=len(rows)):
        _clear(camp)
        for row in rows:
            _put(standing, row, row.session in standing.pinned)
    return len(rows)


def mend(camp: Camp, problem: Problem, rows: Iterable[records.Placement], *, person_id: int | None = None,
         offer: str = "", room: int | None = None, slot: int | None = None, session: int | None = None) -> None:
    """Put a mended plan in, checked against the problem it solves; pins of sessions that stay where they are stay.

    Raises Blocked.
    """
    standing, rows = standing_of(camp), tuple(rows)
    breaches = check(problem, rows)
    if breaches:
        raise Blocked(breaches, standing.names)
    pinned = {row for row in standing.placed if row.session in standing.pinned}
    with steps.noted(camp, "mended plan", person_id, session=session, offer=offer, room=room, slot=slot):
        _clear(camp)
        for row in rows:
            _put(standing, row, row in pinned)


def move(camp: Camp, session: int, room: int, slot: int, *, pinned: bool = False, exchange: bool = False,
         seen: int | None = None, person_id: int | None = None, verb: str = "moved session",
         standing: Standing | None = None) -> Lay:
    """Put a session into a cell (a two-slot session also takes the next), whatever rule bends before a hand.

    With `exchange` who lies there takes the cell that comes free, or loses its own. `standing`: as this transaction
    has read it under the camp's lock. Raises Blocked with every rule that forbids it, and Stale if somebody moved the
    session or used the cell after step `seen`.
    """
    if standing is None:
        camps.lock(camp)
        standing = standing_of(camp)
    _, why = session_of(standing, session)
    if why:
        raise Conflict(why, N_("It cannot be planned until somebody who holds it has a place."))
    steps.refuse_stale(camp, seen, session, [(room, slot)])
    made = lay(by_hand(standing, session), standing.placed, ids.session_id(session), ids.room_id(room),
               ids.slot_id(slot))
    forbidden = made.forbidden if exchange else (
        *(Breach("taken", made.row.session, made.row.room, made.row.slot, name) for name, _ in made.others),
        *(breach for breach in made.forbidden if breach.session == made.row.session))
    if forbidden:
        raise Blocked(forbidden, standing.names)
    if standing.lost:  # they give their cells back too
        _clear(camp, Session.id.in_(standing.lost))
    others = [ids.row_id(name) for name, _ in made.others]
    with steps.noted(camp, verb, person_id, session=session, room=room, slot=slot, pinned=pinned):
        _clear(camp, Session.id.in_([session, *others]))
        _put(standing, made.row, pinned)
        for _, row in made.others:
            if row is not None:
                _put(standing, row, pinned=False)
    return made


def take_out(camp: Camp, session: int, *, seen: int | None = None, person_id: int | None = None) -> None:
    """Take a session out of its cell. Raises NotFound if it lies in none, Stale as `move` does."""
    camps.lock(camp)
    steps.refuse_stale(camp, seen, session)
    with steps.noted(camp, "took session out", person_id, session=session):
        if session > LARGEST_ID or not _clear(camp, Session.id == session):
            raise NotFound(N_("This session is in no cell."), N_("Load the plan again."))


def pin(camp: Camp, session: int, pinned: bool, *, seen: int | None = None, person_id: int | None = None) -> None:
    """Let a placed session stay in its cell when the plan is made anew, or let it go. Raises Stale as `move` does."""
    camps.lock(camp)
    placed = [one for one in placements(camp) if one.session_id == session]
    if not placed:
        raise NotFound(N_("This session is in no cell."), N_("Load the plan again."))
    steps.refuse_stale(camp, seen, session)
    with steps.noted(camp, "pinned session" if pinned else "unpinned session", person_id, session=session):
        for one in placed:
            one.pinned = pinned


def by_hand(standing: Standing, session: int) -> Problem:
    """The problem as it binds who moves this session by hand: open spaces are open, its own pin lets it go."""
    name = ids.session_id(session)
    return replace(ids.open_to_hands(standing), pins=tuple(
        pin for pin in standing.problem.pins if pin.session != name and pin.session in standing.pinned))


def _has_cell(board: Board, session: str) -> bool:
    problem = board.problem
    return any(not board.breaches(session, room.id, slot.id) for slot in problem.slots for room in problem.rooms)


def _put(standing: Standing, row: records.Placement, pinned: bool) -> None:
    slots = [ids.slot_id(slot.id) for slot in standing.grid.session_slots]
    first, session = slots.index(row.slot), standing.sessions[row.session]
    for part in range(1, session.length + 1):
        db.session.add(Placement(session_id=session.id, part=part, room_id=ids.row_id(row.room),
                                 slot_id=ids.row_id(slots[first + part - 1]), pinned=pinned))


def _clear(camp: Camp, *which: ColumnElement[bool]) -> bool:
    """Empty the cells of the camp's sessions for which this holds; tells whether one lay in any."""
    mine = select(Session.id).where(Session.camp_id == camp.id, *which)
    done: Any = db.session.execute(delete(Placement).where(Placement.session_id.in_(mine)))
    return bool(done.rowcount)
