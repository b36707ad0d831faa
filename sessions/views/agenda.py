"""The agenda for everybody: by time or as a wall, my picks, my calendar's address; panels for home and my page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, get_locale
from flask_wtf.csrf import generate_csrf

from camp import access, camps, clock, pages, people, venue, ways
from camp.access import Viewer, allow
from camp.crowd import Crowd
from camp.db import db
from camp.errors import N_, BadInput
from camp.models import Camp, Slot
from camp.security import bare
from sessions import agenda, live, picks, timetable
from sessions.models import Entry

bp = Blueprint("agenda", __name__)
_CROWD = Crowd(seconds=4, most=64)
# The token of a form belongs to one browser: who reads a part that another one has made gets a token of their own.
_TOKEN, _NO_TOKEN = 'name="csrf_token" value="{}"', re.compile(r'name="csrf_token" value="[^"]*"')


@dataclass(frozen=True, slots=True)
class Column:
    """A room on the wall; without seats if the venue no longer has it."""

    id: int
    letter: str
    name: str
    seats: int | None


@bp.get("/<camp>/agenda")
@allow("public")
def show() -> ResponseReturnValue:
    """What is public now, by time or as a wall; with `mine=1` only what the viewer picked."""
    page, values = _shown(access.the_camp())
    return render_template(page, **values)


@bp.get("/<camp>/agenda/part")
@allow("public")
@bare
def part() -> ResponseReturnValue:
    """The part of the page that open pages load when the camp has changed: all of them within two seconds.

    What it depends on is its name in the crowd; whatever raises no change number may be as old as the crowd keeps it.
    """
    seen = live.glance(g.slug)
    if seen is None:  # for everybody; whoever prepares the camp sees it
        return _with_token(_part())
    reader = picks.reader(seen.camp_id, access.sign_in_token())
    minute = clock.now().replace(second=0, microsecond=0) if seen.goes_on else None
    answer = Response(_with_token(_CROWD.give((seen, reader, minute, str(get_locale()), request.query_string), _part)))
    answer.headers["Cache-Control"] = "no-store" if reader.signed_in else "no-cache"
    return answer


@bp.post("/<camp>/agenda/<int:session_id>/pick")
@allow("participant")
def pick(session_id: int) -> ResponseReturnValue:
    """Put a session into one's own agenda or take it out; with htmx only the star comes back."""
    camp, me, wanted = access.the_camp(), access.me(), request.form.get("wanted")
    if wanted not in ("yes", "no"):
        raise BadInput(N_("This star says neither yes nor no."), N_("Use the button on the page."))
    entry = (picks.pick if wanted == "yes" else picks.unpick)(camp, me, session_id)
    db.session.commit()
    if request.headers.get("HX-Request") == "true":
        return render_template("sessions/star.html", entry=entry, picked=wanted == "yes")
    return redirect(f"{ways.own_referrer() or url_for('agenda.show')}#session-{session_id}", 303)


@bp.post("/<camp>/me/feed")
@allow("participant")
def renew_feed() -> ResponseReturnValue:
    """A new address of the viewer's own calendar; it is shown once, here, and the old one stops working."""
    secret = people.renew_feed(access.me())
    db.session.commit()
    address = pages.external("feeds.mine", secret=secret)
    return render_template("sessions/feed.html", address=address, webcal="webcal:" + address.partition(":")[2])


def home_panel(camp: Camp, viewer: Viewer) -> str:
    """On the camp's first page: what runs now, that the agenda is out, or that there is none yet."""
    version, slots = agenda.current(camp), venue.slots(camp)
    if version is None or live.is_live(camp):
        return render_template("sessions/home_panel.html", agenda=None, strip=None, begins=_begins(slots),
                               live=live.is_live(camp))
    entries = agenda.shown(camp)
    return render_template("sessions/home_panel.html", agenda=version, entries=entries,
                           strip=strip(camp, slots, entries, _picks(viewer)),
                           local=clock.local(clock.now(), camp.timezone))


