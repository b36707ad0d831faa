"""Merging: two proposals that say the same become one, by both hosts' wish or on the stage, and can be parted again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, or_, select

from camp import camps, clock, log, mail
from camp.db import db, insert_once
from camp.errors import N_, Conflict, NotAllowed, NotOpen
from camp.models import Camp, Participant
from camp.phases import Span
from sessions import budget, proposals
from sessions.models import Host, Session
from sessions.vote_models import Likeness, MergeOffer


def may_merge(camp: Camp) -> bool:
    """Whether proposals may still be merged and parted: until the pitch round ends, without one until the camp does."""
    closes = camps.spans(camp).get("pitch", Span()).closes
    return camps.stage(camp) != "follow-up" and (closes is None or clock.now() < closes)


def similar_to(session: Session) -> list[Session]:
    """What the worker found to say the same as a session, the most similar first; only what is on the wall."""
    rows = db.session.scalars(select(Likeness).where(or_(
        Likeness.one_id == session.id, Likeness.other_id == session.id)).order_by(Likeness.score.desc())).all()
    ids = [row.other_id if row.one_id == session.id else row.one_id for row in rows]
    found = {one.id: one for one in _open(session.camp_id, ids)}
    return [found[one] for one in ids if one in found]


def similar_pairs(camp: Camp) -> list[tuple[Session, Session, float]]:
    """Every two proposals on the wall that are similar, the most similar first."""
    rows = db.session.scalars(select(Likeness).join(Session, Session.id == Likeness.one_id).where(
        Session.camp_id == camp.id).order_by(Likeness.score.desc(), Likeness.one_id, Likeness.other_id)).all()
    found = {one.id: one for one in _open(camp.id, {number for row in rows for number in (row.one_id, row.other_id)})}
    return [(found[row.one_id], found[row.other_id], row.score) for row in rows
            if row.one_id in found and row.other_id in found]


def merged(camp: Camp) -> Sequence[Session]:
    """The proposals that went into another one, by title."""
    return db.session.scalars(select(Session).where(Session.camp_id == camp.id, Session.merged_into.is_not(None))
                              .order_by(Session.title, Session.id)).all()


def merged_into(session: Session) -> Sequence[Session]:
    """What went into this session."""
    return db.session.scalars(select(Session).where(Session.merged_into == session.id).order_by(Session.id)).all()


def offers_to(participant: Participant) -> list[tuple[Session, Session]]:
    """Wishes that wait for a host's answer, as (own session, the other one)."""
    rows = db.session.scalars(select(MergeOffer).join(Host, Host.session_id == MergeOffer.other_id).where(
        Host.participant_id == participant.id, MergeOffer.declined.is_(False)).order_by(MergeOffer.id)).all()
    found = {one.id: one for one in _open(participant.camp_id,
                                          {number for row in rows for number in (row.session_id, row.other_id)})}
    return [(found[row.other_id], found[row.session_id]) for row in rows
            if row.session_id in found and row.other_id in found]


def asked(session: Session) -> frozenset[int]:
    """The ids of the proposals whose hosts this session's hosts have asked and that have not said no."""
    return frozenset(db.session.scalars(select(MergeOffer.other_id).where(
        MergeOffer.session_id == session.id, MergeOffer.declined.is_(False))))


def ask(camp: Camp, session: Session, other: Session, participant: Participant) -> Session | None:
    """Wish as a host to hold a session together with another one; with both sides' wish they are merged.

    Gives the session that stays when they are merged. Raises NotAllowed, NotOpen, Conflict.
    """
    camps.lock(camp)
    _check(camp, session, other)
    _host(session, participant)
    if proposals.is_host(other, participant) or session.id in asked(other):
        return _join(camp, session, other, participant.person_id)
    if insert_once(MergeOffer, session_id=session.id, other_id=other.id, declined=False, asked_at=clock.now()):
        _mail(camp, other, "merge_asked", title=other.title, other=session.title, path=f"proposals/{other.id}")
        log.note("wished a merge", camp_id=camp.id, person_id=participant.person_id, session_id=session.id,
                 other_id=other.id)
    return None


def decline(camp: Camp, session: Session, other: Session, participant: Participant) -> None:
    """Say no to the wish of the other session's hosts; they are not asked again. Twice is as good as once."""
    camps.lock(camp)
    _host(session, participant)
    for offer in db.session.scalars(select(MergeOffer).where(MergeOffer.session_id == other.id,
                                                             MergeOffer.other_id == session.id)):
        offer.declined = True


