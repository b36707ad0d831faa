"""Tables of the ground floor: camps and their venue, people, sign-ins, mails, jobs and the log."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Double, ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from camp.catering_models import CateringOrder as CateringOrder
from camp.db import Model, Utc
from camp.registration_models import KINDS as KINDS
from camp.registration_models import Needs as Needs
from camp.registration_models import Participant as Participant
from camp.team_models import Invitation as Invitation
from camp.team_models import Shift as Shift
from camp.venue_models import ClosedCell as ClosedCell
from camp.venue_models import Room as Room
from camp.venue_models import Slot as Slot


class Camp(Model):
    """One barcamp, one or more days. Until it is opened only its team sees it; `institution`: who answers for it.

    `picture_id`, here and at rooms and partners, is the number of a picture (camp/pictures.py): here the logo.
    """

    __tablename__ = "camp"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    timezone: Mapped[str] = mapped_column(default="Europe/Berlin")
    languages: Mapped[list[str]] = mapped_column(JSON, default=lambda: ["de", "en"])
    capacity: Mapped[int]
    venue: Mapped[str] = mapped_column(default="")
    hashtag: Mapped[str] = mapped_column(default="")
    accent: Mapped[str] = mapped_column(default="")
    picture_id: Mapped[int | None]
    institution: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    opened_at: Mapped[datetime | None] = mapped_column(Utc)
    change_number: Mapped[int] = mapped_column(default=0)
    second_factor_required: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(Utc)
    phases: Mapped[list[Phase]] = relationship(order_by="Phase.id", cascade="all, delete-orphan", lazy="selectin")
    days: Mapped[list[Day]] = relationship(order_by="Day.date", cascade="all, delete-orphan", lazy="selectin")
    partners: Mapped[list[Partner]] = relationship(
        order_by="(Partner.position, Partner.id)", cascade="all, delete-orphan", lazy="selectin")
    texts: Mapped[list[CampText]] = relationship(order_by="CampText.id", cascade="all, delete-orphan", lazy="selectin")


class CampText(Model):
    """A text of the camp in one language: imprint, privacy notice, house rules … (see camp/texts.py).

    `unchecked`: it was copied from another camp, and nobody has looked since whether it holds for this one.
    """

    __tablename__ = "camp_text"
    __table_args__ = (UniqueConstraint("camp_id", "name", "language"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"))
    name: Mapped[str]
    language: Mapped[str]
    text: Mapped[str] = mapped_column(deferred=True)
    unchecked: Mapped[bool] = mapped_column(default=False, server_default=false())


class Phase(Model):
    """A door of the camp in time: open from one moment to another; an empty end stays open."""

    __tablename__ = "phase"
    __table_args__ = (UniqueConstraint("camp_id", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"))
    name: Mapped[str]
    opens_at: Mapped[datetime | None] = mapped_column(Utc)
    closes_at: Mapped[datetime | None] = mapped_column(Utc)


class Day(Model):
    """One day of a camp; without a capacity of its own it has the camp's."""

    __tablename__ = "day"
    __table_args__ = (UniqueConstraint("camp_id", "date"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"))
    date: Mapped[date]
    capacity: Mapped[int | None]


class Partner(Model):
    """An institution that organises, supports or sponsors a camp."""

    __tablename__ = "partner"
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    tier: Mapped[str]
    url: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    picture_id: Mapped[int | None]


NO_ADDRESS = "@walk-in.invalid"  # of people who came to the door and gave none (RFC 2606)


def shown(email: str) -> str:
    """A mail address as people read it; empty for whoever gave none."""
    return "" if email.endswith(NO_ADDRESS) else email


class Person(Model):
    """Somebody with a mail address, at any number of camps; `administrator` may make camps."""

    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    administrator: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(default="de")

    @property
    def address(self) -> str:
        """The mail address as people read it; empty for whoever gave none."""
        return shown(self.email)


class Role(Model):
    """What a person may do at a camp beyond taking part."""

    __tablename__ = "role"
    __table_args__ = (
        UniqueConstraint("camp_id", "person_id", "name"),
        CheckConstraint("name IN ('organiser', 'moderator', 'helper', 'catering')", name="name"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]


class SignInLink(Model):
    """A sign-in that was asked for: the link's hash, the browser that asked (none: the operator's terminal).

    One without a person was asked for with an unknown address: nobody holds it, and it is there to look the same.
    """

    __tablename__ = "sign_in_link"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    browser_hash: Mapped[str | None] = mapped_column(index=True)
    code_hash: Mapped[str | None]
    tries: Mapped[int] = mapped_column(default=0)
    then: Mapped[str] = mapped_column(default="/")
    made_at: Mapped[datetime] = mapped_column(Utc)
    expires_at: Mapped[datetime] = mapped_column(Utc)
    used_at: Mapped[datetime | None] = mapped_column(Utc)


class SignInAsk(Model):
    """A link that was granted to an address, known or not; who asked lies there as keyed hashes, for a day."""

    __tablename__ = "sign_in_ask"
    id: Mapped[int] = mapped_column(primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(Utc, index=True)
    address_hash: Mapped[str] = mapped_column(index=True)
    browser_hash: Mapped[str]
    network_hash: Mapped[str] = mapped_column(index=True)
    mailed: Mapped[bool]


class SignIn(Model):
    """A browser in which a person is signed in; ending the record ends that. Half open: a second factor is due."""

    __tablename__ = "sign_in"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    half_open: Mapped[bool] = mapped_column(default=False)
    tries: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime] = mapped_column(Utc)
    used_at: Mapped[datetime | None] = mapped_column(Utc)
    ended_at: Mapped[datetime | None] = mapped_column(Utc)


class SecondFactor(Model):
    """What makes a person's one-time codes: a salt, the last 30-second step used, the hashes of recovery codes left."""

    __tablename__ = "second_factor"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    salt: Mapped[str]
    last_step: Mapped[int]
    recovery: Mapped[list[str]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(Utc)


class Mail(Model):
    """A mail in the outbox: template name and values, rendered when it is sent; values are wiped afterwards."""

    __tablename__ = "mail"
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int | None] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), index=True)
    dedupe_key: Mapped[str] = mapped_column(unique=True)
    to: Mapped[str]
    language: Mapped[str]
    template: Mapped[str]
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(default="queued", index=True)
    tries: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(Utc)
    void_at: Mapped[datetime | None] = mapped_column(Utc)
    claimed_until: Mapped[datetime | None] = mapped_column(Utc)
    sent_at: Mapped[datetime | None] = mapped_column(Utc)
    trouble: Mapped[str] = mapped_column(default="")


class Job(Model):
    """Long work asked for by a person: the row is the queue, the progress and the result."""

    __tablename__ = "job"
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    args: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(default="queued", index=True)
    percent: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(default="")
    note_values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    result: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    cancel_asked: Mapped[bool] = mapped_column(default=False)
    tries: Mapped[int] = mapped_column(default=0)
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime] = mapped_column(Utc)
    claimed_until: Mapped[datetime | None] = mapped_column(Utc)
    ended_at: Mapped[datetime | None] = mapped_column(Utc)


class Lease(Model):
    """Which of several workers leads: `until` in seconds since 1970 by the database's clock; `fence` counts leaders."""

    __tablename__ = "lease"
    name: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(default="")
    until: Mapped[float] = mapped_column(Double, default=0.0)
    fence: Mapped[int] = mapped_column(default=0)


class LogEntry(Model):
    """Who did what and when."""

    __tablename__ = "log_entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int | None] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Utc)
    verb: Mapped[str]
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
