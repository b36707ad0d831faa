"""Tables of the team: invitations to a role, and the shifts of the roster."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from camp.db import Model, Utc
from camp.registration_models import Participant


class Invitation(Model):
    """A role that an organiser offers to an address; one that was taken stays until it would have lapsed."""

    __tablename__ = "role_invitation"
    __table_args__ = (UniqueConstraint("camp_id", "email", "role"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"))
    email: Mapped[str]
    role: Mapped[str]
    salt: Mapped[str]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    made_at: Mapped[datetime] = mapped_column(Utc)
    until: Mapped[datetime] = mapped_column(Utc, index=True)
    taken_at: Mapped[datetime | None] = mapped_column(Utc)


class Shift(Model):
    """A span of a day in which somebody has a task: a participant, or anybody by name; neither: it is still open."""

    __tablename__ = "shift"
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), index=True)
    task: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    date: Mapped[date]
    starts: Mapped[time]
    ends: Mapped[time]
    participant_id: Mapped[int | None] = mapped_column(
        ForeignKey("participant.id", ondelete="SET NULL"), index=True)
    name: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    participant: Mapped[Participant | None] = relationship("Participant", lazy="joined")

    @property
    def who(self) -> str:
        """The name of who does it; nothing while it is open."""
        return self.participant.name if self.participant else self.name
