"""Whose badges are printed: one for each admitted participant, the cards for the sheet, which are new or changed."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select

from badges import blanks, ledger, look
from badges.card import BadgeCard
from badges.code_models import BlankBadge, RevokedCode
from badges.models import Badge
from camp import camps, clock, people, tokens
from camp.db import db
from camp.errors import N_, Conflict
from camp.models import Camp, Participant, Role
from camp.text import sort_key

ROLES = {"organiser": N_("Organising team"), "moderator": N_("Moderator")}
WHOSE = ("new", "changed", "all", "chosen", "blank", "drill")


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many people have a place, how many of them a badge with a code, how many one that was printed."""

    admitted: int
    made: int
    printed: int


@dataclass(frozen=True, slots=True)
class Words:
    """The printed words: for each kind of organisation, each role, the number of a blank badge (%(number)s).

    `drill`: what stands on badges for practising, by `role` and by the states waiting and cancelled.
    """

    kinds: Mapping[str, str]
    roles: Mapping[str, str]
    number: str
    drill: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A badge and its card as it would be printed now; when it was last printed, and whether it looks other since."""

    badge: Badge
    card: BadgeCard
    printed_at: datetime | None
    changed: bool

    @property
    def again(self) -> bool:
        """Whether a print would only repeat the one before."""
        return self.printed_at is not None and not self.changed


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody to choose for a print, with their badge as it would be printed; none if the print makes it."""

    who: Participant
    row: Row | None


def numbers(camp: Camp) -> Numbers:
    """What there is to print."""
    made = db.session.scalar(select(func.count()).select_from(Badge).join(Participant).where(
        Badge.camp_id == camp.id, Participant.state == "admitted"))
    return Numbers(people.count(camp, "admitted"), made or 0, ledger.number(camp))


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


def rows(camp: Camp, key: str, host: str, words: Words) -> list[Row]:
    """The badges of all admitted participants whose code counts, by family name as German lists sort it.

    `host` is what the addresses in the codes carry.
    """
    revoked = select(RevokedCode.code_hash).where(RevokedCode.camp_id == camp.id)
    found = db.session.scalars(select(Badge).join(Participant).where(
        Badge.camp_id == camp.id, Participant.state == "admitted", Badge.code_hash.not_in(revoked))).all()
    before, roles, fields = ledger.of(camp), _roles(camp), look.of(camp).fields
    made = []
    for badge in _sorted(found):
        who = badge.participant
        card = card_of(who, address_of(badge, key, host), words, fields, roles.get(who.person_id, ""))
        last = before.get(badge.id)
        made.append(Row(badge, card, last.at if last else None, last is not None and last.face != ledger.face(card)))
    return made


def entries(camp: Camp, found: Sequence[Row]) -> list[Entry]:
    """Everybody who can be printed, in the order of the rows: also who has no badge yet, not who has a revoked one."""
    have = set(db.session.scalars(select(Badge.participant_id).where(Badge.camp_id == camp.id)))
    without = [Entry(who, None) for who in people.participants(camp) if who.state == "admitted" and who.id not in have]
    return sorted([*without, *(Entry(row.badge.participant, row) for row in found)], key=lambda one: _place(one.who))


def chosen(found: Sequence[Row], whose: str, participant_ids: Collection[int] = ()) -> list[Row]:
    """Those of the rows that a print of `whose` (one of WHOSE, not blank or drill) has. Raises Conflict for none."""
    wanted = {"new": lambda row: row.printed_at is None, "changed": lambda row: row.changed, "all": lambda row: True,
              "chosen": lambda row: row.badge.participant_id in participant_ids}[whose]
    if kept := [row for row in found if wanted(row)]:
        return kept
    raise Conflict(N_("There are no badges of this choice."), N_("Choose others."))


def blank_cards(found: Sequence[BlankBadge], key: str, host: str, words: Words) -> list[BadgeCard]:
    """The cards of blank badges, each with its number."""
    return [BadgeCard("", "", "", "", words.number % {"number": one.number}, address(host, blanks.code_of(one, key)),
                      blank=True) for one in found]


def address_of(badge: Badge, key: str, host: str) -> str:
    """What a badge's QR says: HTTPS://HOST/B/ and the 16 characters of its code, all upper case (QR alphanumeric)."""
    return address(host, tokens.badge_code(key, badge.uid, badge.issue))


def address(host: str, code: str) -> str:
    """What the QR of a code says."""
    return f"HTTPS://{host.upper()}/B/{code}"


def with_fields(card: BadgeCard, fields: Collection[str]) -> BadgeCard:
    """A card without what is not to stand on it; the pronoun, which is part of a line, is left to `card_of`."""
    return replace(card, organisation=card.organisation if "organisation" in fields else "",
                   kind_label=card.kind_label if "kind" in fields else "",
                   hashtags=card.hashtags if "hashtags" in fields else "", role=card.role if "role" in fields else "",
                   first_time=card.first_time and "first_time" in fields, no_photo=card.no_photo and "photo" in fields)


def card_of(who: Participant, address: str, words: Words, fields: Collection[str], role: str = "") -> BadgeCard:
    """What stands on the badge of a participant."""
    first = who.badge_name or who.given_name
    large, small = (first, who.family_name) if first else (who.family_name, "")
    below = small, who.pronoun if "pronoun" in fields else ""
    origin = who.organisation if "organisation" in fields else "", who.town if "town" in fields else ""
    card = BadgeCard(large, " · ".join(filter(None, below)), who.organisation, words.kinds[who.kind],
                     " ".join(f"#{tag.lstrip('#')}" for tag in who.hashtags), address, first_time=who.first_time,
                     no_photo=who.photo == "no", role=words.roles.get(role, ""))
    return replace(with_fields(card, fields), organisation=" · ".join(filter(None, origin)))


def role_of(camp: Camp, who: Participant) -> str:
    """The role that stands on the badge of a participant; none for most."""
    return _roles(camp).get(who.person_id, "")


def _roles(camp: Camp) -> dict[int, str]:
    """Each person's role; whoever organises is called so, whatever else they do."""
    found = db.session.execute(select(Role.person_id, Role.name).where(Role.camp_id == camp.id, Role.name.in_(ROLES)))
    return dict(sorted(found.tuples(), key=lambda row: row[1] == "organiser"))


def _new_badge(camp: Camp, participant_id: int, key: str) -> Badge:
    uid = secrets.token_hex(16)
    return Badge(camp_id=camp.id, participant_id=participant_id, uid=uid, issue=1, made_at=clock.now(),
                 code_hash=tokens.hash_of(tokens.badge_code(key, uid, 1)))


def _sorted(found: Sequence[Badge]) -> list[Badge]:
    return sorted(found, key=lambda badge: _place(badge.participant))


def _place(who: Participant) -> tuple[tuple[str, str], tuple[str, str]]:
    return sort_key(who.family_name or who.given_name), sort_key(who.given_name)
