"""Tables of the badges wing: badges, the phones at the doors, their scans and what the scans admit."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint, false
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
    """A code an organiser shows so that a phone becomes a door: once, ten minutes. See `Device` for the station."""

    __tablename__ = "pairing_code"
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    door: Mapped[str]
    station: Mapped[str] = mapped_column(default="door", server_default="door")
    once: Mapped[str] = mapped_column(default="day", server_default="day")
    drill: Mapped[bool] = mapped_column(default=False, server_default=false())
    expires_at: Mapped[datetime] = mapped_column(Utc)
    used_at: Mapped[datetime | None] = mapped_column(Utc)


class Device(Model):
    """A paired phone: its token's hash opens this camp's door and nothing else.

    `station`: a door lets in, the others (badges.stations) hand something out, `once` a day or a camp. One for the
    drill knows invented people only.
    """

    __tablename__ = "device"
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), index=True)
    door: Mapped[str]
    station: Mapped[str] = mapped_column(default="door", server_default="door")
    once: Mapped[str] = mapped_column(default="day", server_default="day")
    drill: Mapped[bool] = mapped_column(default=False, server_default=false())
    token_hash: Mapped[str] = mapped_column(unique=True)
    paired_at: Mapped[datetime] = mapped_column(Utc)
    expires_at: Mapped[datetime] = mapped_column(Utc)
    revoked_at: Mapped[datetime | None] = mapped_column(Utc)


class Scan(Model):
    """Every attempt at a door, failed ones too; `nonce` is the phone's own number for it: a repeat changes nothing.

    `at` is when it happened by the corrected clock of the phone, `received_at` when it came in, `offset_ms` what the
    phone's clock was corrected by. `decision` is what the helper saw, `verdict` what the server made of it later on.
    """

    __tablename__ = "scan"
    __table_args__ = (UniqueConstraint("device_id", "nonce"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), index=True)
    device_id: Mapped[int] = mapped_column(ForeignKey("device.id", ondelete="CASCADE"))
    nonce: Mapped[str]
    act: Mapped[str] = mapped_column(default="scan", server_default="scan")
    badge_id: Mapped[int | None] = mapped_column(ForeignKey("badge.id", ondelete="CASCADE"), index=True)
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id"), index=True)
    code_hash: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(Utc)
    received_at: Mapped[datetime | None] = mapped_column(Utc)
    offset_ms: Mapped[int | None]
    decision: Mapped[str] = mapped_column(default="", server_default="")
    verdict: Mapped[str]
    admission_id: Mapped[int | None] = mapped_column(ForeignKey("admission.id", ondelete="SET NULL"), index=True)
    handout_id: Mapped[int | None] = mapped_column(ForeignKey("handout.id"))
    undone_at: Mapped[datetime | None] = mapped_column(Utc)


class Admission(Model):
    """A participant let in on one day: the key makes it happen exactly once."""

    __tablename__ = "admission"
    __table_args__ = (UniqueConstraint("participant_id", "date"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    date: Mapped[date]
    at: Mapped[datetime] = mapped_column(Utc)
    device_id: Mapped[int | None] = mapped_column(ForeignKey("device.id", ondelete="SET NULL"))


class Handout(Model):
    """Something handed out to a participant at a station: once a day (`day` is its ISO date), or once (it is empty)."""

    __tablename__ = "handout"
    __table_args__ = (UniqueConstraint("participant_id", "station", "day"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    station: Mapped[str]
    day: Mapped[str]
    at: Mapped[datetime] = mapped_column(Utc)
    device_id: Mapped[int | None] = mapped_column(ForeignKey("device.id", ondelete="SET NULL"))


class DoorNote(Model):
    """What the staff at the door is told about a participant."""

    __tablename__ = "door_note"
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True)
    text: Mapped[str]
