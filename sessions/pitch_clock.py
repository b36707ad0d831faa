"""The clock of the pitch round: what is left of a pitch, when all will have pitched, and what helps when it is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

_CHANGE_OVER = 25  # seconds from one host to the next, before any was measured
_LAST = 15  # pitches of which the running mean is taken
SHORT = 30  # seconds of a pitch when time is short


@dataclass(frozen=True, slots=True)
class Outlook:
    """When the line will have pitched. `planned` is when it should have; `short`: when with 30 seconds each."""

    left: int
    mean: int
    ends: datetime
    planned: datetime | None
    short: datetime

    @property
    def minutes(self) -> int:
        """Minutes until then, counted up."""
        return -(-self.left * self.mean // 60)

    @property
    def late(self) -> int:
        """Minutes past the plan, counted up; 0 if in time."""
        if self.planned is None or self.ends <= self.planned:
            return 0
        return -(-int((self.ends - self.planned).total_seconds()) // 60)


def seconds_left(left: int, runs_since: datetime | None, now: datetime) -> int:
    """What the clock shows; below zero how long somebody has talked over."""
    return left if runs_since is None else left - int((now - runs_since).total_seconds())


def running_mean(durations: Sequence[float], seconds: int) -> int:
    """Seconds from pitch to pitch of the last fifteen; before any was held a pitch and a change of hosts."""
    last = durations[-_LAST:]
    return round(sum(last) / len(last)) if last else seconds + _CHANGE_OVER


def outlook(now: datetime, left: int, durations: Sequence[float], seconds: int, planned: datetime | None) -> Outlook:
    """When `left` more pitches are over: pitches left × running mean."""
    mean = running_mean(durations, seconds)
    return Outlook(left, mean, now + timedelta(seconds=left * mean), planned,
                   now + timedelta(seconds=left * min(mean, SHORT + _CHANGE_OVER)))