def my_panel(camp: Camp, viewer: Viewer) -> str:
    """On my page: my own agenda and the address of my calendar."""
    if not viewer.is_participant or viewer.participant is None:
        return ""
    mine = picks.entries_now(camp, viewer.participant)
    return render_template("sessions/my_agenda.html", mine=mine, clashes=picks.clashes(mine),
                           agenda=agenda.current(camp), has_feed=viewer.participant.feed_hash is not None)


def strip(camp: Camp, slots: Sequence[Slot], entries: Sequence[Entry],
          picked: frozenset[int]) -> tuple[timetable.Now[Entry], list[Entry], list[Entry]] | None:
    """On the camp's day: what runs and how long, what of it I picked, and what I picked next. Else nothing."""
    if not camps.open_now(camp, "camp"):
        return None
    local = clock.local(clock.now(), camp.timezone)
    now = timetable.now(timetable.rows(slots, entries), local)
    if now is None:
        return None
    mine = [entry for entry in timetable.at(entries, local) if entry.session_id in picked]
    after = [entry for entry in (now.after.pieces if now.after else ()) if entry.session_id in picked]
    return now, mine, after


def _part() -> str:
    access.look()
    page, values = _shown(access.the_camp())
    return _NO_TOKEN.sub(_TOKEN.format(""), render_template(page.replace(".html", "_part.html"), **values))


def _with_token(text: str) -> str:
    return text.replace(_TOKEN.format(""), _TOKEN.format(generate_csrf())) if _TOKEN.format("") in text else text


def _shown(camp: Camp) -> tuple[str, dict[str, Any]]:
    """Which of the three pages it is, and what it shows."""
    args = request.args
    version, slots, mark = agenda.current(camp), venue.slots(camp), live.mark(camp)
    if version is None and not live.is_live(camp):
        return "sessions/agenda_empty.html", {"begins": _begins(slots), "mark": mark}
    entries, picked = agenda.shown(camp), _picks(access.viewer())
    mine = [entry for entry in entries if entry.session_id in picked]
    only_mine = args.get("mine") == "1" and access.viewer().is_participant
    local = clock.local(clock.now(), camp.timezone)
    fallen: dict[tuple[date, time], list[Entry]] = {}
    for entry in agenda.fallen(camp):
        if not only_mine or entry.session_id in picked:
            fallen.setdefault((entry.date, entry.starts), []).append(entry)
    during = local if camps.open_now(camp, "camp") else None
    timeline = timetable.rows(slots, mine if only_mine else entries, during)
    common = {"agenda": version, "picks": picked, "mine": mine, "only_mine": only_mine, "clashes": picks.clashes(mine),
              "timeline": timeline, "guids": agenda.guids(camp), "strip": strip(camp, slots, entries, picked),
              "local": local, "fallen": fallen, "mark": mark}
    if args.get("view") != "grid":
        return "sessions/agenda.html", common
    columns = _columns(camp, entries)
    wall = timetable.wall(timeline, [column.id for column in columns])
    letters = {column.id: column.letter for column in columns}
    return "sessions/agenda_grid.html", common | {"columns": columns, "wall": wall, "letters": letters}


def _picks(viewer: Viewer) -> frozenset[int]:
    return picks.of(viewer.participant) if viewer.is_participant and viewer.participant else frozenset()


def _begins(slots: Sequence[Slot]) -> tuple[str, time] | None:
    """On which weekday and when the agenda is made: in the first plenary, else in the first slot of all."""
    first = venue.first_plenary(slots) if slots else None
    return (format_date(first.date, "EEEE"), first.starts) if first else None


def _columns(camp: Camp, entries: Sequence[Entry]) -> list[Column]:
    columns = {room.id: Column(room.id, room.letter, room.name, room.seats) for room in venue.rooms(camp)}
    for entry in entries:
        columns.setdefault(entry.room_id, Column(entry.room_id, entry.room_letter, entry.room_name, None))
    return list(columns.values())
