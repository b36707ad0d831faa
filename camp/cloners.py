"""How a camp becomes the pattern of another: each wing registers how it copies what was set up in its part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import inspect

from camp import clock
from camp.db import Model, db
from camp.models import Camp

if TYPE_CHECKING:
    from flask import Flask

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Move:
    """From which camp to which new one, and by how many days."""

    source: Camp
    target: Camp
    by: timedelta

    def day(self, day: date) -> date:
        """A day of the old camp as one of the new."""
        return day + self.by

    def moment(self, at: datetime | None) -> datetime | None:
        """A moment of the old camp as one of the new, at the same time by the clock on the wall."""
        if at is None:
            return None
        wall = clock.local(at, self.source.timezone)
        return clock.at(self.day(wall.date()), wall.time(), self.target.timezone)

    def settings(self, table: type[Row], **other: Any) -> None:
        """Copy the row that a camp has once, if it has it; `other` are the columns that begin anew."""
        row = db.session.get(table, self.source.id)
        if row is not None:
            db.session.add(copied(row, camp_id=self.target.id, **other))


Cloner = Callable[[Move], None]


def copied(row: Row, **other: Any) -> Row:
    """A new row with all that another one holds but its number; `other` is what differs."""
    kept = {column.key: getattr(row, column.key) for column in inspect(type(row)).column_attrs
            if column.key != "id" and column.key not in other}
    return type(row)(**kept, **other)


def register(app: Flask, cloner: Cloner) -> None:
    """Let a wing copy its part."""
    app.extensions.setdefault("camp_cloners", []).append(cloner)


def of(app: Flask) -> list[Cloner]:
    """The cloners of the application."""
    found: list[Cloner] = app.extensions.get("camp_cloners", [])
    return found
