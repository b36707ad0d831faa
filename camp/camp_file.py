"""camp.toml: the camp, its days, slots, rooms, partners and phases as plain records, or what is wrong with them."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from camp import papers, phases
from camp.errors import N_
from camp.tables import Problem
from camp.text import clean, line

NAME = "camp.toml"
TIERS = ("organiser", "supporter", "sponsor")
FEATURES = ("beamer", "whiteboard", "power", "step-free", "stream")
_SLOT_KINDS = ("session", "break", "plenary")
_LANGUAGES = ("de", "en")
_LONGEST = {"title": 150, "name": 100, "venue": 200, "url": 500, "hashtag": 40, "way": 500}
_MOST = 100_000

# Keys of each table and their kinds; those in its tuple of needed ones must be there.
_CAMP = {"title": str, "slug": str, "timezone": str, "languages": list, "capacity": int, "venue": str, "hashtag": str,
         **dict.fromkeys(papers.NAMES, str), "text": list, "partner": list, "day": list, "room": list, "phase": list}
_TEXT = {"name": str, "language": str, "text": str}
_PARTNER = {"name": str, "tier": str, "url": str}
_DAY = {"date": date, "capacity": int, "slots": list}
_SLOT = {"start": time, "end": time, "kind": str, "title": str}
_ROOM = {"name": str, "seats": int, "features": list, "way": str, "open_space": bool}
_PHASE = {"name": str, "opens": datetime, "closes": datetime}
_KINDS = {str: N_("a text in quotation marks"), int: N_("a whole number"), list: N_("a list"),
          bool: N_("true or false"), date: N_("a day like 2027-04-24"), time: N_("a time like 09:00:00"),
          datetime: N_("a day and time like 2027-04-24 09:00:00")}


@dataclass(frozen=True, slots=True)
class SlotRecord:
    """A span of wall time on a day."""

    date: date
    starts: time
    ends: time
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class RoomRecord:
    """A place with seats."""

    name: str
    seats: int
    features: tuple[str, ...]
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CampRecord:
    """What camp.toml says; `values` are columns of the camp, partners are (name, tier, url), phases spans in UTC.

    `texts` are by (name, language), `capacities` by day; `more` of a room is what it may leave out.
    """

    slug: str
    values: Mapping[str, Any]
    days: tuple[date, ...]
    slots: tuple[SlotRecord, ...]
    rooms: tuple[RoomRecord, ...]
    partners: tuple[tuple[str, str, str], ...]
    phases: Mapping[str, phases.Span]
    texts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    capacities: Mapping[date, int] = field(default_factory=dict)


def parse(data: bytes) -> tuple[CampRecord | None, list[Problem]]:
    """The record of a camp.toml and what is wrong with it; no record if anything is."""
    reader = _Reader()
    text = ""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        raw = tomllib.loads(text)
    except UnicodeDecodeError as error:
        return None, [Problem(NAME, data[:error.start].count(b"\n") + 1, N_("camp.toml has to be saved as UTF-8."))]
    except tomllib.TOMLDecodeError as error:
        return None, [_no_toml(text.splitlines(), str(error))]
    record = _camp(reader, raw)
    return (None if reader.problems else record), reader.problems


_MOMENTS: tuple[tuple[str, Callable[[str], object], str], ...] = (
    (r"\d{4}-\d{2}-\d{2}", date.fromisoformat, N_("There is no day %(value)s; a day is written like 2027-04-24.")),
    (r"\d{2}:\d{2}(?::\d{2})?", time.fromisoformat, N_("There is no time %(value)s; a time is written like 09:30:00.")),
)


def _no_toml(lines: list[str], error: str) -> Problem:
    """What is wrong, by the parser's words, or better: a day or time that does not exist is named."""
    found = re.search(r"\(at line (\d+), column \d+\)", error)
    number = int(found[1]) if found else 0
    here = lines[number - 1] if 0 < number <= len(lines) else ""
    for pattern, reads, text in _MOMENTS:
        for value in re.findall(pattern, here):
            try:
                reads(value)
            except ValueError:
                return Problem(NAME, number, text, {"value": value})
    return Problem(NAME, number, N_("This is no TOML: %(why)s."), {"why": error.partition(" (at")[0]})


