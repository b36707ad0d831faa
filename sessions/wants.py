"""What a camp wants of its plan beside the wishes that can be kept."""

from __future__ import annotations

from dataclasses import asdict, fields

from camp import camps, log
from camp.db import db
from camp.models import Camp
from sessions.plan_models import PlanWants
from sessions.planner.problem import Wants


def of(camp: Camp) -> Wants:
    """What the camp wants; nothing unless somebody has said so."""
    kept = db.session.get(PlanWants, camp.id)
    return Wants(**{one.name: getattr(kept, one.name) for one in fields(Wants)}) if kept is not None else Wants()


def change(camp: Camp, wants: Wants, *, person_id: int | None = None) -> None:
    """Keep what the camp wants from now on; plans that stand stay as they are."""
    camps.lock(camp)
    if wants == of(camp):
        return
    db.session.merge(PlanWants(camp_id=camp.id, **asdict(wants)))
    db.session.flush()
    log.note("changed plan wishes", camp_id=camp.id, person_id=person_id)
