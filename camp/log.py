"""Who did what and when."""

from __future__ import annotations

from camp import clock
from camp.db import db
from camp.models import LogEntry


def note(verb: str, *, camp_id: int | None = None, person_id: int | None = None, **detail: object) -> None:
    """Write an entry into the running transaction. `detail` holds ids and numbers, no names and no secrets."""
    db.session.add(LogEntry(camp_id=camp_id, person_id=person_id, at=clock.now(), verb=verb, detail=detail))
