"""While the pitch round is open the camp is live: what is placed is public at once, and raises the change number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select

from camp import camps, clock
from camp.db import db, once_read
from camp.models import Camp, Day, Phase
from camp.phases import Span, is_open
from sessions.pitch_models import Round, Turn

# How often open pages ask, in seconds: during the round, and otherwise on a day of the camp.
FAST, SLOW = 2, 5


@dataclass(frozen=True, slots=True)
class Mark:
    """What polls compare: it differs when pages show something else; `every` says when to ask again (0: not)."""

    text: str
    every: int


@dataclass(frozen=True, slots=True)
class Glance:
    """What one query tells of an opened camp: which it is, its mark, and whether the camp itself goes on."""

    camp_id: int
    made_at: datetime
    mark: Mark
    goes_on: bool


# Made once: every open page asks it every few seconds.
_AT = (select(Camp.id, Camp.made_at, Camp.change_number, Camp.timezone, Phase.name, Phase.opens_at, Phase.closes_at,
              Round.began_at, Round.closed_at, Round.order_number, Day.date)
       .outerjoin(Phase, (Phase.camp_id == Camp.id) & Phase.name.in_(("pitch", "camp")))
       .outerjoin(Round, Round.camp_id == Camp.id)
       .outerjoin(Day, (Day.camp_id == Camp.id) & Day.date.between(bindparam("yesterday"), bindparam("tomorrow")))
       .where(Camp.slug == bindparam("slug"), Camp.opened_at.is_not(None)))
_TURNS = (select(func.coalesce(func.max(Turn.id), 0), func.count(), func.coalesce(func.sum(Turn.edit_number), 0))
          .where(Turn.camp_id == bindparam("camp_id")))


def is_live(camp: Camp) -> bool:
    """Whether the round goes on: its phase is open, or over by the clock while nobody has closed a round that began."""
    span = camps.spans(camp).get("pitch")
    if span is None:
        return False
    going = round_of(camp)
    return _live_by(span, going.began_at if going else None, going.closed_at if going else None, camp.timezone)


def round_of(camp: Camp) -> Round | None:
    """The camp's round as it is kept; nothing before the first change of it."""
    return once_read(("round", camp.id), lambda: db.session.get(Round, camp.id))


def placed(camp: Camp) -> None:
    """Tell open pages that a placement has changed, if the camp is live; stands in whatever changes one."""
    if is_live(camp):
        camps.changed(camp)


def mark(camp: Camp) -> Mark:
    """What a page carries so that its script can ask whether it is still right."""
    return _mark(camp.change_number, is_live(camp), any(day.date == camps.today(camp) for day in camp.days))


def line_mark(camp: Camp) -> Mark:
    """The same for a page that shows the line in front of the stage, which raises no change number."""
    going = round_of(camp)
    return _with_line(mark(camp), camp.id, going.order_number if going else 0)


def glance(slug: str, *, line: bool = False) -> Glance | None:
    """The camp of an address with its `mark` or `line_mark`; nothing if it is not open to the public."""
    today = clock.now().date()  # the zones of the world are a day apart
    rows = db.session.execute(_AT, {"slug": slug, "yesterday": today - timedelta(days=1),
                                    "tomorrow": today + timedelta(days=1)}).all() if "\0" not in slug else ()
    if not rows:
        return None
    first, spans = rows[0], {row.name: Span(row.opens_at, row.closes_at) for row in rows if row.name is not None}
    live = "pitch" in spans and _live_by(spans["pitch"], first.began_at, first.closed_at, first.timezone)
    here = clock.local(clock.now(), first.timezone).date()
    found = _mark(first.change_number, live, any(row.date == here for row in rows))
    return Glance(first.id, first.made_at, _with_line(found, first.id, first.order_number or 0) if line else found,
                  "camp" in spans and is_open("camp", spans, clock.now()))


def _mark(number: int, live: bool, today: bool) -> Mark:
    return Mark(f"{number}-live" if live else str(number), FAST if live else SLOW if today else 0)


def _with_line(found: Mark, camp_id: int, order: int) -> Mark:
    """Who came last, how often turns have changed, the order, and the minute: when it will be over moves with it."""
    newest, number, edits = db.session.execute(_TURNS, {"camp_id": camp_id}).one()
    return Mark(f"{found.text}-{newest}.{number}.{edits}.{order}-{clock.now():%H%M}", found.every)


def _live_by(span: Span, began: datetime | None, closed: datetime | None, timezone: str) -> bool:
    return is_open("pitch", {"pitch": span}, clock.now()) or _overruns(span, began, closed, timezone)


def _overruns(span: Span, began: datetime | None, closed: datetime | None, timezone: str) -> bool:
    """Rooms talk longer than planned: the grid must not vanish from the wall because it is ten o'clock."""
    now = clock.now()
    if began is None or span.closes is None or now < span.closes:
        return False
    if span.opens is not None and began < span.opens:
        return False
    if closed is not None and closed >= began:
        return False
    return clock.local(span.closes, timezone).date() == clock.local(now, timezone).date()
