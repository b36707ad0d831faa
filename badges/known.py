"""What the database knows of the events of a phone, read for all at once: its scans, and whose the codes are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import defaultload

from badges.code_models import RevokedCode
from badges.models import Badge, Device, Scan
from camp import tokens
from camp.db import db, hold
from camp.models import Camp, Participant

_NO_ADDRESS = defaultload(Badge.participant).lazyload(Participant.person)  # which no door needs
Found = tuple[Badge | None, bool]  # the badge that carries a code at present, and whether the code is revoked here


@dataclass(slots=True)
class Known:
    """`scans`: those of the phone by its own number; `codes`: what is known of codes so far."""

    camp_id: int
    scans: dict[str, Scan]
    codes: dict[str, Found]

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
    before = db.session.scalars(select(Scan).where(Scan.device_id == device.id, Scan.nonce.in_(nonces)))
    return Known(camp.id, {scan.nonce: scan for scan in before}, dict(_codes(camp.id, codes)))


def _codes(camp_id: int, codes: Collection[str]) -> Mapping[str, Found]:
    if not codes:
        return {}
    hashes = {tokens.hash_of(code): code for code in codes}
    revoked = and_(RevokedCode.code_hash == Badge.code_hash, RevokedCode.camp_id == camp_id)
    rows = db.session.execute(select(Badge, RevokedCode.camp_id).outerjoin(RevokedCode, revoked)
                              .where(Badge.code_hash.in_(hashes)).options(_NO_ADDRESS)).all()
    found: dict[str, Found] = {hashes[badge.code_hash]: (badge, mark is not None) for badge, mark in rows}
    rest = {mark: code for mark, code in hashes.items() if code not in found}
    if rest:  # codes that are nobody's at present
        out = set(db.session.scalars(select(RevokedCode.code_hash).where(
            RevokedCode.camp_id == camp_id, RevokedCode.code_hash.in_(rest))))
        found |= {code: (None, mark in out) for mark, code in rest.items()}
    return found
