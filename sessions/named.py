"""Hosts by name: whom a typist means among the people of a camp."""

from __future__ import annotations

from sqlalchemy import select

from camp.db import db
from camp.errors import N_, BadInput
from camp.models import Camp, Participant
from camp.text import line

NAME = 200  # characters of a host as typed: a name and an organisation


def people(camp: Camp) -> list[Participant]:
    """Who may be the host, arrived people first, then by name."""
    return list(db.session.scalars(select(Participant).where(
        Participant.camp_id == camp.id, Participant.state == "admitted").order_by(
        Participant.arrived_at.is_(None), Participant.given_name, Participant.family_name, Participant.id)))


def label(who: Participant) -> str:
    """How the list calls somebody: name and organisation."""
    return f"{who.name}, {who.organisation}" if who.organisation else who.name


def find(camp: Camp, text: str) -> Participant | None:
    """Who is meant by name and organisation, else by name; of several the only one who has arrived, else nobody."""
    wanted, everybody = line(text).casefold(), people(camp)
    for name in (label, lambda who: who.name):
        found = [who for who in everybody if name(who).casefold() == wanted]
        meant = [who for who in found if who.arrived_at] or found
        if len(meant) == 1:
            return meant[0]
    return None


def checked(text: str) -> str:
    """A host as typed, on one line. Raises BadInput if it is empty or too long."""
    name = line(text)
    if not name:
        raise BadInput(N_("A name is missing."), N_("The grid says who holds it."), field="host")
    if len(name) > NAME:
        raise BadInput(N_("This is too long: at most %(number)s characters."), field="host", number=NAME)
    return name
