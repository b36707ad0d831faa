"""The budget of votes when a proposal comes back: nobody has more votes for it than the camp allows."""

from __future__ import annotations

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import aliased

from camp.db import db
from camp.models import Camp
from sessions.models import Session, Vote
from sessions.vote_models import VotingRules


def trim(camp: Camp, back: Session) -> int:
    """Take the votes for a session that is on the wall again from whoever has spent them meanwhile; tells how many.

    While it was withdrawn, hidden or part of another one its votes were free to be given elsewhere. Those that were
    given since stay, because they are newer; the vote for what came back falls. Stands in the transaction that brings
    it back, after the camp was locked.
    """
    rules = db.session.get(VotingRules, camp.id)
    if rules is None or rules.budget is None:
        return 0
    db.session.flush()
    root = aliased(Session)
    over = (select(Vote.pseudonym).join(Session, Session.id == Vote.session_id)
            .join(root, root.id == func.coalesce(Session.merged_into, Session.id))
            .where(root.camp_id == camp.id, root.state == "proposed").group_by(Vote.pseudonym)
            .having(func.count(root.id.distinct()) > rules.budget))
    fallen = list(db.session.execute(select(Vote.session_id, Vote.pseudonym).where(
        Vote.session_id.in_(family(back)), Vote.pseudonym.in_(over))).tuples())
    for session_id, pseudonym in fallen:
        db.session.execute(delete(Vote).where(Vote.session_id == session_id, Vote.pseudonym == pseudonym))
    return len({pseudonym for _, pseudonym in fallen})


def family(session: Session) -> Select[int]:
    """The ids of a session and of what was merged into it: whose votes count for it."""
    return select(Session.id).where((Session.id == session.id) | (Session.merged_into == session.id))
