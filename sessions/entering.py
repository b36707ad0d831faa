"""A proposal for somebody else: who is meant becomes its host and gets a mail, another name stands there as typed."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import select

from camp import camps, clock, log, mail
from camp.db import db
from camp.errors import N_, Conflict
from camp.models import Camp, Participant
from sessions import named, offers
from sessions.models import Host, Session
from sessions.offers import Draft


def enter(camp: Camp, draft: Draft, host: str, *, person_id: int | None = None) -> Session:
    """Put a proposal on the wall for whoever has this name (and organisation) at the camp, else for the name itself.

    Raises BadInput, or Conflict if they have this title on the wall already.
    """
    camps.lock(camp)
    host = named.checked(host)
    draft = offers.checked(camp, draft)
    who = named.find(camp, host)
    if standing(camp, draft.title, who, host) is not None:
        raise Conflict(N_("They have proposed this title already."), N_("It is on the wall."), field="title")
    session = put(camp, draft, who, host, person_id=person_id)
    if who is not None and who.person_id != person_id:
        mail.put("proposal_entered", to=who.person.email, language=who.person.language, camp_id=camp.id,
                 values={"title": session.title, "path": f"proposals/{session.id}"},
                 dedupe_key=f"proposal_entered/{session.id}/{who.id}")
    return session


def put(camp: Camp, draft: Draft, who: Participant | None, guest: str, *, person_id: int | None = None) -> Session:
    """Store a checked draft as a session of a participant, or of a guest by name."""
    hosts = [Host(participant_id=who.id, participant=who, away=draft.away, away_at=list(draft.away_at))] if who else []
    session = Session(camp_id=camp.id, guid=str(uuid4()), proposed_at=clock.now(), guest="" if who else guest,
                      hosts=hosts)
    offers.write(session, draft)
    db.session.add(session)
    db.session.flush()
    camps.changed(camp)
    log.note("proposed session", camp_id=camp.id, person_id=person_id, session_id=session.id)
    return session


def standing(camp: Camp, title: str, who: Participant | None, guest: str) -> Session | None:
    """What of this title the same participant, or somebody of the same name, has on the wall."""
    rows = db.session.scalars(select(Session).where(
        Session.camp_id == camp.id, Session.state == "proposed", Session.title == title).order_by(Session.id))
    return next((row for row in rows if _same(row, who, guest)), None)


def _same(row: Session, who: Participant | None, guest: str) -> bool:
    if who is not None:
        return any(host.participant_id == who.id for host in row.hosts)
    return row.guest.casefold() == guest.casefold()
