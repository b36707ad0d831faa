"""Tables about the plan: the proposed one, what is proven, what the camp wants, and who comes late."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Double, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from camp.db import Model, Utc


class Draft(Model):
    """A plan that a job proposes; the plan that stands is another table and stays as it is until a draft is taken.

    `began` and `rows` are placements as the planner names them, [session, room, slot]: those that lay there when the
    search began, and the proposed ones. `known` are the sessions that the search knew. `curve` holds the search's
    points: seconds, moves, wishes that fit, people without a seat, sessions with a cell. Nobody's vote is in here.
    """

    __tablename__ = "plan_draft"
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), primary_key=True)
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id", ondelete="SET NULL"))
    seed: Mapped[int]
    ready: Mapped[bool] = mapped_column(default=False)
    began: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    known: Mapped[list[str]] = mapped_column(JSON, default=list)
    rows: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    curve: Mapped[list[list[Any]]] = mapped_column(JSON, default=list)
    bound: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime] = mapped_column(Utc)


class Proof(Model):
    """What is proven of a plan: no plan of the camp has a score above `bound`. `mark` says of which plan and votes.

    `closer`: the bound is better than counting each person's wishes and slots.
    """

    __tablename__ = "plan_proof"
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), primary_key=True)
    mark: Mapped[str]
    bound: Mapped[float] = mapped_column(Double)
    closer: Mapped[bool]
    made_at: Mapped[datetime] = mapped_column(Utc)


class PlanWants(Model):
    """What a camp wants of its plan beside the wishes; the columns are those of sessions.planner.problem.Wants."""

    __tablename__ = "plan_wants"
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), primary_key=True)
    firsts: Mapped[bool] = mapped_column(default=False)
    apart: Mapped[bool] = mapped_column(default=False)
    together: Mapped[bool] = mapped_column(default=False)
    mixed: Mapped[bool] = mapped_column(default=False)


class LateHost(Model):
    """A host who is there only from this slot on, as it turned out on the day."""

    __tablename__ = "late_host"
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("slot.id", ondelete="CASCADE"))
