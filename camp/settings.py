"""The settings of a camp: its names, where and when it is, days with places, phases opened and closed by hand."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import available_timezones

from sqlalchemy import func, select

from camp import camps, clock, colours, log
from camp.db import db
from camp.errors import N_, BadInput, Conflict, NotFound
from camp.models import Camp, Day, Slot
from camp.phases import NAMES, Span, is_open, open_without_any
from camp.text import line

LANGUAGES = ("de", "en")
MODES = ("closed", "open", "times")
_HASHTAG = re.compile(r"#?\w{1,39}")


def change(camp: Camp, *, title: str, slug: str, timezone: str, venue: str, languages: Sequence[str], hashtag: str,
           capacity: int, person_id: int | None = None) -> None:
    """Change what the camp is; phases keep their wall time when the zone changes. Raises BadInput or Conflict."""
    camps.lock(camp)
    _zone(timezone)
    if not any(unicodedata.category(letter)[0] in "LN" for letter in title):
        raise BadInput(N_("A title has letters or digits."), field="title")
    if not languages or not set(languages) <= set(LANGUAGES):
        raise BadInput(N_("Choose a language."), field="languages")
    if hashtag and not _HASHTAG.fullmatch(hashtag):
        raise BadInput(N_("A hashtag is one word of letters and digits."), N_("For example: #ecm27"), field="hashtag")
    _rename(camp, slug)
    if timezone != camp.timezone:
        _keep_wall_times(camp, timezone)
    camp.title, camp.timezone, camp.venue, camp.languages = line(title), timezone, line(venue), list(languages)
    camp.hashtag, camp.capacity = f"#{hashtag.lstrip('#')}" if hashtag else "", capacity
    _note(camp, "changed settings", person_id)


def paint(camp: Camp, accent: str, *, person_id: int | None = None) -> None:
    """Give the camp a colour of its own, or with "" none. Raises BadInput for one in which words cannot be read."""
    camps.lock(camp)
    _check_accent(accent)
    if accent != camp.accent:
        camp.accent = accent
        _note(camp, "changed settings", person_id)


def add_day(camp: Camp, day: date, capacity: int | None, *, person_id: int | None = None) -> None:
    """One more day. Raises BadInput for one that is over, Conflict for one that is there."""
    camps.lock(camp)
    if day < camps.today(camp):
        raise BadInput(N_("This day is over."), field="date")
    if any(one.date == day for one in camp.days):
        raise Conflict(N_("The camp has this day already."), field="date")
    camp.days.append(Day(date=day, capacity=capacity))
    _note(camp, "changed days", person_id)


def change_day(camp: Camp, day_id: int, capacity: int | None, *, person_id: int | None = None) -> None:
    """Give a day its own number of places, or the camp's. Raises NotFound."""
    camps.lock(camp)
    _day(camp, day_id).capacity = capacity
    _note(camp, "changed days", person_id)


def remove_day(camp: Camp, day_id: int, *, person_id: int | None = None) -> None:
    """Take a day away. Raises Conflict for the last one, and for one that has slots: they go first."""
    camps.lock(camp)
    day = _day(camp, day_id)
    if len(camp.days) == 1:
        raise Conflict(N_("A camp has at least one day."), N_("Add the other day first."))
    if db.session.scalar(select(func.count()).select_from(Slot).where(Slot.camp_id == camp.id, Slot.date == day.date)):
        raise Conflict(N_("This day has slots."), N_("Take them away first; the page of slots says what lies in them."))
    camp.days.remove(day)
    _note(camp, "changed days", person_id)


def plan_phase(camp: Camp, name: str, mode: str, span: Span, *, person_id: int | None = None) -> None:
    """Set how a phase opens: not at all, at once and until further notice, or by time. Raises BadInput."""
    camps.lock(camp)
    _know(name)
    if mode not in MODES:
        raise BadInput(N_("Choose how the phase opens."), field="mode")
    if mode == "times" and span == Span():
        raise BadInput(N_("Say when it opens or closes."), field="opens")
    if span.opens and span.closes and span.closes <= span.opens:
        raise BadInput(N_("It closes before it opens."), field="closes")
    _settle(camp)
    _set(camp, name, None if mode == "closed" else Span() if mode == "open" else span)
    _note(camp, "changed phase", person_id, name=name)


