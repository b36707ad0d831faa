"""A session made right in a free cell, without any planner: title and host are enough."""

from __future__ import annotations

from camp import camps
from camp.models import Camp
from sessions import agenda, entering, live, named, offers, planning
from sessions.models import Session


def make(camp: Camp, title: str, host: str, room: int, slot: int, *, public: bool, person_id: int | None = None,
         ) -> Session:
    """Make a session in a free cell; `public`: in the agenda that is out too, at once.

    The host is who has this name (and organisation) at the camp, else stands there as typed. Raises BadInput, and
    Blocked if the cell is not free.
    """
    camps.lock(camp)
    host = named.checked(host)
    draft = offers.checked(camp, offers.Draft(title))
    session = entering.put(camp, draft, named.find(camp, host), host, person_id=person_id)
    planning.move(camp, session.id, room, slot, person_id=person_id)
    if public and not live.is_live(camp):
        agenda.correct(camp, session.id, person_id=person_id)
    return session
