"""The stage: who pitches now and who is next, the clock, and when all will have pitched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, select

from camp import camps, clock, venue
from camp.db import db
from camp.errors import N_, BadInput, NotFound
from camp.models import Camp
from sessions import pitch_clock, pitches, rounds
from sessions.pitch_clock import Outlook
from sessions.pitch_models import Turn

_RELOAD = N_("Load the page again.")
# Made once: desk, beamer and every save ask it.
_ON_STAGE = select(Turn).where(Turn.camp_id == bindparam("camp"), Turn.state == "stage").limit(1)


def call_next(camp: Camp, waiting: Sequence[Turn] | None = None) -> Turn | None:
    """Let the next one begin and start the clock; nobody, if nobody waits or somebody is on the stage.

    `waiting`: the line, where it has just been read.
    """
    found = rounds.begun(camp)
    if on_stage(camp) is not None:
        return None
    turn = next(iter(pitches.line(camp) if waiting is None else waiting), None)
    found.left, found.runs_since = found.seconds, None
    if turn is not None:
        turn.state, turn.began_at, turn.later = "stage", clock.now(), False
        turn.edit_number += 1
        found.runs_since = turn.began_at
    return turn


def put_back(camp: Camp, turn_id: int, edit_number: int) -> None:
    """Skip who is on the stage: back to the end of the line, and the next one begins. Raises Conflict."""
    rounds.kept(camp)
    turn = pitches.of(camp, turn_id)
    pitches.check(turn, edit_number)
    if turn.state == "stage":
        turn.state, turn.began_at = "waiting", None
        turn.edit_number += 1
        rows = [row for row in pitches.line(camp) if row is not turn]
        pitches.number([*(row for row in rows if not row.later), turn, *(row for row in rows if row.later)])
        call_next(camp)


def bring_back(camp: Camp) -> Turn:
    """Bring back the last one that was saved, to correct it; who is on the stage waits in front. Raises NotFound."""
    found, last = rounds.kept(camp), last_done(camp)
    if last is None:
        raise NotFound(N_("Nothing has been saved yet."), _RELOAD)
    rows, now = pitches.line(camp), on_stage(camp)
    if now is not None:
        now.state, now.began_at = "waiting", None
        now.edit_number += 1
        pitches.number([now, *rows])
    last.state, last.nonce = "stage", None
    last.edit_number += 1
    found.left, found.runs_since = found.seconds, None
    return last


def turn_clock(camp: Camp, act: str) -> None:
    """Start, pause or reset the clock on the stage. Raises BadInput."""
    found, now = rounds.begun(camp), clock.now()
    if act == "start":
        found.runs_since = found.runs_since or now
    elif act == "pause":
        found.left, found.runs_since = pitch_clock.seconds_left(found.left, found.runs_since, now), None
    elif act == "reset":
        found.left, found.runs_since = found.seconds, now if found.runs_since else None
    else:
        raise BadInput(N_("There is no such button."), _RELOAD)


def on_stage(camp: Camp) -> Turn | None:
    """Who pitches now."""
    return db.session.scalar(_ON_STAGE, {"camp": camp.id})


def last_done(camp: Camp) -> Turn | None:
    """Who was saved last."""
    return db.session.scalar(select(Turn).where(Turn.camp_id == camp.id, Turn.state == "done")
                             .order_by(Turn.ended_at.desc(), Turn.id.desc()).limit(1))


def number_done(camp: Camp) -> int:
    """How many have pitched."""
    return db.session.scalar(select(func.count()).select_from(Turn).where(
        Turn.camp_id == camp.id, Turn.state == "done")) or 0


def outlook(camp: Camp, waiting: Sequence[Turn]) -> Outlook:
    """When all who wait for this round will have pitched, whoever is on the stage included."""
    rows = db.session.execute(select(Turn.began_at, Turn.ended_at).where(
        Turn.camp_id == camp.id, Turn.state == "done", Turn.began_at.is_not(None)).order_by(Turn.ended_at)).tuples()
    durations = [(ended - began).total_seconds() for began, ended in rows if began and ended]
    left = sum(not row.later for row in waiting) + (on_stage(camp) is not None)
    return pitch_clock.outlook(clock.now(), left, durations, rounds.of(camp).seconds, planned_end(camp))


def planned_end(camp: Camp) -> datetime | None:
    """When the round should be over: by its phase, else by the first plenary of the day."""
    span, today = camps.spans(camp).get("pitch"), camps.today(camp)
    if span is not None and span.closes is not None:
        return span.closes
    plenary = next((slot for slot in venue.slots(camp) if slot.kind == "plenary" and slot.date == today), None)
    return clock.at(plenary.date, plenary.ends, camp.timezone) if plenary else None
