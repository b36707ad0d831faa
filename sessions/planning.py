"""The plan: put a solved one in, correct it by hand, export it; the planner's rules decide what goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from random import SystemRandom

from sqlalchemy import select

from camp import camps, log
from camp.db import db
from camp.errors import N_, Conflict, NotFound
from camp.models import Camp
from sessions import drafts
from sessions.drafts import Draft, draft_of
from sessions.models import Placement, Session
from sessions.planner import Problem, check, why_not
from sessions.planner import problem as records
from sessions.planner.explain import reason
from sessions.planner.files import write_problem
from sessions.planner.grid import Grid as Numbers
from sessions.planner.problem import Breach
from sessions.planner.rules import Board, Names, sentence


class Blocked(Conflict):
    """A rule of the plan forbids it; `breaches` says each rule, `names` what to call its ids."""

    def __init__(self, breaches: Sequence[Breach], names: Names) -> None:
        text, values = sentence(breaches[0], names)
        super().__init__(text, **values)
        self.breaches, self.names = tuple(breaches), names


@dataclass(frozen=True, slots=True)
class InTray:
    """A session without a cell: how many would come, and why it has none (nothing while a cell is free for it)."""

    session: Session
    votes: int
    breach: Breach | None


def problem_of(camp: Camp, key: str) -> Problem:
    """What the planner has to solve for this camp; see sessions/drafts.py."""
    return draft_of(camp, key).problem


def export_problem(camp: Camp, key: str) -> str:
    """The problem as JSON text (format barcamp-schedule-1), with ids drawn anew and without names and addresses."""
    return write_problem(drafts.anonymous(problem_of(camp, key), SystemRandom()))


def placements(camp: Camp) -> Sequence[Placement]:
    """Every placement of the camp, one row for each cell, in one query."""
    return db.session.scalars(select(Placement).join(Session, Session.id == Placement.session_id)
                              .where(Session.camp_id == camp.id).order_by(Placement.session_id, Placement.part)).all()


def tray(draft: Draft) -> list[InTray]:
    """The sessions without a cell, most wanted first."""
    numbers, board = Numbers(draft.problem), Board(draft.problem, draft.placed)
    first = {row.session: (row.room, row.slot) for row in draft.placed}
    order = {slot.id: number for number, slot in enumerate(draft.problem.slots)}
    column = {room.id: number for number, room in enumerate(draft.problem.rooms)}
    place = [order[first[one.id][1]] * len(column) + column[first[one.id][0]] if one.id in first else -1
             for one in draft.problem.sessions]
    rows = [InTray(draft.sessions[one.id], numbers.popular[number],
                   None if _has_cell(board, one.id) else reason(numbers, number, place))
            for number, one in enumerate(draft.problem.sessions) if one.id not in first]
    return sorted(rows, key=lambda row: (-row.votes, row.session.title))


def session_of(draft: Draft, session: int) -> tuple[Session, str]:
    """A proposal of the camp, and why it cannot be planned (a msgid; empty if it can). Raises NotFound."""
    for one in draft.sessions.values():
        if one.id == session:
            return one, ""
    for one, why in draft.left_out:
        if one.id == session:
            return one, why
    raise NotFound(N_("There is no such proposal at this camp."), N_("Load the plan again."))


def apply(camp: Camp, key: str, rows: Iterable[records.Placement], *, person_id: int | None = None) -> int:
    """Put a solved plan in the place of the present one; pins stay. Gives how many sessions are placed.

    Raises Blocked if the camp changed since the plan was begun so that it breaks a rule now.
    """
    draft = draft_of(camp, key, votes=False)
    rows = [row for row in rows if row.session in draft.sessions]
    breaches = check(draft.problem, rows)
    if breaches:
        raise Blocked(breaches, draft.names)
    _clear(camp)
    for row in rows:
        _put(draft, row, row.session in draft.pinned)
    _note(camp, "made plan", person_id, sessions=len(rows))
    return len(rows)


def move(camp: Camp, key: str, session: int, room: int, slot: int, *, pinned: bool = False,
         person_id: int | None = None) -> None:
    """Put a session into a cell (a two-slot session also takes the next). Raises Blocked with every rule it breaks."""
    draft = draft_of(camp, key, votes=False)
    _, why = session_of(draft, session)
    if why:
        raise Conflict(why, N_("It cannot be planned until somebody who holds it has a place."))
    name = drafts.session_id(session)
    row = records.Placement(name, drafts.room_id(room), drafts.slot_id(slot))
    own = replace(draft.problem, pins=tuple(pin for pin in draft.problem.pins if pin.session != name))
    breaches = why_not(own, draft.placed, *_triple(row))
    if breaches:
        raise Blocked(breaches, draft.names)
    _clear_strays(camp, draft)
    _clear(camp, session)
    _put(draft, row, pinned)
    _note(camp, "moved session", person_id, session=session, room=room, slot=slot, pinned=pinned)


def take_out(camp: Camp, session: int, *, person_id: int | None = None) -> None:
    """Take a session out of its cell. Raises NotFound if it lies in none."""
    if not _clear(camp, session):
        raise NotFound(N_("This session is in no cell."), N_("Load the plan again."))
    _note(camp, "took session out", person_id, session=session)


def pin(camp: Camp, session: int, pinned: bool, *, person_id: int | None = None) -> None:
    """Let a placed session stay in its cell when the plan is made anew, or let it go."""
    placed = [one for one in placements(camp) if one.session_id == session]
    if not placed:
        raise NotFound(N_("This session is in no cell."), N_("Load the plan again."))
    for one in placed:
        one.pinned = pinned
    _note(camp, "pinned session" if pinned else "unpinned session", person_id, session=session)


def _has_cell(board: Board, session: str) -> bool:
    problem = board.problem
    return any(not board.breaches(session, room.id, slot.id) for slot in problem.slots for room in problem.rooms)


def _triple(row: records.Placement) -> tuple[str, str, str]:
    return row.session, row.room, row.slot


def _put(draft: Draft, row: records.Placement, pinned: bool) -> None:
    slots = [drafts.slot_id(slot.id) for slot in draft.grid.session_slots]
    first, session = slots.index(row.slot), draft.sessions[row.session]
    for part in range(1, session.length + 1):
        db.session.add(Placement(session_id=session.id, part=part, room_id=drafts.row_id(row.room),
                                 slot_id=drafts.row_id(slots[first + part - 1]), pinned=pinned))


def _clear(camp: Camp, session: int | None = None) -> bool:
    wanted = [one for one in placements(camp) if session in (None, one.session_id)]
    for one in wanted:
        db.session.delete(one)
    db.session.flush()
    return bool(wanted)


def _clear_strays(camp: Camp, draft: Draft) -> None:
    """Sessions that can no longer be planned give their cells back."""
    known = {one.id for one in draft.sessions.values()}
    for session in {one.session_id for one in placements(camp)} - known:
        _clear(camp, session)


def _note(camp: Camp, verb: str, person_id: int | None, **detail: object) -> None:
    camps.changed(camp)
    log.note(verb, camp_id=camp.id, person_id=person_id, **detail)
