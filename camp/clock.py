"""The only place that asks what time it is; tests and drills move time here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_shift = timedelta()


def now() -> datetime:
    """The present moment, aware, in UTC, moved by what `shifted` asks for."""
    return datetime.now(UTC) + _shift


@contextmanager
def shifted(by: timedelta) -> Iterator[None]:
    """Move the clock of this process by `by` for the length of a block."""
    global _shift
    before = _shift
    _shift = before + by
    try:
        yield
    finally:
        _shift = before


def local(moment: datetime, timezone: str) -> datetime:
    """A UTC moment as wall time in a camp's zone (IANA name)."""
    return moment.astimezone(ZoneInfo(timezone))


def at(day: date, wall: time, timezone: str) -> datetime:
    """The UTC moment of a wall time on a day in a camp's zone (IANA name)."""
    return datetime.combine(day, wall, ZoneInfo(timezone)).astimezone(UTC)
