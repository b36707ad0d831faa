"""How far the plan is from the best possible one, as far as it was proven; a proof belongs to one plan of one camp."""

from __future__ import annotations

import hashlib

from sqlalchemy import delete

from camp import clock
from camp.db import db
from camp.models import Camp
from sessions.plan_models import Proof
from sessions.planner import Plan, score_of
from sessions.planner.bound import Proof as Proven
from sessions.planner.files import write_plan, write_problem
from sessions.standing import Standing


def mark_of(standing: Standing) -> str:
    """A mark of the plan and of everything that a proof about it rests on: rules, rooms, slots, votes."""
    text = write_problem(standing.problem) + write_plan(standing.placed)
    return hashlib.sha256(text.encode()).hexdigest()


def keep(camp_id: int, mark: str, bound: float, closer: bool) -> None:
    """Keep the best bound proven for the plan of this mark; what was proven of another plan goes."""
    kept = db.session.get(Proof, camp_id)
    if kept is not None and kept.mark == mark and kept.bound <= bound:
        return
    db.session.execute(delete(Proof).where(Proof.camp_id == camp_id))
    db.session.add(Proof(camp_id=camp_id, mark=mark, bound=bound, closer=closer, made_at=clock.now()))
    db.session.flush()


def of(camp: Camp, standing: Standing) -> Proven | None:
    """What is proven of the plan as it stands; None if nothing is, or if plan, votes or rules have changed since."""
    kept = db.session.get(Proof, camp.id)
    if kept is None or kept.mark != mark_of(standing):
        return None
    plan = Plan(standing.placed, (), score_of(standing.problem, standing.placed))
    return Proven(plan, kept.bound, kept.closer)
