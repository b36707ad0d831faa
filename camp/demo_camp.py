"""The demo camp: the packaged one moved to today, in the phase asked for; the wings fill in their part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, url_for

from camp import camps, clock, demo_team, institution, load, loaders, opening, paper_templates, people, questions, venue
from camp.camp_file import CampRecord
from camp.db import db, writing
from camp.load import Parsed
from camp.models import Camp, Participant
from camp.paths import DEMO
from camp.phases import Span

SLUG = "demo"
PHASES = ("voting", "pitch", "day", "after")
_AHEAD = 14  # days from the voting to the camp
_STEP = 5  # minutes: a moved slot begins at a time that is easy to read
_DAY = 24 * 60  # minutes
# Zones without summer time: in one of them it is always about two in the afternoon.
_ZONES = tuple(f"Etc/GMT{hours:+d}" for hours in range(-14, 13))
_WHO = {"name": "Beispielhochschule Ruhr", "street": "Musterstraße 1", "town": "45479 Mülheim an der Ruhr",
        "represented": "Prof. Dr. Paula Beispiel, Präsidentin", "email": "camp@example.org", "phone": "0208 0000-0",
        "officer": "datenschutz@example.org", "vat": "", "land": "Nordrhein-Westfalen", "enforcement": ""}
# What the templates of texts leave open, closed for the demo.
_ANSWERS = {
    "Vorschrift des Landeshochschulgesetzes und des Landesdatenschutzgesetzes": "§ 3 Hochschulgesetz NRW, § 3 DSG NRW",
    "provisions of the state's university act and data protection act": "§ 3 Hochschulgesetz NRW, § 3 DSG NRW",
    "vollständig oder teilweise": "teilweise", "fully or partly": "partly",
    "weitere bekannte Barrieren, sonst diese Zeile streichen": "", "further known barriers, else delete this line": "",
    "Datum der Prüfung von Hand": "2. November 2026", "date of the check by hand": "2 November 2026",
}


@dataclass(slots=True)
class Cast:
    """Who shows which role: role → (participant, path to begin with); and other lines for the terminal."""

    roles: dict[str, tuple[Participant, str]] = field(default_factory=dict)
    lines: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Part:
    """A wing's part: `fill` what the phase needs, once, in own transactions; `show` adds roles and lines, each time."""

    fill: Callable[[Camp, str, Cast], None]
    show: Callable[[Camp, Cast], None]


def register(app: Flask, order: int, part: Part) -> None:
    """Let a wing fill its part of the demo camp; low order first."""
    app.extensions.setdefault("camp_demo", []).append((order, part))


def make(app: Flask, phase: str) -> Camp:
    """Make the demo camp in an empty database, in one of PHASES. The wings' parts follow, each whole in itself."""
    parsed = moved(load.parse(DEMO, loaders.of(app)), phase, clock.now())
    db.session.rollback()
    with writing():
        camp = load.store(parsed).camp
        for name, span in _phases(camp).items():
            camps.set_phase(camp, name, span.opens, span.closes)
        institution.describe(camp, _WHO)
        paper_templates.fill(camp, _ANSWERS)
        opening.open_camp(camp)
        _registration(camp)
        demo_team.fill(camp, _crowd(camp))
    with writing():
        cast = _cast(camp)
    for part in _parts(app):
        db.session.rollback()
        part.fill(camp, phase, cast)
    return camp


def cast(app: Flask, camp: Camp) -> Cast:
    """Who shows which role; inside a writing transaction, because the roles are given where they are missing."""
    found = _cast(camp)
    for part in _parts(app):
        part.show(camp, found)
    return found


def moved(parsed: Parsed, phase: str, now: datetime) -> Parsed:
    """The camp with its slots moved so that `now` lies in the phase, and everybody registered before now.

    `pitch` puts now into the morning's plenary, `day` into the third session slot. When the day does not fit around
    the present hour, the camp takes place in another time zone rather than in slots of a minute.
    """
    record = parsed.camp
    zone = str(record.values["timezone"])
    days = {"voting": _AHEAD, "after": -1}.get(phase, 0)
    shift = timedelta()
    if phase in ("pitch", "day"):
        zone, shift = _around(record, _anchor(record, phase), now, zone)
    local = clock.local(now, zone)
    date = (local + timedelta(days=days)).date()
    slots = tuple(replace(slot, date=date, starts=_later(slot.starts, shift), ends=_later(slot.ends, shift))
                  for slot in record.slots)
    first = clock.at(date, min(slot.starts for slot in slots), zone)
    back = min(now, first) - timedelta(hours=2) - max(person.values["registered_at"] for person in parsed.people)
    crowd = tuple(replace(person, values={**person.values, "registered_at": person.values["registered_at"] + back})
                  for person in parsed.people)
    values: dict[str, Any] = {**record.values, "timezone": zone}
    return replace(parsed, camp=replace(record, values=values, days=(date,), slots=slots), people=crowd)


