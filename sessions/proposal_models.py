"""Tables around proposals: one begun, people asked to hold a session, and what came without an account."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from camp.db import Model, Utc


class Begun(Model):
    """A proposal that a participant has begun: the fields of the form as they were typed; seen by nobody else."""

    __tablename__ = "begun_proposal"
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True)
    fields: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(Utc)


class HostInvitation(Model):
    """The question whether somebody holds a session too; `typed` is the address or name as the host wrote it."""

    __tablename__ = "host_invitation"
    __table_args__ = (UniqueConstraint("session_id", "typed"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"))
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    typed: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(Utc)


class WallCode(Model):
    """How a camp takes proposals without an account: whether, and how many codes of the posters were thrown away."""

    __tablename__ = "wall_code"
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), primary_key=True)
    open: Mapped[bool] = mapped_column(default=True)
    number: Mapped[int] = mapped_column(default=0)


class GuestProposal(Model):
    """A proposal that came without an account, from a network (a keyed hash, for a day); `seen_at` by a moderator."""

    __tablename__ = "guest_proposal"
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), primary_key=True)
    network_hash: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime] = mapped_column(Utc, index=True)
    seen_at: Mapped[datetime | None] = mapped_column(Utc)
