"""The board's steps: each is written down, can be told, taken back and made again, and says who was first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, delete, func, select

from camp import clock, log
from camp.db import LARGEST_ID, db, once_read
from camp.errors import N_, Conflict, NotFound
from camp.models import Camp, ClosedCell, Participant, Person, Room, Slot
from sessions import live
from sessions.board_models import Kept, Step
from sessions.models import Placement, Session

UNDO, REDO = "undid step", "redid step"
_CHANGED = N_("“%(title)s” was moved since, so this step stays as it is.")
_AGAIN = N_("Look at the board: it shows how things stand now.")
# Made once: every step reads it before and after.
_ROWS = (select(Placement.session_id, Placement.part, Placement.room_id, Placement.slot_id, Placement.pinned)
         .join(Session, Session.id == Placement.session_id).where(Session.camp_id == bindparam("camp"))
         .order_by(Placement.session_id, Placement.part))


class Stale(Conflict):
    """Somebody else was first; `steps` are theirs, the oldest first."""

    def __init__(self, steps: Sequence[Step]) -> None:
        super().__init__(N_("Somebody else was faster, and nothing of yours is lost."),
                         N_("Look at the board and say it again if you still want it."))
        self.steps = tuple(steps)


@dataclass(frozen=True, slots=True)
class Told:
    """A step with the name of who made it, or the address; empty if nobody did or nobody is left."""

    step: Step
    who: str


@contextmanager
def noted(camp: Camp, verb: str, person_id: int | None, *, session: int | None = None, of: int | None = None,
          **detail: str | int | None) -> Iterator[Step]:
    """Write down as one step whatever happens to the camp's placements within, and into the log with its detail.

    `session` is the one that it is about, `of` the step that it turns round. Where nothing moves there is no step.
    """
    before = _rows(camp)
    step = Step(camp_id=camp.id, person_id=person_id, at=clock.now(), verb=verb, session_id=session, of=of)
    yield step
    db.session.flush()
    after = _rows(camp)
    touched = {row[0] for row in _only(before, after)} | {row[0] for row in _only(after, before)}
    step.before = [row for row in before if row[0] in touched]
    step.after = [row for row in after if row[0] in touched]
    if touched:
        db.session.add(step)
        db.session.flush()
    live.placed(camp)
    detail |= {name: number for name, number in (("session", session), ("step", of)) if number is not None}
    log.note(verb, camp_id=camp.id, person_id=person_id, **detail)


def last(camp: Camp) -> int:
    """The number of the board: that of its last step, 0 before the first."""
    newest = select(func.max(Step.id)).where(Step.camp_id == camp.id)
    return once_read(("step", camp.id), lambda: db.session.scalar(newest) or 0)


def since(camp: Camp, seen: int) -> list[Told]:
    """The steps after this number of the board, the oldest first."""
    return list(reversed(_told(Step.camp_id == camp.id, Step.id > seen)))


def history(camp: Camp, most: int = 200) -> list[Told]:
    """The camp's steps, the newest first."""
    return _told(Step.camp_id == camp.id, most=most)


def titles(camp: Camp) -> dict[int, str]:
    """Session id → title, of sessions in any state."""
    return dict(db.session.execute(select(Session.id, Session.title).where(Session.camp_id == camp.id)).tuples().all())


def refuse_stale(camp: Camp, seen: int | None, session: int, cells: Iterable[tuple[int, int]] = ()) -> None:
    """Raise Stale if a step after the board's number `seen` touched the session or one of these cells."""
    if seen is None:
        return
    wanted = set(cells)
    first = [one.step for one in since(camp, seen)
             if session in one.step.touched or not wanted.isdisjoint(one.step.cells)]
    if first:
        raise Stale(first)


def to_turn(camp: Camp) -> tuple[Step | None, Step | None]:
    """The step that would be taken back next, and the one that would be made again next; none after a new step."""
    original = select(func.max(Step.id)).where(Step.camp_id == camp.id, Step.of.is_(None))
    done = original.where(Step.undone_by.is_(None)).scalar_subquery()
    undone = select(Step.id).where(Step.camp_id == camp.id, Step.undone_by > original.scalar_subquery()).order_by(
        Step.undone_by.desc()).limit(1).scalar_subquery()
    both = db.session.scalars(select(Step).where(Step.id.in_([done, undone])))
    found = {step.undone_by is None: step for step in both}
    return found.get(True), found.get(False)


def of(camp: Camp, number: int) -> Step:
    """A step of the camp that turns no other one round. Raises NotFound."""
    found: Step | None = None
    if 0 <= number <= LARGEST_ID:
        found = db.session.scalar(_original(camp).where(Step.id == number))
    if found is None:
        raise NotFound(N_("There is no such step."), N_("Load the board again."))
    return found


