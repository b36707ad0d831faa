"""While the pitch round is open the camp is live: what is placed is public at once, and raises the change number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

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


def is_live(camp: Camp) -> bool:
    """Whether the round goes on: its phase is open, or over by the clock while nobody has closed a round that began."""
    span = camps.spans(camp).get("pitch")
    if span is None:
        return False
    return _live_by(span, round_of(camp), camp.timezone)


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
    return _with_line(mark(camp), camp.id, round_of(camp))


def mark_at(slug: str, *, line: bool = False) -> Mark | None:
    """`mark` or `line_mark` for an address, in one query or two; nothing for a camp that is not open to the public."""
    today = clock.now().date()  # the zones of the world are a day apart
    rows = db.session.execute(
        select(Camp.id.label("camp_id"), Camp.change_number, Camp.timezone, Phase.id, Phase.opens_at, Phase.closes_at,
               Round, Day.date)
        .outerjoin(Phase, (Phase.camp_id == Camp.id) & (Phase.name == "pitch"))
        .outerjoin(Round, Round.camp_id == Camp.id)
        .outerjoin(Day, (Day.camp_id == Camp.id)
                   & Day.date.between(today - timedelta(days=1), today + timedelta(days=1)))
        .where(Camp.slug == slug, Camp.opened_at.is_not(None))).all() if "\0" not in slug else ()
    if not rows:
        return None
    first = rows[0]
    live = first.id is not None and _live_by(Span(first.opens_at, first.closes_at), first.Round, first.timezone)
    here = clock.local(clock.now(), first.timezone).date()
    found = _mark(first.change_number, live, any(row.date == here for row in rows))
    return _with_line(found, first.camp_id, first.Round) if line else found


def _mark(number: int, live: bool, today: bool) -> Mark:
    return Mark(f"{number}-live" if live else str(number), FAST if live else SLOW if today else 0)


def _with_line(found: Mark, camp_id: int, going: Round | None) -> Mark:
    """Who came last, how often turns have changed, the order, and the minute: when it will be over moves with it."""
    newest, number, edits = db.session.execute(select(
        func.coalesce(func.max(Turn.id), 0), func.count(), func.coalesce(func.sum(Turn.edit_number), 0))
        .where(Turn.camp_id == camp_id)).one()
    order = going.order_number if going is not None else 0
    return Mark(f"{found.text}-{newest}.{number}.{edits}.{order}-{clock.now():%H%M}", found.every)


def _live_by(span: Span, going: Round | None, timezone: str) -> bool:
    return is_open("pitch", {"pitch": span}, clock.now()) or _overruns(span, going, timezone)


def _overruns(span: Span, going: Round | None, timezone: str) -> bool:
    """Rooms talk longer than planned: the grid must not vanish from the wall because it is ten o'clock."""
    now = clock.now()
    if going is None or going.began_at is None or span.closes is None or now < span.closes:
        return False
    if span.opens is not None and going.began_at < span.opens:
        return False
    if going.closed_at is not None and going.closed_at >= going.began_at:
        return False
    return clock.local(span.closes, timezone).date() == clock.local(now, timezone).date()
