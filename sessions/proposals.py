"""Proposals: propose, edit, withdraw and restore a session, and find the proposals of a camp."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from sqlalchemy import delete, func, select

from camp import camps, clock, editions, log
from camp.db import LARGEST_ID, db
from camp.errors import N_, BadInput, Conflict, NotAllowed, NotFound, NotOpen
from camp.models import Camp, Participant
from camp.phases import Span
from camp.text import line, sort_key
from sessions import begun, budget, entering, offers
from sessions.models import Host, Placement, Session
from sessions.offers import TITLE as TITLE
from sessions.offers import Draft

REASON = 300  # characters
# By the log: what changes texts or hosts of a proposal.
WRITES = ("changed session", "pitched session", "joined as host", "left as host", "merged sessions", "parted sessions")


def propose(camp: Camp, participant: Participant, draft: Draft, *, on_site: bool = False) -> Session:
    """Put a new proposal on the wall; `on_site`: by the code that hangs there, so also when the call is over.

    Raises NotOpen, NotAllowed, BadInput, or Conflict for the same title again.
    """
    if not on_site and not camps.open_now(camp, "call"):
        raise NotOpen(N_("The call for sessions is not open."), N_("The camp's first page says when it is."))
    if participant.state == "cancelled":
        raise NotAllowed(N_("You have cancelled, so you cannot propose a session."),
                         N_("Ask the organisers for a place."))
    camps.lock(camp)
    draft = offers.checked(camp, draft)
    _not_twice(camp, participant, draft.title)
    begun.forget(participant)
    return entering.put(camp, draft, participant, "", person_id=participant.person_id)


def edit(camp: Camp, session: Session, participant: Participant, draft: Draft, edit_number: int) -> None:
    """Change a proposal. When one cannot goes to the acting host alone; with another length it leaves the plan.

    Raises NotAllowed, NotOpen, BadInput, or Conflict if another host saved since `edit_number` was read.
    """
    camps.lock(camp)
    host = acting_host(camp, session, participant)
    if session.state != "proposed":
        raise Conflict(N_("This proposal is withdrawn."), N_("Bring it back first, then you can change it."))
    if session.edit_number != edit_number:
        raise editions.Overtaken(editions.last_writer(camp, WRITES, session_id=session.id), None, edit_number)
    draft = offers.checked(camp, draft, session)
    _not_twice(camp, participant, draft.title, session)
    if draft.length != session.length:
        leave_cells(session)
    offers.write(session, draft)
    session.edit_number += 1
    host.away, host.away_at = draft.away, list(draft.away_at)
    _noted(camp, session, participant, "changed session")


def withdraw(camp: Camp, session: Session, participant: Participant) -> None:
    """Take a proposal back and off the plan; its votes stay in case it returns. Twice is as good as once."""
    camps.lock(camp)
    acting_host(camp, session, participant)
    if session.state == "withdrawn":
        return
    session.state = "withdrawn"
    leave_cells(session)
    _noted(camp, session, participant, "withdrew session")


def call_off(session: Session) -> None:
    """Let an organiser take a session off the plan on the day, as if a host had withdrawn it."""
    session.state = "withdrawn"
    leave_cells(session)


def restore(camp: Camp, session: Session, participant: Participant) -> None:
    """Bring a withdrawn proposal back; twice is as good as once. Raises Conflict for a merged one."""
    camps.lock(camp)
    acting_host(camp, session, participant)
    if session.state == "proposed":
        return
    if session.hidden_because:
        raise Conflict(N_("The organisers have hidden this proposal."), N_("Talk to them; they can show it again."))
    if session.merged_into is not None:
        raise Conflict(N_("This proposal is part of another one now."), N_("Part the two first."))
    _not_twice(camp, participant, session.title, session)
    session.state = "proposed"
    budget.trim(camp, session)
    _noted(camp, session, participant, "restored session")


def hide(camp: Camp, session: Session, reason: str, person_id: int | None) -> None:
    """Take a proposal off the wall as an organiser, the exception; its hosts read the reason. Raises BadInput."""
    camps.lock(camp)
    reason = line(reason)
    if not reason:
        raise BadInput(N_("A reason is missing."), N_("Its hosts read it."), field="reason")
    if len(reason) > REASON:
        raise BadInput(N_("This is too long: at most %(number)s characters."), field="reason", number=REASON)
    if session.state != "proposed":
        raise Conflict(N_("This proposal is off the wall already."), N_("Load the page again."))
    session.state, session.hidden_because = "withdrawn", reason
    leave_cells(session)
    camps.changed(camp)
    log.note("hid session", camp_id=camp.id, person_id=person_id, session_id=session.id)


def unhide(camp: Camp, session: Session, person_id: int | None) -> None:
    """Show a hidden proposal again; its votes were kept. Twice is as good as once."""
    camps.lock(camp)
    if not session.hidden_because:
        return
    session.state, session.hidden_because = "proposed", ""
    budget.trim(camp, session)
    camps.changed(camp)
    log.note("showed session", camp_id=camp.id, person_id=person_id, session_id=session.id)


def hidden(camp: Camp) -> Sequence[Session]:
    """What organisers have hidden, with hosts, by title."""
    return db.session.scalars(select(Session).where(Session.camp_id == camp.id, Session.hidden_because != "")
                              .order_by(Session.title, Session.id)).all()


def leave_cells(session: Session) -> None:
    """Take a session off the plan, where its cells hang on its length and on its being held."""
    db.session.execute(delete(Placement).where(Placement.session_id == session.id))


def may_change(camp: Camp) -> bool:
    """Whether hosts may change their proposals: while the call or the voting is open, and from one to the other."""
    if camps.open_now(camp, "call") or camps.open_now(camp, "voting"):
        return True
    opens = camps.spans(camp).get("voting", Span()).opens
    return opens is not None and clock.now() < opens


def acting_host(camp: Camp, session: Session, participant: Participant) -> Host:
    """The host who acts, if hosts may act now. Raises NotAllowed for anybody else, NotOpen when proposals are fixed."""
    for host in session.hosts:
        if host.participant_id == participant.id and participant.state != "cancelled":
            if not may_change(camp):
                raise NotOpen(N_("The proposals are fixed now."), N_("Ask the organisers to change it."))
            return host
    raise NotAllowed(N_("Only its hosts can change this proposal."), N_("Ask them or the organisers."))


def is_host(session: Session, participant: Participant | None) -> bool:
    """Whether this participant holds the session."""
    return participant is not None and any(host.participant_id == participant.id for host in session.hosts)


def may_read(session: Session, participant: Participant | None, organiser: bool) -> bool:
    """Whether the text may be read: of a withdrawn proposal only by its hosts and organisers; a merged one is none."""
    return session.state == "proposed" or session.merged_into is not None or organiser or is_host(session, participant)


def of(camp: Camp, session_id: int) -> Session:
    """The camp's session of an id, in any state, with its hosts. Raises NotFound, also for another camp's session."""
    found = None
    if session_id <= LARGEST_ID:
        found = db.session.scalar(select(Session).where(Session.camp_id == camp.id, Session.id == session_id))
    if found is None:
        raise NotFound(N_("There is no such proposal at this camp."), N_("Look for it in the list of proposals."))
    return found


def open_proposals(camp: Camp) -> Sequence[Session]:
    """Every proposal that is not withdrawn, with hosts, oldest first; two queries, however many there are."""
    return db.session.scalars(select(Session).where(Session.camp_id == camp.id, Session.state == "proposed")
                              .order_by(Session.proposed_at, Session.id)).all()


def fresh(camp: Camp, number: int) -> Sequence[Session]:
    """The newest proposals with hosts, newest first."""
    return db.session.scalars(select(Session).where(Session.camp_id == camp.id, Session.state == "proposed")
                              .order_by(Session.proposed_at.desc(), Session.id.desc()).limit(number)).all()


def count(camp: Camp) -> int:
    """How many proposals are on the wall."""
    return db.session.scalar(select(func.count()).select_from(Session).where(
        Session.camp_id == camp.id, Session.state == "proposed")) or 0


def hosted_by(participant: Participant) -> Sequence[Session]:
    """The sessions of a host in any state, with hosts, oldest first."""
    return db.session.scalars(select(Session).join(Host).where(Host.participant_id == participant.id)
                              .order_by(Session.proposed_at, Session.id)).all()


def ids_hosted_by(participant: Participant) -> frozenset[int]:
    """The ids of the sessions of a host in any state."""
    return frozenset(db.session.scalars(select(Host.session_id).where(Host.participant_id == participant.id)))


def matching(rows: Iterable[Session], words: str = "", tag: str = "", form: str = "", host: int = 0) -> list[Session]:
    """The rows whose title, text, tags or hosts hold every word; case and accents do not count.

    `tag`, `form` (a word of `offers.FORMATS`) and `host` (the id of a participant) leave only rows that have them.
    """
    wanted = _plain(words).split()
    return [row for row in rows if (not tag or tag in row.tags) and (not form or row.format == form)
            and (not host or any(one.participant_id == host for one in row.hosts))
            and all(word in _searched(row) for word in wanted)]


def hosts_of(rows: Iterable[Session]) -> list[Participant]:
    """Who holds these rows, each once, as German lists sort names."""
    found = {host.participant_id: host.participant for row in rows for host in row.hosts}
    return sorted(found.values(), key=lambda who: sort_key(who.name))


def shuffled(rows: Iterable[Session], seed: str) -> list[Session]:
    """The rows in an order drawn from a seed, so that none is always first; a new one does not move the others."""
    return sorted(rows, key=lambda row: hashlib.sha256(f"{seed}/{row.guid}".encode()).digest())


def _not_twice(camp: Camp, participant: Participant, title: str, session: Session | None = None) -> None:
    same = select(Session.id).join(Host).where(
        Session.camp_id == camp.id, Session.state == "proposed", Session.title == title,
        Host.participant_id == participant.id, Session.id != (session.id if session else 0))
    if db.session.scalar(same.limit(1)) is not None:
        raise Conflict(N_("You have proposed this title already."), N_("Your page lists your proposals."),
                       field="title")


def _noted(camp: Camp, session: Session, participant: Participant, verb: str) -> None:
    camps.changed(camp)
    log.note(verb, camp_id=camp.id, person_id=participant.person_id, session_id=session.id)


def _plain(text: str) -> str:
    return sort_key(text)[0]


def _searched(row: Session) -> str:
    hosts = (f"{host.participant.name} {host.participant.organisation}" for host in row.hosts)
    return _plain(" ".join((row.title, *row.tags, *hosts, row.guest, row.description, row.who_comes, row.offers,
                            row.how)))
