"""The lease: of all workers on one database one leads, and does what has to be done by the clock once and not by each.

A worker that leads renews its lease in time; when it dies, the lease runs out and another one takes it. The clock is
the database's own, so that hosts whose clocks differ agree. `fence` grows with each new leader.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Double, case, literal_column, or_, select, update

from camp.db import db, insert_once
from camp.models import Lease

# Seconds since 1970 at this very moment, not at the beginning of the transaction.
_NOW = {"sqlite": "((julianday('now') - 2440587.5) * 86400.0)",
        "postgresql": "extract(epoch from clock_timestamp())::double precision"}


def take(name: str, owner: str, seconds: float) -> int | None:
    """Take a lease that is free or has run out, or renew one's own; gives its fence, or none if another one holds it.

    Stands in a writing transaction. The work begins after its commit and ends when it can no longer be renewed.
    """
    insert_once(Lease, name=name)
    now = _now()
    fence: int | None = db.session.scalar(
        update(Lease).where(Lease.name == name, or_(Lease.owner == owner, Lease.until < now))
        .values(owner=owner, until=now + seconds,
                fence=case((Lease.owner == owner, Lease.fence), else_=Lease.fence + 1))
        .returning(Lease.fence))
    return fence


def still(name: str, fence: int) -> bool:
    """Whether nobody took the lease over; asked in the transaction that writes, which keeps it so until it ends."""
    held = select(Lease.fence).where(Lease.name == name, Lease.fence == fence, Lease.until >= _now()).with_for_update()
    return db.session.scalar(held) is not None


def leave(name: str, owner: str) -> None:
    """Give one's own lease back, so that another one need not wait until it runs out."""
    db.session.execute(update(Lease).where(Lease.name == name, Lease.owner == owner).values(until=0.0))


def leader(name: str) -> str | None:
    """Who holds a lease now."""
    return db.session.scalar(select(Lease.owner).where(Lease.name == name, Lease.until >= _now()))


def _now() -> ColumnElement[Any]:
    return literal_column(_NOW[db.session.connection().dialect.name], Double)
