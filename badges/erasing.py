"""What the badges wing forgets of an erased participant: badge, codes, admissions, handouts; scans are nobody's."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, func, select, update

from badges.code_models import PrivateCode, PublicCard
from badges.models import Admission, Badge, Device, DoorNote, Handout, PairingCode, Scan
from camp import clock
from camp.db import db
from camp.models import Camp, Participant


def forget(camp: Camp, participant: Participant, key: str) -> None:
    """Forget badge, admissions, handouts and note; their scans keep door, time and verdict, and go on counting."""
    badges = select(Badge.id).where(Badge.participant_id == participant.id)
    admissions = select(Admission.id).where(Admission.participant_id == participant.id)
    handouts = select(Handout.id).where(Handout.participant_id == participant.id)
    db.session.execute(update(Scan).where(Scan.badge_id.in_(badges)).values(badge_id=None, code_hash=None))
    mine = Scan.participant_id == participant.id
    db.session.execute(update(Scan).where(mine).values(participant_id=None, code_hash=None))
    db.session.execute(update(Scan).where(Scan.handout_id.in_(handouts)).values(handout_id=None))
    db.session.execute(update(Scan).where(Scan.admission_id.in_(admissions)).values(admission_id=None))
    db.session.execute(delete(Handout).where(Handout.participant_id == participant.id))
    db.session.execute(delete(DoorNote).where(DoorNote.participant_id == participant.id))
    db.session.execute(delete(Admission).where(Admission.participant_id == participant.id))
    for table in (PrivateCode, PublicCard, Badge):
        db.session.execute(delete(table).where(table.participant_id == participant.id))


def numbers(camp: Camp, participant: Participant, key: str) -> dict[str, int]:
    """What there is to forget, by its word."""
    def count(table: Any) -> int:
        return db.session.scalar(select(func.count()).select_from(table).where(
            table.participant_id == participant.id)) or 0

    return {"badges": count(Badge), "admissions": count(Admission), "cards": count(PublicCard)}


def end_devices() -> None:
    """Take every phone's right to scan, and spend every pairing code: a restored database may not bring them back."""
    now = clock.now()
    db.session.execute(update(Device).where(Device.revoked_at.is_(None)).values(revoked_at=now))
    db.session.execute(update(PairingCode).where(PairingCode.used_at.is_(None)).values(used_at=now))


def tell(camp: Camp, participant: Participant, key: str) -> dict[str, list[dict[str, Any]]]:
    """What is stored about a participant, whole, for their own eyes; the code on the badge stays on the badge."""
    badges = db.session.scalars(select(Badge).where(Badge.participant_id == participant.id))
    admissions = db.session.scalars(select(Admission).where(Admission.participant_id == participant.id))
    handouts = db.session.scalars(select(Handout).where(Handout.participant_id == participant.id))
    note = db.session.get(DoorNote, participant.id)
    cards = db.session.scalars(select(PublicCard).where(PublicCard.participant_id == participant.id))
    codes = db.session.scalars(select(PrivateCode).where(PrivateCode.participant_id == participant.id))
    return {"badges": [{"issue": badge.issue} for badge in badges],
            "cards": [{"contact": card.contact} for card in cards],
            "private_codes": [{"made_at": code.made_at, "used_at": code.used_at} for code in codes],
            "admissions": [{"date": one.date.isoformat(), "at": one.at} for one in admissions],
            "handouts": [{"station": one.station, "day": one.day, "at": one.at} for one in handouts],
            "door_note": [{"text": note.text}] if note else []}
