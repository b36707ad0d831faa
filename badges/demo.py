"""The wing's part of the demo camp: badges, a door through which most people came, and a code for another phone."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from badges import door, pairing, printing
from badges.models import Badge
from camp import clock, pages, tokens, venue
from camp.db import db, writing
from camp.demo_camp import Cast, Part
from camp.errors import NotOpen
from camp.models import Camp

_DOOR = "Haupteingang"
_ABSENT = 6  # every sixth does not come
_RUSH = timedelta(minutes=40)  # from the first arrival to the last


def part(badge_key: str) -> Part:
    """What `camp demo` lets this wing fill in; the key makes the codes of the badges."""
    return Part(lambda camp, phase, cast: fill(camp, phase, badge_key), show)


def fill(camp: Camp, phase: str, badge_key: str) -> None:
    """On the camp day and after it: badges for all, a paired phone, and the arrivals of the morning."""
    if phase == "voting":
        return
    first = venue.slots(camp)[0]
    opens = clock.at(first.date, first.starts, camp.timezone)
    now = clock.now()
    with writing(), clock.shifted(opens - now):
        printing.ensure_badges(camp, badge_key)
        badges = db.session.scalars(select(Badge).where(Badge.camp_id == camp.id).order_by(Badge.id)).all()
        coming = [badge for number, badge in enumerate(badges) if number % _ABSENT]
        _arrive(camp, coming, badge_key, min(_RUSH, now - opens))


def _arrive(camp: Camp, coming: list[Badge], badge_key: str, within: timedelta) -> None:
    _, device = pairing.pair(camp, pairing.offer(camp, _DOOR))
    for number, badge in enumerate(coming):
        with clock.shifted(within * number / len(coming)):
            code = tokens.badge_code(badge_key, badge.uid, badge.issue)
            door.check_in(camp, device, f"demo-{number:06}", code, host="")


def show(camp: Camp, cast: Cast) -> None:
    """Add the door helper's line: where to go and which code to type there; none when the camp is over."""
    try:
        code = pairing.offer(camp, _DOOR)
    except NotOpen:
        return
    cast.lines.append(("door helper", f"{pages.external('doors.show', camp=camp.slug)}  code {code[:4]}-{code[4:]}"))
