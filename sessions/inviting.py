"""Several hosts: a host asks somebody by mail address or name, who says yes with one button; a host can leave."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, delete, func, or_, select

from camp import camps, clock, log, mail, people
from camp.db import db, insert_once
from camp.errors import N_, BadInput, CampError, Conflict, NotFound
from camp.models import Camp, Participant
from camp.text import line, plain
from sessions import proposals
from sessions.models import Host, Session
from sessions.proposal_models import HostInvitation

MOST = 10  # open invitations of a session
_LONGEST = 254


def invite(camp: Camp, session: Session, participant: Participant, words: str) -> None:
    """Ask somebody to hold a session too, by mail address or whole name.

    Nothing tells whether somebody of that address or name is registered: who is unknown stands there like everybody
    who has not answered yet, and sees the question when registering later with this address. A name that several
    people have asks none of them. Raises NotAllowed, NotOpen, BadInput, Conflict.
    """
    camps.lock(camp)
    proposals.acting_host(camp, session, participant)
    typed = _typed(words)
    if len(pending(session)) >= MOST:
        raise Conflict(N_("At most %(number)s people can be asked at once."), N_("Take one of them back first."),
                       field="who", number=MOST)
    found = _meant(camp, typed)
    if found is not None and proposals.is_host(session, found):
        raise Conflict(N_("They hold this session already."), field="who")
    if not insert_once(HostInvitation, session_id=session.id, typed=typed, made_at=clock.now(),
                       participant_id=found.id if found else None):
        raise Conflict(N_("You have asked them already."), field="who")
    if found is not None and found.state != "cancelled":
        mail.put("host_asked", to=found.person.email, language=found.person.language, camp_id=camp.id,
                 values={"title": session.title, "name": participant.name, "path": f"proposals/{session.id}"},
                 dedupe_key=f"host_asked/{session.id}/{found.id}/{clock.now().isoformat()}")
    log.note("asked a host", camp_id=camp.id, person_id=participant.person_id, session_id=session.id)


def pending(session: Session) -> Sequence[HostInvitation]:
    """Who was asked and has not answered, as it was typed, in order of asking; not who holds it by a merge."""
    hosts = [host.participant for host in session.hosts]
    known = {*(who.id for who in hosts), *(who.person.email for who in hosts)}
    rows = db.session.scalars(select(HostInvitation).where(HostInvitation.session_id == session.id)
                              .order_by(HostInvitation.id))
    return [row for row in rows if known.isdisjoint((row.participant_id, row.typed.lower()))]


def asked(participant: Participant) -> Sequence[Session]:
    """The sessions that a participant is asked to hold and does not hold, which are on the wall."""
    held = select(Host.session_id).where(Host.participant_id == participant.id)
    return db.session.scalars(select(Session).where(
        Session.camp_id == participant.camp_id, Session.state == "proposed", Session.id.in_(_to(participant)),
        Session.id.not_in(held)).order_by(Session.id)).all()


def accept(camp: Camp, session: Session, participant: Participant) -> None:
    """Hold a session that one was asked to hold. Raises NotFound if nobody asked, or not any more."""
    camps.lock(camp)
    if proposals.is_host(session, participant):
        return
    _answered(session, participant)
    session.hosts.append(Host(participant_id=participant.id, participant=participant))
    session.edit_number += 1
    camps.changed(camp)
    log.note("joined as host", camp_id=camp.id, person_id=participant.person_id, session_id=session.id)


def decline(camp: Camp, session: Session, participant: Participant) -> None:
    """Say no to holding a session. Raises NotFound if nobody asked."""
    camps.lock(camp)
    _answered(session, participant)


def take_back(camp: Camp, session: Session, participant: Participant, invitation_id: int) -> None:
    """Ask somebody no more. Raises NotAllowed, NotOpen."""
    camps.lock(camp)
    proposals.acting_host(camp, session, participant)
    db.session.execute(delete(HostInvitation).where(HostInvitation.id == invitation_id,
                                                    HostInvitation.session_id == session.id))


def leave(camp: Camp, session: Session, participant: Participant) -> bool:
    """Hold a session no more; the last host withdraws it and stays, so that it can come back. Tells whether one left.

    Raises NotAllowed, NotOpen.
    """
    camps.lock(camp)
    host = proposals.acting_host(camp, session, participant)
    if len(session.hosts) == 1:
        proposals.withdraw(camp, session, participant)
        return False
    session.hosts.remove(host)
    session.edit_number += 1
    camps.changed(camp)
    log.note("left as host", camp_id=camp.id, person_id=participant.person_id, session_id=session.id)
    return True


def _typed(words: str) -> str:
    typed = line(words)
    if not typed:
        raise BadInput(N_("This is still empty."), field="who")
    if len(typed) > _LONGEST:
        raise BadInput(N_("This is too long: at most %(number)s characters."), field="who", number=_LONGEST)
    if "@" not in typed:
        return typed
    try:
        return people.normal_address(typed)
    except CampError as error:
        error.field = "who"
        raise


def _meant(camp: Camp, typed: str) -> Participant | None:
    if "@" in typed:
        person = people.by_address(typed)
        return people.participant_of(camp, person.id) if person else None
    same = [who for who in people.participants(camp) if plain(who.name) == plain(typed)]
    return same[0] if len(same) == 1 else None


def _to(participant: Participant) -> Select[int]:
    return select(HostInvitation.session_id).join(Session, Session.id == HostInvitation.session_id).where(
        Session.camp_id == participant.camp_id, or_(HostInvitation.participant_id == participant.id,
                                                    _by_address(participant)))


def _by_address(participant: Participant) -> ColumnElement[bool]:
    return (HostInvitation.participant_id.is_(None)) & (func.lower(HostInvitation.typed) == participant.person.email)


def _answered(session: Session, participant: Participant) -> None:
    done = db.session.execute(delete(HostInvitation).where(HostInvitation.session_id == session.id, or_(
        HostInvitation.participant_id == participant.id, _by_address(participant))))
    if not done.rowcount or session.state != "proposed":  # type: ignore[attr-defined]
        raise NotFound(N_("Nobody asks you to hold this session now."), N_("Ask its hosts."))
