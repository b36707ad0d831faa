"""Lost badges: a code can be revoked, and renewed so that the next print carries another one.

The private code lies on the same paper, so it ends with it.
"""

from __future__ import annotations

from sqlalchemy import select

from badges import private_codes
from badges.code_models import RevokedCode
from badges.models import Badge
from camp import camps, clock, log, tokens
from camp.db import db, insert_once
from camp.errors import N_, Conflict
from camp.models import Camp, Participant


def badge_of(code: str) -> Badge | None:
    """The badge that carries a code at present, revoked or not, at whichever camp."""
    return db.session.scalar(select(Badge).where(Badge.code_hash == tokens.hash_of(code.upper())))


def badge_for(who: Participant) -> Badge | None:
    """The badge of a participant."""
    return db.session.scalar(select(Badge).where(Badge.participant_id == who.id))


def is_revoked(camp_id: int, code: str) -> bool:
    """Whether a code was taken out of use at this camp; it need not be anybody's present code."""
    return _revoked(camp_id, tokens.hash_of(code.upper()))


def counts(badge: Badge) -> bool:
    """Whether a badge's present code is in use."""
    return not _revoked(badge.camp_id, badge.code_hash)


def revoke(camp: Camp, badge: Badge, *, person_id: int | None = None) -> None:
    """Take the code on a badge out of use, at once and for good; a second time changes nothing."""
    camps.lock(camp)
    if put_out_of_use(badge):
        log.note("revoked a badge", camp_id=camp.id, person_id=person_id, badge=badge.id)


def renew(camp: Camp, badge: Badge, key: str, *, person_id: int | None = None) -> None:
    """Give a badge its next code, which stands on the next print; the one before is revoked."""
    camps.lock(camp)
    db.session.refresh(badge)
    put_out_of_use(badge)
    badge.issue += 1
    badge.code_hash = tokens.hash_of(tokens.badge_code(key, badge.uid, badge.issue))
    db.session.flush()
    log.note("renewed a badge", camp_id=camp.id, person_id=person_id, badge=badge.id)


def put_out_of_use(badge: Badge) -> bool:
    """Keep that a badge's present code counts no more, nor the private one; False if that stood there already."""
    first = insert_once(RevokedCode, code_hash=badge.code_hash, camp_id=badge.camp_id, badge_id=badge.id,
                        revoked_at=clock.now())
    if first:
        private_codes.end(badge.participant)
    return first


def of_participant(who: Participant) -> Badge:
    """The badge of a participant. Raises Conflict if they have none yet."""
    badge = badge_for(who)
    if badge is None:
        raise Conflict(N_("This person has no badge yet."), N_("Print it first."))
    return badge


def _revoked(camp_id: int, code_hash: str) -> bool:
    return db.session.scalar(select(RevokedCode.camp_id).where(
        RevokedCode.code_hash == code_hash, RevokedCode.camp_id == camp_id)) is not None
