"""Which doors of a camp are open at a given time: registration, call, voting, pitch round, camp, follow-up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

NAMES = ("registration", "call", "voting", "pitch", "camp", "follow-up")
_OPEN_BY_DEFAULT = ("registration", "call", "voting")
_BY_WEIGHT = ("pitch", "camp", "follow-up", "call", "voting")


@dataclass(frozen=True, slots=True)
class Span:
    """From one moment to another; an open end has none."""

    opens: datetime | None = None
    closes: datetime | None = None


def is_open(name: str, spans: Mapping[str, Span], now: datetime) -> bool:
    """Whether a phase is open. A camp that sets none of them has registration, call and voting open."""
    if not spans:
        return name in _OPEN_BY_DEFAULT
    span = spans.get(name)
    if span is None:
        return False
    return (span.opens is None or span.opens <= now) and (span.closes is None or now < span.closes)


def open_without_any() -> tuple[str, ...]:
    """What is open at a camp that sets no phase."""
    return _OPEN_BY_DEFAULT


def next_to_open(spans: Mapping[str, Span], now: datetime) -> tuple[str, datetime] | None:
    """The phase that opens next and when; nothing if none is set to."""
    ahead = [(span.opens, NAMES.index(name)) for name, span in spans.items() if span.opens and span.opens > now]
    if not ahead:
        return None
    moment, number = min(ahead)
    return NAMES[number], moment


def leading(spans: Mapping[str, Span], now: datetime) -> str:
    """The phase that says what to do now: of those open the most pressing one, "" if none is."""
    return next((name for name in _BY_WEIGHT if is_open(name, spans, now)), "")


def states(spans: Mapping[str, Span], now: datetime) -> list[tuple[str, str, Span]]:
    """Every phase in the order of the day with 'past', 'open' or 'to come' and its span, for the path on the pages."""
    rows = []
    for name in NAMES:
        span = spans.get(name, Span())
        if is_open(name, spans, now):
            state = "open"
        elif span.closes is not None and span.closes <= now:
            state = "past"
        else:
            state = "to come"
        rows.append((name, state, span))
    return rows
