"""Edit numbers of what several people write at once: whoever saves second is told by whom, and loses nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from camp import camps, clock
from camp.db import Model, Utc, db
from camp.errors import N_, Conflict
from camp.models import Camp, LogEntry, Participant, Person

NEVER_SEEN = -1  # the number of whoever sends none
UNNUMBERED = N_("This form did not say which text it would replace, so nothing was saved.")
_LOOKED_AT = 200  # entries of the log, for who wrote a session last


class Edition(Model):
    """How often one thing of a camp was saved ("settings", "text imprint", "room 3"), and by whom last."""

    __tablename__ = "edition"
    camp_id: Mapped[int] = mapped_column(ForeignKey("camp.id", ondelete="CASCADE"), primary_key=True)
    what: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(default=0)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Utc)


class Overtaken(Conflict):
    """Somebody saved while this person wrote: `who` by name (empty if nobody knows) and when; or nothing was `seen`."""

    def __init__(self, who: str, at: datetime | None, seen: int) -> None:
        super().__init__(UNNUMBERED if seen == NEVER_SEEN
                         else N_("%(who)s has saved this in the meantime.") if who
                         else N_("Somebody else has saved this in the meantime."),
                         N_("What you typed is still in the fields, and what differs stands here. Saving again "
                            "replaces the other version."), who=who)
        self.who, self.at = who, at


def number(camp: Camp, what: str) -> int:
    """The edit number that a form carries away."""
    found = db.session.get(Edition, (camp.id, what))
    return found.number if found else 0


def save(camp: Camp, what: str, seen: int | None, person_id: int | None) -> None:
    """Count one more saving. Raises Overtaken if the number is not the one that was `seen` (None: whatever it is)."""
    camps.lock(camp)
    found = db.session.get(Edition, (camp.id, what))
    if found is None:
        found = Edition(camp_id=camp.id, what=what, number=0)
        db.session.add(found)
    if seen is not None and found.number != seen:
        raise Overtaken(name(camp, found.person_id), found.at, seen)
    found.number += 1
    found.person_id, found.at = person_id, clock.now()


def name(camp: Camp, person_id: int | None) -> str:
    """What people call somebody at a camp, else the mail address; empty for nobody."""
    if person_id is None:
        return ""
    who = db.session.scalar(select(Participant).where(Participant.camp_id == camp.id,
                                                      Participant.person_id == person_id))
    return who.name if who else db.session.scalar(select(Person.email).where(Person.id == person_id)) or ""


def last_writer(camp: Camp, verbs: tuple[str, ...], **detail: int) -> str:
    """By the log: who did one of these verbs last with this detail (a session's id, say)."""
    rows = db.session.scalars(select(LogEntry).where(LogEntry.camp_id == camp.id, LogEntry.verb.in_(verbs))
                              .order_by(LogEntry.id.desc()).limit(_LOOKED_AT))
    entry = next((row for row in rows if detail.items() <= row.detail.items()), None)
    return name(camp, entry.person_id) if entry else ""
