"""Walk-ins: people who come without being registered get a place and, if there is one, a blank badge, in seconds."""

from __future__ import annotations

import secrets
from datetime import datetime

from badges import blanks
from camp import camps, log, people
from camp.db import db
from camp.errors import CampError
from camp.models import NO_ADDRESS, Camp, Participant
from camp.text import line


def register(camp: Camp, given: str, family: str, email: str, code: str, at: datetime) -> Participant:
    """Give somebody at the door a place, and the blank badge of this code; who is registered already keeps their row.

    They are in the building: so a full camp, an address that is none and a badge that is no blank one keep nobody out.
    """
    camps.lock(camp)
    who = _known(camp, email) or _new(camp, line(given)[:100], line(family)[:100], email, at)
    who.state, who.offered_until = "admitted", None
    db.session.flush()
    if code:
        try:
            blanks.bind(camp, code, who)
        except CampError:  # the badge is printed at the desk
            log.note("bound no badge", camp_id=camp.id, participant=who.id)
    log.note("registered a walk-in", camp_id=camp.id, participant=who.id)
    camps.changed(camp)
    return who


def _known(camp: Camp, email: str) -> Participant | None:
    address = _address(email)
    person = people.by_address(address) if address else None
    return people.participant_of(camp, person.id) if person else None


def _new(camp: Camp, given: str, family: str, email: str, at: datetime) -> Participant:
    person = people.ensure(_address(email) or f"{secrets.token_hex(8)}{NO_ADDRESS}")
    who = Participant(camp_id=camp.id, person_id=person.id, person=person, given_name=given or family, source="walk-in",
                      family_name=family if given else "", state="admitted", registered_at=at)
    db.session.add(who)
    return who


def _address(email: str) -> str:
    try:
        return people.normal_address(email) if email.strip() else ""
    except CampError:
        return ""
