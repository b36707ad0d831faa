"""Tables around votes: how a camp votes, what was judged on cards, votes by the hour, and proposals that are alike."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Double, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from camp.db import Model, Utc


class VotingRules(Model):
    """How a camp votes: with a budget of votes for each person or (none) without; who sees the counts, in what order.

    `hidden`: the counts are hidden until voting ends. `least_seen`: what fewest have judged comes first.
    """

    __tablename__ = "voting_rules"
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), primary_key=True)
    budget: Mapped[int | None]
    hidden: Mapped[bool] = mapped_column(default=True)
    least_seen: Mapped[bool] = mapped_column(default=False)


class Judged(Model):
    """A card that somebody has answered, whichever way, under the pseudonym of the votes; without row numbers too."""

    __tablename__ = "judged"
    __table_args__ = ({"sqlite_with_rowid": False},)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), primary_key=True)
    pseudonym: Mapped[str] = mapped_column(primary_key=True, index=True)


class VoteHour(Model):
    """How many votes were given at a camp in an hour; it names neither sessions nor pseudonyms."""

    __tablename__ = "vote_hour"
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), primary_key=True)
    hour: Mapped[datetime] = mapped_column(Utc, primary_key=True)
    number: Mapped[int] = mapped_column(default=0)


class Likeness(Model):
    """Two proposals that say the same in other words, as the worker found; the smaller id comes first."""

    __tablename__ = "likeness"
    one_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), primary_key=True, index=True)
    score: Mapped[float] = mapped_column(Double)


class MergeOffer(Model):
    """The wish of one session's host to hold it together with another one, until the other side answers."""

    __tablename__ = "merge_offer"
    __table_args__ = (UniqueConstraint("session_id", "other_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), index=True)
    declined: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[datetime] = mapped_column(Utc)
