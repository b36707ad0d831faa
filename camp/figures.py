"""How a camp stands, in numbers for its organisers: who registered when, which kinds of organisation, which towns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from camp import clock, plots
from camp.db import db
from camp.models import KINDS, Camp, Participant

MOST_TOWNS = 8
_QUIET = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Growth:
    """By day: how many of those who hold a place now had registered, and how many together with those who wait."""

    days: Sequence[date]
    placed: Sequence[int]
    everybody: Sequence[int]


@dataclass(frozen=True, slots=True)
class Figures:
    """What the desk shows; people who have cancelled count nowhere but in `cancelled`."""

    growth: Growth
    kinds: Mapping[str, int]
    towns: Mapping[str, int]
    placed: int
    waiting: int
    cancelled: int
    first_time: int


def of(camp: Camp) -> Figures:
    """The figures of a camp, from one query."""
    rows = db.session.execute(
        select(Participant.registered_at, Participant.state, Participant.kind, Participant.town, Participant.first_time)
        .where(Participant.camp_id == camp.id)).all()
    there = [row for row in rows if row.state != "cancelled"]
    by_kind, by_town = Counter(row.kind for row in there), Counter(row.town for row in there if row.town)
    towns = sorted(by_town.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_TOWNS]
    states = Counter(row.state for row in rows)
    when = [(clock.local(row.registered_at, camp.timezone).date(), row.state == "admitted") for row in there]
    today = clock.local(clock.now(), camp.timezone).date()
    return Figures(_growth(when, today), {kind: by_kind[kind] for kind in KINDS if by_kind[kind]}, dict(towns),
                   states["admitted"], states["waiting"], states["cancelled"], sum(row.first_time for row in there))


def _growth(when: Sequence[tuple[date, bool]], today: date) -> Growth:
    """Cumulated by day, from the first registration to today, but no more than two quiet weeks after the last."""
    if not when:
        return Growth((), (), ())
    first, last = min(day for day, _ in when), max(day for day, _ in when)
    days = plots.days_between(first, max(last, min(today, last + _QUIET)))
    return Growth(days, [sum(placed and day <= end for day, placed in when) for end in days],
                  [sum(day <= end for day, _ in when) for end in days])
