"""Blank badges: printed with codes and without names, and bound to whoever comes without being registered."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence

from sqlalchemy import func, select

from badges import revoking
from badges.code_models import BlankBadge
from badges.models import Badge
from camp import camps, clock, log, tokens
from camp.db import db
from camp.errors import N_, BadInput, Conflict
from camp.models import Camp, Participant

MOST = 500  # of a camp that are not bound yet
_ISSUE = 1


def make(camp: Camp, number: int, key: str, *, person_id: int | None = None) -> None:
    """Make so many more blank badges; `key` is the installation's badge key. Raises BadInput for too many."""
    camps.lock(camp)
    if not 0 < number <= MOST - len(unbound(camp)):
        raise BadInput(N_("A camp can have %(most)s blank badges at a time."), field="number", most=MOST)
    last = db.session.scalar(select(func.max(BlankBadge.number)).where(BlankBadge.camp_id == camp.id)) or 0
    db.session.add_all(_new(camp, last + step, key) for step in range(1, number + 1))
    db.session.flush()
    log.note("made blank badges", camp_id=camp.id, person_id=person_id, number=number)


def unbound(camp: Camp) -> Sequence[BlankBadge]:
    """The blank badges that are nobody's yet, by their numbers."""
    return db.session.scalars(select(BlankBadge).where(BlankBadge.camp_id == camp.id, BlankBadge.bound_at.is_(None))
                              .order_by(BlankBadge.number)).all()


def find(camp: Camp, code: str) -> BlankBadge | None:
    """The blank badge with a code, while it is nobody's."""
    found = of_code(code)
    return found if found is not None and found.camp_id == camp.id else None


def of_code(code: str) -> BlankBadge | None:
    """The blank badge with a code, at whichever camp, while it is nobody's."""
    return db.session.scalar(select(BlankBadge).where(
        BlankBadge.code_hash == tokens.hash_of(code.upper()), BlankBadge.bound_at.is_(None)))


def note_printed(camp: Camp, blank_ids: Collection[int]) -> None:
    """Note that these blank badges were printed."""
    for blank in unbound(camp):
        if blank.id in blank_ids:
            blank.printed_at = clock.now()


def code_of(blank: BlankBadge, key: str) -> str:
    """The 16 characters that stand on a blank badge."""
    return tokens.badge_code(key, blank.uid, _ISSUE)


def bind(camp: Camp, code: str, who: Participant, *, person_id: int | None = None) -> Badge:
    """Make the blank badge with this code the badge of a participant; the code of one they had before is revoked.

    The same binding again changes nothing. Raises BadInput if no blank badge has the code, Conflict if it is
    somebody's already.
    """
    camps.lock(camp)
    present = revoking.badge_of(code)
    if present is not None and present.participant_id == who.id and revoking.counts(present):
        return present
    if present is not None:
        raise Conflict(N_("This badge is somebody's already."), N_("Take another blank badge."), field="code")
    blank = find(camp, code)
    if blank is None:
        raise BadInput(N_("This is no blank badge of this camp."), N_("Take another blank badge."), field="code")
    badge = _give(camp, blank, who)
    blank.bound_at = clock.now()
    db.session.flush()
    log.note("bound a badge", camp_id=camp.id, person_id=person_id, badge=badge.id, blank=blank.number)
    return badge


def _give(camp: Camp, blank: BlankBadge, who: Participant) -> Badge:
    badge = revoking.badge_for(who)
    if badge is None:
        badge = Badge(camp_id=camp.id, participant_id=who.id, uid=blank.uid, issue=_ISSUE, made_at=clock.now(),
                      code_hash=blank.code_hash)
        db.session.add(badge)
    else:
        revoking.put_out_of_use(badge)
        badge.uid, badge.issue, badge.code_hash = blank.uid, _ISSUE, blank.code_hash
    db.session.flush()
    return badge


def _new(camp: Camp, number: int, key: str) -> BlankBadge:
    uid = secrets.token_hex(16)
    return BlankBadge(camp_id=camp.id, number=number, uid=uid, made_at=clock.now(),
                      code_hash=tokens.hash_of(tokens.badge_code(key, uid, _ISSUE)))