def merge(camp: Camp, one: Session, other: Session, person_id: int | None) -> Session:
    """Merge two sessions as the moderator, who need not ask; gives the one that stays. Raises NotOpen, Conflict."""
    camps.lock(camp)
    _check(camp, one, other)
    return _join(camp, one, other, person_id)


def part(camp: Camp, gone: Session, person_id: int | None) -> int:
    """Undo a merge: both are on the wall again with their own hosts and votes. Twice is as good as once.

    Who voted for both and has spent the vote that the merge gave back keeps the one for the proposal that stayed; tells
    how many those are.
    """
    camps.lock(camp)
    if gone.merged_into is None:
        return 0
    _still(camp)
    kept = proposals.of(camp, gone.merged_into)
    kept.hosts = [host for host in kept.hosts if host.merged_from != gone.id]
    gone.state, gone.merged_into = "proposed", None
    kept.edit_number += 1
    fallen = budget.trim(camp, gone)
    _noted(camp, "parted sessions", gone, kept, person_id)
    _tell_both(camp, "merge_undone", gone, kept)
    return fallen


def part_as_host(camp: Camp, gone: Session, participant: Participant) -> int:
    """Undo a merge as a host of the session that went into another one. Raises NotAllowed, NotOpen."""
    _host(gone, participant)
    return part(camp, gone, participant.person_id)


def _join(camp: Camp, one: Session, other: Session, person_id: int | None) -> Session:
    kept, gone = sorted((one, other), key=lambda row: (not merged_into(row), row.proposed_at, row.id))
    if merged_into(gone):
        raise Conflict(N_("Both hold other proposals already."), N_("Part one of them first."))
    gone.state, gone.merged_into = "withdrawn", kept.id
    proposals.leave_cells(gone)
    there = {host.participant_id for host in kept.hosts}
    kept.hosts += [Host(participant_id=host.participant_id, participant=host.participant, away=host.away,
                        away_at=host.away_at, merged_from=gone.id)
                   for host in gone.hosts if host.participant_id not in there]
    kept.edit_number += 1
    db.session.execute(delete(MergeOffer).where(MergeOffer.session_id.in_((one.id, other.id)),
                                                MergeOffer.other_id.in_((one.id, other.id))))
    db.session.flush()
    _noted(camp, "merged sessions", gone, kept, person_id)
    _tell_both(camp, "merged", gone, kept)
    return kept


def _check(camp: Camp, one: Session, other: Session) -> None:
    _still(camp)
    if one.id == other.id:
        raise Conflict(N_("This is the same proposal."), N_("Choose another one."))
    if one.state != "proposed" or other.state != "proposed":
        raise Conflict(N_("One of the two is off the wall meanwhile."), N_("Load the page again."))


def _still(camp: Camp) -> None:
    if not may_merge(camp):
        raise NotOpen(N_("The round is over; proposals stay as they are."), N_("Hosts can still sit together."))


def _host(session: Session, participant: Participant) -> None:
    if not proposals.is_host(session, participant) or participant.state == "cancelled":
        raise NotAllowed(N_("Only its hosts can change this proposal."), N_("Ask them or the organisers."))


def _open(camp_id: int, ids: Iterable[int]) -> Sequence[Session]:
    return db.session.scalars(select(Session).where(
        Session.camp_id == camp_id, Session.id.in_(list(ids)), Session.state == "proposed")).all()


def _noted(camp: Camp, verb: str, gone: Session, kept: Session, person_id: int | None) -> None:
    camps.changed(camp)
    log.note(verb, camp_id=camp.id, person_id=person_id, session_id=gone.id, into=kept.id)


def _tell_both(camp: Camp, template: str, gone: Session, kept: Session) -> None:
    hosts = {host.participant_id: host.participant for host in (*gone.hosts, *kept.hosts)}
    _mail_to(camp, hosts.values(), f"{gone.id}/{kept.id}", template, title=kept.title, other=gone.title,
             path=f"proposals/{kept.id}")


def _mail(camp: Camp, session: Session, template: str, **values: str) -> None:
    _mail_to(camp, [host.participant for host in session.hosts], str(session.id), template, **values)


def _mail_to(camp: Camp, people: Iterable[Participant], mark: str, template: str, **values: str) -> None:
    for who in people:
        mail.put(template, to=who.person.email, language=who.person.language, camp_id=camp.id, values=dict(values),
                 dedupe_key=f"{template}/{mark}/{who.id}/{clock.now().isoformat()}")
