"""Who has come: people by day and door, the curve of arrivals, who did not come, and who was let in twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from badges import admitting
from badges.events import IN
from badges.models import Admission, Device, Scan
from camp import camps, clock, log, people
from camp.db import db
from camp.models import KINDS, Camp, Participant

SOURCES = ("registered", "imported", "curated", "walk-in", "")
_STEP = timedelta(minutes=5)
_LONGEST = timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class HeadCount:
    """How many people came on a day, how many have a place, and how many each door let in."""

    day: date
    here: int
    expected: int
    doors: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Share:
    """A group of people on a day: how many were expected, how many came."""

    name: str
    expected: int
    came: int

    @property
    def missing(self) -> int:
        """How many did not come."""
        return self.expected - self.came


@dataclass(frozen=True, slots=True)
class Turnout:
    """A day: who was expected and came, altogether, by kind and by source."""

    day: date
    total: Share
    kinds: tuple[Share, ...]
    sources: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Double:
    """Somebody whom two doors let in on the same day: when and where, the first one first; `devices` are the phones."""

    participant: Participant
    times: tuple[tuple[datetime, str], ...]
    devices: frozenset[int]


def head_count(camp: Camp) -> HeadCount:
    """Who is here today, or was on the latest day with anybody: people, not scans."""
    day = shown_day(camp)
    rows = db.session.execute(
        select(Device.door, func.count())
        .select_from(Admission)
        .join(Participant)
        .outerjoin(Device, Device.id == Admission.device_id)
        .where(Participant.camp_id == camp.id, Admission.date == day)
        .group_by(Device.door)
        .order_by(Device.door)
    ).all()
    doors = tuple((name, number) for name, number in rows if name)
    return HeadCount(day, sum(number for _, number in rows), people.count(camp, "admitted"), doors)


def shown_day(camp: Camp) -> date:
    """Today, or outside of the camp's days the latest one on which anybody came."""
    today = camps.today(camp)
    if today in [one.date for one in camp.days]:
        return today
    latest = select(func.max(Admission.date)).join(Participant).where(Participant.camp_id == camp.id)
    return db.session.scalar(latest) or today


def curve(camp: Camp, day: date) -> list[tuple[datetime, int]]:
    """How many were here every five minutes, from the first arrival on; empty while nobody is."""
    moments = sorted(
        db.session.scalars(
            select(Admission.at).join(Participant).where(Participant.camp_id == camp.id, Admission.date == day)
        )
    )
    if not moments:
        return []
    first = moments[0] - timedelta(
        minutes=moments[0].minute % 5, seconds=moments[0].second, microseconds=moments[0].microsecond
    )
    last = min(max(moments[-1], min(clock.now(), moments[-1] + 6 * _STEP)), first + _LONGEST)
    ends = [first + _STEP * number for number in range(int((last - first) / _STEP) + 2)]
    return [(end, sum(moment <= end for moment in moments)) for end in ends]


def turnout(camp: Camp) -> list[Turnout]:
    """Each day of the camp until today: who was expected, who came; those let in without a place count as both."""
    came: dict[date, set[int]] = {}
    for number, day in db.session.execute(
        select(Admission.participant_id, Admission.date).join(Participant).where(Participant.camp_id == camp.id)
    ):
        came.setdefault(day, set()).add(number)
    rows = db.session.execute(
        select(Participant.id, Participant.kind, Participant.source, Participant.days, Participant.state).where(
            Participant.camp_id == camp.id
        )
    ).all()
    found = []
    for one in camp.days:
        if one.date > camps.today(camp):
            continue
        here = came.get(one.date, set())
        due = [
            row
            for row in rows
            if row.id in here or row.state == "admitted" and (not row.days or one.date.isoformat() in row.days)
        ]
        there = [row for row in due if row.id in here]
        found.append(
            Turnout(
                one.date,
                Share("", len(due), len(there)),
                _shares(KINDS, Counter(row.kind for row in due), Counter(row.kind for row in there)),
                _shares(SOURCES, Counter(row.source for row in due), Counter(row.source for row in there)),
            )
        )
    return found


def _shares(names: Sequence[str], due: Counter[str], came: Counter[str]) -> tuple[Share, ...]:
    return tuple(Share(name, due[name], came[name]) for name in names if due[name])


def doubles(camp: Camp, day: date) -> list[Double]:
    """Whom more than one phone let in on a day, because one of them did not know of the other."""
    entered = [word for word in IN if word != "already"]
    rows = db.session.execute(
        select(Admission.participant_id, Scan.at, Device.door, Scan.device_id)
        .join(Admission, Admission.id == Scan.admission_id)
        .join(Device, Device.id == Scan.device_id)
        .where(Scan.camp_id == camp.id, Admission.date == day, Scan.undone_at.is_(None), Scan.decision.in_(entered))
        .order_by(Scan.at, Scan.id)
    ).all()
    phones: dict[int, set[int]] = {}
    for row in rows:
        phones.setdefault(row.participant_id, set()).add(row.device_id)
    found = []
    for number, devices in phones.items():
        if len(devices) > 1:
            times = tuple((row.at, row.door) for row in rows if row.participant_id == number)
            found.append(Double(db.session.get_one(Participant, number), times, frozenset(devices)))
    return found


def provisional(camp: Camp) -> int:
    """How many were let in although nobody knows their code yet."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Scan)
            .where(
                Scan.camp_id == camp.id,
                Scan.decision == "provisional",
                Scan.participant_id.is_(None),
                Scan.undone_at.is_(None),
            )
        )
        or 0
    )


def despite(camp: Camp, day: date) -> list[tuple[Participant, str]]:
    """Whom a phone let in from an old list although something was in the way by then, with what it was."""
    rows = db.session.execute(
        select(Participant, Scan.verdict).join(Scan, Scan.participant_id == Participant.id)
        .join(Admission, Admission.id == Scan.admission_id)
        .where(Scan.camp_id == camp.id, Admission.date == day, Scan.undone_at.is_(None),
               Scan.verdict.not_in(("admitted", "already"))).order_by(Scan.at)).all()
    return [(who, verdict) for who, verdict in rows]


def inside(camp: Camp, day: date, ids: Sequence[int]) -> frozenset[int]:
    """Which of these participants came in on a day."""
    return frozenset(db.session.scalars(select(Admission.participant_id).join(Participant).where(
        Participant.camp_id == camp.id, Admission.date == day, Admission.participant_id.in_(ids))))


def take_back(camp: Camp, who: Participant, *, person_id: int | None = None) -> None:
    """Take back that somebody came in today, whichever doors let them in."""
    row = db.session.scalar(select(Admission).where(
        Admission.participant_id == who.id, Admission.date == camps.today(camp)))
    if row is not None:
        admitting.undo_all(row)
        log.note("took an arrival back", camp_id=camp.id, person_id=person_id, participant=who.id)
