"""Tables of the venue: rooms, slots, and cells that take no session."""

from __future__ import annotations

from datetime import date, time

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from camp.db import Model


class Slot(Model):
    """A span of wall time on one day: session, break or plenary; `reason`: why there are no sessions then."""

    __tablename__ = "slot"
    __table_args__ = (
        UniqueConstraint("camp_id", "date", "starts"),
        CheckConstraint("kind IN ('session', 'break', 'plenary')", name="kind"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"))
    date: Mapped[date]
    starts: Mapped[time]
    ends: Mapped[time]
    kind: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="", server_default="")


class Room(Model):
    """A place with seats; its letter stays for the camp's life. An open space is filled by hand, not by the planner.

    `position` is its place in lists; the letter says which of ten colours the room has.
    """

    __tablename__ = "room"
    __table_args__ = (UniqueConstraint("camp_id", "letter"), UniqueConstraint("camp_id", "name"))
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"))
    letter: Mapped[str]
    name: Mapped[str]
    seats: Mapped[int]
    features: Mapped[list[str]] = mapped_column(JSON, default=list)
    position: Mapped[int] = mapped_column(default=0)
    way: Mapped[str] = mapped_column(default="")
    picture_id: Mapped[int | None]
    open_space: Mapped[bool] = mapped_column(default=False)


class ClosedCell(Model):
    """A cell that takes no session, and why."""

    __tablename__ = "closed_cell"
    __table_args__ = (UniqueConstraint("room_id", "slot_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"))
    slot_id: Mapped[int] = mapped_column(ForeignKey("slot.id", ondelete="CASCADE"))
    reason: Mapped[str] = mapped_column(default="")
