"""The first hour: hashtags on the beamer for those who want it, and newcomers who find a buddy by shared hashtags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select

from camp.db import db
from camp.errors import N_, BadInput
from camp.models import Camp, Participant
from sessions.pitch_models import Introduction

BUDDIES = ("", "newcomer", "guide")
_TAGS = 40  # on the beamer
_OFFERED = 3  # buddies to choose from


@dataclass(frozen=True, slots=True)
class Buddy:
    """Somebody on the other side who wants to be found, and the hashtags that both have."""

    who: Participant
    shared: tuple[str, ...]


def of(participant: Participant) -> Introduction:
    """What a participant wishes; nothing until they say so."""
    return db.session.get(Introduction, participant.id) or Introduction(
        participant_id=participant.id, cloud=False, buddy="")


def wish(participant: Participant, *, cloud: bool, buddy: str) -> None:
    """Keep what a participant wishes; whoever wishes nothing leaves no row. Raises BadInput."""
    if buddy not in BUDDIES:
        raise BadInput(N_("There is no such wish."), field="buddy")
    found = of(participant)
    found.cloud, found.buddy = cloud, buddy
    if cloud or buddy:
        db.session.add(found)
    elif db.session.get(Introduction, participant.id) is not None:
        db.session.delete(found)
    db.session.flush()


def cloud(camp: Camp) -> list[tuple[str, int]]:
    """The hashtags of those who want theirs on the beamer, with how many have each, in order of the alphabet.

    The forty that most have; capitals do not count, the spelling that came first stands.
    """
    spelt: dict[str, str] = {}
    counts: Counter[str] = Counter()
    wanting = _willing(camp, Introduction.cloud.is_(True))
    for tags in db.session.scalars(wanting.with_only_columns(Participant.hashtags)):
        for key, tag in {_key(tag): tag.lstrip("#") for tag in tags if _key(tag)}.items():
            counts[key] += 1
            spelt.setdefault(key, tag)
    most = sorted(counts, key=lambda key: (-counts[key], key))[:_TAGS]
    return [(spelt[key], counts[key]) for key in sorted(most)]


def buddies(camp: Camp, participant: Participant) -> Sequence[Buddy]:
    """Up to three people of the other side, most shared hashtags first; none for who has not asked to be found.

    Both sides have said that they want to be found, so both see each other; nobody else is shown to anybody.
    """
    mine = of(participant).buddy
    if not mine:
        return ()
    wanted = "guide" if mine == "newcomer" else "newcomer"
    own = {_key(tag) for tag in participant.hashtags}
    found = [Buddy(who, tuple(tag.lstrip("#") for tag in who.hashtags if _key(tag) in own))
             for who in db.session.scalars(_willing(camp, Introduction.buddy == wanted))]
    return sorted(found, key=lambda buddy: (-len(buddy.shared), buddy.who.id))[:_OFFERED]


def counts(camp: Camp) -> tuple[int, int, int]:
    """How many are here for the first time, how many look for a buddy, and how many offer to be one."""
    first = db.session.scalar(select(func.count()).select_from(Participant).where(
        Participant.camp_id == camp.id, Participant.state == "admitted", Participant.first_time)) or 0
    rows = dict(db.session.execute(select(Introduction.buddy, func.count()).join(
        Participant, Participant.id == Introduction.participant_id).where(
        Participant.camp_id == camp.id, Participant.state == "admitted").group_by(Introduction.buddy)).tuples().all())
    return first, rows.get("newcomer", 0), rows.get("guide", 0)


def _willing(camp: Camp, wish: ColumnElement[bool]) -> Select[Participant]:
    return select(Participant).join(Introduction, Introduction.participant_id == Participant.id).where(
        Participant.camp_id == camp.id, Participant.state == "admitted", wish).order_by(Participant.id)


def _key(tag: str) -> str:
    return tag.lstrip("#").casefold()
