"""A phone becomes a door: an organiser shows a code, the phone types it and gets a token for this camp's door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import bindparam, func, select, update

from badges import stations
from badges.models import Device, PairingCode, Scan
from camp import clock, log, tokens
from camp.db import db
from camp.errors import N_, BadInput, NotFound, NotOpen
from camp.models import Camp
from camp.text import line

CODE_AGE = timedelta(minutes=10)
_BY_TOKEN = select(Device).where(Device.camp_id == bindparam("camp"), Device.token_hash == bindparam("token"))
_ASK = N_("Ask an organiser for a new code.")


@dataclass(frozen=True, slots=True)
class Door:
    """A paired phone as the organisers' list shows it."""

    device: Device
    standing: str
    last_scan: datetime | None


def offer(camp: Camp, door: str, *, station: str = "door", once: str = "day", drill: bool = False,
          person_id: int | None = None) -> str:
    """A new pairing code for a door of this name; works once and for ten minutes. The database keeps its hash.

    `station` and `once`: see `badges.stations`; `drill`: the phone knows invented people only.
    Raises BadInput without a name, NotOpen when the camp is over.
    """
    name = line(door)
    if not name:
        raise BadInput(N_("A door needs a name."), N_("For example: main entrance."), field="door")
    if _end(camp) <= clock.now():
        raise NotOpen(N_("The camp is over; no phone is paired for it any more."), field="door")
    code = tokens.short_code()
    station, once = stations.checked(station, once)
    db.session.add(PairingCode(camp_id=camp.id, code_hash=_hash(camp, code), door=name, station=station, once=once,
                               drill=drill, expires_at=clock.now() + CODE_AGE))
    log.note("offered a door", camp_id=camp.id, person_id=person_id)
    return code


def pair(camp: Camp, code: str) -> tuple[str, Device]:
    """Spend a pairing code: gives the phone's token (256 bits, kept as hash) and its record.

    Raises BadInput if the code is unknown, spent or too old, NotOpen when the camp is over.
    """
    now, ends = clock.now(), _end(camp)
    offered = db.session.scalar(select(PairingCode).where(
        PairingCode.camp_id == camp.id, PairingCode.code_hash == _hash(camp, tokens.typed(code))))
    if offered is None:
        raise BadInput(N_("We do not know this code."), N_("Compare it with the organiser's screen."), field="code")
    if offered.expires_at <= now:
        raise BadInput(N_("This code is more than ten minutes old."), _ASK, field="code")
    if ends <= now:
        raise NotOpen(N_("The camp is over; no phone is paired for it any more."), field="code")
    spent = db.session.execute(update(PairingCode).where(PairingCode.id == offered.id, PairingCode.used_at.is_(None))
                               .values(used_at=now))
    if spent.rowcount != 1:  # type: ignore[attr-defined]
        raise BadInput(N_("A phone has used this code already."), _ASK, field="code")
    token = tokens.draw()
    device = Device(camp_id=camp.id, door=offered.door, station=offered.station, once=offered.once,
                    drill=offered.drill, token_hash=tokens.hash_of(token), paired_at=now, expires_at=ends)
    db.session.add(device)
    db.session.flush()
    log.note("paired a phone", camp_id=camp.id, device=device.id)
    return token, device


def device_of(camp: Camp, token: str | None) -> Device | None:
    """The phone that carries a token of this camp, whatever its standing; none for a token of another camp."""
    if not token:
        return None
    return db.session.scalar(_BY_TOKEN, {"camp": camp.id, "token": tokens.hash_of(token)})


def standing(device: Device) -> str:
    """Whether a phone may scan: 'paired', 'device-revoked' or 'device-expired'."""
    if device.revoked_at is not None:
        return "device-revoked"
    return "paired" if clock.now() < device.expires_at else "device-expired"


def doors(camp: Camp) -> list[Door]:
    """The paired phones of a camp, newest first, each with its last scan."""
    last = select(Scan.device_id, func.max(Scan.at).label("at")).where(Scan.camp_id == camp.id).group_by(
        Scan.device_id).subquery()
    rows = db.session.execute(select(Device, last.c.at).outerjoin(last, last.c.device_id == Device.id)
                              .where(Device.camp_id == camp.id).order_by(Device.id.desc()))
    return [Door(device, standing(device), at) for device, at in rows]


def revoke(camp: Camp, device_id: int, *, person_id: int | None = None) -> Device:
    """End a phone's right to scan, at once. Raises NotFound if the camp has no such phone."""
    device = db.session.scalar(select(Device).where(Device.camp_id == camp.id, Device.id == device_id))
    if device is None:
        raise NotFound(N_("This camp has no such phone."))
    if device.revoked_at is None:
        device.revoked_at = clock.now()
        log.note("revoked a phone", camp_id=camp.id, person_id=person_id, device=device.id)
    return device


def paired(found: Sequence[Door]) -> int:
    """How many of the phones may scan."""
    return sum(door.standing == "paired" and not door.device.drill for door in found)


def _hash(camp: Camp, code: str) -> str:
    return tokens.hash_of(f"pairing/{camp.id}/{code}")


def _end(camp: Camp) -> datetime:
    """The first moment after the day after the camp's last day."""
    last = camp.days[-1].date if camp.days else clock.local(clock.now(), camp.timezone).date()
    return clock.at(last + timedelta(days=2), time(), camp.timezone)
