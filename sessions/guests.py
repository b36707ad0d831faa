"""Proposals without an account, by the code on the wall: title and name are enough; on the days of the camp alone."""

from __future__ import annotations

import hmac
from datetime import timedelta

from sqlalchemy import ColumnElement, Select, func, select, update

from camp import camps, clock, log, tokens
from camp.db import db, writing
from camp.errors import N_, BadInput, Conflict, NotFound, NotOpen
from camp.mail_limits import Crowded
from camp.models import Camp, Participant
from sessions import entering, live, named, offers, pitches, proposals
from sessions.models import Host, Session
from sessions.offers import Draft
from sessions.pitch_models import Turn
from sessions.proposal_models import GuestProposal, WallCode

PURPOSE = "guest proposal"
# A house sends all its phones through one address, so a network may send as many as a queue at a wall can write.
NETWORK, NETWORK_SPAN = 30, timedelta(minutes=15)
CAMP, CAMP_SPAN = 120, timedelta(hours=1)
_KEPT = timedelta(days=1)  # how long the hash of the network stays


def rules(camp: Camp) -> WallCode:
    """Whether proposals come without an account; before the first change they do."""
    return db.session.get(WallCode, camp.id) or WallCode(camp_id=camp.id, open=True, number=0)


def code_of(camp: Camp, key: str) -> str:
    """The code that the posters carry now."""
    return tokens.wall_code(key, camp.id, rules(camp).number)


def check(camp: Camp, key: str, code: str) -> None:
    """Refuse a code that hangs on no wall (any more). Raises NotFound."""
    if not hmac.compare_digest(code_of(camp, key).encode(), tokens.typed(code).encode()):
        raise NotFound(N_("This code is not on the wall any more."), N_("Scan the one that hangs there now."))


def is_open(camp: Camp) -> bool:
    """Whether the code works now: on the days of the camp, unless it was switched off."""
    return rules(camp).open and any(day.date == camps.today(camp) for day in camp.days)


def change(camp: Camp, *, opened: bool | None = None, renew: bool = False, person_id: int | None = None) -> None:
    """Switch it on or off, or throw the code of the posters that hang away."""
    camps.lock(camp)
    found = rules(camp)
    found.open = found.open if opened is None else opened
    found.number += renew
    db.session.add(found)
    log.note("changed wall code", camp_id=camp.id, person_id=person_id)


def propose(camp: Camp, title: str, name: str, network: str, *, participant: Participant | None = None,
            pitch: bool = False) -> Session:
    """Put a title on the wall; `name` stands there as typed, and never for somebody who is registered.

    Whoever is signed in proposes as themselves. `pitch`: stand in line too, while the round is open. Sent twice it is
    there once. Raises NotOpen, BadInput, Crowded.
    """
    camps.lock(camp)
    if not is_open(camp):
        raise NotOpen(N_("Proposing by this code is open on the days of the camp."),
                      N_("Sign in, or ask at the pitch desk."))
    draft = offers.checked(camp, Draft(title))
    name = "" if participant else _name(name)
    session = entering.standing(camp, draft.title, participant, name)
    if session is None:
        session = _made(camp, draft, name, network, participant)
    if pitch and live.is_live(camp) and session.id not in pitches.sessions_of(camp):
        pitches.join(camp, participant=participant, session=session, name=name)
    return session


def of(camp: Camp, token: str, key: str) -> Session:
    """The proposal behind the address that a guest was given. Raises NotFound once it has a host with an account."""
    session = proposals.of(camp, tokens.number_of(token))
    if not tokens.opens(key, PURPOSE, session.id, session.guid, token) or not session.guest:
        raise NotFound(N_("This address is of no use any more."), N_("Look for it in the list of proposals."))
    return session


def token_of(session: Session, key: str) -> str:
    """What opens the guest's own page of a proposal."""
    return tokens.link(key, PURPOSE, session.id, session.guid)


