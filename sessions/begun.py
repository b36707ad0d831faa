"""Proposals that somebody has begun: what was typed is kept until it goes on the wall or is thrown away."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete

from camp import clock
from camp.db import db, hold
from camp.errors import N_, BadInput
from camp.models import Participant
from sessions.proposal_models import Begun

MOST = 40_000  # characters of all fields together, their names too


def of(participant: Participant) -> Begun | None:
    """What a participant has begun."""
    return db.session.get(Begun, participant.id)


def keep(participant: Participant, fields: Mapping[str, list[str]]) -> Begun:
    """Keep the fields as they are typed, in the place of what was kept before. Raises BadInput for too much."""
    if sum(len(name) + len(value) for name, values in fields.items() for value in values) > MOST:
        raise BadInput(N_("This is too long: at most %(number)s characters."), number=MOST)
    hold(f"begun {participant.id}")
    found = db.session.get(Begun, participant.id, populate_existing=True)
    if found is None:
        found = Begun(participant_id=participant.id)
        db.session.add(found)
    found.fields, found.saved_at = dict(fields), clock.now()
    return found


def forget(participant: Participant) -> None:
    """Throw away what a participant has begun."""
    db.session.execute(delete(Begun).where(Begun.participant_id == participant.id))
