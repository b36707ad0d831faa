"""Hands counted in the room, beside the votes: count them, read them, and say whom a session can expect."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from camp import clock
from camp.db import db
from camp.errors import N_, BadInput
from camp.models import Camp
from sessions import audience, rounds
from sessions.models import Session
from sessions.pitch_models import Hands

MOST = 9999


def count(session_id: int, number: int | None) -> None:
    """Keep how many hands were raised for a session, or that nobody counted. Raises BadInput.

    Does not raise the change number: screens ask for hands and votes by themselves.
    """
    if number is not None and not 0 <= number <= MOST:
        raise BadInput(N_("From %(least)s to %(most)s."), field="hands", least=0, most=MOST)
    found = db.session.get(Hands, session_id)
    if number is None:
        if found is not None:
            db.session.delete(found)
    elif found is None:
        db.session.add(Hands(session_id=session_id, number=number, counted_at=clock.now()))
    else:
        found.number, found.counted_at = number, clock.now()
    db.session.flush()


def counted(camp: Camp) -> dict[int, int]:
    """Session id → hands, for the sessions for which somebody counted; one query."""
    rows = db.session.execute(select(Hands.session_id, Hands.number).join(Session, Session.id == Hands.session_id)
                              .where(Session.camp_id == camp.id)).tuples()
    return dict(rows.all())


def expected(camp: Camp, votes: Mapping[int, int]) -> dict[int, int]:
    """Session id → expected audience, of every session with votes or hands; two queries. See sessions/audience.py."""
    raised, percent = counted(camp), rounds.of(camp).percent
    return {one: audience.expected(votes.get(one, 0), raised.get(one), percent) for one in {*votes, *raised}}