@dataclass(slots=True)
class _Reader:
    """Collects what is wrong while tables are read; `where` is the place in words, such as “room 2”."""

    problems: list[Problem] = field(default_factory=list)

    def wrong(self, where: str, text: str, **values: object) -> None:
        self.problems.append(Problem(f"{NAME}, {where}" if where else NAME, 0, text, values))

    def table(self, where: str, raw: object, spec: Mapping[str, type], *needed: str) -> dict[str, Any]:
        if not isinstance(raw, dict):
            self.wrong(where, N_("This has to be a table of keys and values."))
            return {}
        good = {}
        for key, value in raw.items():
            if key not in spec:
                near = difflib.get_close_matches(key, spec, 1)
                text = N_("There is no key “%(key)s”; the nearest one is “%(near)s”.") if near else N_(
                    "There is no key “%(key)s” here.")
                self.wrong(where, text, key=key, near=near[0] if near else "")
            elif type(value) is not spec[key]:
                self.wrong(where, N_("“%(key)s” has to be %(kind)s."), key=key, kind=_KINDS[spec[key]])
            elif isinstance(value, str) and len(value) > _LONGEST.get(key, 20_000):
                self.wrong(where, N_("“%(key)s” is too long: at most %(most)s characters."), key=key,
                           most=_LONGEST.get(key, 20_000))
            else:
                good[key] = clean(value) if isinstance(value, str) else value
        for key in needed:
            if raw.get(key) in (None, "", []):
                self.wrong(where, N_("“%(key)s” is missing."), key=key)
        return good

    def word(self, where: str, key: str, word: object, known: Sequence[str]) -> None:
        if word not in known:
            self.wrong(where, N_("“%(key)s” cannot be “%(word)s”; it is one of: %(known)s."), key=key,
                       word=word, known=", ".join(known))

    def number(self, where: str, key: str, number: int) -> None:
        if not 1 <= number <= _MOST:
            self.wrong(where, N_("“%(key)s” cannot be %(number)s; at least 1, at most %(most)s."), key=key,
                       number=number, most=_MOST)


def _camp(reader: _Reader, raw: dict[str, Any]) -> CampRecord:
    good = reader.table("", raw, _CAMP, "title", "slug", "capacity", "day")
    zone = good.setdefault("timezone", "Europe/Berlin")
    if zone not in available_timezones():
        near = difflib.get_close_matches(zone, available_timezones(), 1)
        reader.wrong("", N_("There is no time zone “%(zone)s”. For example: %(near)s."), zone=zone,
                     near=near[0] if near else "Europe/Berlin")
        zone = "UTC"
    for language in good.get("languages", []):
        reader.word("", "languages", language, _LANGUAGES)
    reader.number("", "capacity", good.get("capacity", 1))
    days = [reader.table(f"day {number}", day, _DAY, "date") for number, day in enumerate(good.pop("day", []), 1)]
    slots = [slot for number, day in enumerate(days, 1) for slot in _slots(reader, number, day)]
    capacities = {day["date"]: day["capacity"] for day in days if {"date", "capacity"} <= day.keys()}
    for number in capacities.values():
        reader.number("", "capacity", number)
    written = _texts(reader, good)
    rooms = _rooms(reader, good.pop("room", []))
    partners = _partners(reader, good.pop("partner", []))
    spans = _phases(reader, good.pop("phase", []), zone)
    dates = [day["date"] for day in days if "date" in day]
    for day in {day for day in dates if dates.count(day) > 1}:
        reader.wrong("", N_("The day %(day)s comes twice."), day=day.isoformat())
    slug = line(good.pop("slug", ""))
    values = {key: line(value) if key in ("title", "venue", "hashtag") else value for key, value in good.items()}
    return CampRecord(slug, values, tuple(sorted(dates)), tuple(slots), tuple(rooms), tuple(partners), spans, written,
                      capacities)