def undo(camp: Camp, number: int, *, person_id: int | None = None) -> Step:
    """Take a step back, whoever made it. Raises NotFound, and Conflict if what it moved was moved again since."""
    step = of(camp, number)
    if step.undone_by is not None:
        raise Conflict(N_("This step has been taken back already."), _AGAIN)
    step.undone_by = _turned(camp, step, UNDO, step.after, step.before, person_id)
    return step


def redo(camp: Camp, number: int, *, person_id: int | None = None) -> Step:
    """Make a step again that was taken back. Raises NotFound, and Conflict if what it moved was moved again since."""
    step = of(camp, number)
    if step.undone_by is None:
        raise Conflict(N_("This step has been made again already."), _AGAIN)
    _turned(camp, step, REDO, step.before, step.after, person_id)
    step.undone_by = None
    return step


def _turned(camp: Camp, step: Step, verb: str, now: list[Kept], then: list[Kept], person_id: int | None) -> int:
    """Bring the cells of a step from `now` to `then`; gives the number of this turn."""
    rows = [row for row in _rows(camp) if row[0] in step.touched]
    for session in step.touched:
        if [row for row in rows if row[0] == session] != [row for row in now if row[0] == session]:
            raise Conflict(_CHANGED, _AGAIN, title=_title(session))
    _refuse_gone(camp, then)
    with noted(camp, verb, person_id, session=step.session_id, of=step.id) as turn:
        db.session.execute(delete(Placement).where(Placement.session_id.in_(step.touched)))
        _refuse_taken(then)
        db.session.add_all(Placement(session_id=session, part=part, room_id=room, slot_id=slot, pinned=bool(pinned))
                           for session, part, room, slot, pinned in then)
    return turn.id


def _refuse_gone(camp: Camp, rows: Sequence[Kept]) -> None:
    """Raise Conflict if a session, room or slot of these rows is no longer what it was, or the cell is closed."""
    ids = {row[0] for row in rows}
    held = dict(db.session.execute(select(Session.id, Session.length).where(
        Session.id.in_(ids), Session.state == "proposed")).tuples().all())
    rooms = set(db.session.scalars(select(Room.id).where(Room.camp_id == camp.id)))
    slots = set(db.session.scalars(select(Slot.id).where(Slot.camp_id == camp.id, Slot.kind == "session")))
    closed = set(db.session.execute(select(ClosedCell.room_id, ClosedCell.slot_id).where(
        ClosedCell.room_id.in_(rooms))).tuples())
    for session in sorted(ids):
        if held.get(session) != sum(row[0] == session for row in rows):
            raise Conflict(N_("“%(title)s” was withdrawn or changed since, so this step stays as it is."), _AGAIN,
                           title=_title(session))
    for row in rows:
        if row[2] not in rooms or row[3] not in slots or (row[2], row[3]) in closed:
            raise Conflict(N_("The cell of “%(title)s” is closed or gone by now, so this step stays as it is."), _AGAIN,
                           title=_title(row[0]))


def _refuse_taken(rows: Sequence[Kept]) -> None:
    there = {(one.room_id, one.slot_id): one.session_id for one in db.session.scalars(select(Placement).where(
        Placement.slot_id.in_({row[3] for row in rows})))}
    for row in rows:
        if (row[2], row[3]) in there:
            raise Conflict(N_("The cell of “%(title)s” holds “%(other)s” by now, so this step stays as it is."), _AGAIN,
                           title=_title(row[0]), other=_title(there[row[2], row[3]]))


def _title(session: int) -> str:
    return db.session.scalar(select(Session.title).where(Session.id == session)) or ""


def _original(camp: Camp) -> Select[Any]:
    return select(Step).where(Step.camp_id == camp.id, Step.of.is_(None))


def _told(*which: ColumnElement[bool], most: int = 200) -> list[Told]:
    rows = db.session.execute(
        select(Step, Participant.given_name, Participant.family_name, Person.email)
        .outerjoin(Person, Person.id == Step.person_id)
        .outerjoin(Participant, (Participant.person_id == Person.id) & (Participant.camp_id == Step.camp_id))
        .where(*which).order_by(Step.id.desc()).limit(most))
    return [Told(step, f"{given} {family}" if given else email or "") for step, given, family, email in rows]


def _rows(camp: Camp) -> list[Kept]:
    return [[*row[:4], int(row[4])] for row in db.session.execute(_ROWS, {"camp": camp.id})]


def _only(rows: Iterable[Kept], others: Sequence[Kept]) -> list[Kept]:
    known = set(map(tuple, others))
    return [row for row in rows if tuple(row) not in known]
