"""Hosts by name: whom a typist means among the people of a camp."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from camp.db import db
from camp.errors import N_, BadInput
from camp.models import Camp, Participant
from camp.person_text import words
from camp.text import line

NAME = 200  # characters of a host as typed: a name and an organisation


def people(camp: Camp) -> list[str]:
    """What to call those who may be the host, arrived people first, then by name; one query."""
    return [_called(row) for row in _rows(camp)]


def label(who: Participant) -> str:
    """How the list calls somebody: name and organisation."""
    return f"{who.name}, {who.organisation}" if who.organisation else who.name


def find(camp: Camp, text: str) -> Participant | None:
    """Who is meant by name and organisation, else by name; of several the only one who has arrived, else nobody."""
    wanted = line(text).casefold()
    everybody = _rows(camp) if wanted else []
    for name in (_called, _name):
        found = [row for row in everybody if name(row).casefold() == wanted]
        meant = [row for row in found if row.arrived_at] or found
        if len(meant) == 1:
            return db.session.get(Participant, meant[0].id)
    return None


def checked(text: str) -> str:
    """A host as typed, on one line. Raises BadInput if it is empty or too long."""
    name = words(text, "host")
    if not name:
        raise BadInput(N_("A name is missing."), N_("The grid says who holds it."), field="host")
    if len(name) > NAME:
        raise BadInput(N_("This is too long: at most %(number)s characters."), field="host", number=NAME)
    return name


def _rows(camp: Camp) -> Sequence[Any]:
    """Plain rows, because there may be hundreds and every save looks through them."""
    return db.session.execute(select(
        Participant.id, Participant.given_name, Participant.family_name, Participant.organisation,
        Participant.arrived_at).where(Participant.camp_id == camp.id, Participant.state == "admitted").order_by(
        Participant.arrived_at.is_(None), Participant.given_name, Participant.family_name, Participant.id)).all()


def _name(row: Any) -> str:
    return f"{row.given_name} {row.family_name}".strip()


def _called(row: Any) -> str:
    return f"{_name(row)}, {row.organisation}" if row.organisation else _name(row)
