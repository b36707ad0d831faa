"""A host is not there: the session is called off or moved, and agenda, screens, calendars and people know at once."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from camp import camps, clock, mail
from camp.db import db
from camp.errors import N_, Conflict, NotFound
from camp.models import Camp, Mail, Participant
from sessions import agenda, mending, planning, proposals, steps
from sessions import standing as ids
from sessions.board_models import Step
from sessions.models import Entry, Host, Pick, Session
from sessions.planner.exchange import outlooks
from sessions.planner.problem import Placement
from sessions.standing import Standing, standing_of

CALLED_OFF, PUT_OFF = "called off session", "put off session"
CANCELLED, MOVED = "session_cancelled", "session_moved"  # mails
# Who taps the wrong card takes it back before anybody has mail; pages, screens and calendars do not wait.
GRACE = timedelta(seconds=30)
HOUR = timedelta(hours=1)


def call_off(camp: Camp, session_id: int, *, person_id: int | None = None) -> int:
    """Call a placed session off; gives how many people get a mail. Raises NotFound, also if it lies in no cell."""
    camps.lock(camp)
    session = _placed(camp, session_id)
    with steps.noted(camp, CALLED_OFF, person_id, session=session_id):
        proposals.call_off(session)
    return _tell(camp, session_id, person_id)


def put_off(camp: Camp, session_id: int, key: str, *, person_id: int | None = None) -> tuple[Placement, int]:
    """Move a placed session to the best free cell that has not begun; gives where, and how many people get a mail.

    Raises NotFound as `call_off`, and Conflict if no later cell is free for it.
    """
    camps.lock(camp)
    _placed(camp, session_id)
    to = later(camp, session_id, key)
    if to is None:
        raise Conflict(N_("No later cell is free for it."), N_("Call it off, or move another session first."))
    planning.move(camp, session_id, ids.row_id(to.room), ids.row_id(to.slot), person_id=person_id, verb=PUT_OFF)
    return to, _tell(camp, session_id, person_id)


def later(camp: Camp, session_id: int, key: str) -> Placement | None:
    """The best cell that has not begun and is free in the plan and in the agenda that is out; against no rule."""
    standing = standing_of(camp, key)
    name, begun = ids.session_id(session_id), mending.begun_of(standing, clock.now(), camp.timezone)
    slots = standing.grid.session_slots
    late = {ids.slot_id(slot.id) for slot in slots[begun:]}
    here = next((row for row in standing.placed if row.session == name), None)
    busy = {(entry.room_id, slot.id) for entry in agenda.shown(camp) if entry.session_id != session_id
            for slot in slots if slot.date == entry.date and entry.starts <= slot.starts < entry.ends}
    found = [one for one in outlooks(planning.by_hand(standing, session_id), standing.placed, name)
             if one.lay.row.slot in late and not one.lay.others and not one.lay.breaches
             and (here is None or one.lay.row.slot != here.slot)
             and (ids.row_id(one.lay.row.room), ids.row_id(one.lay.row.slot)) not in busy]
    return max(found, key=lambda one: one.score).lay.row if found else None


def urgent(camp: Camp, standing: Standing) -> frozenset[int]:
    """The sessions that run or begin within the hour, once an agenda is out: those whose host may be missing."""
    if agenda.current(camp) is None:
        return frozenset()
    now = clock.now()
    return frozenset(card.session.id for card in planning.cards(standing)
                     if clock.at(card.date, card.starts, camp.timezone) - HOUR <= now
                     < clock.at(card.date, card.ends, camp.timezone))


def undo(camp: Camp, number: int, *, person_id: int | None = None) -> Step:
    """Take a step on the board back; one that was public at once is public again. Raises as steps.undo."""
    camps.lock(camp)
    step = steps.of(camp, number)
    if step.verb == CALLED_OFF:
        _set(step, "proposed")
    steps.undo(camp, number, person_id=person_id)
    return _told(camp, step, person_id)


def redo(camp: Camp, number: int, *, person_id: int | None = None) -> Step:
    """Make a step on the board again, as `undo`."""
    camps.lock(camp)
    step = steps.of(camp, number)
    steps.redo(camp, number, person_id=person_id)
    if step.verb == CALLED_OFF:
        _set(step, "withdrawn")
    return _told(camp, step, person_id)


def entry_for(camp_id: int, session_id: int, sequence: int) -> Entry | None:
    """The entry of the present version, if it still is the one of this sequence."""
    camp = db.session.get(Camp, camp_id)
    version = agenda.current(camp) if camp is not None else None
    return db.session.scalar(select(Entry).where(
        Entry.agenda_id == version.id, Entry.session_id == session_id, Entry.sequence == sequence)) if version else None


def _told(camp: Camp, step: Step, person_id: int | None) -> Step:
    if step.verb in (CALLED_OFF, PUT_OFF) and step.session_id is not None:
        _tell(camp, step.session_id, person_id, back=True)
    return step


def _set(step: Step, state: str) -> None:
    session = db.session.get(Session, step.session_id) if step.session_id else None
    if session is not None:
        session.state = state
        db.session.flush()


def _placed(camp: Camp, session_id: int) -> Session:
    session = proposals.of(camp, session_id)
    if session.state != "proposed" or not any(row.session_id == session_id for row in planning.placements(camp)):
        raise NotFound(N_("This session is in no cell."), N_("Load the plan again."))
    return session


def _tell(camp: Camp, session_id: int, person_id: int | None, *, back: bool = False) -> int:
    """Publish this one change, and lay a mail down for whoever picked or holds the session; gives how many.

    On the way `back` of something of which nobody has had a mail yet, nobody gets one.
    """
    if agenda.current(camp) is None:
        return 0
    entry = agenda.correct(camp, session_id, person_id=person_id)
    if entry is None or back and _unsent(camp, session_id, entry.sequence - 1):
        return 0
    holders = select(Host.participant_id).where(Host.session_id == session_id)
    pickers = select(Pick.participant_id).where(Pick.session_id == session_id)
    people = db.session.scalars(select(Participant).where(
        Participant.id.in_(holders.union(pickers)), Participant.state != "cancelled")).all()
    template = CANCELLED if entry.cancelled else MOVED
    for who in people:
        mail.put(template, to=who.person.email, language=who.person.language, camp_id=camp.id,
                 dedupe_key=f"{_key(session_id, entry.sequence)}{who.id}", due_at=clock.now() + GRACE,
                 values={"session": session_id, "sequence": entry.sequence})
    return len(people)


def _unsent(camp: Camp, session_id: int, sequence: int) -> bool:
    laid = select(Mail.id).where(Mail.camp_id == camp.id, Mail.state == "queued",
                                 Mail.dedupe_key.startswith(_key(session_id, sequence), autoescape=True))
    return db.session.scalar(laid.limit(1)) is not None


def _key(session_id: int, sequence: int) -> str:
    return f"session-{session_id}-{sequence}-"
