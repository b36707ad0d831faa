"""Entries to calendar text (RFC 5545, RFC 7986) that Google, Apple, Outlook and the free ones read alike."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:  # slow to load and not needed by most requests: loaded where something is made
    from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

REFRESH, REFRESH_TEXT = timedelta(minutes=15), "PT15M"
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_END = b"END:VCALENDAR\r\n"


@dataclass(frozen=True, slots=True)
class Appointment:
    """One event. `starts` and `ends` are wall time in the zone; `changed_at` is the moment of the last revision."""

    uid: str
    sequence: int
    changed_at: datetime
    starts: datetime
    ends: datetime
    zone: str
    title: str
    description: str = ""
    location: str = ""
    category: str = ""
    url: str = ""
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class _Change:
    """A yearly change of the clock: wall time before it, offsets from UTC before and after."""

    wall: datetime
    before: timedelta
    after: timedelta


def calendar(name: str, zone: str, year: int, appointments: Iterable[Appointment]) -> bytes:
    """A calendar with the rules of its time zone as of a year; events that were written before are not made again."""
    return b"".join([_head(name, zone, year), *map(event_bytes, appointments), _END])


@lru_cache(maxsize=256)
def _head(name: str, zone: str, year: int) -> bytes:
    return bytes(shell(name, zone, year).to_ical()).removesuffix(_END)


def shell(name: str, zone: str, year: int) -> Calendar:
    """The calendar without its events. No METHOD: a feed is no invitation (RFC 5546 asks those for an organiser)."""
    from icalendar import Calendar
    made = Calendar()
    made.add("prodid", "-//Camp//Camp//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    for key in ("name", "x-wr-calname"):
        made.add(key, _plain(name))
    made.add("x-wr-timezone", zone)
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", REFRESH_TEXT)
    made.add_component(timezone(zone, year))
    return made


def event(one: Appointment) -> Event:
    """One event. DTSTAMP is the time of the last revision, not of the request, so that bytes stay the same."""
    from icalendar import Event
    made = Event()
    made.add("uid", one.uid)
    made.add("dtstamp", one.changed_at.astimezone(UTC).replace(microsecond=0))
    made.add("last-modified", one.changed_at.astimezone(UTC).replace(microsecond=0))
    made.add("sequence", one.sequence)
    made.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    made.add("dtstart", one.starts.replace(tzinfo=ZoneInfo(one.zone)))
    made.add("dtend", one.ends.replace(tzinfo=ZoneInfo(one.zone)))
    made.add("summary", _plain(one.title))
    for key, text in (("description", one.description), ("location", one.location)):
        if text:
            made.add(key, _plain(text))
    if one.category:
        made.add("categories", [_plain(one.category)])
    if one.url:
        made.add("url", one.url)
    return made


@lru_cache(maxsize=4096)
def event_bytes(one: Appointment) -> bytes:
    """The event's text, kept by its whole content: a renamed room makes it new, an unchanged poll does not."""
    return bytes(event(one).to_ical())


@lru_cache(maxsize=64)
def timezone(zone: str, year: int) -> Timezone:
    """The zone as one STANDARD and one DAYLIGHT with a yearly rule from 1970 on: the shape that Outlook reads right.

    Rules that cannot be written as "nth weekday of a month" give the one offset at the year's start.
    """
    from icalendar import Timezone
    made = Timezone()
    made.add("tzid", zone)
    changes = _changes(ZoneInfo(zone), year)
    rules = [_rule(ZoneInfo(zone), year, number) for number in range(len(changes))]
    if len(changes) == 2 and all(rules):
        for change, rule in zip(changes, rules, strict=True):
            made.add_component(_part(zone, change, rule))
    else:
        start = datetime(year, 1, 1, tzinfo=ZoneInfo(zone))
        offset = start.utcoffset() or timedelta()
        made.add_component(_part(zone, _Change(start.replace(tzinfo=None), offset, offset), None))
    return made


def _part(zone: str, change: _Change, rule: dict[str, object] | None) -> TimezoneStandard | TimezoneDaylight:
    from icalendar import TimezoneDaylight, TimezoneStandard, vRecur
    part = TimezoneDaylight() if change.after > change.before else TimezoneStandard()
    first = datetime(1970, 1, 1)
    if rule is not None:
        first = _nth(1970, change.wall, str(rule["BYDAY"]))
        part.add("rrule", vRecur({"FREQ": "YEARLY", **rule}))
    part.add("dtstart", first)
    part.add("tzoffsetfrom", change.before)
    part.add("tzoffsetto", change.after)
    after = (change.wall - change.before).replace(tzinfo=UTC) + timedelta(hours=2)
    part.add("tzname", after.astimezone(ZoneInfo(zone)).tzname() or zone)
    return part


def _changes(zone: ZoneInfo, year: int) -> list[_Change]:
    """The changes of the clock in a year, found to the minute."""
    found, low = [], datetime(year, 1, 1, tzinfo=UTC)
    while low.year == year:
        high = low + timedelta(days=1)
        if _offset(zone, low) != _offset(zone, high):
            found.append(_between(zone, low, high))
        low = high
    return found


def _between(zone: ZoneInfo, low: datetime, high: datetime) -> _Change:
    before, after = _offset(zone, low), _offset(zone, high)
    while high - low > timedelta(minutes=1):
        middle = (low + (high - low) / 2).replace(second=0, microsecond=0)
        middle = middle if middle > low else low + timedelta(minutes=1)
        low, high = (middle, high) if _offset(zone, middle) == before else (low, middle)
    return _Change((high + before).replace(tzinfo=None), before, after)


def _rule(zone: ZoneInfo, year: int, number: int) -> dict[str, object] | None:
    """The rule by which the n-th change of the year comes again in each of the ten years from then on."""
    walls = []
    for one in range(year, year + 10):
        changes = _changes(zone, one)
        if len(changes) <= number:
            return None
        walls.append(changes[number].wall)
    first = walls[0]
    for count in (-1, (first.day - 1) // 7 + 1):
        day = f"{count}{_DAYS[first.weekday()]}"
        if all(wall == _nth(wall.year, first, day) for wall in walls):
            return {"BYMONTH": first.month, "BYDAY": day}
    return None


def _nth(year: int, like: datetime, day: str) -> datetime:
    """The wall time of `like` on the nth (or -1: last) weekday of its month in a year."""
    count, weekday = int(day[:-2]), _DAYS.index(day[-2:])
    first = like.replace(year=year, day=1)
    days = [first + timedelta(days=number) for number in range(31)]
    days = [one for one in days if one.month == like.month and one.weekday() == weekday]
    return days[count if count < 0 else count - 1]


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _plain(text: str) -> str:
    """Text without control characters, which icalendar would pass through; line breaks and tabs stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in text if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cs"))
