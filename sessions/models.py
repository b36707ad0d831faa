"""Tables of the sessions wing: sessions, hosts, votes, picks, placements, agendas, outcomes and joint projects."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from camp.db import Model, Utc
from camp.models import Participant


class Session(Model):
    """What is offered and held; one row for its whole life. A proposal is a session in the state *proposed*.

    `edit_number` is the lock on its text: a session may have several hosts. `guest`: who holds it without being
    registered, by the name that was said on the stage. `more_tags`: those after the first. `off_record`: its notes are
    not public; `note_taker`: its hosts wish that somebody else writes. The last three texts are those of a challenge.
    """

    __tablename__ = "session"
    __table_args__ = (
        CheckConstraint("length IN (1, 2)", name="length"),
        CheckConstraint("state IN ('proposed', 'withdrawn')", name="state"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), index=True)
    guid: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    tag: Mapped[str] = mapped_column(default="")
    more_tags: Mapped[list[str]] = mapped_column(JSON, default=list)
    format: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")
    level: Mapped[str] = mapped_column(default="")
    off_record: Mapped[bool] = mapped_column(default=False)
    note_taker: Mapped[bool] = mapped_column(default=False)
    who_comes: Mapped[str] = mapped_column(default="")
    offers: Mapped[str] = mapped_column(default="")
    how: Mapped[str] = mapped_column(default="")
    length: Mapped[int] = mapped_column(default=1)
    needs: Mapped[list[str]] = mapped_column(JSON, default=list)
    state: Mapped[str] = mapped_column(default="proposed")
    edit_number: Mapped[int] = mapped_column(default=0)
    hidden_because: Mapped[str] = mapped_column(default="")  # the organisers' reason; such a session is withdrawn
    merged_into: Mapped[int | None]  # a session's id; SQLite adds no foreign key to a table that is there
    guest: Mapped[str] = mapped_column(default="")
    proposed_at: Mapped[datetime] = mapped_column(Utc)
    hosts: Mapped[list[Host]] = relationship(order_by="Host.id", cascade="all, delete-orphan", lazy="selectin")

    @property
    def tags(self) -> list[str]:
        """All its tags, the first one is the plan's."""
        return [tag for tag in (self.tag, *self.more_tags) if tag]


class Host(Model):
    """Who holds a session; `away` is the half-day in which this host cannot ('', 'morning', 'afternoon').

    `away_at`: single slots in which this host cannot, by their time (`offers.slot_time`). `merged_from`: the id of the
    session with which this host came, when that was merged into this one.
    """

    __tablename__ = "host"
    __table_args__ = (
        UniqueConstraint("session_id", "participant_id"),
        CheckConstraint("away IN ('', 'morning', 'afternoon')", name="away"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"))
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    away: Mapped[str] = mapped_column(default="")
    away_at: Mapped[list[str]] = mapped_column(JSON, default=list)
    merged_from: Mapped[int | None]
    participant: Mapped[Participant] = relationship(lazy="joined", innerjoin=True)


class Vote(Model):
    """"I would come": a session and a keyed pseudonym; the database does not know who voted.

    Without SQLite's hidden row number, which would keep the order in which the votes came in.
    """

    __tablename__ = "vote"
    __table_args__ = ({"sqlite_with_rowid": False},)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), primary_key=True)
    pseudonym: Mapped[str] = mapped_column(primary_key=True, index=True)


class Pick(Model):
    """A session in a participant's own agenda."""

    __tablename__ = "pick"
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), primary_key=True, index=True)


class Placement(Model):
    """One session in one cell; a two-slot session has two rows, so that the database keeps every cell single."""

    __tablename__ = "placement"
    __table_args__ = (UniqueConstraint("room_id", "slot_id"),)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), primary_key=True)
    part: Mapped[int] = mapped_column(primary_key=True, default=1)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"))
    slot_id: Mapped[int] = mapped_column(ForeignKey("slot.id"))
    pinned: Mapped[bool] = mapped_column(default=False)


class Agenda(Model):
    """A published, numbered set of placements."""

    __tablename__ = "agenda"
    __table_args__ = (UniqueConstraint("camp_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"))
    number: Mapped[int]
    published_at: Mapped[datetime] = mapped_column(Utc)


class Entry(Model):
    """A session as one agenda shows it, frozen; `sequence` and `changed_at` tell calendars what moved."""

    __tablename__ = "entry"
    __table_args__ = (UniqueConstraint("agenda_id", "session_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    agenda_id: Mapped[int] = mapped_column(ForeignKey("agenda.id", ondelete="CASCADE"))
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), index=True)
    title: Mapped[str]
    description: Mapped[str]
    hosts: Mapped[str]
    tag: Mapped[str]
    room_id: Mapped[int]
    room_letter: Mapped[str]
    room_name: Mapped[str]
    date: Mapped[date]
    starts: Mapped[time]
    ends: Mapped[time]
    cancelled: Mapped[bool] = mapped_column(default=False)
    sequence: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime] = mapped_column(Utc)


class Outcome(Model):
    """What a session leaves: question, findings, decisions, next steps, who tries them; `edit_number` is its lock."""

    __tablename__ = "outcome"
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), unique=True)
    question: Mapped[str] = mapped_column(default="")
    findings: Mapped[str] = mapped_column(default="")
    decisions: Mapped[str] = mapped_column(default="")
    next_steps: Mapped[str] = mapped_column(default="")
    who_tries: Mapped[str] = mapped_column(default="")
    edit_number: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime] = mapped_column(Utc)


class Project(Model):
    """A joint project founded from an outcome."""

    __tablename__ = "project"
    id: Mapped[int] = mapped_column(primary_key=True)
    outcome_id: Mapped[int] = mapped_column(ForeignKey("outcome.id", ondelete="CASCADE"), index=True)
    title: Mapped[str]
    question: Mapped[str] = mapped_column(default="")
    next_date: Mapped[date | None]
    founded_at: Mapped[datetime] = mapped_column(Utc)
    members: Mapped[list[Member]] = relationship(order_by="Member.id", cascade="all, delete-orphan", lazy="selectin")


class Member(Model):
    """A participant in a joint project; the first one founded it."""

    __tablename__ = "member"
    __table_args__ = (UniqueConstraint("project_id", "participant_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    joined_at: Mapped[datetime] = mapped_column(Utc)
    participant: Mapped[Participant] = relationship(lazy="joined", innerjoin=True)
