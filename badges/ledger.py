"""The ledger of prints: what was printed when and by whom, and what was last printed of each badge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select

from badges.card import BadgeCard
from badges.models import Badge
from badges.print_models import Printed, PrintRun
from camp import clock, tokens
from camp.db import db
from camp.models import Camp, Participant


def of(camp: Camp) -> dict[int, Printed]:
    """What was last printed, by badge."""
    found = db.session.scalars(
        select(Printed).join(Badge, Badge.id == Printed.badge_id).where(Badge.camp_id == camp.id))
    return {row.badge_id: row for row in found}


def number(camp: Camp) -> int:
    """How many people with a place have a badge that was printed."""
    return db.session.scalar(select(func.count()).select_from(Printed).join(Badge, Badge.id == Printed.badge_id).join(
        Participant, Participant.id == Badge.participant_id).where(
            Badge.camp_id == camp.id, Participant.state == "admitted")) or 0


def face(card: BadgeCard) -> str:
    """A badge's texts as a hash, to see whether it would look other today."""
    return tokens.hash_of(repr(card))


def note(camp: Camp, whose: str, layout: str, number: int, printed: Iterable[tuple[int, BadgeCard]], *,
         person_id: int | None = None) -> None:
    """Write down a print: how many cards on which sheet, and for each badge what stands on it now."""
    now, before = clock.now(), of(camp)
    db.session.add(PrintRun(camp_id=camp.id, person_id=person_id, at=now, layout=layout, whose=whose, number=number))
    for badge_id, card in printed:
        row = before.get(badge_id)
        if row is None:
            db.session.add(Printed(badge_id=badge_id, at=now, face=face(card)))
        else:
            row.at, row.face, row.times = now, face(card), row.times + 1
    db.session.flush()


def prints(camp: Camp, most: int = 20) -> Sequence[PrintRun]:
    """The latest prints, the newest first."""
    return db.session.scalars(select(PrintRun).where(PrintRun.camp_id == camp.id).order_by(PrintRun.id.desc())
                              .limit(most)).all()