def _texts(reader: _Reader, good: dict[str, Any]) -> dict[tuple[str, str], str]:
    """The short forms (`imprint = …`, in the camp's first language) and the tables [[text]]."""
    first = (good.get("languages") or _LANGUAGES)[0]
    found = {(name, first): good.pop(name) for name in papers.NAMES if name in good}
    for number, raw in enumerate(good.pop("text", []), 1):
        where = f"text {number}"
        table = reader.table(where, raw, _TEXT, "name", "language", "text")
        if not _TEXT.keys() <= table.keys():
            continue
        reader.word(where, "name", table["name"], papers.NAMES)
        reader.word(where, "language", table["language"], _LANGUAGES)
        if (table["name"], table["language"]) in found:
            reader.wrong(where, N_("The text “%(name)s” comes twice in this language."), name=table["name"])
        found[table["name"], table["language"]] = table["text"]
    return found


def _slots(reader: _Reader, day_number: int, day: dict[str, Any]) -> list[SlotRecord]:
    slots = []
    for number, raw in enumerate(day.get("slots", []), 1):
        where = f"day {day_number}, slot {number}"
        good = reader.table(where, raw, _SLOT, "start", "end", "kind")
        if not {"start", "end", "kind"} <= good.keys() or "date" not in day:
            continue
        reader.word(where, "kind", good["kind"], _SLOT_KINDS)
        if good["end"] <= good["start"]:
            reader.wrong(where, N_("It ends at %(end)s, before it begins at %(start)s."),
                         start=f"{good['start']:%H:%M}", end=f"{good['end']:%H:%M}")
        slots.append(SlotRecord(day["date"], good["start"], good["end"], good["kind"], line(good.get("title", ""))))
    slots.sort(key=lambda slot: slot.starts)
    for one, other in zip(slots, slots[1:], strict=False):
        if other.starts < one.ends and one.starts < one.ends:
            reader.wrong(f"day {day_number}", N_("The slots from %(one)s and from %(other)s overlap."),
                         one=f"{one.starts:%H:%M}", other=f"{other.starts:%H:%M}")
    return slots


def _rooms(reader: _Reader, tables: list[Any]) -> list[RoomRecord]:
    rooms: list[RoomRecord] = []
    for number, raw in enumerate(tables, 1):
        where = f"room {number}"
        good = reader.table(where, raw, _ROOM, "name", "seats")
        name = line(good.get("name", ""))
        if name and any(room.name == name for room in rooms):
            reader.wrong(where, N_("The room “%(name)s” comes twice."), name=name)
        reader.number(where, "seats", good.get("seats", 1))
        for feature in good.get("features", []):
            reader.word(where, "features", feature, FEATURES)
        more = {key: line(value) if key == "way" else value for key, value in good.items()
                if key in ("way", "open_space")}
        rooms.append(RoomRecord(name, good.get("seats", 1), tuple(good.get("features", [])), more))
    return rooms


def _partners(reader: _Reader, tables: list[Any]) -> list[tuple[str, str, str]]:
    partners = []
    for number, raw in enumerate(tables, 1):
        where = f"partner {number}"
        good = reader.table(where, raw, _PARTNER, "name", "tier")
        if "tier" in good:
            reader.word(where, "tier", good["tier"], TIERS)
        url = good.get("url", "")
        if url and not re.match(r"https?://[^\s]+$", url):
            reader.wrong(where, N_("“url” has to begin with https://."))
        partners.append((line(good.get("name", "")), good.get("tier", ""), url))
    return partners


def _phases(reader: _Reader, tables: list[Any], zone: str) -> dict[str, phases.Span]:
    spans: dict[str, phases.Span] = {}
    for number, raw in enumerate(tables, 1):
        where = f"phase {number}"
        good = reader.table(where, raw, _PHASE, "name")
        name = good.get("name", "")
        if name:
            reader.word(where, "name", name, phases.NAMES)
        if name in spans:
            reader.wrong(where, N_("The phase “%(name)s” comes twice."), name=name)
        span = phases.Span(*(_moment(good.get(key), zone) for key in ("opens", "closes")))
        if span.opens and span.closes and span.closes <= span.opens:
            reader.wrong(where, N_("It closes before it opens."))
        spans[name] = span
    return spans


def _moment(wall: datetime | None, zone: str) -> datetime | None:
    if wall is None:
        return None
    return (wall if wall.tzinfo else wall.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
