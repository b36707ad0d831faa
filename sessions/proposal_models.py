"""Tables around proposals: the one that somebody has begun to write."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from camp.db import Model, Utc


class Begun(Model):
    """A proposal that a participant has begun: the fields of the form as they were typed; seen by nobody else."""

    __tablename__ = "begun_proposal"
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True)
    fields: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(Utc)
