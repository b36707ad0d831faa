"""Tables about codes: blank badges, codes that count no more."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from camp.db import Model, Utc


class BlankBadge(Model):
    """A badge printed without a name; bound at the door, its code becomes that of somebody's badge."""

    __tablename__ = "blank_badge"
    __table_args__ = (UniqueConstraint("camp_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    uid: Mapped[str] = mapped_column(unique=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime] = mapped_column(Utc)
    printed_at: Mapped[datetime | None] = mapped_column(Utc)
    bound_at: Mapped[datetime | None] = mapped_column(Utc)


class RevokedCode(Model):
    """A code that stands on a printed badge and counts no more."""

    __tablename__ = "revoked_code"
    code_hash: Mapped[str] = mapped_column(primary_key=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), index=True)
    badge_id: Mapped[int] = mapped_column(ForeignKey("badge.id", ondelete="CASCADE"), index=True)
    revoked_at: Mapped[datetime] = mapped_column(Utc)
