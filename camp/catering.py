"""The catering sheet: who eats what on which day, how many will come, how many to order; numbers only, no names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil

from sqlalchemy import func, select

from camp import camps
from camp.db import db
from camp.models import Camp, Day, Needs, Participant
from camp.text import line, sort_key

_MOST_DIETS = 40  # further ones, each somebody's own words, become one line


@dataclass(frozen=True, slots=True)
class Line:
    """A diet: how many have a place and eat it, how many of them are expected, how many portions to order."""

    diet: str
    registered: int
    expected: float
    order: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A day's meals; an empty diet is that of people who said nothing."""

    day: date
    lines: tuple[Line, ...]

    @property
    def registered(self) -> int:
        """How many have a place on this day."""
        return sum(line.registered for line in self.lines)

    @property
    def expected(self) -> float:
        """How many of them are expected to come."""
        return sum(line.expected for line in self.lines)

    @property
    def order(self) -> int:
        """How many portions to order: each diet rounded up, so that nobody with a special one goes hungry."""
        return sum(line.order for line in self.lines)


@dataclass(frozen=True, slots=True)
class ShowRate:
    """What share of those with a place came to the camps of this installation that are over; none: there was none."""

    percent: int | None
    camps: int
    admitted: int
    arrived: int


def portions(counts: Mapping[str, int], percent: int) -> tuple[Line, ...]:
    """The lines for a show rate in percent, the most frequent diet first; nothing said comes last."""
    listed = sorted(counts.items(), key=lambda row: (not row[0], -row[1], sort_key(row[0])))
    return tuple(Line(diet, number, number * percent / 100, ceil(number * percent / 100)) for diet, number in listed)


def sheets(camp: Camp, percent: int) -> list[Sheet]:
    """A sheet for each day of the camp: whoever has a place and comes on it eats.

    Who waits or has cancelled does not.
    """
    rows = db.session.execute(select(Needs.diet, Participant.days).select_from(Participant).outerjoin(
        Needs, Needs.participant_id == Participant.id).where(
            Participant.camp_id == camp.id, Participant.state == "admitted")).all()
    said = Counter(line(diet or "") for diet, _ in rows)
    spelling: dict[str, str] = {}
    for text, _ in sorted(said.items(), key=lambda row: (-row[1], row[0])):
        spelling.setdefault(text.casefold(), text)
    made = []
    for day in camp.days:
        counts = Counter(spelling[line(diet or "").casefold()] for diet, days in rows
                         if not days or day.date.isoformat() in days)
        made.append(Sheet(day.date, portions(_few(counts), percent)))
    return made


def show_rate(camp: Camp) -> ShowRate:
    """The show rate of the other camps that are over and at which arrivals were noted."""
    last = select(Day.camp_id).group_by(Day.camp_id).having(func.max(Day.date) < camps.today(camp))
    counted = select(Participant.camp_id, func.count(Participant.id), func.count(Participant.arrived_at)).where(
        Participant.camp_id.in_(last), Participant.camp_id != camp.id, Participant.state == "admitted")
    rows = db.session.execute(counted.group_by(Participant.camp_id)).all()
    known = [(admitted, arrived) for _, admitted, arrived in rows if arrived]
    admitted, arrived = sum(row[0] for row in known), sum(row[1] for row in known)
    return ShowRate(round(100 * arrived / admitted) if admitted else None, len(known), admitted, arrived)


def _few(counts: Counter[str]) -> dict[str, int]:
    said = [(diet, number) for diet, number in counts.most_common() if diet]
    few = dict(said[:_MOST_DIETS])
    rest = sum(number for _, number in said[_MOST_DIETS:])
    return few | ({"…": rest} if rest else {}) | ({"": counts[""]} if counts[""] else {})
