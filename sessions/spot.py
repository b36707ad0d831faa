"""A session made right in a free cell, without any planner: title and host are enough."""

from __future__ import annotations

from uuid import uuid4

from camp import camps, clock, log
from camp.db import db
from camp.models import Camp
from sessions import agenda, live, named, offers, planning
from sessions.models import Host, Session


def make(camp: Camp, title: str, host: str, room: int, slot: int, *, public: bool, person_id: int | None = None,
         ) -> Session:
    """Make a session in a free cell; `public`: in the agenda that is out too, at once.

    The host is who has this name (and organisation) at the camp, else stands there as typed. Raises BadInput, and
    Blocked if the cell is not free.
    """
    camps.lock(camp)
    host = named.checked(host)
    draft = offers.checked(camp, offers.Draft(title))
    who = named.find(camp, host)
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
