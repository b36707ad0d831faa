"""Public cards: whoever wants it is named to those who scan their badge, with a line on how to reach them."""

from __future__ import annotations

from sqlalchemy import delete

from badges.code_models import PublicCard
from camp import camps
from camp.db import db
from camp.models import Camp, Participant


def of(who: Participant) -> PublicCard | None:
    """The card that somebody wants to be seen; none says that they do not want it."""
    return db.session.get(PublicCard, who.id)


def put(camp: Camp, who: Participant, shown: bool, contact: str) -> None:
    """Show the card with this line, or show nothing and forget the line."""
    camps.lock(camp)
    db.session.execute(delete(PublicCard).where(PublicCard.participant_id == who.id))
    if shown:
        db.session.add(PublicCard(participant_id=who.id, contact=contact))
    db.session.flush()
