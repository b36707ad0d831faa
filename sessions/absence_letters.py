"""What the mails about called-off and moved sessions say when they go out, as long as it is still true."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from camp import letters
from camp.errors import N_
from camp.mail_texts import Kind
from camp.models import Mail
from sessions import absence

_SAMPLES = {"title": "Retouren halbieren", "day": date(2027, 4, 24), "time": time(11, 30), "room": "B · Hörsaal 2"}
KINDS = (Kind(absence.CANCELLED, N_("A session is cancelled"), _SAMPLES, ("title",)),
         Kind(absence.MOVED, N_("A session has moved"), _SAMPLES, ("title", "time", "room")))


def register() -> None:
    """Make the tellers of both known."""
    for template in (absence.CANCELLED, absence.MOVED):
        letters.register(template, _told)


def _told(letter: Mail, key: str) -> dict[str, Any] | None:
    entry = absence.entry_for(letter.camp_id or 0, letter.values["session"], letter.values["sequence"])
    if entry is None or entry.cancelled != (letter.template == absence.CANCELLED):
        return None
    return {"title": entry.title, "day": entry.date, "time": entry.starts,
            "room": f"{entry.room_letter} · {entry.room_name}"}
