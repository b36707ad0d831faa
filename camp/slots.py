"""Slots set up by hand: made one by one or in a row, changed and taken away, without losing a session in one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import delete

from camp import camps, log, rooms, venue
from camp.db import db
from camp.errors import N_, BadInput, Conflict, NotFound
from camp.models import Camp, ClosedCell, Slot
from camp.tenants import Tenant

KINDS = ("session", "break", "plenary")


@dataclass(frozen=True, slots=True)
class Span:
    """A slot that is not there yet."""

    date: date
    starts: time
    ends: time
    kind: str = "session"
    title: str = ""
    reason: str = ""


def row(day: date, start: time, length: int, pause: int, how_many: int) -> list[Span]:
    """Slots of `length` minutes from `start` on with `pause` minutes between. Raises BadInput past midnight."""
    spans, begins = [], datetime.combine(day, start)
    for _ in range(how_many):
        ends = begins + timedelta(minutes=length)
        if ends.date() != day:
            raise BadInput(N_("The last slot would end after midnight."), field="how_many")
        spans.append(Span(day, begins.time(), ends.time()))
        begins = ends + timedelta(minutes=pause)
    return spans


def of(camp: Camp, slot_id: int) -> Slot:
    """A slot of this camp. Raises NotFound."""
    for slot in venue.slots(camp):
        if slot.id == slot_id:
            return slot
    raise NotFound(N_("There is no such slot at this camp."), N_("Load the page again."))


def add(camp: Camp, spans: Sequence[Span], *, person_id: int | None = None) -> None:
    """More slots, all or none. Raises BadInput for a day that the camp has not, Conflict for what overlaps."""
    camps.lock(camp)
    there: list[Slot | Span] = list(venue.slots(camp))
    for span in spans:
        check(camp, span, there)
        there.append(span)
    db.session.add_all(Slot(camp_id=camp.id, date=span.date, starts=span.starts, ends=span.ends, kind=span.kind,
                            title=span.title, reason=span.reason) for span in spans)
    _note(camp, person_id)


def change(camp: Camp, slot_id: int, span: Span, tenants: Sequence[Tenant], *, to_tray: bool,
           person_id: int | None = None) -> None:
    """Change a slot; what lies in it moves with it, but a break or another day holds no session.

    Raises NotFound, BadInput, Conflict or rooms.Occupied.
    """
    camps.lock(camp)
    slot = of(camp, slot_id)
    check(camp, span, [other for other in venue.slots(camp) if other is not slot])
    if slot.kind == "session" and (span.kind != "session" or span.date != slot.date):
        rooms.vacate(camp, tenants, lambda one: one.slot_id == slot.id, to_tray=to_tray)
    slot.date, slot.starts, slot.ends = span.date, span.starts, span.ends
    slot.kind, slot.title, slot.reason = span.kind, span.title, span.reason
    _note(camp, person_id)


def remove(camp: Camp, slot_id: int, tenants: Sequence[Tenant], *, to_tray: bool, person_id: int | None = None) -> None:
    """Take a slot away. Raises rooms.Occupied while sessions lie in it, unless they may go back to the tray."""
    camps.lock(camp)
    slot = of(camp, slot_id)
    rooms.vacate(camp, tenants, lambda one: one.slot_id == slot.id, to_tray=to_tray)
    db.session.execute(delete(ClosedCell).where(ClosedCell.slot_id == slot.id))
    db.session.delete(slot)
    _note(camp, person_id)


def check(camp: Camp, span: Span, others: Iterable[Slot | Span]) -> None:
    """Whether a slot may stand among others. Raises BadInput or Conflict with the field."""
    if span.date not in {day.date for day in camp.days}:
        raise BadInput(N_("The camp has no such day."), field="date")
    if span.kind not in KINDS:
        raise BadInput(N_("A slot is for sessions, a break or a plenary."), field="kind")
    if span.ends <= span.starts:
        raise BadInput(N_("It ends before it begins."), field="ends")
    for other in others:
        if other.date == span.date and other.starts < span.ends and span.starts < other.ends:
            raise Conflict(N_("It overlaps with the slot from %(starts)s to %(ends)s."), field="starts",
                           starts=f"{other.starts:%H:%M}", ends=f"{other.ends:%H:%M}")


def _note(camp: Camp, person_id: int | None) -> None:
    db.session.flush()
    camps.changed(camp)
    log.note("changed venue", camp_id=camp.id, person_id=person_id)
