"""Tables of the badges wing: badges, the phones at the doors, their scans and what the scans admit."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from camp.db import Model, Utc
from camp.models import Participant


class Badge(Model):
    """The printed name with a QR. The code is derived from `uid` and `issue`; the database keeps only its hash."""

    __tablename__ = "badge"
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), index=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), unique=True)
    uid: Mapped[str] = mapped_column(unique=True)
    issue: Mapped[int] = mapped_column(default=1)
    code_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime] = mapped_column(Utc)
    participant: Mapped[Participant] = relationship(lazy="joined", innerjoin=True)


class PairingCode(Model):
    """A code an organiser shows so that a phone becomes a door: once, ten minutes."""

    __tablename__ = "pairing_code"
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    door: Mapped[str]
    expires_at: Mapped[datetime] = mapped_column(Utc)
    used_at: Mapped[datetime | None] = mapped_column(Utc)


class Device(Model):
    """A paired phone: its token's hash opens this camp's door and nothing else."""

    __tablename__ = "device"
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), index=True)
    door: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    paired_at: Mapped[datetime] = mapped_column(Utc)
    expires_at: Mapped[datetime] = mapped_column(Utc)
    revoked_at: Mapped[datetime | None] = mapped_column(Utc)


class Scan(Model):
    """Every attempt at a door, failed ones too; `nonce` is the phone's own number for it: a repeat changes nothing."""

    __tablename__ = "scan"
    __table_args__ = (UniqueConstraint("device_id", "nonce"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), index=True)
    device_id: Mapped[int] = mapped_column(ForeignKey("device.id", ondelete="CASCADE"))
    nonce: Mapped[str]
    badge_id: Mapped[int | None] = mapped_column(ForeignKey("badge.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(Utc)
    verdict: Mapped[str]
    admission_id: Mapped[int | None] = mapped_column(ForeignKey("admission.id", ondelete="SET NULL"))


class Admission(Model):
    """A participant let in on one day: the key makes it happen exactly once."""

    __tablename__ = "admission"
    __table_args__ = (UniqueConstraint("participant_id", "date"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    date: Mapped[date]
    at: Mapped[datetime] = mapped_column(Utc)
    device_id: Mapped[int | None] = mapped_column(ForeignKey("device.id", ondelete="SET NULL"))
