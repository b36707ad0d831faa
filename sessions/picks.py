"""Picks: the sessions that a participant has taken into an agenda of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, select

from camp import sign_ins, tokens
from camp.db import db, insert_once
from camp.errors import N_, NotFound
from camp.models import Camp, Participant, Person, SignIn
from sessions import agenda, live
from sessions.models import Entry, Pick


@dataclass(frozen=True, slots=True)
class Reader:
    """What of whoever reads the agenda changes how it looks."""

    signed_in: bool = False
    takes_part: bool = False
    picks: frozenset[int] = frozenset()


# Made once: a room of phones asks it within two seconds, after each pitch.
_READER = (select(Participant.state, Pick.session_id).select_from(SignIn).join(Person, Person.id == SignIn.person_id)
           .outerjoin(Participant, (Participant.person_id == Person.id) & (Participant.camp_id == bindparam("camp_id")))
           .outerjoin(Pick, Pick.participant_id == Participant.id)
           .where(SignIn.token_hash == bindparam("token_hash"), ~SignIn.half_open, *sign_ins.ALIVE))


def of(participant: Participant) -> frozenset[int]:
    """Ids of the sessions that a participant has picked."""
    return frozenset(db.session.scalars(select(Pick.session_id).where(Pick.participant_id == participant.id)))


def reader(camp_id: int, token: str | None) -> Reader:
    """Who reads the agenda with the token of a sign-in, in one query; without one, or when it has ended, anybody."""
    rows = db.session.execute(_READER, sign_ins.moments() | {"token_hash": tokens.hash_of(token), "camp_id": camp_id}
                              ).all() if token else ()
    if not rows:
        return Reader()
    takes_part = rows[0].state not in (None, "cancelled")
    picked = frozenset(row.session_id for row in rows if takes_part and row.session_id)
    return Reader(True, takes_part, picked)


def pick(camp: Camp, participant: Participant, session_id: int) -> Entry:
    """Put a session into the participant's own agenda; twice is as good as once. Raises NotFound."""
    entry = _entry(camp, session_id)
    insert_once(Pick, participant_id=participant.id, session_id=session_id)
    return entry


def unpick(camp: Camp, participant: Participant, session_id: int) -> Entry:
    """Take a session out of the participant's own agenda. Raises NotFound."""
    entry = _entry(camp, session_id)
    db.session.execute(delete(Pick).where(Pick.participant_id == participant.id, Pick.session_id == session_id))
    return entry


def entries(camp: Camp, participant: Participant) -> list[Entry]:
    """The participant's own agenda by the present version, cancelled sessions too."""
    version, mine = agenda.current(camp), of(participant)
    return [entry for entry in agenda.entries(version) if entry.session_id in mine] if version else []


def entries_now(camp: Camp, participant: Participant) -> list[Entry]:
    """The participant's own agenda by what is public now: while the camp is live by the placements as they stand."""
    if not live.is_live(camp):
        return entries(camp, participant)
    mine = of(participant)
    return [entry for entry in agenda.shown(camp) if entry.session_id in mine]


def clashes(mine: Iterable[Entry]) -> dict[int, Entry]:
    """Session id → another session of the same own agenda that runs at the same time."""
    rows = [entry for entry in mine if not entry.cancelled]
    return {one.session_id: other for one in rows for other in rows
            if one is not other and one.date == other.date and one.starts < other.ends and other.starts < one.ends}


def _entry(camp: Camp, session_id: int) -> Entry:
    entry = agenda.where_is(camp, session_id)
    if entry is None:
        raise NotFound(N_("This session is not on the agenda."), N_("Load the agenda again."))
    return entry
