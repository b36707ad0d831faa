"""What changed from one version of the agenda to another, or to what is public now; whole, or of a range of times."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from camp.db import db
from camp.models import Camp
from sessions import agenda
from sessions.agenda import Changes
from sessions.models import Agenda, Entry

_WHERE, _WORDS = ("room_id", "date", "starts", "ends"), ("title", "hosts")


def in_force(camp: Camp, moment: datetime) -> Agenda | None:
    """The version that was out at a moment; none before the first."""
    return db.session.scalar(select(Agenda).where(Agenda.camp_id == camp.id, Agenda.published_at <= moment)
                             .order_by(Agenda.number.desc()).limit(1))


def between(camp: Camp, since: Agenda | None, until: Agenda | None = None) -> Changes:
    """New, moved, reworded and cancelled sessions of a version (none: what is public now) against an earlier one."""
    old = {entry.session_id: entry for entry in agenda.entries(since) if not entry.cancelled} if since else {}
    later = [entry for entry in agenda.entries(until) if not entry.cancelled] if until else agenda.shown(camp)
    now = {entry.session_id: entry for entry in later}
    both = [(old[one], entry) for one, entry in now.items() if one in old]
    moved = tuple(pair for pair in both if agenda.differ(*pair, _WHERE))
    return Changes(
        number=since.number if since else 0, new=tuple(entry for one, entry in now.items() if one not in old),
        moved=moved, people=0, cancelled=tuple(entry for one, entry in old.items() if one not in now),
        reworded=tuple(pair[1] for pair in both if pair not in moved and agenda.differ(*pair, _WORDS)))


def within(found: Changes, begins: datetime | None, ends: datetime | None) -> Changes:
    """Of changes those of sessions that run, or ran before, at some time from `begins` to `ends` (wall times)."""
    def inside(*entries: Entry) -> bool:
        return any((ends is None or datetime.combine(entry.date, entry.starts) < ends)
                   and (begins is None or datetime.combine(entry.date, entry.ends) > begins) for entry in entries)

    return Changes(number=found.number, people=0, new=tuple(filter(inside, found.new)),
                   moved=tuple(pair for pair in found.moved if inside(*pair)),
                   reworded=tuple(filter(inside, found.reworded)), cancelled=tuple(filter(inside, found.cancelled)))
