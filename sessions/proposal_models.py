"""Tables around proposals: one that somebody has begun to write, and people asked to hold a session."""

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
