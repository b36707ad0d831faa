"""Tables of the board: its steps, so that they can be told and taken back, and what hosts without a cell were told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from camp.db import Model, Utc

# A placement as a step keeps it: session, part, room, slot (ids) and whether it is pinned.
Kept = list[int]


class Step(Model):
    """One step on the board: the cells of the sessions that it touched, before and after; its id numbers the board.

    The edit number of a session or cell is the id of the last step that touched it. Taking back or making again is a
    step too, `of` says of which; `undone_by` is the step that took this one back.
    """

    __tablename__ = "step"
    __table_args__ = (Index("ix_step_camp_id_id", "camp_id", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Utc)
    verb: Mapped[str]
    session_id: Mapped[int | None] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"))
    before: Mapped[list[Kept]] = mapped_column(JSON, default=list)
    after: Mapped[list[Kept]] = mapped_column(JSON, default=list)
    of: Mapped[int | None]
    undone_by: Mapped[int | None]

    @property
    def touched(self) -> frozenset[int]:
        """Ids of the sessions whose cells it changed."""
        return frozenset(row[0] for row in (*self.before, *self.after))

    @property
    def cells(self) -> frozenset[tuple[int, int]]:
        """The cells that it filled or emptied, as room and slot ids."""
        return frozenset((row[2], row[3]) for row in (*self.before, *self.after))


class Reply(Model):
    """What the hosts of a session without a cell were offered: an open table, a second run, another day; and where.

    `number` counts the answers, so that no mail says an older one.
    """

    __tablename__ = "reply"
    __table_args__ = (CheckConstraint("kind IN ('table', 'second', 'next')", name="kind"),)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Utc)
    kind: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    number: Mapped[int] = mapped_column(default=1)
