"""Whose badges are printed: a badge for each admitted participant, and the cards for the sheet."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from badges.models import Badge
from badges.sheet import BadgeCard
from camp import camps, clock, people, tokens
from camp.db import db
from camp.errors import N_, Conflict
from camp.models import Camp, Participant
from camp.text import sort_key


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many people have a place, and how many of them have a badge with a code."""

    admitted: int
    made: int


def numbers(camp: Camp) -> Numbers:
    """What there is to print."""
    made = db.session.scalar(select(func.count()).select_from(Badge).join(Participant).where(
        Badge.camp_id == camp.id, Participant.state == "admitted"))
    return Numbers(people.count(camp, "admitted"), made or 0)


def somebody(camp: Camp) -> int:
    """How many badges a print of everybody has. Raises Conflict if nobody is admitted."""
    admitted = people.count(camp, "admitted")
    if admitted == 0:
        raise Conflict(N_("Nobody has a place yet, so there are no badges to print."),
                       N_("Load people or admit them first."))
    return admitted


def ensure_badges(camp: Camp, key: str) -> int:
    """Make a badge for each admitted participant who has none; `key` is the installation's badge key. How many."""
    camps.lock(camp)
    have = select(Badge.participant_id).where(Badge.camp_id == camp.id)
    without = db.session.scalars(select(Participant.id).where(
        Participant.camp_id == camp.id, Participant.state == "admitted", Participant.id.not_in(have)))
    made = [_new_badge(camp, participant_id, key) for participant_id in without]
    db.session.add_all(made)
    db.session.flush()
    return len(made)


def cards(camp: Camp, key: str, host: str, kinds: Mapping[str, str]) -> list[BadgeCard]:
    """The cards of all admitted participants who have a badge, by family name as German lists sort it.

    `host` is what the addresses in the codes carry; `kinds` has the printed word for each kind of organisation.
    """
    found = db.session.scalars(select(Badge).join(Participant).where(
        Badge.camp_id == camp.id, Participant.state == "admitted")).all()
    return [_card(badge, address_of(badge, key, host), kinds) for badge in _sorted(found)]


def address_of(badge: Badge, key: str, host: str) -> str:
    """What a badge's QR says: HTTPS://HOST/B/ and the 16 characters of its code, all upper case (QR alphanumeric)."""
    return f"HTTPS://{host.upper()}/B/{tokens.badge_code(key, badge.uid, badge.issue)}"


def _new_badge(camp: Camp, participant_id: int, key: str) -> Badge:
    uid = secrets.token_hex(16)
    return Badge(camp_id=camp.id, participant_id=participant_id, uid=uid, issue=1, made_at=clock.now(),
                 code_hash=tokens.hash_of(tokens.badge_code(key, uid, 1)))


def _sorted(found: Sequence[Badge]) -> list[Badge]:
    def place(badge: Badge) -> tuple[tuple[str, str], tuple[str, str]]:
        who = badge.participant
        return sort_key(who.family_name or who.given_name), sort_key(who.given_name)

    return sorted(found, key=place)


def _card(badge: Badge, address: str, kinds: Mapping[str, str]) -> BadgeCard:
    who = badge.participant
    first = who.badge_name or who.given_name
    large, small = (first, who.family_name) if first else (who.family_name, "")
    small = " · ".join(word for word in (small, who.pronoun) if word)
    return BadgeCard(name=large, family=small, organisation=who.organisation, kind_label=kinds[who.kind],
                     hashtags=" ".join(f"#{tag.lstrip('#')}" for tag in who.hashtags), code_url=address,
                     first_time=who.first_time, no_photo=who.photo == "no")
