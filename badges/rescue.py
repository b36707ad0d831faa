"""What a phone could not send, brought by hand: its text becomes the same events, which count once."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from badges import door, events
from badges.events import Event
from badges.models import Device
from camp import log
from camp.db import db
from camp.errors import N_, BadInput
from camp.models import Camp

_OTHER = N_("This is not the text of a phone of this camp.")


def take(camp: Camp, text: str, *, host: str, person_id: int | None = None) -> int:
    """Take in what the page of a phone gave out as text, also of one that is locked out by now; how many events.

    All or nothing. Raises BadInput for another text, or with the line that is damaged.
    """
    head, *lines = [_line(number, line) for number, line in enumerate(text.strip().splitlines(), 1)] or [{}]
    number = head.get("device")
    device = db.session.scalar(select(Device).where(Device.camp_id == camp.id, Device.id == number)) if isinstance(
        number, int) and 0 < number < 2**31 else None
    if device is None or head.get("camp") != camp.slug:
        raise BadInput(_OTHER, N_("Copy it whole, from its first line on."), field="text")
    reported = _events(lines)
    before = door.known_of(camp, device, reported, host=host)
    for event in reported:
        door.take(camp, device, event, host=host, rescued=True, before=before)
    before.save()
    door.settle(camp)
    log.note("rescued scans", camp_id=camp.id, person_id=person_id, device=device.id, number=len(lines))
    return len(lines)


def _events(lines: list[dict[str, Any]]) -> list[Event]:
    found = []
    for number, line in enumerate(lines, 2):
        try:
            found.append(events.read(line))
        except BadInput as error:
            raise _damaged(number) from error
    return found


def _line(number: int, text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise (BadInput(_OTHER, field="text") if number == 1 else _damaged(number)) from error
    if not isinstance(found, dict):
        raise _damaged(number)
    return found


def _damaged(number: int) -> BadInput:
    return BadInput(N_("Line %(number)s is damaged."), N_("Copy the text once more."), field="text", number=number)
