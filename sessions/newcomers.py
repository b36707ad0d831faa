"""The session for whoever is here for the first time: which one it is, and who offers it."""

from __future__ import annotations

from sqlalchemy import select

from camp import camps, log
from camp.db import db
from camp.models import Camp
from sessions import entering, proposals
from sessions.models import Session
from sessions.offers import Draft
from sessions.pitch_models import Newcomers


def of(camp: Camp) -> Session | None:
    """The newcomers' session, while it is on the wall."""
    return db.session.scalar(select(Session).join(Newcomers, Newcomers.session_id == Session.id).where(
        Newcomers.camp_id == camp.id, Session.state == "proposed"))


def choose(camp: Camp, session: Session | None, *, person_id: int | None = None) -> None:
    """Let a session of the wall be the one for newcomers, or none."""
    camps.lock(camp)
    found = db.session.get(Newcomers, camp.id)
    if session is None:
        if found is not None:
            db.session.delete(found)
    elif found is None:
        db.session.add(Newcomers(camp_id=camp.id, session_id=session.id))
    else:
        found.session_id = session.id
    camps.changed(camp)
    log.note("chose the newcomers' session", camp_id=camp.id, person_id=person_id)
    db.session.flush()


def offer(camp: Camp, title: str, host: str, *, person_id: int | None = None) -> Session:
    """Put it on the wall with who offers it, by name. Raises BadInput, Conflict."""
    session = entering.enter(camp, Draft(title), host, person_id=person_id)
    choose(camp, session, person_id=person_id)
    return session


def choices(camp: Camp) -> list[Session]:
    """What can be chosen, by title."""
    return sorted(proposals.open_proposals(camp), key=lambda one: one.title.casefold())
