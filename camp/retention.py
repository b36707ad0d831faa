"""Retention: some days after a camp everything about its people is erased, but for those who go on with a project."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from sqlalchemy import delete, exists, func, select

from camp import clock, log, place_rules, places, roster
from camp.db import db
from camp.models import Camp, Day, LogEntry, Needs, Participant, Role
from camp.registration_models import Figure, Reservation

VERB = "erased by date"
NEEDS_DAYS = 7  # after the camp: what people eat and wear goes before everything else
_LASTING = ("organiser", "moderator")
Keeps = Callable[[Camp, Participant], bool]  # a wing's reason to keep somebody, such as a project


def erased_on(camp: Camp) -> date | None:
    """The day on which everything about the camp's people is erased; none for a camp without days."""
    last = max((day.date for day in camp.days), default=None)
    return None if last is None else last + timedelta(days=places.rules(camp).keep_days)


def due(keeps: Sequence[Keeps]) -> list[tuple[Camp, list[int]]]:
    """The camps whose day has come, with the ids of the participants to erase.

    Organisers and moderators stay as long as they have their role, members of a project as long as they are in it.
    """
    over = db.session.scalars(select(Camp).join(Day).group_by(Camp.id)
                              .having(func.max(Day.date) < clock.now().date()).order_by(Camp.id)).all()
    found = []
    for camp in over:
        day = erased_on(camp)
        if day is not None and day <= clock.local(clock.now(), camp.timezone).date():
            ids = [who.id for who in _without_role(camp) if not any(keep(camp, who) for keep in keeps)]
            if ids or helpers(camp) or roster.count(camp):
                found.append((camp, ids))
    return found


def helpers(camp: Camp) -> Sequence[int]:
    """The people whose role ends on the camp's day of erasing: helpers and caterers."""
    return db.session.scalars(select(Role.person_id).where(Role.camp_id == camp.id, Role.name.not_in(_LASTING))
                              .distinct().order_by(Role.person_id)).all()


def _without_role(camp: Camp) -> Sequence[Participant]:
    role = exists().where(Role.camp_id == camp.id, Role.person_id == Participant.person_id, Role.name.in_(_LASTING))
    return db.session.scalars(select(Participant).where(Participant.camp_id == camp.id, ~role)
                              .order_by(Participant.id)).all()


def prune_needs() -> int:
    """Forget what people ate and wore, a week after their camp; of how many. The zones of the world are a day apart."""
    over = clock.now().date() - timedelta(days=NEEDS_DAYS + 1)
    camps_over = select(Day.camp_id).group_by(Day.camp_id).having(func.max(Day.date) < over)
    done = db.session.execute(delete(Needs).where(Needs.participant_id.in_(
        select(Participant.id).where(Participant.camp_id.in_(camps_over)))))
    return int(done.rowcount)  # type: ignore[attr-defined]


def count(camp: Camp) -> dict[str, int]:
    """Figures that outlive the people: registered, with a place, came, and how many were at an earlier camp too."""
    admitted, arrived = place_rules.counted(camp)
    people = db.session.scalar(select(func.count()).select_from(Participant).where(Participant.camp_id == camp.id)) or 0
    first = min((day.date for day in camp.days), default=date.max)
    earlier = select(Participant.person_id).join(Camp, Camp.id == Participant.camp_id).join(Day).where(
        Day.date < first, Participant.camp_id != camp.id, Participant.state == "admitted")
    returning = db.session.scalar(select(func.count()).select_from(Participant).where(
        Participant.camp_id == camp.id, Participant.state == "admitted", Participant.person_id.in_(earlier))) or 0
    return {"people": people, "admitted": admitted, "arrived": arrived, "returning": returning}


def keep_figures(camp: Camp) -> None:
    """Count before the first is erased; what was counted once stays. Reservations nobody confirmed go now."""
    db.session.execute(delete(Reservation).where(Reservation.camp_id == camp.id))
    if db.session.scalar(select(func.count()).select_from(Figure).where(Figure.camp_id == camp.id)):
        return
    db.session.add_all(Figure(camp_id=camp.id, name=name, value=value) for name, value in count(camp).items())
    db.session.flush()


def note(camp: Camp, number: int) -> None:
    """Write into the log how many were erased by date, if anybody was."""
    if number:
        log.note(VERB, camp_id=camp.id, people=number)


def told(camp: Camp) -> list[tuple[date, int]]:
    """When how many people of the camp were erased by date, the newest first, for everybody to read."""
    rows = db.session.scalars(select(LogEntry).where(LogEntry.camp_id == camp.id, LogEntry.verb == VERB)
                              .order_by(LogEntry.id.desc()))
    return [(clock.local(row.at, camp.timezone).date(), int(row.detail.get("people", 0))) for row in rows]
