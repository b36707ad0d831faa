"""Notes to the staff at the door, one for each participant who needs one: “give the voucher”, “please to the desk”."""

from __future__ import annotations

from sqlalchemy import delete

from badges.models import DoorNote
from camp import log
from camp.db import db
from camp.models import Camp, Participant
from camp.text import line

MOST = 200  # characters


def of(who: Participant) -> str:
    """What the door is told about somebody."""
    found = db.session.get(DoorNote, who.id)
    return found.text if found else ""


def put(camp: Camp, who: Participant, text: str, *, person_id: int | None = None) -> None:
    """Tell the door something about somebody; an empty text takes it away."""
    text = line(text)[:MOST]
    if text == of(who):
        return
    db.session.execute(delete(DoorNote).where(DoorNote.participant_id == who.id))
    db.session.expire_all()
    if text:
        db.session.add(DoorNote(participant_id=who.id, text=text))
    log.note("noted for the door", camp_id=camp.id, person_id=person_id)
