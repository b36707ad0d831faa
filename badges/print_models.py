"""Tables about printing: how a camp's badges look, the prints that were made, what was last printed of each badge."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from camp.db import Model, Utc


class BadgeLook(Model):
    """What a camp prints on its badges, and on which sheet."""

    __tablename__ = "badge_look"
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), primary_key=True)
    layout: Mapped[str]
    fields: Mapped[list[str]] = mapped_column(JSON)


class PrintRun(Model):
    """A print that was made: when, by whom, which badges, on which sheet, how many."""

    __tablename__ = "print_run"
    id: Mapped[int] = mapped_column(primary_key=True)
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Utc)
    layout: Mapped[str]
    whose: Mapped[str]
    number: Mapped[int]


class Printed(Model):
    """What was last printed of a badge, as a hash of its texts, and how often it was printed."""

    __tablename__ = "printed_badge"
    badge_id: Mapped[int] = mapped_column(ForeignKey("badge.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Utc)
    face: Mapped[str]
    times: Mapped[int] = mapped_column(default=1)
