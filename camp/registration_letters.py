"""What the mails of registration say when they are sent: the link, and nothing that has become untrue meanwhile."""

from __future__ import annotations

from typing import Any

from camp import clock, letters, registration, tokens
from camp.db import db
from camp.models import Camp, Mail, Participant
from camp.registration_models import Reservation


def register() -> None:
    """Make the tellers of all templates known."""
    for template in ("registration", "registration_waiting"):
        letters.register(template, _registration)
    for template, state in (("place_certain", "admitted"), ("place_waiting", "waiting"), ("place_lapsed", "cancelled")):
        letters.register(template, _stands(state))
    letters.register("place_offered", _offered)


def _registration(letter: Mail, key: str) -> dict[str, Any] | None:
    made = db.session.get(Reservation, letter.values["reservation"])
    if made is None or made.until <= clock.now():
        return None
    token = "" if made.known else tokens.link(key, registration.CONFIRM, made.id, made.salt)
    return {"token": token}


def _stands(state: str) -> letters.Teller:
    """A mail about a state is true as long as the participant is in it, and is offered nothing.

    That a place has moved on is true as long as they have not cancelled or registered since.
    """
    def tell(letter: Mail, key: str) -> dict[str, Any] | None:
        who = db.session.get(Participant, letter.values["participant"])
        if who is None or who.state != state or (who.offered_until is not None) != (state == "cancelled"):
            return None
        return {"token": registration.link_of(who, key)}
    return tell


def _offered(letter: Mail, key: str) -> dict[str, Any] | None:
    """True as long as this very offer stands."""
    who = db.session.get(Participant, letter.values["participant"])
    if who is None or who.offered_until is None or who.state != "waiting" or who.offered_until <= clock.now():
        return None
    if who.offered_until.isoformat() != letter.values["what"]:
        return None
    until = clock.local(who.offered_until, db.session.get_one(Camp, who.camp_id).timezone)
    return {"token": registration.link_of(who, key), "day": until.date(), "time": until.time()}
