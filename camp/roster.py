"""The roster: who has which shift, who is in charge at which hour, and which hours are still open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import delete, func, select

from camp import camps, clock, log, venue
from camp.db import db
from camp.errors import N_, BadInput, Conflict, NotFound
from camp.models import Camp, Participant, Shift
from camp.text import line, sort_key

LEAD = "lead"  # in charge of everything at that hour
TASKS = {LEAD: N_("In charge"), "door": N_("Door"), "shirts": N_("T-shirts"), "rooms": N_("Rooms"),
         "pitch": N_("Pitch desk"), "other": N_("Other")}
_PHONE = re.compile(r"[0-9+()/ .-]{3,40}")


@dataclass(frozen=True, slots=True)
class Duty:
    """A shift as it is written: `who` is a participant's whole name or anybody's, "" for a shift that is still open."""

    task: str
    title: str
    date: date
    starts: time
    ends: time
    who: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A span of a day in which nobody is in charge."""

    date: date
    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is in charge now, and whose turn it is in the later hours of this day."""

    day: date
    now: tuple[Shift, ...]
    later: tuple[Shift, ...]


def shifts(camp: Camp) -> Sequence[Shift]:
    """Every shift of the camp in order of time."""
    rows = db.session.scalars(select(Shift).where(Shift.camp_id == camp.id)).all()
    order = list(TASKS)
    return sorted(rows, key=lambda one: (one.date, one.starts, order.index(one.task), one.ends, one.id))


def of(camp: Camp, shift_id: int) -> Shift:
    """A shift of this camp. Raises NotFound."""
    found = db.session.scalar(select(Shift).where(Shift.camp_id == camp.id, Shift.id == shift_id))
    if found is None:
        raise NotFound(N_("There is no such shift at this camp."), N_("Load the page again."))
    return found


def in_charge(camp: Camp, now: datetime) -> Watch:
    """Who is in charge at a moment, and who is later on that day; one query."""
    wall = clock.local(now, camp.timezone)
    today = db.session.scalars(select(Shift).where(
        Shift.camp_id == camp.id, Shift.date == wall.date(), Shift.task == LEAD, Shift.ends > wall.time())
        .order_by(Shift.starts, Shift.id)).all()
    staffed = [one for one in today if one.who]
    return Watch(wall.date(), tuple(one for one in staffed if one.starts <= wall.time()),
                 tuple(one for one in staffed if one.starts > wall.time()))


def of_participant(participant: Participant) -> Sequence[Shift]:
    """Somebody's shifts in order of time."""
    return db.session.scalars(select(Shift).where(Shift.participant_id == participant.id)
                              .order_by(Shift.date, Shift.starts)).all()


def open_hours(camp: Camp, rows: Iterable[Shift]) -> list[Gap]:
    """The spans, from the first slot of a day to its last, in which nobody is in charge."""
    bounds: dict[date, tuple[time, time]] = {}
    for slot in venue.slots(camp):
        first, last = bounds.get(slot.date, (slot.starts, slot.ends))
        bounds[slot.date] = min(first, slot.starts), max(last, slot.ends)
    found = []
    leads = sorted((one for one in rows if one.task == LEAD and one.who), key=lambda one: one.starts)
    for day, (reached, last) in sorted(bounds.items()):
        for one in leads:
            if one.date == day and one.ends > reached and reached < last:
                if one.starts > reached:
                    found.append(Gap(day, reached, min(one.starts, last)))
                reached = one.ends
        if reached < last:
            found.append(Gap(day, reached, last))
    return found


def put(camp: Camp, shift: Shift | None, duty: Duty, *, person_id: int | None = None) -> Shift:
    """One more shift, or the same one changed; a number counts for every shift of its person.

    Raises BadInput beside the field, Conflict if the person has another shift at that time.
    """
    camps.lock(camp)
    _check(camp, duty)
    row = shift or Shift(camp_id=camp.id)
    who = _participant(camp, duty.who)
    name = "" if who else line(duty.who)
    _refuse_overlap(camp, row, duty, who, name)
    row.task, row.title, row.date, row.starts, row.ends = duty.task, line(duty.title), duty.date, duty.starts, duty.ends
    row.participant_id, row.participant, row.name = who.id if who else None, who, name
    row.phone = line(duty.phone) if who or name else ""
    if shift is None:
        db.session.add(row)
    db.session.flush()
    _share_phone(camp, row)
    log.note("changed the roster", camp_id=camp.id, person_id=person_id)
    return row


