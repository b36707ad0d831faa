"""Places by day: how many a camp has, who holds one (admitted, offered, reserved), how many are free."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from camp import camps, clock
from camp.db import db
from camp.models import Camp, Day, Participant
from camp.registration_models import Reservation, Rules
from camp.waiting import fits, moving_up, take

_EVENING = time(18)
KEEP_DAYS = 90


def rules(camp: Camp) -> Rules:
    """The camp's rules; those of a camp that set none are not in the database."""
    return db.session.get(Rules, camp.id) or Rules(camp_id=camp.id, curated=False, answer_hours=48, admit_more=0,
                                                   keep_days=KEEP_DAYS)


def seats(camp: Camp, day: Day) -> int:
    """How many people have room on a day."""
    return camp.capacity if day.capacity is None else day.capacity


def free(camp: Camp) -> dict[str, int]:
    """ISO date → places that nobody holds; below 0 where a camp has become smaller. Whoever writes locks before."""
    more = rules(camp).admit_more
    left = {day.date.isoformat(): seats(camp, day) + more for day in camp.days} or {"": camp.capacity + more}
    if len(left) == 1:  # the days of people need not be read
        held = sum(db.session.scalar(query.with_only_columns(func.count())) or 0 for query in _holders(camp))
        return {day: places - held for day, places in left.items()}
    for query in _holders(camp):
        for days in db.session.scalars(query):
            take(left, days)
    return left


def _holders(camp: Camp) -> tuple[Select[Any], Select[Any]]:
    """The days of everybody who holds a place, in two queries."""
    now = clock.now()
    offered = and_(Participant.state == "waiting", Participant.offered_until > now)
    return (select(Participant.days).where(Participant.camp_id == camp.id,
                                           or_(Participant.state == "admitted", offered)),
            select(Reservation.days).where(Reservation.camp_id == camp.id, Reservation.holds, Reservation.until > now))


def line(camp: Camp) -> Sequence[Participant]:
    """Those who wait and are offered nothing, in order of time."""
    return db.session.scalars(select(Participant).where(
        Participant.camp_id == camp.id, Participant.state == "waiting", Participant.offered_until.is_(None))
        .order_by(Participant.registered_at, Participant.id)).all()


def ahead_of(camp: Camp, participant: Participant) -> int:
    """How many stand before this one in the waiting line, those included who have not yet opened their mail."""
    earlier = (Participant.registered_at < participant.registered_at) | (
        (Participant.registered_at == participant.registered_at) & (Participant.id < participant.id))
    confirmed = select(func.count()).select_from(Participant).where(
        Participant.camp_id == camp.id, Participant.state == "waiting", Participant.offered_until.is_(None), earlier)
    unconfirmed = select(func.count()).select_from(Reservation).where(
        Reservation.camp_id == camp.id, ~Reservation.holds, ~Reservation.known, Reservation.until > clock.now(),
        Reservation.made_at < participant.registered_at)
    return (db.session.scalar(confirmed) or 0) + (db.session.scalar(unconfirmed) or 0)


def open_to_newcomers(camp: Camp, days: Sequence[str]) -> bool:
    """Whether a newcomer gets a place for these days: it is free, and nobody waits who would want it too.

    Comes after those in line were offered what they can take, in the same transaction.
    """
    if rules(camp).curated or not fits(free(camp), days):
        return False
    return not any(not days or not who.days or set(days) & set(who.days) for who in line(camp))


def admit_in_order(camp: Camp) -> None:
    """Admit by time of registration until the places are full; the others wait. Nobody admitted is sent back."""
    camps.lock(camp)
    waiting = line(camp)
    for number in moving_up(free(camp), [who.days for who in waiting]):
        waiting[number].state = "admitted"


def evening_before(camp: Camp) -> datetime:
    """The moment after which freed places are for walk-ins: 18:00 of the day before the first, in the camp's zone."""
    first = min((day.date for day in camp.days), default=camps.today(camp))
    return clock.at(first - timedelta(days=1), _EVENING, camp.timezone)