def withdraw(camp: Camp, session: Session) -> None:
    """Take a guest's proposal off the wall, as a host would."""
    camps.lock(camp)
    if session.state == "proposed":
        proposals.call_off(session)
        camps.changed(camp)
        log.note("withdrew session", camp_id=camp.id, session_id=session.id)


def join(camp: Camp, session: Session, who: Participant, *, person_id: int | None = None) -> None:
    """Make somebody registered the host in the place of the name that stands there. Raises Conflict."""
    camps.lock(camp)
    if not session.guest:
        raise Conflict(N_("It has a host with an account already."), N_("Load the page again."))
    if not proposals.is_host(session, who):
        session.hosts.append(Host(participant_id=who.id, participant=who))
    session.guest = ""
    session.edit_number += 1
    db.session.execute(update(Turn).where(Turn.session_id == session.id, Turn.participant_id.is_(None))
                       .values(participant_id=who.id))
    see(session)
    camps.changed(camp)
    log.note("joined as host", camp_id=camp.id, person_id=person_id, session_id=session.id)


def named_as(camp: Camp, text: str) -> Participant:
    """Who at the camp is meant by a name. Raises BadInput."""
    who = named.find(camp, text)
    if who is None:
        raise BadInput(N_("Nobody here has exactly this name."), N_("Choose somebody from the list."), field="who")
    return who


def see(session: Session) -> None:
    """Note that a moderator has seen it: it is new no more."""
    row = db.session.get(GuestProposal, session.id)
    if row is not None and row.seen_at is None:
        row.seen_at = clock.now()


def listed(camp: Camp) -> list[tuple[Session, GuestProposal]]:
    """What came without an account and is on the wall, the newest first."""
    return [(session, row) for session, row in db.session.execute(_here(camp).order_by(
        GuestProposal.made_at.desc(), GuestProposal.session_id.desc())).tuples()]


def unseen(camp: Camp) -> list[Session]:
    """What no moderator has looked at yet, the oldest first."""
    return [session for session, row in reversed(listed(camp)) if row.seen_at is None]


def fresh(camp: Camp) -> list[Session]:
    """What no moderator has seen yet, the oldest first: neither looked at, nor in line, nor pitched."""
    taken = pitches.sessions_of(camp)
    return [session for session in unseen(camp) if session.id not in taken]


def forget_networks() -> None:
    """Forget where proposals came from, a day after; in a transaction of its own, if there is anything to forget."""
    old = (GuestProposal.network_hash != "") & (GuestProposal.made_at <= clock.now() - _KEPT)
    there = db.session.scalar(select(GuestProposal.session_id).where(old).limit(1)) is not None
    db.session.rollback()
    if there:
        with writing():
            db.session.execute(update(GuestProposal).where(old).values(network_hash=""))


def _here(camp: Camp) -> Select[Session, GuestProposal]:
    return select(Session, GuestProposal).join(GuestProposal, GuestProposal.session_id == Session.id).where(
        Session.camp_id == camp.id, Session.state == "proposed")


def _made(camp: Camp, draft: Draft, name: str, network: str, participant: Participant | None) -> Session:
    if participant is not None:
        return proposals.propose(camp, participant, draft, on_site=True)
    lately = GuestProposal.made_at > clock.now() - NETWORK_SPAN
    if (_count(camp, lately & (GuestProposal.network_hash == network)) >= NETWORK
            or _count(camp, GuestProposal.made_at > clock.now() - CAMP_SPAN) >= CAMP):
        raise Crowded(N_("Very many topics have come from here just now."),
                      N_("Tell yours at the pitch desk, or try again in a few minutes; it is still here."))
    session = entering.put(camp, draft, None, name)
    db.session.add(GuestProposal(session_id=session.id, network_hash=network, made_at=clock.now()))
    db.session.flush()
    return session


def _count(camp: Camp, where: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(GuestProposal).join(
        Session, Session.id == GuestProposal.session_id).where(Session.camp_id == camp.id, where)) or 0


def _name(text: str) -> str:
    try:
        return named.checked(text)
    except BadInput as error:
        error.field = "name"
        raise


