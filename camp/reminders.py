"""The reminder before a camp: once for everybody who has a place, with a way to give it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from camp import camps, log, mail, registration, venue
from camp.db import db
from camp.errors import N_, Conflict
from camp.models import Camp, Mail, Participant, Person

TEMPLATE = "reminder"


def first_day(camp: Camp) -> date | None:
    """The day of which people are reminded; none once the camp has begun."""
    days = [day.date for day in camp.days]
    return min(days) if days and min(days) >= camps.today(camp) else None


def due(camp: Camp) -> Sequence[Participant]:
    """Who has a place and was not reminded of the camp's first day yet."""
    key = f"{TEMPLATE}/{camp.id}/{first_day(camp)}/"
    reminded = set(db.session.scalars(select(Mail.dedupe_key).where(
        Mail.camp_id == camp.id, Mail.template == TEMPLATE)))
    found = db.session.scalars(select(Participant).where(
        Participant.camp_id == camp.id, Participant.state == "admitted").order_by(Participant.id))
    return [who for who in found if f"{key}{who.id}" not in reminded and who.person.address]


def remind(camp: Camp, person: Person, expected: int) -> int:
    """Lay the reminders into the outbox; how many. Raises Conflict if it is too late or the number has changed."""
    camps.lock(camp)
    day = first_day(camp)
    if day is None:
        raise Conflict(N_("The camp has begun; there is nothing to be reminded of."))
    found = due(camp)
    if len(found) != expected:
        raise Conflict(N_("By now %(number)s people would be reminded."), N_("Look at it again before it goes out."),
                       number=len(found))
    for who in found:
        mail.put(TEMPLATE, to=who.person.email, language=who.person.language, camp_id=camp.id,
                 dedupe_key=f"{TEMPLATE}/{camp.id}/{day}/{who.id}", values={"participant": who.id, "day": str(day)})
    if found:
        log.note("reminded people", camp_id=camp.id, person_id=person.id, number=len(found))
    return len(found)


def told(letter: Mail, base_url: str, key: str) -> dict[str, Any] | None:
    """What a reminder says when it goes out, `key` being that of links.

    None if its reader no longer has a place, or the day has moved.
    """
    camp = db.session.get(Camp, letter.camp_id) if letter.camp_id else None
    who = db.session.get(Participant, letter.values["participant"])
    day = first_day(camp) if camp else None
    if camp is None or who is None or who.state != "admitted" or day is None or str(day) != letter.values["day"]:
        return None
    return facts(camp, base_url) | {"name": who.given_name or who.family_name,
                                    "cannot_come": registration.place_address(camp, who, base_url, key)}


def facts(camp: Camp, base_url: str) -> dict[str, Any]:
    """What mails can say of a camp: its first day, when and where it begins, the reader's page."""
    day = first_day(camp)
    begins = min((slot.starts for slot in venue.slots(camp) if slot.date == day), default=None)
    return {"day": day, "time": begins, "venue": camp.venue, "page": f"{base_url.rstrip('/')}/{camp.slug}/me"}
