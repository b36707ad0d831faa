"""The pitch round as a whole: its settings, when it began, and how it is closed so that the grid becomes an agenda."""

from __future__ import annotations

from camp import camps, clock, log
from camp.db import db
from camp.errors import N_, BadInput, NotOpen
from camp.models import Camp
from sessions import agenda, audience, live
from sessions.models import Agenda
from sessions.pitch_models import Round

LEAST_SECONDS, MOST_SECONDS = 10, 600


def of(camp: Camp) -> Round:
    """The camp's round with what is set for it; before the first change one that is kept nowhere yet."""
    return live.round_of(camp) or Round(
        camp_id=camp.id, seconds=60, percent=audience.DEFAULT_PERCENT, left=60, order_number=0)


def kept(camp: Camp) -> Round:
    """The camp's round for changing it; made if there is none. The camp is locked until the transaction ends."""
    camps.lock(camp)
    found = of(camp)
    db.session.add(found)
    return found


def begun(camp: Camp) -> Round:
    """The round, begun if nothing has happened on the stage since it was opened."""
    found = kept(camp)
    if found.began_at is None or is_closed(found):
        found.began_at, found.closed_at = clock.now(), None
    return found


def is_closed(found: Round) -> bool:
    """Whether the round that began last is closed."""
    return found.began_at is not None and found.closed_at is not None and found.closed_at >= found.began_at


def change(camp: Camp, *, seconds: int, percent: int, person_id: int | None = None) -> None:
    """Set how long a pitch is and how many come of a hundred hands. Raises BadInput."""
    if not LEAST_SECONDS <= seconds <= MOST_SECONDS:
        raise BadInput(N_("From %(least)s to %(most)s."), field="seconds", least=LEAST_SECONDS, most=MOST_SECONDS)
    if not audience.LEAST <= percent <= audience.MOST:
        raise BadInput(N_("From %(least)s to %(most)s."), field="percent", least=audience.LEAST, most=audience.MOST)
    found = kept(camp)
    if found.runs_since is None and found.left == found.seconds:
        found.left = seconds
    found.seconds, found.percent = seconds, percent
    log.note("changed pitch round", camp_id=camp.id, person_id=person_id)


def close(camp: Camp, *, person_id: int | None = None) -> Agenda | None:
    """Close the round and its phase; the placements become the next version of the agenda, all in one transaction.

    Gives the version: the present one if nothing differs from it, none while nothing has ever been placed. Raises
    NotOpen when the round is closed already, so that it happens once. What breaks a rule goes out too.
    """
    camps.lock(camp)
    if not live.is_live(camp):
        raise NotOpen(N_("The pitch round is not open."), N_("The agenda shows what came of it."))
    try:
        made: Agenda | None = agenda.publish(camp, person_id=person_id, as_it_stands=True)
    except agenda.Unchanged:
        made = agenda.current(camp)
    found, now = begun(camp), clock.now()
    found.closed_at, found.runs_since = now, None
    span = camps.spans(camp)["pitch"]
    if span.closes is None or span.closes > now:
        camps.set_phase(camp, "pitch", span.opens, now)
    camps.changed(camp)
    log.note("closed pitch round", camp_id=camp.id, person_id=person_id, number=made.number if made else 0)
    return made


