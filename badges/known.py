"""What the database knows of the events of a phone, read for all at once: its scans, and whose the codes are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import and_, bindparam, insert, select
from sqlalchemy.orm import defaultload

from badges.code_models import RevokedCode
from badges.models import Badge, Device, Scan
from camp import tokens
from camp.db import db, hold
from camp.models import Camp, Participant

# Made once, because a door at its busiest asks them every second.
_COLUMNS = [column.name for column in Scan.__table__.columns if column.name != "id"]
_WRITE = insert(Scan.__table__)  # type: ignore[arg-type]
_SCANS = select(Scan).where(Scan.device_id == bindparam("device"), Scan.nonce.in_(bindparam("nonces", expanding=True)))
_HERE = and_(RevokedCode.code_hash == Badge.code_hash, RevokedCode.camp_id == bindparam("camp"))
_BADGES = (select(Badge, RevokedCode.camp_id).outerjoin(RevokedCode, _HERE)
           .where(Badge.code_hash.in_(bindparam("hashes", expanding=True)))
           .options(defaultload(Badge.participant).lazyload(Participant.person)))  # no door needs the address
Found = tuple[Badge | None, bool]  # the badge that carries a code at present, and whether the code is revoked here


@dataclass(slots=True)
class Known:
    """`scans`: those of the phone by its own number; `codes`: what is known of codes; `fresh`: not written yet."""

    camp_id: int
    device_id: int
    scans: dict[str, Scan]
    codes: dict[str, Found]
    fresh: dict[str, Scan] = field(default_factory=dict)
    written: set[str] = field(default_factory=set)

    def scan(self, nonce: str) -> Scan | None:
        """The phone's scan with this number, as a row."""
        if nonce in self.fresh:  # the same number twice in a batch
            self.save()
        if nonce in self.written:
            return db.session.scalar(_SCANS, {"device": self.device_id, "nonces": [nonce]})
        return self.scans.get(nonce)

    def add(self, scan: Scan) -> None:
        """A new scan, written by the next `save`."""
        self.fresh[scan.nonce] = scan

    def save(self) -> None:
        """Write the new scans, all at once."""
        db.session.flush()
        if self.fresh:
            rows = [{name: getattr(scan, name) for name in _COLUMNS} for scan in self.fresh.values()]
            db.session.execute(_WRITE, rows)
            self.written |= self.fresh.keys()
            self.fresh.clear()

    def badge(self, code: str) -> Found:
        """Whose a code is, and whether it is revoked at this camp."""
        if code not in self.codes:
            self.codes |= _codes(self.camp_id, [code])
        return self.codes[code]

    def forget_codes(self) -> None:
        """Read codes anew: somebody was given another one."""
        self.codes.clear()


def of(camp: Camp, device: Device, nonces: Collection[str], codes: Collection[str]) -> Known:
    """Read what is known of these numbers and codes. One phone's requests go one after another from here on."""
    hold(f"door {device.id}")
    before = db.session.scalars(_SCANS, {"device": device.id, "nonces": list(nonces)})
    return Known(camp.id, device.id, {scan.nonce: scan for scan in before}, dict(_codes(camp.id, codes)))


def _codes(camp_id: int, codes: Collection[str]) -> Mapping[str, Found]:
    if not codes:
        return {}
    hashes = {tokens.hash_of(code): code for code in codes}
    rows = db.session.execute(_BADGES, {"camp": camp_id, "hashes": list(hashes)}).all()
    found: dict[str, Found] = {hashes[badge.code_hash]: (badge, mark is not None) for badge, mark in rows}
    rest = {mark: code for mark, code in hashes.items() if code not in found}
    if rest:  # codes that are nobody's at present
        out = set(db.session.scalars(select(RevokedCode.code_hash).where(
            RevokedCode.camp_id == camp_id, RevokedCode.code_hash.in_(rest))))
        found |= {code: (None, mark in out) for mark, code in rest.items()}
    return found