def open_phase(camp: Camp, name: str, *, person_id: int | None = None) -> None:
    """Open a phase at once; a closing time that lies ahead stays."""
    camps.lock(camp)
    _know(name)
    _settle(camp)
    now, span = clock.now(), camps.spans(camp).get(name, Span())
    if not is_open(name, camps.spans(camp), now):
        _set(camp, name, Span(now, span.closes if span.closes and span.closes > now else None))
        _note(camp, "opened phase", person_id, name=name)


def close_phase(camp: Camp, name: str, *, person_id: int | None = None) -> None:
    """Close a phase at once."""
    camps.lock(camp)
    _know(name)
    _settle(camp)
    now, span = clock.now(), camps.spans(camp).get(name)
    if span is not None and is_open(name, camps.spans(camp), now):
        _set(camp, name, Span(span.opens, now))
        _note(camp, "closed phase", person_id, name=name)


def _zone(name: str) -> None:
    if name not in available_timezones():
        near = difflib.get_close_matches(name, available_timezones(), 1)
        raise BadInput(N_("There is no time zone “%(zone)s”. For example: %(near)s."), field="timezone", zone=name,
                       near=near[0] if near else "Europe/Berlin")


def _check_accent(colour: str) -> None:
    if not colour:
        return
    if not colours.is_colour(colour):
        raise BadInput(N_("A colour is written like #0a5a66."), field="accent")
    ratio = colours.on_paper(colour)
    if ratio < colours.NEEDED:
        raise BadInput(N_("Words in this colour would have a contrast of %(ratio)s to 1; people need 4.5 to 1."),
                       N_("The nearest shade that does: %(shade)s"), field="accent",
                       ratio=f"{int(ratio * 10) / 10}", shade=colours.good_shade(colour))


def _rename(camp: Camp, slug: str) -> None:
    if slug == camp.slug:
        return
    if camp.opened_at is not None:
        raise BadInput(N_("The camp is open: its address stays, people have it."), field="slug")
    slug = camps.check_slug(slug)
    if camps.by_slug(slug) not in (None, camp):
        raise Conflict(N_("The short name “%(slug)s” is taken."), N_("Choose another one."), field="slug", slug=slug)
    camp.slug = slug


def _keep_wall_times(camp: Camp, timezone: str) -> None:
    def moved(moment: datetime | None) -> datetime | None:
        if moment is None:
            return None
        wall = clock.local(moment, camp.timezone)
        return clock.at(wall.date(), wall.time(), timezone)

    for phase in camp.phases:
        phase.opens_at, phase.closes_at = moved(phase.opens_at), moved(phase.closes_at)


def _day(camp: Camp, day_id: int) -> Day:
    for day in camp.days:
        if day.id == day_id:
            return day
    raise NotFound(N_("There is no such day at this camp."), N_("Load the page again."))


def _know(name: str) -> None:
    if name not in NAMES:
        raise NotFound(N_("There is no such phase."), N_("Load the page again."))


def _settle(camp: Camp) -> None:
    """A camp that sets no phase has three of them open; before the first is set, they are written down."""
    if not camp.phases:
        for name in open_without_any():
            camps.set_phase(camp, name, None, None)


def _set(camp: Camp, name: str, span: Span | None) -> None:
    if span is not None:
        camps.set_phase(camp, name, span.opens, span.closes)
    else:
        camp.phases[:] = [phase for phase in camp.phases if phase.name != name]


def _note(camp: Camp, verb: str, person_id: int | None, **detail: object) -> None:
    camps.changed(camp)
    log.note(verb, camp_id=camp.id, person_id=person_id, **detail)
