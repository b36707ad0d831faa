"""Tables of registration: participants and what they need, reservations, a camp's rules."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from camp.db import Model, Utc

if TYPE_CHECKING:  # models.py imports this module
    from camp.models import Person

KINDS = ("start-up", "mittelstand", "industry", "university", "public body", "other")


class Participant(Model):
    """A person at one camp: who they are there and whether they have a place.

    `days` are ISO dates, none means every day. Whoever waits and has `offered_until` is offered a place, which is kept
    until then; whoever has cancelled and has it still did not answer in time. `source`:
    registered, imported, curated, walk-in (empty: from a file).
    `photo_wording` is what was agreed to, word for word, at `photo_at`; `listed` in the public list.
    """

    __tablename__ = "participant"
    __table_args__ = (
        UniqueConstraint("camp_id", "person_id"),
        CheckConstraint("state IN ('admitted', 'waiting', 'cancelled')", name="state"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    given_name: Mapped[str]
    family_name: Mapped[str]
    badge_name: Mapped[str] = mapped_column(default="")
    pronoun: Mapped[str] = mapped_column(default="")
    organisation: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(default="other")
    town: Mapped[str] = mapped_column(default="")
    hashtags: Mapped[list[str]] = mapped_column(JSON, default=list)
    days: Mapped[list[str]] = mapped_column(JSON, default=list)
    photo: Mapped[str] = mapped_column(default="ask")
    photo_wording: Mapped[str] = mapped_column(default="")
    photo_at: Mapped[datetime | None] = mapped_column(Utc)
    first_time: Mapped[bool] = mapped_column(default=False)
    listed: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(default="waiting")
    registered_at: Mapped[datetime] = mapped_column(Utc)
    offered_until: Mapped[datetime | None] = mapped_column(Utc)
    arrived_at: Mapped[datetime | None] = mapped_column(Utc)
    source: Mapped[str] = mapped_column(default="", server_default="")
    feed_hash: Mapped[str | None] = mapped_column(unique=True)
    person: Mapped[Person] = relationship("Person", lazy="joined", innerjoin=True)

    @property
    def name(self) -> str:
        """Given and family name as people write them."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def lapsed(self) -> bool:
        """Whether a place was kept for them and has moved on, because no answer came."""
        return self.state == "cancelled" and self.offered_until is not None


class Needs(Model):
    """What a participant eats and wears; apart from the person so that it can be erased first."""

    __tablename__ = "needs"
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True)
    diet: Mapped[str] = mapped_column(default="")
    shirt: Mapped[str] = mapped_column(default="")


class Reservation(Model):
    """A registration whose mail link nobody has used yet: what was written, and whether a place is kept until then.

    One that is `known` came for somebody who is registered already: it changes nothing, and is there to look the same.
    """

    __tablename__ = "reservation"
    __table_args__ = (UniqueConstraint("camp_id", "email"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"))
    email: Mapped[str]
    language: Mapped[str]
    salt: Mapped[str]
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    days: Mapped[list[str]] = mapped_column(JSON)
    holds: Mapped[bool]
    known: Mapped[bool]
    made_at: Mapped[datetime] = mapped_column(Utc)
    until: Mapped[datetime] = mapped_column(Utc, index=True)


class Rules(Model):
    """How a camp gives its places: by time or by its organisers' choice, and how many more than there are seats."""

    __tablename__ = "registration_rules"
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), primary_key=True)
    curated: Mapped[bool] = mapped_column(default=False)
    answer_hours: Mapped[int] = mapped_column(default=48)
    admit_more: Mapped[int] = mapped_column(default=0)
    keep_days: Mapped[int] = mapped_column(default=90)


class Figure(Model):
    """A number about a camp that outlives its people: registered, with a place, came, returning."""

    __tablename__ = "camp_figure"
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]


class Question(Model):
    """A question of the organisers: in each language its words, why it is asked, and its options; kept so many days.

    `texts`: language → {"label", "purpose", "options"}; what is missing is read in the other language.
    """

    __tablename__ = "question"
    __table_args__ = (CheckConstraint("kind IN ('text', 'choice', 'several', 'yes-no', 'days')", name="kind"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    kind: Mapped[str]
    required: Mapped[bool] = mapped_column(default=False)
    texts: Mapped[dict[str, Any]] = mapped_column(JSON)
    keep_days: Mapped[int]


class Answer(Model):
    """What a participant answered: a list of texts; options in the words of the first language, days as ISO dates."""

    __tablename__ = "answer"
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id", ondelete="CASCADE"), primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True)
    value: Mapped[list[str]] = mapped_column(JSON)
