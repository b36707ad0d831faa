"""How a camp gives its places: its rules changed, what past camps teach about who comes, and who waits by filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from camp import camps, clock, log, places, registration
from camp.db import db
from camp.models import Camp, Day, Participant
from camp.registration_models import Figure, Rules
from camp.text import plain


@dataclass(frozen=True, slots=True)
class Past:
    """A camp that is over: how many had a place, how many came."""

    title: str
    admitted: int
    arrived: int

    @property
    def rate(self) -> float:
        """The share that came."""
        return self.arrived / self.admitted


@dataclass(frozen=True, slots=True)
class Filter:
    """Which of those who wait: by kind of organisation, first-timers only, words of name, organisation and town."""

    kind: str = ""
    first_time: bool = False
    words: str = ""

    def holds(self, who: Participant) -> bool:
        """Whether somebody is meant."""
        text = plain(f"{who.name} {who.organisation} {who.town}")
        return ((not self.kind or who.kind == self.kind) and (not self.first_time or who.first_time)
                and all(word in text for word in plain(self.words).split()))


def change(camp: Camp, *, curated: bool, answer_hours: int, admit_more: int, keep_days: int) -> None:
    """Set the rules; places that come free by it are offered at once."""
    camps.lock(camp)
    row = db.session.get(Rules, camp.id)
    if row is None:
        row = Rules(camp_id=camp.id)
        db.session.add(row)
    row.curated, row.answer_hours, row.admit_more, row.keep_days = curated, answer_hours, admit_more, keep_days
    db.session.flush()
    log.note("changed rules", camp_id=camp.id, curated=curated, admit_more=admit_more, keep_days=keep_days)
    registration.settle(camp)


def past(camp: Camp) -> list[Past]:
    """The other camps of the installation that are over and had a door, newest first; figures outlive people."""
    last = func.max(Day.date)
    over = db.session.scalars(select(Camp).join(Day).where(Camp.id != camp.id).group_by(Camp.id)
                              .having(last < clock.now().date()).order_by(last.desc())).all()
    found = (Past(one.title, *_figures(one)) for one in over)
    return [one for one in found if one.arrived]


def _figures(camp: Camp) -> tuple[int, int]:
    kept = dict(db.session.execute(select(Figure.name, Figure.value).where(Figure.camp_id == camp.id)).tuples().all())
    if "admitted" in kept:
        return kept["admitted"], kept.get("arrived", 0)
    return counted(camp)


def counted(camp: Camp) -> tuple[int, int]:
    """How many have a place, and how many of them came."""
    row = db.session.execute(select(func.count(), func.count(Participant.arrived_at)).where(
        Participant.camp_id == camp.id, Participant.state == "admitted")).one()
    return row[0], row[1]


def waiting(camp: Camp, wanted: Filter) -> Sequence[Participant]:
    """Who waits and is offered nothing, in order of time, by filter."""
    return [who for who in places.line(camp) if wanted.holds(who)]
