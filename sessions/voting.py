"""Voting: cast a vote and take it back, on the wall or by cards, read one's own ballot, count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import aliased

from camp import camps, clock, log, tokens
from camp.db import db, insert_once
from camp.errors import N_, BadInput, Conflict, NotAllowed, NotOpen
from camp.models import Camp, Participant
from sessions.budget import family
from sessions.models import Session, Vote
from sessions.proposals import is_host
from sessions.vote_models import Judged, VoteHour, VotingRules

MOST_BUDGET = 100
# What a vote counts for: its session, or the one into which that was merged.
_Root = aliased(Session)


def rules(camp: Camp) -> VotingRules:
    """How the camp votes; before the first change what nobody has kept yet."""
    return db.session.get(VotingRules, camp.id) or VotingRules(camp_id=camp.id, hidden=True, least_seen=False)


def change_rules(camp: Camp, *, budget: int | None, hidden: bool, least_seen: bool,
                 person_id: int | None = None) -> None:
    """Set how the camp votes. A smaller budget takes no vote away; it allows no further one. Raises BadInput."""
    if budget is not None and not 1 <= budget <= MOST_BUDGET:
        raise BadInput(N_("From %(least)s to %(most)s."), field="budget", least=1, most=MOST_BUDGET)
    camps.lock(camp)
    found = rules(camp)
    found.budget, found.hidden, found.least_seen = budget, hidden, least_seen
    db.session.add(found)
    camps.changed(camp)
    log.note("changed voting", camp_id=camp.id, person_id=person_id)


def cast(camp: Camp, session: Session, participant: Participant, wanted: bool, key: str) -> None:
    """Say "I would come" to a session, or take it back; saying it twice changes nothing.

    `key` makes the pseudonym under which the vote lies. Beside it only the hour's number is written, so that no log
    tells who voted. The camp is locked, so that close, withdrawal, merge and budget hold at this moment.
    Raises NotOpen, NotAllowed for who has cancelled, Conflict for an own or a withdrawn session or a spent budget.
    """
    camps.lock(camp)
    if not camps.open_now(camp, "voting"):
        raise NotOpen(N_("Voting is not open."), N_("The camp's first page says when it is."))
    if participant.state == "cancelled":
        raise NotAllowed(N_("You have cancelled, so you cannot vote."), N_("Ask the organisers for a place."))
    if is_host(session, participant):
        raise Conflict(N_("This is your own session; you come anyway."), N_("Vote for sessions of others."))
    if session.state != "proposed":
        raise Conflict(N_("This proposal was withdrawn."), N_("Vote for another one."))
    pseudonym = pseudonym_of(camp, participant, key)
    if not wanted:
        db.session.execute(delete(Vote).where(Vote.session_id.in_(family(session)), Vote.pseudonym == pseudonym))
        return
    mine = ballot_of(camp, participant, key)
    budget = rules(camp).budget
    if budget is not None and session.id not in mine and len(mine) >= budget:
        raise Conflict(N_("You have given all of your %(number)s votes."),
                       N_("Take one back, then you can give it here."), number=budget)
    if session.id not in mine and insert_once(Vote, session_id=session.id, pseudonym=pseudonym):
        _count_hour(camp)


def judge(camp: Camp, session: Session, participant: Participant, wanted: bool, key: str) -> None:
    """Answer a card: as `cast`, and the card does not come again. Raises what `cast` raises."""
    cast(camp, session, participant, wanted, key)
    insert_once(Judged, session_id=session.id, pseudonym=pseudonym_of(camp, participant, key))


def unjudge(camp: Camp, session: Session, participant: Participant, key: str) -> None:
    """Take the answer to a card back; it comes again. Raises what `cast` raises."""
    cast(camp, session, participant, False, key)
    db.session.execute(delete(Judged).where(Judged.session_id == session.id,
                                            Judged.pseudonym == pseudonym_of(camp, participant, key)))


def judged_by(camp: Camp, participant: Participant, key: str) -> frozenset[int]:
    """The ids of the proposals whose card a participant has answered."""
    return frozenset(db.session.scalars(select(Judged.session_id).where(
        Judged.pseudonym == pseudonym_of(camp, participant, key))))


def times_judged(camp: Camp) -> dict[int, int]:
    """Id → how many have answered its card, yes and no alike, so that an order by it tells nothing of votes."""
    rows = db.session.execute(select(Judged.session_id, func.count()).join(Session, Session.id == Judged.session_id)
                              .where(Session.camp_id == camp.id).group_by(Judged.session_id)).tuples()
    return dict(rows.all())


def ballot_of(camp: Camp, participant: Participant, key: str) -> frozenset[int]:
    """The ids of the proposals to which a participant said yes; of merged ones that into which they went."""
    return frozenset(db.session.scalars(_counted(_Root.id, camp).where(
        Vote.pseudonym == pseudonym_of(camp, participant, key))))


def wishes_of(camp: Camp, participant: Participant, key: str) -> Sequence[Session]:
    """The proposals to which a participant said yes, with hosts, by title."""
    return db.session.scalars(select(Session).where(Session.id.in_(ballot_of(camp, participant, key)))
                              .order_by(func.lower(Session.title), Session.id)).all()


def votes_by_pseudonym(camp: Camp) -> dict[str, list[int]]:
    """Pseudonym → ids of the proposals it would come to, in order, each once; withdrawn ones are left out."""
    votes: dict[str, list[int]] = {}
    rows = _counted(Vote.pseudonym, camp).add_columns(_Root.id).distinct().order_by(Vote.pseudonym, _Root.id)
    for pseudonym, session_id in db.session.execute(rows):
        votes.setdefault(pseudonym, []).append(session_id)
    return votes


def counts(camp: Camp) -> dict[int, int]:
    """Id → number of people; who voted for two merged proposals counts once. Withdrawn ones are left out."""
    rows = _counted(_Root.id, camp).add_columns(func.count(Vote.pseudonym.distinct())).group_by(_Root.id)
    return dict(db.session.execute(rows).tuples().all())


def count_of(session: Session) -> int:
    """How many would come to one session and what was merged into it, on the wall or not."""
    return db.session.scalar(select(func.count(Vote.pseudonym.distinct())).where(
        Vote.session_id.in_(family(session)))) or 0


def turnout(camp: Camp, key: str) -> int:
    """How many of those who are registered, waiting ones too, have voted; not who has cancelled since."""
    voted = set(db.session.scalars(select(Vote.pseudonym).join(Session, Session.id == Vote.session_id)
                                   .where(Session.camp_id == camp.id).distinct()))
    if not voted:
        return 0
    here = db.session.scalars(select(Participant.id).where(
        Participant.camp_id == camp.id, Participant.state.in_(("admitted", "waiting"))))
    return sum(tokens.vote_pseudonym(key, camp.id, one) in voted for one in here)


def visible_counts(camp: Camp, organiser: bool, voted: int) -> dict[int, int] | None:
    """The counts, if they may be seen: by organisers always, by everybody once voting has ended (`voted` people have).

    While voting is open they would draw people to what leads already, so a camp has to choose to show them.
    """
    if organiser or (voted and not camps.open_now(camp, "voting")) or not rules(camp).hidden:
        return counts(camp)
    return None


def pseudonym_of(camp: Camp, participant: Participant, key: str) -> str:
    """The name under which a participant's votes lie."""
    return tokens.vote_pseudonym(key, camp.id, participant.id)


def _counted(column: Any, camp: Camp) -> Select[Any]:
    """Of votes that count the column: those for sessions on the wall, and for what was merged into one of these."""
    return (select(column).select_from(Vote).join(Session, Session.id == Vote.session_id)
            .join(_Root, _Root.id == func.coalesce(Session.merged_into, Session.id))
            .where(_Root.camp_id == camp.id, _Root.state == "proposed"))


def _count_hour(camp: Camp) -> None:
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    insert_once(VoteHour, camp_id=camp.id, hour=hour, number=0)
    db.session.execute(update(VoteHour).where(VoteHour.camp_id == camp.id, VoteHour.hour == hour)
                       .values(number=VoteHour.number + 1))
