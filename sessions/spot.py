"""A session made right in a free cell, without any planner: title and host are enough."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import select

from camp import camps, clock, log
from camp.db import db
from camp.errors import N_, BadInput
from camp.models import Camp, Participant
from camp.text import line
from sessions import agenda, live, offers, planning
from sessions.models import Host, Session

NAME = 200  # characters of a host as typed: a name and an organisation


def make(camp: Camp, title: str, host: str, room: int, slot: int, *, public: bool, person_id: int | None = None,
         ) -> Session:
    """Make a session in a free cell; `public`: in the agenda that is out too, at once.

    The host is who has this name (and organisation) at the camp, else stands there as typed. Raises BadInput, and
    Blocked if the cell is not free.
    """
    camps.lock(camp)
    host = line(host)
    if not host:
        raise BadInput(N_("A name is missing."), N_("The grid says who holds it."), field="host")
    if len(host) > NAME:
        raise BadInput(N_("This is too long: at most %(number)s characters."), field="host", number=NAME)
    draft = offers.checked(camp, offers.Draft(title))
    who = _by_name(camp, host)
    session = Session(camp_id=camp.id, guid=str(uuid4()), proposed_at=clock.now(), guest="" if who else host,
                      hosts=[Host(participant_id=who.id, participant=who)] if who else [])
    offers.write(session, draft)
    db.session.add(session)
    db.session.flush()
    log.note("proposed session", camp_id=camp.id, person_id=person_id, session_id=session.id)
    planning.move(camp, session.id, room, slot, person_id=person_id)
    if public and not live.is_live(camp):
        agenda.correct(camp, session.id, person_id=person_id)
    return session


def names(camp: Camp) -> list[str]:
    """Who may be the host, as they are typed: arrived people first."""
    return [label(who) for who in _admitted(camp)]


def label(who: Participant) -> str:
    """Name and organisation."""
    return f"{who.name}, {who.organisation}" if who.organisation else who.name


def _by_name(camp: Camp, host: str) -> Participant | None:
    wanted, everybody = host.casefold(), _admitted(camp)
    exact = [who for who in everybody if label(who).casefold() == wanted]
    named = [who for who in everybody if who.name.casefold() == wanted]
    return next((found[0] for found in (exact, named) if len(found) == 1), None)


def _admitted(camp: Camp) -> list[Participant]:
    return list(db.session.scalars(select(Participant).where(
        Participant.camp_id == camp.id, Participant.state == "admitted").order_by(
        Participant.arrived_at.is_(None), Participant.given_name, Participant.family_name, Participant.id)))
