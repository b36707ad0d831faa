"""The printed list of names, for a door without any phone: who is expected on a day, and who is in already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import and_, select

from badges.models import Admission, DoorNote
from camp import camps, clock
from camp.db import db
from camp.models import Camp, Participant
from camp.text import sort_key

MADE_AT = time(7)  # by the camp's clock
WALK_INS = 24  # empty lines at the end


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody on the list; `since`: when they came in on that day."""

    family: str
    given: str
    organisation: str
    kind: str
    no_photo: bool
    note: str
    since: datetime | None


def lines(camp: Camp, day: date) -> Sequence[Line]:
    """Who has a place on a day, by family name as German lists sort it."""
    rows = db.session.execute(
        select(Participant, DoorNote.text, Admission.at)
        .outerjoin(DoorNote, DoorNote.participant_id == Participant.id)
        .outerjoin(Admission, and_(Admission.participant_id == Participant.id, Admission.date == day))
        .where(Participant.camp_id == camp.id, Participant.state == "admitted")).tuples()
    expected = [row for row in rows if not row[0].days or day.isoformat() in row[0].days]
    expected.sort(key=lambda row: (sort_key(row[0].family_name or row[0].given_name), sort_key(row[0].given_name)))
    return [Line(who.family_name, who.given_name, who.organisation, who.kind, who.photo == "no", note or "", since)
            for who, note, since in expected]


def due(camp: Camp) -> date | None:
    """The day whose list should exist by now: a day of the camp, from seven o'clock on."""
    now = clock.local(clock.now(), camp.timezone)
    return now.date() if now.time() >= MADE_AT and now.date() in [day.date for day in camp.days] else None


def next_day(camp: Camp) -> date | None:
    """The day for which a list asked for now would be: today, else the camp's next one."""
    today = camps.today(camp)
    return min((day.date for day in camp.days if day.date >= today), default=None)