def remove(camp: Camp, shift_id: int, *, person_id: int | None = None) -> None:
    """Take a shift away. Raises NotFound."""
    db.session.delete(of(camp, shift_id))
    log.note("changed the roster", camp_id=camp.id, person_id=person_id)


def names(camp: Camp) -> list[str]:
    """Whom the form offers: everybody with a place, as German lists sort them."""
    rows = db.session.execute(select(Participant.given_name, Participant.family_name).where(
        Participant.camp_id == camp.id, Participant.state == "admitted"))
    found = sorted(rows, key=lambda row: (sort_key(row[1]), sort_key(row[0])))
    return list(dict.fromkeys(f"{given} {family}".strip() for given, family in found))


def forget(camp: Camp, participant: Participant, wanted: re.Pattern[str]) -> None:
    """Open the shifts of somebody who is erased, also those under the name in free words."""
    for one in db.session.scalars(select(Shift).where(Shift.camp_id == camp.id)):
        if one.participant_id == participant.id or wanted.search(one.name):
            one.participant_id, one.participant, one.name, one.phone = None, None, "", ""
        one.title = wanted.sub("–", one.title)
    db.session.flush()


def forget_all(camp: Camp) -> None:
    """The camp's people are erased by date, and its shifts with them."""
    db.session.execute(delete(Shift).where(Shift.camp_id == camp.id))


def count(camp: Camp) -> int:
    """How many shifts there are."""
    return db.session.scalar(select(func.count()).select_from(Shift).where(Shift.camp_id == camp.id)) or 0


def _check(camp: Camp, duty: Duty) -> None:
    if duty.task not in TASKS:
        raise BadInput(N_("Choose a task."), field="task")
    if duty.task == "other" and not line(duty.title):
        raise BadInput(N_("Say what is to be done."), field="title")
    if duty.date not in {day.date for day in camp.days} and not _is_beside(camp, duty.date):
        raise BadInput(N_("The camp is not on this day, nor the day before or after."), field="date")
    if duty.ends <= duty.starts:
        raise BadInput(N_("The shift ends before it begins."), field="ends")
    if duty.phone and not _PHONE.fullmatch(line(duty.phone)):
        raise BadInput(N_("This is no telephone number."), N_("For example: 0151 2345678"), field="phone")


def _is_beside(camp: Camp, day: date) -> bool:
    """Whether it is the day of setting up or of clearing away."""
    days = [one.date for one in camp.days]
    return bool(days) and day in (min(days) - timedelta(days=1), max(days) + timedelta(days=1))


def _participant(camp: Camp, written: str) -> Participant | None:
    """The participant of a whole name, if there is just one."""
    wanted = line(written).casefold()
    rows = db.session.scalars(select(Participant).where(
        Participant.camp_id == camp.id, Participant.state != "cancelled")).all() if wanted else ()
    found = [row for row in rows if line(row.name).casefold() == wanted]
    return found[0] if len(found) == 1 else None


def _same_person(camp: Camp, row: Shift, who: Participant | None, name: str) -> list[Shift]:
    """The other shifts of a person, whether they are registered or known by a name only."""
    rows = db.session.scalars(select(Shift).where(Shift.camp_id == camp.id, Shift.id != row.id)) if row.id else (
        db.session.scalars(select(Shift).where(Shift.camp_id == camp.id)))
    wanted = (line(who.name) if who else name).casefold()
    return [one for one in rows if wanted and (
        (who is not None and one.participant_id == who.id) or (
            (who is None or one.participant_id is None) and one.who.casefold() == wanted))]


def _refuse_overlap(camp: Camp, row: Shift, duty: Duty, who: Participant | None, name: str) -> None:
    for other in _same_person(camp, row, who, name):
        if other.date == duty.date and other.starts < duty.ends and duty.starts < other.ends:
            raise Conflict(N_("%(who)s has another shift then, from %(starts)s to %(ends)s."), field="who",
                           who=other.who, starts=f"{other.starts:%H:%M}", ends=f"{other.ends:%H:%M}")


def _share_phone(camp: Camp, row: Shift) -> None:
    """One number for all shifts of a person: the one just written, else the one known."""
    others = _same_person(camp, row, row.participant, row.name)
    if not row.phone:
        row.phone = next((one.phone for one in others if one.phone), "")
    for one in others:
        one.phone = row.phone
