"""Tables of the pitch round: the round, the line, hands counted, screens, and what there is for first-timers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from camp.db import Model, Utc
from camp.models import Participant
from sessions.models import Session


class Round(Model):
    """How a camp's round goes: seconds a pitch has, the clock on the stage, how hands are read, begun and closed when.

    The clock: `left` seconds were left when it began to run at `runs_since`; without that it stands. `percent` of the
    hands raised would come. `order_number` is the lock on the order of the line.
    """

    __tablename__ = "pitch_round"
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), primary_key=True)
    seconds: Mapped[int] = mapped_column(default=60)
    percent: Mapped[int] = mapped_column(default=125)
    left: Mapped[int] = mapped_column(default=60)
    runs_since: Mapped[datetime | None] = mapped_column(Utc)
    order_number: Mapped[int] = mapped_column(default=0)
    began_at: Mapped[datetime | None] = mapped_column(Utc)
    closed_at: Mapped[datetime | None] = mapped_column(Utc)


class Turn(Model):
    """A place in the line and what became of it: who (a participant, or a name that was said), and with which session.

    `later` waits for the second round. `nonce` is the desk's own number for a save: a repeat changes nothing.
    """

    __tablename__ = "pitch_turn"
    __table_args__ = (CheckConstraint("state IN ('waiting', 'stage', 'done', 'gone')", name="state"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), index=True)
    participant_id: Mapped[int | None] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    later: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(default="waiting")
    edit_number: Mapped[int] = mapped_column(default=0)
    nonce: Mapped[str | None] = mapped_column(unique=True)
    joined_at: Mapped[datetime] = mapped_column(Utc)
    began_at: Mapped[datetime | None] = mapped_column(Utc)
    ended_at: Mapped[datetime | None] = mapped_column(Utc)
    participant: Mapped[Participant | None] = relationship(lazy="joined")
    session: Mapped[Session | None] = relationship(lazy="joined")


class Hands(Model):
    """The hands counted in the room for a session; they stand beside the votes."""

    __tablename__ = "hands"
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int]
    counted_at: Mapped[datetime] = mapped_column(Utc)


class Screen(Model):
    """A read-only screen (the beamer) or a tablet for the line (the terminal); kept is its address's hash."""

    __tablename__ = "screen"
    __table_args__ = (CheckConstraint("kind IN ('beamer', 'terminal')", name="kind"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    name: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime] = mapped_column(Utc)
    revoked_at: Mapped[datetime | None] = mapped_column(Utc)


class Introduction(Model):
    """What a participant wishes for the first hour: hashtags on the beamer, and to have or to be a buddy."""

    __tablename__ = "introduction"
    __table_args__ = (CheckConstraint("buddy IN ('', 'newcomer', 'guide')", name="buddy"),)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True)
    cloud: Mapped[bool] = mapped_column(default=False)
    buddy: Mapped[str] = mapped_column(default="")


class Newcomers(Model):
    """Which session of a camp is the one for whoever is here for the first time."""

    __tablename__ = "newcomers"
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), unique=True)
