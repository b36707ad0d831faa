"""Voting: cast a vote and take it back, read one's own ballot, count."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, func, select

from camp import camps, tokens
from camp.db import db, insert_once
from camp.errors import N_, Conflict, NotAllowed, NotOpen
from camp.models import Camp, Participant
from sessions.models import Session, Vote
from sessions.proposals import is_host


def cast(camp: Camp, session: Session, participant: Participant, wanted: bool, key: str) -> None:
    """Say "I would come" to a session, or take it back; saying it twice changes nothing.

    `key` makes the pseudonym under which the vote lies. Nothing else is written, so that no log tells who voted.
    Raises NotOpen, NotAllowed for who has cancelled, Conflict for an own or a withdrawn session.
    """
    if not camps.open_now(camp, "voting"):
        raise NotOpen(N_("Voting is not open."), N_("The camp's first page says when it is."))
    if participant.state == "cancelled":
        raise NotAllowed(N_("You have cancelled, so you cannot vote."), N_("Ask the organisers for a place."))
    if is_host(session, participant):
        raise Conflict(N_("This is your own session; you come anyway."), N_("Vote for sessions of others."))
    if session.state != "proposed":
        raise Conflict(N_("This proposal was withdrawn."), N_("Vote for another one."))
    pseudonym = _pseudonym(camp, participant, key)
    if wanted:
        insert_once(Vote, session_id=session.id, pseudonym=pseudonym)
    else:
        db.session.execute(delete(Vote).where(Vote.session_id == session.id, Vote.pseudonym == pseudonym))


def ballot_of(camp: Camp, participant: Participant, key: str) -> frozenset[int]:
    """The ids of the proposals to which a participant said yes."""
    return frozenset(db.session.scalars(
        select(Vote.session_id).join(Session, Session.id == Vote.session_id)
        .where(Vote.pseudonym == _pseudonym(camp, participant, key), Session.state == "proposed")))


def wishes_of(camp: Camp, participant: Participant, key: str) -> Sequence[Session]:
    """The proposals to which a participant said yes, with hosts, by title."""
    return db.session.scalars(
        select(Session).join(Vote, Vote.session_id == Session.id)
        .where(Vote.pseudonym == _pseudonym(camp, participant, key), Session.state == "proposed")
        .order_by(func.lower(Session.title), Session.id)).all()


def votes_by_pseudonym(camp: Camp) -> dict[str, list[int]]:
    """Pseudonym → ids of the proposals it would come to, in order; withdrawn ones are left out."""
    votes: dict[str, list[int]] = {}
    for pseudonym, session_id in db.session.execute(
            select(Vote.pseudonym, Vote.session_id).join(Session, Session.id == Vote.session_id)
            .where(Session.camp_id == camp.id, Session.state == "proposed")
            .order_by(Vote.pseudonym, Vote.session_id)):
        votes.setdefault(pseudonym, []).append(session_id)
    return votes


def counts(camp: Camp) -> dict[int, int]:
    """Id → number of votes; proposals without a vote and withdrawn ones are left out."""
    rows = db.session.execute(
        select(Vote.session_id, func.count()).join(Session, Session.id == Vote.session_id)
        .where(Session.camp_id == camp.id, Session.state == "proposed").group_by(Vote.session_id)).tuples()
    return dict(rows.all())


def turnout(camp: Camp) -> int:
    """How many people have voted at this camp."""
    return db.session.scalar(
        select(func.count(Vote.pseudonym.distinct())).join(Session, Session.id == Vote.session_id)
        .where(Session.camp_id == camp.id)) or 0


def visible_counts(camp: Camp, organiser: bool, voted: int) -> dict[int, int] | None:
    """The counts, if they may be seen: by organisers always, by everybody once voting has ended (`voted` people have).

    While voting is open they would draw people to what leads already.
    """
    if organiser or (voted and not camps.open_now(camp, "voting")):
        return counts(camp)
    return None


def _pseudonym(camp: Camp, participant: Participant, key: str) -> str:
    return tokens.vote_pseudonym(key, camp.id, participant.id)
