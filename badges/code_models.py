"""Tables about codes: blank badges, codes that count no more, private codes, public cards."""

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


class PrivateCode(Model):
    """The code inside a folded badge that signs its owner in: bound to the first browser that uses it."""

    __tablename__ = "private_code"
    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), unique=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), index=True)
    uid: Mapped[str] = mapped_column(unique=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime] = mapped_column(Utc)
    browser_hash: Mapped[str | None]
    sign_in_hash: Mapped[str | None]
    used_at: Mapped[datetime | None] = mapped_column(Utc)
    revoked_at: Mapped[datetime | None] = mapped_column(Utc)


class PublicCard(Model):
    """Somebody wants whoever scans their badge to see who they are, and perhaps a line on how to reach them."""

    __tablename__ = "public_card"
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True)
    contact: Mapped[str] = mapped_column(default="")