def _anchor(record: CampRecord, phase: str) -> time:
    if phase == "pitch":
        return venue.first_plenary(record.slots).starts
    return [slot.starts for slot in record.slots if slot.kind == "session"][2]


def _around(record: CampRecord, anchor: time, now: datetime, home: str) -> tuple[str, timedelta]:
    """The zone, and how much later the slots are, so that now lies 10 to 15 minutes after `anchor`."""
    earliest = min(_minutes(slot.starts) for slot in record.slots)
    latest = max(_minutes(slot.ends) for slot in record.slots)
    for zone in (home, *sorted(_ZONES, key=lambda name: abs(_wall(now, name) - _minutes(anchor)))):
        shift = (_wall(now, zone) - 10 - _minutes(anchor)) // _STEP * _STEP
        if earliest + shift >= 0 and latest + shift < _DAY:
            return zone, timedelta(minutes=shift)
    raise AssertionError("one of the zones has the right hour")


def _wall(now: datetime, zone: str) -> int:
    return _minutes(now.astimezone(ZoneInfo(zone)).time())


def _minutes(wall: time) -> int:
    return wall.hour * 60 + wall.minute


def _later(wall: time, shift: timedelta) -> time:
    return (datetime(2000, 1, 1, wall.hour, wall.minute) + shift).time()


def _phases(camp: Camp) -> dict[str, Span]:
    slots = venue.slots(camp)

    def moment(wall: time) -> datetime:
        return clock.at(slots[0].date, wall, camp.timezone)

    begin, end = moment(slots[0].starts), moment(slots[-1].ends)
    round_of_pitches = venue.first_plenary(slots)
    pitch = Span(moment(round_of_pitches.starts), moment(round_of_pitches.ends))
    opened = people.participants(camp)[0].registered_at - timedelta(days=1)
    return {"registration": Span(opened, begin), "call": Span(opened, pitch.opens),
            "voting": Span(begin - timedelta(days=30), pitch.closes), "pitch": pitch, "camp": Span(begin, end),
            "follow-up": Span(end, end + timedelta(days=28))}


def _registration(camp: Camp) -> None:
    """A question of the organisers with answers, and some people who want to be seen."""
    texts = {"de": {"label": "Bist du am Abend dabei?", "purpose": "Damit wir den Tisch groß genug bestellen."},
             "en": {"label": "Will you be there in the evening?", "purpose": "So that the table is large enough."}}
    asked = questions.put(camp, None, kind="yes-no", required=False, keep_days=7, texts=texts)
    for number, who in enumerate(people.participants(camp)):
        who.listed = number % 6 == 0
        if number % 3:
            questions.answer(camp, who, {str(asked.id): ["yes" if number % 3 == 1 else "no"]})


def _parts(app: Flask) -> list[Part]:
    parts: list[tuple[int, Part]] = app.extensions.get("camp_demo", [])
    return [part for _, part in sorted(parts, key=lambda row: row[0])]


def _cast(camp: Camp) -> Cast:
    crowd = _crowd(camp)
    administrator, organiser, moderator, participant = _others(crowd)
    administrator.person.administrator = True
    people.give_role(camp, organiser.person, "organiser")
    people.give_role(camp, moderator.person, "moderator")
    helper, caterer = demo_team.roles(camp, crowd)
    return Cast({"organiser": (organiser, path("organise.desk", camp)),
                 "moderator": (moderator, path("planning.show", camp)),
                 "participant": (participant, path("public.home", camp)), "administrator": (administrator, "/"),
                 "helper": (helper, path("roster.show", camp)),
                 "catering": (caterer, path("exports.catering_sheet", camp))})


def _crowd(camp: Camp) -> Sequence[Participant]:
    return [who for who in people.participants(camp) if who.state == "admitted"]


def path(endpoint: str, camp: Camp) -> str:
    """The path of one of the camp's pages."""
    return url_for(endpoint, camp=camp.slug, _external=False)


def _others(crowd: Sequence[Participant]) -> Sequence[Participant]:
    """Four people who are not first in any list, so that a page with their rights looks as it does for most."""
    return [crowd[len(crowd) * part // 5] for part in (1, 2, 3, 4)]
