"""The list that a phone at the door decides from without network: hashes of codes, names, states, marks; no address.

Its lines lie in a fixed number of drawers by their key. The version of the list is the row of the drawers' hashes: a
phone that sends the version it has is given the drawers that differ, whole, and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select

from badges.code_models import BlankBadge, RevokedCode
from badges.models import Admission, Badge, Device, DoorNote, Handout
from camp import camps
from camp.db import db
from camp.models import Camp, Needs, Participant

DRAWERS = 128
_MARK = 8  # characters of a drawer's hash
HASH = 32  # characters of a code's SHA-256 that a phone keeps: 128 bits
Line = list[Any]


@dataclass(frozen=True, slots=True)
class Part:
    """What a phone lacks: the version it has then, how many people there are, and the drawers that differ."""

    version: str
    size: int
    drawers: Mapping[int, list[Line]]


def part(lines: Iterable[Line], have: str) -> Part:
    """The drawers in which a list differs from the version that a phone has; all of them if it has none."""
    drawers: list[list[Line]] = [[] for _ in range(DRAWERS)]
    size = 0
    for line in lines:
        drawers[zlib.crc32(str(line[0]).encode()) % DRAWERS].append(line)
        size += str(line[0]).startswith("p")
    marks = [
        hashlib.sha256(json.dumps(drawer, separators=(",", ":")).encode()).hexdigest()[:_MARK] for drawer in drawers
    ]
    known = [have[start : start + _MARK] for start in range(0, DRAWERS * _MARK, _MARK)]
    return Part(
        "".join(marks), size, {number: drawers[number] for number in range(DRAWERS) if marks[number] != known[number]}
    )


def lines(camp: Camp, device: Device) -> list[Line]:
    """The people of a camp as a phone keeps them, by id.

    A line is: p and the id, hash of the code, name, organisation, kind, state, marks (n: no photo, f: first time),
    days, note to the staff, T-shirt size where this station gives it, milliseconds since 1970 at which the person was
    let in today or handed the thing, and the door.
    """
    table, same = _station(camp, device)
    shirts = device.station == "shirt" or device.station == "door" and not _has_shirt_station(camp)
    rows = db.session.execute(
        select(Participant.id, Badge.code_hash, Participant.given_name, Participant.family_name,
               Participant.organisation, Participant.kind, Participant.state, Participant.photo,
               Participant.first_time, Participant.days, DoorNote.text, Needs.shirt, table.at, Device.door)
        .outerjoin(Badge, Badge.participant_id == Participant.id)
        .outerjoin(DoorNote, DoorNote.participant_id == Participant.id)
        .outerjoin(Needs, Needs.participant_id == Participant.id)
        .outerjoin(table, and_(table.participant_id == Participant.id, *same))
        .outerjoin(Device, Device.id == table.device_id)
        .where(Participant.camp_id == camp.id).order_by(Participant.id)).all()
    return [[f"p{row[0]}", (row[1] or "")[:HASH], f"{row[2]} {row[3]}".strip(), row[4], row[5], row[6],
             ("n" if row[7] == "no" else "") + ("f" if row[8] else ""), row[9], row[10] or "",
             row[11] or "" if shirts else "", milliseconds(row[12]), row[13] or ""] for row in rows]


def codes(camp: Camp) -> list[Line]:
    """Codes that are nobody's: revoked ones (r and the hash) and those of blank badges (k and the hash)."""
    revoked = db.session.scalars(select(RevokedCode.code_hash).where(RevokedCode.camp_id == camp.id))
    blank = db.session.scalars(select(BlankBadge.code_hash).where(BlankBadge.camp_id == camp.id,
                                                                  BlankBadge.bound_at.is_(None)))
    return [[f"{kind}{code[:HASH]}", code[:HASH]] for kind, rows in (("r", revoked), ("k", blank)) for code in rows]


def milliseconds(moment: datetime | None) -> int:
    """A moment as browsers count it; 0 for none."""
    return round(moment.timestamp() * 1000) if moment else 0


def _station(camp: Camp, device: Device) -> tuple[Any, tuple[Any, ...]]:
    today = camps.today(camp)
    if device.station == "door":
        return Admission, (Admission.date == today,)
    return Handout, (
        Handout.station == device.station,
        Handout.day == (today.isoformat() if device.once == "day" else ""),
    )


def _has_shirt_station(camp: Camp) -> bool:
    return (
        db.session.scalar(
            select(Device.id)
            .where(Device.camp_id == camp.id, Device.station == "shirt", Device.revoked_at.is_(None))
            .limit(1)
        )
        is not None
    )
